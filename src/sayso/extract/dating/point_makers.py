"""What the forms of numbers, dates, times of day and lengths mean."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from sayso.extract.dating.figures import read_iso, read_short, read_slashed
from sayso.extract.dating.relative import Unit, Weekday
from sayso.extract.dating.spans import Daypart, Range
from sayso.extract.dating.values import Calendar, Decade, year_from_two
from sayso.extract.rulebook import load_rules

if TYPE_CHECKING:
    from sayso.extract.dating.making import Match

from sayso.extract.dating.making import Made, make

NOW_YEARS: Final = range(1900, 2040)

OLD_YEARS: Final = range(1500, 2040)

FAR_YEARS: Final = range(2040, 2151)

STRONG: Final = {
    "in",
    "since",
    "until",
    "from",
    "before",
    "after",
    "between",
    "during",
    "yearword",
    "early",
    "mid",
    "late",
    "by",
}

# A telephone number, a docket: other figures hang on it that are no year.
PART_OF_NUMBER_BEFORE = re.compile(r"(?<![0-9])[0-9]{1,3}-$")
PART_OF_NUMBER_AFTER = re.compile(r"-([0-9]{1,9})")
SHORT_CHARS = 2
WORD_BEFORE = re.compile(r"(?:[a-z]{4,8} )?\b([^\W\d_]+)\.? $")

NAME_BEFORE = re.compile(r"\b([A-Z][a-z]+) $")

# "His early 20s" are no decade of the calendar; "the early 20s" are.
HOUR_LEADS: Final = frozenset({"before", "after", "by", "until", "around", "from"})
CLOCK_YEARS = 1800
QUARTERS: Final = (0, 15, 30, 45)
NOUN_LEADS: Final = frozenset({"the", "a", "his", "own"})
NOON = 12

MIDNIGHT_END = 24

SIXTY = 60

HUNDRED = 100

NEW_CENTURY = 2000

TWO = 2


def make_date(match: Match) -> Made | None:
    """Return "November 7", with or without its year."""
    year, day = match.worth("year"), match.worth("day")
    if isinstance(year, str):
        return make("date", read_short(f"{match.worth('month')}/{day}", year=year, is_spelt=True))
    if day < 0 or (match.before is not None and "every" in match.before.kinds):
        return None
    return make("date", Calendar(year=year, month=match.worth("month"), day=day))


def make_date_two(match: Match) -> Made:
    """Return "3 Sep 89", as datelines have it."""
    written = f"{match.worth('month')}/{match.worth('day')}"
    return make("date", read_short(written, year=f"{match.worth('year', 'two'):02}", is_spelt=True))


def make_month(match: Match) -> Made | None:
    """Return "March", with or without its year."""
    year = match.worth("year")
    if match.before is not None and "every" in match.before.kinds:
        return None
    word = match.text[match.start : match.end]
    if word.isupper() and word.isalpha() and match.before is not None and match.before.kinds & NOUN_LEADS:
        # "THE MARCH ON ..." in text all in capitals
        return None
    if isinstance(year, str):
        return make("month", read_short(f"{match.worth('month')}/1", year=year, is_month=True))
    return make("month", Calendar(year=year, month=match.worth("month")))


def make_month_of(match: Match) -> Made | None:
    """Return "the month of March"."""
    return make_month(match) if match.worth("unit", "oneunit") == "month" else None


def make_iso(match: Match) -> Made:
    """Return "2024-11-07", with the time of day where one stands there."""
    return make("date", read_iso(match.worth("iso")))


def make_slashed(match: Match) -> Made | None:
    """Return "11/7/2024"."""
    value = read_slashed(match.worth("slashed"))
    return None if value is None else make("date", value)


def make_padded(match: Match) -> Made | None:
    """Return "22/04" where no word leads it in: only where its naught and its figures leave no other reading."""
    one, two = (int(part) for part in match.worth("short", "padded").split("/"))
    if not (1 <= min(one, two) < 10 and NOON < max(one, two) <= 31):  # noqa: PLR2004
        return None
    return make("date", read_short(match.worth("short", "padded")))


def make_month_day(match: Match) -> Made | None:
    """Return "4-22" behind a word that leads a day in: month and day, where the figures allow no other order."""
    month, day = match.worth("month", "figure"), match.worth("day")
    if not (1 <= month <= NOON < day) or match.text[match.start : match.end].count(" "):
        return None
    return make("date", Calendar(month=month, day=day))


def make_short(match: Match) -> Made:
    """Return "11/7"."""
    year = match.worth("year")
    return make("date", read_short(match.worth("short"), year=None if year is None else str(year)))


def make_year(match: Match) -> Made | None:
    """Return a year behind a word that leads one in."""
    year = match.worth("year")
    strong = match.before is not None and match.before.kinds & STRONG
    if year not in OLD_YEARS and not (strong and _may_be_far(match, year)):
        return None
    if (
        match.before is not None
        and match.before.kinds & HOUR_LEADS
        and year < CLOCK_YEARS
        and year % HUNDRED in QUARTERS
    ):
        # "Shortly before 1700" is a time of day.
        return None
    if _is_part_of_number(match) or (not strong and _plural().match(match.text, match.end)):
        return None
    return make("yeartime", Calendar(year=year), match.items["year"].start)


def _may_be_far(match: Match, year: int) -> bool:
    """Return whether figures no year of our age has are one all the same: "by 2100", "the year 1066"."""
    if match.before is not None and "yearword" in match.before.kinds:
        return True
    return year in FAR_YEARS and not re.match(r" [^\W\d_]{1,40}s\b", match.text[match.end : match.end + 42])


def _is_part_of_number(match: Match) -> bool:
    """Return whether other figures that are no year hang on a year's."""
    item = match.items["year"]
    if PART_OF_NUMBER_BEFORE.search(match.text[max(0, item.start - 5) : item.start]):
        return True
    rest = PART_OF_NUMBER_AFTER.match(match.text, item.end)
    return rest is not None and len(rest[1]) > SHORT_CHARS and int(rest[1]) not in OLD_YEARS


@cache
def _plural() -> re.Pattern[str]:
    """Return what a word in the plural looks like, one word further on at most."""
    names = load_rules("en", "times")["names"]
    others = "|".join(re.escape(word) for word in names["no_plural"])
    return re.compile(rf"[ \u00a0](?:[a-z]+ )?(?!(?:{others})\b)[a-z]+{names['plural_ending']}\b")


def make_bare_year(match: Match) -> Made | None:
    """Return a year that stands alone: only one of the age that news speak of, and never a count of things."""
    year, item = match.worth("year"), match.items["year"]
    word = WORD_BEFORE.search(match.text[max(0, item.start - 20) : item.start])
    is_compared = (
        word is not None
        and word[1].casefold() == "than"
        and word[0].casefold().split()[0] in load_rules("en", "times")["names"]["compared"]
    )
    if (
        word is not None
        and not is_compared
        and word[1].casefold() in load_rules("en", "times")["names"]["no_year_after"]
    ):
        return None
    if (
        year not in NOW_YEARS
        or _is_part_of_number(match)
        or not match.text[item.start : item.end].isdigit()
        or _plural().match(match.text, match.end)
    ):
        return None
    return make("yeartime", Calendar(year=year))


def _pair(match: Match) -> tuple[int, int]:
    """Return both figures of "2015/16"."""
    one, two = match.worth("year_pair").split("/")
    return int(one), int(two)


def make_year_pair(match: Match) -> Made | None:
    """Return "2015/16": two years side by side; "2016/11" is a month."""
    year, figures = _pair(match)
    if figures == (year + 1) % HUNDRED:
        return make("time", Range(first=Calendar(year=year), last=Calendar(year=year + 1)))
    return make("month", Calendar(year=year, month=figures)) if 1 <= figures <= NOON else None


def make_month_pair(match: Match) -> Made:
    """Return "03/2015" behind a word that leads it in."""
    month, year = match.worth("month_pair").split("/")
    return make("month", Calendar(year=int(year), month=int(month)))


def make_year_pair_season(match: Match) -> Made | None:
    """Return "the winter of 2015/16"."""
    year, figures = _pair(match)
    if figures != (year + 1) % HUNDRED:
        return None
    return make("season", Calendar(year=year, season=match.worth("season")))


def make_season_two(match: Match) -> Made:
    """Return "the summer of '69"."""
    year = year_from_two(int(match.worth("year", "short_year")[1:]), None)
    note = f"the year {match.worth('year', 'short_year')} read as {year}"
    return make("season", Calendar(year=year, season=match.worth("season"), note=note))


def make_two_year(match: Match) -> Made:
    """Return "since '82"."""
    return make("yeartime", read_short("1/1", year=match.worth("year", "short_year"), is_year=True))


def make_decade(match: Match) -> Made | None:
    """Return "the 1990s", "the '90s", "the nineteen nineties"."""
    written = match.worth("decade", "decade")
    if isinstance(written, int):
        years = HUNDRED if written and written % HUNDRED == 0 and written < NEW_CENTURY else 10
        return make("decade", Decade(first_year=written, years=years, is_short=written < HUNDRED))
    figures = "".join(char for char in written if char.isdigit())
    lead = match.text[max(0, match.start - 12) : match.items["decade"].start].casefold()
    is_led = not written[0].isdigit() or lead.endswith(tuple(load_rules("en", "times")["names"]["decade_leads"]))
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
    if match.worth("century", "oneunit") != "century" or number < 11:  # noqa: PLR2004
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


def make_nightrel(_: Match) -> Made:
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
    if part is None and (not 1 <= number <= 4 or match.worth("quarter", "oneunit") != "quarter"):  # noqa: PLR2004
        return None
    return _make_part(number, unit, match.worth("short_year") or match.worth("year"))


def make_quarter_number(match: Match) -> Made | None:
    """Return "quarter three of 2016"."""
    number = match.worth("count", "digit") or match.worth("count2", "day")
    if match.worth("quarter", "oneunit") != "quarter" or not 1 <= number <= 4:  # noqa: PLR2004
        return None
    return make("quarter", Calendar(year=match.worth("year"), part=("quarter", number)))


def make_parted(match: Match) -> Made | None:
    """Return "3Q 2016", "1H"."""
    written, year = match.worth("parted"), match.worth("short_year") or match.worth("year")
    return _make_part(int(written[0]), written[1], year)


def make_parted_year(match: Match) -> Made | None:
    """Return "3Q16"."""
    written = match.worth("parted_year")
    return _make_part(int(written[0]), written[1], written[-2:])


def _make_part(number: int, letter: str, year: int | str | None) -> Made | None:
    """Return a quarter or a half by its letter; the year's figures may be two."""
    unit = "half" if letter in {"h", "H"} else "quarter"
    if unit == "half" and number > TWO:
        return None
    if not isinstance(year, str):
        return make("quarter", Calendar(year=year, part=(unit, number)))
    figures = int(year[-2:])
    whole = year_from_two(figures, None)
    return make("quarter", Calendar(year=whole, part=(unit, number), note=f"the year {figures:02} read as {whole}"))


def make_half(match: Match) -> Made | None:
    """Return "the first half of 2016"; alone it may be that of a game, and waits for a year."""
    number, year = match.worth("ordinal"), match.worth("year")
    if not 1 <= number <= 2:  # noqa: PLR2004
        return None
    value = Calendar(year=year, part=("half", number))
    return make("quarter" if year is not None else "half", value)
