"""Fetching from servers on this machine: good ones, slow ones, lying ones."""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import io
import socket
import ssl
import time
import zlib
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from sayso.fetch.wire import RecordingSocket
from sayso.records import Captured, CaptureKind, RefusalCode
from sayso.warc import read_body
from tests.fetch.servers import CERTIFICATE, PAGE, TOOL, answer, make_fetcher, redirect, reset

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.fetch.servers import Site


def refusal_of(found: Captured) -> RefusalCode:
    capture = found.capture
    assert capture.refusal is not None
    assert capture.refusal.message
    assert capture.refusal.advice
    assert "{" not in capture.refusal.message + capture.refusal.advice
    assert (found.data, found.warc, capture.sha256, capture.size_bytes) == (b"", b"", None, 0)
    return capture.refusal.code


def body_of(found: Captured) -> bytes:
    assert found.capture.refusal is None, found.capture.refusal
    assert hashlib.sha256(found.data).hexdigest() == found.capture.sha256
    assert read_body(found.warc) == found.data
    assert found.capture.size_bytes == len(found.data)
    return found.data


def test_a_page_is_captured_whole(site: Site) -> None:
    site.routes["/page"] = answer(PAGE, "Content-Type: Text/HTML; charset=nonsense", "X-A: 1", "X-A: 2")
    found = make_fetcher().fetch(site.url("/page#part"))
    capture = found.capture
    assert body_of(found) == PAGE
    assert capture.kind is CaptureKind.FETCH
    assert (capture.status, capture.media, capture.ip, capture.tool) == (200, "text/html", "127.0.0.1", TOOL)
    assert capture.urls.asked == capture.urls.final == site.url("/page")
    assert capture.name == site.url("/page#part")
    assert [value for name, value in capture.headers if name == "X-A"] == ["1", "2"]
    assert capture.captured_at.endswith("Z")
    assert len(capture.captured_at) == 20


def test_the_records_are_what_went_over_the_wire(site: Site) -> None:
    sent = answer(gzip.compress(PAGE), "Content-Encoding: gzip")
    site.routes["/page"] = sent
    found = make_fetcher().fetch(site.url())
    records = {
        one.rec_type: (one.raw_stream.read(), one.rec_headers)
        for one in ArchiveIterator(io.BytesIO(found.warc), no_record_parse=True)
    }
    assert records["response"][0] == sent
    assert records["request"][0] == site.requests[-1]
    assert records["response"][1].get_header("WARC-IP-Address") == "127.0.0.1"
    assert records["response"][1].get_header("WARC-Target-URI") == site.url()


def test_we_say_who_we_are_and_send_nothing_else(site: Site) -> None:
    site.routes["/page"] = [answer(PAGE, "Set-Cookie: id=1"), answer()]
    fetcher = make_fetcher(contact="desk@paper.example")
    fetcher.fetch(site.url().replace("http://", "http://me:secret@"))
    fetcher.fetch(site.url())
    last = site.requests[-1].lower()
    assert b"user-agent: sayso/9.9 (+news provenance; desk@paper.example)" in last
    assert b"accept-encoding: gzip, deflate\r\n" in last
    assert last.count(b"user-agent") == 1
    for request in site.requests:
        assert b"cookie" not in request.lower()
        assert b"authorization" not in request.lower()
        assert b"secret" not in request


def test_credentials_are_kept_nowhere(site: Site) -> None:
    site.routes["/page"] = answer()
    found = make_fetcher().fetch(site.url().replace("http://", "http://me:secret@"))
    assert "secret" not in repr(found)
    assert "secret" not in repr(make_fetcher().fetch("ftp://me:secret@paper.example/x"))


def test_a_contact_that_would_break_the_header_is_not_sent(site: Site) -> None:
    site.routes["/page"] = answer()
    body_of(make_fetcher(contact="a\r\nX-Evil: 1").fetch(site.url()))
    assert b"X-Evil" not in site.requests[-1]


@pytest.mark.parametrize("way", ["gzip", "deflate", "raw", "chunked", "close", "both"])
def test_a_body_is_decoded(site: Site, way: str) -> None:
    chunks = b"".join(b"%x\r\n%b\r\n" % (1, PAGE[at : at + 1]) for at in range(len(PAGE))) + b"0\r\n\r\n"
    packed = gzip.compress(PAGE)
    site.routes["/page"] = {
        "gzip": answer(packed, "Content-Encoding: gzip"),
        "deflate": answer(zlib.compress(PAGE), "Content-Encoding: deflate"),
        "raw": answer(zlib.compress(PAGE, wbits=-15), "Content-Encoding: deflate"),
        "chunked": answer(chunks, "Transfer-Encoding: chunked"),
        "close": b"HTTP/1.0 200 OK\r\n\r\n" + PAGE,
        "both": answer(
            b"%x\r\n" % len(packed) + packed + b"\r\n0\r\n\r\n", "Transfer-Encoding: chunked", "Content-Encoding: gzip"
        ),
    }[way]
    assert body_of(make_fetcher().fetch(site.url())) == PAGE


def test_what_follows_the_answer_is_not_kept(site: Site) -> None:
    site.routes["/page"] = answer(PAGE + b"more", f"Content-Length: {len(PAGE)}")
    found = make_fetcher().fetch(site.url())
    assert body_of(found) == PAGE
    assert b"more" not in b"".join(one.raw_stream.read() for one in ArchiveIterator(io.BytesIO(found.warc)))


def test_an_encoding_that_was_not_asked_for_is_refused(site: Site) -> None:
    site.routes["/page"] = answer(b"\x8b\x00", "Content-Encoding: br")
    assert refusal_of(make_fetcher().fetch(site.url())) is RefusalCode.BROKEN_ANSWER


# --- redirects


def test_redirects_are_followed_and_recorded(site: Site) -> None:
    site.routes |= {
        "/page": redirect("/two", 301),
        "/two": redirect("three?q=\xe9", 307),
        "/three?q=%E9": redirect(site.url("/four#there"), 303),
        "/four": redirect(f"//127.0.0.1:{site.port}/five"),
        "/five": answer(),
    }
    site.routes["/three?q=%C3%A9"] = site.routes["/three?q=%E9"]
    found = make_fetcher().fetch(site.url())
    assert body_of(found) == PAGE
    assert [step.status for step in found.capture.redirects] == [301, 307, 303, 302]
    assert found.capture.redirects[0].to == site.url("/two")
    assert found.capture.urls.asked == site.url("/page")
    assert found.capture.urls.final == site.url("/five")
    kinds = [one.rec_type for one in ArchiveIterator(io.BytesIO(found.warc))]
    assert kinds == ["request", "response"] * 5


@pytest.mark.parametrize("to", ["/page", "/two"])
def test_a_circle_is_refused(site: Site, to: str) -> None:
    site.routes |= {"/page": redirect("/two"), "/two": redirect(to)}
    found = make_fetcher().fetch(site.url())
    assert refusal_of(found) is RefusalCode.TOO_MANY_REDIRECTS
    assert found.capture.redirects


def test_redirects_without_end_are_refused(site: Site) -> None:
    site.routes |= {f"/{n}": redirect(f"/{n + 1}") for n in range(40)}
    found = make_fetcher().fetch(site.url("/0"))
    assert refusal_of(found) is RefusalCode.TOO_MANY_REDIRECTS
    assert len(site.requests) == 12  # robots.txt, the page, ten redirects
    assert body_of_chain(site) == [f"/{n}" for n in range(11)]


def body_of_chain(site: Site) -> list[str]:
    return [path for path in site.paths if path != "/robots.txt"]


@pytest.mark.parametrize(
    "to",
    [
        "file:///etc/passwd",
        "data:text/html,x",
        "javascript:alert(1)",
        "ftp://paper.example/x",
        "https://",
        "//[::",
        "http://a b/",
        "http://127.0.0.1:22/",
        "gopher://127.0.0.1:70/",
    ],
)
def test_a_redirect_to_what_is_not_fetched_is_refused(site: Site, to: str) -> None:
    site.routes["/page"] = redirect(to)
    assert refusal_of(make_fetcher().fetch(site.url())) is RefusalCode.BAD_ADDRESS


def test_a_redirect_without_an_aim_is_a_refusal_by_status(site: Site) -> None:
    site.routes["/page"] = answer(b"", status="302 Found")
    assert refusal_of(make_fetcher().fetch(site.url())) is RefusalCode.STATUS


@pytest.mark.parametrize("body", [b"x" * 300_000, gzip.compress(bytes(30 << 20))])
def test_the_body_of_a_redirect_is_of_no_weight(site: Site, body: bytes) -> None:
    site.routes |= {
        "/page": answer(body, "Location: /two", "Content-Encoding: gzip", status="302 Found"),
        "/two": answer(),
    }
    assert body_of(make_fetcher().fetch(site.url())) == PAGE


# --- what servers say


@pytest.mark.parametrize(
    "status", [400, 401, 402, 403, 404, 407, 410, 418, 429, 451, 500, 501, 502, 503, 504, 599, 300, 305]
)
def test_a_status_without_a_page_is_a_refusal(site: Site, status: int) -> None:
    site.routes["/page"] = answer(b"no", status=f"{status} No")
    found = make_fetcher().fetch(site.url())
    assert refusal_of(found) is RefusalCode.STATUS
    assert found.capture.status == status
    assert found.capture.refusal is not None
    assert str(status) in found.capture.refusal.message


@pytest.mark.parametrize(
    ("stated", "expected"),
    [("120", "in 120 seconds"), ("Fri, 06 Mar 2026 10:00:00 GMT", "after Fri, 06 Mar"), ("\xe9", "Try again later.")],
)
def test_when_to_try_again_is_told(site: Site, stated: str, expected: str) -> None:
    site.routes["/page"] = answer(b"", f"Retry-After: {stated}", status="429 Too Many")
    refusal = make_fetcher().fetch(site.url()).capture.refusal
    assert refusal is not None
    assert expected in refusal.advice


def test_what_is_out_of_order_is_tried_again_with_longer_waits(site: Site) -> None:
    waits: list[float] = []
    site.routes["/page"] = [answer(b"", status="503 Busy"), reset, answer()]
    found = make_fetcher(sleep=waits.append, retry_s=2.0).fetch(site.url())
    assert body_of(found) == PAGE
    assert waits == [2.0, 4.0]


def test_it_is_not_tried_for_ever_nor_when_the_server_says_when(site: Site) -> None:
    site.routes |= {"/page": answer(b"", status="503 Busy"), "/two": answer(b"", "Retry-After: 9", status="503 Busy")}
    refusal_of(make_fetcher().fetch(site.url()))
    assert site.paths.count("/page") == 3
    refusal_of(make_fetcher().fetch(site.url("/two")))
    assert site.paths.count("/two") == 1


def test_an_unchanged_page_is_no_refusal(site: Site) -> None:
    site.routes["/page"] = answer(b"", "ETag: abc", status="304 Not Modified")
    found = make_fetcher().fetch(site.url(), etag='"abc"', last_modified="Fri, 06 Mar 2026 10:00:00 GMT", is_feed=True)
    assert found.capture.refusal is None
    assert (found.capture.status, found.data, found.warc, found.capture.sha256) == (304, b"", b"", None)
    assert b'If-None-Match: "abc"\r\n' in site.requests[-1]
    assert b"If-Modified-Since: Fri, 06 Mar 2026 10:00:00 GMT\r\n" in site.requests[-1]
    assert b"application/rss+xml" in site.requests[-1]


def test_a_condition_that_would_break_the_header_is_not_sent(site: Site) -> None:
    site.routes["/page"] = answer()
    body_of(make_fetcher().fetch(site.url(), etag='"a"\r\nX-Evil: 1'))
    assert b"X-Evil" not in site.requests[-1]


# --- servers that break off, lie or take their time


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (b"SSH-2.0-OpenSSH_9\r\n\r\n", RefusalCode.BROKEN_ANSWER),
        (b"HTTP/1.1 xyz\r\n\r\n", RefusalCode.BROKEN_ANSWER),
        (b"\x16\x03\x01\x00\x05hello\r\n", RefusalCode.BROKEN_ANSWER),
        (b"HTTP/1.1 103 Early Hints\r\n\r\n", RefusalCode.BROKEN_ANSWER),
        (b"", RefusalCode.UNREACHABLE),
        (answer(PAGE, f"Content-Length: {len(PAGE) + 9}"), RefusalCode.BROKEN_ANSWER),
        (answer(b"5\r\nab", "Transfer-Encoding: chunked"), RefusalCode.BROKEN_ANSWER),
        (answer(b"zz\r\nab", "Transfer-Encoding: chunked"), RefusalCode.BROKEN_ANSWER),
        (answer(PAGE, "Transfer-Encoding: gzip, chunked"), RefusalCode.BROKEN_ANSWER),
        (answer(PAGE, "Content-Encoding: gzip"), RefusalCode.BROKEN_ANSWER),
        (answer(gzip.compress(gzip.compress(PAGE))[:60], "Content-Encoding: gzip, gzip"), RefusalCode.BROKEN_ANSWER),
        (answer(PAGE, *[f"X-{n}: 1" for n in range(200)]), RefusalCode.BROKEN_ANSWER),
        (answer(PAGE, "Content-Length: 999999999"), RefusalCode.TOO_LARGE),
        (answer(bytes(200_000)), RefusalCode.TOO_LARGE),
        (b"HTTP/1.0 200 OK\r\n\r\n" + bytes(200_000), RefusalCode.TOO_LARGE),
        (answer(gzip.compress(bytes(64 << 20)), "Content-Encoding: gzip"), RefusalCode.TOO_LARGE),
        (answer(gzip.compress(gzip.compress(bytes(64 << 20))), "Content-Encoding: gzip, gzip"), RefusalCode.TOO_LARGE),
    ],
)
def test_an_answer_that_cannot_be_read_is_a_refusal(site: Site, sent: bytes, code: RefusalCode) -> None:
    site.routes["/page"] = sent
    assert refusal_of(make_fetcher(max_bytes=100_000).fetch(site.url())) is code


def test_a_page_just_within_the_limit_is_read(site: Site) -> None:
    site.routes |= {"/page": answer(bytes(100_000)), "/two": answer(bytes(100_001))}
    fetcher = make_fetcher(max_bytes=100_000)
    assert len(body_of(fetcher.fetch(site.url()))) == 100_000
    assert refusal_of(fetcher.fetch(site.url("/two"))) is RefusalCode.TOO_LARGE


@pytest.mark.parametrize("sent", [reset, b""])
def test_a_connection_that_breaks_off_is_tried_again_and_refused(site: Site, sent: object) -> None:
    site.routes["/page"] = sent
    assert refusal_of(make_fetcher().fetch(site.url())) is RefusalCode.UNREACHABLE
    assert site.paths.count("/page") == 3


def test_a_connection_that_breaks_off_within_the_body_is_refused(site: Site) -> None:
    def send(connection: socket.socket) -> None:
        connection.sendall(answer(PAGE, "Content-Length: 5000"))
        time.sleep(0.05)
        reset(connection)

    site.routes["/page"] = send
    assert refusal_of(make_fetcher(retries=0).fetch(site.url())) is RefusalCode.UNREACHABLE


def test_nobody_listens(site: Site) -> None:
    site.routes["/robots.txt"] = answer(b"")
    port = site.port
    site.close()
    found = make_fetcher().fetch(f"http://127.0.0.1:{port}/")
    assert refusal_of(found) is RefusalCode.UNREACHABLE


def test_a_connection_to_which_nothing_can_be_sent_is_refused(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def send(_self: RecordingSocket, _data: bytes) -> None:
        raise failures.pop()

    failures: list[OSError] = [TimeoutError("slow")]
    monkeypatch.setattr(RecordingSocket, "sendall", send)
    assert refusal_of(make_fetcher(retries=0).fetch(site.url())) is RefusalCode.TIMEOUT
    failures = [BrokenPipeError("gone")]
    assert refusal_of(make_fetcher(retries=0).fetch(site.url())) is RefusalCode.UNREACHABLE


def test_a_handshake_that_does_not_end_is_left() -> None:
    with socket_that_says_nothing() as port:
        begun = time.monotonic()
        found = make_fetcher(**SOON).fetch(f"https://127.0.0.1:{port}/")
    assert refusal_of(found) is RefusalCode.TIMEOUT
    assert time.monotonic() - begun < 2


@contextlib.contextmanager
def socket_that_says_nothing() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield int(listening.getsockname()[1])


SOON: dict[str, Any] = {"timeout_s": 0.25, "head_s": 0.4, "total_s": 0.6, "retries": 0}


@pytest.mark.parametrize("where", ["nothing", "status", "headers", "body", "chunks", "chunk mark"])
def test_a_server_that_takes_its_time_gains_nothing(site: Site, where: str) -> None:
    head = b"HTTP/1.1 200 OK\r\n"
    site.routes["/page"] = {
        "nothing": site.wait,
        "status": site.drip(b"HTTP/1.1 200 OK"),
        "headers": site.drip(b"X-A: 1\r\n", first=head),
        "body": site.drip(b"x", first=head + b"\r\n"),
        "chunks": site.drip(b"1\r\nx\r\n", first=head + b"Transfer-Encoding: chunked\r\n\r\n"),
        "chunk mark": site.drip(b"0", first=head + b"Transfer-Encoding: chunked\r\n\r\n"),
    }[where]
    fetcher = make_fetcher(**SOON)
    begun = time.monotonic()
    assert refusal_of(fetcher.fetch(site.url())) is RefusalCode.TIMEOUT
    assert time.monotonic() - begun < 2


@pytest.mark.parametrize("where", ["status", "header", "headers", "informed", "body", "chunks"])
def test_a_server_without_end_is_stopped(site: Site, where: str) -> None:
    head = b"HTTP/1.1 200 OK\r\n"
    many = bytes(1 << 16).replace(b"\0", b"x")
    site.routes["/page"], code = {
        "status": (site.pour(many), RefusalCode.BROKEN_ANSWER),
        "header": (site.pour(many, first=head + b"X-A: "), RefusalCode.BROKEN_ANSWER),
        "headers": (site.pour(b"X-A: 1\r\n" * 100, first=head), RefusalCode.BROKEN_ANSWER),
        "informed": (site.pour(b"HTTP/1.1 100 Continue\r\n\r\n" * 100), RefusalCode.BROKEN_ANSWER),
        "body": (site.pour(many, first=head + b"\r\n"), RefusalCode.TOO_LARGE),
        "chunks": (
            site.pour(b"1\r\nx\r\n" * 1000, first=head + b"Transfer-Encoding: chunked\r\n\r\n"),
            RefusalCode.TOO_LARGE,
        ),
    }[where]
    assert refusal_of(make_fetcher(max_bytes=500_000).fetch(site.url())) is code


# --- TLS


def test_a_certificate_that_nobody_vouches_for_is_refused(safe_site: Site) -> None:
    found = make_fetcher().fetch(safe_site.url())
    assert refusal_of(found) is RefusalCode.TLS
    assert safe_site.requests == []


def test_a_good_certificate_is_taken_and_the_pages_are_recorded(safe_site: Site) -> None:
    tls = ssl.create_default_context(cafile=str(CERTIFICATE))
    safe_site.routes["/page"] = answer()
    assert body_of(make_fetcher(tls=tls).fetch(safe_site.url())) == PAGE


def test_a_certificate_of_another_name_is_refused(safe_site: Site) -> None:
    tls = ssl.create_default_context(cafile=str(CERTIFICATE))
    fetcher = make_fetcher(tls=tls, resolver=lambda *_: ["127.0.0.1"])
    safe_site.routes["/page"] = answer()
    assert body_of(fetcher.fetch(f"https://SITE.example:{safe_site.port}/page")) == PAGE
    assert refusal_of(fetcher.fetch(f"https://bank.example:{safe_site.port}/page")) is RefusalCode.TLS


@pytest.mark.parametrize(
    ("greeting", "code"),
    [
        (lambda connection: connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n" * 9), RefusalCode.TLS),
        (lambda connection: connection.close(), None),
        (reset, RefusalCode.UNREACHABLE),
    ],
)
def test_a_server_that_does_not_speak_tls_is_refused(
    site: Site, greeting: Callable[[socket.socket], None], code: RefusalCode | None
) -> None:
    def greet(connection: socket.socket) -> None:
        connection.recv(4096)
        greeting(connection)

    site.greet = greet
    found = refusal_of(make_fetcher(retries=0).fetch(site.url().replace("http:", "https:")))
    assert found in ({code} if code else {RefusalCode.TLS, RefusalCode.UNREACHABLE})


def test_redirects_that_take_too_long_are_left(site: Site) -> None:
    times = iter(range(0, 100_000, 10))
    site.routes |= {f"/{n}": redirect(f"/{n + 1}") for n in range(10)}
    fetcher = make_fetcher(clock=lambda: float(next(times)), fetch_s=200.0, head_s=999.0, total_s=999.0, timeout_s=99.0)
    found = fetcher.fetch(site.url("/0"))
    assert refusal_of(found) is RefusalCode.TIMEOUT
    assert 0 < len(found.capture.redirects) < 10


PARTS = (
    b"HTTP/1.1 200 OK\r\n",
    b"HTTP/1.1 302 Found\r\n",
    b"HTTP/1.0 503 \r\n",
    b"HTTP/1.1 100 Continue\r\n\r\n",
    b"Location: /page\r\n",
    b"Location: http://[\r\n",
    b"Location: //\xff\xfe:99999/\r\n",
    b"Content-Length: 5\r\n",
    b"Content-Length: -1\r\n",
    b"Transfer-Encoding: chunked\r\n",
    b"Content-Encoding: gzip\r\n",
    b"Content-Type: a/b; charset=\xff\r\n",
    b"Retry-After: 1\r\n",
    b" folded\r\n",
    b"no colon\r\n",
    b": \r\n",
    b"\r\n",
    b"\r\n",
    b"5\r\nabcde\r\n",
    b"0\r\n\r\n",
    gzip.compress(PAGE),
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(parts=st.lists(st.one_of(st.sampled_from(PARTS), st.binary(max_size=12)), max_size=9))
def test_whatever_a_server_sends_comes_back_as_a_capture(site: Site, parts: list[bytes]) -> None:
    site.routes["/page"] = b"".join(parts)
    found = make_fetcher(retries=0).fetch(site.url())
    if found.capture.refusal:
        refusal_of(found)
    elif found.capture.status != 304:
        body_of(found)
