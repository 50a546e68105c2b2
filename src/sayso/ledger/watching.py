"""Feeds that a case follows: when each is due, what is new in it, and what is noted of the poll.

Source: RFC 9110 (conditional requests).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING

from sayso.errors import Problem
from sayso.ingest import read_feed
from sayso.records import RefusalCode

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sayso.ingest.feed import FeedContent
    from sayso.ledger.intake import Fetches
    from sayso.records import Capture, Captured, Feed

UNREADABLE = "unreadable-feed"
PASSING = frozenset(
    {RefusalCode.NO_NETWORK, RefusalCode.UNREACHABLE, RefusalCode.TIMEOUT, RefusalCode.TLS, RefusalCode.BROKEN_ANSWER}
)
EARLY = timedelta(minutes=1)
# Source: RFC 9110, 15.5.9 and 15.6; RFC 6585, 4; RFC 8470, 5.2.
PASSING_STATUS = frozenset({408, 425, 429, 500, 502, 503, 504})
LEAST_PAUSE = timedelta(minutes=5)
LONGEST_PAUSE = timedelta(days=1)
# A feed may ask for more patience than that; it is asked all the same.
LONGEST_WISH = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Polled:
    """What one poll of a feed gave.

    Attributes:
        feed: Its state from now on.
        items: The addresses that are in it now; empty where it has not changed or could not be read.
        problems: What was wrong with single items.
    """

    feed: Feed
    items: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def poll(feed: Feed, fetcher: Fetches, *, now: datetime) -> Polled:
    """Return what a feed holds now. Whatever is wrong with it is a problem in its new state."""
    captured = fetcher.fetch(feed.url, etag=feed.etag, last_modified=feed.last_modified)
    capture = captured.capture
    if capture.refusal is not None:
        problem = Problem(
            code=capture.refusal.code, message=f"{capture.refusal.message} {capture.refusal.advice}".strip()
        )
        return Polled(feed=_put_off(feed, problem, now))
    if capture.status == HTTPStatus.NOT_MODIFIED:
        return Polled(feed=replace(feed, checked_at=format_utc(now), not_before=None, failures=0, problem=None))
    content = read_feed(captured.data, name=feed.url, url=capture.urls.final or feed.url, media=capture.media)
    fault = next((problem for problem in content.problems if problem.code == UNREADABLE), None)
    if fault is not None:
        return Polled(feed=_put_off(feed, fault, now))
    known = note_content(feed, captured, content, now=now)
    return Polled(feed=known, items=tuple(item.url for item in content.items), problems=tuple(content.problems))


def note_content(feed: Feed, captured: Captured, content: FeedContent, *, now: datetime) -> Feed:
    """Return a feed's state after it was fetched and read."""
    headers = {name.lower(): value for name, value in captured.capture.headers}
    return replace(
        feed,
        title=content.title or feed.title,
        checked_at=format_utc(now),
        etag=headers.get("etag"),
        last_modified=headers.get("last-modified"),
        not_before=_wait_as_wished(content, now),
        failures=0,
        problem=next(iter(content.problems), None),
    )


def find_next(feeds: Iterable[Feed], *, every: timedelta, now: datetime) -> datetime:
    """Return when the next feed is to be polled, at least one second from now."""
    due = [_find_due(feed, every, now) for feed in feeds]
    return max(min(due, default=now + every), now + timedelta(seconds=1))


def is_passing(capture: Capture) -> bool:
    """Return whether a capture is a refusal that may have passed: what was not to be reached may be tomorrow."""
    if capture.refusal is None:
        return False
    return capture.refusal.code in PASSING or capture.status in PASSING_STATUS


def is_time(feed: Feed, *, every: timedelta, now: datetime) -> bool:
    """Return whether a feed is to be polled now.

    A little early counts: whoever calls every quarter of an hour by the clock is not to miss every second time.
    """
    return _find_due(feed, every - min(EARLY, every / 10), now) <= now


def parse_utc(text: str) -> datetime:
    """Return a time of the case (``2024-11-03T10:15:42Z``)."""
    return datetime.fromisoformat(text).astimezone(UTC)


def format_utc(moment: datetime) -> str:
    """Return a time as the case keeps it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _find_due(feed: Feed, every: timedelta, now: datetime) -> datetime:
    last = parse_utc(feed.checked_at) + every if feed.checked_at else now
    return max(last, parse_utc(feed.not_before)) if feed.not_before else last


def _wait_as_wished(content: FeedContent, now: datetime) -> str | None:
    """Return the time before which a feed does not want to be asked again; None where it does not say."""
    if not content.refresh_s:
        return None
    return format_utc(now + min(timedelta(seconds=content.refresh_s), LONGEST_WISH))


def _put_off(feed: Feed, problem: Problem, now: datetime) -> Feed:
    """Return a feed's state after a failure: each one in a row doubles the pause."""
    failures = feed.failures + 1
    pause = min(LEAST_PAUSE * 2 ** min(failures - 1, 10), LONGEST_PAUSE)
    return replace(
        feed, checked_at=format_utc(now), not_before=format_utc(now + pause), failures=failures, problem=problem
    )
