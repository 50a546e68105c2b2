"""Times as written."""

from __future__ import annotations

import datetime as dt

import pytest

from sayso import ingest
from sayso.errors import SettingsError
from sayso.ingest.moments import read_moment
from sayso.records import Moment, Precision


@pytest.mark.parametrize(
    ("written", "value", "precision"),
    [
        ("2024", "2024", Precision.YEAR),
        ("2024-11", "2024-11", Precision.MONTH),
        ("2024-11-03", "2024-11-03", Precision.DAY),
        ("20241103", "2024-11-03", Precision.DAY),
        ("2024-11-03T10:15", "2024-11-03T10:15", Precision.MINUTE),
        ("2024-11-03T10:15Z", "2024-11-03T10:15Z", Precision.MINUTE),
        ("2024-11-03 10:15+02:00", "2024-11-03T10:15+02:00", Precision.MINUTE),
        ("2024-11-03T10:15:30.123+0530", "2024-11-03T10:15:30+05:30", Precision.SECOND),
        ("2024-11-03T10:15:60Z", "2024-11-03T10:15:59Z", Precision.SECOND),
        ("Sun, 03 Nov 2024 10:15:30 GMT", "2024-11-03T10:15:30Z", Precision.SECOND),
        ("Nov. 3, 2024, 1:15 p.m.", "2024-11-03T13:15", Precision.MINUTE),
        ("12 Sept 2024 12:05 am", "2024-09-12T00:05", Precision.MINUTE),
        ("Published: 3rd November 2024", "2024-11-03", Precision.DAY),
    ],
)
def test_precision_is_what_was_stated(written: str, value: str, precision: Precision) -> None:
    assert read_moment(written, stated_in="x") == Moment(value=value, precision=precision, stated_in="x")


@pytest.mark.parametrize(
    "written", ["", "soon", "03/04/2024", "2024-13-01", "2024-02-30", "2024-11-03T25:00", "Maybe 3, 2024", "9" * 400]
)
def test_what_cannot_be_told_is_no_time(written: str) -> None:
    assert read_moment(written, stated_in="x") is None


def test_given_time_must_be_one() -> None:
    with pytest.raises(SettingsError):
        ingest.from_text("The mayor said that she would stay.", published="03/04/2024")
    with pytest.raises(SettingsError):
        ingest.from_text("The mayor said that she would stay.", published=dt.date(2024, 4, 3))  # type: ignore[arg-type]
    document = ingest.from_text("The mayor said that she would stay.", published="2024-04-03")
    assert document.published == Moment(value="2024-04-03", precision=Precision.DAY, stated_in="given")
