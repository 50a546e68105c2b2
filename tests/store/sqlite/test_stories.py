"""What a case in a file keeps of stories: damage is named, and no scan is needed."""

from __future__ import annotations

import sqlite3
import zlib
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from sayso.errors import SaysoError
from sayso.records import ClaimOrder, Filter
from sayso.store.sqlite import create_case, kept, open_case
from tests.cases import AT, add_readings
from tests.findings import draw_lines, find_story
from tests.readings import claimed_reading, demo_reading, small_reading

if TYPE_CHECKING:
    from pathlib import Path

    from sayso.store.sqlite import SqliteStore

READINGS = (small_reading(), demo_reading(), claimed_reading())


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a case with a story of two claims, and one of a document alone."""
    path = tmp_path / "case.sayso"
    with closing(create_case(path, name="Harbour", at=AT)) as store:
        add_readings(store, *READINGS)
        with store.write() as writer:
            told = [[(reading, reading.attributions[row]) for reading in READINGS[:2]] for row in (0, 1)]
            for readings, claims in ((READINGS[:2], told), (READINGS[2:], [])):
                findings = find_story(readings, *claims, numbers=writer.take_claim_numbers(len(claims)))
                writer.put_findings(findings, draw_lines(findings, readings))
            writer.hold("words", {b"a": b"1"})
            writer.note_joined(READINGS[0].document.id)
    return path


def spoil(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def use_all(store: SqliteStore) -> None:
    """Read all that is kept of stories."""
    with store.view() as view:
        for story in view.list_stories(Filter(), limit=50).rows:
            view.find_findings(story.id)
        list(view.iter_held("words"))
        view.find_held("words", [b"a"])
        view.find_claim(1)
        view.find_unjoined(limit=50)
        view.list_claims(Filter(), ClaimOrder.PUBLISHED, limit=50)


def test_a_case_that_is_whole_has_no_damage(path: Path) -> None:
    with closing(open_case(path)) as store, store.view() as view:
        assert list(view.iter_damage()) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE stories SET data = x'00'",
        "UPDATE stories SET data = (SELECT data FROM readings LIMIT 1)",
        "UPDATE stories SET record = '{}'",
        "UPDATE stories SET record = replace(record, 'harbour', 'airport')",
        "UPDATE stories SET n_documents = 99",
        "UPDATE stories SET latest = 1",
        "UPDATE stories SET id = 'sty-000000000000000' || number",
        "UPDATE claims_told SET record = '[]'",
        "UPDATE claims_told SET record = '[' || replace(hex(zeroblob(50000)), '0', '[')",
        "UPDATE claims_told SET least = 7",
        "UPDATE claims_told SET is_disputed = 1 - is_disputed",
        "UPDATE claims_told SET id = 'clm-0000000000000000'",
        "UPDATE claims_told SET number = number + 100",
        "UPDATE claims_told SET story = 99",
        "UPDATE claims_told SET story = 3 - story",
        "DELETE FROM claims_told",
        "UPDATE told_rows SET hash = hash + 7",
        "UPDATE told_rows SET document = 7 WHERE claim = 1",
        "UPDATE told_rows SET claim = 3 - claim",
        "UPDATE story_documents SET is_member = 0",
        "UPDATE story_documents SET story = 3 - story",
        "DELETE FROM story_documents",
        "UPDATE claim_serial SET number = 0",
        "DELETE FROM claim_serial",
        "INSERT INTO claim_serial VALUES (9)",
        "INSERT INTO unjoined VALUES (99)",
        "INSERT INTO held VALUES (9, x'00', x'00')",
    ],
)
def test_what_does_not_hang_together_is_damage(path: Path, statement: str) -> None:
    spoil(path, statement)
    with closing(open_case(path)) as store:
        try:
            use_all(store)
        except SaysoError as error:
            assert "damaged" in str(error) or "not those of" in str(error)  # noqa: PT017  many are no error yet
        with store.view() as view:
            assert list(view.iter_damage())


def test_findings_that_were_made_to_fill_the_memory_are_damage(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "EXPANDED_MAX_BYTES", 100_000)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE stories SET data = ?", (zlib.compress(b"[" * 1_000_000),))
        connection.commit()
    with closing(open_case(path)) as store, store.view() as view:
        for story in view.list_stories(Filter(), limit=5).rows:
            with pytest.raises(SaysoError):
                view.find_findings(story.id)


def test_people_and_their_programs_see_the_claims(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        first, second = connection.execute("SELECT * FROM told ORDER BY number").fetchall()
    assert (first["number"], first["least"], first["most"], first["disputed"]) == (1, 1, 2, 0)
    assert (second["tellings"], second["articles"], second["disputed"]) == (2, 2, 1)
    assert first["line"] in READINGS[0].document.text
    assert first["claim_id"] == READINGS[0].attributions[0].id
    assert first["independence"] == "not-established"


# Each is asked for every document or row that is shown or joined, however many there are.
ASKED = (
    "SELECT d.id FROM unjoined AS u JOIN documents AS d ON d.added = u.added ORDER BY u.added LIMIT 5",
    "SELECT data FROM stories WHERE id = 'x'",
    "SELECT record FROM claims_told WHERE number = 1",
    "SELECT claim FROM told_rows WHERE document = 1 AND hash = 1",
    "DELETE FROM stories WHERE id = 'x'",
    "DELETE FROM told_rows WHERE document = 1",
    "SELECT story FROM story_documents WHERE document = 1 AND is_member = 1",
    "SELECT number FROM stories ORDER BY n_documents DESC, latest DESC, id",
)


@pytest.mark.parametrize("sql", ASKED)
def test_nothing_is_sorted_or_scanned(path: Path, sql: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        plan = " ".join(row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}"))
    assert "TEMP B-TREE" not in plan
    assert "SCAN" not in plan.replace("SCAN u", "").replace("SCAN stories USING COVERING INDEX stories_order", "")
