"""What the forms of times of day mean, alone and with their day."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sayso.extract.dating.making import Made, make
from sayso.extract.dating.relative import Part
from sayso.extract.dating.spans import Clock, Daypart, Range

if TYPE_CHECKING:
    from sayso.extract.dating.making import Match

NOON = 12
MIDNIGHT_END = 24
DAY_HOURS = 24
SIXTY = 60


def make_clock(match: Match) -> Made | None:
    """Return "3 p.m.", "15:30"."""
    written, hour = match.worth("clock"), match.worth("hour")
    meridiem = (match.worth("meridiem") or "").casefold()
    decimal = match.worth("decimal")
    minute: int | None = None
    if written is not None:
        hour, minute = (int(part) for part in written.split(":")[:2])
    elif decimal is not None:
        hour, minute = int(decimal), round(decimal * 100) % 100
    if hour > MIDNIGHT_END or (minute or 0) >= SIXTY or (meridiem and not 1 <= hour <= NOON):
        return None
    note = "" if meridiem or hour > NOON else "morning or afternoon is not stated; read as on a 24-hour clock"
    if meridiem:
        hour = hour % NOON + (NOON if meridiem[0] == "p" else 0)
    return make("clock", Clock(hour=hour, minute=minute, note=note))


def make_point_of_day(match: Match) -> Made:
    """Return "noon"."""
    hour = match.worth("point_of_day")
    note = "" if hour else "which end of the day is meant is not stated; read as its beginning"
    return make("clock", Clock(hour=hour, minute=0, note=note, is_unsure=not hour))


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
