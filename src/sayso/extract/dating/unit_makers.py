"""What the forms of calendar units, windows and times of day mean."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sayso.extract.dating.lengths import Window
from sayso.extract.dating.relative import (
    Inside,
    Part,
    Unit,
    Weekend,
)
from sayso.extract.dating.spans import (
    AnchoredUnit,
    Clock,
    Daypart,
    Range,
)
from sayso.extract.dating.values import Calendar

if TYPE_CHECKING:
    from sayso.extract.dating.making import Match
from sayso.extract.dating.making import Made, make, shift_of

MAX_COUNT = 9999
NOON = 12
DAY_HOURS = 24


def make_clock_day(match: Match) -> Made:
    """Return a time of day with its day."""
    return make("time", replace(match.worth("clocktime"), day=match.worth("day")))


def make_clock_range(match: Match) -> Made | None:
    """Return "from 3 to 5 p.m. on Tuesday"; the first hour is of the half of the day that the last leads it to."""
    last, day, first = match.worth("last"), match.worth("day"), match.worth("first")
    if first is None:
        hour = match.worth("hour")
        first = Clock(hour=hour + NOON if hour < NOON <= last.hour and hour + NOON <= last.hour else hour)
    value = Range(first=replace(first, day=day), last=replace(last, day=day, minute=last.minute or 0))
    return make("done", value)


def make_clock_period(match: Match) -> Made:
    """Return "6 o'clock this morning", "3:00 this afternoon"."""
    clock, period = match.worth("clocktime"), match.worth("day")
    if period.part not in {"morning", "noon"} and clock.hour < NOON:
        clock = replace(clock, hour=clock.hour + NOON, note="")
    elif period.part == "morning":
        clock = replace(clock, note="")
    return make("done", replace(clock, day=period.day))


def make_clock_night(match: Match) -> Made:
    """Return "at 9 p.m. tonight"."""
    clock, night = match.worth("clocktime"), match.worth("day")
    if clock.is_unsure:
        # "Midnight tonight" is the one at which the day ends.
        clock = replace(clock, hour=DAY_HOURS, note="", is_unsure=False)
    return make("done", replace(clock, day=night.day))


def make_daypart(match: Match) -> Made:
    """Return "Tuesday evening"."""
    part = match.worth("part", "early") or match.worth("part", "late")
    value = Daypart(day=match.worth("day"), part=match.worth("period_of_day"))
    return make("done", Part(whole=value, part=part) if part in {"early", "late"} else value)


def make_early_day(match: Match) -> Made:
    """Return "late Tuesday": the evening or the morning by convention."""
    part = "morning" if match.items["part"].worth("early") == "early" else "evening"
    return make("done", Part(whole=Daypart(day=match.worth("day"), part=part), part="mid"))


def make_this_period(match: Match) -> Made:
    """Return "this morning"."""
    return make("thisperiod", Daypart(day=Unit(unit="day", offset=0), part=match.worth("period_of_day")))


def make_this_coming(match: Match) -> Made:
    """Return "this coming weekend": this one, where it is a weekend, else the next."""
    unit = match.worth("unit")
    return make("unit", Unit(unit=unit, offset=0 if unit == "weekend" else 1))


def make_last_night(match: Match) -> Made | None:
    """Return "last night"."""
    if match.worth("night", "period_of_day") != "night":
        return None
    return make("nighttime", Daypart(day=Unit(unit="day", offset=-1), part="night"))


def make_unit(match: Match) -> Made:
    """Return "last week"."""
    unit, shift_by = match.worth("unit"), shift_of(match, "shift")
    return make("unit", Unit(unit=unit, offset=shift_by))


def make_in_the_unit(match: Match) -> Made:
    """Return "of the year", which is a time only behind a word such as "later"."""
    return make("in_unit", Unit(unit=match.worth("unit"), offset=0))


def make_unit_edge(match: Match) -> Made:
    """Return "year-end", "month's end" behind a word that leads it in."""
    return make("time", Part(whole=Unit(unit=match.worth("unit"), offset=0), part=match.items["part"].value))


def make_after_next(match: Match) -> Made:
    """Return "the week after next"."""
    return make("unit", Unit(unit=match.worth("unit"), offset=2))


def make_before_last(match: Match) -> Made:
    """Return "the week before last"."""
    return make("unit", Unit(unit=match.worth("unit"), offset=-2))


def make_weekend(match: Match) -> Made | None:
    """Return "over the weekend": the last one, as news look back."""
    if match.worth("unit", "oneunit") != "weekend":
        return None
    return make("unit", Weekend())


def make_week_number(match: Match) -> Made | None:
    """Return "week 31 of 2018"."""
    year = match.worth("year")
    if match.worth("unit") != "week":
        return None
    whole = year if not isinstance(year, int) else Calendar(year=year)
    return make("time", Inside(whole=whole, nth=match.worth("number"), unit="week"))


def make_anchored_unit(match: Match) -> Made:
    """Return "the next day", "that year"."""
    way, unit = match.items["way"].value, match.worth("unit")
    offset = shift_of(match, "way")
    return make("anchored", AnchoredUnit(unit=unit, offset=offset, may_be_ahead=way == "next" and unit != "day"))


def make_anchored_period(match: Match) -> Made:
    """Return "that night", "the next morning"."""
    offset = shift_of(match, "way")
    return make("done", Daypart(day=AnchoredUnit(unit="day", offset=offset), part=match.worth("period_of_day")))


def make_window(match: Match) -> Made | None:
    """Return "the past decade", "the next three years"."""
    number = match.worth("number")
    if number is not None and not isinstance(number, tuple):
        is_plural = match.text[match.end - 1] in {"s", "S"}
        if not 0 < number <= MAX_COUNT or (number > 1 and not is_plural):
            return None
    if number is None and match.worth("unit") == "weekend":
        return make("unit", Weekend()) if match.items["way"].value in {"past", "last"} else None
    least, most = number if isinstance(number, tuple) else (number or 1, number or 1)
    sign = 1 if shift_of(match, "way") > 0 else -1
    start = match.items["way"].start if number is None else None
    return make("window", Window(lengths=((least, most, match.worth("unit")),), sign=sign), start)
