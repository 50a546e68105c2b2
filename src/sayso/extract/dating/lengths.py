"""Times that are so long: before or after another, up to one or from it, and what is more or less than that."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sayso.extract.dating.almanac import FINE_UNITS, Stretch, Unplaceable, find_weekday, shift, take_day, take_unit
from sayso.extract.dating.relative import Unit
from sayso.extract.dating.spans import need_previous
from sayso.extract.dating.values import EXACT_UNITS, PRECISIONS, Placed, Scene, Value, unit_precision, weaker, widen
from sayso.records import Precision, TimeBasis

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

DAY_HOURS = 24
Length = tuple[float, float, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Distance:
    """A time that lies so long before or after another: "two weeks ago", "three days later".

    Attributes:
        lengths: Least count, greatest count and unit, the largest unit first: "2 years and 1 month".
        sign: -1 before, 1 after.
        base: From where it is counted; None for the publication.
        is_anchored: Whether it is counted from the time that the text named before.
        is_approximate: Whether the text says so.
    """

    lengths: Sequence[Length]
    sign: int
    base: Value | None = None
    is_anchored: bool = False
    is_approximate: bool = False

    def place(self, scene: Scene) -> Placed:
        """Return its place: as fine as the smallest unit stated, and no finer."""
        start, basis, said = self._start(scene)
        unit = self.lengths[-1][2]
        low = high = start
        for least, most, one in self.lengths:
            low, high = shift(low, self.sign * least, one), shift(high, self.sign * most, one)
        low, high = min(low, high), max(low, high)
        # "Two weeks from today" is a day; "two weeks ago" need not be.
        unit = "day" if self._is_from_day(scene) and unit not in FINE_UNITS else unit
        first, last = widen(low, unit), widen(high, unit)
        side = "before" if self.sign < 0 else "after"
        is_vague = self.is_approximate or unit not in EXACT_UNITS or low != high
        return Placed(
            stretch=Stretch(first.first, last.end, unit_precision(unit)),
            basis=basis,
            why=f"counted: so long {side} {said}",
            is_approximate=is_vague and unit not in FINE_UNITS,
        )

    def _is_from_day(self, scene: Scene) -> bool:
        """Return whether it is counted from a day that stands beside it, and not from a month or a year."""
        if self.base is None:
            return False
        return PRECISIONS.index(self.base.place(scene).stretch.precision) >= PRECISIONS.index(Precision.DAY)

    def _start(self, scene: Scene) -> tuple[dt.datetime, TimeBasis, str]:
        """Return from where it is counted, what that makes of it, and the words for it.

        Raises:
            Unplaceable: That is not known, or not as finely as it is counted.
        """
        if self.base is not None:
            base = self.base.place(scene)
            return base.first, weaker(base.basis, TimeBasis.RELATIVE), "the time named beside it"
        if self.is_anchored:
            stretch, words = need_previous(scene)
            if stretch.first is None:
                message = f"the time before it, “{words}”, has no beginning"
                raise Unplaceable(message)
            finest = max((unit_precision(unit) for _, _, unit in self.lengths), key=PRECISIONS.index)
            # "Two hours earlier" behind "on Monday" is at no hour of Sunday.
            needed = min(finest, Precision.HOUR, key=PRECISIONS.index)
            if PRECISIONS.index(stretch.precision) < PRECISIONS.index(needed):
                message = f"it is counted from the time before it, and “{words}” names no {needed.value}"
                raise Unplaceable(message)
            return stretch.first, TimeBasis.ANCHORED, f"“{words}”"
        if any(unit in FINE_UNITS for _, _, unit in self.lengths):
            if scene.now is None:
                message = "the hour of publication is not known"
                raise Unplaceable(message)
            return scene.now, TimeBasis.RELATIVE, f"publication, {scene.now.isoformat(timespec='minutes')}"
        today = scene.need_today()
        return today, TimeBasis.RELATIVE, f"publication, {today.date().isoformat()}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """So long up to the publication or from it: "the past decade", "the next three years", "within two weeks"."""

    lengths: Sequence[Length]
    sign: int
    holds_today: bool = False

    def place(self, scene: Scene) -> Placed:
        """Return its place; the past runs to the day of publication, what is to come begins on the day after."""
        if len(self.lengths) > 1:
            return self._place_many(scene)
        least, most, unit = self.lengths[0]
        is_by_days = unit == "hour" and scene.now is None and most >= DAY_HOURS
        if is_by_days:
            least, most, unit = least / DAY_HOURS, math.ceil(most / DAY_HOURS), "day"
        if unit in FINE_UNITS:
            if scene.now is None:
                message = "the hour of publication is not known"
                raise Unplaceable(message)
            ends = sorted((scene.now, shift(scene.now, self.sign * most, unit)))
            stretch = Stretch(ends[0], ends[1], Precision.MINUTE)
        else:
            today = scene.need_today()
            tomorrow = shift(today, 1, "day")
            if unit == "quarter":
                # A quarter is one of the calendar's, and so are several.
                near, far = sorted((self.sign, self.sign * round(most)))
                nearest, farthest = take_unit(today, unit, near), take_unit(today, unit, far)
                stretch = Stretch(nearest.first, farthest.end, Precision.QUARTER)
            elif self.sign < 0:
                stretch = Stretch(shift(today, -most, unit), tomorrow, unit_precision(unit))
            else:
                first = today if self.holds_today else tomorrow
                end = shift(tomorrow if self.holds_today else first, most, unit)
                stretch = Stretch(first, end, unit_precision(unit))
        side = "up to" if self.sign < 0 else "from"
        at = scene.need_today().date().isoformat()
        return Placed(
            stretch=stretch,
            basis=TimeBasis.RELATIVE,
            why=f"so long {side} publication, {at}",
            is_approximate=is_by_days or least != most,
        )

    def _place_many(self, scene: Scene) -> Placed:
        """Return the place of a length in several units, "within a year and six months"."""
        units = [unit for _, _, unit in self.lengths]
        is_fine = any(unit in FINE_UNITS for unit in units)
        if is_fine and scene.now is None:
            message = "the hour of publication is not known"
            raise Unplaceable(message)
        today = scene.need_today()
        start = scene.now if is_fine and scene.now is not None else today
        moved = start
        for _, most, unit in self.lengths:
            moved = shift(moved, self.sign * most, unit)
        first, end = min(start, moved), max(start, moved)
        if not is_fine:
            end = shift(end, 1, "day")
        side = "up to" if self.sign < 0 else "from"
        precision = Precision.MINUTE if is_fine else unit_precision(units[-1])
        why = f"so long {side} publication, {today.date().isoformat()}"
        return Placed(stretch=Stretch(first, end, precision), basis=TimeBasis.RELATIVE, why=why)


@dataclass(frozen=True, slots=True, kw_only=True)
class WithinAhead:
    """So long from the publication on, "within two weeks", where the sentence does not speak of what is over."""

    window: Window

    def place(self, scene: Scene) -> Placed:
        """Return its place.

        Raises:
            Unplaceable: The sentence is in the past: "it was broken within three days" counts from something else.
        """
        if scene.tense == "past":
            message = "from when it is counted is not stated, and what the sentence tells is over"
            raise Unplaceable(message)
        return self.window.place(scene)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lasting:
    """So long from a stated day on, that day included."""

    length: Length
    base: Value

    def place(self, scene: Scene) -> Placed:
        """Return its place."""
        base, (least, most, unit) = self.base.place(scene), self.length
        stretch = Stretch(base.first, shift(base.first, most, unit), base.stretch.precision)
        return replace(base, stretch=stretch, is_approximate=least != most, why=f"so long from there on; {base.why}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """So long up to a stated day, that day included: "the three months ended June 30"."""

    lengths: Sequence[Length]
    base: Value

    def place(self, scene: Scene) -> Placed:
        """Return its place."""
        base = self.base.place(scene)
        first = base.end
        for _, most, unit in self.lengths:
            first = shift(first, -most, unit)
        return replace(
            base, stretch=Stretch(first, base.end, base.stretch.precision), why=f"so long up to then; {base.why}"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounded:
    """More or less than so long before or after a stated day: open beyond it, or between the two."""

    distance: Distance
    is_more: bool

    def place(self, scene: Scene) -> Placed:
        """Return its place."""
        far = self.distance.place(scene)
        is_before = self.distance.sign < 0
        if self.is_more:
            stretch = (
                Stretch(None, far.first, far.stretch.precision)
                if is_before
                else Stretch(far.end, None, far.stretch.precision)
            )
            return replace(far, stretch=stretch, why=f"open, “more than”; {far.why}")
        near = self.distance.base.place(scene) if self.distance.base is not None else far
        first, end = (far.first, near.end) if is_before else (near.first, far.end)
        return replace(far, stretch=Stretch(first, end, far.stretch.precision), why=f"less than that; {far.why}")


@dataclass(frozen=True, slots=True, kw_only=True)
class BesideDay:
    """The nearest such weekday before or after a day: "the Friday before Christmas"."""

    base: Value
    weekday: int
    sign: int

    def place(self, scene: Scene) -> Placed:
        """Return its place; the day itself is not meant."""
        base = self.base.place(scene)
        day = find_weekday(shift(base.first, self.sign, "day"), self.weekday, is_later=self.sign > 0)
        side = "before" if self.sign < 0 else "after"
        return replace(base, stretch=take_day(day), why=f"the nearest such day {side} the one beside it; {base.why}")


@dataclass(frozen=True, slots=True, kw_only=True)
class BesideUnit:
    """The day, week or month before or after a day: as long as said, up to it or from it; a weekend is the nearest."""

    base: Value
    unit: str
    sign: int

    def place(self, scene: Scene) -> Placed:
        """Return its place."""
        base = self.base.place(scene)
        if self.unit == "weekend":
            stretch = take_unit(base.first, "weekend", -1 if self.sign < 0 else 0)
        elif self.sign < 0:
            stretch = Stretch(shift(base.first, -1, self.unit), base.first, unit_precision(self.unit))
        else:
            stretch = Stretch(base.end, shift(base.end, 1, self.unit), unit_precision(self.unit))
        side = "before" if self.sign < 0 else "after"
        is_about = self.unit not in EXACT_UNITS
        return replace(
            base, stretch=stretch, why=f"the {self.unit} {side} that day; {base.why}", is_approximate=is_about
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class BeforeUnit:
    """The unit so long before that of the publication: "a year ago this week"."""

    distance: Distance
    unit: str

    def place(self, scene: Scene) -> Placed:
        """Return its place."""
        today = scene.need_today()
        placed = replace(self.distance, base=Unit(unit="day", offset=0)).place(scene)
        stretch = take_unit(placed.first, self.unit)
        why = f"the {self.unit} so long before publication, {today.date().isoformat()}"
        return replace(placed, stretch=stretch, why=why)
