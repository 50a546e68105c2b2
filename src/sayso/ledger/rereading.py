"""What changed in the claims of a document: between two readings of it, or between two versions of its text.

Characters are never compared: a version that was set anew and says the same has changed in nothing.

Rule 1: of one text, a row is the same row where its cue and content stand in the same places (its id). A row with the
same cue and another content, or the other way round, is shown as cut anew, but no judgement moves to it.
Rule 2: of two texts, rows are paired by who speaks and what they say, then by what they say alone, then by contents
that are much alike, of one source first. What finds no partner was dropped or added.
Rule 3: comparing takes no more than a fixed number of candidates for a row, whatever the texts.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict, deque
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from sayso.records import Certainty, JudgementKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from sayso.records import Judgement, Reading

WORD: Final = re.compile(r"\w+")
ALIKE: Final = 0.5
"""Share of words in common (Dice) from which two contents are one content, reworded."""
CANDIDATES_MAX: Final = 40
LED_MAX: Final = 400
SURENESS: Final = {Certainty.CERTAIN: 2, Certainty.PROBABLE: 1, Certainty.POSSIBLE: 0}


class ChangeKind(StrEnum):
    """What became of a row."""

    DROPPED = "dropped"
    ADDED = "added"
    RECUT = "recut"
    REWORDED = "reworded"
    SOURCE = "source"
    ROUTE = "route"
    HEDGED = "hedged"
    UNHEDGED = "unhedged"
    STANCE = "stance"
    LABEL = "label"


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A row as one side has it.

    Attributes:
        row: Its id.
        source_name: Who speaks.
        via: Names of who carried it.
        within: Whose row it stands in; empty for none.
        cue: The words that ascribe.
        content: What is claimed.
        stance: As its value.
        certainty: As its value.
        endorsement: As its value.
        kind: Of the source, as its value.
        naming: Of the source, as its value.
        start: Where it begins in its text.
    """

    row: str
    source_name: str
    via: tuple[str, ...]
    within: str
    cue: str
    content: str
    stance: str
    certainty: Certainty
    endorsement: str
    kind: str
    naming: str
    start: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What changed in one row.

    Attributes:
        kinds: All that did, the gravest first.
        old: None for a row that was added.
        new: None for one that was dropped.
    """

    kinds: tuple[ChangeKind, ...]
    old: Side | None
    new: Side | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two readings side by side.

    Attributes:
        n_old: Rows of the old one.
        n_new: Rows of the new one.
        n_same: Rows in which nothing changed.
        changes: In the order of the new text, what was dropped at its place in the old one's order.
    """

    n_old: int
    n_new: int
    n_same: int
    changes: tuple[Change, ...]

    def count(self) -> dict[ChangeKind, int]:
        """Return how many rows changed in each way; one row may in several."""
        counts = Counter(kind for change in self.changes for kind in change.kinds)
        return {kind: counts[kind] for kind in ChangeKind if counts[kind]}


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What became of the judgements about a document's rows.

    Attributes:
        held: Those whose row or source the new reading has.
        orphaned: Those whose row or source it does not have; they stay, and hold for nothing.
    """

    held: tuple[Judgement, ...]
    orphaned: tuple[Judgement, ...]


def compare_readings(old: Reading, new: Reading) -> Comparison:
    """Return what changed between two readings of one text."""
    olds, news = _sides(old), _sides(new)
    by_id = {side.row: side for side in news}
    pairs = [(side, by_id[side.row]) for side in olds if side.row in by_id]
    recut: list[tuple[Side, Side]] = []
    for part in ("cue_spans", "content_spans"):
        places = {side: where for reading in (old, new) for side, where in _find_places(reading, part)}
        old_left, new_left = _left(olds, news, [*pairs, *recut])
        waiting = {where: side for side in reversed(new_left) if (where := places[side.row])}
        for side in old_left:
            partner = waiting.pop(places[side.row], None)
            if partner is not None:
                recut.append((side, partner))
    return _compare(olds, news, [*pairs, *recut], {side.row for side, _ in recut})


def compare_versions(old: Reading, new: Reading) -> Comparison:
    """Return what changed in claims between two versions of a document, whose texts differ."""
    olds, news = _sides(old), _sides(new)
    pairs: list[tuple[Side, Side]] = []
    for key in (_same_claim, _same_content):
        pairs += _pair_equal(*_left(olds, news, pairs), key)
    pairs += _pair_alike(*_left(olds, news, pairs))
    return _compare(olds, news, pairs, set())


def follow_judgements(judgements: Iterable[Judgement], new: Reading) -> Kept:
    """Return which judgements about a document's rows and sources still hold, by id and never by likeness.

    Undoings are left out: they are about judgements, which stay.
    """
    here = {att.id for att in new.attributions} | {source.id for source in new.sources}
    held: list[Judgement] = []
    orphaned: list[Judgement] = []
    for judgement in judgements:
        if judgement.kind is not JudgementKind.UNDO:
            is_here = judgement.subject in here and (judgement.other is None or judgement.other in here)
            (held if is_here else orphaned).append(judgement)
    return Kept(held=tuple(held), orphaned=tuple(orphaned))


def _sides(reading: Reading) -> list[Side]:
    sources = {source.id: source for source in reading.sources}
    names = {source.id: source.name for source in reading.sources}
    rows = {att.id: att for att in reading.attributions}
    found = []
    for att in reading.attributions:
        source = sources.get(att.source)
        around = rows.get(att.within or "")
        spans = att.cue_spans + att.content_spans + att.source_spans
        found.append(
            Side(
                row=att.id,
                source_name=names.get(att.source, ""),
                via=tuple(names.get(party, "") for party in att.via),
                within=names.get(around.source, "") if around else "",
                cue=" … ".join(span.exact for span in att.cue_spans),
                content=" … ".join(span.exact for span in att.content_spans),
                stance=att.stance.value,
                certainty=att.certainty,
                endorsement=att.endorsement.value,
                kind=source.kind.value if source else "",
                naming=source.naming.value if source else "",
                start=min((span.start for span in spans), default=0),
            )
        )
    return found


def _left(
    olds: Sequence[Side], news: Sequence[Side], pairs: Sequence[tuple[Side, Side]]
) -> tuple[list[Side], list[Side]]:
    """Return the rows of both sides that have no partner yet."""
    old_paired, new_paired = {old.row for old, _ in pairs}, {new.row for _, new in pairs}
    return [one for one in olds if one.row not in old_paired], [one for one in news if one.row not in new_paired]


def _find_places(reading: Reading, part: str) -> Iterator[tuple[str, tuple[tuple[int, int], ...]]]:
    """Yield each row's id and where one of its parts stands."""
    for att in reading.attributions:
        yield att.id, tuple((span.start, span.end) for span in getattr(att, part))


def normalise(text: str) -> str:
    """Return the words of a text, without case and what stands between them."""
    return " ".join(WORD.findall(text.casefold()))


def _same_claim(side: Side) -> tuple[str, ...]:
    return (normalise(side.source_name), normalise(side.content), normalise(side.cue))


def _same_content(side: Side) -> tuple[str, ...]:
    content = normalise(side.content)
    return (content,) if content else ("", normalise(side.source_name), normalise(side.cue))


def _pair_equal(
    olds: Sequence[Side], news: Sequence[Side], key: Callable[[Side], tuple[str, ...]]
) -> list[tuple[Side, Side]]:
    """Return rows with equal keys, the first with the first and so on."""
    waiting: dict[tuple[str, ...], deque[Side]] = defaultdict(deque)
    for side in news:
        waiting[key(side)].append(side)
    return [(side, waiting[key(side)].popleft()) for side in olds if waiting[key(side)]]


def _pair_alike(olds: Sequence[Side], news: Sequence[Side]) -> list[tuple[Side, Side]]:
    """Return rows whose contents have much in common, the most alike first; of equals those of one source."""
    words = [frozenset(normalise(side.content).split()) for side in news]
    where: dict[str, list[int]] = defaultdict(list)
    for place, bag in enumerate(words):
        for word in bag:
            if len(where[word]) < LED_MAX:
                where[word].append(place)
    scored = []
    for number, old in enumerate(olds):
        bag = frozenset(normalise(old.content).split())
        shared = Counter(place for word in _rarest(bag, where) for place in where[word])
        for place, _ in shared.most_common(CANDIDATES_MAX):
            alike = 2 * len(bag & words[place]) / (len(bag) + len(words[place]))
            if alike >= ALIKE:
                is_other = normalise(old.source_name) != normalise(news[place].source_name)
                scored.append((is_other, -alike, number, place))
    pairs, old_taken, new_taken = [], set(), set()
    for _, _, number, place in sorted(scored):
        if number not in old_taken and place not in new_taken:
            old_taken.add(number)
            new_taken.add(place)
            pairs.append((olds[number], news[place]))
    return pairs


def _rarest(bag: Iterable[str], where: Mapping[str, Sequence[int]]) -> Iterator[str]:
    """Yield words that few rows have, until the rows that they lead to are enough."""
    n_led = 0
    for word in sorted((word for word in bag if word in where), key=lambda word: (len(where[word]), word)):
        if n_led >= LED_MAX:
            return
        n_led += len(where[word])
        yield word


def _compare(
    olds: Sequence[Side], news: Sequence[Side], pairs: Sequence[tuple[Side, Side]], recut: AbstractSet[str]
) -> Comparison:
    partners = {old.row: new for old, new in pairs}
    paired = {new.row for _, new in pairs}
    changes: list[tuple[int, int, Change]] = []
    last = -1
    for old in olds:
        new = partners.get(old.row)
        if new is None:
            changes.append((last, 2, Change(kinds=(ChangeKind.DROPPED,), old=old, new=None)))
            continue
        last = new.start
        kinds = tuple(_find_kinds(old, new, is_recut=old.row in recut))
        if kinds:
            changes.append((new.start, 0, Change(kinds=kinds, old=old, new=new)))
    changes += [
        (new.start, 1, Change(kinds=(ChangeKind.ADDED,), old=None, new=new)) for new in news if new.row not in paired
    ]
    n_changed = sum(change.old is not None and change.new is not None for _, _, change in changes)
    return Comparison(
        n_old=len(olds),
        n_new=len(news),
        n_same=len(pairs) - n_changed,
        changes=tuple(change for _, _, change in sorted(changes, key=lambda one: one[:2])),
    )


def _find_kinds(old: Side, new: Side, *, is_recut: bool) -> Iterator[ChangeKind]:
    """Yield what differs between a row and its partner, the gravest first."""
    if normalise(old.source_name) != normalise(new.source_name):
        yield ChangeKind.SOURCE
    if old.stance != new.stance:
        yield ChangeKind.STANCE
    if SURENESS[new.certainty] < SURENESS[old.certainty]:
        yield ChangeKind.HEDGED
    if SURENESS[new.certainty] > SURENESS[old.certainty]:
        yield ChangeKind.UNHEDGED
    if (old.via, old.within) != (new.via, new.within):
        yield ChangeKind.ROUTE
    if is_recut:
        yield ChangeKind.RECUT
    elif normalise(old.content) != normalise(new.content):
        yield ChangeKind.REWORDED
    if (old.endorsement, old.kind, old.naming) != (new.endorsement, new.kind, new.naming):
        yield ChangeKind.LABEL
