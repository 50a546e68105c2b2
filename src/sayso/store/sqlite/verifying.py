"""What a check of a case needs: the log's digests made anew, and what the file itself shows to be wrong."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from sayso.errors import DamagedCase, DamagedRecord
from sayso.records import Capture, Feed, LogKind
from sayso.store import digests
from sayso.store.sqlite import kept
from sayso.store.sqlite.connection import translated
from sayso.store.sqlite.derived import LOOKS, look_at_columns, look_at_words
from sayso.store.sqlite.kept import TEXT, check_types
from sayso.store.sqlite.migrations import keep_schema, name_schema

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator

    from sayso.store.sqlite.columns import ColumnReader
    from sayso.store.sqlite.connection import Place

FOUND_MAX = 100
# Of records that belong together one can be missing only if somebody took it out.
ORPHANS = {
    "document without a text": "SELECT id FROM documents WHERE number NOT IN (SELECT document FROM texts)",
    "document without a capture": "SELECT id FROM documents WHERE number NOT IN (SELECT document FROM came_from)",
    "capture without its bytes": "SELECT id FROM kept_captures WHERE warc_sha256 IS NOT NULL "
    "AND number NOT IN (SELECT capture FROM warcs)",
}


def iter_digests(connection: sqlite3.Connection, place: Place, kind: LogKind) -> Iterator[tuple[str, str]]:
    """Yield the id of each record of a kind and its digest; one that cannot be read has the digest of nothing.

    Raises:
        CaseError: Not even the numbers of the records can be read.
    """
    if kind not in _KINDS:
        return
    numbers, name, record, keep = _KINDS[kind]
    for (number,) in connection.execute(numbers):
        subject, made = f"number {number}", digests.NOTHING
        with suppress(DamagedCase, DamagedRecord), translated(place):
            (subject,) = check_found(kind, connection.execute(name, (number,)).fetchone())
            if kind is LogKind.FEED:
                subject = digests.name_feed(subject)
            salt, *parts = connection.execute(record, (number,)).fetchone()
            subject, canonical = keep(subject, *parts)
            made = digests.digest(salt, canonical)
        yield subject, made


def check_found(kind: LogKind, row: tuple[Any, ...] | None) -> tuple[str]:
    """Return the one text of a row.

    Raises:
        DamagedRecord: It has none.
    """
    check_types(kind, row or (None,), (TEXT,))
    return row or ("",)


def iter_damage(connection: sqlite3.Connection, place: Place, columns: ColumnReader) -> Iterator[tuple[str, str]]:
    """Yield the place of each damage, and what is wrong there."""
    # The words first: once SQLite has met damage it makes no temporary table in the same transaction.
    looks = {
        "full text": look_at_words,
        "file": lambda connection: _look_at_pages(connection, place),
        **_LOOKS,
        **LOOKS,
    }
    looks["columns"] = lambda connection: look_at_columns(connection, columns)
    for where, look in looks.items():
        try:
            with translated(place):
                yield from look(connection)
        except DamagedCase as error:
            yield where, f"it cannot be read ({error.where}); the rest of it was not checked"
        except DamagedRecord as error:
            yield where, f"it cannot be read ({error}); the rest of it was not checked"


def _look_at_pages(connection: sqlite3.Connection, place: Place) -> Iterator[tuple[str, str]]:
    """Yield what SQLite finds wrong with its pages: of the file, or of each table where the file stops it."""
    try:
        with translated(place):
            yield from _check_pages(connection, str(FOUND_MAX))
            return
    except DamagedCase as error:
        yield "file", error.where
    tables = [
        row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE rootpage > 0 AND type = 'table'")
    ]
    for table in tables:
        try:
            with translated(place):
                yield from ((f"table {table}", what) for _, what in _check_pages(connection, table))
        except DamagedCase as error:
            yield f"table {table}", f"it cannot be read ({error.where})"


def _check_pages(connection: sqlite3.Connection, what: str) -> Iterator[tuple[str, str]]:
    for (found,) in connection.execute(f"PRAGMA integrity_check({what})"):
        if found != "ok":
            yield "file", str(found)


def _look_at_parents(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    for table, number, parent, _ in connection.execute("PRAGMA foreign_key_check").fetchmany(FOUND_MAX):
        yield f"{table} {number}", f"what it belongs to is not in {parent}"


def _look_for_orphans(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    for what, sql in ORPHANS.items():
        yield from ((str(row[0]), what) for row in connection.execute(sql).fetchmany(FOUND_MAX))


_LOOKS: dict[str, Callable[[sqlite3.Connection], Iterator[tuple[str, str]]]] = {
    "what belongs together": _look_at_parents,
    "documents and captures": _look_for_orphans,
}


def _keep_capture(name: str, record: str, data: bytes | None, at: str) -> tuple[str, str]:
    return name, digests.keep_capture(kept.restore(Capture, record), digests.hash_bytes(data or b""), at=at)


def _keep_document(name: str, record: str, text: str, at: str, capture: str) -> tuple[str, str]:
    return name, digests.keep_document(digests.write_canonical(kept.join_document(record, text)), capture, at=at)


def _keep_link(_: str, document: str, capture: str) -> tuple[str, str]:
    return digests.name_link(document, capture), digests.keep_link(document, capture)


def _keep_reading(name: str, data: bytes, at: str) -> tuple[str, str]:
    return name, digests.keep_read(kept.expand(data), at=at)


def _keep_as_it_is(name: str, record: str) -> tuple[str, str]:
    return name, record


def _keep_feed(name: str, record: str) -> tuple[str, str]:
    return name, digests.keep_feed(kept.restore(Feed, record))


def _keep_case(_: str, name: str, at: str) -> tuple[str, str]:
    return digests.name_case(name, at), digests.keep_case(name, at)


def _keep_timestamp(stamped: str, token: bytes) -> tuple[str, str]:
    return stamped, digests.keep_timestamp(token, stamped)


def _keep_schema(number: str) -> tuple[str, str]:
    return name_schema(int(number)), keep_schema(int(number))


CASE = """
SELECT s.value, n.value, c.value
FROM meta AS n JOIN meta AS c ON c.name = 'created_at' JOIN meta AS s ON s.name = 'salt' WHERE n.name = 'name' AND ?
"""
CAPTURE = """
SELECT c.salt, c.record, w.data, c.added_at FROM kept_captures AS c LEFT JOIN warcs AS w ON w.capture = c.number
WHERE c.number = ?
"""
DOCUMENT = """
SELECT r.salt, r.record, t.text, d.added_at, c.id
FROM documents AS d JOIN document_records AS r ON r.document = d.number JOIN texts AS t ON t.document = d.number
LEFT JOIN came_from AS f ON f.document = d.number AND f.salt IS NULL
LEFT JOIN kept_captures AS c ON c.number = f.capture
WHERE d.number = ?
"""
LINK = """
SELECT f.salt, d.id, c.id FROM came_from AS f JOIN documents AS d ON d.number = f.document
JOIN kept_captures AS c ON c.number = f.capture WHERE f.number = ?
"""
LINKS = "SELECT number FROM came_from WHERE salt IS NOT NULL ORDER BY number"


def _name(table: str, order: str = "number", name: str = "id", key: str = "number") -> tuple[str, str]:
    """Return what gives the numbers of a table's records in order, and what gives the name of one."""
    return f"SELECT {key} FROM {table} ORDER BY {order}", f"SELECT {name} FROM {table} WHERE {key} = ?"  # noqa: S608


def _keep(table: str, columns: str) -> str:
    return f"SELECT salt, {columns} FROM {table} WHERE number = ?"  # noqa: S608  our own words


# Of each kind: the numbers of its records in order, the id of one, its salt and columns, and what is kept of them.
_KINDS: dict[LogKind, tuple[str, str, str, Callable[..., tuple[str, str]]]] = {
    LogKind.CASE: ("SELECT 1", "SELECT 'case' WHERE ?", CASE, _keep_case),
    LogKind.CAPTURE: (*_name("kept_captures"), CAPTURE, _keep_capture),
    LogKind.DOCUMENT: (*_name("documents", "added"), DOCUMENT, _keep_document),
    LogKind.LINK: (LINKS, "SELECT 'link' WHERE ?", LINK, _keep_link),
    LogKind.READING: (*_name("readings"), _keep("readings", "data, made_at"), _keep_reading),
    LogKind.PROBLEM: (*_name("problems"), _keep("problems", "record"), _keep_as_it_is),
    LogKind.JUDGEMENT: (*_name("kept_judgements"), _keep("kept_judgements", "record"), _keep_as_it_is),
    LogKind.FEED: (*_name("feeds", name="url"), _keep("feeds", "record"), _keep_feed),
    LogKind.TIMESTAMP: (*_name("timestamps", name="stamped"), _keep("timestamps", "token"), _keep_timestamp),
    LogKind.MIGRATION: (
        *_name("migrations", "schema", "CAST(schema AS TEXT)", "schema"),
        "SELECT salt FROM migrations WHERE schema = ?",
        _keep_schema,
    ),
}
