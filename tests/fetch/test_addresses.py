"""What is an address, and in which spelling it is asked for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.addresses import is_address
from sayso.fetch.addresses import BadAddressError, hide_credentials, join_address, parse_address


@pytest.mark.parametrize(
    ("given_as", "url"),
    [
        ("https://Paper.Example", "https://paper.example/"),
        (" http://paper.example:80/a b?c d#e \n", "http://paper.example/a%20b?c%20d"),
        ("http://paper.example:443/", "http://paper.example:443/"),
        ("https://paper.example.:8080?x=1", "https://paper.example:8080/?x=1"),
        ("www.paper.example/x", "https://www.paper.example/x"),
        ("WWW.paper.example", "https://www.paper.example/"),
        ("https://Zeitung-Süd.example/ä?ö=%C3%BC", "https://xn--zeitung-sd-ieb.example/%C3%A4?%C3%B6=%C3%BC"),
        ("https://me:pw@paper.example/", "https://paper.example/"),
        ("http://[2606:2800:0:0::1]:8080/", "http://[2606:2800::1]:8080/"),
        ("http://0x5db8d80e/", "http://93.184.216.14/"),
        ("https://my_site.example/~a/%7Eb;c=1,2", "https://my_site.example/~a/%7Eb;c=1,2"),
        ("https://paper.example/\ud800", "https://paper.example/%3F"),
    ],
)
def test_an_address_has_one_spelling(given_as: str, url: str) -> None:
    assert parse_address(given_as).url == url
    assert parse_address(url).url == url


@pytest.mark.parametrize(
    "given_as",
    [
        "", "paper.example", "ftp://paper.example/", "file:///etc/passwd", "javascript:alert(1)", "data:text/html,x",
        "https://", "https:///x", "https://:80/", "https://paper.example:0/", "https://paper.example:99999/",
        "https://paper.example:x/", "http://paper.example:22/", "http://paper.example:6667/", "https://a..b/",
        "https://a b/", "https://paper.example\\@evil.example/", "https://[::1/", "https://[fe80::1%25eth0]/",
        "https://[v1.x]/", "http://1.2.3.4.5/", "http://999.1/", "http://08.1/", "https://" + "a" * 64 + ".example/",
        "https://" + "a." * 130 + "example/", "https://paper.example/" + "x" * 9_000, "https://paper.example/\x00",
        "https://paper.example/a\r\nHost: b", "https://ex%00ample/", "https://\ud800.example/", "https://\u200b/",
        "https://*/",
    ],
)  # fmt: skip
def test_what_cannot_be_fetched_is_told(given_as: str) -> None:
    with pytest.raises(BadAddressError) as raised:
        parse_address(given_as)
    assert str(raised.value)


def test_credentials_are_noticed_and_hidden() -> None:
    assert parse_address("https://me:pw@paper.example/").had_credentials
    assert not parse_address("https://paper.example/@x").had_credentials
    assert hide_credentials("https://me:p@w@paper.example/a@b") == "https://paper.example/a@b"
    assert hide_credentials("https://paper.example/a@b") == "https://paper.example/a@b"


@pytest.mark.parametrize(
    ("location", "url"),
    [
        ("/x", "https://paper.example/x"),
        ("x?y", "https://paper.example/a/x?y"),
        ("../../x", "https://paper.example/x"),
        ("//other.example/x", "https://other.example/x"),
        ("?q", "https://paper.example/a/b?q"),
        ("#here", "https://paper.example/a/b"),
        ("", "https://paper.example/a/b"),
        ("/\xc3\xa9", "https://paper.example/%C3%A9"),
        ("/\xe9", "https://paper.example/%C3%A9"),
        ("http:/x", "http:/x"),
    ],
)
def test_a_redirect_leads_from_where_it_stands(location: str, url: str) -> None:
    base = parse_address("https://paper.example/a/b")
    if url == "http:/x":
        with pytest.raises(BadAddressError):
            join_address(base, location)
    else:
        assert join_address(base, location).url == url


@pytest.mark.parametrize(
    ("name", "expected"),
    [("https://a.example", True), ("HTTP://a", True), ("www.a.example", True), ("ftp://a", True), ("a.html", False),
     ("file:///a", False), ("./www.html", False), ("", False)],
)  # fmt: skip
def test_what_on_the_command_line_is_an_address(name: str, expected: bool) -> None:  # noqa: FBT001
    assert is_address(name) is expected


@given(
    st.sampled_from(["", "http://", "https://", "www.", "https://a:b@", "http://["]),
    st.text(max_size=40),
    st.sampled_from(["", "/", ":80", ":8080/x", "?q", "#f", "]"]),
    st.text(max_size=20),
)
def test_any_text_is_an_address_or_is_told_why_not(start: str, middle: str, mark: str, end: str) -> None:
    try:
        found = parse_address(start + middle + mark + end)
    except BadAddressError:
        return
    assert found.url.isascii()
    assert found.url.isprintable()
    assert " " not in found.url
    assert parse_address(found.url).url == found.url
    try:
        join_address(found, middle + end)
    except BadAddressError:
        return
