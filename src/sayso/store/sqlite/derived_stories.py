"""Whether what a case keeps of stories hangs together, and points to what is there."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sayso.store.digests import keep_record
from sayso.store.sqlite.indexing import to_hash
from sayso.store.sqlite.stories import (
    find_documents,
    make_claim,
    name_documents,
    restore_findings,
    restore_line,
)
from sayso.store.story_lines import find_latest, make_story_line

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    Found = Iterator[tuple[str, str]]

FOUND_MAX = 100
STRAY = "it points to what is not there"
UNLIKE = "it is not what was found"
UNREAD = """
SELECT u.added FROM unjoined AS u JOIN documents AS d ON d.added = u.added
WHERE NOT EXISTS (SELECT 1 FROM readings AS r WHERE r.document = d.number AND r.is_current = 1)
"""
# Of a row that a list does not have, or of a claim of another story than its document's.
STRAY_ROWS = """
SELECT d.id FROM told_rows AS t JOIN documents AS d ON d.number = t.document JOIN claims_told AS c ON c.number = t.claim
WHERE NOT EXISTS (SELECT 1 FROM claim_rows AS r WHERE r.hash = t.hash AND r.document = t.document)
OR NOT EXISTS (
    SELECT 1 FROM story_documents AS m WHERE m.story = c.story AND m.document = t.document AND m.is_member = 1
)
"""
CLAIMS = """
SELECT number, id, story, least, most, n_outlets, n_tellings, n_documents, is_disputed, record FROM claims_told
WHERE story = ? ORDER BY number
"""
TOLD = """
SELECT t.document, t.hash, t.claim FROM claims_told AS c JOIN told_rows AS t ON t.claim = c.number WHERE c.story = ?
"""
TELLERS = """
SELECT t.claim, t.document FROM claims_told AS c JOIN tellers AS t ON t.claim = c.number WHERE c.story = ?
"""


def look_at_stories(connection: sqlite3.Connection) -> Found:
    """Compare stories, the claims told in them and the rows that tell them with what was found."""
    run = connection.execute
    serials = run("SELECT number FROM claim_serial").fetchall()
    last = run("SELECT coalesce(max(number), 0) FROM claims_told").fetchone()[0]
    if len(serials) != 1 or serials[0][0] < last:
        yield "claim_serial", "it gives numbers that claims have"
    yield from ((f"unjoined {row[0]}", "nobody read that document") for row in run(UNREAD).fetchmany(FOUND_MAX))
    yield from ((f"told_rows of {row[0]}", STRAY) for row in run(STRAY_ROWS).fetchmany(FOUND_MAX))
    for number, story_id in run("SELECT number, id FROM stories ORDER BY number").fetchall():
        yield from _look_at_story(connection, number, story_id)


def _look_at_story(connection: sqlite3.Connection, number: int, story_id: str) -> Found:
    sql = "SELECT n_documents, latest, record, data FROM stories WHERE number = ?"
    *held, data = connection.execute(sql, (number,)).fetchone()
    findings = restore_findings(story_id, data)
    about = find_documents(connection, findings.story.documents)
    rows = connection.execute(CLAIMS, (number,)).fetchall()
    lines = [restore_line(row[0], row[-1]) for row in rows]
    ids = {one.number: one.claim.id for one in findings.claims}
    is_like = all(ids.get(line.number) == line.id and line.story == story_id for line in lines)
    if not is_like or [make_claim(line, number) for line in lines] != rows:
        yield f"claims_told of {story_id}", UNLIKE
    elsewhere = "SELECT count(*) FROM claims_told WHERE number IN (SELECT value FROM json_each(?))"
    is_whole = connection.execute(elsewhere, (json.dumps(list(ids)),)).fetchone()[0] == len(findings.claims)
    # A claim may have gone to another story with a document, and not be there any more.
    linked = dict(connection.execute("SELECT document, is_member FROM story_documents WHERE story = ?", (number,)))
    if not is_whole and all(linked.values()):
        yield f"claims_told of {story_id}", "claims are missing"
    if is_whole and len(lines) == len(findings.claims):
        line = make_story_line(findings, lines, name_documents(about))
        if held != [line.n_documents, find_latest(line), keep_record(line)]:
            yield f"story {story_id}", UNLIKE
    if linked.keys() != {row[0] for row in about.values()}:
        yield f"story_documents of {story_id}", UNLIKE
    told = {
        (about[mention.document][0], to_hash(mention.attribution), one.number)
        for one in findings.claims
        for mention in one.claim.mentions
        if mention.attribution is not None and mention.document in about
    }
    if not told.issuperset(connection.execute(TOLD, (number,))):
        yield f"told_rows of {story_id}", UNLIKE
    kept = {line.number for line in lines}
    tellers = {
        (one.number, about[mention.document][0])
        for one in findings.claims
        for mention in one.claim.mentions
        if one.number in kept and mention.document in about
    }
    if tellers != set(connection.execute(TELLERS, (number,))):
        yield f"tellers of {story_id}", UNLIKE
