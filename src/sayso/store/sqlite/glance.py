"""The case at a glance, and what it has no article of."""

from __future__ import annotations

from itertools import repeat
from typing import TYPE_CHECKING

from sayso.records import COUNTED, Capture, CaseInfo, Page, RefusedRow
from sayso.store.digests import NOTHING
from sayso.store.rows import say_without_name
from sayso.store.sqlite.columns import POSITION_BITS, ROWS
from sayso.store.sqlite.kept import TEXT, check_types, restore, restore_problem
from sayso.store.sqlite.numbers import find_lowest
from sayso.store.sqlite.selection import SUPERSEDED

if TYPE_CHECKING:
    import sqlite3
    from typing import Any

    from sayso.errors import Problem
    from sayso.records import Refusal

OUTLETS_MAX = 10
REFUSED = """
FROM kept_captures AS c
WHERE c.number IN (
    SELECT number FROM kept_captures WHERE refusal IS NOT NULL UNION SELECT capture FROM problems
) AND NOT EXISTS (SELECT 1 FROM came_from AS f WHERE f.capture = c.number) AND NOT EXISTS (
    SELECT 1 FROM kept_captures AS later JOIN came_from AS f ON f.capture = later.number
    WHERE later.asked = c.asked AND later.number > c.number
)
"""
OLDER = f"FROM ({SUPERSEDED}) AS d"
OLDER_ROWS = f"{OLDER} JOIN claim_rows AS c ON c.number BETWEEN d.number AND d.number + ?"
OLDER_SOURCES = f"{OLDER} JOIN source_rows AS s ON s.document = d.number"
LAST_PROBLEM = "(SELECT p.record FROM problems AS p WHERE p.capture = c.number ORDER BY p.number DESC LIMIT 1)"


def get_info(connection: sqlite3.Connection) -> CaseInfo:
    """Return the case at a glance."""

    def one(sql: str, *given: object) -> Any:  # noqa: ANN401  a value of the database
        row = connection.execute(sql, given).fetchone()
        return None if row is None else row[0]

    meta = dict(connection.execute("SELECT name, value FROM meta").fetchall())
    dated = "SELECT published FROM documents WHERE day IS NOT NULL ORDER BY number"
    models = (
        "SELECT DISTINCT model FROM runs WHERE EXISTS "
        "(SELECT 1 FROM readings WHERE run = runs.number AND is_current = 1) ORDER BY model"
    )
    outlets = "SELECT name, n FROM outlets ORDER BY n DESC, name LIMIT ?"
    check_types(CaseInfo.__name__, meta.values(), repeat(TEXT))
    counts = connection.execute(outlets, (OUTLETS_MAX,)).fetchall()
    check_types(CaseInfo.__name__, (name for name, _ in counts), repeat(TEXT))
    head = one("SELECT hash FROM log ORDER BY number DESC LIMIT 1") or NOTHING
    check_types(CaseInfo.__name__, (head,), (TEXT,))
    n_older = one(f"SELECT count(*) {OLDER_ROWS}", (1 << POSITION_BITS) - 1)
    return CaseInfo(
        name=meta.get("name", ""),
        created_at=meta.get("created_at", ""),
        schema=one("PRAGMA user_version"),
        is_encrypted=False,
        n_documents=one("SELECT count(*) FROM documents"),
        n_captures=one("SELECT count(*) FROM kept_captures WHERE refusal IS NULL"),
        n_refused=one(f"SELECT count(*) {REFUSED}"),
        n_claims=one("SELECT coalesce(sum(n), 0) FROM columns WHERE what = ?", ROWS) - n_older,
        n_sources=one("SELECT count(*) FROM source_rows") - one(f"SELECT count(*) {OLDER_SOURCES}"),
        n_judgements=one("SELECT count(*) FROM kept_judgements"),
        n_feeds=one("SELECT count(*) FROM feeds"),
        n_purged=one("SELECT count(*) FROM log WHERE kind = 'purge' AND subject >= 'doc-' AND subject < 'doc.'"),
        outlets=tuple(counts),
        first=one(f"{dated} DESC LIMIT 1"),
        last=one(f"{dated} LIMIT 1"),
        models=tuple(row[0] for row in connection.execute(models)),
        log_length=one("SELECT coalesce(max(number), 0) FROM log"),
        log_head=head,
        n_superseded=one(f"SELECT count(*) {OLDER}"),
        n_claims_superseded=n_older,
        n_undated=one("SELECT count(*) FROM documents WHERE number >= ? AND day IS NULL", find_lowest(None)),
        n_stories=one("SELECT count(*) FROM stories"),
        n_claims_told=one("SELECT count(*) FROM claims_told"),
        n_unread=count_unread(connection),
    )


def count_unread(connection: sqlite3.Connection) -> int:
    """Return how many documents have no reading; each that was read has one current one."""
    (n_documents,) = connection.execute("SELECT count(*) FROM documents").fetchone()
    (n_read,) = connection.execute("SELECT count(*) FROM readings WHERE is_current = 1").fetchone()
    return max(0, int(n_documents) - int(n_read))


def list_refused(connection: sqlite3.Connection, *, limit: int, offset: int) -> Page[RefusedRow]:
    """Return captures of which there is no article, the latest first."""
    total = connection.execute(f"SELECT count(*) {REFUSED}").fetchone()[0]
    rows = connection.execute(
        f"SELECT c.record, {LAST_PROBLEM} {REFUSED} ORDER BY c.number DESC LIMIT ? OFFSET ?",
        (max(0, limit), max(0, offset)),
    )
    return Page(rows=tuple(_make_row(*row) for row in rows), total=min(total, COUNTED))


def _make_row(record: str, problem_record: str | None) -> RefusedRow:
    capture = restore(Capture, record)
    why: Problem | Refusal
    advice = ""
    if capture.refusal is not None:
        why, advice = capture.refusal, capture.refusal.advice
    else:
        why = restore_problem(problem_record or "")
    return RefusedRow(
        capture=capture.id,
        name=capture.name,
        at=capture.captured_at,
        code=why.code,
        message=why.message if capture.refusal else say_without_name(why.message, capture.name),
        advice=advice,
    )
