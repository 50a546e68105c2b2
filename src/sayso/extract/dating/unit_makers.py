"""What the forms of calendar units, windows and times of day mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sayso.extract.dating.lengths import Window
from sayso.extract.dating.relative import (
    Inside,
    Part,
    Unit,
    Weekend,
)
from sayso.extract.dating.spans import (
    AnchoredUnit,
    Daypart,
)
from sayso.extract.dating.values import Calendar

if TYPE_CHECKING:
    from sayso.extract.dating.making import Match
from sayso.extract.dating.making import Made, make, shift_of

MAX_COUNT = 9999
HALVES: Final = {
    "century": (5, "decade"),
    "decade": (5, "year"),
    "year": (6, "month"),
    "day": (12, "hour"),
    "hour": (30, "minute"),
}


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


def make_duration(match: Match) -> Made | None:
    """Return "two weeks", which is a time only where it is counted from something."""
    number = match.worth("number")
    if isinstance(number, str):
        number = 1
    if not isinstance(number, tuple) and not 0 < number <= MAX_COUNT:
        return None
    least, most = number if isinstance(number, tuple) else (number, number)
    return make("duration", ((least, most, match.worth("unit")),))


def make_hour_duration(match: Match) -> Made | None:
    """Return "an hour"."""
    if match.worth("hour", "unit") not in {"hour", "minute"}:
        return None
    return make("duration", ((1, 1, match.worth("hour", "unit")),))


def make_half_duration(match: Match) -> Made:
    """Return "half a year"."""
    count, unit = HALVES.get(match.worth("unit"), (0.5, match.worth("unit")))
    return make("duration", ((count, count, unit),))


def make_unit_and_a_half(match: Match) -> Made:
    """Return "a year and a half"."""
    return make("duration", ((1.5, 1.5, match.worth("unit", "oneunit")),))


def make_hour_and_a_half(_: Match) -> Made:
    """Return "an hour and a half"."""
    return make("duration", ((90, 90, "minute"),))


def make_quarter_duration(match: Match) -> Made | None:
    """Return "a quarter of a century"."""
    unit = match.worth("unit", "oneunit")
    return make("duration", ((25, 25, "year"),)) if unit == "century" else None


def make_midunit(match: Match) -> Made:
    """Return "midyear"."""
    return make("time", Part(whole=Unit(unit=match.worth("midunit"), offset=0), part="mid"))
