"""The gazetteer's file: what is written is found again, and other bytes are refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.gazetteer.folding import fold_name
from sayso.gazetteer.lookup import MOST, Gazetteer
from sayso.gazetteer.table import Damaged, Row, Table, write_table
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


@given(st.binary(max_size=200))
def test_other_bytes_are_refused(data: bytes) -> None:
    for beginning in (b"", b"SAYSOGZ1", b"SAYSOGZ1\x02\0\0\0\0\0\0\0{}"):
        with pytest.raises(Damaged):
            Table(beginning + data)
