"""A case in plain dicts: for tests and for what need not last. The reference for what every store does.

A write block works on a copy that takes the place of the case when the block ends, so that a view goes on seeing the
case as it was.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from sayso.errors import CaseError
from sayso.records import KeptReading, LogKind
from sayso.store import digests
from sayso.store.judgeable import find_about, names_source, require_judgeable
from sayso.store.judged import SOURCE_KINDS
from sayso.store.memory_view import MemoryView, State

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sayso.errors import Problem
    from sayso.records import Captured, Document, Feed, Judgement, Reading

PLACE = "memory"


class MemoryStore:
    """A case that lasts as long as this object. Safe to share between threads."""

    def __init__(self, *, name: str, at: str) -> None:
        """Make a new case."""
        self._writing = threading.RLock()
        self._is_open = True
        writer = MemoryWriter(State(name=name, created_at=at))
        writer.log(LogKind.CASE, digests.name_case(name, at), digests.keep_case(name, at), at=at)
        self._state = writer.state

    @contextmanager
    def view(self) -> Iterator[MemoryView]:
        """Return a block in which the case is read."""
        self._require_open()
        yield MemoryView(self._state)

    @contextmanager
    def write(self) -> Iterator[MemoryWriter]:
        """Return a block that is kept whole when it ends, and not at all if it raises."""
        with self._writing:
            self._require_open()
            writer = MemoryWriter(self._state.copy())
            yield writer
            self._state = writer.state

    def close(self) -> None:
        """Let go of the case."""
        self._is_open = False

    def _require_open(self) -> None:
        if not self._is_open:
            raise CaseError(PLACE, "the case was closed. Open it again.")


class MemoryWriter(MemoryView):
    """One write block on a copy of the case."""

    def log(self, kind: LogKind, subject: str, kept: str | None, *, at: str) -> None:
        """Add an entry to the log; None for what is kept of a record that is there no more."""
        digest = digests.NOTHING
        if kept is not None:
            salt = digests.make_salt()
            self.state.kept[kind, subject] = (salt, kept)
            digest = digests.digest(salt, kept)
        last = self.state.log[-1] if self.state.log else None
        self.state.log = (*self.state.log, digests.make_entry(last, kind, subject, digest, at=at))

    def add_capture(self, captured: Captured, *, at: str) -> bool:
        """Keep a capture and its WARC records; return whether it is new."""
        capture = captured.capture
        if capture.id in self.state.captures:
            return False
        self.state.captures[capture.id] = capture
        self.state.warcs[capture.id] = captured.warc
        kept = digests.keep_capture(capture, digests.hash_bytes(captured.warc), at=at)
        self.log(LogKind.CAPTURE, capture.id, kept, at=at)
        return True

    def add_document(self, doc: Document, capture_id: str, *, at: str) -> bool:
        """Keep a document and that it came from this capture; return whether the document is new."""
        self.get_capture(capture_id)
        is_linked = (doc.id, capture_id) in self.state.came_from
        if not is_linked:
            self.state.came_from = (*self.state.came_from, (doc.id, capture_id))
        if doc.id in self.state.documents:
            if not is_linked:
                kept = digests.keep_link(doc.id, capture_id)
                self.log(LogKind.LINK, digests.name_link(doc.id, capture_id), kept, at=at)
            return False
        self.state.documents[doc.id] = doc
        self.state.added_at[doc.id] = at
        self.log(LogKind.DOCUMENT, doc.id, digests.keep_document(digests.keep_record(doc), capture_id, at=at), at=at)
        return True

    def add_reading(self, reading: Reading, *, at: str) -> bool:
        """Keep a reading and make it the current one; return whether it is new."""
        doc = self.get_document(reading.document.id)
        run = digests.name_run(reading.run)
        past = [replace(kept, is_current=False) for kept in self.state.readings.get(doc.id, ())]
        runs = [digests.name_run(kept.reading.run) for kept in past]
        if run in runs:
            kept = self.state.readings[doc.id][runs.index(run)]
            if not kept.is_current:
                past[runs.index(run)] = replace(kept, is_current=True)
                self.state.readings[doc.id] = tuple(past)
                self._log_again(LogKind.READING, digests.name_reading(doc.id, run), at=at)
            return False
        now = KeptReading(reading=replace(reading, document=doc), made_at=at, is_current=True)
        self.state.readings[doc.id] = (*past, now)
        kept_reading = digests.keep_read(digests.keep_reading(reading), at=at)
        self.log(LogKind.READING, digests.name_reading(doc.id, run), kept_reading, at=at)
        return True

    def add_problem(self, capture_id: str, problem: Problem, *, at: str) -> bool:
        """Keep why a capture's bytes are no article; return whether it is new."""
        self.get_capture(capture_id)
        name = digests.name_problem(capture_id, problem)
        if name in self.state.problems:
            return False
        self.state.problems[name] = (capture_id, problem)
        self.log(LogKind.PROBLEM, name, digests.keep_problem(capture_id, problem), at=at)
        return True

    def add_judgement(self, judgement: Judgement, *, at: str) -> bool:
        """Keep a judgement; return whether it is new.

        Raises:
            NotInCase: It is about what the case does not have.
            BadJudgement: It does not fit what it is about.
        """
        if judgement.id in self.state.judgements:
            return False
        require_judgeable(judgement, self)
        self.state.judgements[judgement.id] = judgement
        self.log(LogKind.JUDGEMENT, judgement.id, digests.keep_record(judgement), at=at)
        return True

    def set_feed(self, feed: Feed, *, at: str) -> bool:
        """Keep a feed or its newer state; return whether it is new."""
        is_new = feed.url not in self.state.feeds
        if not is_new:
            feed = replace(feed, added_at=self.state.feeds[feed.url].added_at)
        self.state.feeds[feed.url] = feed
        if is_new:
            self.log(LogKind.FEED, digests.name_feed(feed.url), digests.keep_feed(feed), at=at)
        return is_new

    def remove_feed(self, url: str, *, at: str) -> bool:
        """Follow a feed no longer; return whether it was followed."""
        if self.state.feeds.pop(url, None) is None:
            return False
        del self.state.kept[LogKind.FEED, digests.name_feed(url)]
        self.log(LogKind.FEED, digests.name_feed(url), None, at=at)
        return True

    def purge(self, document_id: str, *, at: str) -> int:
        """Remove a document and all that hangs on it; return how many captures went.

        Raises:
            NotInCase: There is no such document.
        """
        self.get_document(document_id)
        state = self.state
        gone = [(LogKind.JUDGEMENT, judgement.id) for judgement in self._find_hanging(document_id)]
        runs = [digests.name_run(kept.reading.run) for kept in state.readings.pop(document_id, ())]
        gone.extend((LogKind.READING, digests.name_reading(document_id, run)) for run in runs)
        captures = [capture for doc, capture in state.came_from if doc == document_id]
        state.came_from = tuple(pair for pair in state.came_from if pair[0] != document_id)
        links = [digests.name_link(document_id, capture) for capture in captures]
        gone.extend((LogKind.LINK, link) for link in links if (LogKind.LINK, link) in state.kept)
        captures = [capture for capture in captures if all(capture != other for _, other in state.came_from)]
        for capture in captures:
            del state.captures[capture], state.warcs[capture]
            gone.extend((LogKind.PROBLEM, name) for name, (of, _) in state.problems.items() if of == capture)
            gone.append((LogKind.CAPTURE, capture))
        del state.documents[document_id], state.added_at[document_id]
        gone.append((LogKind.DOCUMENT, document_id))
        for kind, subject in gone:
            del state.kept[kind, subject]
            state.judgements.pop(subject, None)
            state.problems.pop(subject, None)
            self.log(LogKind.PURGE, subject, None, at=at)
        return len(captures)

    def add_timestamp(self, token: bytes, *, at: str) -> None:
        """Keep a time stamp over the hash of the log's last entry."""
        stamped = self.state.log[-1].hash
        self.state.tokens[stamped] = token
        self.log(LogKind.TIMESTAMP, stamped, digests.keep_timestamp(token, stamped), at=at)

    def _log_again(self, kind: LogKind, subject: str, *, at: str) -> None:
        """Log once more a record that is kept."""
        digest = digests.digest(*self.state.kept[kind, subject])
        self.state.log = (*self.state.log, digests.make_entry(self.state.log[-1], kind, subject, digest, at=at))

    def _find_hanging(self, document_id: str) -> list[Judgement]:
        """Return the judgements that go with a document: about it, and about its sources and another's."""
        sources = {source.id for kept in self.iter_readings(document_id) for source in kept.reading.sources}
        about = find_about(self.state.judgements.values())
        return [
            judgement
            for judgement in self.state.judgements.values()
            if about[judgement.id].document == document_id
            or (about[judgement.id].kind in SOURCE_KINDS and names_source(about[judgement.id], sources))
        ]
