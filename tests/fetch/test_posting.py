"""A question goes to the address that was named and nowhere else, and no answer can take long or be large."""

from __future__ import annotations

import contextlib
import datetime as dt
import ipaddress
import socket
import ssl
import threading
import time
from typing import TYPE_CHECKING

import pytest

from sayso.errors import FetchRefused
from sayso.fetch.posting import post_query
from sayso.records import RefusalCode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

MEDIA = "application/timestamp-query"


@contextlib.contextmanager
def serve(answer: Callable[[socket.socket], None], *, wrap: ssl.SSLContext | None = None) -> Iterator[str]:
    """Serve one connection on 127.0.0.1 with what answers it; yield the address."""
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(1)

    def run() -> None:
        with contextlib.suppress(OSError), listener.accept()[0] as raw:
            raw.settimeout(5)
            with wrap.wrap_socket(raw, server_side=True) if wrap else raw as connection:
                answer(connection)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield f"{'https' if wrap else 'http'}://127.0.0.1:{listener.getsockname()[1]}/stamp?x=1"
    finally:
        listener.close()
        thread.join()


def hear(connection: socket.socket) -> bytes:
    """Return the whole question."""
    heard = b""
    while not heard.endswith(b"question"):
        heard += connection.recv(65_536) or b"question"
    return heard


def say(content: bytes) -> Callable[[socket.socket], None]:
    """Return what reads the question and says this."""

    def answer(connection: socket.socket) -> None:
        hear(connection)
        connection.sendall(content)

    return answer


def drip(head: bytes, piece: bytes) -> Callable[[socket.socket], None]:
    """Return what says a little, again and again, for some seconds."""

    def answer(connection: socket.socket) -> None:
        hear(connection)
        connection.sendall(head)
        until = time.monotonic() + 2
        while time.monotonic() < until:
            connection.sendall(piece)
            time.sleep(0.02)

    return answer


def post(url: str, *, timeout_s: float = 3.0, limit_bytes: int = 1_000) -> bytes:
    return post_query(url, b"question", media=MEDIA, timeout_s=timeout_s, limit_bytes=limit_bytes)


def find_code(url: str, **limits: float) -> str:
    with pytest.raises(FetchRefused) as caught:
        post(url, **limits)  # type: ignore[arg-type]
    return caught.value.code


def test_what_is_sent_is_the_question_and_no_more() -> None:
    seen = []

    def answer(connection: socket.socket) -> None:
        seen.append(hear(connection))
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nanswer")

    with serve(answer) as url:
        assert post(url) == b"answer"
    head, _, body = seen[0].partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    names = {line.partition(":")[0].lower() for line in lines}
    assert (first, body) == ("POST /stamp?x=1 HTTP/1.1", b"question")
    assert names == {"host", "content-type", "content-length", "user-agent", "accept-encoding", "connection"}
    assert f"Content-Type: {MEDIA}" in lines


def test_a_body_in_pieces_is_whole() -> None:
    content = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
    with serve(say(content)) as url:
        assert post(url) == b"abcde"


def test_a_redirect_is_not_followed() -> None:
    asked = threading.Event()
    with serve(lambda _: asked.set()) as other:
        content = f"HTTP/1.1 307 Go on\r\nLocation: {other}\r\nContent-Length: 0\r\n\r\n"
        with serve(say(content.encode())) as url, pytest.raises(FetchRefused) as caught:
            post(url)
    assert caught.value.code == RefusalCode.STATUS
    assert other in str(caught.value)
    assert not asked.is_set()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n", RefusalCode.STATUS),
        (b"HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n", RefusalCode.STATUS),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n" + b"x" * 1001, RefusalCode.TOO_LARGE),
        (b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 90_000, RefusalCode.TOO_LARGE),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx", RefusalCode.BROKEN_ANSWER),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", RefusalCode.BROKEN_ANSWER),
        (b"good day\r\n\r\n", RefusalCode.BROKEN_ANSWER),
        (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 500 + b"\r\n", RefusalCode.BROKEN_ANSWER),
        (b"HTTP/1.1 200 OK\r\nX: " + b"y" * 90_000, RefusalCode.BROKEN_ANSWER),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n", RefusalCode.BROKEN_ANSWER),
    ],
)
def test_an_answer_that_is_none_is_refused(content: bytes, code: RefusalCode) -> None:
    with serve(say(content)) as url:
        assert find_code(url) == code


def test_a_connection_that_is_shut_at_once_is_refused() -> None:
    with serve(lambda _: None) as url:
        assert find_code(url) in {RefusalCode.UNREACHABLE, RefusalCode.BROKEN_ANSWER}


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(drip(b"", b""), id="silent"),
        pytest.param(drip(b"HTTP/1.1 200 OK\r\nX: ", b"y"), id="headers byte by byte"),
        pytest.param(drip(b"HTTP/1.1 200 OK\r\n\r\n", b"y"), id="body byte by byte"),
    ],
)
def test_a_slow_answer_is_given_up_in_time(answer: Callable[[socket.socket], None]) -> None:
    with serve(answer) as url:
        began = time.monotonic()
        assert find_code(url, timeout_s=0.5) == RefusalCode.TIMEOUT
        assert time.monotonic() - began < 2


def test_a_port_without_a_server_is_unreachable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    assert find_code(f"http://127.0.0.1:{port}/") == RefusalCode.UNREACHABLE


def test_a_name_that_is_none_is_unreachable(monkeypatch: pytest.MonkeyPatch) -> None:
    def look_up(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "no such name")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    assert find_code("http://stamps.example/") == RefusalCode.UNREACHABLE


def test_a_name_that_is_looked_up_for_ever_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    ended = threading.Event()

    def look_up(*_: object, **__: object) -> None:
        ended.wait(5)
        raise socket.gaierror(socket.EAI_NONAME, "no such name")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    assert find_code("http://stamps.example/", timeout_s=0.3) == RefusalCode.TIMEOUT
    ended.set()


@pytest.mark.parametrize(
    "url",
    [
        "",
        "stamps",
        "ftp://stamps.example/",
        "file:///etc",
        "http://",
        "http:///x",
        "http://[::1",
        "http://stamps .example/",
        "https://stamps.example:x/",
        f"http://{'a' * 9_000}/",
    ],
)
def test_what_is_no_address_is_refused(url: str) -> None:
    assert find_code(url) == RefusalCode.BAD_ADDRESS


@pytest.mark.parametrize("host", ["a" * 70 + ".example", "a..example", "-", "\N{LATIN SMALL LETTER SHARP S}" * 80])
def test_a_name_that_no_host_can_have_is_refused(host: str) -> None:
    assert find_code(f"http://{host}/") in {RefusalCode.BAD_ADDRESS, RefusalCode.UNREACHABLE}


def test_a_password_in_an_address_is_neither_sent_nor_shown() -> None:
    with pytest.raises(FetchRefused) as caught:
        post("https://ilva:harbour@stamps.example/tsr")
    assert caught.value.code == RefusalCode.BAD_ADDRESS
    assert "harbour" not in str(caught.value)


def test_a_server_that_cannot_prove_who_it_is_gets_nothing(tmp_path: Path) -> None:
    seen = []
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(make_certificate(tmp_path / "own.pem"))
    with serve(lambda connection: seen.append(connection.recv(1)), wrap=context) as url:
        assert find_code(url) == RefusalCode.TLS
    assert not seen


def test_a_server_that_proves_who_it_is_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = make_certificate(tmp_path / "own.pem")
    monkeypatch.setattr("certifi.where", lambda: str(path))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    with serve(say(b"HTTP/1.1 200 OK\r\n\r\nyes"), wrap=context) as url:
        assert post(url) == b"yes"


def make_certificate(path: Path) -> Path:
    """Write a certificate for 127.0.0.1 that signs itself, with its key."""
    pytest.importorskip("cryptography", reason="sayso[timestamp] is not installed")
    from cryptography import x509  # noqa: PLC0415  only where it is installed
    from cryptography.hazmat.primitives import hashes, serialization  # noqa: PLC0415  the same
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415  the same

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    address = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(address, critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    secret = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path.write_bytes(secret + certificate.public_bytes(pem))
    return path
