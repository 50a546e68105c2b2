"""Which claims the rows of documents tell, as the columns have it: `stories` keeps it, and lists look at columns."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sayso.store.sqlite.columns import POSITION_BITS

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

TOLD_IN = """
SELECT r.number, c.number, c.least, c.n_outlets, c.n_tellings, c.n_documents, c.is_disputed FROM claim_rows AS r
JOIN told_rows AS t ON t.document = ?1 AND t.hash = r.hash JOIN claims_told AS c ON c.number = t.claim
WHERE r.number BETWEEN ?1 AND ?2 ORDER BY r.number
"""
TELLING = """
SELECT DISTINCT t.document FROM json_each(?) AS j CROSS JOIN claims_told AS c ON c.story = j.value
CROSS JOIN told_rows AS t ON t.claim = c.number
"""


def find_told(connection: sqlite3.Connection, document: int) -> list[tuple[int | float, ...]]:
    """Return what the columns hold of the claims that the rows of the document of this number tell."""
    rows = connection.execute(TOLD_IN, (document, document + (1 << POSITION_BITS) - 1))
    return [tuple(row) for row in rows]


def tells(connection: sqlite3.Connection, document: int) -> bool:
    """Return whether a row of the document of this number tells a claim."""
    return connection.execute("SELECT 1 FROM told_rows WHERE document = ?", (document,)).fetchone() is not None


def find_telling(connection: sqlite3.Connection, stories: Iterable[int]) -> set[int]:
    """Return the numbers of the documents in which a row tells a claim of one of these stories, given by number."""
    return {row[0] for row in connection.execute(TELLING, (json.dumps(list(stories)),))}
