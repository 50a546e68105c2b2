"""Stated times as numbers that sort and compare: the day as stated, the minute in UTC."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from sayso.errors import SettingsError

STATED = re.compile(
    r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2})(?:[T ](?P<hour>[0-9]{2})(?::?(?P<minute>[0-9]{2})"
    r"(?::?[0-9]{2}(?:[.,][0-9]{1,9})?)?)?(?P<offset>Z|[+-][0-9]{2}(?::?[0-9]{2})?)?)?)?)?"
)
DAY_MINUTES = 24 * 60
LATEST_MINUTE = 9_999 * 366 * DAY_MINUTES
"""No stated time is later; what is not stated comes after all the rest."""


def count_day(stated: str | None) -> int | None:
    """Return the day on which a stated time begins, counted from the year 1; None where there is none."""
    days = _find_days(stated)
    return None if days is None else days[0]


def count_minute(stated: str | None) -> int | None:
    """Return the minute in UTC at which a stated time begins; one without an offset is taken for UTC."""
    found = STATED.fullmatch(stated or "")
    days = _find_days(stated)
    if found is None or days is None:
        return None
    minute = days[0] * DAY_MINUTES + int(found["hour"] or 0) * 60 + int(found["minute"] or 0)
    offset = found["offset"]
    if offset and offset != "Z":
        shift = int(offset[1:3]) * 60 + int(offset[3:].lstrip(":") or 0)
        minute += -shift if offset[0] == "+" else shift
    return max(0, minute)


def bound_days(since: str | None, until: str | None) -> tuple[int | None, int | None]:
    """Return the first and the last day that a list asks for.

    Raises:
        SettingsError: One is no day, month or year.
    """
    bounds = []
    for name, stated in (("since", since), ("until", until)):
        days = _find_days(stated)
        if stated and days is None:
            raise SettingsError(name, stated, "a day, month or year: 2024-11-03, 2024-11 or 2024")
        bounds.append(days)
    first, last = bounds
    return (first and first[0], last and last[1])


def _find_days(stated: str | None) -> tuple[int, int] | None:
    """Return the first and last day of a stated time; None where it is none."""
    found = STATED.fullmatch(stated or "")
    if found is None:
        return None
    year, month, day = (int(found[part]) if found[part] else None for part in ("year", "month", "day"))
    try:
        first = date(year or 0, month or 1, day or 1)
        last_month = month or 12
        last = date(first.year, last_month, day or monthrange(first.year, last_month)[1])
    except ValueError:
        return None
    return first.toordinal(), last.toordinal()
