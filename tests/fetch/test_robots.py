"""robots.txt is asked for, kept for a while, and obeyed."""

from __future__ import annotations

import gzip
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from protego import Protego

from sayso.fetch.addresses import parse_address
from sayso.fetch.exchange import Exchange, Failure
from sayso.fetch.robots import RobotsTable
from sayso.records import RefusalCode
from sayso.warc import Answer
from tests.fetch.servers import answer, make_fetcher, redirect, reset

if TYPE_CHECKING:
    from sayso.fetch.addresses import Address
    from sayso.records import Captured
    from tests.fetch.servers import Site

DENY = b"User-agent: *\nDisallow: /page\n"


def code_of(found: Captured) -> RefusalCode | None:
    return found.capture.refusal.code if found.capture.refusal else None


@pytest.fixture
def paged(site: Site) -> Site:
    site.routes |= {"/page": answer(), "/open": answer()}
    return site


def test_what_is_denied_is_not_asked_for(paged: Site) -> None:
    paged.routes["/robots.txt"] = answer(DENY)
    fetcher = make_fetcher()
    found = fetcher.fetch(paged.url("/page"))
    assert code_of(found) is RefusalCode.ROBOTS
    assert found.capture.refusal is not None
    assert "save" in found.capture.refusal.advice
    assert code_of(fetcher.fetch(paged.url("/open"))) is None
    assert paged.paths == ["/robots.txt", "/open"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("User-agent: Sayso\nDisallow: /\n\nUser-agent: *\nAllow: /", RefusalCode.ROBOTS),
        ("User-agent: *\nDisallow: /\n\nUser-agent: sayso\nAllow: /page", None),
        ("User-agent: other\nDisallow: /", None),
        ("User-agent: SAYSO/2.0 # us\nDisallow: /", RefusalCode.ROBOTS),
        ("User-agent: say\nDisallow: /\n\nUser-agent: sayso-news\nDisallow: /\n\nUser-agent: *\nAllow: /", None),
        ("User-agent: other\nUser-agent: SaySo\nDisallow: /", RefusalCode.ROBOTS),
        ("User-agent: other\nUser-agent: *\nDisallow: /", RefusalCode.ROBOTS),
        ("User-agent: other\nDisallow: /x\nUser-agent: another\nDisallow: /", None),
        ("User-agent: *\nDisallow: /p*e$", RefusalCode.ROBOTS),
        ("\ufeffUser-agent: *\nDisallow: /page", RefusalCode.ROBOTS),
        ("<html>no robots here</html>", None),
        ("", None),
        ("\x00\xff", None),
    ],
)
def test_the_group_that_means_us_is_obeyed(paged: Site, text: str, code: RefusalCode | None) -> None:
    paged.routes["/robots.txt"] = answer(text.encode())
    assert code_of(make_fetcher().fetch(paged.url())) is code


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (answer(b"", status="404 Not Found"), None),
        (answer(b"", status="403 Forbidden"), None),
        (answer(b"", status="500 Error"), RefusalCode.ROBOTS),
        (answer(b"", status="503 Busy"), RefusalCode.ROBOTS),
        (b"rubbish\r\n\r\n", RefusalCode.ROBOTS),
        (reset, RefusalCode.UNREACHABLE),
        (answer(DENY, "Content-Length: 500"), RefusalCode.ROBOTS),
        (answer(gzip.compress(bytes(64 << 20)), "Content-Encoding: gzip"), RefusalCode.ROBOTS),
        (answer(gzip.compress(DENY), "Content-Encoding: gzip"), RefusalCode.ROBOTS),
        (redirect("/robots.txt"), None),  # more than five redirects: as if there were none
        (redirect("file:///etc/passwd"), RefusalCode.ROBOTS),
        (redirect("http://10.0.0.1/"), RefusalCode.ROBOTS),
        (redirect("/deny.txt"), RefusalCode.ROBOTS),
        (answer(DENY + b"#" * 600_000 + b"\nUser-agent: sayso\nAllow: /"), RefusalCode.ROBOTS),
        (answer(b"#" * 600_000 + b"\n" + DENY), None),
    ],
)
def test_a_robots_txt_that_is_not_there_or_not_readable(paged: Site, sent: object, code: RefusalCode | None) -> None:
    paged.routes |= {"/robots.txt": sent, "/deny.txt": answer(DENY)}
    found = make_fetcher().fetch(paged.url())
    assert code_of(found) is code
    assert ("/page" in paged.paths) is (code is None)


def test_that_it_could_not_be_read_is_told_as_such(paged: Site) -> None:
    paged.routes["/robots.txt"] = answer(b"", status="500 Error")
    refusal = make_fetcher().fetch(paged.url()).capture.refusal
    assert refusal is not None
    assert "500" in refusal.message


def test_five_redirects_are_followed(paged: Site) -> None:
    paged.routes |= {"/robots.txt": redirect("/1"), **{f"/{n}": redirect(f"/{n + 1}") for n in range(1, 5)}}
    paged.routes["/5"] = answer(DENY)
    assert code_of(make_fetcher().fetch(paged.url())) is RefusalCode.ROBOTS


def test_each_redirect_obeys_the_site_it_leads_to(paged: Site, other: Site) -> None:
    other.routes["/robots.txt"] = answer(b"User-agent: *\nDisallow: /")
    paged.routes["/page"] = redirect(other.url("/x"))
    found = make_fetcher().fetch(paged.url())
    assert code_of(found) is RefusalCode.ROBOTS
    assert other.paths == ["/robots.txt"]


def test_it_is_kept_for_a_while_and_then_asked_for_again(paged: Site) -> None:
    now = 100.0
    paged.routes["/robots.txt"] = [answer(b""), answer(DENY)]
    fetcher = make_fetcher(clock=lambda: now, robots_s=50.0)
    assert code_of(fetcher.fetch(paged.url())) is None
    now = 149.0
    assert code_of(fetcher.fetch(paged.url())) is None
    now = 151.0
    assert code_of(fetcher.fetch(paged.url())) is RefusalCode.ROBOTS


def test_one_that_failed_is_asked_for_again_sooner(paged: Site) -> None:
    now = 100.0
    paged.routes["/robots.txt"] = [answer(b"", status="500 Error"), answer(b"")]
    fetcher = make_fetcher(clock=lambda: now, robots_s=5_000.0, robots_failed_s=10.0)
    assert code_of(fetcher.fetch(paged.url())) is RefusalCode.ROBOTS
    assert code_of(fetcher.fetch(paged.url())) is RefusalCode.ROBOTS
    assert len(paged.requests) == 1
    now = 111.0
    assert code_of(fetcher.fetch(paged.url())) is None


def table(text: str, status: int = 200) -> tuple[RobotsTable, list[str]]:
    asked: list[str] = []

    def ask(address: Address) -> Exchange | Failure:
        asked.append(address.url)
        made = Answer(status=status, headers=(), body=text.encode("utf-8", "surrogatepass"), size_bytes=0)
        return Exchange(at="", ip="", request=b"", response=b"", answer=made)

    return RobotsTable(ask, clock=lambda: 0.0, good_s=9.0, failed_s=9.0), asked


def test_the_table_does_not_grow_without_end() -> None:
    made, asked = table("")
    for number in range(2_050):
        made.get(parse_address(f"https://n{number}.example/"))
    assert len(made._rules) == 2_000
    assert len(asked) == 2_050


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"User-agent: a{n}\n" for n in range(15_000)) + "Disallow: /x\n" * 15_000,
        "".join(f"User-agent: sayso{n}\n" for n in range(12_000)) + "Disallow: /x\n" * 15_000,
        "User-agent: *\n" + "".join(f"Disallow: /*a{n}*\n" for n in range(25_000)),
        "User-agent: *\n" * 15_000 + "Disallow: /x\n" * 15_000,
        "User-agent: *\n" + "Disallow: /" + "*a" * 240_000,
        "User-agent: *\n" + "Disallow: /*a*a*a*a*b\n" * 20_000,
        "User-agent: *\nDisallow: /" + "$" * 480_000,
        "User-agent: *\nDisallow: " + "%" * 480_000,
    ],
)
def test_a_hostile_file_takes_no_time(text: str) -> None:
    made, _ = table(text)
    address = parse_address("https://paper.example/" + "a" * 8_000)
    begun = time.thread_time()
    made.get(address).find_refusal(address)
    assert time.thread_time() - begun < 15


def test_a_file_that_the_parser_chokes_on_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def choke(_: str) -> None:
        message = "Invalid IPv6 URL"
        raise ValueError(message)

    monkeypatch.setattr(Protego, "parse", choke)
    made, _ = table("User-agent: *")
    found = made.get(parse_address("https://paper.example/")).failure
    assert found is not None
    assert found.code is RefusalCode.ROBOTS


LINES = (
    "User-agent: *",
    "User-agent: sayso",
    "Disallow: //[::",
    "Disallow: http://[",
    "Allow: %zz*$",
    "Crawl-delay: nan",
    "Crawl-delay: 5",
    "Request-rate: 1/0",
    "Sitemap: http://[",
    "Host: [",
    "disallow /x",
    "User-agent",
    ":",
    "\ud800",
)


@given(st.lists(st.one_of(st.sampled_from(LINES), st.text(max_size=20)), max_size=12), st.text(max_size=12))
def test_no_file_is_an_error(lines: list[str], path: str) -> None:
    made, _ = table("\n".join(lines))
    rules = made.get(parse_address("https://paper.example/"))
    address = parse_address("https://paper.example/" + "".join(c for c in path if c.isprintable()))
    assert rules.find_refusal(address) is None or isinstance(rules.find_refusal(address), Failure)
    assert rules.delay_s >= 0
