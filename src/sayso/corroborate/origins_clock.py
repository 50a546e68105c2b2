"""Times of tellings as intervals: what a stated time leaves open, its zone, and clocks that go wrong."""

from __future__ import annotations

import datetime as dt
import math
from typing import TYPE_CHECKING

from sayso.records import Precision

if TYPE_CHECKING:
    from sayso.records import Moment

# A time without an offset may be of any zone from UTC-12 to UTC+14 (IANA time zone database).
EASTMOST_S, WESTMOST_S = 14 * 3600.0, 12 * 3600.0
DAY_S, MINUTE_S = 86_400.0, 60.0
WIDTH_S = {
    Precision.CENTURY: 36_525 * DAY_S,
    Precision.DECADE: 3_653 * DAY_S,
    Precision.YEAR: 366 * DAY_S,
    Precision.SEASON: 93 * DAY_S,
    Precision.QUARTER: 92 * DAY_S,
    Precision.MONTH: 31 * DAY_S,
    Precision.WEEK: 7 * DAY_S,
    Precision.DAY: DAY_S,
    Precision.DAYPART: DAY_S,
    Precision.HOUR: 3600.0,
    Precision.MINUTE: MINUTE_S,
    Precision.SECOND: 1.0,
}
YEAR_CHARS, MONTH_CHARS = 4, 7


# From when to when something may have been, in seconds since 1970 (UTC).
Interval = tuple[float, float]
EVER: Interval = (-math.inf, math.inf)


def read_interval(moment: Moment) -> Interval | None:
    """Return what a stated time leaves open; None if it cannot be read."""
    value = moment.value
    if len(value) == YEAR_CHARS:
        value += "-01-01"
    elif len(value) == MONTH_CHARS:
        value += "-01"
    try:
        start = dt.datetime.fromisoformat(value)
    except ValueError:
        return None
    if start.tzinfo is not None:
        begin = start.timestamp()
        # The usual case by itself: an enumeration's member is slow to look up.
        return begin, begin + (MINUTE_S if moment.precision is Precision.MINUTE else WIDTH_S[moment.precision])
    begin = start.replace(tzinfo=dt.UTC).timestamp()
    return begin - EASTMOST_S, begin + WESTMOST_S + WIDTH_S[moment.precision]
