"""What a check of a case needs: the log's digests made anew, and what the file itself shows to be wrong."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sayso.errors import DamagedRecord
from sayso.records import Capture, Feed, LogKind
from sayso.store import digests
from sayso.store.sqlite import kept
from sayso.store.sqlite.columns import ROWS
from sayso.store.sqlite.migrations import keep_schema, name_schema

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator

FOUND_MAX = 100
# Of records that belong together one can be missing only if somebody took it out.
ORPHANS = {
    "document without a text": "SELECT id FROM documents WHERE number NOT IN (SELECT document FROM texts)",
    "document without a capture": "SELECT id FROM documents WHERE number NOT IN (SELECT document FROM came_from)",
    "capture without its bytes": "SELECT id FROM kept_captures WHERE warc_sha256 IS NOT NULL "
    "AND number NOT IN (SELECT capture FROM warcs)",
}


def iter_digests(connection: sqlite3.Connection, kind: LogKind) -> Iterator[tuple[str, str]]:
    """Yield the id of each record of a kind and its digest; one that cannot be read has the digest of nothing."""
    if kind not in _KINDS:
        return
    sql, keep = _KINDS[kind]
    for name, salt, *parts in connection.execute(sql):
        try:
            subject, canonical = keep(name, *parts)
        except DamagedRecord:
            yield str(name), digests.NOTHING
            continue
        yield subject, digests.digest(salt, canonical)


def iter_damage(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """Yield the place of each damage, and what is wrong there."""
    for (found,) in connection.execute(f"PRAGMA integrity_check({FOUND_MAX})"):
        if found != "ok":
            yield "file", str(found)
    for table, number, parent, _ in connection.execute("PRAGMA foreign_key_check").fetchmany(FOUND_MAX):
        yield f"{table} {number}", f"what it belongs to is not in {parent}"
    for what, sql in ORPHANS.items():
        yield from ((str(row[0]), what) for row in connection.execute(sql).fetchmany(FOUND_MAX))
    counted = connection.execute("SELECT coalesce(sum(n), 0) FROM columns WHERE what = ?", (ROWS,)).fetchone()[0]
    rows = connection.execute("SELECT count(*) FROM claim_rows").fetchone()[0]
    if counted != rows:
        yield "columns", f"they know {counted:,} rows, and there are {rows:,}"


def _keep_capture(name: str, record: str, data: bytes | None) -> tuple[str, str]:
    return name, digests.keep_capture(kept.restore(Capture, record), digests.hash_bytes(data or b""))


def _keep_document(name: str, record: str, text: str) -> tuple[str, str]:
    return name, digests.write_canonical(kept.join_document(record, text))


def _keep_reading(name: str, data: bytes) -> tuple[str, str]:
    return name, kept.expand(data)


def _keep_as_it_is(name: str, record: str) -> tuple[str, str]:
    return name, record


def _keep_feed(url: str, record: str) -> tuple[str, str]:
    return digests.name_feed(url), digests.keep_feed(kept.restore(Feed, record))


def _keep_case(_: str, value: str) -> tuple[str, str]:
    held = json.loads(value)
    return digests.name_case(held["name"], held["created_at"]), digests.keep_case(held["name"], held["created_at"])


def _keep_timestamp(stamped: str, token: bytes) -> tuple[str, str]:
    return stamped, digests.keep_timestamp(token, stamped)


def _keep_schema(number: int) -> tuple[str, str]:
    return name_schema(number), keep_schema(number)


CASE = """
SELECT n.value, s.value, json_object('name', n.value, 'created_at', c.value)
FROM meta AS n JOIN meta AS c ON c.name = 'created_at' JOIN meta AS s ON s.name = 'salt' WHERE n.name = 'name'
"""
CAPTURES = """
SELECT c.id, c.salt, c.record, w.data
FROM kept_captures AS c LEFT JOIN warcs AS w ON w.capture = c.number ORDER BY c.number
"""
DOCUMENTS = """
SELECT d.id, r.salt, r.record, t.text
FROM documents AS d JOIN document_records AS r ON r.document = d.number JOIN texts AS t ON t.document = d.number
ORDER BY d.added
"""
_KINDS: dict[LogKind, tuple[str, Callable[..., tuple[str, str]]]] = {
    LogKind.CASE: (CASE, _keep_case),
    LogKind.CAPTURE: (CAPTURES, _keep_capture),
    LogKind.DOCUMENT: (DOCUMENTS, _keep_document),
    LogKind.READING: ("SELECT id, salt, data FROM readings ORDER BY number", _keep_reading),
    LogKind.PROBLEM: ("SELECT id, salt, record FROM problems ORDER BY number", _keep_as_it_is),
    LogKind.JUDGEMENT: ("SELECT id, salt, record FROM kept_judgements ORDER BY number", _keep_as_it_is),
    LogKind.FEED: ("SELECT url, salt, record FROM feeds ORDER BY number", _keep_feed),
    LogKind.TIMESTAMP: ("SELECT stamped, salt, token FROM timestamps ORDER BY number", _keep_timestamp),
    LogKind.MIGRATION: ("SELECT schema, salt FROM migrations ORDER BY schema", _keep_schema),
}
