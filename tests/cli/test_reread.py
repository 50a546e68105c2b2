"""``sayso reread``, with a newer model made by hand."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from sayso.cli import _review_rooms
from sayso.errors import InputError
from tests.cli import hand_case
from tests.cli.hand_case import NEWER, HandRooms, make_store, read_anew, use_store
from tests.readings import RUN, demo_reading, small_reading

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

    from sayso.records import Document, KeptReading, Reading

    Sayso = Callable[..., Result]

SMALL, DEMO = small_reading(), demo_reading()


@pytest.fixture(autouse=True)
def _own_rooms(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a test open a case by hand; afterwards all is as it was."""
    monkeypatch.setattr(_review_rooms, "open_review_rooms", _review_rooms.open_review_rooms)
    monkeypatch.setattr(_review_rooms, "open_reread_rooms", _review_rooms.open_reread_rooms)
    monkeypatch.delenv("SAYSO_REVIEWER", raising=False)


@pytest.fixture
def rooms() -> HandRooms:
    """A case with both readings."""
    return use_store(make_store(SMALL, DEMO))


def readings(rooms: HandRooms, document: str) -> list[KeptReading]:
    with rooms.store.view() as view:
        return list(view.iter_readings(document))


def test_what_changed_is_counted_and_old_readings_and_judgements_stay(sayso: Sayso, rooms: HandRooms) -> None:
    sayso("review", "--as", "Ana", "--doc", SMALL.document.id, stdin="a\na\n")
    result = sayso("reread")
    assert result.exit_code == 0
    assert "2 articles were read again" in result.stdout
    assert "2 dropped, 2 hedged" in result.stdout or "2 dropped" in result.stdout
    assert "Judgements: 1 hold, 1 are orphaned and kept." in result.stdout
    assert "orphaned: accepted by Ana" in result.stdout
    kept = readings(rooms, SMALL.document.id)
    assert [(one.reading.run, one.is_current) for one in kept] == [(RUN, False), (NEWER, True)]
    assert len(rooms.list_judgements()) == 2
    assert "Nothing to read again" in sayso("reread").stdout


def test_verbose_prints_the_rows_as_they_were_and_as_they_are(sayso: Sayso, rooms: HandRooms) -> None:
    result = sayso("reread", "--verbose", "--doc", SMALL.document.id[:12])
    assert "certainty: certain → possible" in result.stdout
    assert "- The port company denies “denied”, certain: it" in result.stdout
    assert "hedged" in result.stdout
    assert len(readings(rooms, DEMO.document.id)) == 1


def test_json_is_one_line_for_each_article(sayso: Sayso, rooms: HandRooms) -> None:
    lines = [json.loads(line) for line in sayso("reread", "--json").stdout.splitlines()]
    assert {line["document"] for line in lines} == {SMALL.document.id, DEMO.document.id}
    assert all(line["schema"] == "sayso.reread/1" for line in lines)
    kinds = [kind for line in lines for change in line["changes"] for kind in change["kinds"]]
    assert {"dropped", "hedged"} <= set(kinds)
    assert sayso("reread", "--json").stdout == ""
    assert len(readings(rooms, DEMO.document.id)) == 2


def test_an_article_that_cannot_be_read_is_reported_and_the_rest_go_on(
    sayso: Sayso, rooms: HandRooms, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(doc: Document) -> Reading:
        if doc.id == SMALL.document.id:
            raise InputError(doc.name, "no model for its language.")
        return read_anew(doc)

    monkeypatch.setattr(hand_case, "read_anew", read)
    result = sayso("reread")
    assert result.exit_code == 1
    assert "no model for its language" in result.stderr
    assert "1 article was read again" in result.stdout
    assert len(readings(rooms, SMALL.document.id)) == 1
    assert len(readings(rooms, DEMO.document.id)) == 2
    assert sayso("reread", "--json").exit_code == 1


def test_an_article_that_the_case_does_not_have_is_an_error(sayso: Sayso, rooms: HandRooms) -> None:
    assert sayso("reread", "--doc", "doc-ffff").exit_code == 1
    assert rooms.find_outdated(["doc-0000000000000000"]) == []
    assert list(rooms.reread(["doc-0000000000000000"])) == []


def test_without_a_case_it_says_how_to_make_one(sayso: Sayso, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert sayso("reread").exit_code == 1
