"""One claim from its roots to the outlets: which lane each telling is in, and by which step it got there.

Pure, and only a view: everything that it shows is in the findings and in the documents; nothing is decided here.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from typing import TYPE_CHECKING

from sayso.corroborate.origins_network import TEXT
from sayso.corroborate.origins_words import iter_circles, iter_why, load_words, say_reason
from sayso.corroborate.unresolved import name_source
from sayso.errors import DamagedRecord
from sayso.records import Borrowed, StepKind, StoryFindings, Trace, TraceLane, TraceRoot, TraceStep, TraceTelling
from sayso.text import find_sentences, span_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sayso.records import (
        Attribution,
        Claim,
        ClaimFindings,
        ClaimLine,
        Document,
        Drift,
        Mention,
        Origin,
        Reading,
        Span,
        Telling,
        Tie,
        Voice,
    )

KINDS = {
    Borrowed.COPIES: StepKind.COPIED,
    Borrowed.CITES: StepKind.CITED,
    Borrowed.REPEATS: StepKind.REPEATED,
}
LATEST = "9999"


def make_trace(line: ClaimLine, findings: StoryFindings, readings: Mapping[str, Reading]) -> Trace:
    """Return how a claim went from its roots to the outlets.

    Args:
        line: The claim, one of the story's.
        findings: The story's.
        readings: By document, as persons have them.

    Raises:
        DamagedRecord: The story has no such claim.
    """
    found = next((one for one in findings.claims if one.number == line.number), None)
    if found is None:
        raise DamagedRecord(StoryFindings.__name__)
    return _Tracing(line, findings, found, readings).make()


class _Tracing:
    """One claim, with what is looked up by id."""

    def __init__(
        self, line: ClaimLine, findings: StoryFindings, found: ClaimFindings, readings: Mapping[str, Reading]
    ) -> None:
        self.line = line
        self.found = found
        self.readings = readings
        self.voices = {voice.id: voice for voice in found.case.voices}
        self.given = {telling.id: telling for telling in found.case.tellings}
        self.told = {one.id: one for one in _iter_tellings(found, readings, self.voices)}
        self.drifts: dict[tuple[str, str], list[Drift]] = defaultdict(list)
        for drift in findings.drifts:
            self.drifts[drift.carrier, drift.origin].append(drift)
        self.certain: dict[str, list[str]] = defaultdict(list)  # telling -> what it certainly has it from
        for borrowing in found.corroboration.borrowings:
            if borrowing.is_certain:
                self.certain[borrowing.telling].append(borrowing.taken_from)

    def make(self) -> Trace:
        """Return the trace."""
        got = self.found.corroboration
        return Trace(
            line=self.line,
            organisations=(got.organisations.least, got.organisations.most),
            lanes=tuple(self.make_lanes()),
            tellings=tuple(sorted(self.told.values(), key=_order)),
            steps=tuple(self.iter_steps()),
            against=tuple(sorted(set(_ids(self.found.claim)) - set(self.given))),
            loops=tuple(loop.tellings for loop in got.loops),
            circles=tuple(iter_circles(self.found.case, got)),
            why=(*iter_why(self.found.case, got), *self.say_may_tell()),
        )

    def say_may_tell(self) -> Iterator[str]:
        """Yield whose mentions of other claims may be of this one."""
        documents = {mention.document: self.readings.get(mention.document) for mention in self.found.may_tell}
        names = {one.document.outlet or one.document.name for one in documents.values() if one is not None}
        if names:
            yield load_words()["trace"]["may_tell"].format(outlets=_join(sorted(names)))

    def make_lanes(self) -> Iterator[TraceLane]:
        """Yield the lanes; each telling is in one."""
        origins = self.found.corroboration.persons.origins
        roots_of = self.find_roots(origins)
        placed: dict[str, str] = {}
        for telling in sorted(self.told.values(), key=_order):
            if roots_of[telling.id]:
                placed[telling.id] = roots_of[telling.id][0]
        by_id = {origin.id: origin for origin in origins}
        own: dict[str, list[str]] = defaultdict(list)
        also: dict[str, list[str]] = defaultdict(list)
        for one, roots in roots_of.items():
            for root in roots:
                (own if placed[one] == root else also)[root].append(one)
        for origin in origins:
            yield TraceLane(
                root=self.make_root(origin, by_id),
                tellings=tuple(self.put_in_order(own[origin.id])),
                also=tuple(also[origin.id]),
                why=tuple(self.say_merges(origin)),
            )
        known = {*self.given, *self.cited_ids()}
        bare = [one for one in self.told if one not in placed and one in known]
        yield from self.make_bare_lanes(bare)

    def make_bare_lanes(self, bare: Sequence[str]) -> Iterator[TraceLane]:
        """Yield a lane for each telling behind which nothing is recorded, with those that have it from that one."""
        left = dict.fromkeys(self.put_in_order(bare))
        for head in list(left):
            if head not in left or any(other in left for other in self.certain[head] if other != head):
                continue
            lane = self.take_resting(head, left)
            yield self.make_bare_lane(lane)
        while left:  # what goes round in a circle
            yield self.make_bare_lane(self.take_resting(next(iter(left)), left))

    def take_resting(self, head: str, left: dict[str, None]) -> list[str]:
        """Return a telling and those that are left and have it from it, taken out of what is left."""
        lane, reached = [head], {head}
        del left[head]
        while grown := [one for one in left if any(other in reached for other in self.certain[one])]:
            for one in grown:
                del left[one]
            lane.extend(grown)
            reached.update(grown)
        return lane

    def make_bare_lane(self, tellings: Sequence[str]) -> TraceLane:
        """Return a lane without a recorded root."""
        root = TraceRoot(id=tellings[0], name=None, kind=None, naming=None, is_certain=False, is_leg=False, may_be=None)
        return TraceLane(root=root, tellings=tuple(self.put_in_order(tellings)), also=(), why=())

    def make_root(self, origin: Origin, origins: Mapping[str, Origin]) -> TraceRoot:
        """Return where the lane of an origin begins."""
        voices = [self.voices[one] for one in origin.voices if one in self.voices]
        best = next((voice for voice in voices if voice.name == origin.name), voices[0] if voices else None)
        return TraceRoot(
            id=origin.id,
            name=origin.name,
            kind=None if best is None else best.kind,
            naming=None if best is None else best.naming,
            is_certain=origin.is_certain,
            is_leg=origin.is_leg,
            may_be=None if origin.may_be is None else origins[origin.may_be].name,
        )

    def find_roots(self, origins: Sequence[Origin]) -> dict[str, list[str]]:
        """Return for each telling the ids of the origins on which it rests, its own first."""
        at_first_hand: dict[str, list[str]] = defaultdict(list)
        for origin in origins:
            for telling in origin.tellings:
                at_first_hand[telling].append(origin.id)
        roots: dict[str, list[str]] = {}
        for telling in self.told:
            reached, waiting = {telling: None}, [telling]
            while waiting:
                fresh = [one for one in self.certain[waiting.pop()] if one not in reached]
                reached.update(dict.fromkeys(fresh))
                waiting.extend(fresh)
            roots[telling] = list(dict.fromkeys(root for one in reached for root in at_first_hand[one]))
        return roots

    def put_in_order(self, tellings: Iterable[str]) -> list[str]:
        """Return tellings as a tree is read: by time, and after each those that certainly have it from that one."""
        waiting = sorted(tellings, key=lambda one: _order(self.told[one]))
        inside = set(waiting)
        above = {one: next((other for other in self.certain[one] if other in inside), None) for one in waiting}
        below: dict[str | None, list[str]] = defaultdict(list)
        for one in waiting:
            below[above[one]].append(one)
        done: dict[str, None] = {}
        for head in (*below[None], *waiting):  # what goes round in a circle hangs on no head
            stack = [head]
            while stack:
                one = stack.pop()
                if one not in done:
                    done[one] = None
                    stack.extend(reversed(below[one]))
        return list(done)

    def iter_steps(self) -> Iterator[TraceStep]:
        """Yield the steps: from roots, then between tellings, those that are certain first."""
        taken_over = set(self.found.corroboration.taken_over)
        for origin in self.found.corroboration.persons.origins:
            for telling in origin.tellings:
                given = self.given.get(telling)
                yield TraceStep(
                    telling=telling,
                    taken_from=origin.id,
                    kind=StepKind.SAID,
                    is_certain=given is not None and given.is_source_certain and telling not in taken_over,
                    why=self.say_said(origin, self.told[telling], given),
                )
        borrowings = self.found.corroboration.borrowings
        certain = {(one.telling, one.taken_from) for one in borrowings if one.is_certain}
        possible = [
            one
            for one in self.found.case.borrowings
            if not one.is_certain
            and one.taken_from in self.told
            and not {(one.telling, one.taken_from), (one.taken_from, one.telling)} & certain
        ]
        for borrowing in (*(one for one in borrowings if one.is_certain), *possible):
            yield TraceStep(
                telling=borrowing.telling,
                taken_from=borrowing.taken_from,
                kind=StepKind.PRINTED if borrowing.taken_from.startswith(TEXT) else KINDS[borrowing.kind],
                is_certain=borrowing.is_certain,
                why=say_reason(borrowing.reason),
                drifts=tuple(self.drifts.get((borrowing.telling, borrowing.taken_from), ())),
            )

    def say_said(self, origin: Origin, telling: TraceTelling, given: Telling | None) -> str:
        """Return why a telling is held to come from its root."""
        words = load_words()["trace"]
        if given is not None and given.is_own_report:
            return words["own_report"]
        name = "through" if telling.through else "said"
        return words[name].format(source=telling.source or origin.name, through=", ".join(telling.through))

    def say_merges(self, origin: Origin) -> Iterator[str]:
        """Yield why the voices of an origin are one."""
        for tie in origin.merges:
            yield load_words()["origin"]["merge"].format(
                voices=_join(self.name_voices(tie)), reason=say_reason(tie.reason), by=_say_by(tie)
            )

    def name_voices(self, tie: Tie) -> list[str]:
        """Return the names of the voices of a tie, each once."""
        names = (self.voices[one].name if one in self.voices else one for one in tie.voices)
        return list(dict.fromkeys(names))

    def cited_ids(self) -> set[str]:
        """Return the ids of tellings that are cited and not in the case."""
        return {telling.id for telling in self.found.corroboration.cited}


def _iter_tellings(
    found: ClaimFindings, readings: Mapping[str, Reading], voices: Mapping[str, Voice]
) -> Iterator[TraceTelling]:
    """Yield the mentions of a claim, and what others cite and is not in the case."""
    given = {telling.id: telling for telling in found.case.tellings}
    for mention in found.claim.mentions:
        reading = readings.get(mention.document)
        if reading is not None:
            carriers = given[mention.id].carriers if mention.id in given else ()
            yield make_telling(mention, reading, [voices[one].name for one in carriers if one in voices])
    outlets = {
        voice.outlet: voice.name for voice in voices.values() if voice.outlet is not None and voice.kind == "outlet"
    }
    for telling in found.corroboration.cited:
        yield TraceTelling(
            id=telling.id,
            document=None,
            attribution=None,
            outlet=None if telling.outlet is None else outlets.get(telling.outlet, telling.outlet),
            title=load_words()["list"]["one_text"] if telling.id.startswith(TEXT) else None,
            published=None,
            source=None,
            through=(),
            sentence=None,
            words=None,
            certainty=None,
            stance=None,
            endorsement=None,
            figures=(),
            is_in_case=False,
            is_text=telling.id.startswith(TEXT),
        )


def make_telling(mention: Mention, reading: Reading, through: Sequence[str] = ()) -> TraceTelling:
    """Return a mention with its sentence and how it is put.

    Args:
        mention: One of the reading's document.
        reading: The reading.
        through: Names of who carried it, the nearest to the article first; of its row if none are given.
    """
    row = next((one for one in reading.attributions if one.id == mention.attribution), None)
    names = {source.id: name_source(source) for source in reading.sources}
    own = () if row is None else tuple(names[one] for one in row.via if one in names)
    return _tell(reading, mention.id, mention.span, row, tuple(dict.fromkeys(through or own)))


def tell_row(row: Attribution, reading: Reading) -> TraceTelling:
    """Return a row that claims nothing as a telling: who declines to say, in which words."""
    names = {source.id: name_source(source) for source in reading.sources}
    spans = (*row.content_spans, *row.cue_spans, *row.source_spans)
    low, high = min((span.start for span in spans), default=0), max((span.end for span in spans), default=0)
    words = span_at(reading.document.text, low, high)
    return _tell(reading, row.id, words, row, tuple(names[one] for one in row.via if one in names))


def _tell(
    reading: Reading, telling_id: str, words: Span, row: Attribution | None, through: tuple[str, ...]
) -> TraceTelling:
    doc = reading.document
    source = None if row is None else next((name_source(one) for one in reading.sources if one.id == row.source), None)
    inside = (
        one.span.exact for one in reading.quantities if words.start <= one.span.start <= one.span.end <= words.end
    )
    return TraceTelling(
        id=telling_id,
        document=doc.id,
        attribution=None if row is None else row.id,
        outlet=doc.outlet,
        title=None if doc.title is None else doc.title.exact,
        published=None if doc.published is None else doc.published.value,
        source=source,
        through=through,
        sentence=find_around(doc, words, row),
        words=words,
        certainty=None if row is None else row.certainty,
        stance=None if row is None else row.stance,
        endorsement=None if row is None else row.endorsement,
        figures=tuple(dict.fromkeys(inside)),
    )


def find_around(doc: Document, span: Span, row: Attribution | None) -> Span:
    """Return the sentences in which a mention stands, with those of its cue and source."""
    parts = (span,) if row is None else (span, *row.cue_spans, *row.source_spans)
    low, high = min(part.start for part in parts), max(part.end for part in parts)
    sentences = find_sentences(doc.text)
    starts = [start for start, _ in sentences]
    first = max(0, bisect_right(starts, low) - 1)
    last = max(first, bisect_right(starts, max(low, high - 1)) - 1)
    if not sentences:
        return span
    return span_at(doc.text, min(low, sentences[first][0]), max(high, sentences[last][1]))


def _order(telling: TraceTelling) -> tuple[str, str, int, str]:
    start = 0 if telling.words is None else telling.words.start
    return telling.published or LATEST, telling.document or "", start, telling.id


def _ids(claim: Claim) -> list[str]:
    return [mention.id for mention in claim.mentions]


def _say_by(tie: Tie) -> str:
    return "" if tie.by is None else load_words()["list"]["by"].format(by=tie.by)


def _join(names: Sequence[str]) -> str:
    words = load_words()["list"]
    return words["and"].join(filter(None, [words["comma"].join(names[:-1]), *names[-1:]]))
