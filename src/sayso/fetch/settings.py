"""How the net is asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sayso.config import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchSettings:
    """What may be set, and the limits that nobody needs to set.

    Attributes:
        contact: Where the operator of a site can reach the user: an address or page, sent in the user agent. None sends
            none.
        timeout_s: The longest wait for a connection, and for each piece of an answer.
        head_s: The longest wait for all headers of an answer, counted from the start: a server that sends them byte
            by byte gains nothing.
        total_s: The longest that one request may take.
        robots_total_s: The longest that one request for a robots.txt may take.
        fetch_s: After this long no further redirect is followed.
        delay_s: From one answer of a host to the next request to it.
        crawl_delay_most_s: The most that the ``Crawl-delay`` of a robots.txt may raise that to.
        max_bytes: Of a body, over the wire and again decoded.
        header_bytes: Of an answer's headers.
        redirects: How many are followed.
        retries: How often a broken connection and a 502, 503 or 504 is tried again.
        retry_s: The wait before the first try again; each further one takes twice as long.
        robots_s: How long a robots.txt is held to be good.
        robots_failed_s: How long one that could not be read is not asked for again.
        allow_private: Whether addresses of the own machine and network may be connected to.
        no_network: Whether nothing at all is asked, names included.
    """

    contact: str | None = None
    timeout_s: float = 20.0
    head_s: float = 30.0
    total_s: float = 120.0
    robots_total_s: float = 30.0
    fetch_s: float = 300.0
    delay_s: float = 1.0
    crawl_delay_most_s: float = 30.0
    max_bytes: int = 20_000_000
    header_bytes: int = 65_536
    redirects: int = 10
    retries: int = 2
    retry_s: float = 2.0
    robots_s: float = 3_600.0
    robots_failed_s: float = 60.0
    allow_private: bool = False
    no_network: bool = False

    @classmethod
    def of(
        cls, settings: Settings, *, contact: str | None = None, allow_private: bool = False, no_network: bool = False
    ) -> FetchSettings:
        """Return the settings of fetching that follow from those in force."""
        timeout_s = float(settings.fetch_timeout_s)
        usual = cls()
        return cls(
            contact=contact,
            timeout_s=timeout_s,
            head_s=max(usual.head_s, timeout_s),
            total_s=max(usual.total_s, 2 * timeout_s),
            delay_s=float(settings.fetch_delay_s),
            max_bytes=settings.max_bytes,
            allow_private=allow_private,
            no_network=no_network,
        )
