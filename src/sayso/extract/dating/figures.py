"""Dates in figures: "2024-11-07", "11/7/2024", "7.11.24". The order of day and month is proved, or called unsure."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Final

from sayso.extract.dating.almanac import Impossible
from sayso.extract.dating.spans import Clock
from sayso.extract.dating.values import Calendar, Placed, Scene, Value, year_from_two

FIGURES = re.compile(r"[0-9]+")
MONTHS, DAYS, TWO = 12, 31, 2
YEAR_FIGURES: Final = (2, 4)


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureDate:
    """A date in figures whose order the text may not tell.

    Attributes:
        one: The first figure.
        two: The second.
        year: The year's figures, two or four; None where it has none.
        is_day_first: None where the figures do not tell.
        is_month: Whether the day is not stated.
        is_year: Whether neither day nor month is stated.
    """

    one: int
    two: int
    year: str | None
    is_day_first: bool | None
    is_month: bool = False
    is_year: bool = False

    def place(self, scene: Scene) -> Placed:
        """Return its place; where nothing proves the order, that of the United States, and it says so."""
        is_day_first, note, is_unsure = self.is_day_first, "", False
        if is_day_first is None and self.one != self.two:
            is_day_first = scene.is_day_first
            if is_day_first is None:
                note, is_unsure = "month first, as in the United States; it may be day first", True
            else:
                note = f"{'day' if is_day_first else 'month'} first, as another date of the text proves"
        day, month = (self.one, self.two) if is_day_first else (self.two, self.one)
        year = None
        if self.year is not None:
            year = int(self.year)
            if len(self.year) == TWO:
                year = year_from_two(year, scene.today)
                note = f"{note}; the year {self.year} read as {year}".removeprefix("; ")
        value = Calendar(
            year=year,
            month=None if self.is_year else month,
            day=None if self.is_month or self.is_year else day,
            note=note,
            is_unsure=is_unsure,
        )
        return value.place(scene)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoDate:
    """A date in figures that is none."""

    reason: str

    def place(self, scene: Scene) -> Placed:
        """Raise the reason.

        Raises:
            Impossible: Always.
        """
        del scene
        raise Impossible(self.reason)


def read_iso(written: str) -> Value:
    """Return the value of "2024-11-07", or of "2024-11-07T15:00" with its time of day."""
    figures = [int(part) for part in FIGURES.findall(written)]
    day = Calendar(year=figures[0], month=figures[1], day=figures[2])
    if len(figures) <= 3:  # noqa: PLR2004
        return day
    try:
        dt.time(figures[3], figures[4])
    except ValueError:
        return NoDate(reason=f"there is no time of day {figures[3]}:{figures[4]:02}")
    return Clock(hour=figures[3], minute=figures[4], day=day)


def read_slashed(written: str) -> Value | None:
    """Return the value of "11/7/2024"; None where the figures are no date in any order."""
    parts = FIGURES.findall(written)
    if len(parts[0]) == YEAR_FIGURES[1]:
        return Calendar(year=int(parts[0]), month=int(parts[1]), day=int(parts[2]))
    one, two = int(parts[0]), int(parts[1])
    if len(parts[2]) not in YEAR_FIGURES:
        return NoDate(reason=f"{parts[2]} is no year") if "/" in written else None
    if "." in written and (one == 0 or two > MONTHS):
        return None
    return _order(one, two, parts[2], is_dotted="." in written)


def read_short(
    written: str,
    *,
    year: str | None = None,
    is_spelt: bool = False,
    is_month: bool = False,
    is_year: bool = False,
) -> Value:
    """Return the value of "11/7"; `is_spelt` where the month was a word, so that the order is known."""
    one, two = (int(part) for part in FIGURES.findall(written))
    figures = None if year is None else "".join(FIGURES.findall(year))
    if is_spelt or is_month or is_year:
        return FigureDate(one=one, two=two, year=figures, is_day_first=False, is_month=is_month, is_year=is_year)
    return _order(one, two, figures, is_dotted=False)


def _order(one: int, two: int, year: str | None, *, is_dotted: bool) -> Value:
    """Return a date of two figures with what they themselves tell of their order."""
    if one > MONTHS and two > MONTHS:
        return NoDate(reason=f"neither {one} nor {two} is a month")
    is_day_first = True if one > MONTHS else False if two > MONTHS else None
    if is_dotted and is_day_first is None:
        is_day_first = True  # Full stops between figures are the European way.
    return FigureDate(one=one, two=two, year=year, is_day_first=is_day_first)


def find_order(values: list[str]) -> bool | None:
    """Return whether the dates in figures of a text put the day first; None where none proves it, or they disagree."""
    proofs: list[bool] = []
    for written in values:
        parts = FIGURES.findall(written)
        if len(parts[0]) > TWO or "/" not in written:
            continue
        one, two = int(parts[0]), int(parts[1])
        if one > MONTHS >= two:
            proofs += [True]
        elif two > MONTHS >= one and two <= DAYS:
            proofs += [False]
    return proofs[0] if len(set(proofs)) == 1 else None
