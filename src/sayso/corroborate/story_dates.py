"""The days and months that stand in a text, as terms that two articles of one event share.

A day is written in many ways; each gives the term of its month and, where the day of the month is known, one of both.
A day of the week tells least, as each comes again within the week, and a day of a month most.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from sayso.corroborate.rulebook import load_rules

if TYPE_CHECKING:
    from collections.abc import Iterable

DAYS_OF_WEEK, MONTHS_OF_YEAR, MOST_DAYS, DAYS_OF_YEAR = 7, 12, 31, 365


def count_days(text: str) -> Counter[str]:
    """Return how often each day of the week, each month and each day of a month stands in a text.

    Example: ``"Wed., Sept. 18, 2013"`` -> ``{"wednesday": 1, "september": 1, "9-18": 1}``.
    """
    months, written, in_figures = _load_months()
    days, names = _load_names()
    found: Counter[str] = Counter(days[match.group().lower()] for match in names.finditer(text))
    numbers = {month: str(i) for i, month in enumerate(dict.fromkeys(months.values()), start=1)}
    for match in written.finditer(text):
        month, day = match["after"] or match["before"], match["day"] or match["day_before"]
        found.update(_name_day(numbers[months[month.lower()]], day))
    for match in in_figures.finditer(text):
        if match["iso_month"]:
            found.update(_name_day(match["iso_month"], match["iso_day"]))
        elif int(match["one"]) > MONTHS_OF_YEAR:
            found.update(_name_day(match["other"], match["one"]))
        else:
            found.update(_name_day(match["one"], match["other"]))
    return found


def weigh_day(term: str) -> float:
    """Return how much a term of `count_days` says: the logarithm of how many there are of its kind."""
    if "-" in term:
        return math.log(DAYS_OF_YEAR)
    return math.log(DAYS_OF_WEEK if term in _list_weekdays() else MONTHS_OF_YEAR)


def _name_day(month: str, day: str) -> tuple[str, ...]:
    """Return the term of a day of a month, none where there is no such day."""
    if 1 <= int(month) <= MONTHS_OF_YEAR and 1 <= int(day) <= MOST_DAYS:
        return (f"{int(month)}-{int(day)}",)
    return ()


@cache
def _list_weekdays() -> frozenset[str]:
    """Return the days of the week by their full names."""
    return frozenset(_read_names("weekdays").values())


def _read_names(rule: str) -> dict[str, str]:
    """Return what each of the names in a rule stands for: the first of its line."""
    return {name: line.split()[0] for line in load_rules("stories")[rule].splitlines() for name in line.split()}


@cache
def _load_names() -> tuple[dict[str, str], re.Pattern[str]]:
    """Return what each name of a day of the week or a month stands for, and the pattern of one."""
    names = _read_names("weekdays") | _read_names("months")
    return names, re.compile(rf"\b(?:{_list_alternatives(names)})\b")


@cache
def _load_months() -> tuple[dict[str, str], re.Pattern[str], re.Pattern[str]]:
    """Return the months by all their names, and the patterns of a day in words and of one in figures."""
    months = _read_names("months")
    names = _list_alternatives(months)
    day = r"(?P<{}>\d{{1,2}})(?:st|nd|rd|th)?"
    return (
        months,
        re.compile(
            rf"\b(?P<before>{names})\b\.?,? {day.format('day')}\b(?! ?: ?\d)"  # September 18th
            rf"|\b{day.format('day_before')} (?:of )?(?P<after>{names})\b"  # 18 Sept
        ),
        re.compile(
            r"\b(?:19|20)\d\d-(?P<iso_month>\d\d)-(?P<iso_day>\d\d)\b"
            r"|\b(?P<one>\d{1,2}) ?/ ?(?P<other>\d{1,2}) ?/ ?(?:19|20)?\d\d\b"  # 9/18/2013, and the other way round
        ),
    )


def _list_alternatives(names: Iterable[str]) -> str:
    """Return names, written with a capital, as the alternatives of a pattern, the longest first."""
    return "|".join(name.title() for name in sorted(names, key=len, reverse=True))
