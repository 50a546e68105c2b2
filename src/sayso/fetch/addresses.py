"""What was typed or linked to, as an address that can be fetched; and whether it is one at all."""

from __future__ import annotations

import contextlib
import ipaddress
import re
import socket
from dataclasses import dataclass
from urllib.parse import quote, unquote, urljoin, urlsplit

from sayso.addresses import DEFAULT_PORTS, is_address

# Source: WHATWG Fetch, "port blocking", as far as it forbids ports from 1024 up. Of those below only the two are open:
# nobody publishes an article on them, and what listens there (mail, files, shells) can be made to obey a request.
FIRST_FREE_PORT = 1024
LAST_PORT = 65_535
CLOSED_PORTS = frozenset(
    {1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080}
)
MAX_CHARS = 8_192
MAX_HOST_CHARS = 253
MAX_LABEL_CHARS = 63
CREDENTIALS = re.compile(r"//[^/?#]*@")
CONTROL = re.compile(r"[\x00-\x1f\x7f]")
HOST = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*")
# Source: WHATWG URL, "ends in a number": such hosts are IPv4 addresses in one of their many spellings.
NUMBER = re.compile(r"(?:\d+|0x[0-9a-f]*)")
PATH_SAFE = "!$%&'()*+,/:;=@~-._"
QUERY_SAFE = PATH_SAFE + "?[]|^`{}\\"


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """An address in its parts.

    Attributes:
        scheme: ``http`` or ``https``.
        host: In small letters; names in the letters of the DNS (``xn--…``), IPv4 with four numbers, IPv6 without
            brackets.
        port: The port.
        target: Path and query, as the request states them.
        had_credentials: Whether a name or password stood in it; they are not kept.
    """

    scheme: str
    host: str
    port: int
    target: str
    had_credentials: bool = False

    @property
    def authority(self) -> str:
        """Host and port, as a URL has them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        return f"{self.scheme}://{self.authority}"

    @property
    def url(self) -> str:
        """The whole, without fragment and credentials."""
        return self.origin + self.target

    @property
    def literal(self) -> str | None:
        """The host where it is an IP address; None where it is a name."""
        return self.host if _is_ip(self.host) else None


class BadAddressError(ValueError):
    """What was given cannot be fetched; the text says why, as part of a sentence. Does not leave this room."""


def parse_address(given: str) -> Address:
    """Return the address in its parts.

    Raises:
        BadAddressError: It is none, or none that is fetched.
    """
    text = given.strip(" \t\r\n\f")
    if len(text) > MAX_CHARS:
        message = f"it is longer than {MAX_CHARS:,} characters"
        raise BadAddressError(message)
    if CONTROL.search(text):
        message = "there is a control character in it"
        raise BadAddressError(message)
    if is_address(text) and "://" not in text[: len("https://")]:
        text = f"https://{text}"
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        message = "its host or port cannot be read"
        raise BadAddressError(message) from error
    scheme = parts.scheme.lower()
    if scheme not in DEFAULT_PORTS:
        message = f"{scheme[:20] + ':' if scheme else 'without a scheme it'} is not fetched, only http: and https: are"
        raise BadAddressError(message)
    if "\\" in parts.netloc:  # browsers take it for a slash, other programs do not: two hosts in one address
        message = "there is a backslash in its host"
        raise BadAddressError(message)
    credentials, _, _ = parts.netloc.rpartition("@")
    path = quote(_encode(parts.path), safe=PATH_SAFE) or "/"
    query = f"?{quote(_encode(parts.query), safe=QUERY_SAFE)}" if parts.query else ""
    return Address(
        scheme=scheme,
        host=_parse_host(parts.netloc),
        port=_check_port(DEFAULT_PORTS[scheme] if port is None else port),
        target=path + query,
        had_credentials=bool(credentials),
    )


def hide_credentials(given: str) -> str:
    """Return what was given without the name and password before a host: captures are shown and passed on."""
    return CREDENTIALS.sub("//", given, count=1)


def join_address(base: Address, location: str) -> Address:
    """Return the address to which a redirect leads.

    Raises:
        BadAddressError: It leads to none that is fetched.
    """
    with contextlib.suppress(UnicodeError):  # headers come as Latin-1; what many servers send in them is UTF-8
        location = location.encode("latin-1").decode("utf-8")
    try:
        return parse_address(urljoin(base.url, location.strip()))
    except BadAddressError:
        raise
    except ValueError as error:
        message = "its host or port cannot be read"
        raise BadAddressError(message) from error


def _encode(part: str) -> bytes:
    """Return the part in UTF-8; halves of characters, which no text has, become question marks."""
    return part.encode("utf-8", "replace")


def _check_port(port: int) -> int:
    """Return the port if it is open to us."""
    is_open = port in DEFAULT_PORTS.values() or (FIRST_FREE_PORT <= port <= LAST_PORT and port not in CLOSED_PORTS)
    if not is_open:
        message = f"port {port} is none on which pages are published"
        raise BadAddressError(message)
    return port


def _parse_host(netloc: str) -> str:
    """Return the host of an authority, in one spelling."""
    host = netloc.rpartition("@")[2]
    if host.startswith("["):
        return _parse_ipv6(host[1:].partition("]")[0])
    host = unquote(host.partition(":")[0]).lower()
    if not host.isascii():
        try:
            # Source: RFC 3490. It also folds full-width digits and dots, which name servers never see.
            host = host.encode("idna").decode("ascii").lower()
        except UnicodeError as error:
            message = "its host is no name"
            raise BadAddressError(message) from error
    host = host.removesuffix(".")
    if not HOST.fullmatch(host) or len(host) > MAX_HOST_CHARS or max(map(len, host.split("."))) > MAX_LABEL_CHARS:
        message = "it has no host" if not host else "its host is no name"
        raise BadAddressError(message)
    if NUMBER.fullmatch(host.rpartition(".")[2]):
        try:
            # As the system would take it: 127.1, 0x7f.1, 017700000001 and 2130706433 are all the same.
            return socket.inet_ntoa(socket.inet_aton(host))
        except OSError as error:
            message = "its host is no IP address"
            raise BadAddressError(message) from error
    return host


def _parse_ipv6(host: str) -> str:
    """Return the IPv6 address in its short form."""
    try:
        found = ipaddress.IPv6Address(host)
    except ValueError as error:
        message = "its host is no IP address"
        raise BadAddressError(message) from error
    if found.scope_id is not None:
        message = "its host is an address of one network card"
        raise BadAddressError(message)
    return str(found)


def _is_ip(host: str) -> bool:
    """Tell whether the host is an IP address."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
