"""Keeps what the lists need to know of each document: its rows, its sources, their names, their words."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from sayso.records import Judged, Naming
from sayso.store.rows import fold
from sayso.store.sqlite.codes import pack
from sayso.store.sqlite.columns import (
    DOCUMENTS,
    FIGURES,
    MARKS,
    PLACE,
    POSITION_BITS,
    ROWS,
    TOLD,
    UNKNOWN_DAY,
    VIA,
    ColumnWriter,
)
from sayso.store.sqlite.kept import clean, clean_or_none
from sayso.store.sqlite.numbered import Numbered
from sayso.store.sqlite.told import find_told, tells

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from sayso.records import ArticleRow, Source
    from sayso.store.rows import Entry

HALF, WHOLE = 1 << 63, 1 << 64
NAME, ROLE = "name", "role"
Record = tuple[int | float, ...]
# As the index says it that finds them. Those about one row name its document.
ABOUT_TWO = "about_kind IN ('same', 'different') OR (about_kind = 'unsure' AND document IS NULL)"
# What lines of sources are joined and parted by: the judgements about two sources, and who each source is.
JUDGED = f"SELECT record FROM kept_judgements WHERE {ABOUT_TWO} ORDER BY number"  # noqa: S608  our own words
# Those of which one of some sources and rows is a subject, and what undoes them.
SHARED = f"""
WITH wanted AS MATERIALIZED (SELECT value FROM json_each(?))
SELECT record FROM kept_judgements WHERE ({ABOUT_TWO}) AND about IN (
    SELECT id FROM kept_judgements WHERE ({ABOUT_TWO})
    AND (json_extract(record, '$.subject') IN wanted OR json_extract(record, '$.other') IN wanted)
) ORDER BY number
"""  # noqa: S608  our own words
NAMED = (
    "SELECT s.name, s.kind, s.naming, d.id FROM source_rows AS s JOIN documents AS d ON d.number = s.document "
    "WHERE s.hash = ?"
)


def to_hash(record_id: str) -> int:
    """Return the digits of an id as SQLite's signed number, which takes a third of the room."""
    number = int(record_id[4:], 16)
    return number - WHOLE if number >= HALF else number


def from_hash(prefix: str, number: int) -> str:
    """Return the id that a number stands for."""
    return f"{prefix}-{number % WHOLE:016x}"


class Indexer:
    """Writes what the lists need, gathered until `flush`."""

    def __init__(self, connection: sqlite3.Connection, path: str) -> None:
        """Work within the connection's transaction."""
        self._connection = connection
        self._columns = ColumnWriter(connection, path)
        self._names = Numbered(connection, "names")
        self._units = Numbered(connection, "units")
        self._words: Counter[tuple[int, str, str]] = Counter()
        self._freed: set[int] = set()
        self._apart: set[str] | None = None
        self._retold: set[int] = set()
        self.has_changes = False

    @property
    def apart(self) -> set[str]:
        """Ids of the sources that have a line of their own; to be changed by who changes the table."""
        if self._apart is None:
            self._apart = {row[0] for row in self._connection.execute("SELECT source FROM apart")}
        return self._apart

    def add(self, number: int, outlet: int | None, added: int, article: ArticleRow, entries: Sequence[Entry]) -> None:
        """Index a document of which nothing is indexed (see `remove`)."""
        day = self._connection.execute("SELECT day FROM documents WHERE number = ?", (number,)).fetchone()[0]
        lines = self._add_sources(number, entries)
        made = make_rows(number, entries, lines)
        self._connection.executemany(
            "INSERT INTO claim_rows VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", made
        )
        words = [(row[0], row[6]) for row in made]
        self._connection.executemany("INSERT INTO claim_words (rowid, content) VALUES (?, ?)", words)
        place = (number, outlet or 0, added, day or UNKNOWN_DAY)
        records = make_records(place, article, entries, lines, use_name=self._names.use, use_unit=self._units.use)
        for what, packed in records.items():
            self._columns.replace(what, number, packed)
        self._note_told(number)
        self._connection.execute(
            "UPDATE documents SET n_claims = ?, n_sources = ?, n_judged = ?, n_problems = ? WHERE number = ?",
            (article.n_claims, article.n_sources, article.n_judged, article.n_problems, number),
        )
        self.has_changes = True

    def remove(self, number: int, entries: Sequence[Entry]) -> None:
        """Take a document out of all lists.

        Args:
            number: The document's.
            entries: Its rows as they were indexed.
        """
        run = self._connection.execute
        for entry in entries:
            for name in (fold(entry.row.source_name), *entry.vias, *entry.places):
                self._names.free(name)
            for figure in entry.figures:
                self._units.free(fold(figure.unit or ""))
        for source, line, name, role, naming in run(
            "SELECT number, line, name, role, naming FROM source_rows WHERE document = ?", (number,)
        ).fetchall():
            run("UPDATE lines SET n = n - 1 WHERE number = ?", (line,))
            self._freed.add(line)
            run("DELETE FROM source_rows WHERE number = ?", (source,))
            if naming == Naming.NAMED.value:
                self._words[line, NAME, name] -= 1
                if role:
                    self._words[line, ROLE, role] -= 1
        bounds = (number, number + (1 << POSITION_BITS) - 1)
        held = run("SELECT number, content FROM claim_rows WHERE number BETWEEN ? AND ?", bounds).fetchall()
        self._connection.executemany(
            "INSERT INTO claim_words (claim_words, rowid, content) VALUES ('delete', ?, ?)", held
        )
        run("DELETE FROM claim_rows WHERE number BETWEEN ? AND ?", bounds)
        for what in (ROWS, MARKS, FIGURES, DOCUMENTS):
            self._columns.replace(what, number, [])
        self._note_told(number)
        self.has_changes = True

    def retell(self, documents: Iterable[int]) -> None:
        """Note that rows of documents, given by number, tell other claims than they did, or that these changed."""
        self._retold.update(documents)
        self.has_changes = True

    def flush(self) -> None:
        """Write what was gathered."""
        if not self.has_changes:
            return
        run = self._connection.execute
        self._names.flush()
        self._units.flush()
        changed = [(*key, count) for key, count in self._words.items() if count]
        self._connection.executemany(
            "INSERT INTO line_words VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET n = n + excluded.n", changed
        )
        for line in self._freed:
            run("DELETE FROM line_words WHERE line = ? AND n <= 0", (line,))
            run("DELETE FROM lines WHERE number = ? AND n <= 0", (line,))
        self._words.clear()
        self._freed.clear()
        for number in self._retold:
            self._columns.replace(TOLD, number, find_told(self._connection, number))
        self._retold.clear()
        run("UPDATE serial SET number = number + 1")
        self._columns.flush(int(run("SELECT number FROM serial").fetchone()[0]))
        self.has_changes = False

    def _note_told(self, number: int) -> None:
        """Note that the rows of a document have other numbers, if any of them tells a claim."""
        if tells(self._connection, number):
            self._retold.add(number)

    def _add_sources(self, number: int, entries: Sequence[Entry]) -> dict[str, tuple[int, int]]:
        """Keep the sources of rows; return by id their number and their line's."""
        sources = {entry.row.source: (entry.source, entry.line) for entry in entries}
        placed: dict[str, tuple[int, int]] = {}
        for source_id, (source, name_line) in sources.items():
            line = self._find_line(source_id if source_id in self.apart else name_line, source)
            cursor = self._connection.execute(
                "INSERT INTO source_rows (hash, document, line, name, kind, naming, role) VALUES (?, ?, ?, ?, ?, ?, ?)",
                make_source(source_id, number, line, source),
            )
            placed[source_id] = (int(cursor.lastrowid or 0), line)
            if source.naming is Naming.NAMED:
                self._words[line, NAME, clean(source.name)] += 1
                if source.role:
                    self._words[line, ROLE, clean(source.role)] += 1
        return placed

    def _find_line(self, key: str, source: Source) -> int:
        """Return the number of a line that a source more stands in."""
        row = self._connection.execute(
            "INSERT INTO lines (key, folded, n) VALUES (?, ?, 1) ON CONFLICT (key) DO UPDATE SET n = n + 1 "
            "RETURNING number",
            (clean(key), fold(clean(source.name))),
        ).fetchone()
        return int(row[0])


def make_source(source_id: str, number: int, line: int, source: Source) -> tuple[int | str | None, ...]:
    """Return the row of a source in the document of this number."""
    return (
        to_hash(source_id),
        number,
        line,
        clean(source.name),
        source.kind.value,
        source.naming.value,
        clean_or_none(source.role),
    )


def make_rows(
    number: int, entries: Sequence[Entry], sources: Mapping[str, tuple[int, int]]
) -> list[tuple[int | float | str, ...]]:
    """Return the rows of the document of this number; of each source its number and its line's are given."""
    return [
        (
            number + position,
            to_hash(entry.row.id),
            number,
            sources[entry.row.source][0],
            json.dumps(entry.row.via),
            clean(entry.row.cue),
            clean(entry.row.content),
            entry.row.start,
            entry.row.stance.value,
            entry.row.certainty.value,
            entry.row.endorsement.value,
            entry.row.confidence,
            json.dumps(entry.row.places),
            json.dumps(entry.row.quantities),
            entry.row.judged.value,
        )
        for position, entry in enumerate(entries)
    ]


def make_records(
    place: tuple[int, int, int, int],
    article: ArticleRow,
    entries: Sequence[Entry],
    lines: Mapping[str, tuple[int, int]],
    *,
    use_name: Callable[[str], int],
    use_unit: Callable[[str], int],
) -> dict[str, list[Record]]:
    """Return what the columns hold of a document.

    Args:
        place: Its number, its outlet's, that of its adding, and its day.
        article: As the list of articles has it.
        entries: Its rows.
        lines: Of each source its number and its line's.
        use_name: Gives the number of a folded name.
        use_unit: Gives the number of a folded unit.
    """
    number, outlet, added, day = place
    rows: list[Record] = []
    marks: list[Record] = []
    figures: list[Record] = []
    seen: set[int] = set()
    for position, entry in enumerate(entries):
        row, at = entry.row, number + position
        _, line = lines[row.source]
        is_first = row.judged is not Judged.REJECTED and line not in seen
        if is_first:
            seen.add(line)
        code = pack(entry, has_problems=article.n_problems > 0, is_first=is_first)
        name = use_name(fold(row.source_name))
        rows.append((at, to_hash(row.source), row.confidence, code, name, outlet, line, added, day))
        marks.extend((at, use_name(name), VIA) for name in entry.vias)
        marks.extend((at, use_name(name), PLACE) for name in entry.places)
        figures.extend((at, each.low, each.high, use_unit(fold(each.unit or ""))) for each in entry.figures)
    counts = (number, outlet, added, day, article.n_claims, article.n_problems)
    return {ROWS: rows, MARKS: marks, FIGURES: figures, DOCUMENTS: [counts]}
