"""One connection: to an address that was checked, recorded byte for byte, and held to limits of time and size."""

from __future__ import annotations

import io
import socket
from enum import Enum
from typing import TYPE_CHECKING

from urllib3.connection import HTTPConnection, HTTPSConnection

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Sequence

    from sayso.fetch.addresses import Address

MAX_TRIED = 4
"""How many addresses of one host are tried."""


class Stopped(Enum):
    """Why reading ended before the other side ended it."""

    SLOW = "slow"
    LARGE = "large"
    RESET = "reset"


class PrivateAddressError(Exception):
    """The address is not one that may be connected to. Does not leave this room."""


class Recorder(io.RawIOBase):
    """What comes over a socket: kept, and at an end when a limit is reached, with the reason in `stopped`.

    Every wait is cut to what is left of the time, so that a server that sends one byte at a time gains nothing.
    """

    def __init__(self, sock: socket.socket, *, clock: Callable[[], float], read_s: float) -> None:
        """Read from the socket; set `deadline` and `limit_bytes` before."""
        super().__init__()
        self._sock = sock
        self._clock = clock
        self._read_s = read_s
        self.deadline = 0.0
        self.limit_bytes = 0
        self.received = bytearray()
        self.stopped: Stopped | None = None

    def readable(self) -> bool:
        """Tell that it is for reading."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill the buffer with what comes next and return how much that is; 0 at the end."""
        if self.stopped:
            return 0
        left = self.deadline - self._clock()
        if left <= 0:
            self.stopped = Stopped.SLOW
            return 0
        try:
            self._sock.settimeout(min(left, self._read_s))
            count = self._sock.recv_into(buffer)
        except TimeoutError:
            self.stopped = Stopped.SLOW
            return 0
        except OSError:
            self.stopped = Stopped.RESET
            return 0
        self.received += memoryview(buffer)[:count]
        if len(self.received) > self.limit_bytes:
            self.stopped = Stopped.LARGE
            return 0
        return count


class RecordingSocket:
    """Stands between `http.client` and the socket."""

    def __init__(self, sock: socket.socket, recorder: Recorder) -> None:
        """Record what goes through the socket."""
        self._sock = sock
        self.recorder = recorder
        self.sent = bytearray()

    def sendall(self, data: bytes) -> None:
        """Send the bytes."""
        self.sent += data
        self._sock.sendall(data)

    def settimeout(self, value: float | None) -> None:
        """Do nothing: the recorder sets each wait."""

    def makefile(self, *_: object, **__: object) -> io.BufferedReader:
        """Return what comes, as a file."""
        return io.BufferedReader(self.recorder)

    def close(self) -> None:
        """Close the socket."""
        self._sock.close()


def connect(
    addresses: Sequence[str], port: int, *, is_open: Callable[[str], bool], clock: Callable[[], float], deadline: float
) -> socket.socket:
    """Return a connection to the first of the addresses that takes one.

    Raises:
        PrivateAddressError: The connection is not to the address that was checked.
        OSError: None takes one; `TimeoutError` where that was the last one's reason.
    """
    problem: OSError = TimeoutError("no time was left")
    for ip in addresses[:MAX_TRIED]:
        left = deadline - clock()
        if left <= 0:
            break
        sock = socket.socket(socket.AF_INET6 if ":" in ip else socket.AF_INET, socket.SOCK_STREAM)
        try:
            sock.settimeout(left)
            sock.connect((ip, port))
            peer = str(sock.getpeername()[0])
        except OSError as error:
            sock.close()
            problem = error
            continue
        # Whatever came between the check and the connection: this is who it is with.
        if not is_open(peer):
            sock.close()
            raise PrivateAddressError(peer)
        return sock
    raise problem


class _Plain(HTTPConnection):
    """An HTTP connection over a socket that is there already."""

    def __init__(self, host: str, port: int, sock: socket.socket) -> None:
        """Take over the socket."""
        super().__init__(host, port)
        self.given = sock

    def _new_conn(self) -> socket.socket:
        """Return the socket: nothing is looked up here."""
        return self.given


class _Safe(HTTPSConnection):
    """An HTTPS connection over a socket that is there already."""

    def __init__(self, host: str, port: int, sock: socket.socket, *, tls: ssl.SSLContext) -> None:
        """Take over the socket."""
        super().__init__(host, port, ssl_context=tls)
        self.given = sock

    def _new_conn(self) -> socket.socket:
        """Return the socket: nothing is looked up here."""
        return self.given


def open_http(
    address: Address, sock: socket.socket, *, tls: ssl.SSLContext, clock: Callable[[], float], read_s: float
) -> tuple[HTTPConnection, RecordingSocket]:
    """Return an HTTP connection over the socket, after the TLS handshake where there is one, and what records it.

    Raises:
        OSError: The handshake failed (`ssl.SSLError`) or took too long (`TimeoutError`); the socket's own limit of time
            is one for the whole handshake.
        HTTPError: The same, as urllib3 puts it.
    """
    connection: HTTPConnection
    if address.scheme == "https":
        connection = _Safe(address.host, address.port, sock, tls=tls)
    else:
        connection = _Plain(address.host, address.port, sock)
    connection.connect()
    recording = RecordingSocket(connection.sock, Recorder(connection.sock, clock=clock, read_s=read_s))
    connection.sock = recording
    return connection, recording
