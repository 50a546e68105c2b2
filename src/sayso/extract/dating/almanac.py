"""Stretches of the calendar, and the arithmetic of days, weeks, quarters, seasons and holidays.

Rule 1: nothing here knows a word of any language. Rule 2: a day that does not exist raises `Unplaceable` with the
reason, and nothing else is raised, whatever the figures are.
"""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass

from sayso.records import Precision

FIRST_YEAR, LAST_YEAR = 1000, 2199
MONTHS = 12
WEEK_DAYS = 7
SATURDAY = 5
# How a year's meteorological seasons begin; winter is named after the year in which it begins.
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
UNIT_PRECISION = {
    "minute": Precision.MINUTE,
    "hour": Precision.HOUR,
    "day": Precision.DAY,
    "night": Precision.DAYPART,
    "weekend": Precision.DAY,
    "week": Precision.WEEK,
    "fortnight": Precision.WEEK,
    "month": Precision.MONTH,
    "quarter": Precision.QUARTER,
    "half": Precision.QUARTER,
    "season": Precision.SEASON,
    "year": Precision.YEAR,
    "decade": Precision.DECADE,
    "century": Precision.CENTURY,
}
UNIT_DAYS = {"day": 1, "night": 1, "weekend": 7, "week": 7, "fortnight": 14}
UNIT_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}
FINE_UNITS = {"minute": 60, "hour": 3600}
# Which unit is the larger, in days at most.
UNIT_SIZES = {
    "minute": 1 / 1440,
    "hour": 1 / 24,
    "day": 1,
    "night": 1,
    "week": 7,
    "fortnight": 14,
    "month": 31,
    "quarter": 92,
    "year": 366,
    "decade": 3660,
    "century": 36600,
}
# From which hour to which a part of the day lasts; a night runs to the end of its day.
DAYPARTS = {"morning": (6, 12), "noon": (12, 13), "afternoon": (12, 18), "evening": (18, 24), "night": (20, 24)}


PARTS = {"early": (0.0, 1 / 3), "mid": (1 / 3, 2 / 3), "late": (2 / 3, 1.0), "half 1": (0.0, 0.5), "half 2": (0.5, 1.0)}
# Where the parts of a unit begin and end, in a smaller one.
WHOLE_PARTS: dict[Precision, tuple[str, dict[str, tuple[int, int]]]] = {
    Precision.CENTURY: (
        "year",
        {"early": (0, 33), "mid": (33, 67), "late": (67, 100), "half 1": (0, 50), "half 2": (50, 100)},
    ),
    Precision.DECADE: ("year", {"early": (0, 4), "mid": (4, 7), "late": (7, 10), "half 1": (0, 5), "half 2": (5, 10)}),
    Precision.YEAR: ("month", {"early": (0, 4), "mid": (4, 8), "late": (8, 12), "half 1": (0, 6), "half 2": (6, 12)}),
    Precision.MONTH: (
        "day",
        {"early": (0, 15), "mid": (9, 20), "late": (15, 31), "half 1": (0, 15), "half 2": (15, 31)},
    ),
    Precision.WEEK: ("day", {"early": (0, 3), "mid": (1, 5), "late": (3, 7), "half 1": (0, 3), "half 2": (3, 7)}),
}


class Unplaceable(Exception):
    """A time that has no place on the calendar; the text is the reason, for a person.

    It never leaves the room: `find_times` makes an ``unplaced`` time of it.
    """


class Impossible(Unplaceable):
    """A time that is none, and so a problem of the material: 31 February, a stretch that ends before it begins."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of time.

    Attributes:
        first: Its first moment; None where it is open to the past.
        end: The moment after its last one; None where it is open to the future.
        precision: The finest part that was stated.
    """

    first: dt.datetime | None
    end: dt.datetime | None
    precision: Precision


def make_moment(year: int, month: int = 1, day: int = 1) -> dt.datetime:
    """Return the midnight at which a day begins.

    Raises:
        Unplaceable: There is no such day, or the year is not one that news speak of.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR + 1:
        message = f"the year {year} is out of the range {FIRST_YEAR} to {LAST_YEAR}"
        raise Impossible(message)
    try:
        return dt.datetime(year, month, day)  # noqa: DTZ001 (times as written carry no zone)
    except ValueError as error:
        message = f"there is no day {day} in month {month} of {year}"
        raise Impossible(message) from error


def shift(moment: dt.datetime, count: float, unit: str) -> dt.datetime:
    """Return a moment so many units later; a day that its month lacks becomes the month's last.

    Raises:
        Unplaceable: It falls out of the calendar.
    """
    if unit.startswith("weekday"):
        return _shift_weekdays(moment, round(count), int(unit.split()[1]))
    if abs(count) > LAST_YEAR * 366:
        message = f"{count:g} {unit}s lead out of the calendar"
        raise Unplaceable(message)
    if unit in UNIT_MONTHS:
        months = moment.year * MONTHS + moment.month - 1 + round(count * UNIT_MONTHS[unit])
        year, month = divmod(months, MONTHS)
        whole = make_moment(year, month + 1)
        day = min(moment.day, calendar.monthrange(year, month + 1)[1])
        return whole.replace(day=day, hour=moment.hour, minute=moment.minute, second=moment.second)
    seconds = count * FINE_UNITS[unit] if unit in FINE_UNITS else count * UNIT_DAYS[unit] * 86400
    try:
        moved = moment + dt.timedelta(seconds=seconds)
    except OverflowError as error:
        message = f"{count:g} {unit}s lead out of the calendar"
        raise Unplaceable(message) from error
    make_moment(moved.year)
    return moved


def _shift_weekdays(moment: dt.datetime, count: int, weekday: int) -> dt.datetime:
    """Return the day on which such a weekday comes for the so many-th time, the moment's own day left out."""
    step = 1 if count > 0 else -1
    day = find_weekday(shift(moment, step, "day"), weekday, is_later=count > 0)
    return shift(day, WEEK_DAYS * (count - step), "day")


def take_unit(moment: dt.datetime, unit: str, offset: int = 0) -> Stretch:
    """Return the calendar unit that holds a moment, or one so many units later; weeks begin on Monday.

    Raises:
        Unplaceable: It falls out of the calendar.

    Source: ISO 8601 for weeks.
    """
    precision = UNIT_PRECISION[unit]
    if unit in FINE_UNITS:
        first = moment.replace(second=0, minute=0 if unit == "hour" else moment.minute)
        return Stretch(shift(first, offset, unit), shift(first, offset + 1, unit), precision)
    day = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    if unit == "weekend":
        first = shift(day, SATURDAY - day.weekday() + WEEK_DAYS * offset, "day")
        return Stretch(first, shift(first, 2, "day"), precision)
    if unit in {"week", "fortnight"}:
        day = shift(day, -day.weekday(), "day")
    elif unit in UNIT_MONTHS:
        size = UNIT_MONTHS[unit]
        months = (day.year * MONTHS + day.month - 1) // size * size
        day = make_moment(months // MONTHS, months % MONTHS + 1)
    first = shift(day, offset, unit)
    return Stretch(first, shift(first, 1, unit), precision)


def take_season(name: str, year: int) -> Stretch:
    """Return a season of a year, by whole months.

    Raises:
        Unplaceable: The year is out of the calendar.
    """
    first = make_moment(year, SEASONS[name])
    return Stretch(first, shift(first, 3, "month"), Precision.SEASON)


def take_day(moment: dt.datetime) -> Stretch:
    """Return the day that holds a moment."""
    return take_unit(moment, "day")


def find_weekday(moment: dt.datetime, weekday: int, *, is_later: bool) -> dt.datetime:
    """Return the nearest such weekday not before (or not after) a day, the day itself included."""
    day = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    step = (weekday - day.weekday()) % WEEK_DAYS if is_later else -((day.weekday() - weekday) % WEEK_DAYS)
    return shift(day, step, "day")


def find_nth_weekday(within: Stretch, weekday: int, number: int) -> dt.datetime:
    """Return the nth such weekday of a stretch; -1 for the last.

    Raises:
        Unplaceable: The stretch is open, or has not so many.
    """
    if within.first is None or within.end is None:
        message = "it has no beginning or no end"
        raise Unplaceable(message)
    if number < 0:
        return find_weekday(shift(within.end, -1, "day"), weekday, is_later=False)
    day = shift(find_weekday(within.first, weekday, is_later=True), WEEK_DAYS * (number - 1), "day")
    if day >= within.end:
        message = f"it has no {number} of that weekday"
        raise Unplaceable(message)
    return day


def find_easter(year: int) -> dt.datetime:
    """Return Easter Sunday of the Gregorian calendar.

    Raises:
        Unplaceable: The year is out of the calendar.

    Source: the anonymous Gregorian algorithm (Nature, 20 April 1876), as in Meeus, Astronomical Algorithms, chapter 8.
    """
    golden = year % 19
    century, of_century = divmod(year, 100)
    correction = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - century // 4 - correction + 15) % 30
    to_sunday = (32 + 2 * (century % 4) + 2 * (of_century // 4) - moon - of_century % 4) % 7
    late = (golden + 11 * moon + 22 * to_sunday) // 451
    month, day = divmod(moon + to_sunday - 7 * late + 114, 31)
    return make_moment(year, month, day + 1)


def find_holiday(rule: str, year: int) -> dt.datetime:
    """Return the day of a holiday in a year, from its rule.

    Args:
        rule: ``12-25`` a fixed day; ``easter+1`` counted from Easter Sunday; ``11 thu 4`` the fourth Thursday of
            November, ``5 mon -1`` the last Monday of May; each may end in ``+1`` days.
        year: Of which year.

    Raises:
        Unplaceable: The year is out of the calendar.
    """
    base, sign, days = rule.partition("+") if "+" in rule else rule.partition("~")
    extra = int(days or 0) * (-1 if sign == "~" else 1)
    if base == "easter":
        day = find_easter(year)
    elif " " in base:
        month, weekday, number = (int(part) for part in base.split())
        day = find_nth_weekday(take_unit(make_moment(year, month), "month"), weekday, number)
    else:
        month, number = (int(part) for part in base.split("-"))
        day = make_moment(year, month, number)
    return shift(day, extra, "day")


def cut_part(whole: Stretch, part: str) -> Stretch:
    """Return the early, middle or late part of a stretch, at days; the bounds are a convention and overlap at most.

    Raises:
        Unplaceable: The stretch is open.
    """
    if whole.first is None or whole.end is None:
        message = "it has no beginning or no end"
        raise Unplaceable(message)
    days = (whole.end - whole.first).days
    first, end = PARTS[part]
    if whole.precision in WHOLE_PARTS:
        unit, bounds = WHOLE_PARTS[whole.precision]
        low, high = bounds[part]
        return Stretch(shift(whole.first, low, unit), min(shift(whole.first, high, unit), whole.end), whole.precision)
    if days <= 1:
        return whole
    return Stretch(
        whole.first + dt.timedelta(days=round(first * days)),
        whole.first + dt.timedelta(days=round(end * days)),
        whole.precision,
    )
