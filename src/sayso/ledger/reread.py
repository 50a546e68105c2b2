"""Reads the documents of a case again with the model at hand; old readings and all judgements stay.

Rule 1: a document's new reading is kept before what changed in it is told.
Rule 2: reading again with the model that made the current reading does nothing.
Rule 3: a document that cannot be read is told, and the rest go on.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Final, Protocol

from sayso.errors import InputError
from sayso.ids import run_id
from sayso.ledger.rereading import Comparison, Kept, compare_readings, follow_judgements
from sayso.store.judged import find_in_force

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from sayso.records import Document, Judgement, Reading, Run
    from sayso.store.base import Store, View

AT_ONCE: Final = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Reread:
    """One document that was read again.

    Attributes:
        document: Its id.
        title: Its title; its name where it has none.
        old_run: What made the reading before; None where this is the first.
        compared: What changed, of a first reading all; None where it could not be read.
        kept: What became of the judgements in force about it; None where it could not be read.
        problem: Why it could not be read; empty where it could.
    """

    document: str
    title: str
    old_run: Run | None
    compared: Comparison | None = None
    kept: Kept | None = None
    problem: str = ""


class Reads(Protocol):
    """What reads: a reader in this process, or several processes."""

    @property
    def run(self) -> Run:
        """What makes the readings."""
        ...

    def read_many(self, documents: Iterable[Document]) -> Iterator[Reading]:
        """Yield one reading for each document, in order; raises InputError for one that cannot be read."""
        ...


class Rereading:
    """Reads a case again with the model at hand."""

    def __init__(self, store: Store, reader: Reads, *, clock: Callable[[], str]) -> None:
        """Take the case, what reads, and what tells the time."""
        self._store = store
        self._reader = reader
        self._clock = clock

    def find_id(self, prefix: str, given: str) -> str:
        """Return the whole id that begins as given.

        Raises:
            NotInCase: None or several begin so.
        """
        with self._store.view() as view:
            return view.find_id(prefix, given)

    def find_outdated(self, documents: Iterable[str] | None = None) -> list[str]:
        """Return the ids of the documents, of those given or of all, that another run read last, or none."""
        return find_outdated(self._store, self._reader.run, documents)

    def reread(self, documents: Iterable[str]) -> Iterator[Reread]:
        """Yield each document once its new reading is kept."""
        return reread_documents(self._store, documents, self._reader.read_many, self._clock)


def find_outdated(store: Store, run: Run, documents: Iterable[str] | None = None) -> list[str]:
    """Return the ids of the documents, of those given or of all, that another run read last, or none."""
    with store.view() as view:
        outdated = view.find_outdated(identify(run))
    if documents is None:
        return outdated
    wanted = set(documents)
    return [doc for doc in outdated if doc in wanted]


def reread_documents(
    store: Store,
    documents: Iterable[str],
    read_many: Callable[[Sequence[Document]], Iterator[Reading]],
    now: Callable[[], str],
) -> Iterator[Reread]:
    """Yield each document once its new reading is kept, a few at a time, in order.

    Args:
        store: The case.
        documents: Ids; ones that are gone meanwhile are passed over.
        read_many: Yields one reading for each document, in order; raises InputError for one that cannot be read.
        now: UTC.
    """
    waiting = iter(documents)
    while batch := list(islice(waiting, AT_ONCE)):
        with store.view() as view:
            before = [found for doc in batch if (found := _find_before(view, doc)) is not None]
        for one, new in _read_some(before, read_many):
            yield _keep(store, one, new, now)


@dataclass(frozen=True, slots=True)
class _Before:
    """A document as it was before it is read again: its reading is None where it was broken off before the first."""

    doc: Document
    reading: Reading | None
    judgements: list[Judgement]


def _find_before(view: View, document: str) -> _Before | None:
    """Return a document with its reading and judgements; None where it is gone meanwhile."""
    doc = view.find_document(document)
    if doc is None:
        return None
    reading = view.get_reading(document).reading if view.has_reading(document) else None
    return _Before(doc, reading, find_in_force(view.iter_judgements(document)))


def identify(run: Run) -> str:
    """Return a run's id."""
    return run_id(engine=run.engine, model=run.model, model_sha256=run.model_sha256, settings=run.settings)


def _read_some(
    before: Sequence[_Before], read_many: Callable[[Sequence[Document]], Iterator[Reading]]
) -> Iterator[tuple[_Before, Reading | InputError]]:
    """Yield the new reading of each, or why there is none; after one that cannot be read, the rest."""
    waiting = list(before)
    while waiting:
        n_read = 0
        try:
            for new in read_many([one.doc for one in waiting]):
                yield waiting[n_read], new
                n_read += 1
        except InputError as error:
            yield waiting[n_read], error
            waiting = waiting[n_read + 1 :]
        else:
            return


def _keep(store: Store, before: _Before, new: Reading | InputError, now: Callable[[], str]) -> Reread:
    doc, old = before.doc, before.reading
    title = doc.title.exact if doc.title else doc.name
    old_run = None if old is None else old.run
    if isinstance(new, InputError):
        return Reread(document=doc.id, title=title, old_run=old_run, problem=str(new))
    with store.write() as writer:
        writer.add_reading(new, at=now())
    return Reread(
        document=doc.id,
        title=title,
        old_run=old_run,
        compared=compare_readings(old or replace(new, attributions=(), relations=()), new),
        kept=follow_judgements(before.judgements, new),
    )
