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
from sayso.store.sqlite.kept import restore_list
from sayso.store.sqlite.selection import Selector, cut_window, rank
from sayso.store.words import mark_phrases

if TYPE_CHECKING:
    import sqlite3
    from typing import Any

    from numpy.typing import NDArray

    from sayso.records import Filter
    from sayso.store.sqlite.columns import ColumnReader, Table
    from sayso.store.sqlite.selection import Window
    from sayso.store.words import Phrase

NAMES = "SELECT number FROM names ORDER BY folded"
SHOWN = """
SELECT c.number, c.hash, d.id, d.title, o.name, d.published, d.url, s.hash, s.name, s.kind, s.naming, c.via, c.cue,
    c.content, c.start, c.stance, c.certainty, c.endorsement, c.confidence, c.places, c.quantities, c.judged
FROM json_each(?) AS j CROSS JOIN claim_rows AS c ON c.number = j.value
JOIN documents AS d ON d.number = c.document JOIN source_rows AS s ON s.number = c.source
LEFT JOIN outlets AS o ON o.number = d.outlet
"""


def list_claims(
    connection: sqlite3.Connection, columns: ColumnReader, given: Filter, order: ClaimOrder, window: Window
) -> Page[ClaimRow]:
    """Return a part of the rows that a filter asks for."""
    asked = prepare(given)
    table = columns.load(connection, ROWS)
    picked = Selector(connection, columns, asked).select_rows(rejected_too=True)
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
    (_, hashed, document, title, outlet, published, url, source, source_name, kind, naming, via, cue, *rest) = row
    content, start, stance, certainty, endorsement, confidence, places, quantities, judged = rest
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
        )
    except ValueError as error:
        raise DamagedRecord(ClaimRow.__name__) from error
