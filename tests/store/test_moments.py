"""Stated times as numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import SettingsError
from sayso.store.moments import DAY_MINUTES, bound_days, count_day, count_minute


@pytest.mark.parametrize("stated", [None, "", "yesterday", "2024-13", "2024-02-30", "0000", "2024-W05", "20240101"])
def test_what_is_no_time_has_no_number(stated: str | None) -> None:
    assert count_day(stated) is count_minute(stated) is None


def test_the_day_is_as_stated_and_the_minute_is_in_utc() -> None:
    day = count_day("2024-03-14")
    assert day is not None
    assert count_day("2024-03-14T00:30:00+02:00") == day
    assert count_minute("2024-03-14T00:30:00+02:00") == day * DAY_MINUTES - 90
    assert count_minute("2024-03-14T00:30:00.123-0130") == day * DAY_MINUTES + 120
    assert count_minute("2024-03-14T07") == count_minute("2024-03-14T07:00Z") == day * DAY_MINUTES + 420
    assert count_minute("2024-03") == count_minute("2024-03-01")
    assert count_minute("0001-01-01T00:00+14:00") is not None


def test_days_that_are_asked_for_are_whole_months_and_years() -> None:
    assert bound_days("2024-02", "2024-02") == (count_day("2024-02-01"), count_day("2024-02-29"))
    assert bound_days("2024", "2024") == (count_day("2024-01-01"), count_day("2024-12-31"))
    assert bound_days(None, None) == (None, None)
    with pytest.raises(SettingsError):
        bound_days("soon", None)


@given(st.text(alphabet="0123456789-T:+Z.", max_size=25))
def test_nothing_but_numbers_comes_out(stated: str) -> None:
    for number in (count_day(stated), count_minute(stated)):
        assert number is None or number >= 0
