"""What is held on shelves, by key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.store.sqlite.kept import BYTES, check_types, clean

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping

HELD = "held"
BATCH = 250
FIND = "SELECT h.data FROM held AS h JOIN shelves AS s ON s.number = h.shelf WHERE s.name = ? AND h.key = ?"
FIND_MANY = f"""
SELECT h.key, h.data FROM held AS h WHERE h.shelf = (SELECT number FROM shelves WHERE name = ?)
AND h.key IN ({", ".join("?" * BATCH)})
"""  # noqa: S608  marks alone
EVERY = "SELECT h.key, h.data FROM held AS h JOIN shelves AS s ON s.number = h.shelf WHERE s.name = ? ORDER BY h.key"


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
