"""The list of sources: rows that are asked for, gathered by the lines in which their sources stand."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np

from sayso.errors import DamagedRecord
from sayso.records import COUNTED, Kind, Naming, Page, SourceOrder, SourceRow
from sayso.store.asked import prepare
from sayso.store.found_ids import DIGITS_MAX
from sayso.store.sqlite.codes import FIRST
from sayso.store.sqlite.columns import POSITION_BITS, ROWS
from sayso.store.sqlite.indexing import NAME, ROLE
from sayso.store.sqlite.kept import TEXT, TEXT_OR_NONE, check_types
from sayso.store.sqlite.selection import Selector, count_up_to, cut_window, rank

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence
    from typing import Any

    from numpy.typing import NDArray

    from sayso.records import Filter
    from sayso.store.sqlite.columns import ColumnReader, Table
    from sayso.store.sqlite.selection import Window

IDS_MAX = 100
TAIL = 3 * IDS_MAX
"""In so many rows there are most often so many sources."""
PLACE_BITS = 32
PART, NOT_SHOWN = 60_000, 65_535
LINES = "SELECT number FROM lines ORDER BY folded, number"
JOINED = "SELECT number, shown_in FROM lines WHERE shown_in IS NOT NULL"
WORDS = """
SELECT w.word, sum(w.n) AS uses FROM line_words AS w
WHERE w.line IN (SELECT ? UNION SELECT number FROM lines WHERE shown_in = ?) AND w.what = ?
GROUP BY w.word ORDER BY uses DESC, w.word LIMIT 1
"""
FIRST_SOURCE = "SELECT name, kind, naming, role FROM source_rows WHERE hash = ?"
PUBLISHED = "SELECT number, published FROM json_each(?) AS j CROSS JOIN documents AS d ON d.number = j.value"


def list_sources(
    connection: sqlite3.Connection, columns: ColumnReader, given: Filter, order: SourceOrder, window: Window
) -> Page[SourceRow]:
    """Return a part of the lines whose rows a filter asks for."""
    table = columns.load(connection, ROWS)
    asked = prepare(given)
    picked = Selector(connection, columns, asked).select_rows(rejected_too=False)
    joined = connection.execute(JOINED).fetchall()
    lines = _find_lines(table, picked, joined)
    counts = np.bincount(lines, minlength=1)
    present = np.flatnonzero(counts)
    if order is SourceOrder.NAME:
        key = rank(columns.find(connection, "lines", LINES))[present]
    elif order is SourceOrder.ARTICLES and (asked.asks_rows or asked.phrases is not None):
        key = -_count_articles(table, picked, lines)[present]
    elif order is SourceOrder.ARTICLES:
        into_lines = np.unique([into for _, into in joined]).astype(np.int64)
        key = -_count_firsts(table, picked, lines, into_lines)[present]
    else:
        key = -counts[present]
    shown = cut_window(present, key, window)
    rows = _show(connection, table, picked, lines, shown)
    return Page(rows=rows, total=min(len(present), COUNTED))


def _find_lines(table: Table, picked: NDArray[Any], joined: Sequence[tuple[int, int]]) -> NDArray[Any]:
    """Return the lines in which the picked rows are shown."""
    lines: NDArray[Any] = table["line"][picked]
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
    places = np.zeros(len(picked), dtype=np.int64)
    places[1:] = np.cumsum(documents[1:] != documents[:-1])
    # Line and document in one number, the line in its upper half: sorted, what comes twice lies side by side.
    pairs = np.sort(lines.astype(np.int64) << PLACE_BITS | places)
    is_new = np.ones(len(pairs), dtype=np.bool_)
    is_new[1:] = pairs[1:] != pairs[:-1]
    return np.bincount(pairs[is_new] >> PLACE_BITS, minlength=int(lines.max(initial=0)) + 1)


def _count_firsts(table: Table, picked: NDArray[Any], lines: NDArray[Any], joined: NDArray[Any]) -> NDArray[Any]:
    """Return the same where all rows of a document are picked or none: of each line the first one is marked.

    Of lines that were joined a document may have the first row of each.
    """
    counts = np.bincount(lines[(table["code"][picked] & FIRST) > 0], minlength=int(lines.max(initial=0)) + 1)
    if len(joined):
        inside = np.flatnonzero(np.isin(lines, joined))
        exact = _count_articles(table, picked[inside], lines[inside])
        joined = joined[joined < len(exact)]
        counts[joined] = exact[joined]
    return counts


def _show(
    connection: sqlite3.Connection, table: Table, picked: NDArray[Any], lines: NDArray[Any], shown: NDArray[Any]
) -> tuple[SourceRow, ...]:
    """Return the lines as the list has them, in order."""
    places = np.full(int(lines.max(initial=0)) + 1, NOT_SHOWN, dtype=np.uint16)
    placed: list[SourceRow] = []
    # Sixteen bits are sorted many times faster than more: a great page is made in parts.
    for start in range(0, len(shown), PART):
        part = shown[start : start + PART]
        places[:] = NOT_SHOWN
        places[part] = np.arange(len(part))
        place = places[lines]
        inside = np.flatnonzero(place != NOT_SHOWN)
        order = np.argsort(place[inside], kind="stable")
        bounds = np.searchsorted(place[inside][order], np.arange(len(part) + 1))
        rows = picked[inside[order]]
        placed.extend(
            _make_line(connection, table, int(line), rows[bounds[each] : bounds[each + 1]])
            for each, line in enumerate(part)
        )
    return tuple(placed)


def _find_oldest(sources: NDArray[Any], documents: NDArray[Any], n_dated: int) -> tuple[str, ...]:
    """Return the ids of sources by their documents' publication, the oldest first, those without one last.

    Args:
        sources: Of each row.
        documents: Of each row; they come newest first, and those without a publication at the end.
        n_dated: How many rows are of documents with one.
    """
    found: list[int] = []
    if n_dated > TAIL:
        # Whole documents: a row before the tail may be of the same document as the tail's first.
        tail = slice(int(np.searchsorted(documents, documents[n_dated - TAIL])), n_dated)
        found = _order_sources(sources[tail], documents[tail], n_dated)
    if len(found) < IDS_MAX:
        found = _order_sources(sources, documents, n_dated)
    digits = np.array(found[:IDS_MAX], dtype=">i8").tobytes().hex()
    return tuple([f"src-{digits[at : at + DIGITS_MAX]}" for at in range(0, len(digits), DIGITS_MAX)])


def _order_sources(sources: NDArray[Any], documents: NDArray[Any], n_dated: int) -> list[int]:
    """Return the sources in the order of `_find_oldest`, each once. Rows of one document stay in their order."""
    parts = (slice(0, n_dated), slice(n_dated, None))
    ordered = [sources[part][np.argsort(-documents[part], kind="stable")].tolist() for part in parts]
    return list(dict.fromkeys([*ordered[0], *ordered[1]]))


def _make_line(connection: sqlite3.Connection, table: Table, line: int, rows: NDArray[Any]) -> SourceRow:
    name, kind, naming, role = connection.execute(FIRST_SOURCE, (int(table["source"][rows[0]]),)).fetchone()
    if naming == Naming.NAMED.value:
        words = {what: connection.execute(WORDS, (line, line, what)).fetchone() for what in (NAME, ROLE)}
        name = words[NAME][0] if words[NAME] else name
        role = words[ROLE][0] if words[ROLE] else None
    check_types(SourceRow.__name__, (name, kind, naming, role), (TEXT, TEXT, TEXT, TEXT_OR_NONE))
    documents = table["number"][rows] >> POSITION_BITS
    n_dated = int(np.count_nonzero(table["day"][rows]))
    dated = documents[:n_dated]
    ends = (dated[[-1, 0]] << POSITION_BITS).tolist() if len(dated) else []
    published = dict(connection.execute(PUBLISHED, (json.dumps(ends),)).fetchall())
    try:
        return SourceRow(
            ids=_find_oldest(table["source"][rows], documents, n_dated),
            name=name,
            kind=Kind(kind),
            naming=Naming(naming),
            role=role,
            n_claims=len(rows),
            n_articles=1 + int(np.count_nonzero(np.diff(documents))),
            n_outlets=int(np.count_nonzero(np.bincount(table["outlet"][rows])[1:])),
            first=published.get(ends[0]) if ends else None,
            last=published.get(ends[1]) if ends else None,
        )
    except ValueError as error:
        raise DamagedRecord(SourceRow.__name__) from error
