"""Which of two documents was published later, as far as what they state tells."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sayso.records import Document, Moment


def compare_times(one: Moment | None, other: Moment | None) -> int | None:
    """Return -1 where the first is earlier, 1 where it is later, 0 where both say the same; None if it cannot be told.

    Two times that both state their offset are compared as moments; else as they are written, as far as both are.
    """
    if one is None or other is None:
        return None
    here, there = _read_moment(one.value), _read_moment(other.value)
    if here is not None and there is not None:
        return (here > there) - (here < there)
    length = min(len(_drop_zone(one.value)), len(_drop_zone(other.value)))
    a, b = _drop_zone(one.value)[:length], _drop_zone(other.value)[:length]
    if a == b and len(_drop_zone(one.value)) != len(_drop_zone(other.value)):
        return None
    return (a > b) - (a < b)


def compare_documents(one: Document, other: Document) -> int | None:
    """Return how the times of publication of two documents compare, as `compare_times` does.

    A version is later than the one that it supersedes, whatever their dates say.
    """
    if one.supersedes == other.id:
        return 1
    if other.supersedes == one.id:
        return -1
    return compare_times(one.published, other.published)


def _read_moment(value: str) -> dt.datetime | None:
    """Return a stated time with its offset from UTC; None where it states none, or is no time."""
    try:
        found = dt.datetime.fromisoformat(value)
    except ValueError:
        return None
    return found if found.tzinfo is not None else None


def _drop_zone(value: str) -> str:
    """Return a time as written, without its offset."""
    day, _, clock = value.replace(" ", "T").partition("T")
    for mark in ("Z", "+", "-"):
        clock = clock.split(mark)[0]
    return f"{day}T{clock}" if clock else day
