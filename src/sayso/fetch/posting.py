"""One question to one server that the user named, within limits of time and size.

Rule 1: nothing comes out but the body of a 200 answer, or `FetchRefused`.
Rule 2: no redirect is followed and nothing is sent along, no cookie, no credentials, no proxy's: what is sent goes to
the address that was named and nowhere else. A private address is not refused: the user typed it, and an organisation
may well have an authority of its own.
"""

from __future__ import annotations

import contextlib
import http.client
import queue
import re
import socket
import ssl
import threading
import time
from importlib.metadata import version
from typing import TYPE_CHECKING, Final

import certifi
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, LocationParseError, NewConnectionError
from urllib3.exceptions import TimeoutError as SlowError
from urllib3.util import parse_url

from sayso.errors import FetchRefused
from sayso.records import RefusalCode

if TYPE_CHECKING:
    from urllib3.response import HTTPResponse
    from urllib3.util import Url

MAX_URL_CHARS: Final = 8_192
CHUNK_BYTES: Final = 16_384
OK: Final = 200
REDIRECTS: Final = range(300, 400)
BLANK: Final = re.compile(r"[\x00-\x20\x7f]")
SCHEMES: Final = ("http", "https")
CHECK: Final = "Check the address and your connection, or ask another server."
LATER: Final = "Try again later, or ask another server."


def post_query(url: str, body: bytes, *, media: str, timeout_s: float, limit_bytes: int) -> bytes:
    """Return the body of the answer to what is posted to an address.

    Args:
        url: An http or https address; with https the server must prove who it is.
        body: What is sent.
        media: Its media type.
        timeout_s: The longest that all of it may take, the look-up of the name included.
        limit_bytes: The most that is read of the answer.

    Raises:
        FetchRefused: There is no such answer.
    """
    question = _Question(url, body, media=media, limit_bytes=limit_bytes, until=time.monotonic() + timeout_s)
    answers: queue.SimpleQueue[bytes | FetchRefused] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answers.put(question.ask())
        except FetchRefused as error:
            answers.put(error)

    # In a thread of its own, which keeps nothing alive: the system's look-up of names knows no limit of time, and a
    # server that sends its headers byte by byte keeps every limit on single reads.
    threading.Thread(target=ask, name="sayso-post", daemon=True).start()
    try:
        found = answers.get(timeout=timeout_s)
    except queue.Empty as error:
        question.give_up()
        raise question.refuse(RefusalCode.TIMEOUT, f"no whole answer within {timeout_s:g} s.", LATER) from error
    if isinstance(found, FetchRefused):
        raise found
    return found


class _Question:
    """A question under way."""

    def __init__(self, url: str, body: bytes, *, media: str, limit_bytes: int, until: float) -> None:
        """Keep what is asked; `until` is a time of the monotonic clock."""
        self.url = url
        self.body = body
        self.media = media
        self.limit_bytes = limit_bytes
        self.until = until
        self.parsed = self._parse()
        self._socket: socket.socket | None = None

    def ask(self) -> bytes:
        """Return the body of the answer.

        Raises:
            FetchRefused: There is none.
        """
        try:
            connection = self._make_connection()
            with contextlib.closing(connection):
                connection.connect()
                self._socket = connection.sock
                return self._ask(connection)
        except (HTTPError, http.client.HTTPException, OSError, ValueError) as error:
            raise self._explain(error) from error

    def give_up(self) -> None:
        """Break the connection, so that the thread that waits for it ends."""
        if self._socket is not None:
            with contextlib.suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)

    def refuse(self, code: RefusalCode, message: str, advice: str) -> FetchRefused:
        """Return the refusal; what an address may carry beside itself is left out."""
        return FetchRefused(self.url[:MAX_URL_CHARS], code.value, message, advice)

    def _parse(self) -> Url:
        advice = "Give the address of an authority; it begins with https:// or http://."
        try:
            parsed = parse_url(self.url)
        except HTTPError as error:
            raise self.refuse(RefusalCode.BAD_ADDRESS, "it cannot be read as an address.", advice) from error
        is_one = parsed.scheme in SCHEMES and parsed.host and not BLANK.search(self.url)
        if not is_one or len(self.url) > MAX_URL_CHARS:
            raise self.refuse(RefusalCode.BAD_ADDRESS, "this is no address that can be asked.", advice)
        if parsed.auth is not None:
            message = "names and passwords in an address are not sent."
            raise FetchRefused(parsed._replace(auth=None).url, RefusalCode.BAD_ADDRESS.value, message, advice)
        return parsed

    def _left_s(self) -> float:
        """Return how long it may still take; never nothing, which would mean at once."""
        return max(self.until - time.monotonic(), 0.001)

    def _make_connection(self) -> HTTPConnection:
        host = (self.parsed.host or "").strip("[]")
        if self.parsed.scheme == "http":
            return HTTPConnection(host, self.parsed.port, timeout=self._left_s())
        return HTTPSConnection(
            host, self.parsed.port, timeout=self._left_s(), cert_reqs="CERT_REQUIRED", ca_certs=certifi.where()
        )

    def _ask(self, connection: HTTPConnection) -> bytes:
        headers = {
            "Content-Type": self.media,
            "User-Agent": f"sayso/{version('sayso')}",
            "Accept-Encoding": "identity",
            "Connection": "close",
        }
        connection.request(
            "POST",
            self.parsed.request_uri,
            body=self.body,
            headers=headers,
            preload_content=False,
            decode_content=False,
        )
        with contextlib.closing(connection.getresponse()) as response:
            if response.status in REDIRECTS:
                to = response.headers.get("Location", "another address")[:MAX_URL_CHARS]
                message = f"the server sends on to {to}, which is not followed."
                raise self.refuse(RefusalCode.STATUS, message, "Give that address if it is the one you mean.")
            if response.status != OK:
                raise self.refuse(RefusalCode.STATUS, f"the server answered {response.status}.", CHECK)
            return self._read(response)

    def _read(self, response: HTTPResponse) -> bytes:
        body = bytearray()
        while piece := response.read(CHUNK_BYTES):
            body += piece
            if len(body) > self.limit_bytes:
                message = f"the answer is larger than {self.limit_bytes:,} bytes."
                raise self.refuse(RefusalCode.TOO_LARGE, message, CHECK)
        return bytes(body)

    def _explain(self, error: Exception) -> FetchRefused:
        cause = error.__cause__ or error.__context__
        if isinstance(error, ssl.SSLError) or isinstance(cause, ssl.SSLError):
            advice = "Check the address and your computer's clock."
            return self.refuse(
                RefusalCode.TLS, "the connection is not safe: the server cannot prove who it is.", advice
            )
        if isinstance(error, LocationParseError | UnicodeError):
            return self.refuse(RefusalCode.BAD_ADDRESS, "its host is no name.", CHECK)
        # NewConnectionError is a slow one by its class, whatever was the cause.
        if isinstance(error, NewConnectionError | ConnectionError | socket.gaierror):
            return self.refuse(RefusalCode.UNREACHABLE, "there is no such host, or no connection to it.", CHECK)
        if isinstance(error, SlowError | TimeoutError):
            return self.refuse(RefusalCode.TIMEOUT, "the server was too slow.", LATER)
        return self.refuse(RefusalCode.BROKEN_ANSWER, "the answer breaks the rules of HTTP.", LATER)
