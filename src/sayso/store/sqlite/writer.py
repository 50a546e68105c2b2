"""One write block on a case in SQLite."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sayso.addresses import list_own_addresses, normalise_address
from sayso.errors import NotInCase
from sayso.records import Feed, JudgementKind, LogKind
from sayso.store import digests
from sayso.store.judgeable import require_judgeable
from sayso.store.judged import PAIR_KINDS, is_about_row
from sayso.store.rows import find_title, find_url, when
from sayso.store.sqlite import kept, shelves, stories, unjoined
from sayso.store.sqlite.columns import ColumnReader
from sayso.store.sqlite.connection import translated
from sayso.store.sqlite.joining import refresh_lines
from sayso.store.sqlite.log import add_entry, find_last
from sayso.store.sqlite.numbers import find_number
from sayso.store.sqlite.purging import purge_document
from sayso.store.sqlite.relisting import Relister
from sayso.store.sqlite.view import SqliteView

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping

    from sayso.errors import Problem
    from sayso.records import Capture, Captured, ClaimLine, Document, Judgement, Reading, StoryFindings, Urls
    from sayso.store.sqlite.connection import Place


class SqliteWriter(SqliteView):
    """Adds to a case within one transaction. What lists need is gathered, and written at the end or when asked for."""

    def __init__(self, connection: sqlite3.Connection, place: Place) -> None:
        """Write through a connection that is in a transaction."""
        super().__init__(connection, place, ColumnReader(str(place.path)))
        self._lists = Relister(connection, place, self)
        # Documents whose judgements changed: out of the lists until these are asked for, or the block ends.
        self._out: set[str] = set()
        self.has_purged = False

    def finish(self) -> None:
        """Write what was gathered; the transaction can then be committed."""
        with translated(self._place):
            self._settle()
            if self.has_purged:
                # The words of what was deleted stand in the index until its parts are merged.
                for table in ("text_words", "claim_words"):
                    self._connection.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")  # noqa: S608

    def add_capture(self, captured: Captured, *, at: str) -> bool:
        """Keep a capture and its WARC records; return whether it is new."""
        capture = captured.capture
        if self._find("SELECT 1 FROM kept_captures WHERE id = ?", capture.id):
            return False
        warc_sha256 = digests.hash_bytes(captured.warc)
        record = digests.keep_record(capture)
        salt = self._log(LogKind.CAPTURE, capture.id, digests.keep_capture(capture, warc_sha256, at=at), at=at)
        refusal = None if capture.refusal is None else capture.refusal.code.value
        number = self._add(
            "kept_captures (id, record, asked, refusal, warc_sha256, salt, added_at)",
            capture.id,
            record,
            kept.clean(normalise_address(capture.urls.asked)) if capture.urls.asked else None,
            refusal,
            warc_sha256,
            salt,
            at,
        )
        if captured.warc:
            self._add("warcs (capture, data)", number, captured.warc)
        return True

    def add_document(self, doc: Document, capture_id: str, *, at: str) -> bool:
        """Keep a document and that it came from this capture; return whether the document is new."""
        capture = self.get_capture(capture_id)
        held = self._find("SELECT number FROM documents WHERE id = ?", doc.id)
        number = int(held[0]) if held else self._add_document(doc, capture, at=at)
        capture_number = self._require("SELECT number FROM kept_captures WHERE id = ?", "capture", capture_id)
        if not self._find("SELECT 1 FROM came_from WHERE document = ? AND capture = ?", number, capture_number):
            salt = None
            if held:
                name = digests.name_link(doc.id, capture_id)
                salt = self._log(LogKind.LINK, name, digests.keep_link(doc.id, capture_id), at=at)
            self._add("came_from (document, capture, salt)", number, capture_number, salt)
        for urls in (doc.urls, capture.urls):
            self._add_addresses(number, urls)
        return held is None

    def add_reading(self, reading: Reading, *, at: str) -> bool:
        """Keep a reading and make it the current one; return whether it is new."""
        document_id = reading.document.id
        number = self._require("SELECT number FROM documents WHERE id = ?", "document", document_id)
        run = digests.name_run(reading.run)
        name = digests.name_reading(document_id, run)
        older = self._find("SELECT number, is_current, salt, made_at, data FROM readings WHERE id = ?", name)
        if older is not None and older[1]:
            return False
        with translated(self._place):
            self._take_out(document_id)
            self._connection.execute("UPDATE readings SET is_current = 0 WHERE document = ?", (number,))
        if older is None:
            canonical = digests.keep_reading(reading)
            salt = self._log(LogKind.READING, name, digests.keep_read(canonical, at=at), at=at)
            self._add(
                "readings (id, document, run, made_at, is_current, salt, data)",
                name,
                number,
                self._find_run(run, reading),
                at,
                1,
                salt,
                kept.compress(canonical),
            )
        else:
            # That it is the current one again stands in the log: the last one of a document is.
            _, _, salt, made_at, data = older
            digest = digests.digest(salt, digests.keep_read(kept.expand(data), at=made_at))
            with translated(self._place):
                add_entry(self._connection, LogKind.READING, name, digest, at=at)
        with translated(self._place):
            self._connection.execute("UPDATE readings SET is_current = 1 WHERE id = ?", (name,))
            self._lists.put_in(document_id, reading if older is None else None)
            # A version before it counts no more: what documents have in common must let go of it.
            superseded = reading.document.supersedes
            unjoined.note_unjoined(self._connection, [document_id, *([superseded] if superseded else [])])
            stories.forget_rows(self._connection, number)
        return older is None

    def add_problem(self, capture_id: str, problem: Problem, *, at: str) -> bool:
        """Keep why a capture's bytes are no article; return whether it is new."""
        capture = self._require("SELECT number FROM kept_captures WHERE id = ?", "capture", capture_id)
        name = digests.name_problem(capture_id, problem)
        if self._find("SELECT 1 FROM problems WHERE id = ?", name):
            return False
        canonical = digests.keep_problem(capture_id, problem)
        salt = self._log(LogKind.PROBLEM, name, canonical, at=at)
        self._add("problems (id, capture, record, salt)", name, capture, canonical, salt)
        return True

    def add_judgement(self, judgement: Judgement, *, at: str) -> bool:
        """Keep a judgement; lists show its effect from then on; return whether it is new.

        Raises:
            NotInCase: It is about a row, source or judgement that the case does not have.
            BadJudgement: It does not fit what it is about.
        """
        if self._find("SELECT 1 FROM kept_judgements WHERE id = ?", judgement.id):
            return False
        if not is_about_row(judgement):
            with translated(self._place):
                self._settle()
        require_judgeable(judgement, self)
        about, about_kind, document = judgement.id, judgement.kind.value, judgement.document
        if judgement.kind is JudgementKind.UNDO:
            sql = "SELECT about, about_kind, document FROM kept_judgements WHERE id = ?"
            about, about_kind, document = self._find(sql, judgement.subject) or (about, about_kind, document)
        is_of_row = document is not None and about_kind not in {kind.value for kind in PAIR_KINDS}
        with translated(self._place):
            if is_of_row:
                self._take_out(str(document))
        canonical = digests.keep_record(judgement)
        salt = self._log(LogKind.JUDGEMENT, judgement.id, canonical, at=at)
        self._add(
            "kept_judgements (id, about, about_kind, document, record, salt)",
            judgement.id,
            about,
            about_kind,
            document,
            canonical,
            salt,
        )
        if is_of_row:
            self._out.add(str(document))
        else:
            self._lists.indexer.has_changes = True
        with translated(self._place):
            concerned = [str(document)] if is_of_row else unjoined.find_concerned(self._connection, [about])
            unjoined.note_unjoined(self._connection, concerned)
        return True

    def set_feed(self, feed: Feed, *, at: str) -> bool:
        """Keep a feed or its newer state; return whether it is new. Only a new one is logged."""
        held = self._find("SELECT record FROM feeds WHERE url = ?", kept.clean(feed.url))
        if held is not None:
            older = kept.restore(Feed, held[0])
            record = digests.keep_record(replace(feed, added_at=older.added_at))
            with translated(self._place):
                self._connection.execute("UPDATE feeds SET record = ? WHERE url = ?", (record, kept.clean(feed.url)))
            return False
        salt = self._log(LogKind.FEED, digests.name_feed(feed.url), digests.keep_feed(feed), at=at)
        self._add("feeds (url, record, salt)", kept.clean(feed.url), digests.keep_record(feed), salt)
        return True

    def remove_feed(self, url: str, *, at: str) -> bool:
        """Follow a feed no longer; return whether it was followed. Logged."""
        with translated(self._place):
            cursor = self._connection.execute("DELETE FROM feeds WHERE url = ?", (kept.clean(url),))
            if not cursor.rowcount:
                return False
            add_entry(self._connection, LogKind.FEED, digests.name_feed(url), digests.NOTHING, at=at)
        return True

    def purge(self, document_id: str, *, at: str) -> int:
        """Remove a document and all that hangs on it; return how many captures went.

        Raises:
            NotInCase: There is no such document.
        """
        self._require("SELECT number FROM documents WHERE id = ?", "document", document_id)
        with translated(self._place):
            self._settle()
            ids = set(unjoined.find_judgeable(self._connection, document_id))
            for held in self.iter_readings(document_id):
                ids.update(source.id for source in held.reading.sources)
                ids.update(att.id for att in held.reading.attributions)
            self._take_out(document_id)
            self._lists.indexer.retell(stories.find_quoting(self._connection, document_id))
            went = purge_document(self._connection, document_id, ids, at=at)
        self.has_purged = True
        return went

    def add_timestamp(self, token: bytes, *, at: str) -> None:
        """Keep a time stamp (RFC 3161) over the hash of the log's last entry."""
        with translated(self._place):
            last = find_last(self._connection)
        stamped = digests.NOTHING if last is None else last.hash
        salt = self._log(LogKind.TIMESTAMP, stamped, digests.keep_timestamp(token, stamped), at=at)
        self._add("timestamps (stamped, token, salt)", stamped, token, salt)

    def hold(self, shelf: str, items: Mapping[bytes, bytes | None]) -> None:
        """Hold these under their keys; None removes what is there."""
        with translated(self._place):
            shelves.hold(self._connection, shelf, items)

    def note_joined(self, document_id: str) -> None:
        """Note that a document is joined with the rest as it is now."""
        with translated(self._place):
            unjoined.note_joined(self._connection, document_id)

    def take_claim_numbers(self, count: int) -> range:
        """Return so many numbers of claims that none has or had, from 1 on."""
        with translated(self._place):
            return stories.take_claim_numbers(self._connection, count)

    def put_findings(self, findings: StoryFindings, lines: Iterable[ClaimLine]) -> None:
        """Keep what was found about a story, in place of what was kept under its id.

        Raises:
            NotInCase: One of its documents is not there.
        """
        with translated(self._place):
            self._settle()
            self._lists.indexer.retell(stories.put_findings(self._connection, findings, tuple(lines)))

    def drop_findings(self, story_id: str) -> None:
        """Remove a story with its claims from all lists."""
        with translated(self._place):
            self._lists.indexer.retell(stories.drop_findings(self._connection, story_id))

    def _take_out(self, document_id: str) -> None:
        """Take a document out of the lists, if it is not out already."""
        if document_id in self._out:
            self._out.remove(document_id)
        else:
            self._lists.take_out(document_id)

    def _settle(self) -> None:
        while self._out:
            self._lists.put_in(self._out.pop())
            self._lists.indexer.has_changes = True
        if self._lists.indexer.has_changes:
            refresh_lines(self._connection, self._lists)
            self._lists.indexer.flush()

    def _add_document(self, doc: Document, capture: Capture, *, at: str) -> int:
        record, text, canonical = kept.split_document(doc)
        salt = self._log(LogKind.DOCUMENT, doc.id, digests.keep_document(canonical, capture.id, at=at), at=at)
        minute, day = when(doc)
        with translated(self._place):
            number = find_number(self._connection, minute)
            added = self._connection.execute("SELECT coalesce(max(added), 0) + 1 FROM documents").fetchone()[0]
        self._add(
            "documents (number, id, added, added_at, title, name, outlet, published, day, url, captured_at, format, "
            "supersedes)",
            number,
            doc.id,
            added,
            at,
            kept.clean_or_none(find_title(doc)),
            kept.clean(doc.name),
            self._find_outlet(doc.outlet),
            kept.clean_or_none(doc.published.value if doc.published else None),
            day,
            kept.clean_or_none(find_url(doc)),
            capture.captured_at,
            kept.clean(doc.format),
            doc.supersedes,
        )
        self._add("document_records (document, record, salt)", number, record, salt)
        self._add("texts (document, text)", number, text)
        self._add("text_words (rowid, text)", number, text)
        with translated(self._place):
            self._lists.put_in(doc.id, doc=doc)
        return number

    def _find_outlet(self, name: str | None) -> int | None:
        """Return the number of an outlet that one document more is of."""
        if not name:
            return None
        row = self._find(
            "INSERT INTO outlets (name, folded, n) VALUES (?, ?, 1) "
            "ON CONFLICT (name) DO UPDATE SET n = n + 1 RETURNING number",
            kept.clean(name),
            kept.clean(name).casefold(),
        )
        return None if row is None else int(row[0])

    def _find_run(self, run: str, reading: Reading) -> int:
        held = self._find("SELECT number FROM runs WHERE id = ?", run)
        if held is not None:
            return int(held[0])
        return self._add("runs (id, model, engine)", run, reading.run.model, reading.run.engine)

    def _add_addresses(self, number: int, urls: Urls) -> None:
        with translated(self._place):
            self._connection.executemany(
                "INSERT INTO addresses VALUES (?, ?) ON CONFLICT DO NOTHING",
                [(kept.clean(normalise_address(url)), number) for url in list_own_addresses(urls)],
            )

    def _log(self, kind: LogKind, subject: str, canonical: str, *, at: str) -> str:
        """Log a record that is added; return the salt to keep beside it."""
        salt = digests.make_salt()
        with translated(self._place):
            add_entry(self._connection, kind, subject, digests.digest(salt, canonical), at=at)
        return salt

    def _add(self, columns: str, *values: object) -> int:
        marks = ", ".join("?" * len(values))
        with translated(self._place):
            cursor = self._connection.execute(f"INSERT INTO {columns} VALUES ({marks})", values)  # noqa: S608
        return int(cursor.lastrowid or 0)

    def _require(self, sql: str, what: str, given: str) -> int:
        row = self._find(sql, given)
        if row is None:
            raise NotInCase(what, given)
        return int(row[0])
