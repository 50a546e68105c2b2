"""What comes in, kept and read: captures to documents to readings, one after the other.

Rule 1: a capture is kept with its documents before it is read, so that what was fetched is not lost with a crash.
Rule 2: what is told as added is kept: its reading was written to the case before.
Rule 3: whatever is wrong with one thing, the rest go on; only a case that cannot be written stops the work.
Rule 4: the same thing added again is told as known, and nothing is written.
"""

from __future__ import annotations

import traceback
from collections import deque
from dataclasses import dataclass, replace
from enum import StrEnum
from http import HTTPStatus
from pathlib import PurePath
from typing import TYPE_CHECKING, Protocol

from sayso.addresses import list_own_addresses
from sayso.errors import InputError, NotInCase, Problem, SaysoError
from sayso.ingest import documents_of
from sayso.ledger.intake import Given, Trouble
from sayso.ledger.rereading import compare_versions
from sayso.records import ArticleOrder, CaptureKind, Filter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from sayso.config import Settings
    from sayso.ledger.intake import Incoming
    from sayso.ledger.rereading import Comparison
    from sayso.records import Capture, Captured, Document, Reading
    from sayso.store.base import Store, View

# So many things that are known already, or cannot be read, are told before the next reading is waited for.
EVENTS_HELD = 16


class Outcome(StrEnum):
    """What became of one thing that was to be added."""

    ADDED = "added"
    NEW_VERSION = "new version"
    KNOWN = "known"
    NOTE = "note"
    REFUSED = "refused"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """One document that was added, or one thing of which there is none.

    Attributes:
        name: What the user knows it by.
        outcome: What became of it.
        says: For a person: the title, since when it is known, why it was refused.
        advice: What to do instead; empty where nothing need be done.
        capture: Id of its capture; None where there is none.
        document: Id of its document; None where there is none.
        n_claims: How many rows its reading has.
        changes: Of a new version, what changed in its claims; else None.
    """

    name: str
    outcome: Outcome
    says: str
    advice: str = ""
    capture: str | None = None
    document: str | None = None
    n_claims: int = 0
    changes: Comparison | None = None

    @property
    def is_bad(self) -> bool:
        """Whether there is no article of it."""
        return self.outcome in {Outcome.REFUSED, Outcome.UNREADABLE}


class TriesMany(Protocol):
    """What reads: a reader in this process, or several processes."""

    def try_many(self, documents: Iterable[Document]) -> Iterator[Reading | SaysoError]:
        """Yield for each document, in order, its reading or the error that kept it from being read."""
        ...


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A document that is kept and not yet read."""

    doc: Document
    capture: str


class Adding:
    """Adds what comes in to one case."""

    def __init__(self, store: Store, reader: TriesMany, settings: Settings, *, clock: Callable[[], str]) -> None:
        """Take the case, what reads, and what tells the time."""
        self.store = store
        self.reader = reader
        self.settings = settings
        self.clock = clock
        self._events: deque[Added] = deque()
        self._waiting: deque[_Waiting] = deque()
        self._is_done = False
        self._given = Given()

    def add(self, incoming: Iterable[Incoming], given: Given) -> Iterator[Added]:
        """Yield what became of each thing, as soon as it is known; of several articles in one, each.

        Raises:
            CaseError: The case cannot be written.
            SaysoError: The model or the gazetteer is missing or damaged.
        """
        source = iter(incoming)
        self._given = given
        self._is_done = False
        while not self._is_done:
            for result in self.reader.try_many(self._iter_documents(source, given)):
                yield self._keep_reading(self._waiting.popleft(), result)
                yield from self._flush()
            yield from self._flush()

    def _flush(self) -> Iterator[Added]:
        while self._events:
            yield self._events.popleft()

    def _iter_documents(self, source: Iterator[Incoming], given: Given) -> Iterator[Document]:
        """Yield the documents to be read; stops early when there is much to tell, and goes on when called again."""
        for one in source:
            waiting = self._receive(one, given)
            for each in waiting:
                self._waiting.append(each)
                yield each.doc
            if not waiting and len(self._events) >= EVENTS_HELD:
                return
        self._is_done = True

    def _receive(self, one: Incoming, given: Given) -> list[_Waiting]:
        """Keep what came in; return its documents that are to be read."""
        if isinstance(one, Trouble):
            outcome = Outcome.NOTE if one.is_note else Outcome.UNREADABLE
            self._tell(Added(name=one.name, outcome=outcome, says=one.says, advice=one.advice))
            return []
        capture = one.capture
        if capture.refusal is not None:
            with self.store.write() as writer:
                writer.add_capture(one, at=self.clock())
            refusal = capture.refusal
            self._tell(
                Added(
                    name=capture.name,
                    outcome=Outcome.REFUSED,
                    says=refusal.message,
                    advice=refusal.advice,
                    capture=capture.id,
                )
            )
            return []
        if capture.status == HTTPStatus.NOT_MODIFIED:
            self._tell_unchanged(capture)
            return []
        with self.store.view() as view:
            known = _find_known(view, capture)
        if known is None:
            documents = self._make_documents(one, given)
            return [] if documents is None else self._keep_documents(one, documents)
        return self._take_up(capture, known)

    def _tell_unchanged(self, capture: Capture) -> None:
        """Tell that the server says that a page is as it was when it was captured last."""
        with self.store.view() as view:
            versions = view.find_versions(list_own_addresses(capture.urls))
            if versions:
                self._tell_known(view, view.get_document(versions[-1]), capture)
            else:
                says = "the server says that it did not change since it was captured"
                self._tell(Added(name=capture.name, outcome=Outcome.KNOWN, says=says))

    def _take_up(self, capture: Capture, documents: list[Document]) -> list[_Waiting]:
        """Tell that a capture is known; return what was not read before the work was broken off."""
        with self.store.view() as view:
            unread = [doc for doc in documents if not view.has_reading(doc.id)]
            for doc in documents:
                if doc not in unread:
                    self._tell_known(view, doc, capture)
        return [_Waiting(doc, capture.id) for doc in unread]

    def _make_documents(self, captured: Captured, given: Given) -> list[Document] | None:
        """Return the documents of a capture; None where there is none, which is kept as a problem and told."""
        try:
            return documents_of(
                captured, settings=self.settings, title=given.title, outlet=given.outlet, published=given.published
            )
        except InputError as error:
            self._keep_problem(captured, explain(error))
        except Exception as error:  # noqa: BLE001  the boundary around one article: nothing that it holds may stop the rest
            self._keep_problem(captured, describe_bug(error))
        return None

    def _keep_documents(self, captured: Captured, documents: list[Document]) -> list[_Waiting]:
        """Keep a capture and its documents; return those that are to be read."""
        waiting = []
        with self.store.write() as writer:
            linked = []
            for doc in documents:
                older = _find_older(writer, doc, captured.capture.captured_at) if len(documents) == 1 else None
                known = writer.find_document(doc.id)
                if known is not None and older is None and _is_seen_here(writer, known, captured.capture):
                    if not writer.has_reading(doc.id):
                        waiting.append(_Waiting(known, captured.capture.id))
                    else:
                        self._tell_known(writer, known, captured.capture)
                    continue
                linked.append(replace(doc, supersedes=older) if known is None else known)
            if linked:
                at = self.clock()
                writer.add_capture(captured, at=at)
                for doc in linked:
                    writer.add_document(doc, captured.capture.id, at=at)
                    if writer.has_reading(doc.id):
                        self._tell_known(writer, doc, captured.capture)
                    else:
                        waiting.append(_Waiting(doc, captured.capture.id))
        return waiting

    def _keep_reading(self, waiting: _Waiting, result: Reading | SaysoError) -> Added:
        """Keep a reading, or why there is none; return what became of the document."""
        try:
            return self._keep_result(waiting, result)
        except NotInCase:
            says = "it was purged while it was read"
            return Added(name=waiting.doc.name, outcome=Outcome.NOTE, says=says, document=waiting.doc.id)

    def _keep_result(self, waiting: _Waiting, result: Reading | SaysoError) -> Added:
        """Keep a reading of a document that is in the case, or why there is none.

        Raises:
            NotInCase: It was purged meanwhile.
        """
        doc = waiting.doc
        if isinstance(result, SaysoError):
            problem = explain(result)
            with self.store.write() as writer:
                writer.add_problem(waiting.capture, problem, at=self.clock())
            return Added(
                name=doc.name,
                outcome=Outcome.UNREADABLE,
                says=problem.message,
                capture=waiting.capture,
                document=doc.id,
            )
        with self.store.write() as writer:
            writer.add_reading(result, at=self.clock())
            older = None if doc.supersedes is None else _find_reading(writer, doc.supersedes)
        changes = None if older is None else compare_versions(older, result)
        return Added(
            name=doc.name,
            outcome=Outcome.ADDED if doc.supersedes is None else Outcome.NEW_VERSION,
            says=doc.title.exact if doc.title else "",
            capture=waiting.capture,
            document=doc.id,
            n_claims=len(result.attributions),
            changes=changes,
        )

    def _keep_problem(self, captured: Captured, problem: Problem) -> None:
        """Keep a capture with why there is no article in it; added again, it is tried again."""
        with self.store.write() as writer:
            writer.add_capture(captured, at=self.clock())
            writer.add_problem(captured.capture.id, problem, at=self.clock())
        name = captured.capture.name
        says = problem.message.removeprefix(f"{name}: ")
        self._tell(Added(name=name, outcome=Outcome.UNREADABLE, says=says, capture=captured.capture.id))

    def _tell_known(self, view: View, doc: Document, capture: Capture) -> None:
        first = next(iter(view.iter_captures(doc.id)), capture)
        rows = view.list_articles(Filter(document=doc.id), ArticleOrder.ADDED, limit=1).rows
        says = f"in the case since {rows[0].added_at[:10]}" if rows else "in the case"
        if first.name != capture.name:
            says += f", as {first.name}"
        if not self._given.is_empty:
            says += "; what you say of it changes nothing of what is in the case"
        self._tell(Added(name=capture.name, outcome=Outcome.KNOWN, says=says, capture=first.id, document=doc.id))

    def _tell(self, added: Added) -> None:
        self._events.append(added)


def explain(error: SaysoError) -> Problem:
    """Return an error as the problem that is kept: its class tells the code."""
    name = type(error).__name__
    code = "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in name).lstrip("-")
    return Problem(code=code, message=str(error))


def describe_bug(error: Exception) -> Problem:
    """Return an error that nobody foresaw as a problem, with where it came from: modules and lines, no paths."""
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"{PurePath(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
    message = f"an error of Sayso's own, please report it: {error!r}, at {' > '.join(places)}"
    return Problem(code="unexpected", message=message)


def _find_known(view: View, capture: Capture) -> list[Document] | None:
    """Return the documents of a capture that the case has; None where it has none of it."""
    if view.find_capture(capture.id) is None:
        return None
    return list(view.iter_documents(capture.id)) or None


def _find_older(view: View, doc: Document, captured_at: str) -> str | None:
    """Return the version of the same page that was captured last before this one; None where there is none.

    What counts is when pages were captured: an old archive that is added today replaces nothing.
    """
    versions = view.find_versions(list_own_addresses(doc.urls))
    dated = [
        (max((known.captured_at for known in view.iter_captures(one)), default=""), number, one)
        for number, one in enumerate(versions)
    ]
    when, _, newest = max(dated, default=("", 0, doc.id))
    return newest if newest != doc.id and when <= captured_at else None


def _is_seen_here(view: View, doc: Document, capture: Capture) -> bool:
    """Tell whether the document came this way before: to say that a file is from an address is not to fetch it."""
    asked = capture.urls.asked
    known = list(view.iter_captures(doc.id))
    is_given = capture.kind in {CaptureKind.FILE, CaptureKind.PASTE}
    return (asked is None and bool(known)) or any(
        one.urls.asked == asked and (is_given or one.kind is capture.kind) for one in known
    )


def _find_reading(view: View, document_id: str) -> Reading | None:
    """Return the current reading of a document; None where it has none."""
    return view.get_reading(document_id).reading if view.has_reading(document_id) else None
