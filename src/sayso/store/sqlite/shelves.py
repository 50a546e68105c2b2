"""What is held on shelves by key, and which documents are not joined with the rest yet."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sayso.store.sqlite.indexing import to_hash
from sayso.store.sqlite.kept import BYTES, check_types, clean

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping

HELD = "held"
BATCH = 250
FIND = "SELECT h.data FROM held AS h JOIN shelves AS s ON s.number = h.shelf WHERE s.name = ? AND h.key = ?"
FIND_MANY = (
    "SELECT h.key, h.data FROM held AS h WHERE h.shelf = (SELECT number FROM shelves WHERE name = ?) "
    f"AND h.key IN ({', '.join('?' * BATCH)})"  # noqa: S608  marks alone
)
EVERY = "SELECT h.key, h.data FROM held AS h JOIN shelves AS s ON s.number = h.shelf WHERE s.name = ? ORDER BY h.key"
# Only what was read can be joined.
NOTE = """
INSERT INTO unjoined SELECT d.added FROM json_each(?) AS j CROSS JOIN documents AS d ON d.id = j.value
WHERE EXISTS (SELECT 1 FROM readings AS r WHERE r.document = d.number AND r.is_current = 1) ON CONFLICT DO NOTHING
"""
DOCUMENT_OF = {
    "src-": "SELECT d.id FROM source_rows AS s JOIN documents AS d ON d.number = s.document WHERE s.hash = ?",
    "att-": "SELECT d.id FROM claim_rows AS c JOIN documents AS d ON d.number = c.document WHERE c.hash = ?",
}


def find_held(connection: sqlite3.Connection, shelf: str, keys: Iterable[bytes]) -> dict[bytes, bytes]:
    """Return what is held under these keys; keys that are not there are left out."""
    wanted = list(dict.fromkeys(keys))
    found: dict[bytes, bytes] = {}
    n_batched = len(wanted) - len(wanted) % BATCH
    for start in range(0, n_batched, BATCH):
        found.update(connection.execute(FIND_MANY, (clean(shelf), *wanted[start : start + BATCH])))
    for key in wanted[n_batched:]:
        row = connection.execute(FIND, (clean(shelf), key)).fetchone()
        if row is not None:
            found[key] = row[0]
    check_types(HELD, (part for pair in found.items() for part in pair), [BYTES] * (2 * len(found)))
    return found


def hold(connection: sqlite3.Connection, shelf: str, items: Mapping[bytes, bytes | None]) -> None:
    """Hold these under their keys; None removes what is there."""
    row = connection.execute(
        "INSERT INTO shelves (name) VALUES (?) ON CONFLICT (name) DO UPDATE SET name = name RETURNING number",
        (clean(shelf),),
    ).fetchone()
    gone = [(row[0], key) for key, data in items.items() if data is None]
    kept = [(row[0], key, data) for key, data in items.items() if data is not None]
    connection.executemany("DELETE FROM held WHERE shelf = ? AND key = ?", gone)
    connection.executemany("INSERT INTO held VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET data = excluded.data", kept)


def find_unjoined(connection: sqlite3.Connection, *, limit: int) -> list[str]:
    """Return the ids of documents that are not joined with the rest as they are now, in the order of their adding."""
    sql = "SELECT d.id FROM unjoined AS u JOIN documents AS d ON d.added = u.added ORDER BY u.added LIMIT ?"
    return [str(row[0]) for row in connection.execute(sql, (max(0, limit),))]


def count_unjoined(connection: sqlite3.Connection) -> int:
    """Return how many these are."""
    return int(connection.execute("SELECT count(*) FROM unjoined").fetchone()[0])


def note_unjoined(connection: sqlite3.Connection, documents: Iterable[str]) -> None:
    """Note that something of these documents changed; those that nobody read, and those that are not there, are not."""
    connection.execute(NOTE, (json.dumps(list(documents)),))


def note_joined(connection: sqlite3.Connection, document_id: str) -> None:
    """Note that a document is joined with the rest as it is now."""
    connection.execute(
        "DELETE FROM unjoined WHERE added = (SELECT added FROM documents WHERE id = ?)", (document_id,)
    )


def find_documents_of(connection: sqlite3.Connection, judged: Iterable[str]) -> list[str]:
    """Return the ids of the documents in which these sources and rows stand now."""
    found: dict[str, None] = {}
    for one in judged:
        sql = DOCUMENT_OF.get(one[:4])
        if sql is not None:
            found.update((row[0], None) for row in connection.execute(sql, (to_hash(one),)))
    return list(found)
