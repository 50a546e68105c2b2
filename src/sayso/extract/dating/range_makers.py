"""What forms mean that stretch between two times, or from one on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sayso.extract.dating.making import Made, make
from sayso.extract.dating.relative import DayBefore, Inside, Unit, Weekday
from sayso.extract.dating.spans import OpenStretch, Range
from sayso.extract.dating.values import Calendar

if TYPE_CHECKING:
    from collections.abc import Callable

    from sayso.extract.dating.making import Match


def make_range(match: Match) -> Made:
    """Return "from Monday to Wednesday"."""
    return make("done", Range(first=match.worth("first"), last=match.worth("last")))


def make_from_now(match: Match) -> Made:
    """Return "from now until Friday"."""
    return make("done", Range(first=Unit(unit="day", offset=0), last=match.worth("last")))


def make_to_date(match: Match) -> Made:
    """Return "the year to date"."""
    return make("done", Range(first=Unit(unit=match.worth("unit"), offset=0), last=Unit(unit="day", offset=0)))


def make_up_to_now(match: Match) -> Made:
    """Return "between March and now"."""
    return make("done", Range(first=match.worth("first"), last=Unit(unit="day", offset=0)))


def make_same_sort_range(match: Match) -> Made | None:
    """Return a stretch without "from" where both ends are of one sort."""
    first, last = match.items["first"], match.items["last"]
    return make_range(match) if first.kinds == last.kinds and "dayname" not in first.kinds else None


def make_day_range(match: Match) -> Made | None:
    """Return "4 to 22 January"."""
    last, day = match.worth("last"), match.worth("first")
    if not isinstance(last, Calendar) or last.day is None or last.month is None or day < 1:
        return None
    if day >= last.day:
        # "From the 27th to the 3rd of April" begins in March.
        return (
            make("done", Range(first=DayBefore(day=day, last=last), last=last))
            if match.items["first"].start > match.start
            else None
        )
    return make("done", Range(first=replace(last, day=day, weekday=None), last=last))


def make_range_day(match: Match) -> Made | None:
    """Return "November 19-20"."""
    first, day, year = match.worth("first"), match.worth("day"), match.worth("year", "yeartime")
    if not isinstance(first, Calendar) or first.day is None or first.month is None or day < 1:
        return None
    if first.year is not None and match.text[match.items["first"].end - 4 : match.items["first"].end].isdigit():
        return None
    if isinstance(year, Calendar):
        first = replace(first, year=year.year)
    return make("done", Range(first=first, last=replace(first, day=day, weekday=None)))


def make_day_after_day(match: Match) -> Made | None:
    """Return "November 7 and 8", "16 and 17 October": two days side by side."""
    date, day = match.worth("first") or match.worth("last"), match.worth("day")
    if not isinstance(date, Calendar) or date.day is None or date.month is None:
        return None
    low, high = (date.day, day) if "first" in match.items else (day, date.day)
    if high != low + 1 or low < 1:
        return None
    first, last = (replace(date, day=one, weekday=None) for one in (low, high))
    return make("done", Range(first=first, last=last))


def make_three_days(match: Match) -> Made | None:
    """Return "Nov. 7, 8 and 9": three days side by side."""
    date, days = match.worth("first") or match.worth("last"), [match.worth("day"), match.worth("day2")]
    if not isinstance(date, Calendar) or date.day is None or date.month is None:
        return None
    days = [date.day, *days] if "first" in match.items else [*days, date.day]
    if days != list(range(days[0], days[0] + 3)) or days[0] < 1:
        return None
    first, last = (replace(date, day=one, weekday=None) for one in (days[0], days[-1]))
    return make("done", Range(first=first, last=last))


def make_year_range(match: Match) -> Made | None:
    """Return "2016-17"."""
    first, figures = match.worth("first"), match.items["last"].value
    if not isinstance(first, Calendar) or first.year is None:
        return None
    year = first.year - first.year % 100 + figures
    return make("done", Range(first=first, last=Calendar(year=year))) if year > first.year else None


def open_at(way: str) -> Callable[[Match], Made]:
    """Return a maker of a stretch that is open at one end."""

    def make_open(match: Match) -> Made:
        edge = match.items.get("first") or match.items["last"]
        return make("done", OpenStretch(edge=edge.value, way=way))

    return make_open


def make_weekdays_inside(match: Match) -> Made | None:
    """Return "next week between Wednesday and Friday"."""
    whole, first, last = match.items["inside"].value, match.worth("first"), match.worth("last")
    if not isinstance(whole, Unit) or whole.unit != "week":
        return None
    if not (isinstance(first, Weekday) and isinstance(last, Weekday)):
        return None
    one, other = (Inside(whole=whole, weekday=day.weekday) for day in (first, last))
    return make("done", Range(first=one, last=other))


def make_days_inside(match: Match) -> Made | None:
    """Return "from the 4th to the 22nd of this month"."""
    whole, days = match.items["inside"].value, (match.worth("day"), match.worth("day2"))
    if not isinstance(whole, Unit) or whole.unit != "month" or min(days) < 1:
        return None
    first, last = (Inside(whole=whole, day=day) for day in days)
    return make("done", Range(first=first, last=last))
