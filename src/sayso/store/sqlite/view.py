"""A case in SQLite, read: records by id and in the order in which they were added."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sayso.addresses import normalise_address
from sayso.errors import NotInCase
from sayso.records import Capture, Feed, Judgement, KeptReading, LogKind
from sayso.store.found_ids import DIGITS_MAX, find_id
from sayso.store.judged import apply_judgements
from sayso.store.judges import name_judges
from sayso.store.rows import count_problems
from sayso.store.sqlite import kept, shelves, stories, unjoined
from sayso.store.sqlite.articles import list_articles, search
from sayso.store.sqlite.claims import list_claims
from sayso.store.sqlite.connection import translated
from sayso.store.sqlite.glance import count_unread, get_info, list_refused
from sayso.store.sqlite.indexing import SHARED, from_hash, to_hash
from sayso.store.sqlite.log import iter_entries, iter_readable
from sayso.store.sqlite.shown import Shown
from sayso.store.sqlite.sources import list_sources
from sayso.store.sqlite.stories import show_claims
from sayso.store.sqlite.verifying import iter_damage, iter_digests

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Iterator

    from sayso.records import (
        ArticleOrder,
        ArticleRow,
        CaseInfo,
        ClaimLine,
        ClaimOrder,
        ClaimRow,
        Document,
        Filter,
        Hit,
        LogEntry,
        Page,
        RefusedRow,
        SourceOrder,
        SourceRow,
        StoryFindings,
        StoryLine,
    )
    from sayso.store.sqlite.columns import ColumnReader
    from sayso.store.sqlite.connection import Place

TABLES = {"doc": "documents", "cap": "kept_captures", "jdg": "kept_judgements", "sty": "stories"}
HASHED = {"att": "claim_rows", "src": "source_rows"}
CANDIDATES = 6
DOCUMENT = (
    "SELECT r.record, t.text FROM documents AS d JOIN document_records AS r ON r.document = d.number "
    "JOIN texts AS t ON t.document = d.number"
)
FIRST_FIRST = (
    "SELECT c.record FROM documents AS d JOIN came_from AS f ON f.document = d.number "
    "JOIN kept_captures AS c ON c.number = f.capture WHERE d.id = ? ORDER BY f.salt IS NOT NULL, f.number"
)


class SqliteView:
    """A case as it is in one transaction."""

    def __init__(self, connection: sqlite3.Connection, place: Place, columns: ColumnReader) -> None:
        """Read through a connection."""
        self._connection = connection
        self._place = place
        self._columns = columns
        self._shown: Shown | None = None

    def get_info(self) -> CaseInfo:
        """Return the case at a glance."""
        with translated(self._place):
            self._settle()
            info = get_info(self._connection)
        return replace(info, is_encrypted=self._place.passphrase is not None)

    def find_id(self, prefix: str, given: str) -> str:
        """Return the whole id that begins as given.

        Raises:
            NotInCase: None or several begin so.
        """
        return find_id(prefix, given, lambda start: self._look_up(prefix, start))

    def get_capture(self, capture_id: str) -> Capture:
        """Return a capture.

        Raises:
            NotInCase: There is none of this id.
        """
        found = self.find_capture(capture_id)
        if found is None:
            what = "capture"
            raise NotInCase(what, capture_id)
        return found

    def get_warc(self, capture_id: str) -> bytes:
        """Return the preserved WARC records of a capture; empty for a refusal.

        Raises:
            NotInCase: There is none of this id.
        """
        row = self._find(
            "SELECT w.data FROM kept_captures AS c LEFT JOIN warcs AS w ON w.capture = c.number WHERE c.id = ?",
            capture_id,
        )
        if row is None:
            what = "capture"
            raise NotInCase(what, capture_id)
        return row[0] or b""

    def get_document(self, document_id: str) -> Document:
        """Return a document.

        Raises:
            NotInCase: There is none of this id.
        """
        found = self.find_document(document_id)
        if found is None:
            what = "document"
            raise NotInCase(what, document_id)
        return found

    def get_reading(self, document_id: str) -> KeptReading:
        """Return the current reading of a document.

        Raises:
            NotInCase: There is none.
        """
        found = next(self._iter_readings(document_id, current_only=True), None)
        if found is None:
            what = "reading"
            raise NotInCase(what, document_id)
        return found

    def find_capture(self, capture_id: str) -> Capture | None:
        """Return a capture, or None if the case does not have it."""
        row = self._find("SELECT record FROM kept_captures WHERE id = ?", capture_id)
        return None if row is None else kept.restore(Capture, row[0])

    def find_document(self, document_id: str) -> Document | None:
        """Return a document, or None if the case does not have it."""
        row = self._find(f"{DOCUMENT} WHERE d.id = ?", document_id)
        return None if row is None else kept.restore_document(row[0], row[1])

    def has_reading(self, document_id: str, run_id: str | None = None) -> bool:
        """Return whether the document was read, or was read by this run."""
        row = self._find(
            "SELECT 1 FROM documents AS d JOIN readings AS r ON r.document = d.number JOIN runs ON runs.number = r.run "
            "WHERE d.id = ? AND runs.id = coalesce(?, runs.id)",
            document_id,
            run_id,
        )
        return row is not None

    def find_outdated(self, run_id: str) -> list[str]:
        """Return the ids of the documents of which this run did not make the current reading, or that have none."""
        sql = (
            "SELECT d.id FROM documents AS d LEFT JOIN readings AS r ON r.document = d.number AND r.is_current = 1 "
            "LEFT JOIN runs ON runs.number = r.run WHERE runs.id IS NOT ? ORDER BY d.added"
        )
        return [row[0] for row in self._iter(sql, run_id)]

    def iter_captures(self, document_id: str | None = None) -> Iterator[Capture]:
        """Yield the captures, or those of one document; refusals too."""
        sql = "SELECT record FROM kept_captures ORDER BY number"
        given: tuple[str, ...] = ()
        if document_id is not None:
            sql = (
                "SELECT c.record FROM documents AS d JOIN came_from AS f ON f.document = d.number "
                "JOIN kept_captures AS c ON c.number = f.capture WHERE d.id = ? ORDER BY c.number"
            )
            given = (document_id,)
        return (kept.restore(Capture, row[0]) for row in self._iter(sql, *given))

    def iter_asked(self, url: str) -> Iterator[Capture]:
        """Yield the captures for which this address, or one that is the same page's, was asked; refusals too."""
        sql = "SELECT record FROM kept_captures WHERE asked = ? ORDER BY number"
        return (kept.restore(Capture, row[0]) for row in self._iter(sql, kept.clean(normalise_address(url))))

    def iter_documents(self, capture_id: str | None = None) -> Iterator[Document]:
        """Yield the documents, or those of one capture."""
        sql = f"{DOCUMENT} ORDER BY d.added"
        given: tuple[str, ...] = ()
        if capture_id is not None:
            sql = (
                f"{DOCUMENT} JOIN came_from AS f ON f.document = d.number "
                "JOIN kept_captures AS c ON c.number = f.capture WHERE c.id = ? ORDER BY d.added"
            )
            given = (capture_id,)
        return (kept.restore_document(row[0], row[1]) for row in self._iter(sql, *given))

    def iter_readings(self, document_id: str) -> Iterator[KeptReading]:
        """Yield the readings of a document."""
        return self._iter_readings(document_id, current_only=False)

    def iter_judgements(self, document_id: str | None = None) -> Iterator[Judgement]:
        """Yield the judgements, or those about one document; undone ones and undoings too."""
        sql = "SELECT record FROM kept_judgements ORDER BY number"
        given: tuple[str, ...] = ()
        if document_id is not None:
            sql = "SELECT record FROM kept_judgements WHERE document = ? ORDER BY number"
            given = (document_id,)
        return (kept.restore(Judgement, row[0]) for row in self._iter(sql, *given))

    def iter_shared_judgements(self, ids: Iterable[str]) -> Iterator[Judgement]:
        """Yield the judgements about two sources or two rows of which one is among these, and what undoes them."""
        return (kept.restore(Judgement, row[0]) for row in self._iter(SHARED, json.dumps(list(ids))))

    def iter_feeds(self) -> Iterator[Feed]:
        """Yield the feeds that the case follows."""
        return (kept.restore(Feed, row[0]) for row in self._iter("SELECT record FROM feeds ORDER BY number"))

    def iter_log(self, *, tell: Callable[[int, str], None] | None = None) -> Iterator[LogEntry]:
        """Yield the log from its first entry; entries that cannot be read are told and left out, or an error."""
        with translated(self._place):
            if tell is None:
                yield from iter_entries(self._connection)
            else:
                yield from iter_readable(self._connection, self._place, tell)

    def iter_timestamps(self) -> Iterator[tuple[LogEntry, bytes]]:
        """Yield the time stamps: the log entry that tells of each, and its token."""
        with translated(self._place):
            entries = {entry.subject: entry for entry in iter_entries(self._connection, LogKind.TIMESTAMP)}
            rows = list(self._connection.execute("SELECT stamped, token FROM timestamps ORDER BY number"))
        return ((entries[stamped], token) for stamped, token in rows if stamped in entries)

    def list_claims(
        self,
        asked: Filter,
        order: ClaimOrder,
        *,
        limit: int,
        offset: int = 0,
        reverse: bool = False,
        once: bool = False,
    ) -> Page[ClaimRow]:
        """Return rows of the current readings, with the claims that they tell."""
        with translated(self._place):
            self._settle()
            page = list_claims(self._connection, self._columns, asked, order, (limit, offset, reverse), once=once)
            rows = show_claims(self._connection, page.rows)
        return replace(page, rows=name_judges(rows, self.iter_judgements))

    def list_articles(
        self, asked: Filter, order: ArticleOrder, *, limit: int, offset: int = 0, reverse: bool = False
    ) -> Page[ArticleRow]:
        """Return documents; older versions too."""
        with translated(self._place):
            self._settle()
            return list_articles(self._connection, self._columns, asked, order, (limit, offset, reverse))

    def list_sources(
        self, asked: Filter, order: SourceOrder, *, limit: int, offset: int = 0, reverse: bool = False
    ) -> Page[SourceRow]:
        """Return sources."""
        with translated(self._place):
            self._settle()
            return list_sources(self._connection, self._columns, asked, order, (limit, offset, reverse))

    def list_refused(self, *, limit: int, offset: int = 0) -> Page[RefusedRow]:
        """Return captures of which there is no article, the latest first."""
        with translated(self._place):
            return list_refused(self._connection, limit=limit, offset=offset)

    def search(self, asked: Filter, *, limit: int, offset: int = 0) -> Page[Hit]:
        """Return the articles in whose text all the words asked for stand, the newest first."""
        with translated(self._place):
            self._settle()
            return search(self._connection, self._columns, asked, (limit, offset, False))

    def find_versions(self, urls: Iterable[str]) -> list[str]:
        """Return the ids of the documents with one of these addresses, oldest first."""
        found: dict[int, str] = {}
        for url in urls:
            sql = (
                "SELECT d.added, d.id FROM addresses AS a JOIN documents AS d ON d.number = a.document WHERE a.url = ?"
            )
            found.update(dict(self._iter(sql, kept.clean(normalise_address(url)))))
        return [found[added] for added in sorted(found)]

    def find_held(self, shelf: str, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        """Return what is held on a shelf under these keys."""
        with translated(self._place):
            return shelves.find_held(self._connection, shelf, keys)

    def iter_held(self, shelf: str) -> Iterator[tuple[bytes, bytes]]:
        """Yield all that is held on a shelf, in order of the keys."""
        for key, data in self._iter(shelves.EVERY, kept.clean(shelf)):
            kept.check_types(shelves.HELD, (key, data), (kept.BYTES, kept.BYTES))
            yield key, data

    def find_unjoined(self, *, limit: int) -> list[str]:
        """Return the ids of documents that are not joined with the rest as they are now."""
        with translated(self._place):
            return unjoined.find_unjoined(self._connection, limit=limit)

    def count_unjoined(self) -> int:
        """Return how many these are."""
        with translated(self._place):
            return unjoined.count_unjoined(self._connection)

    def count_unread(self) -> int:
        """Return how many documents have no reading."""
        with translated(self._place):
            return count_unread(self._connection)

    def find_findings(self, story_id: str) -> StoryFindings | None:
        """Return what was found about a story; None where there is no such story."""
        with translated(self._place):
            return stories.find_findings(self._connection, story_id)

    def find_story_of(self, document_id: str) -> str | None:
        """Return the id of a document's story; None where it is in none yet."""
        with translated(self._place):
            return stories.find_story_of(self._connection, document_id)

    def find_claim(self, number: int) -> ClaimLine | None:
        """Return a claim by its number; None where there is none, or none any more."""
        with translated(self._place):
            return stories.find_claim(self._connection, number)

    def list_stories(self, asked: Filter, *, limit: int, offset: int = 0) -> Page[StoryLine]:
        """Return the stories of which a document is asked for, those with most documents first."""
        with translated(self._place):
            self._settle()
            return stories.list_stories(self._connection, self._columns, asked, limit=limit, offset=offset)

    def iter_digests(self, kind: LogKind) -> Iterator[tuple[str, str]]:
        """Yield the id of each record of a kind and its digest, made from record and salt as they are kept now."""
        with translated(self._place):
            yield from iter_digests(self._connection, self._place, kind)

    def iter_damage(self) -> Iterator[tuple[str, str]]:
        """Yield what is wrong with how the file keeps things: the place, and what is wrong there."""
        with translated(self._place):
            yield from iter_damage(self._connection, self._place, self._columns)

    def iter_misshown(self, doc: Document) -> Iterator[tuple[str, str]]:
        """Yield what lists and filters know of a document and its records do not say."""
        with translated(self._place):
            self._shown = self._shown or Shown(self._connection, self._columns)
            rows = self._connection.execute(FIRST_FIRST, (doc.id,)).fetchall()
            captures = [kept.restore(Capture, row[0]) for row in rows]
            held = next(self._iter_readings(doc.id, current_only=True), None)
            reading = None if held is None else held.reading
            judged = None if reading is None else apply_judgements(reading, self.iter_judgements(doc.id))
            yield from self._shown.check(doc, captures, judged, count_problems(doc, reading))

    def _settle(self) -> None:
        """Write what lists need and was only gathered; a view gathers nothing."""

    def _iter_readings(self, document_id: str, *, current_only: bool) -> Iterator[KeptReading]:
        doc = self.find_document(document_id)
        if doc is None:
            return
        rows = self._iter(
            "SELECT r.data, r.made_at, r.is_current FROM readings AS r JOIN documents AS d ON d.number = r.document "
            "WHERE d.id = ? AND r.is_current >= ? ORDER BY r.number",
            document_id,
            int(current_only),
        )
        for data, made_at, is_current in rows:
            yield KeptReading(reading=kept.restore_reading(data, doc), made_at=made_at, is_current=bool(is_current))

    def _look_up(self, prefix: str, start: str) -> list[str]:
        if prefix in HASHED:
            digits = start.removeprefix(f"{prefix}-")
            low, high = (f"{prefix}-{digits.ljust(DIGITS_MAX, fill)}" for fill in "0f")
            sql = f"SELECT DISTINCT hash FROM {HASHED[prefix]} WHERE hash BETWEEN ? AND ? LIMIT {CANDIDATES}"  # noqa: S608
            return [from_hash(prefix, row[0]) for row in self._iter(sql, to_hash(low), to_hash(high))]
        sql = f"SELECT id FROM {TABLES[prefix]} WHERE id >= ? AND id < ? LIMIT {CANDIDATES}"  # noqa: S608  our own words
        return [str(row[0]) for row in self._iter(sql, start, f"{start}g")]

    def _find(self, sql: str, *given: object) -> tuple[Any, ...] | None:
        with translated(self._place):
            row: tuple[Any, ...] | None = self._connection.execute(sql, given).fetchone()
        return row

    def _iter(self, sql: str, *given: object) -> Iterator[tuple[Any, ...]]:
        with translated(self._place):
            rows = self._connection.execute(sql, given)
            # No `yield from`: that would close the cursor, which cannot be done once the case is closed.
            while (row := rows.fetchone()) is not None:
                yield row
