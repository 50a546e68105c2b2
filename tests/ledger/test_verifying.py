"""A case that was changed says so, and where; one that was not, does not."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from sayso.ledger.verifying import iter_spans
from sayso.records import Feed, Span
from sayso.store.memory import MemoryStore
from sayso.store.sqlite import create_case, open_case
from tests.ledger.hands import START, make_ledger, make_page
from tests.readings import demo_reading

if TYPE_CHECKING:
    from pathlib import Path

    from sayso.ledger.case import Ledger
    from sayso.ledger.verifying import Checked
    from sayso.store.base import Store

A, B = "https://a.example/1", "https://b.example/1"


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A case with two articles, a refusal, and a page that is no article."""
    path = tmp_path / "harbour.sayso"
    ledger = fill(create_case(path, name="harbour", at=START))
    with ledger.store.write() as writer:
        writer.set_feed(Feed(url="https://a.example/feed", added_at=START), at=START)
    ledger.close()
    return path


def fill(store: Store) -> Ledger:
    pages = {A: make_page(A), B: make_page(B, title="Bridge to open"), "https://c.example/1": "<html></html>"}
    ledger = make_ledger({**pages}, store=store)
    list(ledger.add([*pages, "https://d.example/1"]))
    return ledger


def check(path: Path) -> Checked:
    with make_ledger(store=open_case(path)) as ledger:
        return ledger.verify()


def change(path: Path, sql: str, *given: object) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        assert connection.execute(sql, given).rowcount > 0 or "_words (" in sql


def places(checked: Checked) -> str:
    return "\n".join(f"{finding.where}: {finding.what}" for finding in checked.findings)


def test_a_case_as_it_was_written(case: Path) -> None:
    checked = check(case)
    assert checked.findings == ()
    assert (checked.n_captures, checked.n_documents, checked.n_readings) == (4, 2, 2)
    assert checked.n_spans > 5
    assert checked.n_entries > 8


def test_a_case_in_memory_verifies_too() -> None:
    assert fill(MemoryStore(name="harbour", at=START)).verify().findings == ()


@pytest.mark.parametrize(
    ("sql", "where"),
    [
        ("UPDATE texts SET text = replace(text, 'close', 'never')", "document doc-"),
        (
            "UPDATE document_records SET record = replace(record, 'https://a.example', 'https://x.example')",
            "document doc-",
        ),
        ("UPDATE kept_captures SET record = replace(record, '2024-11-03', '2023-11-03')", "capture cap-"),
        ("UPDATE log SET at = '2023-01-01T00:00:00Z' WHERE number = 3", "log entry 3"),
        ("UPDATE log SET kind = 'nonsense' WHERE number = 3", "log"),
        ("UPDATE log SET digest = previous WHERE number = 4", "log entry 4"),
        ("DELETE FROM log WHERE number = 5", "log entry 5"),
        ("DELETE FROM log WHERE number = (SELECT max(number) FROM log)", "the log does not know it"),
        ("DELETE FROM readings WHERE number = 1", "it is gone"),
        ("UPDATE meta SET value = '2020-01-01T00:00:00Z' WHERE name = 'created_at'", "case"),
        ("INSERT INTO migrations VALUES (2, '00')", "migration schema-2"),
        ("UPDATE documents SET added_at = '2020-01-01T00:00:00Z'", "document doc-"),
        ("UPDATE documents SET added = 9 WHERE added = 1", "it is not in the order"),
        ("UPDATE kept_captures SET added_at = '2020-01-01T00:00:00Z'", "capture cap-"),
        ("UPDATE readings SET made_at = '2020-01-01T00:00:00Z'", "reading rdg-"),
        ("UPDATE readings SET is_current = 0 WHERE number = 1", "another one is shown"),
        ("UPDATE came_from SET capture = 3 WHERE number = 1", "document doc-"),
        ("DELETE FROM came_from WHERE number = 1", "document doc-"),
        ("UPDATE feeds SET url = 'https://x.example/feed'", "feed fed-"),
        ("UPDATE feeds SET record = replace(record, '2024-11-03', '2023-11-03')", "feed fed-"),
        ("DELETE FROM feeds", "feed fed-"),
        ("UPDATE problems SET record = replace(record, 'no', 'an')", "problem"),
    ],
)
def test_what_was_changed_is_found(case: Path, sql: str, where: str) -> None:
    change(case, sql)
    assert where in places(check(case))


def test_changed_bytes_are_found(case: Path) -> None:
    with closing(sqlite3.connect(case)) as connection:
        (data,) = connection.execute("SELECT data FROM warcs ORDER BY capture LIMIT 1").fetchone()
    change(case, "UPDATE warcs SET data = ? WHERE data = ?", data[:-20] + bytes(20), data)
    assert "capture cap-" in places(check(case))


def test_changed_readings_are_found(case: Path) -> None:
    change(case, "UPDATE readings SET data = zeroblob(10) WHERE number = 1")
    assert "reading" in places(check(case))


def test_a_row_of_a_list_that_says_something_else_is_found(case: Path) -> None:
    change(case, "UPDATE claim_rows SET content = 'something else' WHERE number = (SELECT min(number) FROM claim_rows)")
    assert check(case).findings


def test_a_new_log_over_changed_records_has_another_head(case: Path) -> None:
    before = check(case).head
    with make_ledger({A: make_page(A, said="Ida Marlow said no.")}, store=open_case(case)) as ledger:
        list(ledger.add([A]))
    assert check(case).head != before


def test_what_was_purged_leaves_its_entries_and_verifies(case: Path) -> None:
    with make_ledger(store=open_case(case)) as ledger:
        with ledger.look() as lists:
            doc = lists.articles().rows[0].id
        assert ledger.purge(doc) == 1
    checked = check(case)
    assert checked.findings == ()
    assert checked.n_purged == 3


def test_added_again_after_a_purge_it_verifies(case: Path) -> None:
    with make_ledger({A: make_page(A)}, store=open_case(case)) as ledger:
        with ledger.look() as lists:
            doc = next(row.id for row in lists.articles().rows if row.url == A)
        ledger.purge(doc)
        list(ledger.add([A]))
    assert check(case).findings == ()


def test_every_span_of_a_record_is_met() -> None:
    reading = demo_reading()
    spans = list(iter_spans(reading))
    assert {span for att in reading.attributions for span in att.content_spans} <= set(spans)
    assert list(iter_spans((Span(start=0, end=1, exact="a"), None, "x", 3))) == [Span(start=0, end=1, exact="a")]


def test_it_says_how_far_it_is(case: Path) -> None:
    told: list[int] = []
    with make_ledger(store=open_case(case)) as ledger:
        ledger.verify(tell=told.append)
    assert told == sorted(told)
    assert told[-1] >= 10
