"""Servers on 127.0.0.1 that answer as told, byte by byte if need be, and hang up when the test is over."""

from __future__ import annotations

import contextlib
import socket
import ssl
import struct
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

from sayso.fetch import Fetcher, FetchSettings
from sayso.fetch.exchange import Means
from sayso.fetch.guard import is_public

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

CERTIFICATE = Path(__file__).parent / "certificates" / "site.example.pem"
PAGE = b"<html><title>Ferry stays in port</title><p>The harbour master said the ferry stays.</p></html>"
TOOL = "sayso 9.9"


def answer(body: bytes = PAGE, *headers: str, status: str = "200 OK") -> bytes:
    lines = [f"HTTP/1.1 {status}", *headers]
    if not any(line.lower().startswith(("content-length", "transfer-encoding")) for line in headers):
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


def redirect(to: str, status: int = 302) -> bytes:
    return answer(b"", f"Location: {to}", status=f"{status} Moved")


class Site:
    """A site: what it answers by path, and what it was asked.

    An answer is bytes, or a function that is given the connection and writes to it; of a list one after the other.
    """

    def __init__(self, *, is_safe: bool = False) -> None:
        """Listen, with the test's own certificate if it is to be safe."""
        self.routes: dict[str, object] = {}
        self.requests: list[bytes] = []
        self.times: list[float] = []
        self.is_over = threading.Event()
        self.greet: Callable[[socket.socket], None] | None = None
        self._tls: ssl.SSLContext | None = None
        if is_safe:
            self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._tls.load_cert_chain(CERTIFICATE)
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=50)
        self.port: int = self._socket.getsockname()[1]
        self._threads: list[threading.Thread] = []
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    @property
    def origin(self) -> str:
        return f"{'https' if self._tls else 'http'}://127.0.0.1:{self.port}"

    def url(self, path: str = "/page") -> str:
        return self.origin + path

    @property
    def paths(self) -> list[str]:
        return [request.split(b" ")[1].decode() for request in self.requests]

    def close(self) -> None:
        self.is_over.set()
        # On Linux closing alone does not wake a thread that waits for a connection.
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
        self._listener.join(5)
        self._socket.close()
        for thread in self._threads:
            thread.join(5)

    def _listen(self) -> None:
        while not self.is_over.is_set():
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._serve, args=(connection,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, plain: socket.socket) -> None:
        plain.settimeout(5)
        connection = plain
        try:
            if self.greet:
                self.greet(plain)
                return
            if self._tls:
                connection = self._tls.wrap_socket(plain, server_side=True)
            self._answer(connection)
        except OSError:
            pass  # the other side had enough
        finally:
            connection.close()
            plain.close()

    def _answer(self, connection: socket.socket) -> None:
        request = b""
        while b"\r\n\r\n" not in request:
            more = connection.recv(4096)
            if not more:
                return
            request += more
        self.requests.append(request)
        self.times.append(time.monotonic())
        path = request.split(b" ")[1].decode()
        found = self.routes.get(path, answer(b"", status="404 Not Found"))
        if isinstance(found, list):
            found = found.pop(0) if len(found) > 1 else found[0]
        if callable(found):
            found(connection)
        else:
            assert isinstance(found, bytes)
            connection.sendall(found)

    def drip(self, data: bytes, *, pause_s: float = 0.02, first: bytes = b"") -> Callable[[socket.socket], None]:
        """Return an answer that comes byte by byte, over and over, until the other side has enough."""

        def send(connection: socket.socket) -> None:
            connection.sendall(first)
            while not self.is_over.is_set():
                for at in range(len(data)):
                    connection.sendall(data[at : at + 1])
                    time.sleep(pause_s)

        return send

    def pour(self, data: bytes, *, first: bytes = b"") -> Callable[[socket.socket], None]:
        """Return an answer without end."""

        def send(connection: socket.socket) -> None:
            connection.sendall(first)
            while not self.is_over.is_set():
                connection.sendall(data)

        return send

    def wait(self, connection: socket.socket) -> None:
        """Answer nothing."""
        self.is_over.wait(5)
        connection.close()


def reset(connection: socket.socket) -> None:
    """Break the connection off."""
    linger = struct.pack("hh" if sys.platform == "win32" else "ii", 1, 0)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    connection.close()


def only_here(ip: str) -> bool:
    """Let the tests' own servers pass, and the open net, to which nothing here connects."""
    return ip == "127.0.0.1" or is_public(ip)


def make_fetcher(
    *,
    resolver: Callable[[str, int], Sequence[str]] | None = None,
    tls: ssl.SSLContext | None = None,
    is_open: Callable[[str], bool] | None = only_here,
    sleep: Callable[[float], None] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
    **settings: object,
) -> Fetcher:
    """Return a fetcher that is in a hurry and does not look up names."""
    wanted: dict[str, object] = {
        "timeout_s": 2.0,
        "head_s": 2.0,
        "total_s": 3.0,
        "robots_total_s": 3.0,
        "delay_s": 0.0,
        "retry_s": 0.0,
        **settings,
    }

    def refuse(host: str, _port: int) -> Sequence[str]:
        message = f"a test looked up {host}"
        raise OSError(message)

    means = Means(resolver=resolver or refuse, is_open=is_open, tls=tls, clock=clock)
    return Fetcher(FetchSettings(**wanted), tool=TOOL, sleep=sleep, means=means)  # type: ignore[arg-type]
