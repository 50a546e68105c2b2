"""What forms mean that put times together, count from another one or stretch between two."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sayso.extract.dating.almanac import FINE_UNITS, UNIT_SIZES
from sayso.extract.dating.figures import read_short
from sayso.extract.dating.lengths import Bounded, Distance, Ending, Lasting, Window
from sayso.extract.dating.relative import (
    Around,
    DayBefore,
    Inside,
    NamedDay,
    OnlyAhead,
    Part,
    Shifted,
    ToNow,
    Unit,
    Weekday,
)
from sayso.extract.dating.spans import AnchoredDay, OpenStretch, Range
from sayso.extract.dating.values import Calendar

if TYPE_CHECKING:
    from collections.abc import Callable

    from sayso.extract.dating.making import Match
from sayso.extract.dating.making import Made, make, shift_of


def make_same_day(match: Match) -> Made:
    """Return "Tuesday, November 7"."""
    date, day = match.worth("date"), match.worth("dayname")
    if isinstance(date, str):
        date = read_short(date)
    if isinstance(date, Calendar) and isinstance(day, Weekday):
        date = replace(date, weekday=day.weekday)
    return make("date", date)


def make_weekday_ordinal(match: Match) -> Made | None:
    """Return "Thursday the 21st": name and figure together tell the month."""
    day = match.worth("dayname")
    return make("date", NamedDay(weekday=day.weekday, day=_ordinal(match))) if isinstance(day, Weekday) else None


def _ordinal(match: Match) -> int:
    """Return the figure of an ordinal, a word or a numeral."""
    value = match.items["ordinal"].value
    return int(value["ordinal"] if isinstance(value, dict) else value)


def make_shifted(match: Match) -> Made | None:
    """Return "last Tuesday", "next March", "this Christmas"."""
    named, offset = match.worth("named"), shift_of(match, "shift")
    if isinstance(named, Weekday):
        is_coming = match.items["shift"].value == "coming"
        return make("dayname", replace(named, is_coming=True) if is_coming else replace(named, shift=offset))
    if not isinstance(named, Calendar) or named.year is not None:
        return None
    return make("season", Shifted(named=named, offset=offset))


def make_short_named_day(match: Match) -> Made | None:
    """Return "Wed 13th": name and figure together tell the month."""
    word = match.text[match.start : match.end]
    day = NamedDay(weekday=match.worth("weekday", "shortday"), day=_ordinal(match))
    return make("date", day) if word[0].isupper() else None


def make_many_weekdays(match: Match) -> Made | None:
    """Return "two Sundays", which is a time only where it is counted from something."""
    number = match.worth("number")
    return make("duration", ((number, number, f"weekday {match.worth('weekdays')}"),)) if number > 0 else None


def make_anchored_day(match: Match) -> Made | None:
    """Return "the following Monday"."""
    named = match.worth("named")
    if not isinstance(named, Weekday):
        return None
    sign = shift_of(match, "way")
    return make("time", AnchoredDay(weekday=named.weekday, sign=sign))


def make_past_day(match: Match) -> Made:
    """Return "this past Tuesday"."""
    return make("dayname", replace(match.worth("named"), is_past=True))


def make_inside(match: Match) -> Made | None:
    """Return "Tuesday of next week", "March last year"."""
    named, whole = match.worth("named"), match.items["inside"].value
    if isinstance(named, Weekday):
        return make("time", Inside(whole=whole, weekday=named.weekday))
    if not isinstance(named, Calendar) or named.year is not None:
        return None
    return make("month", Inside(whole=whole, named=named))


def make_nth_day(match: Match) -> Made | None:
    """Return "the first Tuesday of November"."""
    day = match.worth("dayname")
    if not isinstance(day, Weekday):
        return None
    return make("time", Inside(whole=match.items["inside"].value, weekday=day.weekday, nth=match.worth("ordinal")))


def make_nth_unit(match: Match) -> Made | None:
    """Return "the last week of July"."""
    whole = next(match.items[role].value for role in ("inside", "inside2", "inside3") if role in match.items)
    unit = match.worth("unit")
    if unit not in {"week", "day", "month", "quarter", "weekend"}:
        return None
    return make("time", Inside(whole=whole, unit=unit, nth=match.worth("ordinal")))


def make_day_inside(match: Match) -> Made | None:
    """Return "the 20th of next month"."""
    whole = match.items["inside"].value
    if not isinstance(whole, Unit) or whole.unit != "month":
        return None
    return make("date", Inside(whole=whole, day=match.items["day"].value))


def make_unit_of(match: Match) -> Made | None:
    """Return "the week of November 7"."""
    if match.worth("unit") not in {"week", "weekend"}:
        return None
    return make("time", Around(day=match.worth("daylike"), unit=match.worth("unit")))


def make_part(match: Match) -> Made:
    """Return "early 2019", "the end of March"."""
    return make("time", Part(whole=match.worth("whole"), part=match.items["part"].value))


def make_nth_units(match: Match) -> Made | None:
    """Return "the first two weeks of March"."""
    whole = next(match.items[role].value for role in ("inside", "inside2", "inside3") if role in match.items)
    (least, most, unit), nth = match.worth("duration")[0], match.worth("ordinal")
    if unit not in {"week", "day", "month"} or nth not in {1, -1} or least != most or least != round(least):
        return None
    number = round(least)
    one, other = (Inside(whole=whole, unit=unit, nth=place) for place in sorted((nth, nth * number)))
    return make("time", Range(first=one, last=other))


def make_days_inside(match: Match) -> Made | None:
    """Return "from the 4th to the 22nd of this month"."""
    whole, days = match.items["inside"].value, (match.worth("day"), match.worth("day2"))
    if not isinstance(whole, Unit) or whole.unit != "month" or min(days) < 1:
        return None
    first, last = (Inside(whole=whole, day=day) for day in days)
    return make("done", Range(first=first, last=last))


def make_holiday_weekend(match: Match) -> Made | None:
    """Return "Labor Day weekend"."""
    if match.worth("unit") != "weekend":
        return None
    return make("time", Around(day=match.worth("day"), unit="weekend"))


def make_from_base(match: Match) -> Made:
    """Return "two weeks starting Monday"."""
    return make("done", Lasting(length=match.worth("duration")[0], base=match.worth("base")))


def make_half_of(match: Match) -> Made | None:
    """Return "the first half of June"."""
    named = match.worth("named", "halftime")
    if not isinstance(named, Calendar) or named.part is None:
        return None
    return make("time", Part(whole=match.worth("whole", "whole"), part=f"half {named.part[1]}"))


def make_until_now(match: Match) -> Made:
    """Return "earlier this month", "the rest of the year"."""
    way = match.text[match.items["way"].start : match.items["way"].end].casefold()
    return make("time", ToNow(whole=match.worth("whole"), is_before=way == "earlier"))


def count(sign: int, *, is_anchored: bool = False, is_about: bool = False) -> Callable[[Match], Made]:
    """Return a maker of "so long before" or "after" the publication, another time, or a base that stands there."""

    def make_distance(match: Match) -> Made:
        length = match.worth("duration") or ((1, 1, match.worth("unit", "oneunit")),)
        lengths = (*length, *(match.worth("duration2") or ()), *(match.worth("duration3") or ()))
        base = match.items["base"].value if "base" in match.items else None
        value = Distance(lengths=lengths, sign=sign, base=base, is_anchored=is_anchored, is_approximate=is_about)
        return make("time", value)

    return make_distance


def make_long_duration(match: Match) -> Made | None:
    """Return "two years and six months": the largest unit first."""
    lengths = (*match.worth("duration"), *match.worth("duration2", "duration"))
    lengths = (*lengths, *(match.worth("duration3", "duration") or ()))
    sizes = [UNIT_SIZES.get(unit, 0) for _, _, unit in lengths]
    return make("duration", lengths) if sizes == sorted(set(sizes), reverse=True) else None


def make_long_window(match: Match) -> Made | None:
    """Return "the next two years and six months"."""
    window = match.worth("window")
    lengths = (*window.lengths, *match.worth("duration"), *(match.worth("duration2", "duration") or ()))
    sizes = [UNIT_SIZES.get(unit, 0) for _, _, unit in lengths]
    return make("window", replace(window, lengths=lengths)) if sizes == sorted(set(sizes), reverse=True) else None


def _bound(match: Match, sign: int) -> Made:
    """Return what is more or less than so long from a day."""
    distance = Distance(lengths=match.worth("duration"), sign=sign, base=match.items["base"].value)
    return make("done", Bounded(distance=distance, is_more=match.items["much"].value == "more"))


def make_bounded_before(match: Match) -> Made:
    """Return "more than two days before Christmas"."""
    return _bound(match, -1)


def make_bounded_after(match: Match) -> Made:
    """Return "less than a week after Easter"."""
    return _bound(match, 1)


def make_ending_at(match: Match) -> Made | None:
    """Return "the three months ended June 30"."""
    lengths = match.worth("duration") or ((1, 1, match.worth("unit", "oneunit")),)
    if any(unit.startswith("weekday") or unit in FINE_UNITS for _, _, unit in lengths):
        return None
    return make("time", Ending(lengths=lengths, base=match.items["base"].value))


def make_weekdays_inside(match: Match) -> Made | None:
    """Return "next week between Wednesday and Friday"."""
    whole, first, last = match.items["inside"].value, match.worth("first"), match.worth("last")
    if not isinstance(whole, Unit) or whole.unit != "week":
        return None
    if not (isinstance(first, Weekday) and isinstance(last, Weekday)):
        return None
    one, other = (Inside(whole=whole, weekday=day.weekday) for day in (first, last))
    return make("done", Range(first=one, last=other))


def make_within(match: Match) -> Made:
    """Return "within two weeks"."""
    return make("done", Window(lengths=match.worth("duration"), sign=1, holds_today=True))


def make_passed_on(match: Match) -> Made:
    """Return the window that stands in it, begun today."""
    return make("done", replace(match.worth("window"), holds_today=True))


def make_in_duration(match: Match) -> Made:
    """Return "in two weeks", which is a time only where the sentence speaks of what is to come."""
    return make("done", OnlyAhead(value=Distance(lengths=match.worth("duration"), sign=1)))


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
