"""Times as they are written, to `Moment`, with no more precision than was stated."""

from __future__ import annotations

import datetime
import re

from sayso.ingest.rulebook import load_table
from sayso.records import Moment, Precision

# ISO 8601-1:2019, the calendar forms; the blank between date and time is RFC 3339's.
ISO = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?"
    r"(?:[T ](?P<hour>\d{2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d{1,12})?)?\s?(?P<offset>Z|z|UTC|GMT|[+-]\d{2}:?(?:\d{2})?)?)?"
)
ISO_BASIC = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})(?:T(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})?(?P<offset>Z)?)?")
CLOCK = (
    r"(?:,?\s?(?:at\s|T)?(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?::(?P<second>\d{2}))?\s?(?P<half>[aApP]\.?[mM]\.?)?"
    r"\s?(?P<offset>Z|UTC|GMT|[+-]\d{2}:?\d{2})?.{0,20})?"
)
DAY_NAME = r"(?:[A-Za-z]{3,9}\.?,?\s)?"
MONTH_FIRST = re.compile(DAY_NAME + r"(?P<name>[A-Za-z]{3,9})\.?\s(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s(?P<year>\d{4})" + CLOCK)
DAY_FIRST = re.compile(DAY_NAME + r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\s(?P<name>[A-Za-z]{3,9})\.?,?\s(?P<year>\d{4})" + CLOCK)
LEAD = re.compile(r"(?i)(?:first\s)?(?:published|posted|updated|last updated|last modified|modified|issued|created|date)(?:\son|\sat)?\s?:?\s{0,2}")
# Longer is no date but a paragraph.
MAX_CHARS = 120
NOON = 12
LAST_SECOND = 59  # a leap second is written :60, which `datetime` does not know


def read_moment(written: str, *, stated_in: str) -> Moment | None:
    """Return the time that is written here; None if it is none or cannot be told (like 03/04/2024)."""
    written = " ".join(written[: MAX_CHARS + 1].split())
    if not written or len(written) > MAX_CHARS:
        return None
    lead = LEAD.match(written)
    written = written[lead.end() :] if lead else written
    for form in (ISO, ISO_BASIC, MONTH_FIRST, DAY_FIRST):
        match = form.fullmatch(written)
        if match:
            return _make_moment(match.groupdict(), stated_in=stated_in)
    return None


def _make_moment(parts: dict[str, str | None], *, stated_in: str) -> Moment | None:
    """Return the moment of these parts; None if the calendar has no such day or the clock no such time."""
    month = parts.get("month")
    if parts.get("name"):
        month = _find_month(str(parts["name"]))
        if month is None:
            return None
    year, day = parts["year"] or "", parts.get("day")
    hour, minute, second = parts.get("hour"), parts.get("minute"), parts.get("second")
    hours = int(hour or 0)
    half = (parts.get("half") or "").lower()
    if half:
        hours = hours % NOON + (NOON if half.startswith("p") else 0)
    try:
        moment = datetime.datetime(  # noqa: DTZ001 - the offset is kept beside it, as written
            int(year), int(month or 1), int(day or 1), hours, int(minute or 0), min(int(second or 0), LAST_SECOND)
        )
    except ValueError:
        return None
    if month is None:
        return Moment(value=moment.isoformat()[:4], precision=Precision.YEAR, stated_in=stated_in)
    if day is None:
        return Moment(value=moment.isoformat()[:7], precision=Precision.MONTH, stated_in=stated_in)
    if hour is None:
        return Moment(value=moment.date().isoformat(), precision=Precision.DAY, stated_in=stated_in)
    offset = _normalise_offset(parts.get("offset"))
    if second is None:
        value = moment.isoformat(timespec="minutes")
        return Moment(value=value + offset, precision=Precision.MINUTE, stated_in=stated_in)
    return Moment(value=moment.isoformat(timespec="seconds") + offset, precision=Precision.SECOND, stated_in=stated_in)


def _find_month(name: str) -> str | None:
    """Return the number of the month of this name or abbreviation; None if it is none."""
    months: list[str] = load_table("credits")["words"]["months"]
    known = {month.lower() for month in months}
    if name.lower() not in known:
        return None
    return next(str(i) for i, month in enumerate(months[:12], 1) if month.lower()[:3] == name.lower()[:3])


def _normalise_offset(offset: str | None) -> str:
    """Return the offset from UTC as ``Z`` or ``+hh:mm``; empty if none was stated."""
    if not offset:
        return ""
    if offset[0] not in "+-":
        return "Z"
    digits = offset[1:].replace(":", "").ljust(4, "0")
    return f"{offset[0]}{digits[:2]}:{digits[2:]}"
