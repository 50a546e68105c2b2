"""Who may be connected to: hosts of the open net, and nobody in the user's own machine, network or cloud."""

from __future__ import annotations

import ipaddress
import queue
import socket
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
    Resolver = Callable[[str, int], Sequence[str]]

# Source: IANA IPv4 Special-Purpose Address Registry (RFC 6890) and RFC 5771, 1112; written out since what Python's own
# `is_global` means has changed between versions.
CLOSED_V4 = tuple(
    ipaddress.IPv4Network(network)
    for network in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # shared by a provider's customers; Alibaba's metadata
        "127.0.0.0/8",  # loopback
        "168.63.129.16/32",  # Azure's own services, reached from each of its machines
        "169.254.0.0/16",  # link-local; metadata of most clouds
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocols; Oracle's metadata
        "192.0.2.0/24",  # documentation
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",  # private
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved; broadcast
    )
)
# Source: IANA IPv6 Global Unicast Address Assignments: what is public lies in here. Loopback, unique local
# (fd00:ec2::254 among them), link-local, multicast, IPv4-compatible and IPv4-mapped addresses do not.
OPEN_V6 = ipaddress.IPv6Network("2000::/3")
CLOSED_V6 = tuple(
    ipaddress.IPv6Network(network)
    for network in (
        "2001::/23",  # protocols: Teredo (RFC 4380), benchmarks, ORCHID
        "2001:db8::/32",  # documentation
        "3fff::/20",  # documentation
    )
)
MAPPED = ipaddress.IPv6Network("::ffff:0:0/96")
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052
SIX_TO_FOUR = ipaddress.IPv6Network("2002::/16")  # RFC 3056
LOW = 0xFFFFFFFF
ISATAP = (0x00005EFE, 0x02005EFE)  # RFC 5214, the middle of an interface identifier

CLOSED_NAMES = frozenset({"localhost", "metadata", "instance-data", "broadcasthost", "ip6-localhost", "ip6-loopback"})
# Source: RFC 6761, 6762, 8375, and ICANN's reservation of .internal, where clouds keep metadata.google.internal.
CLOSED_ENDINGS = (".localhost", ".local", ".localdomain", ".internal", ".home.arpa", ".lan", ".intranet")


def is_public(address: str) -> bool:
    """Tell whether an IP address is one of the open net, wherever an IPv4 address may be wrapped in it."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv4Address):
        return not any(found in network for network in CLOSED_V4)
    if found.scope_id is not None:
        return False
    inner = _unwrap(found)
    if inner is not None and not is_public(str(inner)):
        return False
    if found in NAT64 or found in MAPPED:
        return True
    return found in OPEN_V6 and not any(found in network for network in CLOSED_V6)


def _unwrap(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """Return the IPv4 address to which the IPv6 address leads; None where it is one in its own right."""
    number = int(address)
    if address in NAT64 or address in MAPPED or number >> 32 & LOW in ISATAP:
        return ipaddress.IPv4Address(number & LOW)
    return ipaddress.IPv4Address(number >> 80 & LOW) if address in SIX_TO_FOUR else None


def is_closed_name(host: str) -> bool:
    """Tell whether a host's name can only mean the user's own machine, network or cloud."""
    return host in CLOSED_NAMES or host.endswith(CLOSED_ENDINGS)


def look_up(host: str, port: int) -> Sequence[str]:
    """Return the addresses of a name, as the system knows them.

    Raises:
        OSError: There are none.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def look_up_within(resolver: Resolver, host: str, port: int, *, limit_s: float) -> Sequence[str]:
    """Return the addresses of a name; the system's own look-up knows no limit of time.

    Raises:
        TimeoutError: It took longer. The look-up ends in its own time, in a thread that keeps nothing alive.
        OSError: There are none.
    """
    answers: queue.SimpleQueue[Sequence[str] | OSError] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answers.put(resolver(host, port))
        except OSError as error:
            answers.put(error)
        except UnicodeError:  # a label that is too long or empty
            answers.put(socket.gaierror(socket.EAI_NONAME, "no such name"))

    threading.Thread(target=ask, name="sayso-look-up", daemon=True).start()
    try:
        found = answers.get(timeout=limit_s)
    except queue.Empty as error:
        message = "the name could not be looked up in time"
        raise TimeoutError(message) from error
    if isinstance(found, OSError):
        raise found
    return found
