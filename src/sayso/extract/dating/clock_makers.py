"""What the forms of times of day mean, alone and with their day."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sayso.extract.dating.making import Made, make
from sayso.extract.dating.relative import Part
from sayso.extract.dating.spans import Clock, Daypart, OpenStretch, Range

if TYPE_CHECKING:
    from sayso.extract.dating.making import Match
    from sayso.extract.dating.values import Value

NOON = 12
MIDNIGHT_END = 24
DAY_HOURS = 24
SIXTY = 60
# At night these hours are of the next morning.
SMALL_HOURS = 5
OPEN_NOTE = "morning or afternoon is not stated; read as on a 24-hour clock"


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
    note = "" if meridiem or hour > NOON else OPEN_NOTE
    if meridiem:
        hour = hour % NOON + (NOON if meridiem[0] == "p" else 0)
    return make("clock", Clock(hour=hour, minute=minute, note=note))


def make_point_of_day(match: Match) -> Made | None:
    """Return "noon"; not that of "a midnight curfew"."""
    if match.before is not None and "a" in match.before.kinds:
        return None
    hour = match.worth("point_of_day")
    note = "" if hour else "which end of the day is meant is not stated; read as its beginning"
    return make("clock", Clock(hour=hour, minute=0, note=note, is_unsure=not hour))


def make_clock_in(match: Match) -> Made | None:
    """Return "9 in the morning", "3:30 in the afternoon"."""
    made = make_clock(match)
    return None if made is None else make("clock", _of_period(made.value, match.worth("period", "period_of_day")))


def make_clock_at_night(match: Match) -> Made | None:
    """Return "10 at night"."""
    made = make_clock(match)
    period = match.worth("night", "period_of_day")
    return None if made is None or period != "night" else make("clock", _of_period(made.value, period))


def make_half_past(match: Match) -> Made | None:
    """Return "half past eight"."""
    return _spoken(match.worth("half_past", "number"), 30)


def make_spoken_clock(match: Match) -> Made | None:
    """Return "seven twenty-seven"."""
    return _spoken(match.items["half_past"].value, match.items["minute"].value)


def make_past_clock(match: Match) -> Made | None:
    """Return "ten past six", "a quarter past six"."""
    if "quarter" in match.items and match.worth("quarter", "oneunit") != "quarter":
        return None
    return _spoken(match.worth("hour", "number"), match.worth("minutes", "number") or 15)


def make_to_clock(match: Match) -> Made | None:
    """Return "a quarter to six"."""
    if match.worth("quarter", "oneunit") != "quarter":
        return None
    return _spoken(match.worth("hour", "number") - 1 or NOON, 45)


def _spoken(hour: int, minute: int) -> Made | None:
    """Return a time of day said in words, by the twelve hours of a clock."""
    if not (1 <= hour <= NOON and 0 <= minute < SIXTY):
        return None
    return make("clock", Clock(hour=hour, minute=minute, note=OPEN_NOTE, is_unsure=True))


def make_four_clock(match: Match) -> Made | None:
    """Return "1500" before "GMT", as agencies have it."""
    item = match.items["four"]
    written = match.text[item.start : item.end]
    hour, minute = divmod(int(written), 100)
    if hour >= DAY_HOURS or minute >= SIXTY or len(written) != len("1500"):
        return None
    return make("clock", Clock(hour=hour, minute=minute))


def make_twelve(match: Match) -> Made | None:
    """Return "12 noon", "12 midnight"."""
    return make_point_of_day(match) if match.worth("hour", "figure") == NOON else None


def _of_period(clock: Clock, period: str | None) -> Clock:
    """Return a time of day of which a word says in which part of the day it lies."""
    if period is None or not clock.note:
        return clock
    is_small = period == "night" and clock.hour < SMALL_HOURS
    if period != "morning" and not is_small and clock.hour < NOON:
        return replace(clock, hour=clock.hour + NOON, note="", is_unsure=False)
    return replace(clock, note="", is_unsure=False)


def make_clock_day(match: Match) -> Made:
    """Return a time of day with its day."""
    clock = _of_period(match.worth("clocktime"), match.worth("period", "period_of_day"))
    return make("time", replace(clock, day=_day(match)))


def make_open_clock(match: Match) -> Made:
    """Return "today before 4 p.m."."""
    clock = replace(match.worth("clocktime"), day=_day(match))
    way = match.items["way"].value if "way" in match.items else "after"
    return make("done", OpenStretch(edge=clock, way=way))


def make_hour_day(match: Match) -> Made | None:
    """Return "Monday at 4", "tomorrow morning at 9"."""
    clock = _bare(match)
    if clock is None:
        return None
    return make("time", replace(_of_period(clock, match.worth("period", "period_of_day")), day=_day(match)))


def make_hour_near(match: Match) -> Made | None:
    """Return "tonight at 8"."""
    clock, near = _bare(match), match.items["near"].value
    return None if clock is None else make("time", replace(_of_period(clock, near.part), day=near.day))


def _day(match: Match) -> Value | None:
    """Return the day of a form."""
    value: Value | None = match.items["day"].value if "day" in match.items else None
    return value


def _bare(match: Match) -> Clock | None:
    """Return the time of day that a figure alone names."""
    decimal = match.worth("decimal")
    if decimal is not None:
        return _pointed(decimal)
    hour = match.items["hour"].value
    if not 1 <= hour <= DAY_HOURS:
        return None
    return Clock(hour=hour, note=OPEN_NOTE if hour <= NOON else "", is_unsure=hour <= NOON)


def _pointed(decimal: float) -> Clock | None:
    """Return "9.30" as a time of day."""
    hour, minute = int(decimal), round(decimal * 100) % 100
    if not 1 <= hour < DAY_HOURS or minute >= SIXTY:
        return None
    return Clock(hour=hour, minute=minute, note=OPEN_NOTE if hour <= NOON else "", is_unsure=hour <= NOON)


def make_day_half(match: Match) -> Made:
    """Return "Tuesday a.m."."""
    is_early = match.worth("half", "meridiem")[0] in {"a", "A"}
    return make("time", Daypart(day=match.items["day"].value, part="morning" if is_early else "afternoon"))


def make_clock_range(match: Match) -> Made | None:
    """Return "from 3 to 5 p.m. on Tuesday"; the first hour is of the half of the day that the last leads it to."""
    last = _of_period(match.items["last"].value, match.worth("period", "period_of_day"))
    return _stretch(match, last, _day(match))


def make_clock_range_near(match: Match) -> Made | None:
    """Return "between 7 and 9:30 last night"."""
    near = match.items["near"].value
    return _stretch(match, _of_period(match.items["last"].value, near.part), near.day)


def make_clock_range_open(match: Match) -> Made | None:
    """Return "from 10:30 to 3 on Tuesday"."""
    first, hour = match.items["first"].value, match.items["last"].value
    if not 1 <= hour <= DAY_HOURS:
        return None
    hour += NOON if hour <= first.hour and hour < NOON else 0
    last = Clock(hour=hour, minute=0)
    return make("done", Range(first=replace(first, day=_day(match)), last=replace(last, day=_day(match))))


def _stretch(match: Match, last: Clock, day: Value | None) -> Made | None:
    """Return a stretch of a day; what the first end leaves open of its half of the day, the last one tells."""
    first = match.items["first"].value if "first" in match.items else None
    clock = _pointed(first) if isinstance(first, float) else first
    if first is None:
        clock = Clock(hour=match.items["hour"].value, note=OPEN_NOTE)
    if clock is None:
        return None
    if clock.note and not last.note:
        moved = clock.hour + NOON
        is_later = clock.hour < NOON <= last.hour and (moved, clock.minute or 0) < (last.hour, last.minute or 0)
        clock = replace(clock, hour=moved if is_later else clock.hour, note="", is_unsure=False)
    value = Range(first=replace(clock, day=day), last=replace(last, day=day, minute=last.minute or 0))
    return make("done", value)


def make_clock_period(match: Match) -> Made:
    """Return "6 o'clock this morning", "3:00 this afternoon"."""
    period = match.worth("day")
    return make("done", replace(_of_period(match.worth("clocktime"), period.part), day=period.day))


def make_clock_night(match: Match) -> Made:
    """Return "at 9 p.m. tonight"."""
    clock, night = match.worth("clocktime"), match.worth("day")
    if clock.hour:
        clock = _of_period(clock, night.part)
    elif clock.is_unsure:
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
