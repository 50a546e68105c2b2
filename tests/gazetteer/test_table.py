"""The gazetteer's file: what is written is found again, and other bytes are refused."""

from __future__ import annotations

import json
import zlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.extract.place_ranking import great_circle_km
from sayso.gazetteer.folding import fold_name, key_of
from sayso.gazetteer.lookup import MOST, Gazetteer
from sayso.gazetteer.table import (
    HASH_BITS,
    MAGIC,
    Damaged,
    Row,
    Table,
    fold_signs,
    read_populations,
    shorten_population,
    unfold_signs,
    write_table,
)
from sayso.records import PlaceScale


def make_row(number: int, name: str, **rest: object) -> Row:
    values = {"scale": "city", "country": "VE", "region": "Ostmark", "latitude": 1.5, "longitude": -2.5}
    return Row(**{"id": number, "name": name, "population": 100, **values, **rest})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Saint-Vessen", "St. Vessen"),
        ("The Marlows", "marlows"),
        ("Ørsk’a", "orska"),
        ("FORT  ALDER", "Ft Alder"),
        ("Città Verde", "citta verde"),
        ("Weiß", "weiss"),
    ],
)
def test_spellings_of_one_name_are_one(one: str, other: str) -> None:
    assert fold_name(one) == fold_name(other)


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing_more(name: str) -> None:
    once = fold_name(name)
    assert fold_name(once) == once or once.startswith(("the ", "saint", "fort", "mount")) or not once.isascii()


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30), max_size=20, unique=True))
def test_every_place_is_found_by_its_name(names: list[str]) -> None:
    gazetteer = Gazetteer(Table(write_table([make_row(n, name) for n, name in enumerate(names)])))
    assert len(gazetteer) == len(names)
    for number, name in enumerate(names):
        assert (number, name) in {(place.id, place.name) for place in gazetteer.find(name)}


def test_the_same_rows_give_the_same_bytes() -> None:
    rows = [make_row(1, "Alder Mills", aliases=("almil", "old mills")), make_row(2, "Vessen")]
    assert write_table(rows) == write_table(rows)


def test_own_names_come_before_others_and_the_populous_before_the_small() -> None:
    rows = [
        make_row(1, "Vessen", population=10),
        make_row(2, "Vessen", population=90),
        make_row(3, "Port Ellery", population=9000, aliases=("vessen",)),
        make_row(4, "Ellerland", scale="country", region=None, equals=("vessen",), population=50),
    ]
    found = Gazetteer(Table(write_table(rows))).find("VESSEN")
    assert [place.id for place in found] == [2, 4, 1, 3]
    assert found[1].scale is PlaceScale.COUNTRY
    assert found[1].region is None
    assert (found[0].latitude, found[0].longitude, found[0].country) == (1.5, -2.5, "VE")


def test_of_very_many_places_of_one_name_the_largest_are_given() -> None:
    rows = [make_row(n, "San Ruf", population=n) for n in range(MOST + 20)]
    found = Gazetteer(Table(write_table(rows))).find("San Ruf")
    assert len(found) == MOST
    assert found[0].population == MOST + 19


def pack(head: object, body: bytes = b"") -> bytes:
    parts = [zlib.compress(part) for part in (json.dumps(head).encode("utf-8"), body)]
    return b"".join([MAGIC, *(len(part).to_bytes(8, "little") for part in parts), *parts])


HEAD = {"places": 0, "others": 0, "names": 0, "areas": []}


def test_a_table_without_places_is_one() -> None:
    assert len(Table(pack(HEAD))) == 0
    assert len(Table(write_table([]))) == 0


@pytest.mark.parametrize(
    "head",
    [
        [],
        {"areas": []},
        HEAD | {"places": -1},
        HEAD | {"places": 1},
        HEAD | {"places": "1"},
        HEAD | {"places": 0.5},
        HEAD | {"names": -1},
        HEAD | {"others": 1 << 40},
        HEAD | {"others": 1 << 70},
        HEAD | {"areas": 7},
        HEAD | {"areas": [["VE"]]},
    ],
)
def test_a_head_that_cannot_be_is_refused(head: object) -> None:
    with pytest.raises(Damaged):
        Table(pack(head))


@pytest.mark.parametrize("numbers", [bytes(15), b"\xff" * 15, bytes(14), bytes(12) + b"\x07" + bytes(2)])
def test_numbers_that_fit_nothing_are_refused(numbers: bytes) -> None:
    with pytest.raises(Damaged):
        Table(pack(HEAD | {"places": 1, "names": 2}, numbers + b"a\xff"))


def test_a_table_that_is_cut_off_anywhere_is_refused() -> None:
    data = write_table([make_row(1, "Alder Mills", aliases=("almil",)), make_row(2, "Vessen")])
    for end in range(len(data)):
        with pytest.raises(Damaged):
            Table(data[:end])


def test_the_order_of_rows_changes_nothing() -> None:
    rows = [make_row(1, "Vessen", country="XA"), make_row(2, "Alder"), make_row(3, "Marlow", region=None)]
    assert write_table(rows) == write_table(rows[::-1])


def test_places_whose_names_share_their_short_hash_are_told_apart() -> None:
    names = [f"Alder {n}" for n in range(3_000)]
    table = Table(write_table([make_row(n, name) for n, name in enumerate(names)]))
    short = [key_of(fold_name(name)) % (1 << HASH_BITS) for name in names]
    assert len(set(short)) < len(short)
    assert all([table.name_of(row) for row in table.find_rows(fold_name(name))[0]] == [name] for name in names)


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_a_point_is_kept_to_half_a_kilometre(latitude: float, longitude: float) -> None:
    (found,) = Gazetteer(Table(write_table([make_row(1, "Vessen", latitude=latitude, longitude=longitude)]))).find(
        "Vessen"
    )
    assert great_circle_km((latitude, longitude), (found.latitude, found.longitude)) < 0.5


@given(st.integers(0, (1 << 32) - 5_000_001))
def test_a_population_is_kept_to_three_digits(people: int) -> None:
    (kept,) = read_populations(np.array([shorten_population(people)], dtype="<u2")).tolist()
    assert abs(kept - people) * 200 <= people
    assert shorten_population(kept) == shorten_population(people)
    assert kept == people or people > 999


@given(st.lists(st.integers(-(1 << 15), (1 << 15) - 1)))
def test_signs_are_folded_and_unfolded(steps: list[int]) -> None:
    folded = fold_signs(np.array(steps, dtype="<i2").view("<u2"))
    assert unfold_signs(folded).view("<i2").tolist() == steps
    assert folded.tolist() == [2 * step if step >= 0 else -2 * step - 1 for step in steps]


@given(st.binary(max_size=200))
def test_other_bytes_are_refused(data: bytes) -> None:
    for beginning in (b"", b"SAYSOGZ2", pack({})):
        with pytest.raises(Damaged):
            Table(beginning + data)
