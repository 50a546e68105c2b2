"""Edges of reuse as borrowings between tellings of one claim.

Tellings whose words stand in text that two documents have in common have it from one text. Where it is known which took
it from which, one borrows from the other; where it is not, all borrow from a text that is not in the case: the
agency's, if one is credited, else one of which nothing else is known.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sayso.corroborate.clock import find_window, is_before
from sayso.corroborate.judged_pairs import find_roots
from sayso.corroborate.mentions import telling_words
from sayso.corroborate.origins_network import CITED, TEXT
from sayso.records import (
    Borrowed,
    Borrowing,
    OriginReason,
    ReuseBasis,
    ReuseDirection,
    ReuseExtent,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from sayso.corroborate.tellings import Teller
    from sayso.records import Mention, Reuse, Span, Stretch

# So much of a mention's characters must stand in the stretches for certain, and possibly.
MOSTLY, PARTLY = 0.8, 0.5
CODES = {
    ReuseBasis.CREDIT: "same-words-credit",
    ReuseBasis.TIME: "same-words-time",
    ReuseBasis.CONTAINMENT: "same-words-contained",
}


@dataclass(frozen=True, slots=True)
class Match:
    """Two mentions of one claim that stand in what two documents have in common.

    Attributes:
        taker: Id of the mention in the edge's `document`.
        giver: Id of the one in its `other`.
        edge: The edge.
        is_certain: Whether both stand in it nearly whole.
    """

    taker: str
    giver: str
    edge: Reuse
    is_certain: bool


@dataclass(slots=True, eq=False)
class Borders:
    """The mentions of a story by document and place, each with its claim.

    Attributes:
        starts: Of each document the first characters of its mentions, in order.
        mentions: Of each document its mentions in the same order.
        claim_of: Id of the claim of each mention.
        words: The stems of each mention's words, as far as they were asked for.
    """

    starts: dict[str, list[int]]
    mentions: dict[str, list[Mention]]
    claim_of: Mapping[str, str]
    longest: dict[str, int]
    words: dict[str, Counter[str]] = field(default_factory=dict)

    def iter_within(self, document: str, spans: Sequence[Span]) -> Iterable[tuple[Mention, float, int]]:
        """Yield the mentions that stand at least partly in some spans, with the share and the span that has most."""
        own, starts = self.mentions.get(document, []), self.starts.get(document, [])
        shares: dict[str, tuple[Mention, int, int, int]] = {}
        for number, span in enumerate(spans):
            first = bisect_left(starts, span.start - self.longest.get(document, 0))
            for place in range(first, bisect_left(starts, span.end)):
                mention = own[place]
                common = min(span.end, mention.span.end) - max(span.start, mention.span.start)
                if common <= 0:
                    continue
                _, total, best, at = shares.get(mention.id, (mention, 0, 0, number))
                if common > best:
                    best, at = common, number
                shares[mention.id] = (mention, total + common, best, at)
        for mention, total, _, at in shares.values():
            yield mention, total / max(1, mention.span.end - mention.span.start), at

    def count_words(self, mention: Mention) -> Counter[str]:
        """Return the stems of a mention's words."""
        if mention.id not in self.words:
            self.words[mention.id] = Counter(telling_words(mention.span.exact))
        return self.words[mention.id]

    def measure(self, one: Mention, other: Mention) -> float:
        """Return how much of the words of two mentions is the same."""
        left, right = self.count_words(one), self.count_words(other)
        return (left & right).total() / max(1, (left | right).total())


def draw_borders(mentions: Iterable[Mention], claim_of: Mapping[str, str]) -> Borders:
    """Return the mentions by document and place."""
    by_document: dict[str, list[Mention]] = {}
    for mention in mentions:
        by_document.setdefault(mention.document, []).append(mention)
    for own in by_document.values():
        own.sort(key=lambda mention: (mention.span.start, mention.span.end, mention.id))
    return Borders(
        starts={key: [mention.span.start for mention in own] for key, own in by_document.items()},
        mentions=by_document,
        claim_of=claim_of,
        longest={key: max(m.span.end - m.span.start for m in own) for key, own in by_document.items()},
    )


def match_edges(edges: Iterable[Reuse], borders: Borders) -> dict[str, list[Match]]:
    """Return by claim the pairs of mentions that stand in what their documents have in common."""
    matches: dict[str, list[Match]] = {}
    for edge in edges:
        if edge.extent is ReuseExtent.PHRASES:
            continue
        is_rewriting = edge.extent is ReuseExtent.REWRITE
        found = _match_rewriting(edge, borders) if is_rewriting else _match_stretches(edge, borders)
        for claim, match in found:
            matches.setdefault(claim, []).append(match)
    return matches


def pick_among(matches: Iterable[Match], mentions: Iterable[Mention]) -> list[Match]:
    """Return the pairs of which both are among some mentions."""
    inside = {mention.id for mention in mentions}
    return [match for match in matches if match.taker in inside and match.giver in inside]


def _match_stretches(edge: Reuse, borders: Borders) -> Iterable[tuple[str, Match]]:
    """Yield the pairs of mentions of one claim that stand in the same stretch of an edge."""
    theirs: dict[str, list[tuple[Mention, float, int]]] = {}
    for mention, share, at in borders.iter_within(edge.other, [stretch.there for stretch in edge.stretches]):
        if share >= PARTLY:
            theirs.setdefault(borders.claim_of[mention.id], []).append((mention, share, at))
    if not theirs:
        return
    for mention, share, at in borders.iter_within(edge.document, [stretch.here for stretch in edge.stretches]):
        claim = borders.claim_of[mention.id]
        near = [found for found in theirs.get(claim, ()) if _touches(found[0], edge.stretches[at])]
        if share < PARTLY or not near:
            continue
        expected = _carry_over(mention, edge.stretches[at])
        other, other_share, _ = max(
            near, key=lambda found: (borders.measure(mention, found[0]), -abs(found[0].span.start - expected))
        )
        is_certain = edge.is_certain and min(share, other_share) >= MOSTLY
        yield claim, Match(mention.id, other.id, edge, is_certain)


def _touches(mention: Mention, stretch: Stretch) -> bool:
    return mention.span.start < stretch.there.end and stretch.there.start < mention.span.end


def _carry_over(mention: Mention, stretch: Stretch) -> float:
    """Return where in the other document a mention should stand, by its place in the stretch."""
    length = max(1, stretch.here.end - stretch.here.start)
    part = (mention.span.start - stretch.here.start) / length
    return stretch.there.start + part * (stretch.there.end - stretch.there.start)


def _match_rewriting(edge: Reuse, borders: Borders) -> Iterable[tuple[str, Match]]:
    """Yield for each mention of a possible rewriting the likest one of its claim in the other document."""
    theirs: dict[str, list[Mention]] = {}
    for mention in borders.mentions.get(edge.other, ()):
        theirs.setdefault(borders.claim_of[mention.id], []).append(mention)
    for mention in borders.mentions.get(edge.document, ()):
        claim = borders.claim_of[mention.id]
        if near := theirs.get(claim):
            other = max(near, key=lambda found: (borders.measure(mention, found), -found.span.start, found.id))
            yield claim, Match(mention.id, other.id, edge, is_certain=False)


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """The documents of a story as borrowings see them.

    Attributes:
        tellers: The documents, by id.
        names: How a reader should see each outlet's key.
        document_of: Id of the document of each mention.
        doubtful: Ids of the mentions of which it cannot be told whether they say so or the opposite.
    """

    tellers: Mapping[str, Teller]
    names: Mapping[str, str]
    document_of: Mapping[str, str]
    doubtful: AbstractSet[str] = frozenset()

    def name(self, mention: str) -> str:
        """Return who publishes a mention, for a sentence."""
        document = self.tellers[self.document_of[mention]].document
        return document.outlet or document.name.replace("\\", "/").rpartition("/")[2] or document.name

    def order(self, mention: str) -> tuple[bool, float, str, str]:
        """Return what puts mentions in order of time, those without one last."""
        document = self.tellers[self.document_of[mention]].document
        window = find_window(document.published)
        return (window is None, window[1].timestamp() if window else 0.0, document.id, mention)

    def is_before(self, mention: str, other: str) -> bool:
        """Return whether a mention was certainly published before another, so that it cannot have it from there."""
        first, second = (self.tellers[self.document_of[one]] for one in (mention, other))
        is_same_clock = first.outlet is not None and first.outlet == second.outlet
        return is_before(first.document.published, second.document.published, is_same_clock=is_same_clock)


def find_borrowings(matches: Sequence[Match], scene: Scene) -> tuple[Borrowing, ...]:
    """Return who has it from whom among the tellings of one claim, as far as shared text tells."""
    found: dict[tuple[str, str], Borrowing] = {}
    matches = [match for match in matches if match.edge.extent is not ReuseExtent.QUOTES]
    for match in matches:
        if match.edge.direction is ReuseDirection.FROM_OTHER:
            _keep(found, _direct(match, scene, is_certain=match.is_certain))
        elif not match.is_certain:
            for taker, giver in ((match.taker, match.giver), (match.giver, match.taker)):
                if not scene.is_before(taker, giver):
                    _keep(found, _possible(taker, giver, match))
    certain = [match for match in matches if match.is_certain]
    takers = {borrowing.telling for borrowing in found.values() if borrowing.is_certain}
    for members in _group(certain):
        edges = [match.edge for match in certain if match.taker in members]
        for borrowing in _join_roots(sorted(members - takers, key=scene.order), members, edges, scene):
            _keep(found, borrowing)
    return tuple(found.values())


def _keep(found: dict[tuple[str, str], Borrowing], borrowing: Borrowing) -> None:
    """Keep of two borrowings between the same tellings the certain one."""
    key = borrowing.telling, borrowing.taken_from
    if key not in found or (borrowing.is_certain and not found[key].is_certain):
        found[key] = borrowing


def _direct(match: Match, scene: Scene, *, is_certain: bool) -> Borrowing:
    """Return a borrowing of which the direction is known."""
    edge = match.edge
    code = CODES.get(edge.basis, "same-words") if is_certain else "perhaps-same-words"
    parts = {
        "outlet": scene.name(match.taker),
        "other": scene.name(match.giver),
        "words": str(edge.words),
        "why": edge.reasons[-1].words if edge.reasons else "",
    }
    return Borrowing(
        telling=match.taker,
        taken_from=match.giver,
        kind=Borrowed.COPIES,
        is_certain=is_certain,
        reason=OriginReason(code=code, parts=tuple(parts.items())),
    )


def _possible(taker: str, giver: str, match: Match) -> Borrowing:
    """Return a borrowing that may be."""
    edge = match.edge
    code = "perhaps-rewritten" if edge.extent is ReuseExtent.REWRITE else "perhaps-same-words"
    why = edge.reasons[0].words if edge.reasons else ""
    return Borrowing(
        telling=taker,
        taken_from=giver,
        kind=Borrowed.COPIES,
        is_certain=False,
        reason=OriginReason(code=code, parts=(("words", str(edge.words)), ("why", why))),
    )


def _group(matches: Sequence[Match]) -> list[set[str]]:
    """Return the tellings that have one text, group by group."""
    groups: dict[str, set[str]] = {}
    for mention, root in find_roots((match.taker, match.giver) for match in matches).items():
        groups.setdefault(root, set()).add(mention)
    return [groups[root] for root in sorted(groups)]


def _join_roots(roots: Sequence[str], members: set[str], edges: Sequence[Reuse], scene: Scene) -> Iterable[Borrowing]:
    """Yield what those of one text that have it from none of the others have it from, where they are several."""
    if len(roots) < 2:  # noqa: PLR2004 (one that all others have it from, or a circle)
        return
    words = str(max((edge.words for edge in edges), default=0))
    agency = _find_agency(members, scene)
    own = [root for root in roots if agency is not None and scene.tellers[scene.document_of[root]].outlet == agency]
    if agency is not None and own:
        # The agency's own text is in the case.
        for root in roots:
            if root not in own:
                yield _copy(root, own[0], "agency-text", (("agency", scene.names[agency]), ("words", words)))
        return
    if agency is not None:
        target, code = f"{CITED}{agency}", "agency-text"
        parts: tuple[tuple[str, str], ...] = (("agency", scene.names[agency]), ("words", words))
    else:
        target, code, parts = f"{TEXT}{min(members)}", "one-text", (("words", words),)
    for number, root in enumerate(roots):
        # In the words of the first: whom it names, the text named.
        kind = Borrowed.COPIES if number else Borrowed.CITES
        yield Borrowing(telling=root, taken_from=target, kind=kind, reason=OriginReason(code=code, parts=parts))


def _copy(telling: str, taken_from: str, code: str, parts: tuple[tuple[str, str], ...]) -> Borrowing:
    return Borrowing(
        telling=telling, taken_from=taken_from, kind=Borrowed.COPIES, reason=OriginReason(code=code, parts=parts)
    )


def _find_agency(members: set[str], scene: Scene) -> str | None:
    """Return the one agency whose mark the documents carry, or that published one of them; None where several are."""
    found: set[str] = set()
    for document in {scene.document_of[mention] for mention in members}:
        found.update(scene.tellers[document].marks)
    return next(iter(found)) if len(found) == 1 else None
