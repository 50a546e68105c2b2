"""The days and months that stand in a text, as terms that two articles of one event share.

A day is written in many ways; each gives the term of its month and, where the day of the month is known, one of both.
Days of the week are left out: each comes again within a week, so that half of all articles share some.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from sayso.corroborate.rulebook import load_rules

MONTHS_OF_YEAR, MOST_DAYS = 12, 31


def count_days(text: str) -> Counter[str]:
    """Return how often each month, and each day of a month, stands in a text.

    Example: ``"Sept. 18, 2013"`` -> ``{"september": 1, "9-18": 1}``.
    """
    months, names, written, in_figures = _load_months()
    found: Counter[str] = Counter(months[match.group().lower()] for match in names.finditer(text))
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


def _name_day(month: str, day: str) -> tuple[str, ...]:
    """Return the term of a day of a month, none where there is no such day."""
    if 1 <= int(month) <= MONTHS_OF_YEAR and 1 <= int(day) <= MOST_DAYS:
        return (f"{int(month)}-{int(day)}",)
    return ()


@cache
def _load_months() -> tuple[dict[str, str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return the months by all their names, and the patterns of a month, of a day in words and of one in figures."""
    months = {name: line.split()[0] for line in load_rules("stories")["months"].splitlines() for name in line.split()}
    names = "|".join(name.title() for name in sorted(months, key=len, reverse=True))
    day = r"(?P<{}>\d{{1,2}})(?:st|nd|rd|th)?"
    return (
        months,
        re.compile(rf"\b(?:{names})\b"),
        re.compile(
            rf"\b(?P<before>{names})\b\.?,? {day.format('day')}\b(?! ?: ?\d)"  # September 18th
            rf"|\b{day.format('day_before')} (?:of )?(?P<after>{names})\b"  # 18 Sept
        ),
        re.compile(
            r"\b(?:19|20)\d\d-(?P<iso_month>\d\d)-(?P<iso_day>\d\d)\b"
            r"|\b(?P<one>\d{1,2}) ?/ ?(?P<other>\d{1,2}) ?/ ?(?:19|20)?\d\d\b"  # 9/18/2013, and the other way round
        ),
    )
