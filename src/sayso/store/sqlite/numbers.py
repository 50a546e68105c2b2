"""The numbers of documents: in their order the newest comes first, and rows come in the order of the text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sayso.store.moments import LATEST_MINUTE
from sayso.store.sqlite.columns import POSITION_BITS

if TYPE_CHECKING:
    import sqlite3

MINUTE_BITS: Final = 30
"""So many low bits tell documents of one minute and their rows apart: 8,192 documents of 131,072 rows."""


def find_lowest(minute: int | None) -> int:
    """Return the first number of the documents of this minute."""
    return (LATEST_MINUTE + 1 if minute is None else LATEST_MINUTE - min(minute, LATEST_MINUTE)) << MINUTE_BITS


def find_number(connection: sqlite3.Connection, minute: int | None) -> int:
    """Return a free number for a document of this minute; after those that were added before.

    More documents than a minute has room for go on in the minute before: their order is then not the very best.
    """
    low = find_lowest(minute)
    while True:
        last = connection.execute(
            "SELECT max(number) FROM documents WHERE number >= ? AND number < ?", (low, low + (1 << MINUTE_BITS))
        ).fetchone()[0]
        if last is None:
            return low
        if last + (1 << POSITION_BITS) < low + (1 << MINUTE_BITS):
            return int(last) + (1 << POSITION_BITS)
        low += 1 << MINUTE_BITS
