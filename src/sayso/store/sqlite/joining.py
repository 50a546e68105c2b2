"""Joins and parts the lines of sources, as persons have judged these the same or different."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.records import Judgement, Kind, Naming, Source
from sayso.store.lines import find_lines
from sayso.store.rows import name_line
from sayso.store.sqlite.indexing import JUDGED, NAMED, to_hash
from sayso.store.sqlite.kept import restore

if TYPE_CHECKING:
    import sqlite3

    from sayso.store.sqlite.relisting import Relister


def refresh_lines(connection: sqlite3.Connection, lists: Relister) -> None:
    """Make the lines what the judgements about sources want; quick where there are none."""
    judgements = [restore(Judgement, row[0]) for row in connection.execute(JUDGED)]
    was_joined = connection.execute("SELECT 1 FROM lines WHERE shown_in IS NOT NULL LIMIT 1").fetchone()
    if not judgements and not lists.indexer.apart and was_joined is None:
        return
    places: dict[str, str] = {}
    documents: dict[str, str] = {}
    named = {one for judgement in judgements for one in (judgement.subject, judgement.other) if one}
    for source in {one for one in named if one.startswith("src-")} | lists.indexer.apart:
        row = connection.execute(NAMED, (to_hash(source),)).fetchone()
        if row is not None:
            name, kind, naming, documents[source] = row
            places[source] = name_line(Source(id=source, name=name, kind=Kind(kind), naming=Naming(naming)))
    lines = find_lines(judgements, places)
    _part(connection, lists, set(lines.apart), documents)
    connection.execute("UPDATE lines SET shown_in = NULL WHERE shown_in IS NOT NULL")
    connection.executemany(
        "UPDATE lines SET shown_in = (SELECT into_line.number FROM lines AS into_line WHERE into_line.key = ?) "
        "WHERE key = ?",
        [(into, line) for line, into in lines.joined.items()],
    )


def _part(connection: sqlite3.Connection, lists: Relister, apart: set[str], documents: dict[str, str]) -> None:
    """Give lines of their own to these sources alone."""
    changed = apart ^ lists.indexer.apart
    relisted = {documents[source] for source in changed if source in documents}
    for document in sorted(relisted):
        lists.take_out(document)
    connection.execute("DELETE FROM apart")
    connection.executemany("INSERT INTO apart VALUES (?)", [(source,) for source in sorted(apart)])
    lists.indexer.apart.clear()
    lists.indexer.apart.update(apart)
    for document in sorted(relisted):
        lists.put_in(document)
