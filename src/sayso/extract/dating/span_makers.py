"""What forms mean that put times together, count from another one or stretch between two."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sayso.extract.dating.almanac import FINE_UNITS, UNIT_SIZES
from sayso.extract.dating.figures import read_short
from sayso.extract.dating.lengths import (
    BeforeUnit,
    BesideDay,
    BesideUnit,
    Bounded,
    Distance,
    Ending,
    Lasting,
    Window,
    WithinAhead,
)
from sayso.extract.dating.relative import (
    Around,
    Inside,
    NamedDay,
    OnlyAhead,
    Part,
    Shifted,
    ToNow,
    Unit,
    Unsaid,
    Weekday,
)
from sayso.extract.dating.spans import AnchoredDay, AnchoredUnit, Range
from sayso.extract.dating.values import Calendar
from sayso.extract.dating.words import OTHER

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
        ways = {"coming": replace(named, is_coming=True), "past": replace(named, is_past=True)}
        return make("dayname", ways.get(match.items["shift"].value, replace(named, shift=offset)))
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
    if unit not in {"week", "day", "month", "quarter", "weekend", "year", "decade"}:
        return None
    return make("time", Inside(whole=whole, unit=unit, nth=match.worth("ordinal")))


def make_latter_half(match: Match) -> Made:
    """Return "the latter half of 2016"."""
    return make("time", Part(whole=match.items["whole"].value, part="half 2"))


def make_day_end(match: Match) -> Made | None:
    """Return "the end of the day Friday"."""
    inner = match.items["inner"].value
    if not isinstance(inner, Unit) or inner.unit != "day":
        return None
    return make("time", Part(whole=match.items["whole"].value, part="late"))


def make_as_it_is(match: Match) -> Made:
    """Return "late last night", "earlier this morning": no finer than the part of the day."""
    whole = match.items["whole"]
    return Made(whole.kinds, whole.value)


def make_window_and_a_half(match: Match) -> Made | None:
    """Return "the past year and a half"."""
    window = match.worth("window")
    least, most, unit = window.lengths[0]
    if len(window.lengths) > 1 or least != most or unit not in {"year", "month", "decade", "century"}:
        return None
    return make("window", replace(window, lengths=((least + 0.5, most + 0.5, unit),)))


def make_ago_unit(match: Match) -> Made | None:
    """Return "a year ago this week"."""
    base = match.items["base"].value
    if not isinstance(base, Unit) or base.offset != 0:
        return None
    return make(
        "time", BeforeUnit(distance=Distance(lengths=match.worth("duration"), sign=-1, base=base), unit=base.unit)
    )


def make_first_units(match: Match) -> Made | None:
    """Return "the last days of 2016": its early or late part."""
    whole = next(match.items[role].value for role in ("inside", "inside2", "inside3") if role in match.items)
    part = {1: "early", -1: "late"}.get(match.worth("ordinal"))
    return None if part is None else make("time", Part(whole=whole, part=part))


def make_date_inside(match: Match) -> Made | None:
    """Return "March 15 of last year"."""
    whole = match.items["inside"].value
    if not isinstance(whole, Unit | AnchoredUnit) or whole.unit != "year":
        return None
    named = match.worth("named", "date")
    if not isinstance(named, Calendar) or named.year is not None:
        return None
    return make("date", Inside(whole=whole, named=named))


def make_recurring(_: Match) -> Made:
    """Return that "the first Monday of every month" is no time, and its Monday none either."""
    return Made(OTHER, None)


def make_which_day(match: Match) -> Made | None:
    """Return "the second Sunday", of what it does not say; "the last Sunday" says it."""
    day = match.worth("dayname")
    if match.worth("ordinal") < 1 or not isinstance(day, Weekday) or day.shift is not None:
        return None
    return make("done", Unsaid(reason="within which month or year it is counted is not stated"))


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
    if (
        unit not in {"week", "day", "month", "quarter", "year"}
        or nth not in {1, -1}
        or least != most
        or least != round(least)
    ):
        return None
    number = round(least)
    one, other = (Inside(whole=whole, unit=unit, nth=place) for place in sorted((nth, nth * number)))
    return make("time", Range(first=one, last=other))


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
    inner = match.items.get("inner")
    lengths = match.worth("duration") or ((1, 1, inner.value.unit if inner else match.worth("unit", "oneunit")),)
    if any(unit.startswith("weekday") or unit in FINE_UNITS for _, _, unit in lengths):
        return None
    # "In the quarter": the time begins behind the first word.
    start = inner.start + len(match.text[inner.start : inner.end].split(maxsplit=1)[0]) + 1 if inner else None
    return make("time", Ending(lengths=lengths, base=match.items["base"].value), start)


def make_weekday_before(match: Match) -> Made | None:
    """Return "the Friday before Christmas"."""
    return _weekday_beside(match, -1)


def make_weekday_after(match: Match) -> Made | None:
    """Return "the Monday after Easter"."""
    return _weekday_beside(match, 1)


def _weekday_beside(match: Match, sign: int) -> Made | None:
    """Return the nearest such weekday before or after a day."""
    named = match.worth("named", "dayname")
    is_shifted = isinstance(named, Weekday) and named.shift is not None and (named.shift, sign) != (-1, -1)
    if not isinstance(named, Weekday) or is_shifted:
        return None
    return make("time", BesideDay(base=match.items["base"].value, weekday=named.weekday, sign=sign))


def make_unit_before(match: Match) -> Made:
    """Return "the week before Christmas", "the day before Christmas"."""
    return make("time", BesideUnit(base=match.items["base"].value, unit=match.worth("unit", "oneunit"), sign=-1))


def make_eve_of(match: Match) -> Made:
    """Return "the eve of Easter": the day before."""
    return make("time", BesideUnit(base=match.items["base"].value, unit="day", sign=-1))


def make_unit_after(match: Match) -> Made:
    """Return "the week after Easter"."""
    return make("time", BesideUnit(base=match.items["base"].value, unit=match.worth("unit", "oneunit"), sign=1))


def make_within(match: Match) -> Made:
    """Return "within two weeks"."""
    return make("done", WithinAhead(window=Window(lengths=match.worth("duration"), sign=1, holds_today=True)))


def make_passed_on(match: Match) -> Made:
    """Return the window that stands in it, begun today."""
    return make("done", replace(match.worth("window"), holds_today=True))


def make_in_duration(match: Match) -> Made:
    """Return "in two weeks", which is a time only where the sentence speaks of what is to come."""
    return make("done", OnlyAhead(value=Distance(lengths=match.worth("duration"), sign=1)))
