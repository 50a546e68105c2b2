"""The list of sources: rows that are asked for, gathered by the lines in which their sources stand."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np

from sayso.errors import DamagedRecord
from sayso.records import COUNTED, Kind, Naming, Page, SourceOrder, SourceRow
from sayso.store.asked import prepare
from sayso.store.sqlite.columns import POSITION_BITS, ROWS, UNKNOWN_DAY
from sayso.store.sqlite.indexing import NAME, ROLE, from_hash
from sayso.store.sqlite.selection import Selector, count_up_to, cut_window, rank

if TYPE_CHECKING:
    import sqlite3
    from typing import Any

    from numpy.typing import NDArray

    from sayso.records import Filter
    from sayso.store.sqlite.columns import ColumnReader, Table
    from sayso.store.sqlite.selection import Window

IDS_MAX = 1_000
LINES = "SELECT number FROM lines ORDER BY folded, number"
JOINED = "SELECT number, shown_in FROM lines WHERE shown_in IS NOT NULL"
WORDS = """
SELECT w.word, sum(w.n) AS uses FROM line_words AS w
WHERE w.line IN (SELECT ? UNION SELECT number FROM lines WHERE shown_in = ?) AND w.what = ?
GROUP BY w.word ORDER BY uses DESC, w.word LIMIT 1
"""
FIRST = "SELECT name, kind, naming, role FROM source_rows WHERE number = ?"
HASHES = "SELECT s.number, s.hash FROM json_each(?) AS j CROSS JOIN source_rows AS s ON s.number = j.value"
PUBLISHED = "SELECT number, published FROM json_each(?) AS j CROSS JOIN documents AS d ON d.number = j.value"


def list_sources(
    connection: sqlite3.Connection, columns: ColumnReader, given: Filter, order: SourceOrder, window: Window
) -> Page[SourceRow]:
    """Return a part of the lines whose rows a filter asks for."""
    table = columns.load(connection, ROWS)
    picked = Selector(connection, columns, prepare(given)).select_rows(rejected_too=False)
    lines = _find_lines(connection, table, picked)
    counts = np.bincount(lines, minlength=1)
    present = np.flatnonzero(counts)
    if order is SourceOrder.NAME:
        key = rank(columns.find(connection, "lines", LINES))[present]
    elif order is SourceOrder.ARTICLES:
        key = -_count_articles(table, picked, lines)[present]
    else:
        key = -counts[present]
    shown = cut_window(present, key, window)
    rows = _show(connection, table, picked, lines, shown)
    return Page(rows=rows, total=min(len(present), COUNTED))


def _find_lines(connection: sqlite3.Connection, table: Table, picked: NDArray[Any]) -> NDArray[Any]:
    """Return the lines in which the picked rows are shown."""
    lines: NDArray[Any] = table["line"][picked]
    joined = connection.execute(JOINED).fetchall()
    most = max(count_up_to(lines), *(max(pair) + 1 for pair in joined)) if joined else count_up_to(lines)
    if not joined:
        return lines
    shown_in = np.arange(most)
    for line, into in joined:
        shown_in[line] = into
    into_lines: NDArray[Any] = shown_in[lines]
    return into_lines


def _count_articles(table: Table, picked: NDArray[Any], lines: NDArray[Any]) -> NDArray[Any]:
    """Return for each line in how many documents it has a row."""
    documents = table["number"][picked] >> POSITION_BITS
    # A row counts where no earlier row of its document has its line: sorted by line they lie beside one another.
    order = np.argsort(lines, kind="stable")
    by_line, by_document = lines[order], documents[order]
    is_new = np.ones(len(order), dtype=np.bool_)
    is_new[1:] = (by_line[1:] != by_line[:-1]) | (by_document[1:] != by_document[:-1])
    return np.bincount(by_line[is_new], minlength=int(lines.max(initial=0)) + 1)


def _show(
    connection: sqlite3.Connection, table: Table, picked: NDArray[Any], lines: NDArray[Any], shown: NDArray[Any]
) -> tuple[SourceRow, ...]:
    """Return the lines as the list has them, in order."""
    is_shown = np.zeros(int(lines.max(initial=0)) + 1, dtype=np.bool_)
    is_shown[shown] = True
    inside = np.flatnonzero(is_shown[lines])
    order = inside[np.argsort(lines[inside], kind="stable")]
    bounds = np.searchsorted(lines[order], shown), np.searchsorted(lines[order], shown, side="right")
    parts = [_oldest_first(table, picked[order[start:end]]) for start, end in zip(*bounds, strict=True)]
    ids = [list(dict.fromkeys(table["source"][part].tolist()))[:IDS_MAX] for part in parts]
    hashes = dict(connection.execute(HASHES, (json.dumps([one for part in ids for one in part]),)).fetchall())
    return tuple(
        _make_line(connection, table, int(line), part, [hashes[number] for number in numbers])
        for line, part, numbers in zip(shown, parts, ids, strict=True)
    )


def _oldest_first(table: Table, rows: NDArray[Any]) -> NDArray[Any]:
    """Return rows by their documents' publication, the oldest first, those without one last; else as they come."""
    documents = -(table["number"][rows] >> POSITION_BITS)
    is_undated = table["day"][rows] == UNKNOWN_DAY
    return rows[np.lexsort((documents, is_undated))]


def _make_line(
    connection: sqlite3.Connection, table: Table, line: int, rows: NDArray[Any], hashes: list[int]
) -> SourceRow:
    name, kind, naming, role = connection.execute(FIRST, (int(table["source"][rows[0]]),)).fetchone()
    if naming == Naming.NAMED.value:
        words = {what: connection.execute(WORDS, (line, line, what)).fetchone() for what in (NAME, ROLE)}
        name = words[NAME][0] if words[NAME] else name
        role = words[ROLE][0] if words[ROLE] else None
    outlets = table["outlet"][rows]
    dated = rows[table["day"][rows] != UNKNOWN_DAY]
    ends = [] if not len(dated) else (table["number"][dated[[0, -1]]] >> POSITION_BITS << POSITION_BITS).tolist()
    published = dict(connection.execute(PUBLISHED, (json.dumps(ends),)).fetchall())
    try:
        return SourceRow(
            ids=tuple(from_hash("src", number) for number in hashes),
            name=name,
            kind=Kind(kind),
            naming=Naming(naming),
            role=role,
            n_claims=len(rows),
            n_articles=len(np.unique(table["number"][rows] >> POSITION_BITS)),
            n_outlets=len(np.unique(outlets[outlets > 0])),
            first=published.get(ends[0]) if ends else None,
            last=published.get(ends[1]) if ends else None,
        )
    except ValueError as error:
        raise DamagedRecord(SourceRow.__name__) from error
