"""The log as SQLite keeps it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.errors import DamagedRecord
from sayso.records import LogEntry, LogKind
from sayso.store.digests import make_entry

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

COLUMNS = "number, at, kind, subject, digest, previous, hash"


def add_entry(connection: sqlite3.Connection, kind: LogKind, subject: str, digest: str, *, at: str) -> LogEntry:
    """Add an entry to the log."""
    entry = make_entry(find_last(connection), kind, subject, digest, at=at)
    connection.execute(
        f"INSERT INTO log ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)",  # noqa: S608  our own words
        (entry.number, entry.at, entry.kind.value, entry.subject, entry.digest, entry.previous, entry.hash),
    )
    return entry


def find_last(connection: sqlite3.Connection) -> LogEntry | None:
    """Return the last entry; None where there is none."""
    return next(_read(connection, "ORDER BY number DESC LIMIT 1"), None)


def iter_entries(connection: sqlite3.Connection, kind: LogKind | None = None) -> Iterator[LogEntry]:
    """Yield the entries, or those of one kind, from the first."""
    return _read(connection, "ORDER BY number" if kind is None else f"WHERE kind = '{kind.value}' ORDER BY number")


def _read(connection: sqlite3.Connection, order: str) -> Iterator[LogEntry]:
    rows = connection.execute(f"SELECT {COLUMNS} FROM log {order}")  # noqa: S608  our own words
    for number, at, kind, subject, digest, previous, made in rows:
        try:
            known = LogKind(kind)
        except ValueError as error:
            what = f"log entry {number}"
            raise DamagedRecord(what) from error
        yield LogEntry(number=number, at=at, kind=known, subject=subject, digest=digest, previous=previous, hash=made)
