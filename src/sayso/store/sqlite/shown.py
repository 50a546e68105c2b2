"""Whether what the lists know of a document is what its records say: made anew, and compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sayso.addresses import list_own_addresses, normalise_address
from sayso.store.rows import fold, make_article, make_entries, when
from sayso.store.sqlite.columns import POSITION_BITS, TOLD, TYPES
from sayso.store.sqlite.indexing import make_records, make_rows, make_source, to_hash
from sayso.store.sqlite.kept import clean, clean_or_none
from sayso.store.sqlite.numbers import MINUTE_BITS, find_lowest
from sayso.store.sqlite.told import find_told

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence
    from typing import Any

    from sayso.records import ArticleRow, Capture, Document
    from sayso.store.judged import JudgedReading
    from sayso.store.rows import Entry
    from sayso.store.sqlite.columns import ColumnReader

    Found = Iterator[tuple[str, str]]

WORDS_MAX = 200_000
OTHER = "it does not say what the records say"
FIELDS = (
    *("title", "name", "published", "url", "captured_at", "format", "supersedes"),
    *("n_claims", "n_sources", "n_judged", "n_problems"),
)
DOCUMENT = (
    f"SELECT d.number, d.added, d.added_at, d.day, d.outlet, o.name, {', '.join(f'd.{name}' for name in FIELDS)} "  # noqa: S608
    "FROM documents AS d LEFT JOIN outlets AS o ON o.number = d.outlet WHERE d.id = ?"
)
SOURCES = (
    "SELECT s.hash, s.document, s.line, s.name, s.kind, s.naming, s.role, s.number, l.key, l.folded "
    "FROM source_rows AS s LEFT JOIN lines AS l ON l.number = s.line WHERE s.document = ?"
)


class Shown:
    """Compares documents with what the lists know of them, within one view."""

    def __init__(self, connection: sqlite3.Connection, columns: ColumnReader) -> None:
        """Read through a connection."""
        self._connection = connection
        self._columns = columns
        self._apart = {row[0] for row in connection.execute("SELECT source FROM apart")}
        self._numbers: dict[tuple[str, str], int] = {}

    def check(self, doc: Document, captures: Sequence[Capture], judged: JudgedReading | None, n_problems: int) -> Found:
        """Yield what is known otherwise of a document.

        Args:
            doc: As it is kept.
            captures: Those that it came from, the first one first.
            judged: Its current reading as persons have it; None where it has none.
            n_problems: In the text and what was read of it.
        """
        where = f"document {doc.id}"
        number, added, added_at, day, outlet, outlet_name, *held = self._connection.execute(
            DOCUMENT, (doc.id,)
        ).fetchone()
        entries = [] if judged is None else make_entries(judged)
        article = make_article(
            doc,
            entries,
            problems=n_problems,
            captured_at=captures[0].captured_at if captures else "",
            added_at=added_at,
            superseded_by=None,
        )
        minute, expected_day = when(doc)
        wanted = dict(zip(FIELDS, held, strict=True)) | {"day": day, "outlet": outlet_name}
        made = {name: _clean(getattr(article, name)) for name in FIELDS}
        made |= {"day": expected_day, "outlet": clean_or_none(doc.outlet or None)}
        odd = [name for name, value in wanted.items() if made[name] != value]
        if odd:
            yield f"{where}, {', '.join(odd)}", OTHER
        if not 0 <= (number - find_lowest(minute)) >> MINUTE_BITS <= 1 << 10:
            yield where, "it is listed at another time than that of its publication"
        yield from self._check_addresses(doc, number, captures)
        yield from self._check_rows(doc.id, (number, outlet or 0, added, day or 0), article, entries)

    def _check_addresses(self, doc: Document, number: int, captures: Sequence[Capture]) -> Found:
        every = [doc.urls, *(capture.urls for capture in captures)]
        made = {clean(normalise_address(url)) for urls in every for url in list_own_addresses(urls)}
        held = {row[0] for row in self._connection.execute("SELECT url FROM addresses WHERE document = ?", (number,))}
        if made != held:
            yield f"document {doc.id}, addresses", OTHER

    def _check_rows(
        self, document_id: str, place: tuple[int, int, int, int], article: ArticleRow, entries: Sequence[Entry]
    ) -> Found:
        """Compare the sources, the rows and the columns of a document."""
        number = place[0]
        held = self._connection.execute(SOURCES, (number,)).fetchall()
        sources = {entry.row.source: entry for entry in entries}
        lines = {source: source if source in self._apart else entry.line for source, entry in sources.items()}
        placed = {row[0]: (row[7], row[2]) for row in held}
        made = [
            (
                *make_source(source, number, placed.get(to_hash(source), (0, 0))[1], entry.source),
                clean(lines[source]),
                fold(clean(entry.source.name)),
            )
            for source, entry in sources.items()
        ]
        if sorted(map(repr, made)) != sorted(repr((*row[:7], *row[8:])) for row in held):
            yield f"sources of {document_id}", OTHER
            return
        numbered = {source: placed[to_hash(source)] for source in sources}
        bounds = (number, number + (1 << POSITION_BITS) - 1)
        rows = self._connection.execute("SELECT * FROM claim_rows WHERE number BETWEEN ? AND ? ORDER BY number", bounds)
        if rows.fetchall() != make_rows(number, entries, numbered):
            yield f"claims of {document_id}", OTHER
        records = make_records(
            place,
            article,
            entries,
            numbered,
            use_name=lambda word: self._find_number("names", word),
            use_unit=lambda word: self._find_number("units", word),
        )
        records[TOLD] = find_told(self._connection, number)
        for what, expected in records.items():
            found = self._columns.load(self._connection, what).cut(*bounds)
            if found.tobytes() != np.array(expected, TYPES[what]).tobytes():
                yield f"{what} of {document_id}, columns", OTHER

    def _find_number(self, table: str, word: str) -> int:
        """Return the number of a word; 0 where it has none."""
        if len(self._numbers) > WORDS_MAX:
            self._numbers.clear()
        number = self._numbers.get((table, word))
        if number is None:
            sql = f"SELECT number FROM {table} WHERE folded = ?"  # noqa: S608  our own table
            row = self._connection.execute(sql, (clean(word),)).fetchone()
            number = self._numbers[table, word] = int(row[0]) if row else 0
        return number


def _clean(value: Any) -> Any:  # noqa: ANN401  a value of a row
    return clean(value) if isinstance(value, str) else value
