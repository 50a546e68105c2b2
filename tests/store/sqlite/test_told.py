"""The columns of what rows tell: kept up with as little writing as can be, and looked at with distrust."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from sayso.bench.synthetic_case import make_reading
from sayso.bench.synthetic_story import make_story
from sayso.errors import DamagedCase
from sayso.records import ArticleOrder, ClaimOrder, Filter, SourceOrder
from sayso.store.sqlite import create_case, open_case
from sayso.store.sqlite.columns import TOLD, TYPES, Beside, Table
from tests.cases import AT, add_readings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from sayso.store.base import View
    from sayso.store.sqlite import SqliteStore

READINGS = [make_reading(number) for number in range(6)]
TOLD_ONLY = Filter(outlets_least=0)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "case.sayso"


@pytest.fixture
def store(path: Path) -> Iterator[SqliteStore]:
    """A case of two stories of three documents."""
    made = create_case(path, name="told", at=AT)
    add_readings(made, *READINGS)
    with made.write() as writer:
        for first in (0, 3):
            writer.put_findings(*make_story(READINGS[first : first + 3], writer.take_claim_numbers))
    yield made
    made.close()


def spoil(path: Path, change: str) -> None:
    """Change the packed records by a statement on them as numpy has them."""
    with closing(sqlite3.connect(path)) as connection, connection:
        ((data,),) = connection.execute("SELECT data FROM columns WHERE what = ?", (TOLD,)).fetchall()
        records = np.frombuffer(data, TYPES[TOLD]).copy()
        if change == "cut":
            records = records[:-3]
        elif change == "doubled":
            records = np.repeat(records, 2)
        elif change == "elsewhere":
            records["number"] += 1 << 40
        else:
            name, _, value = change.partition("=")
            records[name] = int(value)
        connection.execute("UPDATE columns SET data = ?, n = ? WHERE what = ?", (records.tobytes(), len(records), TOLD))


def list_all(view: View) -> None:
    for order in ClaimOrder:
        for once in (False, True):
            view.list_claims(TOLD_ONLY, order, limit=20, once=once)
            view.list_claims(Filter(text="said", disputed_only=True), order, limit=20, once=once, reverse=True)
    view.list_articles(Filter(origins_most=3), ArticleOrder.CLAIMS, limit=5)
    view.list_sources(Filter(origins_most=3), SourceOrder.ARTICLES, limit=5)


@pytest.mark.parametrize(
    "change",
    [
        "cut", "doubled", "elsewhere", "number=0", "number=-1", f"number={(1 << 63) - 1}", "claim=0", "claim=1",
        "claim=-5", f"claim={(1 << 31) - 1}", f"least={-(1 << 31)}", f"n_outlets={-(1 << 31)}", "n_tellings=0",
        "is_disputed=7",
    ],
)  # fmt: skip
def test_columns_that_say_something_else_are_found_and_only_our_errors_come_out(
    store: SqliteStore, path: Path, change: str
) -> None:
    store.close()
    spoil(path, change)
    with closing(open_case(path)) as again, again.view() as view:
        try:
            list_all(view)
        except DamagedCase:
            assert change.startswith(("claim=", "number="))
        damage = [*view.iter_damage(), *(one for doc in view.iter_documents() for one in view.iter_misshown(doc))]
    assert damage


def test_only_what_changed_is_written_again(store: SqliteStore, path: Path) -> None:
    def read_versions() -> dict[str, int]:
        with closing(sqlite3.connect(path)) as connection:
            return dict(connection.execute("SELECT what, max(version) FROM columns GROUP BY what").fetchall())

    before = read_versions()
    with store.view() as view:
        findings = [view.find_findings(story.id) for story in view.list_stories(Filter(), limit=9).rows]
        lines = {number: line for number in range(1, 1_000) if (line := view.find_claim(number)) is not None}
    assert before[TOLD] > before["rows"]
    with store.write() as writer:
        for one in findings:
            assert one is not None
            writer.put_findings(one, [lines[claim.number] for claim in one.claims])
    assert read_versions() == before
    with store.write() as writer:
        writer.drop_findings(findings[0].story.id if findings[0] else "")
    after = read_versions()
    assert after[TOLD] > before[TOLD]
    assert {**after, TOLD: 0} == {**before, TOLD: 0}


def test_what_is_known_of_some_records_is_laid_beside_all() -> None:
    known: NDArray[Any] = np.zeros(4, TYPES[TOLD])
    known["number"], known["claim"] = [2, 3, 7, 9], [5, 6, 7, 8]
    beside = Beside(Table(known), np.array([1, 2, 7, 8], dtype=np.int64))
    assert beside["claim"].tolist() == [0, 5, 7, 0]
    assert beside["claim"] is beside["claim"]
    assert Beside(Table(known), np.array([], dtype=np.int64))["claim"].tolist() == []
    assert Beside(Table(known[:0]), np.array([4], dtype=np.int64))["least"].tolist() == [0]
