"""The log as SQLite keeps it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.errors import DamagedCase, DamagedRecord
from sayso.records import LogEntry, LogKind
from sayso.store.digests import make_entry
from sayso.store.sqlite.connection import translated
from sayso.store.sqlite.kept import TEXT, check_types

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator

    from sayso.store.sqlite.connection import Place

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


def iter_readable(connection: sqlite3.Connection, place: Place, tell: Callable[[int, str], None]) -> Iterator[LogEntry]:
    """Yield the entries that can be read, and tell the number of each other one and why it cannot.

    Raises:
        CaseError: Not even their numbers can be read.
    """
    for (number,) in connection.execute("SELECT number FROM log ORDER BY number"):
        try:
            with translated(place):
                entry = next(_read(connection, f"WHERE number = {int(number)}"), None)
        except DamagedCase as error:
            tell(number, error.where)
            continue
        except DamagedRecord as error:
            tell(number, str(error))
            continue
        if entry is None:
            tell(number, "it cannot be found by its number")
        else:
            yield entry


def _read(connection: sqlite3.Connection, order: str) -> Iterator[LogEntry]:
    rows = connection.execute(f"SELECT {COLUMNS} FROM log {order}")  # noqa: S608  our own words
    for number, at, kind, subject, digest, previous, made in rows:
        what = f"log entry {number}"
        check_types(what, (at, subject, digest, previous, made), (TEXT,) * 5)
        try:
            known = LogKind(kind)
        except ValueError as error:
            raise DamagedRecord(what) from error
        yield LogEntry(number=number, at=at, kind=known, subject=subject, digest=digest, previous=previous, hash=made)
