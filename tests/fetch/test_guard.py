"""Nobody in the user's own machine, network or cloud is connected to, by whatever name or way."""

from __future__ import annotations

import ipaddress
import socket
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.fetch.guard import is_closed_name, is_public, look_up, look_up_within
from sayso.records import RefusalCode
from tests.fetch.servers import answer, make_fetcher, only_here, redirect

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.records import Captured
    from tests.fetch.servers import Site

ANY = "0.0.0.0"  # noqa: S104 - nothing is bound to it
WIDE = "127.0.0.1".translate({ord("0") + n: 0xFF10 + n for n in range(10)})
PRIVATE_V4 = (
    ANY, "10.0.0.1", "100.64.0.1", "100.100.100.200", "127.0.0.1", "127.255.255.254", "168.63.129.16",
    "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.192", "192.168.1.1", "198.18.0.1", "224.0.0.1",
    "239.255.255.250", "240.0.0.1", "255.255.255.255",
)  # fmt: skip
PRIVATE_V6 = (
    "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "ff02::1", "2001:db8::1", "3fff::1", "100::1",
    "2001::1", "64:ff9b:1::1", "2001:10::1", "fec0::1", "5f00::1",
)  # fmt: skip
PUBLIC = ("8.8.8.8", "93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "2a00:1450:4001:80f::200e")


def wrap(ip: str) -> list[str]:
    number = int(ipaddress.IPv4Address(ip))
    high, low = f"{number >> 16:x}", f"{number & 0xFFFF:x}"
    return [
        f"::ffff:{ip}",  # mapped
        f"::{ip}",  # compatible
        f"2002:{high}:{low}::1",  # 6to4
        f"64:ff9b::{ip}",  # NAT64
        f"2001:0:4136:e378:8000:63bf:{high}:{low}",  # Teredo
        f"2606:2800::5efe:{ip}",  # ISATAP
        f"2606:2800::200:5efe:{ip}",
    ]


@pytest.mark.parametrize("ip", [*PRIVATE_V4, *PRIVATE_V6, *[wrapped for ip in PRIVATE_V4 for wrapped in wrap(ip)]])
def test_what_is_private_is_closed(ip: str) -> None:
    assert not is_public(ip)


@pytest.mark.parametrize("ip", [*PUBLIC, "::ffff:8.8.8.8", "64:ff9b::8.8.8.8", "2002:808:808::1"])
def test_what_is_public_is_open(ip: str) -> None:
    assert is_public(ip)


@given(st.ip_addresses(v=4))
def test_nothing_is_open_that_python_calls_private(ip: ipaddress.IPv4Address) -> None:
    if not ip.is_global or ip.is_multicast:
        assert not is_public(str(ip))
    for wrapped in wrap(str(ip))[:2] + wrap(str(ip))[4:5]:
        assert not is_public(wrapped) or is_public(str(ip))


@given(st.ip_addresses(v=6))
def test_no_v6_is_open_that_python_calls_private(ip: ipaddress.IPv6Address) -> None:
    if (not ip.is_global or ip.is_multicast) and ip.ipv4_mapped is None:
        assert not is_public(str(ip))


@given(st.text(max_size=40))
def test_what_is_no_ip_address_is_closed(text: str) -> None:
    assert is_public(text) in {True, False}
    assert not is_public("not " + text)


def test_names_that_are_always_near() -> None:
    for name in ("localhost", "a.localhost", "printer.local", "metadata.google.internal", "metadata", "nas.lan"):
        assert is_closed_name(name)
    assert not is_closed_name("localhost.example")


def code_of(found: Captured) -> RefusalCode | None:
    return found.capture.refusal.code if found.capture.refusal else None


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "127.1", "2130706433", "0x7f000001", "0x7f.0.0.1", "017700000001", "0177.0.0.1", "127.0.0.1.",
        WIDE, "127\u30020\u30020\u30021", "%31%32%37.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "[0:0:0:0:0:ffff:7f00:1]",
        "localhost", "LOCALHOST.", "a.localhost", "0", ANY, "169.254.169.254", "[fd00:ec2::254]",
        "metadata.google.internal", "me:pw@127.0.0.1", "public.example@127.0.0.1",
    ],
)  # fmt: skip
def test_no_spelling_of_a_private_host_is_fetched(site: Site, host: str) -> None:
    found = make_fetcher(is_open=None).fetch(f"http://{host}:{site.port}/page")
    assert code_of(found) is RefusalCode.PRIVATE_ADDRESS
    assert site.requests == []


@pytest.mark.parametrize("ips", [["127.0.0.1"], ["10.0.0.1", "::1", "fd00::1"], []])
def test_a_name_that_leads_home_is_refused(site: Site, ips: list[str]) -> None:
    found = make_fetcher(is_open=None, resolver=lambda *_: ips).fetch(f"http://paper.example:{site.port}/")
    assert code_of(found) is RefusalCode.PRIVATE_ADDRESS
    assert site.requests == []


def test_a_redirect_that_leads_home_is_refused(site: Site, other: Site) -> None:
    asked: list[str] = []

    def resolver(host: str, _port: int) -> Sequence[str]:
        asked.append(host)
        return ["127.0.0.1"] if host == "paper.example" else ["10.0.0.7"]

    site.routes["/page"] = redirect(f"http://inner.example:{other.port}/admin")
    found = make_fetcher(resolver=resolver).fetch(f"http://paper.example:{site.port}/page")
    assert code_of(found) is RefusalCode.PRIVATE_ADDRESS
    assert found.capture.urls.final == f"http://inner.example:{other.port}/admin"
    assert other.requests == []
    assert asked == ["paper.example", "paper.example", "inner.example"]


def test_the_address_connected_to_is_the_one_that_was_checked(site: Site) -> None:
    """A name that leads elsewhere at each look-up gains nothing: it is looked up once for each request."""
    answers = [["127.0.0.1"], ["127.0.0.1"], ["10.0.0.1"], ["10.0.0.1"]]
    site.routes["/page"] = answer()
    fetcher = make_fetcher(resolver=lambda *_: answers.pop(0))
    url = f"http://paper.example:{site.port}/page"
    assert code_of(fetcher.fetch(url)) is None
    assert len(answers) == 2
    assert code_of(fetcher.fetch(url)) is RefusalCode.PRIVATE_ADDRESS


def test_of_several_addresses_only_open_ones_are_tried(site: Site) -> None:
    tried: list[str] = []

    def is_open(ip: str) -> bool:
        tried.append(ip)
        return ip == "127.0.0.1"

    site.routes["/page"] = answer()
    fetcher = make_fetcher(is_open=is_open, resolver=lambda *_: ["10.0.0.1", "127.0.0.1"])
    assert code_of(fetcher.fetch(f"http://paper.example:{site.port}/page")) is None
    assert tried == ["10.0.0.1", "127.0.0.1", "127.0.0.1"] * 2  # the robots.txt and the page; each peer once more


def test_the_other_end_is_checked_again(site: Site) -> None:
    seen: list[str] = []

    def is_open(ip: str) -> bool:
        seen.append(ip)
        return len(seen) < 2

    found = make_fetcher(is_open=is_open, resolver=lambda *_: ["127.0.0.1"]).fetch(f"http://a.example:{site.port}/")
    assert code_of(found) is RefusalCode.PRIVATE_ADDRESS
    assert site.requests == []


def test_one_may_allow_what_is_private(site: Site) -> None:
    site.routes["/page"] = answer()
    fetcher = make_fetcher(is_open=None, allow_private=True, resolver=lambda *_: ["127.0.0.1"])
    assert code_of(fetcher.fetch(site.url())) is None
    assert code_of(fetcher.fetch(f"http://localhost:{site.port}/page")) is None


def test_without_a_network_nothing_is_asked_names_included(site: Site) -> None:
    fetcher = make_fetcher(no_network=True, resolver=lambda *_: pytest.fail("looked up"))
    for url in (site.url(), "https://paper.example/"):
        assert code_of(fetcher.fetch(url)) is RefusalCode.NO_NETWORK
    assert site.requests == []


def test_a_name_that_is_not_there_is_unreachable() -> None:
    assert code_of(make_fetcher().fetch("https://paper.example/")) is RefusalCode.UNREACHABLE


def test_a_look_up_that_takes_its_time_is_left() -> None:
    def resolver(_host: str, _port: int) -> Sequence[str]:
        time.sleep(0.5)
        return []

    begun = time.monotonic()
    found = make_fetcher(resolver=resolver, timeout_s=0.1, retries=0).fetch("https://paper.example/")
    assert code_of(found) is RefusalCode.TIMEOUT
    assert time.monotonic() - begun < 0.4


def test_a_name_that_no_system_takes_is_no_error_of_ours() -> None:
    def resolver(_host: str, _port: int) -> Sequence[str]:
        raise UnicodeEncodeError("idna", "x", 0, 1, "label too long")  # noqa: EM101 - as the system's own

    with pytest.raises(OSError, match="name"):
        look_up_within(resolver, "x" * 70, 80, limit_s=1)


def test_an_ip_address_is_looked_up_without_asking_anybody() -> None:
    assert look_up("127.0.0.1", 80) == ["127.0.0.1"]


def test_an_address_that_takes_no_connection_in_time_is_left() -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=0) as full:
        port = full.getsockname()[1]
        waiting = []
        for _ in range(3):
            one = socket.socket()
            one.setblocking(False)  # noqa: FBT003 - the socket's own argument
            one.connect_ex(("127.0.0.1", port))
            waiting.append(one)
        found = make_fetcher(timeout_s=0.2, head_s=0.2, total_s=0.3, retries=0).fetch(f"http://127.0.0.1:{port}/")
        for one in waiting:
            one.close()
    # Some systems say at once that there is no room.
    assert code_of(found) in {RefusalCode.TIMEOUT, RefusalCode.UNREACHABLE}


def test_only_here_lets_nothing_else_private_pass() -> None:
    assert only_here("127.0.0.1")
    assert not only_here("127.0.0.2")
