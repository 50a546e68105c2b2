"""Times that are told from the publication or within another: weekdays, last and next units, parts of a unit."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from dataclasses import dataclass, replace

from sayso.extract.dating.almanac import (
    FINE_UNITS,
    SATURDAY,
    Stretch,
    Unplaceable,
    cut_part,
    find_nth_weekday,
    find_weekday,
    make_moment,
    shift,
    take_day,
    take_unit,
)
from sayso.extract.dating.values import DAY_NAMES, Calendar, Placed, Scene, Value
from sayso.records import TimeBasis

NEAR_MONTHS = range(-2, 3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Weekday:
    """A day by its name alone.

    Attributes:
        weekday: Monday 0.
        shift: -1, 0 or 1 for last, this and next week; None where no word says so.
        is_past: "This past Tuesday".
        is_coming: "The coming Tuesday".
    """

    weekday: int
    shift: int | None = None
    is_past: bool = False
    is_coming: bool = False

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
        elif self.is_coming:
            day = find_weekday(shift(today, 1, "day"), self.weekday, is_later=True)
            why = f"the first {name} after {published}"
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
        is_week = self.unit == "week" and stretch.end is not None and stretch.end > first
        if stretch.first is None or not (first <= stretch.first or is_week) or stretch.first >= whole.end:
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
            return take_unit(last, unit, nth if spills else nth + 1)
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
        return replace(
            whole, stretch=stretch, is_approximate=True, why=f"the {self.part} part by convention; {whole.why}"
        )


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
class DayBefore:
    """A day by its figure in the month before that of another: the first end of "from the 27th to the 3rd of April"."""

    day: int
    last: Value

    def place(self, scene: Scene) -> Placed:
        """Return its place."""
        last = self.last.place(scene)
        month = shift(last.first.replace(day=1), -1, "month")
        return replace(last, stretch=take_day(make_moment(month.year, month.month, self.day)))


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsaid:
    """A value of which the text does not say what it takes to place it."""

    reason: str

    def place(self, scene: Scene) -> Placed:
        """Raise the reason.

        Raises:
            Unplaceable: Always.
        """
        del scene
        raise Unplaceable(self.reason)
