"""The judgements of a case: which rows to ask, what was decided, and what goes out of and into the case.

A thin class over a store; what it decides by is in `queue`, `judging` and `unmasking`.

Rule 1: a judgement that `judge` returned from is kept, whatever happens next.
Rule 2: what says who an unnamed source is stays in the case: `iter_shared` leaves it out.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from sayso.errors import BadJudgement, NotInCase
from sayso.ledger.queue import REFUSALS, rank_rows
from sayso.ledger.unmasking import PlacedSource, is_beyond_page, is_known, is_row_judgement_beyond_page
from sayso.records import ClaimOrder, Filter, Judged, JudgementKind, SourceOrder
from sayso.store.judged import find_in_force

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from sayso.ledger.queue import Question
    from sayso.records import ClaimRow, Judgement, Reading
    from sayso.store.base import Store, View

CANDIDATES: Final = 400
"""So many rows of the least confidence, and so many refusals, are weighed by all features: more than a person judges in
a sitting, and quick to load however large the case is. The next sitting takes the next."""
PAGE: Final = 200
SOURCES_MAX: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundSource:
    """A source that a person may mean, with where it speaks.

    Attributes:
        placed: The source and its document.
        title: The document's; its name where it has none.
        outlet: None if not stated.
        published: None if not stated.
    """

    placed: PlacedSource
    title: str
    outlet: str | None
    published: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenOver:
    """What became of judgements from outside.

    Attributes:
        n_new: Kept now.
        n_known: The case had them.
        n_orphaned: About rows, sources or judgements that the case does not have; not kept.
        n_unfit: They do not fit what they are about; not kept.
        first_unfit: What was wrong with the first of these; empty if there are none.
    """

    n_new: int
    n_known: int
    n_orphaned: int
    n_unfit: int
    first_unfit: str = ""


class Review:
    """What a person's review of a case asks of it."""

    def __init__(self, store: Store, *, clock: Callable[[], dt.datetime] | None = None) -> None:
        """Take the store; the clock is the machine's unless another is given."""
        self._store = store
        self._clock = clock or (lambda: dt.datetime.now(dt.UTC))
        self._last = dt.datetime.min.replace(tzinfo=dt.UTC)

    def now(self) -> str:
        """Return the time in UTC to the microsecond, later than any that was returned before."""
        moment = max(self._clock(), self._last + dt.timedelta(microseconds=1))
        self._last = moment
        return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    def find_id(self, prefix: str, given: str) -> str:
        """Return the whole id that begins as given.

        Raises:
            NotInCase: None or several begin so.
        """
        with self._store.view() as view:
            return view.find_id(prefix, given)

    def ask(self, wanted: Filter, *, limit: int | None = None, blind_to: str | None = None) -> list[Question]:
        """Return the rows to ask a person about, the most doubtful first.

        Args:
            wanted: Which rows; those that anybody judged are left out unless it asks for judged ones.
            limit: How many at most; None for all candidates.
            blind_to: The person who judges without regard to what others judged: only rows of this person are left out.
        """
        if not wanted.judged and blind_to is None:
            wanted = replace(wanted, judged=(Judged.NOT,))
        with self._store.view() as view:
            done = {
                judgement.subject
                for judgement in find_in_force(view.iter_judgements())
                if blind_to is not None and judgement.by == blind_to and judgement.kind is not JudgementKind.UNDO
            }
            rows = {row.id: row.document for row in _find_candidates(view, wanted, done)}
            readings = ((view.get_reading(doc).reading, done) for doc in dict.fromkeys(rows.values()))
            return list(rank_rows(readings, wanted=rows.keys(), limit=limit))

    def get_reading(self, document_id: str) -> Reading:
        """Return the machine's current reading of a document.

        Raises:
            NotInCase: There is none.
        """
        with self._store.view() as view:
            return view.get_reading(document_id).reading

    def list_judgements(self, document_id: str | None = None) -> list[Judgement]:
        """Return the judgements, or those about one document, in the order in which they came into the case."""
        with self._store.view() as view:
            return list(view.iter_judgements(document_id))

    def get_judgement(self, given: str) -> Judgement:
        """Return a judgement by its id or the beginning of it.

        Raises:
            NotInCase: None or several begin so.
        """
        with self._store.view() as view:
            whole = view.find_id("jdg", given)
            for judgement in view.iter_judgements():
                if judgement.id == whole:
                    return judgement
        what = "judgement"
        raise NotInCase(what, given)

    def find_sources(self, name: str) -> list[FoundSource]:
        """Return the case's sources whose name contains this, those with most claims first; at most `SOURCES_MAX`."""
        found: list[FoundSource] = []
        with self._store.view() as view:
            lines = view.list_sources(Filter(party=name), SourceOrder.CLAIMS, limit=SOURCES_MAX).rows
            for line in lines:
                if name.casefold() in line.name.casefold():
                    found += _place_sources(view, line.ids[:SOURCES_MAX], line.name)
        return found[:SOURCES_MAX]

    def place_source(self, source_id: str) -> list[FoundSource]:
        """Return a source by its whole id, with where it speaks; none if it says nothing in a current reading."""
        with self._store.view() as view:
            return list(_place_sources(view, [source_id], source_id))

    def judge(self, judgement: Judgement) -> bool:
        """Keep a judgement, and return whether it is new.

        Raises:
            NotInCase: It is about what the case does not have.
            BadJudgement: It does not fit what it is about.
            CaseError: The case cannot be written.
        """
        with self._store.write() as writer:
            return writer.add_judgement(judgement, at=self.now())

    def take_over(self, judgements: Iterable[Judgement]) -> TakenOver:
        """Keep judgements from outside, all in one step: if their source fails half way, none.

        Raises:
            CaseError: The case cannot be written.
        """
        n_new = n_known = n_orphaned = n_unfit = 0
        first = ""
        with self._store.write() as writer:
            for judgement in judgements:
                try:
                    is_new = writer.add_judgement(judgement, at=self.now())
                except NotInCase:
                    n_orphaned += 1
                except BadJudgement as error:
                    n_unfit += 1
                    first = first or str(error)
                else:
                    n_new += is_new
                    n_known += not is_new
        return TakenOver(n_new=n_new, n_known=n_known, n_orphaned=n_orphaned, n_unfit=n_unfit, first_unfit=first)

    def iter_shared(self) -> Iterator[Judgement]:
        """Yield the judgements that may leave the case, in the order in which they came into it.

        Left out is what says who an unnamed source is, and the undoing of it.
        """
        kept: set[str] = set()
        readings: dict[str, Reading | None] = {}
        with self._store.view() as view:
            for judgement in view.iter_judgements():
                is_undoing = judgement.kind is JudgementKind.UNDO and judgement.subject in kept
                if is_undoing or _is_beyond_page(view, judgement, readings):
                    kept.add(judgement.id)
                else:
                    yield judgement


def _find_candidates(view: View, wanted: Filter, done: set[str]) -> Iterator[ClaimRow]:
    """Yield the rows of least confidence, and the refusals of least confidence."""
    stances = set(wanted.stance)
    refusals = tuple(stance for stance in sorted(REFUSALS) if not stances or stance in stances)
    yield from _list_rows(view, wanted, done)
    if refusals:
        yield from _list_rows(view, replace(wanted, stance=refusals), done)


def _list_rows(view: View, wanted: Filter, done: set[str]) -> Iterator[ClaimRow]:
    n_found = offset = 0
    while n_found < CANDIDATES:
        rows = view.list_claims(wanted, ClaimOrder.CONFIDENCE, limit=PAGE, offset=offset).rows
        fresh = [row for row in rows if row.id not in done]
        yield from fresh
        n_found += len(fresh)
        offset += len(rows)
        if len(rows) < PAGE:
            return


def _place_sources(view: View, ids: Iterable[str], name: str) -> Iterator[FoundSource]:
    """Yield the sources behind ids, each with its document."""
    for source_id in ids:
        for row in view.list_claims(Filter(party=source_id), ClaimOrder.PUBLISHED, limit=1).rows:
            reading = view.get_reading(row.document).reading
            source = next((one for one in reading.sources if one.id == source_id), None)
            if source is not None:
                yield FoundSource(
                    placed=PlacedSource(document=row.document, source=source),
                    title=row.title or name,
                    outlet=row.outlet,
                    published=row.published,
                )


def _is_beyond_page(view: View, judgement: Judgement, readings: dict[str, Reading | None]) -> bool:
    if judgement.other is not None and judgement.subject.startswith("att-"):
        return False  # that two rows tell one claim says nothing of who tells it
    if judgement.kind is JudgementKind.SAME:
        return _is_tie_beyond_page(view, judgement, readings)
    if judgement.kind not in {JudgementKind.CORRECT, JudgementKind.SPLIT} or not judgement.changes:
        return False
    reading = _find_reading(view, judgement.document, readings)
    named = "source_name" in dict(judgement.changes)
    return named if reading is None else is_row_judgement_beyond_page(reading, judgement)


def _is_tie_beyond_page(view: View, judgement: Judgement, readings: dict[str, Reading | None]) -> bool:
    """Return whether two sources that are said to be one are tied beyond what a page tells; unknown ones are."""
    if judgement.document is not None:
        reading = _find_reading(view, judgement.document, readings)
        pair = {judgement.subject, judgement.other}
        sources = [source for source in (reading.sources if reading else ()) if source.id in pair]
        if len(sources) != len(pair):
            return True
        one, other = (PlacedSource(document=judgement.document, source=source) for source in sources)
        return is_beyond_page(one, other)
    for source_id in (judgement.subject, judgement.other or ""):
        found = next(_place_sources(view, [source_id], ""), None)
        if found is None or not is_known(found.placed.source):
            return True
    return False


def _find_reading(view: View, document: str | None, readings: dict[str, Reading | None]) -> Reading | None:
    if document is None:
        return None
    if document not in readings:
        # The readings of one or two documents at a time: judgements come document by document.
        if len(readings) > 1:
            readings.clear()
        try:
            readings[document] = view.get_reading(document).reading
        except NotInCase:
            readings[document] = None
    return readings[document]
