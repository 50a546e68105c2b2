"""Times that are counted from others, times of day, and stretches between times, as values to be placed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from sayso.extract.dating.almanac import (
    DAYPARTS,
    Impossible,
    Stretch,
    Unplaceable,
    find_weekday,
    shift,
    take_day,
    take_unit,
)
from sayso.extract.dating.relative import Part, Unit, Weekday
from sayso.extract.dating.values import (
    PRECISIONS,
    Placed,
    Scene,
    Value,
    finer,
    unit_precision,
    weaker,
)
from sayso.records import Precision, TimeBasis


def need_previous(scene: Scene) -> tuple[Stretch, str]:
    """Return the time that the text named before, with its words.

    Raises:
        Unplaceable: None stands near.
    """
    if scene.previous is None:
        message = "it is counted from another time of the text, and none stands near before it"
        raise Unplaceable(message)
    return scene.previous


@dataclass(frozen=True, slots=True, kw_only=True)
class AnchoredUnit:
    """The unit that holds the time named before ("that day"), or the one after ("the next day") or before it."""

    unit: str
    offset: int
    may_be_ahead: bool = False

    def place(self, scene: Scene) -> Placed:
        """Return its place; "the next year" with no time before it is that after the publication's."""
        if scene.previous is None and self.may_be_ahead:
            return Unit(unit=self.unit, offset=self.offset).place(scene)
        stretch, words = need_previous(scene)
        wanted = unit_precision(self.unit)
        if stretch.first is None or PRECISIONS.index(stretch.precision) < PRECISIONS.index(wanted):
            message = f"it is counted from the time before it, and “{words}” names no {self.unit}"
            raise Unplaceable(message)
        side = ("before", "of", "after")[(self.offset > 0) - (self.offset < 0) + 1]
        found = take_unit(stretch.first, self.unit, self.offset)
        return Placed(stretch=found, basis=TimeBasis.ANCHORED, why=f"the {self.unit} {side} “{words}”")


@dataclass(frozen=True, slots=True, kw_only=True)
class AnchoredDay:
    """The weekday that follows the time named before, or comes before it: "the following Monday"."""

    weekday: int
    sign: int

    def place(self, scene: Scene) -> Placed:
        """Return its place; the day of that time itself is not meant."""
        stretch, words = need_previous(scene)
        if stretch.first is None or PRECISIONS.index(stretch.precision) < PRECISIONS.index(Precision.DAY):
            message = f"it is counted from the time before it, and “{words}” names no day"
            raise Unplaceable(message)
        day = find_weekday(shift(stretch.first, self.sign, "day"), self.weekday, is_later=self.sign > 0)
        side = "after" if self.sign > 0 else "before"
        return Placed(stretch=take_day(day), basis=TimeBasis.ANCHORED, why=f"the nearest such day {side} “{words}”")


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """A time of day, on a day where one is stated.

    Attributes:
        hour: 0 to 24.
        minute: None where only the hour is stated.
        second: None where it is not stated.
        day: None where it is not stated.
        note: What a person should know of how it was read.
        is_unsure: Whether it can be read otherwise.
    """

    hour: int
    minute: int | None = None
    second: int | None = None
    day: Value | None = None
    note: str = ""
    is_unsure: bool = False

    def place(self, scene: Scene) -> Placed:
        """Return its place; without a day that of the time named just before."""
        day = self._find_day(scene) if self.day is None else self.day.place(scene)
        start = day.first + dt.timedelta(hours=self.hour, minutes=self.minute or 0)
        if self.minute is None:
            end, precision = start + dt.timedelta(hours=1), Precision.HOUR
        else:
            end, precision = start + dt.timedelta(minutes=1), Precision.MINUTE
        why = f"{day.why}; {self.note}" if self.note else day.why
        is_unsure = day.is_approximate or self.is_unsure
        return replace(day, stretch=Stretch(start, end, precision), why=why, is_approximate=is_unsure)

    @staticmethod
    def _find_day(scene: Scene) -> Placed:
        """Return the day of the time named before.

        Raises:
            Unplaceable: None stands near, or it is not within one day.
        """
        stretch, words = scene.previous or (None, "")
        if stretch is not None and stretch.first is not None and stretch.end is not None:
            day = take_day(stretch.first)
            is_day = PRECISIONS.index(stretch.precision) >= PRECISIONS.index(Precision.DAY)
            if is_day and day.end is not None and stretch.end <= day.end:
                return Placed(stretch=day, basis=TimeBasis.ANCHORED, why=f"the day is that of “{words}”")
        message = "a time of day, and no day is stated with it"
        raise Unplaceable(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Daypart:
    """The morning, afternoon, evening or night of a day."""

    day: Value
    part: str

    def place(self, scene: Scene) -> Placed:
        """Return its place."""
        day = self.day.place(scene)
        first, end = (day.first + dt.timedelta(hours=hour) for hour in DAYPARTS[self.part])
        why = f"{day.why}; {self.part} by convention"
        return replace(day, stretch=Stretch(first, end, Precision.DAYPART), why=why)


def look_from(value: Value, scene: Scene, moment: dt.datetime, tense: str) -> Placed:
    """Return the place of a value as seen from another moment than the publication."""
    placed = value.place(replace(scene, today=moment.replace(hour=0, minute=0, second=0), tense=tense, is_strict=True))
    return replace(placed, why="the one beside the other end of the stretch")


def _day_of(value: Value) -> Value | None:
    """Return the day that a time of day names; of another value, itself."""
    return value.day if isinstance(value, Clock | Daypart) else value


def _is_loose(value: Value) -> bool:
    """Return whether a value states neither a year nor a week, so that the other end of its range decides."""
    if isinstance(value, Part):
        return _is_loose(value.whole)
    if isinstance(value, Weekday):
        return value.shift is None
    if isinstance(value, Clock | Daypart):
        return isinstance(value.day, Weekday) and _is_loose(value.day)
    return getattr(value, "year", "stated") is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """From one time to another, both included."""

    first: Value
    last: Value

    def place(self, scene: Scene) -> Placed:
        """Return its place.

        Raises:
            Unplaceable: An end has none, or it ends before it begins as its weekdays were placed.
            Impossible: It ends before it begins as stated.
        """
        first, last = self._ends(scene)
        if first.first >= last.end:
            message = "it ends before it begins"
            is_material = first.basis is not TimeBasis.RELATIVE and last.basis is not TimeBasis.RELATIVE
            raise (Impossible if is_material else Unplaceable)(message)
        precision = finer(first.stretch.precision, last.stretch.precision)
        why = first.why if first.why == last.why else f"from: {first.why}; to: {last.why}"
        return Placed(
            stretch=Stretch(first.first, last.end, precision),
            basis=weaker(first.basis, last.basis),
            why=why,
            is_approximate=first.is_approximate or last.is_approximate,
        )

    def _ends(self, scene: Scene) -> tuple[Placed, Placed]:
        """Return both ends; one that leaves its year or week open is sought beside the other."""
        if isinstance(self.first, Clock) and isinstance(self.last, Clock) and self.first.day == self.last.day:
            return self.first.place(scene), self.last.place(scene)
        if _is_loose(self.first) and not _is_loose(self.last):
            last = self.last.place(scene)
            first = look_from(self.first, scene, shift(last.end, -1, "day"), "past")
            return (first if last.basis is not TimeBasis.STATED else self._of_last(first)), last
        if _is_loose(self.last) and not _is_loose(self.first):
            first = self.first.place(scene)
            return first, look_from(self.last, scene, first.first, "future")
        # "A warning from 6pm on Thursday", on a Thursday: it begins today, whatever the tense.
        is_today = isinstance(self.first, Clock) and take_day(self.first.place(scene).first).first == scene.today
        is_ahead = is_today or (scene.tense == "future" and isinstance(_day_of(self.first), Weekday))
        if _is_loose(self.first) and not is_ahead:
            last = self.last.place(scene)
            return look_from(self.first, scene, shift(last.end, -1, "day"), "past"), last
        first = self.first.place(scene)
        return first, look_from(self.last, scene, first.first, "future") if _is_loose(self.last) else self.last.place(
            scene
        )

    @staticmethod
    def _of_last(first: Placed) -> Placed:
        """Return a first end whose year is that of the last."""
        return replace(first, basis=TimeBasis.STATED, why="its year is that of the other end")


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenStretch:
    """A stretch with one end: since, until, before or after a time."""

    edge: Value
    way: str

    def place(self, scene: Scene) -> Placed:
        """Return its place; "since" looks back, and "until" ahead where the tense does not tell."""
        look = replace(scene, tense="past", is_strict=True) if self.way == "since" else scene
        if self.way == "until" and scene.tense is None:
            look = replace(scene, tense="future")
        edge = self._place_edge(look)
        precision, part = edge.stretch.precision, self.edge.part if isinstance(self.edge, Part) else ""
        stretch = {
            "since": lambda: Stretch(edge.first, None, precision),
            "until": lambda: Stretch(None, edge.end, precision),
            "by": lambda: Stretch(None, edge.end, precision),
            # Before the end of a month is before the month is over, and not before its last days.
            "before": lambda: Stretch(None, edge.end if part == "late" else edge.first, precision),
            "after": lambda: Stretch(edge.first if part == "early" else edge.end, None, precision),
        }[self.way]()
        return replace(edge, stretch=stretch, why=f"open, “{self.way}”; {edge.why}")

    def _place_edge(self, look: Scene) -> Placed:
        """Return the place of the edge; an hour is the moment at which it strikes."""
        if isinstance(self.edge, Clock) and self.edge.minute is None:
            placed = replace(self.edge, minute=0).place(look)
            return replace(placed, stretch=replace(placed.stretch, precision=Precision.HOUR))
        return self.edge.place(look)
