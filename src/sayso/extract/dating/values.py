"""What a time's words mean, as values that are placed on the calendar once publication and tense are known.

Each value has ``place(scene) -> Placed``; one that has no place raises `Unplaceable` with the reason.
"""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from sayso.extract.dating.almanac import (
    FIRST_YEAR,
    LAST_YEAR,
    UNIT_PRECISION,
    Impossible,
    Stretch,
    Unplaceable,
    find_holiday,
    make_moment,
    shift,
    take_day,
    take_season,
    take_unit,
)
from sayso.records import Precision, TimeBasis

if TYPE_CHECKING:
    from collections.abc import Callable


BASES = (TimeBasis.STATED, TimeBasis.COMPLETED, TimeBasis.RELATIVE, TimeBasis.ANCHORED)


MONTH_NAMES = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)


DAY_NAMES = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()  # noqa: SIM905


NEXT_YEARS = range(-1, 2)


# A leap day may be eight years away from the next one.
LEAP_YEARS = range(-8, 9)


# Two figures of a year are seldom of one further ahead.
AHEAD_YEARS = 20


EXACT_UNITS = {"day", "weekend", "night"}


PRECISIONS = tuple(Precision)


LEAP_DAY = (2, 29)


# News give the year of a day so far away; where the other one is near, that is meant, whatever the tense.
FAR = dt.timedelta(days=270)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """From where a time is looked at.

    Attributes:
        today: The midnight at which the day of publication begins; None where it is not known to the day.
        now: The moment of publication, where that is known to the minute.
        previous: The time that the text named before, with its words; None where none is near.
        tense: ``past`` or ``future``; None where the words around do not tell.
        is_day_first: Whether the text itself proves one order of day and month in figures; None where it does not.
        is_strict: Whether the tense decides however far away that leads: at the other end of a stretch it must.
        why_not: Why `today` is None, for a person.
        anchor: The nearest full date of the text, with its words; None where it has none or none is needed.
    """

    today: dt.datetime | None
    now: dt.datetime | None = None
    previous: tuple[Stretch, str] | None = None
    tense: str | None = None
    is_day_first: bool | None = None
    is_strict: bool = False
    why_not: str = "the publication date is not known"
    anchor: tuple[Stretch, str] | None = None

    def need_today(self) -> dt.datetime:
        """Return the day of publication.

        Raises:
            Unplaceable: It is not known.
        """
        if self.today is None:
            raise Unplaceable(self.why_not)
        return self.today


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A value with its place: the stretch, how it was found, and why."""

    stretch: Stretch
    basis: TimeBasis
    why: str
    is_approximate: bool = False

    @property
    def first(self) -> dt.datetime:
        """The first moment of a stretch that is not open.

        Raises:
            Unplaceable: It is open to the past.
        """
        if self.stretch.first is None:
            message = "it has no beginning"
            raise Unplaceable(message)
        return self.stretch.first

    @property
    def end(self) -> dt.datetime:
        """The end of a stretch that is not open.

        Raises:
            Unplaceable: It is open to the future.
        """
        if self.stretch.end is None:
            message = "it has no end"
            raise Unplaceable(message)
        return self.stretch.end


class Value(Protocol):
    """What the words of a time mean."""

    def place(self, scene: Scene) -> Placed:
        """Return its place."""
        ...  # pragma: no cover


def choose_near(scene: Scene, pick: Callable[[int], Stretch], what: str, *, is_leap: bool = False) -> Placed:
    """Return the one of a yearly time that is meant where its year is not stated.

    Raises:
        Unplaceable: The publication date is not known, or no year near has such a day.
    """
    today = scene.need_today()
    found: list[Stretch] = []
    for years in (NEXT_YEARS, *((LEAP_YEARS,) if is_leap else ())):
        for offset in years if not found else ():
            with suppress(Unplaceable):
                found.append(pick(today.year + offset))
    tomorrow = shift(today, 1, "day")
    before = [one for one in found if one.first and one.first < tomorrow]
    behind = [one for one in found if one.end and one.end > today]
    if not found:
        message = f"no year near has {what}"
        raise Impossible(message)
    past, ahead = (before or found)[-1], (behind or found)[0]
    gap_past, gap_ahead = today - (past.end or today), (ahead.first or today) - today
    chosen, how = (past if gap_past <= gap_ahead else ahead), "the one nearest to publication"
    if scene.tense == "past" and past is not chosen and (gap_past < FAR or scene.is_strict):
        chosen, how = past, "the last one up to publication, as the sentence speaks of the past"
    elif scene.tense == "future" and ahead is not chosen and (gap_ahead < FAR or scene.is_strict):
        chosen, how = ahead, "the next one from publication on, as the sentence speaks of what is to come"
    return Placed(stretch=chosen, basis=TimeBasis.COMPLETED, why=f"year not stated: {how}, {today.date().isoformat()}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """A time by its parts on the calendar: a year, a month, a day, a season, a quarter, a holiday.

    Attributes:
        year: None where it is not stated.
        month: 1 to 12.
        day: 1 to 31.
        weekday: The name of the day that stands beside the date, Monday 0; it is checked.
        season: A key of `SEASONS`.
        part: ``quarter`` or ``half`` with its number.
        holiday: A rule as `find_holiday` reads it.
        note: What a person should know of how the figures were read.
        is_unsure: Whether the figures can be read otherwise.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    season: str | None = None
    part: tuple[str, int] | None = None
    holiday: str | None = None
    note: str = ""
    is_unsure: bool = False

    def pick(self, year: int) -> Stretch:
        """Return the stretch in a year.

        Raises:
            Unplaceable: There is no such day.
        """
        if self.holiday:
            return take_day(find_holiday(self.holiday, year))
        if self.season:
            return take_season(self.season, year)
        if self.part:
            unit, number = self.part
            return take_unit(make_moment(year), unit, number - 1)
        if self.month is None:
            return take_unit(make_moment(year), "year")
        if self.day is None:
            return take_unit(make_moment(year, self.month), "month")
        day = make_moment(year, self.month, self.day)
        if self.year is None and self.weekday is not None and day.weekday() != self.weekday:
            message = f"it is no {DAY_NAMES[self.weekday]}"
            raise Unplaceable(message)
        return take_day(day)

    def place(self, scene: Scene) -> Placed:
        """Return its place; without a year the one that tense and publication point to."""
        if self.year is not None:
            stretch = self.pick(self.year)
            first, wanted, why = stretch.first, self.weekday, self.note or "stated in full"
            if wanted is not None and first is not None and first.weekday() != wanted:
                why = f"{why}; but that day is a {DAY_NAMES[first.weekday()]}, not a {DAY_NAMES[wanted]}"
            basis = TimeBasis.COMPLETED if self.note else TimeBasis.STATED
            return Placed(stretch=stretch, basis=basis, why=why, is_approximate=self.is_unsure)
        what = f"day {self.day} in {MONTH_NAMES[self.month - 1]}" if self.month and self.day else "it"
        is_leap = (self.month, self.day) == LEAP_DAY and self.weekday is None
        try:
            placed = choose_near(scene, self.pick, what, is_leap=is_leap)
        except Unplaceable:
            if self.weekday is None:
                raise
            placed = choose_near(scene, replace(self, weekday=None).pick, what)
            placed = replace(placed, why=f"{placed.why}; no year near has it on a {DAY_NAMES[self.weekday]}")
        why = f"{placed.why}; {self.note}" if self.note else placed.why
        return replace(placed, why=why, is_approximate=self.is_unsure)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decade:
    """A decade or a century, by its first year; `is_short` where the century of it is not stated ("the '90s")."""

    first_year: int
    years: int
    is_short: bool = False

    def place(self, scene: Scene) -> Placed:
        """Return its place."""
        year, why, basis = self.first_year, "stated in full", TimeBasis.STATED
        if self.is_short:
            until = scene.need_today().year
            year += 100 * ((until - year) // 100)
            why, basis = f"century not stated: the last such decade up to {until}", TimeBasis.COMPLETED
        first = make_moment(year)
        precision = Precision.DECADE if self.years < 100 else Precision.CENTURY  # noqa: PLR2004
        return Placed(stretch=Stretch(first, shift(first, self.years, "year"), precision), basis=basis, why=why)


def widen(moment: dt.datetime, unit: str) -> Stretch:
    """Return the calendar unit around a moment: "two years ago" states no day, and none is made up."""
    return take_unit(moment, "day" if unit == "night" or unit.startswith("weekday") else unit)


def year_from_two(figures: int, today: dt.datetime | None) -> int:
    """Return the year that two figures mean: the last one up to soon after publication, else between 1970 and 2069."""
    if today is None:
        return figures + (1900 if figures >= 70 else 2000)  # noqa: PLR2004
    base = today.year - today.year % 100 + figures
    return max(year for year in (base - 100, base, base + 100) if year <= today.year + AHEAD_YEARS)


def coarser(one: Precision, other: Precision) -> Precision:
    """Return the coarser of two precisions."""
    return min(one, other, key=PRECISIONS.index)


def finer(one: Precision, other: Precision) -> Precision:
    """Return the finer of two precisions."""
    return max(one, other, key=PRECISIONS.index)


def weaker(one: TimeBasis, other: TimeBasis) -> TimeBasis:
    """Return the one of two bases that rests on more."""
    return max(one, other, key=BASES.index)


def is_year(year: int) -> bool:
    """Return whether news speak of this year."""
    return FIRST_YEAR <= year <= LAST_YEAR


def unit_precision(unit: str) -> Precision:
    """Return the precision of a time that is stated in a unit."""
    return UNIT_PRECISION["day" if unit.startswith("weekday") else unit]
