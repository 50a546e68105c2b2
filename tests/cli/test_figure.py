"""Figures as a list is asked for them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.cli._figure import read_figure
from sayso.records import QuantityRange


@pytest.mark.parametrize(
    ("given_as", "low", "high", "unit"),
    [
        ("12", "12", "12", None),
        (" 5,000 ", "5000", "5000", None),
        ("=12", "12", "12", None),
        (">=100", "100", None, None),
        ("> 5000 km", "5000", None, "km"),
        ("≥ 2.5", "2.5", None, None),
        ("<=5", None, "5", None),
        ("< 5 tonnes", None, "5", "t"),
        ("100..200", "100", "200", None),
        ("100 .. 200 km", "100", "200", "km"),
        ("100 km..200 km", "100", "200", "km"),
        ("..50", None, "50", None),
        ("50..", "50", None, None),
        ("10%", "10", "10", "percent"),
        ("$1m", "1000000", "1000000", "USD"),
        ("..€2 million", None, "2000000", "EUR"),
        ("at least 3 weeks", "3", None, "week"),
        ("12 to 20", "12", "20", None),
    ],
)
def test_a_figure_is_understood(given_as: str, low: str | None, high: str | None, unit: str | None) -> None:
    assert read_figure(given_as) == QuantityRange(low=low, high=high, unit=unit)


@pytest.mark.parametrize(
    "given_as",
    [
        "",
        " ",
        "..",
        ">=",
        "many",
        "12 13",
        "12 parsecs",
        "200..100",
        "1 km..2 kg",
        ">= at least 5",
        "foo..5",
        "1..2..3",
        "12 " * 50,
        "9" * 90,
    ],
)
def test_what_is_not_understood_is_not_guessed(given_as: str) -> None:
    found = read_figure(given_as)
    assert found is None or (given_as == "9" * 90 and found.low == given_as)


@given(st.text(max_size=120))
def test_any_text_is_understood_or_not(text: str) -> None:
    found = read_figure(text)
    assert found is None or found.low is not None or found.high is not None


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_a_range_of_whole_numbers_is_what_it_says(one: int, other: int) -> None:
    low, high = sorted((one, other))
    assert read_figure(f"{low}..{high}") == QuantityRange(low=str(low), high=str(high))
