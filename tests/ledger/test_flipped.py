"""A case in which bytes changed: the check goes on past what cannot be read and names its place."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from sayso.errors import BusyCase, SaysoError, UnopenableCase
from sayso.records import ArticleOrder, ClaimOrder, Filter, SourceOrder
from sayso.store.sqlite import create_case, open_case
from tests.ledger.hands import START, make_ledger
from tests.ledger.test_verifying import change, check, fill, places

if TYPE_CHECKING:
    from pathlib import Path

    from sayso.ledger.lists import Lists

ROUNDS = 40
EVERY = Filter()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a small case."""
    path = tmp_path_factory.mktemp("whole") / "harbour.sayso"
    fill(create_case(path, name="harbour", at=START)).close()
    return path.read_bytes()


@pytest.fixture
def path(tmp_path: Path, whole: bytes) -> Path:
    path = tmp_path / "harbour.sayso"
    path.write_bytes(whole)
    return path


def flip(whole: bytes, dice: random.Random) -> bytes:
    """Return bytes of which one to four beside one another changed, not in the header."""
    data = bytearray(whole)
    place = dice.randrange(100, len(data) - 4)
    for at in range(place, place + dice.choice((1, 1, 4))):
        data[at] ^= dice.randrange(1, 256)
    return bytes(data)


def list_all(lists: Lists) -> None:
    """Ask for every list in every order."""
    view = lists.view
    for look in (
        view.get_info,
        lambda: [view.list_claims(EVERY, order, limit=50) for order in ClaimOrder],
        lambda: [view.list_articles(EVERY, order, limit=50) for order in ArticleOrder],
        lambda: [view.list_sources(EVERY, order, limit=50) for order in SourceOrder],
        lambda: view.list_refused(limit=50),
        lambda: view.search(Filter(text="harbour"), limit=50),
        lambda: [view.get_warc(view.find_id("cap", one.id[:8])) for one in view.iter_captures()],
        lambda: [list(view.iter_readings(doc.id)) for doc in view.iter_documents()],
        lambda: list(view.iter_log()),
    ):
        try:
            look()
        except SaysoError as error:
            assert not isinstance(error, BusyCase)  # noqa: PT017  it is damage, nothing else


def test_whatever_byte_changes_the_check_names_a_place(path: Path, whole: bytes) -> None:
    dice = random.Random(11)  # noqa: S311  nothing secret
    for _ in range(ROUNDS):
        path.write_bytes(flip(whole, dice))
        for ending in ("-wal", "-shm"):
            path.with_name(path.name + ending).unlink(missing_ok=True)
        try:
            store = open_case(path)
        except UnopenableCase as error:
            said = str(error)
            assert "verify" not in said
            continue
        with make_ledger(store=store) as ledger:
            assert all(finding.where and finding.what for finding in ledger.verify().findings)
            with ledger.look() as lists:
                list_all(lists)


def set_type(path: Path, table: str, column: str) -> None:
    """Make bytes of the texts of a column, as a flipped bit in the head of a record does."""
    with closing(sqlite3.connect(path)) as connection:
        schema = connection.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (table,)).fetchone()[0]
    set_schema(path, table, schema.replace(") STRICT", ")"))
    change(path, f"UPDATE {table} SET {column} = CAST({column} AS BLOB) WHERE rowid = 2")  # noqa: S608
    set_schema(path, table, schema)


def set_schema(path: Path, table: str, sql: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("UPDATE sqlite_schema SET sql = ? WHERE name = ?", (sql, table))


@pytest.mark.parametrize(
    ("table", "column", "where"),
    [
        ("log", "subject", "log entry 2"),
        ("log", "hash", "log entry 2"),
        ("kept_captures", "record", "capture cap-"),
        ("readings", "salt", "reading rdg-"),
    ],
)
def test_a_text_that_became_bytes_is_named(path: Path, table: str, column: str, where: str) -> None:
    set_type(path, table, column)
    found = check(path)
    assert where in places(found)
    assert found.n_documents == 2


def test_a_record_that_is_none_is_named_and_the_others_are_checked(path: Path) -> None:
    change(path, "UPDATE kept_captures SET record = '{' WHERE number = 1")
    change(path, "UPDATE log SET kind = 'nonsense' WHERE number = 3")
    found = check(path)
    assert "capture cap-" in places(found)
    assert "log entry 3" in places(found)
    assert (found.n_captures, found.n_documents, found.n_readings) == (4, 2, 2)


@pytest.mark.parametrize(
    "table", ["serial", "log", "texts", "columns", "kept_captures", "meta", "readings", "documents", "claim_words_data"]
)
def test_a_page_that_cannot_be_read_is_named_and_the_rest_is_checked(path: Path, table: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)).fetchone()
    data = bytearray(path.read_bytes())
    data[4_096 * (page - 1) : 4_096 * (page - 1) + 100] = b"\xff" * 100
    path.write_bytes(data)
    found = check(path)
    assert f"table {table}: " in places(found)
    assert (found.n_documents == 2) or table in {"texts", "documents"}
    assert (found.n_captures == 4) or table == "kept_captures"
