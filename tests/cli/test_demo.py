"""``sayso demo``, and the invented article."""

from __future__ import annotations

import re
from importlib import resources
from typing import TYPE_CHECKING

from sayso.cli import _rooms, picture
from sayso.config import Settings
from sayso.ingest import load
from tests.cli.driver import open_hand_rooms
from tests.ledger.hands import HandReader
from tests.readings import demo_reading, demo_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest
    from click.testing import Result

    Sayso = Callable[..., Result]


def test_the_demo_shows_a_page_and_says_what_it_is_and_what_to_try(sayso: Sayso) -> None:
    result = sayso("demo", "--read")
    assert result.exit_code == 0
    words = " ".join(result.stdout.split())
    assert "invented article" in words
    assert "Foreign saboteurs blew up Callan fuel depot" in words
    assert "sayso read page.html" in words
    assert all(len(line) <= 100 for line in result.stdout.splitlines())


def test_the_demo_builds_a_case_and_shows_its_claims(
    sayso: Sayso, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sayso.ledger.pool.ReaderPool", lambda _settings: HandReader())
    result = sayso("demo")
    assert result.exit_code == 0
    assert (tmp_path / "demo.sayso").exists()
    words = " ".join(result.stdout.split())
    assert "17 added." in words
    assert "Foreign saboteurs blew up Callan fuel depot" in words
    assert "sayso new NAME" in words
    assert "sayso claims --limit 6" in words
    assert "Go on: sayso trace C" in words
    assert "17 known already." in " ".join(sayso("demo").stdout.split())


def test_the_articles_can_be_had_as_files(sayso: Sayso, tmp_path: Path) -> None:
    assert sayso("demo", "--articles", str(tmp_path / "depot")).exit_code == 0
    names = sorted(path.name for path in (tmp_path / "depot").iterdir())
    assert len(names) == 17
    for name in names:
        doc = load(str(tmp_path / "depot" / name), settings=Settings())
        assert doc.title is not None
        assert 80 <= len(re.findall(r"\w+", doc.text)) <= 650
    (tmp_path / "file").touch()
    assert sayso("demo", "--articles", str(tmp_path / "file" / "x")).exit_code == 1


def test_the_article_itself_can_be_had(sayso: Sayso) -> None:
    result = sayso("demo", "--article")
    assert result.exit_code == 0
    assert (
        result.stdout_bytes
        == resources.files("sayso.cli").joinpath("demo_case", "courier-depot-fire.html").read_bytes()
    )


def test_the_article_is_read_as_it_stands_with_its_credits_and_without_what_is_around_it() -> None:
    with resources.as_file(resources.files("sayso.cli").joinpath("demo_case", "courier-depot-fire.html")) as path:
        doc = load(str(path), settings=Settings())
    assert doc.text == demo_text()
    assert (doc.outlet, doc.byline) == ("The Harrow Coast Courier", "Mira Tannic")
    assert doc.published is not None
    assert "Ferry captain" not in doc.text
    assert any(credit.name == "Northwire" for credit in doc.credits)


def test_the_article_is_of_a_readable_length() -> None:
    assert 400 <= len(re.findall(r"\w+", demo_text())) <= 650


def test_the_right_answers_stand_in_the_article() -> None:
    reading = demo_reading()
    text = reading.document.text
    for att in reading.attributions:
        for span in (*att.source_spans, *att.cue_spans, *att.content_spans):
            assert text[span.start : span.end] == span.exact
    assert len({att.id for att in reading.attributions}) == len(reading.attributions)


def test_the_picture_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_rooms, "open_rooms", open_hand_rooms)
    target = tmp_path / "images" / "read.svg"
    picture.main(str(target))
    assert target.read_text(encoding="utf-8").startswith("<svg")
