"""Hosts take turns, and none is asked two things at a time."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sayso.ledger.hosts import Asked, HostQueue


def make_queue(*urls: str) -> HostQueue:
    queue = HostQueue()
    for url in urls:
        queue.add(url, is_item=False)
    return queue


def test_one_thing_at_a_time_of_each_host() -> None:
    queue = make_queue("https://a.example/1", "https://a.example/2", "https://b.example/1")
    first, second = queue.take(), queue.take()
    assert first is not None
    assert second is not None
    assert [first.url, second.url] == ["https://a.example/1", "https://b.example/1"]
    assert queue.take() is None
    queue.free(first)
    third = queue.take()
    assert third is not None
    assert third.url == "https://a.example/2"


def test_an_address_that_was_seen_is_not_asked_again() -> None:
    queue = make_queue("https://a.example/1", "https://a.example/1")
    asked = queue.take()
    assert asked is not None
    queue.add("https://a.example/1", is_item=True)
    queue.free(asked)
    assert queue.take() is None


def test_what_comes_while_its_host_is_busy_waits() -> None:
    queue = make_queue("https://a.example/feed")
    asked = queue.take()
    assert asked is not None
    queue.add("https://a.example/1", is_item=True)
    assert queue.take() is None
    queue.free(asked)
    item = queue.take()
    assert item is not None
    assert item.is_item


@given(
    st.lists(st.sampled_from([f"https://{host}.example/{page}" for host in "abc" for page in range(4)] + ["http://["]))
)
def test_everything_comes_once_whatever_the_order(urls: list[str]) -> None:
    queue = make_queue(*urls)
    taken = []
    under_way: list[Asked] = []
    while True:
        asked = queue.take()
        if asked is not None:
            assert asked.host not in {other.host for other in under_way}
            taken.append(asked.url)
            under_way.append(asked)
        elif under_way:
            queue.free(under_way.pop(0))
        else:
            break
    assert sorted(taken) == sorted(set(urls))
