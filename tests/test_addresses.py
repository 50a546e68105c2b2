"""Two addresses of one page are one; a republication's canonical address is not its own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.addresses import list_own_addresses, normalise_address
from sayso.records import Urls


@pytest.mark.parametrize(
    "other",
    [
        "HTTPS://Post.example/ferry",
        "https://post.example:443/ferry",
        "https://post.example/ferry#comments",
        "https://post.example/ferry?utm_source=mail&utm_medium=x",
        "https://post.example./ferry?fbclid=1",
        "  https://post.example/ferry\n",
    ],
)
def test_the_same_page_by_another_address(other: str) -> None:
    assert normalise_address(other) == normalise_address("https://post.example/ferry")


@pytest.mark.parametrize(
    "other",
    [
        "http://post.example/ferry",
        "https://post.example/Ferry",
        "https://post.example/ferry?page=2",
        "https://post.example:8443/ferry",
        "https://mail.post.example/ferry",
    ],
)
def test_another_page(other: str) -> None:
    assert normalise_address(other) != normalise_address("https://post.example/ferry")


def test_no_path_is_the_root() -> None:
    assert normalise_address("https://post.example") == normalise_address("https://post.example/")


@given(st.text())
def test_whatever_is_given_an_address_is_compared_as_itself(given_: str) -> None:
    once = normalise_address(given_)
    assert normalise_address(given_) == once


@pytest.mark.parametrize("given_", ["http://[::1", "https://post.example:port/", "", "//"])
def test_what_is_no_address_is_left_alone(given_: str) -> None:
    assert isinstance(normalise_address(given_), str)


def test_a_canonical_address_on_the_same_site_is_the_pages_own() -> None:
    urls = Urls(asked="https://www.post.example/a?x=1", final=None, canonical="https://post.example/a")
    assert list_own_addresses(urls) == ["https://www.post.example/a?x=1", "https://post.example/a"]


def test_a_canonical_address_on_another_site_is_the_originals() -> None:
    urls = Urls(asked="https://post.example/a", final="https://post.example/a", canonical="https://wire.example/a")
    assert list_own_addresses(urls) == ["https://post.example/a"]


def test_of_a_saved_page_the_canonical_address_may_be_the_originals() -> None:
    assert list_own_addresses(Urls(canonical="https://post.example/a")) == []
    assert list_own_addresses(Urls(final="https://post.example/a")) == ["https://post.example/a"]
    assert list_own_addresses(Urls()) == []


def test_a_front_page_is_no_article_whatever_the_site_calls_canonical() -> None:
    urls = Urls(asked="https://post.example/a", canonical="https://post.example/")
    assert list_own_addresses(urls) == ["https://post.example/a"]


def test_a_host_that_is_none_is_no_host() -> None:
    urls = Urls(asked="http://[::1", canonical="https://post.example/a")
    assert list_own_addresses(urls) == ["http://[::1"]
