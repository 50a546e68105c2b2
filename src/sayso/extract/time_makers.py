"""What each form of the time grammar means: one small function for each ``make`` of ``rules/en/times.toml``."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from sayso.extract.rulebook import load_rules
from sayso.extract.time_spans import (
    AnchoredUnit,
    Clock,
    Daypart,
    Distance,
    Lasting,
    OpenStretch,
    Range,
    Window,
)
from sayso.extract.time_values import (
    Around,
    Calendar,
    Decade,
    Inside,
    NamedDay,
    OnlyAhead,
    Part,
    Shifted,
    ToNow,
    Unit,
    Weekday,
    Weekend,
)
from sayso.extract.written_dates import read_iso, read_short, read_slashed

if TYPE_CHECKING:
    from collections.abc import Callable

    from sayso.extract.time_grammar import Match

DAYLIKE: Final = {"time", "place"}
SORTS: Final = {
    name: frozenset(kinds.split())
    for name, kinds in {
        "number": "number",
        "vague": "vague",
        "ordinal": "ordinal",
        "year": "year",
        "spoken_decade": "spoken_decade",
        "date": "time place date whole",
        "month": "time place monthtime named whole",
        "yeartime": "time place yeartime wholeyear",
        "decade": "time place whole",
        "half": "quartertime halftime",
        "decimal": "decimal",
        "dayname": "time place dayname named",
        "dayrel": "time place dayrel whole",
        "nighttime": "time nighttime",
        "holiday": "time place holidaytime named",
        "season": "time place named whole",
        "quarter": "time place quartertime named whole",
        "unit": "time place relunit whole",
        "in_unit": "in_unit",
        "anchored": "time place anchoredunit",
        "window": "time window",
        "clock": "clocktime time",
        "duration": "duration",
        "time": "time place",
        "done": "time",
    }.items()
}
SHIFTS: Final = {"last": -1, "past": -1, "previous": -1, "this": 0, "current": 0, "next": 1, "coming": 1, "following": 1}
NOW_YEARS: Final = range(1900, 2040)
OLD_YEARS: Final = range(1500, 2040)
PLURAL = re.compile(r"[ \u00a0](?:[a-z]+ )?(?!was\b|has\b|is\b|as\b|class\b|his\b|this\b|us\b|its\b)[a-z]+s\b")
STRONG: Final = {"in", "since", "until", "from", "before", "after", "between", "during", "yearword", "early", "mid", "late", "by"}
WORD_BEFORE = re.compile(r"([^\W\d_]+)\.? $")
NAME_BEFORE = re.compile(r"\b([A-Z][a-z]+) $")
DECADE_INTRO: Final = {"the", "early", "mid", "late", "hyphen", "and"}
FEW, SEVERAL, COUPLE = (2, 6), (3, 9), (2, 2)
VAGUE: Final = {1: COUPLE, 2: FEW, 3: SEVERAL}
MAX_COUNT = 9999
HALVES: Final = {"century": (5, "decade"), "decade": (5, "year"), "year": (6, "month"), "day": (12, "hour"), "hour": (30, "minute")}
NOON, MIDNIGHT_END = 12, 24
SIXTY, HUNDRED, NEW_CENTURY = 60, 100, 2000


@dataclass(frozen=True, slots=True)
class Made:
    """What a maker makes: kinds for the next level, and a value; `start` where the item begins later than the match."""

    kinds: frozenset[str]
    value: Any
    start: int | None = None


def make(sort: str, value: Any, start: int | None = None) -> Made:  # noqa: ANN401 (a value, or a figure)
    """Return an item of a sort."""
    return Made(SORTS[sort], value, start)


# --- numbers ---------------------------------------------------------------------------------------------------------
def make_sum(match: Match) -> Made:
    """Return "twenty-one"."""
    return make("number", match.worth("tens") + match.worth("digit"))


def make_ordinal_sum(match: Match) -> Made:
    """Return "twenty-first"."""
    return make("ordinal", match.worth("tens") + match.worth("ordinal_digit"))


def make_spoken_year(match: Match) -> Made | None:
    """Return "nineteen ninety-six"."""
    rest = (match.worth("tens") or 0) + (match.worth("digit") or 0) + (match.worth("teen2", "teen") or 0)
    year = match.worth("teen") * 100 + rest
    return make("year", year) if year in OLD_YEARS else None


def make_millennium_year(match: Match) -> Made | None:
    """Return "two thousand and fifteen"."""
    rest = match.worth("number") or match.worth("tens") + match.worth("digit")
    return make("year", 2000 + rest) if rest < HUNDRED else None


def make_spoken_decade(match: Match) -> Made:
    """Return "nineteen seventies"."""
    return make("spoken_decade", match.worth("teen") * 100 + match.worth("tens_decade"))


def make_and_a_half(match: Match) -> Made:
    """Return "two and a half"."""
    return make("decimal", match.worth("number") + 0.5)


def make_vague_number(match: Match) -> Made:
    """Return "a few", as the least and the most that it can be."""
    return make("vague", VAGUE[match.worth("several")])


# --- dates -----------------------------------------------------------------------------------------------------------
def make_date(match: Match) -> Made | None:
    """Return "November 7", with or without its year."""
    year, day = match.worth("year"), match.worth("day")
    if isinstance(year, str):
        return make("date", read_short(f"{match.worth('month')}/{day}", year=year, is_spelt=True))
    if day < 0 or (match.before is not None and "every" in match.before.kinds):
        return None
    return make("date", Calendar(year=year, month=match.worth("month"), day=day))


def make_month(match: Match) -> Made | None:
    """Return "March", with or without its year."""
    year = match.worth("year")
    if match.before is not None and "every" in match.before.kinds:
        return None
    if isinstance(year, str):
        return make("month", read_short(f"{match.worth('month')}/1", year=year, is_month=True))
    return make("month", Calendar(year=year, month=match.worth("month")))


def make_iso(match: Match) -> Made:
    """Return "2024-11-07", with the time of day where one stands there."""
    return make("date", read_iso(match.worth("iso")))


def make_slashed(match: Match) -> Made | None:
    """Return "11/7/2024"."""
    value = read_slashed(match.worth("slashed"))
    return None if value is None else make("date", value)


def make_short(match: Match) -> Made:
    """Return "11/7"."""
    year = match.worth("year")
    return make("date", read_short(match.worth("short"), year=None if year is None else str(year)))


def make_year(match: Match) -> Made | None:
    """Return a year behind a word that leads one in."""
    year = match.worth("year")
    strong = match.before is not None and match.before.kinds & STRONG
    if year not in OLD_YEARS and not (strong and match.before and "yearword" in match.before.kinds):
        return None
    if not strong and PLURAL.match(match.text, match.end):
        return None
    return make("yeartime", Calendar(year=year), match.items["year"].start)


def make_bare_year(match: Match) -> Made | None:
    """Return a year that stands alone: only one of the age that news speak of, and never a count of things."""
    year, item = match.worth("year"), match.items["year"]
    word = WORD_BEFORE.search(match.text[max(0, item.start - 20) : item.start])
    if word is not None and word[1].casefold() in load_rules("en", "times")["names"]["no_year_after"]:
        return None
    if year not in NOW_YEARS or not match.text[item.start : item.end].isdigit() or PLURAL.match(match.text, match.end):
        return None
    return make("yeartime", Calendar(year=year))


def make_two_year(match: Match) -> Made:
    """Return "since '82"."""
    return make("yeartime", read_short("1/1", year=match.worth("year", "short_year"), is_year=True))


def make_decade(match: Match) -> Made | None:
    """Return "the 1990s", "the '90s", "the nineteen nineties"."""
    written = match.worth("decade", "decade")
    if isinstance(written, int):
        return make("decade", Decade(first_year=written, years=10, is_short=written < HUNDRED))
    figures = "".join(char for char in written if char.isdigit())
    is_led = match.before is not None and match.before.kinds & DECADE_INTRO
    is_led = is_led or match.text[match.start : match.start + 4].casefold() == "the "
    if len(figures) < 4 and (not is_led or int(figures) < 20):  # noqa: PLR2004
        return None
    if len(figures) == 4:  # noqa: PLR2004
        year = int(figures)
        # "The 1800s" are a century; "the 2000s" are mostly the decade.
        years = HUNDRED if year % HUNDRED == 0 and year < NEW_CENTURY else 10
        return make("decade", Decade(first_year=year, years=years)) if year in OLD_YEARS else None
    return make("decade", Decade(first_year=int(figures), years=10, is_short=True))


def make_century(match: Match) -> Made | None:
    """Return "the 19th century"; its first year is counted as 1800, as most people do."""
    number = match.worth("ordinal")
    if match.text[match.end - 1] != "y" or number < 11:  # noqa: PLR2004
        return None
    return make("decade", Decade(first_year=(number - 1) * 100, years=100))


def make_weekday(match: Match) -> Made | None:
    """Return "Tuesday"; not "every Tuesday"."""
    if match.before is not None and "every" in match.before.kinds:
        return None
    day = match.worth("weekday")
    return make("dayname", Weekday(weekday=day))


def make_shortday(match: Match) -> Made | None:
    """Return "Tues." with its full stop."""
    word = match.text[match.start : match.end]
    return make("dayname", Weekday(weekday=match.worth("shortday"))) if word[0].isupper() else None


def make_dayrel(match: Match) -> Made:
    """Return "yesterday"."""
    return make("dayrel", Unit(unit="day", offset=match.worth("dayrel")))


def make_nightrel(match: Match) -> Made:
    """Return "tonight"."""
    return make("nighttime", Daypart(day=Unit(unit="day", offset=0), part="night"))


def make_holiday(match: Match) -> Made | None:
    """Return "Christmas", with or without its year; not the surname."""
    before = NAME_BEFORE.search(match.text[max(0, match.start - 20) : match.start])
    if before is not None and before[1].casefold() not in load_rules("en", "times")["names"]["no_forename"]:
        return None
    return make("holiday", Calendar(year=match.worth("year"), holiday=match.worth("holiday")))


def make_season(match: Match) -> Made | None:
    """Return "the summer of 2016"."""
    return make("season", Calendar(year=match.worth("year"), season=match.worth("season")))


def make_quarter(match: Match) -> Made | None:
    """Return "the third quarter of 2009", "Q3"."""
    part = match.worth("part")
    unit, number = ("quarter", match.worth("ordinal")) if part is None else (part[0], int(part[1]))
    if part is None and (not 1 <= number <= 4 or "quarter" not in match.text[match.start : match.end].casefold()):  # noqa: PLR2004
        return None
    if unit in {"h", "H"}:
        return make("quarter", Calendar(year=match.worth("year"), part=("half", number))) if number <= 2 else None  # noqa: PLR2004
    return make("quarter", Calendar(year=match.worth("year"), part=("quarter", number)))


def make_half(match: Match) -> Made | None:
    """Return "the first half of 2016"; alone it may be that of a game, and waits for a year."""
    number, year = match.worth("ordinal"), match.worth("year")
    if not 1 <= number <= 2:  # noqa: PLR2004
        return None
    value = Calendar(year=year, part=("half", number))
    return make("quarter" if year is not None else "half", value)


# --- times of day ----------------------------------------------------------------------------------------------------
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


def make_clock_night(match: Match) -> Made:
    """Return "at 9 p.m. tonight"."""
    return make("done", replace(match.worth("clocktime"), day=match.worth("day").day))


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
    return make("done", Daypart(day=Unit(unit="day", offset=0), part=match.worth("period_of_day")))


def make_last_night(match: Match) -> Made | None:
    """Return "last night"."""
    if not match.text[match.start : match.end].casefold().endswith("night"):
        return None
    return make("nighttime", Daypart(day=Unit(unit="day", offset=-1), part="night"))


# --- units -----------------------------------------------------------------------------------------------------------
def make_unit(match: Match) -> Made | None:
    """Return "last week"."""
    unit, shift_by = match.worth("unit"), SHIFTS[match.items["shift"].value]
    if unit == "night" or match.text[match.start : match.end].casefold().endswith("s"):
        return None
    return make("unit", Unit(unit=unit, offset=shift_by))


def make_in_the_unit(match: Match) -> Made:
    """Return "of the year", which is a time only behind a word such as "later"."""
    return make("in_unit", Unit(unit=match.worth("unit"), offset=0))


def make_after_next(match: Match) -> Made:
    """Return "the week after next"."""
    return make("unit", Unit(unit=match.worth("unit"), offset=2))


def make_before_last(match: Match) -> Made:
    """Return "the week before last"."""
    return make("unit", Unit(unit=match.worth("unit"), offset=-2))


def make_weekend(match: Match) -> Made | None:
    """Return "over the weekend": the last one, as news look back."""
    if not match.text[match.start : match.end].casefold().endswith("weekend"):
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
    offset = {"next": 1, "following": 1, "previous": -1}.get(way, 0)
    return make("anchored", AnchoredUnit(unit=unit, offset=offset, may_be_ahead=way == "next" and unit != "day"))


def make_anchored_period(match: Match) -> Made:
    """Return "that night", "the next morning"."""
    offset = {"next": 1, "following": 1}.get(match.items["way"].value, 0)
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
    sign = 1 if SHIFTS[match.items["way"].value] > 0 else -1
    start = match.items["way"].start if number is None else None
    return make("window", Window(length=(least, most, match.worth("unit")), sign=sign), start)


def make_duration(match: Match) -> Made | None:
    """Return "two weeks", which is a time only where it is counted from something."""
    number = match.worth("number")
    if isinstance(number, str):
        number = 1
    if not isinstance(number, tuple) and not 0 < number <= MAX_COUNT:
        return None
    least, most = number if isinstance(number, tuple) else (number, number)
    return make("duration", ((least, most, match.worth("unit")),))


def make_hour_duration(_: Match) -> Made:
    """Return "an hour"."""
    return make("duration", ((1, 1, "hour"),))


def make_half_duration(match: Match) -> Made:
    """Return "half a year"."""
    count, unit = HALVES.get(match.worth("unit"), (0.5, match.worth("unit")))
    return make("duration", ((count, count, unit),))


# --- put together ----------------------------------------------------------------------------------------------------
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
    named, offset = match.worth("named"), SHIFTS[match.items["shift"].value]
    if isinstance(named, Weekday):
        return make("dayname", replace(named, shift=offset))
    if not isinstance(named, Calendar) or named.year is not None:
        return None
    return make("season", Shifted(named=named, offset=offset))


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
    return make("date", Inside(whole=whole, day=match.worth("day", "ordinal")))


def make_unit_of(match: Match) -> Made | None:
    """Return "the week of November 7"."""
    if match.worth("unit") not in {"week", "weekend"}:
        return None
    return make("time", Around(day=match.worth("daylike"), unit=match.worth("unit")))


def make_part(match: Match) -> Made:
    """Return "early 2019", "the end of March"."""
    item = match.items["part"]
    part = {"middle": "mid", "midst": "mid"}.get(item.value, item.value)
    return make("time", Part(whole=match.worth("whole"), part=part))


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


# --- counted from another time ---------------------------------------------------------------------------------------
def count(sign: int, *, is_anchored: bool = False, is_about: bool = False) -> Callable[[Match], Made]:
    """Return a maker of "so long before" or "after" the publication, another time, or a base that stands there."""

    def make_distance(match: Match) -> Made:
        length = match.worth("duration") or ((1, 1, match.worth("unit", "oneunit")),)
        lengths = (*length, *(match.worth("duration2") or ()), *(match.worth("duration3") or ()))
        base = match.items["base"].value if "base" in match.items else None
        value = Distance(lengths=lengths, sign=sign, base=base, is_anchored=is_anchored, is_approximate=is_about)
        return make("time", value)

    return make_distance


def make_within(match: Match) -> Made:
    """Return "within two weeks"."""
    return make("done", Window(length=match.worth("duration")[0], sign=1, holds_today=True))


def make_passed_on(match: Match) -> Made:
    """Return the window that stands in it, begun today."""
    return make("done", replace(match.worth("window"), holds_today=True))


def make_in_duration(match: Match) -> Made:
    """Return "in two weeks", which is a time only where the sentence speaks of what is to come."""
    return make("done", OnlyAhead(value=Distance(lengths=match.worth("duration"), sign=1)))


# --- stretches -------------------------------------------------------------------------------------------------------
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



MAKERS: Final[dict[str, Callable[[Match], Made | None]]] = {
    "ago": count(-1),
    "about_ago": count(-1, is_about=True),
    "ahead": count(1),
    "earlier_by": count(-1, is_anchored=True),
    "later_by": count(1, is_anchored=True),
    "before_base": count(-1),
    "after_base": count(1),
    "since": open_at("since"),
    "until": open_at("until"),
    "before": open_at("before"),
    "after": open_at("after"),
    **{
        name.removeprefix("make_"): function
        for name, function in list(globals().items())
        if name.startswith("make_")
    },
}
