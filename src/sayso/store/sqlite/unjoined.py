"""Which documents are not joined with the rest as they are now."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sayso.records import Judgement
from sayso.store.sqlite.indexing import from_hash, to_hash
from sayso.store.sqlite.kept import restore

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

# Only what was read can be joined.
NOTE = """
INSERT INTO unjoined SELECT d.added FROM json_each(?) AS j CROSS JOIN documents AS d ON d.id = j.value
WHERE EXISTS (SELECT 1 FROM readings AS r WHERE r.document = d.number AND r.is_current = 1) ON CONFLICT DO NOTHING
"""
# What was found with it as it was before.
STALE = """
UPDATE stories SET is_stale = 1 WHERE number IN (
    SELECT m.story FROM documents AS d JOIN story_documents AS m ON m.document = d.number WHERE d.id = ?
)
"""
ROWS = {"src-": "source_rows", "att-": "claim_rows"}


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
    sql = "DELETE FROM unjoined WHERE added = (SELECT added FROM documents WHERE id = ?)"
    if connection.execute(sql, (document_id,)).rowcount:
        connection.execute(STALE, (document_id,))


def find_concerned(connection: sqlite3.Connection, judgements: Iterable[str]) -> list[str]:
    """Return the ids of the documents in which the sources or rows stand now that judgements about two are about."""
    found: dict[str, None] = {}
    for judgement_id in judgements:
        row = connection.execute("SELECT record FROM kept_judgements WHERE id = ?", (judgement_id,)).fetchone()
        judgement = restore(Judgement, row[0])
        for one in (judgement.subject, judgement.other or ""):
            found.update(dict.fromkeys(_find_documents_of(connection, one)))
    return list(found)


def find_judgeable(connection: sqlite3.Connection, document_id: str) -> Iterator[str]:
    """Yield the ids of a document's sources as lists have them: those that only a person named, too."""
    for (hashed,) in connection.execute(
        "SELECT s.hash FROM documents AS d JOIN source_rows AS s ON s.document = d.number WHERE d.id = ?",
        (document_id,),
    ):
        yield from_hash("src", hashed)


def _find_documents_of(connection: sqlite3.Connection, judged: str) -> list[str]:
    table = ROWS.get(judged[:4])
    if table is None:
        return []
    sql = f"SELECT d.id FROM {table} AS r JOIN documents AS d ON d.number = r.document WHERE r.hash = ?"  # noqa: S608
    return [row[0] for row in connection.execute(sql, (to_hash(judged),))]
