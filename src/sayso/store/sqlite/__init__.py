"""Keeps a case in one SQLite file.

`connection` opens files and says in our words what went wrong; `migrations` makes and renews the schema; `store` gives
views and write blocks; `view` reads, `writer` writes, `indexing` keeps what the lists need, `columns` packs it into
columns of numbers, and `claims`, `articles` and `sources` ask these. `shelves`, `unjoined` and `stories` keep what
documents have in common.
"""

from __future__ import annotations

from sayso.store.sqlite.store import SqliteStore, create_case, open_case

__all__ = ["SqliteStore", "create_case", "open_case"]
