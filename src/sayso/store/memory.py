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
from sayso.store.judgeable import find_about, names_one, require_judgeable
from sayso.store.judged import is_about_row, is_about_two
from sayso.store.memory_state import State
from sayso.store.memory_view import MemoryView

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sayso.errors import Problem
    from sayso.records import Captured, ClaimLine, Document, Feed, Judgement, Reading, StoryFindings

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
                self._note_read(doc)
                self._log_again(LogKind.READING, digests.name_reading(doc.id, run), at=at)
            return False
        now = KeptReading(reading=replace(reading, document=doc), made_at=at, is_current=True)
        self.state.readings[doc.id] = (*past, now)
        self._note_read(doc)
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
        self._note_judged([find_about(self.state.judgements.values())[judgement.id]])
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
        hanging = self._find_hanging(document_id)
        gone = [(LogKind.JUDGEMENT, judgement.id) for judgement in hanging]
        self._forget(document_id)
        self._note_judged(hanging)
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
        state.unjoined.pop(document_id, None)
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

    def hold(self, shelf: str, items: Mapping[bytes, bytes | None]) -> None:
        """Hold these under their keys; None removes what is there."""
        held = self.state.held.setdefault(shelf, {})
        for key, data in items.items():
            if data is None:
                held.pop(key, None)
            else:
                held[key] = data

    def note_joined(self, document_id: str) -> None:
        """Note that a document is joined with the rest as it is now."""
        if document_id in self.state.unjoined:
            del self.state.unjoined[document_id]
            quoting = [one for one, found in self.state.findings.items() if document_id in found.story.documents]
            self.state.stale |= dict.fromkeys(quoting)

    def take_claim_numbers(self, count: int) -> range:
        """Return so many numbers of claims that none has or had, from 1 on."""
        first = self.state.last_claim + 1
        self.state.last_claim += max(0, count)
        return range(first, self.state.last_claim + 1)

    def put_findings(self, findings: StoryFindings, lines: Iterable[ClaimLine]) -> None:
        """Keep what was found about a story, in place of what was kept under its id.

        Raises:
            NotInCase: One of its documents is not there.
        """
        state, story = self.state, findings.story
        documents = {one: self._find_rows(self.get_document(one).id) for one in story.documents}
        left = {state.story_of[one] for one in documents if one in state.story_of}
        self.drop_findings(story.id)
        made = {line.number: line for line in lines}
        state.told = {
            row: number for row, number in state.told.items() if row[0] not in documents and number not in made
        }
        state.lines |= made
        state.findings[story.id] = findings
        state.story_of |= dict.fromkeys(documents, story.id)
        for one in findings.claims:
            for mention in one.claim.mentions:
                row = mention.attribution
                if one.number in made and row is not None and row in documents.get(mention.document, ()):
                    state.told.setdefault((mention.document, row), one.number)
        for other in left - set(state.story_of.values()):
            self.drop_findings(other)

    def drop_findings(self, story_id: str) -> None:
        """Remove a story with its claims from all lists."""
        state = self.state
        state.findings.pop(story_id, None)
        state.stale.pop(story_id, None)
        state.lines = {number: line for number, line in state.lines.items() if line.story != story_id}
        state.told = {row: number for row, number in state.told.items() if number in state.lines}
        state.story_of = {one: story for one, story in state.story_of.items() if story != story_id}

    def _find_rows(self, document_id: str) -> set[str]:
        """Return the ids of the rows of a document that lists show."""
        return {entry.row.id for entry in self._make_entries(document_id)}

    def _note_read(self, doc: Document) -> None:
        """Note that a document has another reading; a version before it counts no more."""
        self._note_unjoined([doc.id, doc.supersedes])
        rows = self._find_rows(doc.id)
        told = self.state.told
        self.state.told = {row: number for row, number in told.items() if row[0] != doc.id or row[1] in rows}

    def _note_judged(self, judgements: Iterable[Judgement]) -> None:
        """Note which documents these judgements are about; undoings are given as what they undo."""
        for judgement in judgements:
            if is_about_row(judgement):
                self._note_unjoined([judgement.document])
            elif is_about_two(judgement):
                pair = {judgement.subject, judgement.other}
                for one in self._make_listed():
                    if any(pair & {entry.row.id, entry.row.source} for entry in one.entries):
                        self._note_unjoined([one.article.id])

    def _note_unjoined(self, documents: Iterable[str | None]) -> None:
        for one in documents:
            if one is not None and any(kept.is_current for kept in self.iter_readings(one)):
                self.state.unjoined[one] = None

    def _forget(self, document_id: str) -> None:
        """Remove what was found about stories that quote a document; what is beside it there is to be joined again."""
        state = self.state
        for story, findings in tuple(state.findings.items()):
            if document_id in findings.story.documents:
                self._note_unjoined([one for one, its in state.story_of.items() if its == story])
                self.drop_findings(story)
        self._note_unjoined([state.documents[document_id].supersedes])

    def _log_again(self, kind: LogKind, subject: str, *, at: str) -> None:
        """Log once more a record that is kept."""
        digest = digests.digest(*self.state.kept[kind, subject])
        self.state.log = (*self.state.log, digests.make_entry(self.state.log[-1], kind, subject, digest, at=at))

    def _find_hanging(self, document_id: str) -> list[Judgement]:
        """Return the judgements that go with a document: about it, and about its sources or rows and another's."""
        ids = {entry.row.source for entry in self._make_entries(document_id)}
        for kept in self.iter_readings(document_id):
            ids.update(source.id for source in kept.reading.sources)
            ids.update(att.id for att in kept.reading.attributions)
        about = find_about(self.state.judgements.values())
        return [
            judgement
            for judgement in self.state.judgements.values()
            if about[judgement.id].document == document_id
            or (is_about_two(about[judgement.id]) and names_one(about[judgement.id], ids))
        ]
