"""The gazetteer that comes with the package is whole, quick and what its card says; another one is refused."""

from __future__ import annotations

import json
import shutil
import time
import tracemalloc
from typing import TYPE_CHECKING

import pytest

from sayso.errors import GazetteerError
from sayso.gazetteer import load_gazetteer
from sayso.gazetteer.lookup import default_folder
from sayso.records import PlaceScale

if TYPE_CHECKING:
    from pathlib import Path

MAX_BYTES = 4_300_000
MAX_HELD = 25_000_000
MAX_KEPT = 13_000_000


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    shutil.copytree(default_folder(), folder)
    return folder


def test_it_is_small_and_quick_to_load() -> None:
    assert (default_folder() / "places.bin").stat().st_size <= MAX_BYTES
    load_gazetteer.cache_clear()
    began = time.perf_counter()
    load_gazetteer()
    assert time.perf_counter() - began < 10


def test_it_takes_little_memory_even_while_it_is_unpacked() -> None:
    load_gazetteer.cache_clear()
    tracemalloc.start()
    try:
        load_gazetteer()
        kept, held = tracemalloc.get_traced_memory()
        assert kept < MAX_KEPT
        assert held < MAX_HELD
    finally:
        tracemalloc.stop()


def test_it_says_how_many_places_it_has() -> None:
    card = json.loads((default_folder() / "card.json").read_text("utf-8"))
    assert len(load_gazetteer()) == card["places"]
    assert "CC BY 4.0" in card["source"]


@pytest.mark.parametrize(
    ("name", "scale", "country"),
    [
        ("Britain", PlaceScale.COUNTRY, "GB"),
        ("the U.S.", PlaceScale.COUNTRY, "US"),
        ("Ivory Coast", PlaceScale.COUNTRY, "CI"),
        ("Bavaria", PlaceScale.REGION, "DE"),
        ("Kursk region", PlaceScale.REGION, "RU"),
        ("Rapides Parish", PlaceScale.REGION, "US"),
        ("Kiev", PlaceScale.CITY, "UA"),
        ("Europe", PlaceScale.CONTINENT, None),
    ],
)
def test_it_knows_places_by_the_names_of_english_news(name: str, scale: PlaceScale, country: str | None) -> None:
    first = load_gazetteer().find(name)[0]
    assert (first.scale, first.country) == (scale, country)


def test_a_name_of_nothing_finds_nothing() -> None:
    assert load_gazetteer().find("Vessenmarlow") == ()
    assert load_gazetteer().find("") == ()


def test_a_changed_file_is_an_error(copied: Path) -> None:
    path = copied / "places.bin"
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    with pytest.raises(GazetteerError):
        load_gazetteer(copied)


@pytest.mark.parametrize("name", ["places.bin", "card.json"])
def test_a_missing_file_is_an_error(copied: Path, name: str) -> None:
    (copied / name).unlink()
    with pytest.raises(GazetteerError):
        load_gazetteer(copied)


@pytest.mark.parametrize("card", ["", "[]", "{}", '{"format": 1}', '{"format": 2, "file": 7}', "[" * 100_000])
def test_a_damaged_card_is_an_error(copied: Path, card: str) -> None:
    (copied / "card.json").write_text(card, "utf-8")
    with pytest.raises(GazetteerError):
        load_gazetteer(copied)


def test_a_file_of_another_kind_is_an_error_even_with_the_right_hash(copied: Path) -> None:
    (copied / "places.bin").write_bytes(b"")
    card = json.loads((copied / "card.json").read_text("utf-8"))
    card["sha256"] = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    (copied / "card.json").write_text(json.dumps(card), "utf-8")
    with pytest.raises(GazetteerError):
        load_gazetteer(copied)
