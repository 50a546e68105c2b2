"""One thing at a time for each host."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from sayso.fetch.pace import MAX_HOSTS, Pace
from tests.fetch.servers import answer, make_fetcher

if TYPE_CHECKING:
    from tests.fetch.servers import Site


class Clock:
    def __init__(self) -> None:
        """Begin at a time that is not zero."""
        self.now = 1_000.0
        self.slept: list[float] = []

    def read(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def test_requests_to_a_host_are_kept_apart() -> None:
    clock = Clock()
    pace = Pace(clock=clock.read, sleep=clock.sleep)
    for host in ("a", "a", "b", "a"):
        with pace.turn(host, delay_s=1.0):
            clock.now += 0.25
    # From the end of one to the beginning of the next; b took a quarter of a second of a's wait.
    assert clock.slept == [1.0, 0.75]


def test_pages_of_a_site_wait_and_its_robots_txt_does_not(site: Site) -> None:
    clock = Clock()
    site.routes |= {"/page": answer(), "/robots.txt": answer(b"User-agent: *\nCrawl-delay: 7\nDisallow:")}
    fetcher = make_fetcher(clock=clock.read, sleep=clock.sleep, delay_s=1.0)
    for _ in range(3):
        fetcher.fetch(site.url())
    assert clock.slept == [7.0, 7.0, 7.0]
    assert site.paths == ["/robots.txt", "/page", "/page", "/page"]


def test_a_site_may_not_ask_for_hours(site: Site) -> None:
    clock = Clock()
    site.routes |= {"/page": answer(), "/robots.txt": answer(b"User-agent: *\nCrawl-delay: 86400\nDisallow:")}
    fetcher = make_fetcher(clock=clock.read, sleep=clock.sleep, delay_s=1.0, crawl_delay_most_s=30.0)
    fetcher.fetch(site.url())
    assert clock.slept == [30.0]


def test_threads_take_turns_at_a_host_and_go_side_by_side_elsewhere() -> None:
    pace = Pace(clock=lambda: 0.0, sleep=lambda _: None)
    inside: list[str] = []
    together = threading.Barrier(2, timeout=5)
    wrong: list[str] = []

    def ask(host: str) -> None:
        with pace.turn(host, delay_s=0.0):
            if host in inside:
                wrong.append(host)
            inside.append(host)
            together.wait()  # passes only while the other host's turn is held too
            inside.remove(host)

    threads = [threading.Thread(target=ask, args=(host,)) for host in ("a", "b", "a", "b")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(5)
    assert wrong == []
    assert not any(thread.is_alive() for thread in threads)


def test_hosts_are_forgotten_but_not_while_somebody_waits_there() -> None:
    clock = Clock()
    pace = Pace(clock=clock.read, sleep=clock.sleep)
    with pace.turn("first", delay_s=1.0):
        for number in range(MAX_HOSTS + 10):
            with pace.turn(f"n{number}", delay_s=1.0):
                clock.now += 1.0
        assert "first" in pace._turns
    assert len(pace._turns) <= MAX_HOSTS
