"""Whether what the case derives from all its records at once is what they say: names, lines, words, numbers."""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import closing
from typing import TYPE_CHECKING

import numpy as np

from sayso.addresses import normalise_address
from sayso.records import Capture, Judgement, JudgementKind, Kind, Naming, Source
from sayso.store import digests
from sayso.store.lines import find_lines
from sayso.store.rows import name_line
from sayso.store.sqlite.columns import POSITION_BITS, ROWS, TYPES, find_document
from sayso.store.sqlite.derived_stories import look_at_stories
from sayso.store.sqlite.indexing import JUDGED, NAMED, to_hash
from sayso.store.sqlite.kept import clean, expand_run, restore, restore_problem_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from sayso.store.sqlite.columns import ColumnReader

    Found = Iterator[tuple[str, str]]

FOUND_MAX = 100
OTHER = "it does not say what the records say"
META = {"name", "created_at", "salt"}
# Each finds the rows in which something is counted or gathered that is not what was counted or gathered of.
COUNTED = {
    "outlets": "SELECT o.number FROM outlets AS o "
    "WHERE o.n <> (SELECT count(*) FROM documents AS d WHERE d.outlet = o.number)",
    "lines": "SELECT l.number FROM lines AS l "
    "WHERE l.n <> (SELECT count(*) FROM source_rows AS s WHERE s.line = l.number)",
}
WORDS = """
SELECT line, 'name' AS what, name AS word, count(*) AS n FROM source_rows WHERE naming = 'named' GROUP BY line, name
UNION ALL
SELECT line, 'role', role, count(*) FROM source_rows WHERE naming = 'named' AND role <> '' GROUP BY line, role
"""
LINE_WORDS = "SELECT line, what, word, n FROM line_words"
INDEXED = {
    "text_words": "SELECT document, text FROM texts ORDER BY document",
    "claim_words": "SELECT number, content FROM claim_rows ORDER BY number",
}
TOKENS = "unicode61 remove_diacritics 2"
BATCH = 1_000
HASHED = (1 << 64) - 1


def look_at_captures(connection: sqlite3.Connection) -> Found:
    """Compare what captures are found by with their records."""
    rows = connection.execute(
        "SELECT c.number, c.id, c.record, c.asked, c.refusal, c.warc_sha256, w.data "
        "FROM kept_captures AS c LEFT JOIN warcs AS w ON w.capture = c.number ORDER BY c.number"
    )
    for _, capture_id, record, asked, refusal, warc_sha256, data in rows:
        capture = restore(Capture, record)
        url = capture.urls.asked
        made = (
            clean(normalise_address(url)) if url else None,
            None if capture.refusal is None else capture.refusal.code.value,
            digests.hash_bytes(data or b""),
        )
        if made != (asked, refusal, warc_sha256):
            yield f"capture {capture_id}", "what it is found by is not what its record says"
    for problem, capture_id, record in connection.execute(
        "SELECT p.id, c.id, p.record FROM problems AS p JOIN kept_captures AS c ON c.number = p.capture"
    ):
        if restore_problem_of(record) != capture_id:
            yield f"problem {problem}", "it is kept with another capture than its own"


def look_at_judgements(connection: sqlite3.Connection) -> Found:
    """Compare what judgements are found by with their records."""
    about: dict[str, tuple[str, str, str | None]] = {}
    for record, *held in connection.execute(
        "SELECT record, about, about_kind, document FROM kept_judgements ORDER BY number"
    ):
        one = restore(Judgement, record)
        own = (one.id, one.kind.value, one.document)
        about[one.id] = about.get(one.subject, own) if one.kind is JudgementKind.UNDO else own
        if about[one.id] != tuple(held):
            yield f"judgement {one.id}", "what it is found by is not what its record says"


def look_at_runs(connection: sqlite3.Connection) -> Found:
    """Compare which run made a reading with the reading."""
    known: set[int] = set()
    rows = connection.execute(
        "SELECT r.number, r.id, d.id, r.run, u.id, u.model, u.engine FROM readings AS r "
        "JOIN documents AS d ON d.number = r.document JOIN runs AS u ON u.number = r.run ORDER BY r.number"
    )
    for number, reading_id, document_id, run, run_id, model, engine in rows:
        is_other = digests.name_reading(document_id, run_id) != reading_id
        if run not in known:
            known.add(run)
            data = connection.execute("SELECT data FROM readings WHERE number = ?", (number,)).fetchone()[0]
            made = expand_run(data)
            is_other = is_other or (made.model, made.engine, digests.name_run(made)) != (model, engine, run_id)
        if is_other:
            yield f"reading {reading_id}", "its run is not the one that it names"


def look_at_names(connection: sqlite3.Connection) -> Found:
    """Compare outlets, lines of sources and what stands in them with the rows that they are of."""
    if {row[0] for row in connection.execute("SELECT name FROM meta")} != META:
        yield "meta", OTHER
    for number, name, folded in connection.execute("SELECT number, name, folded FROM outlets"):
        if folded != name.casefold():
            yield f"outlets {number}", OTHER
    for table, sql in COUNTED.items():
        yield from ((f"{table} {row[0]}", OTHER) for row in connection.execute(sql).fetchmany(FOUND_MAX))
    for one, other in ((LINE_WORDS, WORDS), (WORDS, LINE_WORDS)):
        odd = connection.execute(f"SELECT * FROM ({one}) EXCEPT SELECT * FROM ({other})").fetchmany(FOUND_MAX)  # noqa: S608
        yield from ((f"line_words {row[0]}", OTHER) for row in odd)


def look_at_lines(connection: sqlite3.Connection) -> Found:
    """Compare which lines are joined and parted with the judgements about sources."""
    judgements = [restore(Judgement, row[0]) for row in connection.execute(JUDGED)]
    places: dict[str, str] = {}
    held_apart = {row[0] for row in connection.execute("SELECT source FROM apart")}
    for source in {one for judgement in judgements for one in (judgement.subject, judgement.other) if one} | held_apart:
        row = connection.execute(NAMED, (to_hash(source),)).fetchone() if source.startswith("src-") else None
        if row is not None:
            places[source] = name_line(Source(id=source, name=row[0], kind=Kind(row[1]), naming=Naming(row[2])))
    lines = find_lines(judgements, places)
    if held_apart != lines.apart:
        yield "apart", OTHER
    keys = {row[0] for row in connection.execute("SELECT key FROM lines")}
    made = {clean(line): clean(into) for line, into in lines.joined.items()}
    made = {line: into for line, into in made.items() if line in keys and into in keys}
    held = dict(
        connection.execute(
            "SELECT l.key, i.key FROM lines AS l LEFT JOIN lines AS i ON i.number = l.shown_in "
            "WHERE l.shown_in IS NOT NULL"
        )
    )
    yield from ((f"line {line}", OTHER) for line in sorted(held.keys() | made) if held.get(line) != made.get(line))


def look_at_words(connection: sqlite3.Connection) -> Found:
    """Compare the words in the full-text indexes with those of the texts that they are of."""
    for table, sql in INDEXED.items():
        connection.execute(
            f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.{table}_seen USING fts5vocab(main, {table}, instance)"
        )
        seen = _gather(connection.execute(f"SELECT term, doc, offset FROM temp.{table}_seen"))  # noqa: S608
        made: Counter[int] = Counter()
        with closing(sqlite3.connect(":memory:")) as fresh:
            fresh.execute(
                f"CREATE VIRTUAL TABLE words USING fts5(text, content='', columnsize=0, tokenize=\"{TOKENS}\")"
            )
            fresh.execute("CREATE VIRTUAL TABLE seen USING fts5vocab(words, instance)")
            rows = connection.execute(sql)
            while batch := rows.fetchmany(BATCH):
                fresh.executemany("INSERT INTO words (rowid, text) VALUES (?, ?)", batch)
                made.update(_gather(fresh.execute("SELECT term, doc, offset FROM seen")))
                fresh.execute("INSERT INTO words (words) VALUES ('delete-all')")
        odd = [number for number in sorted(seen.keys() | made) if (seen[number] - made[number]) & HASHED]
        yield from ((f"{table} {number << POSITION_BITS}", OTHER) for number in odd[:FOUND_MAX])


def _gather(rows: Iterable[tuple[str, int, int]]) -> Counter[int]:
    """Return for each document a number that stands for its words and their places."""
    gathered: Counter[int] = Counter()
    for term, number, offset in rows:
        gathered[number >> POSITION_BITS] += hash((term, number, offset))
    return gathered


def look_at_columns(connection: sqlite3.Connection, columns: ColumnReader) -> Found:
    """Compare of which documents and rows the columns know with those that there are."""
    numbers = np.array([row[0] for row in connection.execute("SELECT number FROM documents ORDER BY number")], np.int64)
    for what in TYPES:
        known = np.unique(find_document(columns.load(connection, what)["number"]))
        if not bool(np.isin(known, numbers).all()):
            yield f"columns of {what}", "they know documents that are not there"
        sized = connection.execute("SELECT first, n, length(data) FROM columns WHERE what = ?", (what,))
        if any(n * TYPES[what].itemsize != size for _, n, size in sized):
            yield f"columns of {what}", "they are longer or shorter than they say"
    stray = connection.execute("SELECT count(*) FROM claim_rows WHERE document NOT IN (SELECT number FROM documents)")
    if stray.fetchone()[0]:
        yield "claim_rows", "there are rows of documents that are not there"
    rows = connection.execute("SELECT count(*) FROM claim_rows").fetchone()[0]
    counted = connection.execute("SELECT coalesce(sum(n), 0) FROM columns WHERE what = ?", (ROWS,)).fetchone()[0]
    if counted != rows:
        yield "columns", f"they know {counted:,} rows, and there are {rows:,}"


LOOKS: dict[str, Callable[[sqlite3.Connection], Found]] = {
    "captures": look_at_captures,
    "judgements": look_at_judgements,
    "runs": look_at_runs,
    "outlets and lines": look_at_names,
    "joined lines": look_at_lines,
    "stories": look_at_stories,
}
