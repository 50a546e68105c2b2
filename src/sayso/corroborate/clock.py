"""When a document can have been published at the earliest and at the latest: clocks of outlets, with slack."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sayso.records import Moment

STATED = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2})"
    r"(?:[T ](?P<hour>\d{2})(?::(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?)?"
    r"(?P<zone>Z|[+-]\d{2}(?::?\d{2})?)?)?"
    r")?)?"
)
# Two clocks that both state their zone may still differ: pages are stamped when they are laid out, not when they go
# out.
SLACK = dt.timedelta(minutes=30)
# Without a zone the same figures may mean moments so far apart: from UTC+14 to UTC-12.
EASTERNMOST, WESTERNMOST = dt.timedelta(hours=14), dt.timedelta(hours=12)
STEPS = {
    "hour": dt.timedelta(hours=1),
    "minute": dt.timedelta(minutes=1),
    "second": dt.timedelta(seconds=1),
    "day": dt.timedelta(days=1),
}


def find_window(moment: Moment | None, *, is_same_clock: bool = False) -> tuple[dt.datetime, dt.datetime] | None:
    """Return the earliest and the latest moment that a stated time can mean, in UTC; None if it says nothing usable.

    Args:
        moment: A time as stated.
        is_same_clock: It is compared with another of the same outlet without a zone: then the zone makes no difference.
    """
    found = STATED.fullmatch(moment.value.strip()) if moment else None
    if not found:
        return None
    stated = {name: int(value) for name, value in found.groupdict().items() if value and name != "zone"}
    zone = found["zone"]
    try:
        start = dt.datetime(**{"month": 1, "day": 1, **stated}, tzinfo=dt.UTC)
        end = add_step(start, list(stated)[-1])
        if zone:
            return start - parse_zone(zone), end - parse_zone(zone)
        return (start, end) if is_same_clock else (start - EASTERNMOST, end + WESTERNMOST)
    except (ValueError, OverflowError):
        return None


def has_zone(moment: Moment | None) -> bool:
    """Return whether a stated time names its zone."""
    found = STATED.fullmatch(moment.value.strip()) if moment else None
    return bool(found and found["zone"])


def add_step(start: dt.datetime, finest: str) -> dt.datetime:
    """Return the end of the year, month, day … that begins there."""
    if finest == "year":
        return start.replace(year=start.year + 1)
    if finest == "month":
        return start.replace(year=start.year + start.month // 12, month=start.month % 12 + 1)
    return start + STEPS[finest]


def parse_zone(zone: str) -> dt.timedelta:
    """Return a stated offset from UTC."""
    if zone == "Z":
        return dt.timedelta()
    digits = zone[1:].replace(":", "").ljust(4, "0")
    offset = dt.timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return -offset if zone[0] == "-" else offset


def is_before(first: Moment | None, second: Moment | None, *, is_same_clock: bool = False) -> bool:
    """Return whether the first is certainly earlier than the second, slack allowed for."""
    is_zone_open = is_same_clock and not (has_zone(first) or has_zone(second))
    early, late = find_window(first, is_same_clock=is_zone_open), find_window(second, is_same_clock=is_zone_open)
    if early is None or late is None:
        return False
    slack = dt.timedelta() if is_same_clock else SLACK
    # The end of the earlier is shut out already, so a second between them is enough on one clock.
    return late[0] - early[1] >= slack
