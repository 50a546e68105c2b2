"""Makes the schema of a case, and brings an older one up to date: forward only, a copy first, whole or not at all."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from dataclasses import replace
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from sayso.errors import DamagedCase, NewerCase, UnwritableCase
from sayso.records import LogKind
from sayso.store import digests
from sayso.store.sqlite.connection import APPLICATION_ID, create_file, translated
from sayso.store.sqlite.log import add_entry

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sayso.store.sqlite.connection import Place

NEWEST = 2
OWN_TABLES = "sqlite_"
SHADOW = re.compile(r"(?:text|claim)_words_[a-z]+")
COPY_PAGES = 1_000


@cache
def load_schema() -> tuple[str, ...]:
    """Return the first schema and then each migration to the next, as SQL."""
    folder = resources.files("sayso.store.sqlite")
    return tuple(folder.joinpath(f"schema_{number}.sql").read_text(encoding="utf-8") for number in range(1, NEWEST + 1))


def make_schema(connection: sqlite3.Connection, steps: tuple[str, ...]) -> None:
    """Run the steps that are given. Within a transaction of the caller's."""
    for step in steps:
        for statement in _split(step):
            connection.execute(statement)


def check_schema(connection: sqlite3.Connection, place: Place) -> int:
    """Return the number of a case's schema, which holds what that schema holds and nothing else.

    A case may come from anybody: a trigger or view that no version of Sayso makes would run within our statements.

    Raises:
        NewerCase: A newer version made it.
        DamagedCase: Something is missing, or is there that is not ours.
    """
    steps = load_schema()
    with translated(place):
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        if version > len(steps):
            raise NewerCase(str(place.path), version, len(steps))
        found = _read_schema(connection)
    if version < 1:
        raise DamagedCase(str(place.path), "it has no schema: making it was interrupted")
    expected = _expect_schema(steps[:version])
    odd = sorted(name for _, name, _ in found ^ expected)
    if odd:
        raise DamagedCase(str(place.path), f"its schema is not ours at {odd[0]!r}")
    return version


def migrate(connection: sqlite3.Connection, place: Place, version: int, *, at: str) -> None:
    """Bring a case to the newest schema, with a copy of the old one beside it.

    Raises:
        CaseError: It cannot be written; it is then as it was.
    """
    steps = load_schema()
    if version == len(steps):
        return
    _copy(connection, place, version)
    with translated(place):
        connection.execute("BEGIN IMMEDIATE")
        try:
            # Somebody else may have done it while we waited.
            held = int(connection.execute("PRAGMA user_version").fetchone()[0])
            for number in range(held, len(steps)):
                make_schema(connection, steps[number : number + 1])
                subject, kept, salt = name_schema(number + 1), keep_schema(number + 1), digests.make_salt()
                connection.execute("INSERT INTO migrations VALUES (?, ?)", (number + 1, salt))
                add_entry(connection, LogKind.MIGRATION, subject, digests.digest(salt, kept), at=at)
            connection.execute(f"PRAGMA user_version = {len(steps)}")
            connection.execute("COMMIT")
        finally:
            if connection.in_transaction:
                connection.execute("ROLLBACK")


def name_schema(number: int) -> str:
    """Return the subject by which the log knows a migration."""
    return f"schema-{number}"


def keep_schema(number: int) -> str:
    """Return what the log's digest of a migration is over."""
    return digests.write_canonical({"schema": number})


def _copy(connection: sqlite3.Connection, place: Place, version: int) -> None:
    """Copy a case as it is to ``NAME.backup-N`` beside it, N the number of its schema; an older such copy stays."""
    target = place.path.with_name(f"{place.path.name}.backup-{version}")
    if target.exists():
        return
    partial = place.path.with_name(f"{target.name}.part")
    partial.unlink(missing_ok=True)
    create_file(partial)
    try:
        with translated(place), closing(replace(place, path=partial).connect()) as copy:
            connection.backup(copy, pages=COPY_PAGES)
            copy.execute("PRAGMA journal_mode = DELETE")
        partial.replace(target)
    except OSError as error:
        raise UnwritableCase(str(place.path), f"no copy could be made: {error}") from error
    finally:
        _remove(partial)


def _remove(path: Path) -> None:
    for ending in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + ending).unlink(missing_ok=True)


def _read_schema(connection: sqlite3.Connection) -> frozenset[tuple[str, str, str]]:
    rows = connection.execute("SELECT type, name, coalesce(sql, '') FROM sqlite_schema").fetchall()
    # How the full-text index writes its own tables is for the version of SQLite that made them.
    rows = [(kind, name, "" if SHADOW.fullmatch(str(name)) else sql) for kind, name, sql in rows]
    # What ANALYZE leaves is harmless, and people do run it.
    kept = [row for row in rows if not str(row[1]).startswith(OWN_TABLES) or row[0] != "table"]
    return frozenset((str(kind), str(name), str(sql)) for kind, name, sql in kept)


@cache
def _expect_schema(steps: tuple[str, ...]) -> frozenset[tuple[str, str, str]]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        make_schema(connection, steps)
        return _read_schema(connection)


def _split(script: str) -> Iterator[str]:
    """Yield the statements of a script; ``executescript`` would end the transaction."""
    held = ""
    for line in script.splitlines(keepends=True):
        held += line
        if sqlite3.complete_statement(held):
            yield held
            held = ""


def stamp(connection: sqlite3.Connection) -> None:
    """Mark a new file as a case of the newest schema."""
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {len(load_schema())}")
