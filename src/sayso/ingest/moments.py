"""Times as they are written, to `Moment`, with no more precision than was stated."""

from __future__ import annotations

import datetime as dt
import re

from sayso.ingest.rulebook import load_table
from sayso.records import Moment, Precision

# ISO 8601-1:2019, the calendar forms; the blank between date and time is RFC 3339's.
ISO = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?"
    r"(?:[T ](?P<hour>\d{2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d{1,12})?)?"
    r"\s?(?P<offset>Z|z|UTC|GMT|[+-]\d{2}:?(?:\d{2})?)?)?"
)
ISO_BASIC = re.compile(
    r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})"
    r"(?:T(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})?(?P<offset>Z)?)?"
)
CLOCK = (
    r"(?:,?\s?(?:at\s|T)?(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?::(?P<second>\d{2}))?\s?(?P<half>[aApP]\.?[mM]\.?)?"
    r"\s?(?P<offset>Z|UTC|GMT|[+-]\d{2}:?\d{2})?.{0,20})?"
)
DAY_NAME = r"(?:[A-Za-z]{3,9}\.?,?\s)?"
ORDINAL = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
MONTH = r"(?P<name>[A-Za-z]{3,9})\.?"
YEAR = r"(?P<year>\d{4})"
MONTH_FIRST = re.compile(rf"{DAY_NAME}{MONTH}\s{ORDINAL},?\s{YEAR}{CLOCK}")
DAY_FIRST = re.compile(rf"{DAY_NAME}{ORDINAL}\s{MONTH},?\s{YEAR}{CLOCK}")
LEAD = re.compile(
    r"(?i)(?:first\s)?(?:published|posted|updated|last updated|last modified|modified|issued|created|date)"
    r"(?:\son|\sat)?\s?:?\s{0,2}"
)
HALF = re.compile(r"(?i)\b[ap]\.?m\b")
SECONDS = re.compile(r"\d{1,2}:\d{2}:\d{2}")
# Longer is no date but a paragraph.
MAX_CHARS = 120
NOON = 12
# How much of 2024-11-03T10:15:30 each precision keeps.
ISO_CHARS = {Precision.YEAR: 4, Precision.MONTH: 7, Precision.DAY: 10, Precision.MINUTE: 16, Precision.SECOND: 19}
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


def read_internet_moment(written: str, *, stated_in: str) -> Moment | None:
    """Return the time that is written as in the headers of mails; None if it is none.

    Years of two digits and the names of zones are those of the standard, and halves of the day are unknown to it.

    Source: RFC 5322, 3.3 and 4.3; RSS 2.0 takes its times from its forerunner, RFC 822.
    """
    from email.utils import parsedate_to_datetime  # noqa: PLC0415 - plain text does without

    try:
        moment = parsedate_to_datetime(written[:MAX_CHARS])
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    zone = "" if moment.tzinfo is None else moment.strftime("%z")
    precision = Precision.SECOND if SECONDS.search(written[:MAX_CHARS]) else Precision.MINUTE
    value = moment.replace(tzinfo=None).isoformat(timespec="seconds")[: ISO_CHARS[precision]]
    return Moment(value=value + (f"{zone[:3]}:{zone[3:5]}" if zone else ""), precision=precision, stated_in=stated_in)


def _make_moment(parts: dict[str, str | None], *, stated_in: str) -> Moment | None:
    """Return the moment of these parts; None if the calendar has no such day or the clock no such time."""
    name, month = parts.get("name"), parts.get("month")
    month = _find_month(name) if name else month
    if name and month is None:
        return None
    hours = int(parts.get("hour") or 0)
    half = (parts.get("half") or "").lower()
    if half:
        hours = hours % NOON + (NOON if half.startswith("p") else 0)
    minute, second = int(parts.get("minute") or 0), min(int(parts.get("second") or 0), LAST_SECOND)
    date = (int(parts["year"] or 0), int(month or 1), int(parts.get("day") or 1))
    try:
        # Without a zone: the offset is kept beside it, as written.
        iso = dt.datetime(*date, hours, minute, second).isoformat(timespec="seconds")  # noqa: DTZ001
    except ValueError:
        return None
    stated = {Precision.MONTH: month, Precision.DAY: parts.get("day"), Precision.MINUTE: parts.get("hour")}
    stated[Precision.SECOND] = parts.get("second")
    precision = Precision.YEAR
    for finer, part in stated.items():
        precision = finer if part is not None else precision
    offset = _normalise_offset(parts.get("offset")) if precision in {Precision.MINUTE, Precision.SECOND} else ""
    return Moment(value=iso[: ISO_CHARS[precision]] + offset, precision=precision, stated_in=stated_in)


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
