"""Removes a document and all that hangs on it; the log keeps that something was there, and nothing of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.records import Judgement, LogKind
from sayso.store.digests import NOTHING, name_link
from sayso.store.judgeable import find_about, names_one
from sayso.store.judged import is_about_two
from sayso.store.sqlite.indexing import JUDGED
from sayso.store.sqlite.kept import restore
from sayso.store.sqlite.log import add_entry
from sayso.store.sqlite.stories import purge_findings
from sayso.store.sqlite.unjoined import find_concerned, note_unjoined

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Set as AbstractSet

ALONE = """
SELECT c.number, c.id FROM came_from AS f JOIN kept_captures AS c ON c.number = f.capture
WHERE f.document = ? AND NOT EXISTS (
    SELECT 1 FROM came_from AS other WHERE other.capture = f.capture AND other.document <> f.document
) ORDER BY c.number
"""
LINKED = (
    "SELECT c.id FROM came_from AS f JOIN kept_captures AS c ON c.number = f.capture "
    "WHERE f.document = ? AND f.salt IS NOT NULL ORDER BY f.number"
)


def purge_document(connection: sqlite3.Connection, document_id: str, ids: AbstractSet[str], *, at: str) -> int:
    """Remove a document that is in no list any more; return how many captures went.

    Args:
        connection: Within a transaction.
        document_id: Which.
        ids: Of the sources and rows in any of its readings.
        at: UTC.
    """
    run = connection.execute
    sql = "SELECT number, outlet, supersedes FROM documents WHERE id = ?"
    number, outlet, superseded = run(sql, (document_id,)).fetchone()
    gone = _purge_judgements(connection, document_id, ids)
    gone.extend(row[0] for row in run("SELECT id FROM readings WHERE document = ? ORDER BY number", (number,)))
    linked = run(LINKED, (number,)).fetchall()
    gone.extend(name_link(document_id, row[0]) for row in linked)
    captures = run(ALONE, (number,)).fetchall()
    for capture, capture_id in captures:
        gone.extend(row[0] for row in run("SELECT id FROM problems WHERE capture = ? ORDER BY number", (capture,)))
        gone.append(capture_id)
    purge_findings(connection, number)
    # The version before it counts again.
    note_unjoined(connection, [superseded] if superseded else [])
    text = run("SELECT text FROM texts WHERE document = ?", (number,)).fetchone()[0]
    run("INSERT INTO text_words (text_words, rowid, text) VALUES ('delete', ?, ?)", (number, text))
    run("DELETE FROM documents WHERE number = ?", (number,))
    for capture, _ in captures:
        run("DELETE FROM kept_captures WHERE number = ?", (capture,))
    run("UPDATE outlets SET n = n - 1 WHERE number = ?", (outlet,))
    run("DELETE FROM outlets WHERE number = ? AND n <= 0", (outlet,))
    for subject in (*gone, document_id):
        add_entry(connection, LogKind.PURGE, subject, NOTHING, at=at)
    return len(captures)


def _purge_judgements(connection: sqlite3.Connection, document_id: str, ids: AbstractSet[str]) -> list[str]:
    """Remove the judgements about a document, and about its sources or rows and another's; return their ids."""
    of_rows = "SELECT id FROM kept_judgements WHERE document = ?"
    gone = {row[0] for row in connection.execute(of_rows, (document_id,))}
    about = find_about(restore(Judgement, row[0]) for row in connection.execute(JUDGED))
    shared = {one for one, judgement in about.items() if is_about_two(judgement) and names_one(judgement, ids)}
    note_unjoined(connection, find_concerned(connection, shared))
    gone |= shared
    ordered = [row[0] for row in connection.execute("SELECT id FROM kept_judgements ORDER BY number") if row[0] in gone]
    connection.executemany("DELETE FROM kept_judgements WHERE id = ?", [(one,) for one in ordered])
    return ordered
