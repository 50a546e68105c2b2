"""The list of claims."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np

from sayso.errors import DamagedRecord
from sayso.records import (
    COUNTED,
    Certainty,
    ClaimOrder,
    ClaimRow,
    Endorsement,
    Judged,
    Kind,
    Naming,
    Page,
    Stance,
)
from sayso.store.asked import prepare
from sayso.store.sqlite.columns import ROWS
from sayso.store.sqlite.indexing import from_hash
from sayso.store.sqlite.kept import REAL, TEXT, TEXT_OR_NONE, WHOLE, check_types, restore_list
from sayso.store.sqlite.selection import Selector, cut_window, find_words, rank
from sayso.store.words import has_phrases, mark_phrases

if TYPE_CHECKING:
    import sqlite3
    from typing import Any

    from numpy.typing import NDArray

    from sayso.records import Filter
    from sayso.store.sqlite.columns import ColumnReader, Table
    from sayso.store.sqlite.selection import Window
    from sayso.store.words import Phrase

CONTENTS = "SELECT c.number, c.content FROM json_each(?) AS j CROSS JOIN claim_rows AS c ON c.number = j.value"
FIRST_LOOK, LAST_LOOK = 200, 20_000
NAMES = "SELECT number FROM names ORDER BY folded"
SHOWN = """
SELECT c.number, c.hash, d.id, d.title, o.name, d.published, d.url, s.hash, s.name, s.kind, s.naming, c.via, c.cue,
    c.content, c.start, c.stance, c.certainty, c.endorsement, c.confidence, c.places, c.quantities, c.judged,
    (SELECT n.id FROM documents AS n WHERE n.supersedes = d.id ORDER BY n.added DESC LIMIT 1)
FROM json_each(?) AS j CROSS JOIN claim_rows AS c ON c.number = j.value
JOIN documents AS d ON d.number = c.document JOIN source_rows AS s ON s.number = c.source
LEFT JOIN outlets AS o ON o.number = d.outlet
"""


KINDS = (
    *(WHOLE, WHOLE, TEXT, TEXT_OR_NONE, TEXT_OR_NONE, TEXT_OR_NONE, TEXT_OR_NONE),
    *(WHOLE, TEXT, TEXT, TEXT, TEXT, TEXT, TEXT, WHOLE, TEXT, TEXT, TEXT, REAL, TEXT, TEXT, TEXT),
)


def list_claims(
    connection: sqlite3.Connection,
    columns: ColumnReader,
    given: Filter,
    order: ClaimOrder,
    window: Window,
    *,
    once: bool = False,
) -> Page[ClaimRow]:
    """Return a part of the rows that a filter asks for; of each claim one, where that is asked."""
    del once
    asked = prepare(given)
    table = columns.load(connection, ROWS)
    limit, offset, is_reverse = window
    selector = Selector(connection, columns, asked)
    is_natural = order is ClaimOrder.PUBLISHED and not is_reverse
    enough = max(COUNTED, offset + limit) if is_natural else COUNTED
    picked = selector.select_rows(rejected_too=True, enough=enough)
    if asked.phrases and not is_natural and len(picked) >= COUNTED:
        everything = selector.select_wordless(rejected_too=True)
        key = _find_key(connection, columns, table, order, everything)
        shown = _find_with_words(connection, table["number"], everything, key, window, asked.phrases)
    else:
        shown = cut_window(picked, _find_key(connection, columns, table, order, picked), window)
    rows = _show(connection, table["number"][shown].tolist(), asked.phrases or ())
    return Page(rows=rows, total=min(len(picked), COUNTED))


def rank_outlets(connection: sqlite3.Connection) -> NDArray[Any]:
    """Return for the number of each outlet its place by name: one for those of one name, the last for unknown ones."""
    rows = connection.execute("SELECT number, dense_rank() OVER (ORDER BY folded) FROM outlets").fetchall()
    ranks = np.zeros(max((row[0] for row in rows), default=0) + 1, dtype=np.int64)
    for number, place in rows:
        ranks[number] = place
    ranks[0] = len(rows) + 1
    return ranks


def _find_with_words(
    connection: sqlite3.Connection,
    numbers: NDArray[Any],
    picked: NDArray[Any],
    key: NDArray[Any] | None,
    window: Window,
    phrases: tuple[Phrase, ...],
) -> NDArray[Any]:
    """Return the part of a sorted list that is shown, of the rows in which the words stand.

    There are many such rows: the first in the order are looked at until there are enough, for to find all of them takes
    longer.
    """
    limit, offset, is_reverse = window
    looked_at = FIRST_LOOK + 2 * (offset + limit)
    while True:
        shown = cut_window(picked, key, (looked_at, 0, is_reverse))
        if looked_at >= min(LAST_LOOK, len(picked)):
            found = find_words(connection, ROWS, phrases, (int(numbers[0]), int(numbers[-1])))
            has_words = np.zeros(len(numbers), dtype=np.bool_)
            has_words[np.searchsorted(numbers, found)] = True
            chosen = has_words[picked]
            return cut_window(picked[chosen], None if key is None else key[chosen], window)
        wanted = json.dumps(numbers[shown].tolist())
        held = {number for number, content in connection.execute(CONTENTS, (wanted,)) if has_phrases(content, phrases)}
        with_words = shown[np.isin(numbers[shown], list(held))]
        if len(with_words) >= offset + limit:
            return with_words[offset : offset + limit]
        looked_at *= 4


def _find_key(
    connection: sqlite3.Connection, columns: ColumnReader, table: Table, order: ClaimOrder, picked: NDArray[Any]
) -> NDArray[Any] | None:
    """Return by what the picked rows are sorted; None where they come sorted."""
    key: NDArray[Any] | None = None
    if order is ClaimOrder.ADDED:
        key = -table["added"][picked]
    elif order is ClaimOrder.CONFIDENCE:
        key = table["confidence"][picked]
    elif order is ClaimOrder.SOURCE:
        key = rank(columns.find(connection, "names", NAMES))[table["name"][picked]]
    elif order is ClaimOrder.OUTLET:
        key = rank_outlets(connection)[table["outlet"][picked]]
    return key


def _show(connection: sqlite3.Connection, numbers: list[int], phrases: tuple[Phrase, ...]) -> tuple[ClaimRow, ...]:
    found = {row[0]: row for row in connection.execute(SHOWN, (json.dumps(numbers),))}
    return tuple(_make_row(found[number], phrases) for number in numbers if number in found)


def _make_row(row: tuple[Any, ...], phrases: tuple[Phrase, ...]) -> ClaimRow:
    check_types(ClaimRow.__name__, row, KINDS)
    (_, hashed, document, title, outlet, published, url, source, source_name, kind, naming, via, cue, *rest) = row
    content, start, stance, certainty, endorsement, confidence, places, quantities, judged, superseded_by = rest
    try:
        return ClaimRow(
            id=from_hash("att", hashed),
            document=document,
            title=title,
            outlet=outlet,
            published=published,
            url=url,
            source=from_hash("src", source),
            source_name=source_name,
            kind=Kind(kind),
            naming=Naming(naming),
            via=restore_list(via),
            cue=cue,
            content=content,
            start=start,
            stance=Stance(stance),
            certainty=Certainty(certainty),
            endorsement=Endorsement(endorsement),
            confidence=confidence,
            places=restore_list(places),
            quantities=restore_list(quantities),
            judged=Judged(judged),
            hits=mark_phrases(content, phrases) if phrases else (),
            superseded_by=superseded_by,
        )
    except ValueError as error:
        raise DamagedRecord(ClaimRow.__name__) from error
