"""Takes documents out of the lists and puts them in again as readings and judgements have them then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.store.judged import apply_judgements
from sayso.store.rows import count_problems, make_article, make_entries
from sayso.store.sqlite.indexing import Indexer

if TYPE_CHECKING:
    import sqlite3

    from sayso.records import Document, Reading
    from sayso.store.rows import Entry
    from sayso.store.sqlite.connection import Place
    from sayso.store.sqlite.view import SqliteView

ABOUT = "SELECT number, outlet, added, captured_at, added_at FROM documents WHERE id = ?"


class Relister:
    """Keeps the lists of one write block."""

    def __init__(self, connection: sqlite3.Connection, place: Place, view: SqliteView) -> None:
        """Work within the connection's transaction; the view reads in it."""
        self._connection = connection
        self._view = view
        self.indexer = Indexer(connection, str(place.path))

    def take_out(self, document_id: str) -> None:
        """Take a document out of the lists; before its reading, its judgements or it itself changes."""
        number = self._connection.execute("SELECT number FROM documents WHERE id = ?", (document_id,)).fetchone()[0]
        self.indexer.remove(int(number), self._find_entries(document_id))

    def put_in(self, document_id: str, reading: Reading | None = None, *, doc: Document | None = None) -> None:
        """Put a document into the lists, in which it is not.

        Args:
            document_id: Which.
            reading: Its current reading, where that is at hand.
            doc: Itself, where that is at hand and nothing was read of it yet.
        """
        number, outlet, added, captured_at, added_at = self._connection.execute(ABOUT, (document_id,)).fetchone()
        entries: list[Entry] = []
        if doc is None:
            reading = reading or self._find_reading(document_id)
            doc = self._view.get_document(document_id) if reading is None else reading.document
            entries = [] if reading is None else self._make_entries(reading)
        article = make_article(
            doc,
            entries,
            problems=count_problems(doc, reading),
            captured_at=captured_at,
            added_at=added_at,
            superseded_by=None,
        )
        self.indexer.add(number, outlet, added, article, entries)

    def _find_entries(self, document_id: str) -> list[Entry]:
        reading = self._find_reading(document_id)
        return [] if reading is None else self._make_entries(reading)

    def _find_reading(self, document_id: str) -> Reading | None:
        has_one = self._connection.execute(
            "SELECT 1 FROM documents AS d JOIN readings AS r ON r.document = d.number "
            "WHERE d.id = ? AND r.is_current = 1",
            (document_id,),
        ).fetchone()
        return self._view.get_reading(document_id).reading if has_one else None

    def _make_entries(self, reading: Reading) -> list[Entry]:
        judgements = self._view.iter_judgements(reading.document.id)
        return make_entries(apply_judgements(reading, judgements))
