"""Addresses to be fetched, so that hosts take turns and none is asked two things at a time."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from urllib.parse import urlsplit

from sayso.addresses import normalise_address


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """An address that is to be fetched.

    Attributes:
        url: The address.
        host: On whose turn.
        is_item: Whether a feed named it, and not the user.
    """

    url: str
    host: str
    is_item: bool


class HostQueue:
    """What is still to be fetched, by host; each address once."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._waiting: dict[str, deque[Asked]] = {}
        # Hosts of which something waits and nothing is under way, the one that waited longest first.
        self._free: deque[str] = deque()
        self._busy: set[str] = set()
        self._seen: set[str] = set()

    def add(self, url: str, *, is_item: bool) -> None:
        """Put an address behind those of its host."""
        if url in self._seen:
            return
        self._seen.add(url)
        host = _find_host(url)
        if host not in self._waiting:
            self._waiting[host] = deque()
            if host not in self._busy:
                self._free.append(host)
        self._waiting[host].append(Asked(url=url, host=host, is_item=is_item))

    def take(self) -> Asked | None:
        """Return the next address of a host of which nothing is under way; None where there is none."""
        if not self._free:
            return None
        host = self._free.popleft()
        asked = self._waiting[host].popleft()
        if not self._waiting[host]:
            del self._waiting[host]
        self._busy.add(host)
        return asked

    def free(self, asked: Asked) -> None:
        """Note that an address that was taken is done with."""
        self._busy.discard(asked.host)
        if asked.host in self._waiting:
            self._free.append(asked.host)


def _find_host(url: str) -> str:
    try:
        return urlsplit(normalise_address(url)).hostname or ""
    except ValueError:
        return ""
