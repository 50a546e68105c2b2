"""The calendar: units, seasons, holidays, and the days that do not exist."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.extract.dating.almanac import (
    UNIT_PRECISION,
    Impossible,
    Stretch,
    Unplaceable,
    cut_part,
    find_holiday,
    find_nth_weekday,
    make_moment,
    shift,
    take_unit,
)
from sayso.records import Precision

DAYS = st.datetimes(dt.datetime(1000, 1, 1), dt.datetime(2199, 12, 31))  # noqa: DTZ001
UNITS = [unit for unit in UNIT_PRECISION if unit not in {"season", "half"}]


@pytest.mark.parametrize(
    ("rule", "year", "day"),
    [
        ("12-25", 2024, "2024-12-25"),
        ("easter+0", 2024, "2024-03-31"),
        ("easter~2", 2024, "2024-03-29"),
        ("easter+0", 1818, "1818-03-22"),
        ("easter+0", 2038, "2038-04-25"),
        ("11 3 4", 2024, "2024-11-28"),
        ("11 3 4+1", 2024, "2024-11-29"),
        ("5 0 -1", 2024, "2024-05-27"),
    ],
)
def test_a_holiday_follows_its_rule(rule: str, year: int, day: str) -> None:
    assert find_holiday(rule, year).date().isoformat() == day


@pytest.mark.parametrize(
    ("year", "month", "day"), [(2023, 2, 29), (2024, 13, 1), (999, 1, 1), (9999, 1, 1), (2024, 4, 31)]
)
def test_a_day_that_is_none_is_impossible(year: int, month: int, day: int) -> None:
    with pytest.raises(Impossible):
        make_moment(year, month, day)


def test_a_month_later_a_short_month_ends_earlier() -> None:
    assert shift(make_moment(2024, 1, 31), 1, "month") == make_moment(2024, 2, 29)


@pytest.mark.parametrize("count", [10**9, -(10**9), 3000])
def test_a_shift_out_of_the_calendar_is_told(count: int) -> None:
    with pytest.raises(Unplaceable):
        shift(make_moment(2024), count, "year")


@given(DAYS, st.sampled_from(UNITS), st.integers(-3, 3))
def test_units_follow_one_another(day: dt.datetime, unit: str, offset: int) -> None:
    try:
        one, following = take_unit(day, unit, offset), take_unit(day, unit, offset + 1)
    except Unplaceable:
        return
    assert one.first is not None
    assert one.end is not None
    assert one.first < one.end
    assert following.first is not None
    assert one.end <= following.first
    if offset == 0 and unit != "weekend":
        assert one.first <= day < one.end


def test_a_month_without_a_fifth_tuesday_says_so() -> None:
    with pytest.raises(Unplaceable):
        find_nth_weekday(take_unit(make_moment(2024, 2), "month"), 1, 5)


@pytest.mark.parametrize("part", ["early", "mid", "late", "half 1", "half 2"])
@pytest.mark.parametrize("unit", ["day", "week", "month", "quarter", "year", "decade", "century"])
def test_a_part_lies_within_its_whole(part: str, unit: str) -> None:
    whole = take_unit(make_moment(2024, 2, 5), unit)
    found = cut_part(whole, part)
    assert whole.first is not None
    assert whole.end is not None
    assert found.first is not None
    assert found.end is not None
    assert whole.first <= found.first < found.end <= whole.end


def test_what_is_open_has_no_parts() -> None:
    open_stretch = Stretch(make_moment(2024), None, Precision.YEAR)
    for call in (lambda: cut_part(open_stretch, "early"), lambda: find_nth_weekday(open_stretch, 0, 1)):
        with pytest.raises(Unplaceable):
            call()
