"""The rounds of ``sayso watch`` and what is printed of them."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

import click
from rich.text import Text

from sayso.cli._adding import Teller
from sayso.cli._joining import join_rest
from sayso.cli._page import make_console
from sayso.cli._print import print_bytes, print_error
from sayso.cli._progress import Progress
from sayso.export.list_words import say_time
from sayso.export.visible import show
from sayso.ledger.watching import find_next, format_utc, is_time, parse_utc
from sayso.plain import to_plain

if TYPE_CHECKING:
    from datetime import timedelta

    from sayso.ledger.case import Ledger
    from sayso.records import Feed

NO_FEEDS = "the case follows no feed. Add one by its address: sayso add https://…/feed.xml"


class Watch:
    """Polls the feeds of one case."""

    def __init__(self, ledger: Ledger, *, every: timedelta, as_json: bool) -> None:
        """Take the case and how often."""
        self.ledger = ledger
        self.every = every
        self.teller = Teller(as_json=as_json, quiet=False)

    def run_once(self) -> int:
        """Poll each feed that is due once; return the exit code."""
        feeds = self.ledger.feeds()
        if not feeds:
            print_error(NO_FEEDS)
            return 1
        now = parse_utc(self.ledger.clock())
        due = [feed for feed in feeds if is_time(feed, every=self.every, now=now)]
        if not due:
            next_at = say_time(format_utc(find_next(feeds, every=self.every, now=now)))
            print_error(f"no feed is due before {next_at}; --every says how often each is asked.")
            return 0
        n_bad = sum(self._poll(feed) for feed in due)
        join_rest(self.ledger)
        self.teller.tell_sum()
        return 1 if n_bad or self.teller.n_bad else 0

    def run(self) -> int:
        """Poll for ever: Ctrl-C ends it."""
        if not self.ledger.feeds():
            print_error(NO_FEEDS)
            return 1
        while True:
            now = parse_utc(self.ledger.clock())
            for feed in self.ledger.feeds():
                if is_time(feed, every=self.every, now=now):
                    self._poll(feed)
            join_rest(self.ledger)
            now = parse_utc(self.ledger.clock())
            pause = find_next(self.ledger.feeds(), every=self.every, now=now) - now
            time.sleep(pause.total_seconds())

    def _poll(self, feed: Feed) -> bool:
        """Poll one feed; return whether it could not be read."""
        with Progress(0, no_color=False, doing="adding") as bar:
            self.teller.tell_all(self.ledger.poll(feed, expect=bar.expect), bar)
        after = next((one for one in self.ledger.feeds() if one.url == feed.url), feed)
        if after.problem is not None:
            again = f" Asked again after {say_time(after.not_before)}." if after.failures and after.not_before else ""
            print_error(f"{feed.url}: {after.problem.message}{again}")
        return after.failures > 0


def list_feeds(ledger: Ledger, *, as_json: bool) -> None:
    """Print the feeds that a case follows."""
    feeds = ledger.feeds()
    if not feeds and not as_json:
        click.echo(NO_FEEDS)
    console = make_console(no_color=False)
    for feed in feeds:
        if as_json:
            print_bytes(json.dumps(to_plain(feed), separators=(",", ":")).encode() + b"\n")
            continue
        console.print(Text(show(feed.title or feed.url), "bold"), soft_wrap=True)
        checked = f"read {say_time(feed.checked_at)}" if feed.checked_at else "not read yet"
        failed = f"{feed.failures} failed in a row: " if feed.failures else ""
        trouble = f", {failed}{feed.problem.message}" if feed.problem else ""
        console.print(Text(f"  {show(feed.url)}  {checked}{show(trouble)}", "dim"), soft_wrap=True)


def forget_feed(ledger: Ledger, url: str) -> int:
    """Follow a feed no longer; return the exit code."""
    if ledger.forget_feed(url):
        click.echo(f"{url} is followed no longer. What came from it stays.")
        return 0
    print_error(f"{url}: the case does not follow this feed. `sayso watch --list` shows those that it follows.")
    return 1
