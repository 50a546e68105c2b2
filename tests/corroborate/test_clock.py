"""One time is before another only if it is whatever clocks and zones were used."""

from __future__ import annotations

import datetime as dt

import pytest

from sayso.corroborate.clock import find_window, is_before
from sayso.records import Moment, Precision


def at(value: str) -> Moment:
    return Moment(value=value, precision=Precision.SECOND, stated_in="given")


@pytest.mark.parametrize(
    ("first", "second", "before"),
    [
        ("2031-04-02T08:00Z", "2031-04-02T09:00Z", True),
        ("2031-04-02T08:00Z", "2031-04-02T08:20Z", False),
        ("2031-04-02T09:00Z", "2031-04-02T08:00Z", False),
        ("2031-04-02T08:00+02:00", "2031-04-02T08:00-05:00", True),
        ("2031-04-02T10:00+0530", "2031-04-02T10:00Z", True),
        ("2031-04-02", "2031-04-03", False),
        ("2031-04-02", "2031-04-05", True),
        ("2031-04-02T08:00", "2031-04-02T20:00", False),
        ("2031-04-02T08:00:30.25", "2031-04-03T20:00", True),
        ("2031-04", "2031-06", True),
        ("2031", "2033", True),
        ("2031-12", "2032-01-05", True),
        ("2031-04-02", "2031-04-02", False),
        ("spring", "2031-04-02", False),
        ("2031-13-45", "2031-04-02", False),
        ("9999", "9999-12-31", False),
        ("0001-01-01", "2031-04-02", False),
        ("2031-04-02T08", "2031-04-04T09", True),
    ],
)
def test_before_means_before_on_any_clock(first: str, second: str, *, before: bool) -> None:
    assert is_before(at(first), at(second)) is before
    if before:
        assert not is_before(at(second), at(first))


def test_one_outlet_has_one_clock() -> None:
    assert is_before(at("2031-04-02"), at("2031-04-03"), is_same_clock=True)
    assert not is_before(at("2031-04-02"), at("2031-04-02T09:00Z"), is_same_clock=True)
    assert not is_before(None, at("2031-04-03"), is_same_clock=True)


def test_a_window_holds_all_that_a_time_can_mean() -> None:
    window = find_window(at("2031-04-02T08:00Z"))
    assert window is not None
    assert window[1] - window[0] == dt.timedelta(minutes=1)
    assert find_window(None) is None
