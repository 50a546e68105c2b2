"""One request and its answer, with all that can go wrong as a value."""

from __future__ import annotations

import ssl
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import HTTPException, HTTPResponse
from typing import TYPE_CHECKING, cast

import certifi
from urllib3.exceptions import HTTPError
from urllib3.util import create_urllib3_context

from sayso.errors import Problem
from sayso.fetch.guard import is_closed_name, is_public, look_up, look_up_within
from sayso.fetch.wire import PrivateAddressError, Stopped, connect, open_http
from sayso.records import RefusalCode
from sayso.warc import Answer, Limits, read_answer

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable, Mapping, Sequence

    from urllib3.connection import HTTPConnection

    from sayso.fetch.addresses import Address
    from sayso.fetch.guard import Resolver
    from sayso.fetch.settings import FetchSettings
    from sayso.fetch.wire import Recorder, RecordingSocket

STEP_BYTES = 1 << 16
SLACK_BYTES = 1 << 14
"""Headers are read through a buffer, which may hold the beginning of the body already."""
UNWANTED_BYTES = 1 << 16
"""So much is read of the body of an answer that brings no page: a redirect's is kept."""
FIRST_FINAL = 200
FIRST_OTHER = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A request and its whole answer.

    Attributes:
        at: UTC: when the answer began.
        ip: Who answered.
        request: As it was sent.
        response: As it came; what followed the answer is left out.
        answer: The answer, decoded.
        is_cut: Whether the body was read to a limit only.
    """

    at: str
    ip: str
    request: bytes
    response: bytes
    answer: Answer
    is_cut: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Why there is no answer.

    Attributes:
        code: The cause.
        reason: What happened, as part of a sentence.
        may_pass: Whether trying again may help.
    """

    code: RefusalCode
    reason: str
    may_pass: bool = False


def read_wall_clock() -> datetime:
    """Return the time in UTC."""
    return datetime.now(UTC)


def make_tls() -> ssl.SSLContext:
    """Return what verifies certificates: by certifi's roots, so that it does so alike on every machine."""
    tls = create_urllib3_context()
    tls.load_verify_locations(certifi.where())
    return tls


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What an exchange is made with; tests put their own in.

    Attributes:
        clock: Seconds that only go up.
        now: The time in UTC.
        resolver: Name and port to IP addresses; raises OSError where there are none.
        is_open: Whether an IP address may be connected to; None for what the settings say.
        tls: What verifies certificates; None for certifi's roots.
    """

    clock: Callable[[], float] = time.monotonic
    now: Callable[[], datetime] = read_wall_clock
    resolver: Resolver = look_up
    is_open: Callable[[str], bool] | None = None
    tls: ssl.SSLContext | None = None


class Exchanger:
    """Asks for one thing at a time; safe to share between threads."""

    def __init__(self, settings: FetchSettings, means: Means) -> None:
        """Hold the settings."""
        self._settings = settings
        self._means = means
        self._tls = means.tls or make_tls()
        self._is_open = means.is_open or ((lambda _: True) if settings.allow_private else is_public)

    def find_refusal(self, address: Address) -> Failure | None:
        """Return why the address is not asked, as far as it can be told without asking anybody."""
        if self._settings.no_network:
            return Failure(code=RefusalCode.NO_NETWORK, reason="")
        if not self._settings.allow_private and is_closed_name(address.host):
            return Failure(code=RefusalCode.PRIVATE_ADDRESS, reason="")
        if address.literal and not self._is_open(address.literal):
            return Failure(code=RefusalCode.PRIVATE_ADDRESS, reason="")
        return None

    def perform(
        self, address: Address, headers: Mapping[str, str], *, body_bytes: int, is_robots: bool = False
    ) -> Exchange | Failure:
        """Return the answer to a GET.

        Args:
            address: What is asked for.
            headers: Beside ``Host``.
            body_bytes: The most of a body that is read.
            is_robots: Whether a longer one is cut there; else it is a failure. Bodies that bring no page always may.
        """
        refusal = self.find_refusal(address)
        if refusal:
            return refusal
        start = self._means.clock()
        found = self._connect(address, deadline=start + self._settings.timeout_s)
        if isinstance(found, Failure):
            return found
        connection, recording, ip = found
        try:
            asked = self._ask(address, headers, connection, recording, start=start)
            if isinstance(asked, Failure):
                return asked
            response, at = asked
            is_wanted = FIRST_FINAL <= response.status < FIRST_OTHER
            most = body_bytes if is_wanted else min(body_bytes, UNWANTED_BYTES)
            total_s = self._settings.robots_total_s if is_robots else self._settings.total_s
            recording.recorder.deadline = start + total_s
            stopped = _drain(response, recording.recorder, body_bytes=most, may_cut=is_robots or not is_wanted)
            if stopped and is_wanted:
                return stopped
        finally:
            connection.close()
        is_cut = recording.recorder.stopped is not None
        made = self._decode(bytes(recording.recorder.received), response, body_bytes=most, is_cut=is_cut)
        if isinstance(made, Failure):
            return made
        return Exchange(
            at=at,
            ip=ip,
            request=bytes(recording.sent),
            response=bytes(recording.recorder.received[: None if is_cut else made.size_bytes]),
            answer=made,
            is_cut=is_cut,
        )

    def _connect(self, address: Address, *, deadline: float) -> tuple[HTTPConnection, RecordingSocket, str] | Failure:
        """Return a connection to an address of the host that was checked, and that address."""
        addresses = self._find_addresses(address, limit_s=deadline - self._means.clock())
        if isinstance(addresses, Failure):
            return addresses
        sock = self._dial(addresses, address.port, deadline=deadline)
        if isinstance(sock, Failure):
            return sock
        try:
            ip = str(sock.getpeername()[0])
            connection, recording = open_http(
                address, sock, tls=self._tls, clock=self._means.clock, read_s=self._settings.timeout_s
            )
        except (OSError, HTTPError, ValueError) as error:
            sock.close()
            return _explain_handshake(error)
        return connection, recording, ip

    def _find_addresses(self, address: Address, *, limit_s: float) -> Sequence[str] | Failure:
        """Return the addresses of the host that may be connected to: at least one."""
        if address.literal:
            return [address.literal]  # checked before
        try:
            found = look_up_within(self._means.resolver, address.host, address.port, limit_s=limit_s)
        except TimeoutError:
            return Failure(code=RefusalCode.TIMEOUT, reason="its name could not be looked up in time", may_pass=True)
        except OSError:
            return Failure(code=RefusalCode.UNREACHABLE, reason="there is no such name, or no connection to the net")
        public = [ip for ip in found if self._is_open(ip)]
        return public or Failure(code=RefusalCode.PRIVATE_ADDRESS, reason="")

    def _dial(self, addresses: Sequence[str], port: int, *, deadline: float) -> socket.socket | Failure:
        """Return a connection to one of the addresses."""
        try:
            return connect(addresses, port, is_open=self._is_open, clock=self._means.clock, deadline=deadline)
        except PrivateAddressError:
            return Failure(code=RefusalCode.PRIVATE_ADDRESS, reason="")
        except TimeoutError:
            return Failure(code=RefusalCode.TIMEOUT, reason="it took no connection in time", may_pass=True)
        except OSError as error:
            reason = error.strerror or "it took no connection"
            return Failure(code=RefusalCode.UNREACHABLE, reason=reason, may_pass=True)

    def _ask(
        self,
        address: Address,
        headers: Mapping[str, str],
        connection: HTTPConnection,
        recording: RecordingSocket,
        *,
        start: float,
    ) -> tuple[HTTPResponse, str] | Failure:
        """Send the request; return the answer, of which the headers are read, and the time at which it came."""
        recorder = recording.recorder
        recorder.deadline = start + min(self._settings.head_s, self._settings.total_s)
        recorder.limit_bytes = self._settings.header_bytes + SLACK_BYTES
        response = HTTPResponse(cast("socket.socket", recording), method="GET")
        try:
            connection.request("GET", address.target, headers=headers)
            response.begin()
        except TimeoutError:
            return Failure(code=RefusalCode.TIMEOUT, reason="it did not take the request in time", may_pass=True)
        except OSError:
            return _explain_head(recorder)
        except (HTTPException, HTTPError, ValueError):
            return _explain_head(recorder)
        if response.status < FIRST_FINAL:
            return Failure(code=RefusalCode.BROKEN_ANSWER, reason=f"it ends with status {response.status}")
        return response, self._means.now().strftime("%Y-%m-%dT%H:%M:%SZ")

    def _decode(self, block: bytes, response: HTTPResponse, *, body_bytes: int, is_cut: bool) -> Answer | Failure:
        """Return the answer; of one that brings no page the status and headers are enough."""
        # What was cut has up to a buffer more than was asked for.
        limits = Limits(
            body_bytes=body_bytes + (2 * SLACK_BYTES if is_cut else 0), header_bytes=self._settings.header_bytes
        )
        made = read_answer(block, limits=limits)
        if not FIRST_FINAL <= response.status < FIRST_OTHER:
            if isinstance(made, Answer):
                return made
            headers = tuple((name, str(value)) for name, value in response.getheaders())
            return Answer(status=response.status, headers=headers, body=b"", size_bytes=len(block))
        if isinstance(made, Problem):
            is_large = made.code == "answer-too-large"
            code = RefusalCode.TOO_LARGE if is_large else RefusalCode.BROKEN_ANSWER
            return Failure(code=code, reason=_lower_first(made.message))
        if made.problems and not is_cut:
            return Failure(code=RefusalCode.BROKEN_ANSWER, reason=_lower_first(made.problems[0].message))
        return made


def _drain(response: HTTPResponse, recorder: Recorder, *, body_bytes: int, may_cut: bool) -> Failure | None:
    """Read the body to its end or to a limit; return why it is not whole, where it must be."""
    if response.length is not None and response.length > body_bytes and not may_cut:
        return Failure(code=RefusalCode.TOO_LARGE, reason=f"{response.length:,} bytes; the limit is {body_bytes:,}")
    recorder.limit_bytes = len(recorder.received) + body_bytes
    is_broken = False
    try:
        while response.read(STEP_BYTES):
            pass
    except (HTTPException, ValueError):
        is_broken = True
    finally:
        response.close()
    if recorder.stopped is Stopped.LARGE:
        reason = f"more than {body_bytes:,} bytes"
        return None if may_cut else Failure(code=RefusalCode.TOO_LARGE, reason=reason)
    if recorder.stopped is Stopped.SLOW:
        return Failure(code=RefusalCode.TIMEOUT, reason="the page did not come to its end in time")
    if recorder.stopped is Stopped.RESET:
        return Failure(code=RefusalCode.UNREACHABLE, reason="the connection broke off", may_pass=True)
    if is_broken or response.length:
        return Failure(code=RefusalCode.BROKEN_ANSWER, reason="it is cut off, or its parts do not fit together")
    return None


def _explain_head(recorder: Recorder) -> Failure:
    """Return why there are no headers."""
    if recorder.stopped is Stopped.SLOW:
        return Failure(code=RefusalCode.TIMEOUT, reason="it did not begin to answer in time")
    if recorder.stopped is Stopped.LARGE:
        return Failure(code=RefusalCode.BROKEN_ANSWER, reason="its headers have no end")
    if not recorder.received or recorder.stopped is Stopped.RESET:
        return Failure(code=RefusalCode.UNREACHABLE, reason="it closed the connection without an answer", may_pass=True)
    return Failure(code=RefusalCode.BROKEN_ANSWER, reason="it does not begin as HTTP does")


def _explain_handshake(error: Exception) -> Failure:
    """Return why there is no safe connection."""
    if isinstance(error, TimeoutError):
        return Failure(code=RefusalCode.TIMEOUT, reason="it did not make the connection safe in time", may_pass=True)
    if isinstance(error, ssl.SSLCertVerificationError):
        return Failure(code=RefusalCode.TLS, reason=f"its certificate is not valid ({error.verify_message})")
    if isinstance(error, OSError) and not isinstance(error, ssl.SSLError):
        reason = "it closed the connection without an answer"
        return Failure(code=RefusalCode.UNREACHABLE, reason=reason, may_pass=True)
    return Failure(code=RefusalCode.TLS, reason="it cannot be agreed how to make it so")


def _lower_first(message: str) -> str:
    """Return the sentence as part of another."""
    return message[:1].lower() + message[1:].rstrip(".")
