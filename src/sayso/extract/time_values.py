"""What a time's words mean, as values that are placed on the calendar once publication and tense are known.

Each value has ``place(scene) -> Placed``; one that has no place raises `Unplaceable` with the reason.
"""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from sayso.extract.almanac import (
    FINE_UNITS,
    FIRST_YEAR,
    LAST_YEAR,
    SATURDAY,
    UNIT_PRECISION,
    Impossible,
    Stretch,
    Unplaceable,
    cut_part,
    find_holiday,
    find_nth_weekday,
    find_weekday,
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
CENTURY_HALF = 50
EXACT_UNITS = {"day", "weekend", "night"}
PRECISIONS = tuple(Precision)
LEAP_DAY = (2, 29)
# News give the year of a day so far away; where the other one is near, that is meant, whatever the tense.
FAR = dt.timedelta(days=270)
NEAR_MONTHS = range(-2, 3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """From where a time is looked at.

    Attributes:
        today: The midnight at which the day of publication begins; None where it is not known to the day.
        now: The moment of publication, where that is known to the minute.
        previous: The time that the text named before, with its words; None where none is near.
        tense: ``past`` or ``future``; None where the words around do not tell.
        is_day_first: Whether the text itself proves one order of day and month in figures; None where it does not.
        why_not: Why `today` is None, for a person.
    """

    today: dt.datetime | None
    now: dt.datetime | None = None
    previous: tuple[Stretch, str] | None = None
    tense: str | None = None
    is_day_first: bool | None = None
    why_not: str = "the publication date is not known"

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


def show_day(moment: dt.datetime) -> str:
    """Return a day for a person: ``7 November 2024``."""
    return f"{moment.day} {MONTH_NAMES[moment.month - 1]} {moment.year}"


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
    if scene.tense == "past" and past is not chosen and gap_past < FAR:
        chosen, how = past, "the last one up to publication, as the sentence speaks of the past"
    elif scene.tense == "future" and ahead is not chosen and gap_ahead < FAR:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Weekday:
    """A day by its name alone, Monday 0; `shift` is -1, 0 or 1 for last, this and next week; `is_past` for "this past"."""

    weekday: int
    shift: int | None = None
    is_past: bool = False

    def place(self, scene: Scene) -> Placed:
        """Return its place: in news the last one up to publication, but where words or tense point ahead."""
        today, name = scene.need_today(), DAY_NAMES[self.weekday]
        published = f"publication, {DAY_NAMES[today.weekday()]} {today.date().isoformat()}"
        if self.shift is not None:
            week = take_unit(today, "week", self.shift)
            day = find_weekday(week.first or today, self.weekday, is_later=True)
            which = ("last", "this", "next")[self.shift + 1]
            why = f"“{which}”: the {name} of the week {('before', 'of', 'after')[self.shift + 1]} that of {published}"
        elif self.is_past:
            day = find_weekday(shift(today, -1, "day"), self.weekday, is_later=False)
            why = f"the last {name} before {published}"
        elif scene.tense == "future":
            day = find_weekday(today, self.weekday, is_later=True)
            why = f"the next {name} from {published}, on, as the sentence speaks of what is to come"
        else:
            day = find_weekday(today, self.weekday, is_later=False)
            why = f"the last {name} up to {published}"
        return Placed(stretch=take_day(day), basis=TimeBasis.RELATIVE, why=why)


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedDay:
    """A day of a month by its name and figure, "Thursday the 21st": the nearest month in which both hold."""

    weekday: int
    day: int

    def place(self, scene: Scene) -> Placed:
        """Return its place."""
        today = scene.need_today()
        found = []
        for offset in NEAR_MONTHS:
            month = shift(today.replace(day=1), offset, "month")
            with suppress(Unplaceable):
                day = make_moment(month.year, month.month, self.day)
                found += [day] if day.weekday() == self.weekday else []
        if not found:
            message = f"no month near has a {DAY_NAMES[self.weekday]} on day {self.day}"
            raise Unplaceable(message)
        day = min(found, key=lambda one: abs((one - today).days))
        why = f"month not stated: the nearest {DAY_NAMES[self.weekday]} that is a day {self.day}, from publication"
        return Placed(stretch=take_day(day), basis=TimeBasis.COMPLETED, why=f"{why}, {today.date().isoformat()}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A unit of the calendar counted from that of the publication: "last week" is the week, -1."""

    unit: str
    offset: int

    def place(self, scene: Scene) -> Placed:
        """Return its place."""
        if self.unit in FINE_UNITS and scene.now is None:
            message = "the hour of publication is not known"
            raise Unplaceable(message)
        today = scene.now if self.unit in FINE_UNITS and scene.now else scene.need_today()
        which = {0: "that", -1: "the one before that", 1: "the one after that"}.get(self.offset)
        which = which or f"{abs(self.offset)} {'before' if self.offset < 0 else 'after'} that"
        why = f"{self.unit}: {which} of publication, {today.date().isoformat()}"
        return Placed(stretch=take_unit(today, self.unit, self.offset), basis=TimeBasis.RELATIVE, why=why)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shifted:
    """A named time of another year or week than the nearest: "last March", "next summer", "this Easter"."""

    named: Calendar
    offset: int

    def place(self, scene: Scene) -> Placed:
        """Return its place."""
        today = scene.need_today()
        stretches = [self.named.pick(today.year + offset) for offset in range(-2, 3)]
        if self.offset < 0:
            chosen = [one for one in stretches if one.end and one.end <= today][-1]
            why = "“last”: the last one that was over at publication"
        elif self.offset > 0:
            chosen = next(one for one in stretches if one.first and one.first > today)
            why = "“next”: the first one that begins after publication"
        else:
            chosen, why = stretches[2], "“this”: that of the year of publication"
        return Placed(stretch=chosen, basis=TimeBasis.RELATIVE, why=f"{why}, {today.date().isoformat()}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Inside:
    """A named time within another: "Tuesday of next week", "the third quarter of last year", "the 20th of this month".

    Attributes:
        whole: Within what.
        weekday: Monday 0.
        day: Of a month.
        named: A month, season, quarter or holiday of the year.
        nth: Which one of several; -1 the last.
        unit: Of which unit the nth is meant; None for the weekday.
    """

    whole: Value
    weekday: int | None = None
    day: int | None = None
    named: Calendar | None = None
    nth: int | None = None
    unit: str | None = None

    def place(self, scene: Scene) -> Placed:
        """Return its place."""
        whole = self.whole.place(scene)
        first = whole.first
        if self.named is not None:
            stretch = self.named.pick(first.year)
        elif self.unit is not None and self.nth is not None:
            stretch = self._nth_unit(whole, self.unit, self.nth)
        elif self.nth is not None and self.weekday is not None:
            stretch = take_day(find_nth_weekday(whole.stretch, self.weekday, self.nth))
        elif self.weekday is not None:
            stretch = take_day(find_weekday(first, self.weekday, is_later=True))
        else:
            stretch = take_day(make_moment(first.year, first.month, self.day or 1))
        if stretch.first is None or not first <= stretch.first < whole.end:
            message = "it does not lie within what it is said to be part of"
            raise Unplaceable(message)
        return replace(whole, stretch=stretch, why=f"within it: {whole.why}")

    @staticmethod
    def _nth_unit(whole: Placed, unit: str, nth: int) -> Stretch:
        """Return the nth week (by its Thursday, as ISO 8601 counts), month, quarter or day of a stretch."""
        if nth < 0:
            last = shift(whole.end, -1, "day")
            found = take_unit(last, unit)
            spills = unit == "week" and (found.first or last) + dt.timedelta(days=3) >= whole.end
            return take_unit(last, unit, -1) if spills else found
        if unit == "week":
            thursday = find_weekday(whole.first, 3, is_later=True)
            return take_unit(thursday, "week", nth - 1)
        return take_unit(whole.first, unit, nth - 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The early, middle or late part of a time; by convention, and so approximate."""

    whole: Value
    part: str

    def place(self, scene: Scene) -> Placed:
        """Return its place."""
        whole = self.whole.place(scene)
        stretch = cut_part(whole.stretch, self.part)
        return replace(whole, stretch=stretch, is_approximate=True, why=f"the {self.part} part by convention; {whole.why}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ToNow:
    """What lies between a unit's beginning and the publication, or between that and the unit's end."""

    whole: Value
    is_before: bool

    def place(self, scene: Scene) -> Placed:
        """Return its place."""
        whole, today = self.whole.place(scene), scene.need_today()
        first, end = whole.first, whole.end
        if first <= today < end:
            # "Earlier this week" is before today; on the week's first day it can only be today.
            first, end = (first, max(today, shift(first, 1, "day"))) if self.is_before else (today, end)
        side = "up to" if self.is_before else "from"
        why = f"{side} publication, {today.date().isoformat()}"
        return Placed(
            stretch=Stretch(first, end, whole.stretch.precision), basis=TimeBasis.RELATIVE, why=why, is_approximate=True
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """The week or weekend of a day: "the week of November 7"."""

    day: Value
    unit: str

    def place(self, scene: Scene) -> Placed:
        """Return its place."""
        day = self.day.place(scene)
        stretch = take_unit(day.first, self.unit)
        if self.unit == "weekend" and day.first.weekday() == 0:
            stretch = take_unit(day.first, "weekend", -1)
        if self.unit == "weekend":
            # A holiday beside a weekend makes it longer.
            first, end = stretch.first or day.first, stretch.end or day.end
            stretch = replace(stretch, first=min(first, day.first), end=max(end, day.end))
        return replace(day, stretch=stretch, why=f"the {self.unit} of that day; {day.why}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Weekend:
    """The weekend without a word that says which: the last one, but where the tense points ahead."""

    def place(self, scene: Scene) -> Placed:
        """Return its place."""
        today = scene.need_today()
        is_ahead = scene.tense == "future" or today.weekday() >= SATURDAY
        why = f"the {'next' if is_ahead else 'last'} weekend from publication, {today.date().isoformat()}"
        stretch = take_unit(today, "weekend", 0 if is_ahead else -1)
        return Placed(stretch=stretch, basis=TimeBasis.RELATIVE, why=why)


@dataclass(frozen=True, slots=True, kw_only=True)
class OnlyAhead:
    """A value that is no time at all unless the sentence speaks of what is to come: "in two weeks"."""

    value: Value

    def place(self, scene: Scene) -> Placed:
        """Return its place."""
        return self.value.place(scene)


def widen(moment: dt.datetime, unit: str) -> Stretch:
    """Return the calendar unit around a moment: "two years ago" states no day, and none is made up."""
    return take_unit(moment, "day" if unit in {"night"} else unit)


def year_from_two(figures: int, today: dt.datetime | None) -> int:
    """Return the year that two figures mean: the one nearest to publication, else between 1970 and 2069."""
    if today is None:
        return figures + (1900 if figures >= 70 else 2000)  # noqa: PLR2004
    base = today.year - today.year % 100 + figures
    return min((base - 100, base, base + 100), key=lambda year: abs(year - today.year))


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
    return UNIT_PRECISION[unit]
