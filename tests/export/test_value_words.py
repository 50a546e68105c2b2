"""Times, figures and places in words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.export.value_words import say_values
from sayso.records import (
    GeoName,
    Place,
    PlaceScale,
    Precision,
    Quantity,
    QuantityKind,
    Reading,
    Span,
    Time,
    TimeBasis,
)
from tests.readings import small_reading

HERE = Span(start=0, end=7, exact="Harbour")
TIME = Time(span=HERE, earliest=None, latest=None, precision=Precision.DAY, basis=TimeBasis.STATED, why="")
FIGURE = Quantity(span=HERE, low=None, high=None, kind=QuantityKind.COUNT)
TOWN = GeoName(
    id=1, name="Dorn", scale=PlaceScale.CITY, country="XX", region="March", latitude=0.0, longitude=0.0, population=0
)
PLACE = Place(span=HERE, candidates=(TOWN,), is_ambiguous=False, stands_for=None, why="", confidence=0.9)


def said(reading: Reading) -> str:
    (value,) = say_values(reading)
    return value.says


@pytest.mark.parametrize(
    ("earliest", "latest", "words"),
    [
        (None, None, "not placed on the calendar"),
        ("2024-11-07", "2024-11-07", "7 November 2024"),
        ("2024-11-01", "2024-11-30", "November 2024"),
        ("2024-02-01", "2024-02-28", "1 February 2024 to 28 February 2024"),
        ("2024-01-01", "2024-12-31", "2024"),
        ("2024-11-07T15:00", "2024-11-07T15:59", "7 November 2024, 15:00 to 7 November 2024, 15:59"),
        ("2024-11-07", None, "7 November 2024 or later"),
        (None, "2024-11-07", "7 November 2024 or earlier"),
        ("soon", "2024-99-01", "soon to 2024-99-01"),
        ("0000-01-01", "0000-01-" + "9" * 9000, "1 January 0000 to 0000-01-" + "9" * 9000),
    ],
)
def test_a_time_is_said_from_its_first_to_its_last_moment(earliest: str | None, latest: str | None, words: str) -> None:
    assert said(replace(small_reading(), times=(replace(TIME, earliest=earliest, latest=latest),))) == words


def test_an_approximate_time_says_so_and_an_unplaced_one_does_not() -> None:
    about = replace(TIME, earliest="2024-11-07", latest="2024-11-07", is_approximate=True)
    assert said(replace(small_reading(), times=(about,))) == "about 7 November 2024"
    assert "about" not in said(replace(small_reading(), times=(replace(TIME, is_approximate=True),)))


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "how many is not said"),
        ({"low": "12", "high": "12"}, "12"),
        ({"low": "12"}, "12 or more"),
        ({"high": "12"}, "12 or fewer"),
        ({"low": "5000", "high": "1234567.5"}, "5000 to 1,234,567.5"),
        ({"low": "-30000", "high": "-30000", "unit": "USD"}, "\u221230,000 USD"),
        ({"low": "3", "high": "3", "unit": "percent", "is_change": True}, "a change of 3 per cent"),
        ({"low": "40", "high": "40", "is_approximate": True, "of": HERE}, "about 40 of Harbour"),
        ({"low": "3", "high": "3", "kind": QuantityKind.ORDINAL}, "in an order: 3"),
        ({"low": "many\x1b", "high": "many\x1b"}, "many␛"),
    ],
)
def test_a_figure_is_said_as_an_interval(fields: dict[str, str], words: str) -> None:
    assert said(replace(small_reading(), quantities=(replace(FIGURE, **fields),))) == words  # type: ignore[arg-type]


def test_a_place_says_all_that_it_may_be() -> None:
    other = replace(TOWN, region="Coast")
    assert said(replace(small_reading(), places=(PLACE,))) == "Dorn, March, XX (city)"
    two = replace(PLACE, candidates=(TOWN, other), is_ambiguous=True)
    assert said(replace(small_reading(), places=(two,))) == "may be: Dorn, March, XX (city); Dorn, Coast, XX (city)"
    many = replace(two, candidates=tuple(replace(TOWN, region=f"R{n}") for n in range(9)))
    assert said(replace(small_reading(), places=(many,))).endswith("; and 4 more")
    assert said(replace(small_reading(), places=(replace(PLACE, candidates=()),))) == "in no gazetteer"
    speaks = replace(PLACE, stands_for="the government of Dorn")
    assert said(replace(small_reading(), places=(speaks,))) == "stands for the government of Dorn"


@given(st.text(max_size=30), st.text(max_size=30))
def test_no_end_is_an_error(low: str, high: str) -> None:
    say_values(
        replace(
            small_reading(),
            times=(replace(TIME, earliest=low, latest=high),),
            quantities=(replace(FIGURE, low=low, high=high, unit=low),),
        )
    )


@given(st.dates(), st.dates())
def test_every_stretch_of_days_can_be_said(one: object, other: object) -> None:
    assert said(replace(small_reading(), times=(replace(TIME, earliest=str(one), latest=str(other)),)))
