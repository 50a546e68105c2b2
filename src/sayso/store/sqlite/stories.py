"""What was found about stories: their findings, the claims told in them, and which rows tell which claim."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from sayso.errors import DamagedRecord, NotInCase
from sayso.records import COUNTED, ClaimLine, Page, StoryFindings, StoryLine
from sayso.store.asked import prepare
from sayso.store.digests import keep_record
from sayso.store.sqlite import kept
from sayso.store.sqlite.columns import DOCUMENTS, POSITION_BITS
from sayso.store.sqlite.indexing import to_hash
from sayso.store.sqlite.kept import TEXT, WHOLE, check_types
from sayso.store.sqlite.restored import Restored
from sayso.store.sqlite.selection import Selector
from sayso.store.sqlite.told import find_telling
from sayso.store.sqlite.unjoined import note_unjoined
from sayso.store.story_lines import Told, find_latest, make_story_line

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from sayso.records import ClaimRow, Filter
    from sayso.store.sqlite.columns import ColumnReader

NUMBER_MAX = (1 << 63) - 1
FINDINGS: Final = Restored[StoryFindings]()
DOCUMENTS_OF = """
SELECT d.id, d.number, d.title, o.name, d.published FROM json_each(?) AS j CROSS JOIN documents AS d ON d.id = j.value
LEFT JOIN outlets AS o ON o.number = d.outlet
"""
MEMBERS = "SELECT document FROM story_documents WHERE is_member = 1 ORDER BY document"
STORY_OF = "SELECT story FROM story_documents WHERE is_member = 1 ORDER BY document"
ORDERED = "SELECT number FROM stories ORDER BY n_documents DESC, latest DESC, id"
# What it says is older than its documents where one of these changed since, or went to another story.
SHOWN = """
SELECT s.number, s.id, s.record, s.is_stale OR EXISTS (
    SELECT 1 FROM story_documents AS m JOIN documents AS d ON d.number = m.document
    LEFT JOIN unjoined AS u ON u.added = d.added WHERE m.story = s.number AND (m.is_member = 0 OR u.added IS NOT NULL)
) FROM json_each(?) AS j CROSS JOIN stories AS s ON s.number = j.value
"""
TOLD = """
SELECT d.id, t.hash, c.number, c.record FROM json_each(?) AS j
CROSS JOIN documents AS d ON d.id = json_extract(j.value, '$[0]')
JOIN told_rows AS t ON t.document = d.number AND t.hash = json_extract(j.value, '$[1]')
JOIN claims_told AS c ON c.number = t.claim
"""
CLAIM = (
    "INSERT INTO claims_told (number, id, story, least, most, n_outlets, n_tellings, n_documents, is_disputed, record) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
# Of a row that is told twice the first claim counts; rows that lists do not have are left out.
ROW = """
INSERT INTO told_rows SELECT c.document, c.hash, ? FROM claim_rows AS c WHERE c.hash = ? AND c.document = ?
ON CONFLICT DO NOTHING
"""
BEFORE = """
SELECT number FROM stories WHERE id = ?
UNION SELECT c.story FROM json_each(?) AS j CROSS JOIN claims_told AS c ON c.number = j.value
"""
TELLER = "INSERT INTO tellers VALUES (?, ?) ON CONFLICT DO NOTHING"
QUOTING = "DELETE FROM stories WHERE number IN (SELECT story FROM story_documents WHERE document = ?)"
BESIDE = """
SELECT d.id FROM story_documents AS q JOIN story_documents AS m ON m.story = q.story AND m.is_member = 1
JOIN documents AS d ON d.number = m.document WHERE q.document = ?
"""
EMPTY = """
DELETE FROM stories WHERE number IN (SELECT value FROM json_each(?))
AND NOT EXISTS (SELECT 1 FROM story_documents AS m WHERE m.story = stories.number AND m.is_member = 1)
"""


def find_findings(connection: sqlite3.Connection, story_id: str) -> StoryFindings | None:
    """Return what was found about a story; None where there is no such story."""
    row = connection.execute("SELECT data FROM stories WHERE id = ?", (story_id,)).fetchone()
    return None if row is None else restore_findings(story_id, row[0])


def restore_findings(story_id: str, data: bytes) -> StoryFindings:
    """Return what was found about a story.

    Raises:
        DamagedRecord: The data are not what was found about this one.
    """
    found = FINDINGS.get(story_id, data, lambda: kept.restore_compressed(StoryFindings, data))
    if found.story.id != story_id:
        raise DamagedRecord(StoryFindings.__name__)
    return found


def restore_line(number: int, record: str) -> ClaimLine:
    """Return a claim in one line.

    Raises:
        DamagedRecord: The record is not that of the claim of this number.
    """
    line = kept.restore(ClaimLine, record)
    if line.number != number:
        raise DamagedRecord(ClaimLine.__name__)
    return line


def find_story_of(connection: sqlite3.Connection, document_id: str) -> str | None:
    """Return the id of a document's story; None where it is in none yet."""
    row = connection.execute(
        "SELECT s.id FROM documents AS d JOIN story_documents AS m ON m.document = d.number AND m.is_member = 1 "
        "JOIN stories AS s ON s.number = m.story WHERE d.id = ?",
        (document_id,),
    ).fetchone()
    return None if row is None else str(row[0])


def find_claim(connection: sqlite3.Connection, number: int) -> ClaimLine | None:
    """Return a claim by its number; None where there is none, or none any more."""
    if not 0 < number <= NUMBER_MAX:
        return None
    row = connection.execute("SELECT record FROM claims_told WHERE number = ?", (number,)).fetchone()
    return None if row is None else restore_line(number, row[0])


def show_claims(connection: sqlite3.Connection, rows: Sequence[ClaimRow]) -> tuple[ClaimRow, ...]:
    """Return rows with the claims that they tell."""
    wanted = {(row.document, to_hash(row.id)): place for place, row in enumerate(rows)}
    shown = list(rows)
    found: dict[int, ClaimLine] = {}
    for document, hashed, number, record in connection.execute(TOLD, (json.dumps(list(wanted)),)):
        if number not in found:
            found[number] = restore_line(number, record)
        place = wanted[document, hashed]
        shown[place] = replace(shown[place], claim=found[number])
    return tuple(shown)


def list_stories(
    connection: sqlite3.Connection, columns: ColumnReader, given: Filter, *, limit: int, offset: int
) -> Page[StoryLine]:
    """Return the stories of which a document is asked for, those with most documents first."""
    asked = prepare(replace(given, with_superseded=True))
    table = columns.load(connection, DOCUMENTS)
    picked = Selector(connection, columns, asked).select_documents()
    numbers = columns.find(connection, "stories", ORDERED)
    if len(picked) < len(table["number"]):
        is_asked = np.isin(columns.find(connection, "story members", MEMBERS), table["number"][picked])
        stories = columns.find(connection, "stories of members", STORY_OF)[is_asked]
        numbers = numbers[np.isin(numbers, stories)]
    shown = numbers[max(0, offset) : max(0, offset + limit)].tolist()
    return Page(rows=_show_stories(connection, shown), total=min(len(numbers), COUNTED))


def take_claim_numbers(connection: sqlite3.Connection, count: int) -> range:
    """Return so many numbers of claims that none has or had, from 1 on."""
    count = max(0, count)
    last = connection.execute("UPDATE claim_serial SET number = number + ? RETURNING number", (count,)).fetchone()[0]
    return range(last - count + 1, last + 1)


def put_findings(connection: sqlite3.Connection, findings: StoryFindings, lines: Sequence[ClaimLine]) -> set[int]:
    """Keep what was found about a story, in place of what was kept under its id. The lists are up to date.

    Returns:
        The numbers of the documents of which rows may tell other claims than they did.

    Raises:
        NotInCase: One of its documents is not there.
    """
    run, many = connection.execute, connection.executemany
    story = findings.story
    about = find_documents(connection, story.documents)
    missing = [one for one in story.documents if one not in about]
    if missing:
        what = "document"
        raise NotInCase(what, missing[0])
    line = make_story_line(findings, lines, name_documents(about))
    documents = [(about[one][0],) for one in about]
    before = [row[0] for row in run(BEFORE, (story.id, json.dumps([one.number for one in lines])))]
    touched = find_telling(connection, before).union(*documents)
    left = _leave_stories(connection, story.id, documents)
    numbers = {one.number for one in lines}
    many("DELETE FROM claims_told WHERE number = ?", [(one,) for one in numbers])
    run("DELETE FROM stories WHERE id = ?", (story.id,))
    cursor = run(
        "INSERT INTO stories (id, n_documents, latest, is_stale, record, data) VALUES (?, ?, ?, 0, ?, ?)",
        (story.id, line.n_documents, find_latest(line), keep_record(line), kept.compress(keep_record(findings))),
    )
    its = int(cursor.lastrowid or 0)
    many("INSERT INTO story_documents VALUES (?, ?, 1)", [(its, *one) for one in documents])
    many(CLAIM, [make_claim(one, its) for one in lines])
    many(
        ROW,
        [
            (one.number, to_hash(mention.attribution), about[mention.document][0])
            for one in findings.claims
            if one.number in numbers
            for mention in one.claim.mentions
            if mention.attribution is not None and mention.document in about
        ],
    )
    many(
        TELLER,
        [
            (one.number, about[mention.document][0])
            for one in findings.claims
            if one.number in numbers
            for mention in one.claim.mentions
            if mention.document in about
        ],
    )
    run(EMPTY, (json.dumps(left),))
    return touched


def drop_findings(connection: sqlite3.Connection, story_id: str) -> set[int]:
    """Remove a story with its claims from all lists; return the numbers of the documents of which rows told these."""
    numbers = [row[0] for row in connection.execute("SELECT number FROM stories WHERE id = ?", (story_id,))]
    touched = find_telling(connection, numbers)
    connection.execute("DELETE FROM stories WHERE id = ?", (story_id,))
    return touched


def make_claim(line: ClaimLine, story: int) -> tuple[int | str, ...]:
    """Return the row of a claim of the story of this number."""
    counts = (line.least, line.most, len(line.outlets), line.n_tellings, line.n_documents, int(line.is_disputed))
    return (line.number, line.id, story, *counts, keep_record(line))


def find_documents(connection: sqlite3.Connection, ids: Iterable[str]) -> dict[str, tuple[Any, ...]]:
    """Return of these documents, as far as they are there, their number, title, outlet and time of publication."""
    return {row[0]: row[1:] for row in connection.execute(DOCUMENTS_OF, (json.dumps(list(ids)),))}


def name_documents(about: Mapping[str, tuple[Any, ...]]) -> dict[str, Told]:
    """Return what a story's line needs of documents."""
    return {one: Told(title, outlet, published) for one, (_, title, outlet, published) in about.items()}


def forget_rows(connection: sqlite3.Connection, document: int) -> None:
    """Forget which claims were told in the rows of a document that its current reading has no more."""
    connection.execute(
        "DELETE FROM told_rows WHERE document = ? AND hash NOT IN (SELECT hash FROM claim_rows WHERE number BETWEEN ? "
        "AND ?)",
        (document, document, document + (1 << POSITION_BITS) - 1),
    )


def purge_findings(connection: sqlite3.Connection, document: int) -> None:
    """Remove the stories that quote a document; the others of these are to be joined again."""
    note_unjoined(connection, [row[0] for row in connection.execute(BESIDE, (document,))])
    connection.execute(QUOTING, (document,))


def find_quoting(connection: sqlite3.Connection, document_id: str) -> set[int]:
    """Return the numbers of the documents of which rows tell claims of stories that quote a document."""
    sql = "SELECT m.story FROM documents AS d JOIN story_documents AS m ON m.document = d.number WHERE d.id = ?"
    return find_telling(connection, [row[0] for row in connection.execute(sql, (document_id,))])


def _leave_stories(connection: sqlite3.Connection, story_id: str, documents: list[tuple[int]]) -> list[int]:
    """Take documents out of the other stories that they are in; return the numbers of these."""
    left: set[int] = set()
    for document in documents:
        left.update(
            row[0]
            for row in connection.execute(
                "UPDATE story_documents SET is_member = 0 WHERE document = ? AND is_member = 1 "
                "AND story NOT IN (SELECT number FROM stories WHERE id = ?) RETURNING story",
                (*document, story_id),
            )
        )
    connection.executemany("DELETE FROM told_rows WHERE document = ?", documents)
    return sorted(left)


def _show_stories(connection: sqlite3.Connection, numbers: list[int]) -> tuple[StoryLine, ...]:
    found: dict[int, StoryLine] = {}
    for number, story_id, record, is_stale in connection.execute(SHOWN, (json.dumps(numbers),)):
        check_types(StoryLine.__name__, (story_id, record, is_stale), (TEXT, TEXT, WHOLE))
        line = kept.restore(StoryLine, record)
        if line.id != story_id:
            raise DamagedRecord(StoryLine.__name__)
        found[number] = replace(line, is_stale=bool(is_stale))
    return tuple(found[number] for number in numbers if number in found)
