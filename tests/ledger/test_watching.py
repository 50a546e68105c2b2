"""Feeds that a case follows: polite, patient with broken ones, and nothing twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from sayso.ledger.adding import Outcome
from sayso.ledger.watching import find_next, format_utc, is_time, parse_utc, poll
from sayso.records import Feed, RefusalCode
from tests.ledger.hands import START, Clock, HandFetcher, make_feed, make_ledger, make_page

if TYPE_CHECKING:
    from sayso.ledger.case import Ledger

A, B = "https://a.example/1", "https://b.example/1"
FEED = "https://a.example/feed.xml"
NOW = datetime(2024, 11, 3, 12, tzinfo=UTC)


def follow(*items: str) -> Ledger:
    """Return a case that follows a feed with these items."""
    pages: dict[str, str | RefusalCode] = {url: make_page(url, title=f"Story {url}") for url in (A, B)}
    ledger = make_ledger({**pages, FEED: make_feed(*items)})
    list(ledger.add([FEED]))
    return ledger


def pages_of(ledger: Ledger) -> dict[str, str | RefusalCode]:
    assert isinstance(ledger.fetcher, HandFetcher)
    return ledger.fetcher.pages


def test_a_feed_that_was_added_is_followed() -> None:
    (feed,) = follow(A).feeds()
    assert (feed.url, feed.title, feed.checked_at) == (FEED, "Harbour news", START)
    assert feed.etag is None


def test_only_what_is_new_is_added() -> None:
    ledger = follow(A)
    pages_of(ledger)[FEED] = make_feed(B, A)
    (added,) = ledger.poll(ledger.feeds()[0])
    assert (added.outcome, added.name) == (Outcome.ADDED, B)


def test_a_feed_that_wants_to_be_left_alone_is_within_reason() -> None:
    ledger = follow(A)
    pages_of(ledger)[FEED] = make_feed(A).replace("<title>Harbour", "<ttl>30</ttl><title>Harbour")
    list(ledger.poll(ledger.feeds()[0]))
    (feed,) = ledger.feeds()
    assert parse_utc(feed.not_before or "") - parse_utc(feed.checked_at or "") == timedelta(minutes=30)
    pages_of(ledger)[FEED] = make_feed(A).replace("<title>Harbour", "<ttl>90000</ttl><title>Harbour")
    list(ledger.poll(feed))
    (feed,) = ledger.feeds()
    assert parse_utc(feed.not_before or "") - parse_utc(feed.checked_at or "") == timedelta(hours=1)


def test_a_feed_that_did_not_change_is_not_read_again() -> None:
    ledger = follow(A)
    fetcher = ledger.fetcher
    assert isinstance(fetcher, HandFetcher)
    assert list(ledger.poll(ledger.feeds()[0])) == []
    fetcher.asked.clear()
    assert list(ledger.poll(ledger.feeds()[0])) == []
    assert ledger.feeds()[0].etag
    assert fetcher.asked == [(FEED, ledger.feeds()[0].etag)]


def test_while_an_item_may_still_come_the_feed_is_asked_for_whole() -> None:
    ledger = follow(A)
    pages_of(ledger)[FEED] = make_feed(A, "https://c.example/1")
    list(ledger.poll(ledger.feeds()[0]))
    assert ledger.feeds()[0].etag is None


def test_a_feed_that_was_forgotten_while_it_was_polled_stays_forgotten() -> None:
    ledger = follow(A)
    (feed,) = ledger.feeds()
    pages_of(ledger)[FEED] = make_feed(A, B)
    stream = ledger.poll(feed)
    next(stream)
    ledger.forget_feed(FEED)
    list(stream)
    assert ledger.feeds() == []


def test_a_refusal_that_stays_is_not_asked_for_again_and_one_that_may_pass_is() -> None:
    ledger = follow(A)
    pages_of(ledger)[B] = RefusalCode.ROBOTS
    pages_of(ledger)[FEED] = make_feed(A, B)
    assert [one.outcome for one in ledger.poll(ledger.feeds()[0])] == [Outcome.REFUSED]
    pages_of(ledger)[FEED] = make_feed(A, B, A)
    assert list(ledger.poll(ledger.feeds()[0])) == []
    pages_of(ledger)[FEED] = make_feed(A, "https://c.example/1")
    assert [one.outcome for one in ledger.poll(ledger.feeds()[0])] == [Outcome.REFUSED]
    pages_of(ledger)[FEED] = make_feed("https://c.example/1")
    pages_of(ledger)["https://c.example/1"] = make_page("https://c.example/1", title="C")
    assert [one.outcome for one in ledger.poll(ledger.feeds()[0])] == [Outcome.ADDED]


@pytest.mark.parametrize("broken", [RefusalCode.TIMEOUT, make_page(FEED)])
def test_a_broken_feed_is_a_problem_and_asked_later_each_time(broken: str | RefusalCode) -> None:
    ledger = follow(A)
    pages_of(ledger)[FEED] = broken
    waits = []
    for _ in range(3):
        (feed,) = ledger.feeds()
        assert list(ledger.poll(feed)) == []
        (feed,) = ledger.feeds()
        assert feed.problem is not None
        waits.append(parse_utc(feed.not_before or "") - parse_utc(feed.checked_at or ""))
    assert waits == sorted(waits)
    assert waits[0] < waits[-1]
    pages_of(ledger)[FEED] = make_feed(A)
    assert list(ledger.poll(feed)) == []
    assert (ledger.feeds()[0].problem, ledger.feeds()[0].failures) == (None, 0)


def test_the_pause_of_a_feed_that_stays_broken_ends_growing() -> None:
    feed = replace(Feed(url=FEED, added_at=START), failures=1_000)
    polled = poll(feed, HandFetcher({FEED: RefusalCode.TIMEOUT}), now=NOW)
    assert parse_utc(polled.feed.not_before or "") - NOW == timedelta(days=1)


def test_broken_off_the_next_poll_asks_for_the_same_again() -> None:
    ledger = follow(A)
    pages_of(ledger)[FEED] = make_feed(A, B)
    (feed,) = ledger.feeds()
    stream = ledger.poll(feed)
    next(stream)
    stream.close()  # type: ignore[attr-defined]
    assert ledger.feeds() == [feed]


def test_a_feed_that_a_feed_names_is_not_followed_in_its_turn() -> None:
    ledger = follow(A)
    other = "https://b.example/other.xml"
    pages_of(ledger)[other] = make_feed(B)
    pages_of(ledger)[FEED] = make_feed(other, A)
    (told,) = ledger.poll(ledger.feeds()[0])
    assert told.outcome is Outcome.UNREADABLE
    assert [feed.url for feed in ledger.feeds()] == [FEED]


def test_a_feed_is_forgotten_and_what_came_from_it_stays() -> None:
    ledger = follow(A)
    assert ledger.forget_feed(FEED)
    assert not ledger.forget_feed(FEED)
    assert ledger.feeds() == []
    with ledger.look() as lists:
        assert lists.articles().total == 1


def test_when_a_feed_is_due() -> None:
    never = Feed(url=FEED, added_at=START)
    checked = replace(never, checked_at=format_utc(NOW))
    put_off = replace(checked, not_before=format_utc(NOW + timedelta(hours=1)))
    quarter = timedelta(minutes=15)
    assert is_time(never, every=quarter, now=NOW)
    assert not is_time(checked, every=quarter, now=NOW)
    assert is_time(checked, every=quarter, now=NOW + quarter)
    assert is_time(checked, every=quarter, now=NOW + timedelta(minutes=14, seconds=30))
    assert not is_time(put_off, every=quarter, now=NOW + quarter)
    assert find_next([checked, put_off], every=quarter, now=NOW) == NOW + quarter
    assert find_next([], every=quarter, now=NOW) == NOW + quarter
    assert find_next([never], every=quarter, now=NOW) == NOW + timedelta(seconds=1)


def test_the_clock_of_a_ledger_is_its_own() -> None:
    ledger = follow(A)
    assert isinstance(ledger.clock, Clock)
    ledger.clock.now = "2024-11-03T11:00:00Z"
    list(ledger.poll(ledger.feeds()[0]))
    assert ledger.feeds()[0].checked_at == "2024-11-03T11:00:00Z"
