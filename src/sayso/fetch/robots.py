"""What a site's robots.txt asks of programs.

Source: RFC 9309, Robots Exclusion Protocol. The file is asked for through the same guarded path as any page.
"""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from protego import Protego

from sayso.fetch.addresses import BadAddressError, join_address, parse_address
from sayso.fetch.exchange import Exchange, Failure
from sayso.records import RefusalCode

if TYPE_CHECKING:
    from collections.abc import Callable

    from sayso.fetch.addresses import Address

AGENT = "sayso"
# Source: RFC 9309, 2.5: at least 500 kibibytes must be read; 2.3.1.2: at least five redirects followed.
MAX_BYTES = 500 * 1024
MAX_REDIRECTS = 5
REDIRECTS = frozenset({301, 302, 303, 307, 308})
MAX_SITES = 2_000
CLIENT_ERROR = 400
SERVER_ERROR = 500
GROUP = re.compile(r"(?i)[ \t]*user[- ]?agent[ \t]*:?[ \t]*(?P<name>[^#\r\n]{0,200})")
# Source: RFC 9309, 2.2.1: a product token is made of letters, underscores and hyphens.
PRODUCT = re.compile(r"[a-z_-]{1,100}")
SAME_FOR_BOTH = frozenset(
    {RefusalCode.NO_NETWORK, RefusalCode.PRIVATE_ADDRESS, RefusalCode.UNREACHABLE, RefusalCode.TIMEOUT, RefusalCode.TLS}
)
"""What befalls the robots.txt of a host befalls its pages: it is said as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What a site asks.

    Attributes:
        parsed: Its robots.txt; None where it has none: then everything may be fetched.
        failure: Why it could not be read; then nothing may be fetched for now.
        good_until: The clock's time from which it is to be asked again.
    """

    parsed: Protego | None = None
    failure: Failure | None = None
    good_until: float

    def find_refusal(self, address: Address) -> Failure | None:
        """Return why the address may not be fetched; None where it may."""
        if self.failure:
            return self.failure
        if self.parsed and not self.parsed.can_fetch(address.url, AGENT):
            return Failure(code=RefusalCode.ROBOTS, reason="")
        return None

    @property
    def delay_s(self) -> float:
        """How long the site wants programs to wait between requests."""
        return (self.parsed.crawl_delay(AGENT) if self.parsed else None) or 0.0


class RobotsTable:
    """The robots.txt of each site that was asked for one, for a limited time."""

    def __init__(
        self,
        ask: Callable[[Address], Exchange | Failure],
        *,
        clock: Callable[[], float],
        good_s: float,
        failed_s: float,
    ) -> None:
        """Ask through this function, which makes one exchange and reads at most `MAX_BYTES` of a body."""
        self._ask = ask
        self._clock = clock
        self._good_s = good_s
        self._failed_s = failed_s
        self._rules: dict[str, Rules] = {}
        self._lock = threading.Lock()

    def get(self, address: Address) -> Rules:
        """Return what the address's site asks."""
        site = address.origin
        with self._lock:
            rules = self._rules.get(site)
        if rules is None or rules.good_until <= self._clock():
            rules = self._load(address)
            with self._lock:
                while len(self._rules) >= MAX_SITES:
                    del self._rules[next(iter(self._rules))]
                self._rules[site] = rules
        return rules

    def _load(self, address: Address) -> Rules:
        """Return the rules of the site's robots.txt, asked for now."""
        here = parse_address(f"{address.origin}/robots.txt")
        for _ in range(MAX_REDIRECTS + 1):
            found = self._ask(here)
            if isinstance(found, Failure):
                is_told = found.code in SAME_FOR_BOTH and here.origin == address.origin
                return self._fail(found if is_told else Failure(code=RefusalCode.ROBOTS, reason=found.reason))
            status, location = found.answer.status, found.answer.get("location")
            if status not in REDIRECTS or not location:
                return self._read(found)
            try:
                here = join_address(here, location)
            except BadAddressError as error:
                return self._fail(Failure(code=RefusalCode.ROBOTS, reason=str(error)))
        return self._pass()  # 2.3.1.2: a sixth redirect means that there is none

    def _read(self, found: Exchange) -> Rules:
        """Return the rules that the answer holds."""
        status = found.answer.status
        if status >= SERVER_ERROR:
            return self._fail(Failure(code=RefusalCode.ROBOTS, reason=f"status {status}"))
        if status >= CLIENT_ERROR or not found.answer.body:
            return self._pass()
        text = found.answer.body[:MAX_BYTES].decode("utf-8", "replace").removeprefix("\ufeff")
        try:
            parsed = Protego.parse(_keep_our_groups(text))
        except ValueError:  # an address in it that the parser's own parser of addresses chokes on
            return self._fail(Failure(code=RefusalCode.ROBOTS, reason="it cannot be read"))
        return Rules(parsed=parsed, good_until=self._clock() + self._good_s)

    def _pass(self) -> Rules:
        """Return the rules of a site that has no robots.txt."""
        return Rules(good_until=self._clock() + self._good_s)

    def _fail(self, failure: Failure) -> Rules:
        """Return the rules of a site whose robots.txt cannot be read: nothing for now."""
        return Rules(failure=failure, good_until=self._clock() + self._failed_s)


def _keep_our_groups(text: str) -> str:
    """Return the file with one name for all agents that we are not, and one for us.

    The parser copies each rule to each agent of its group: thousands of both, which fit in the file, would be hundreds
    of millions. And it takes ``say`` for us, which the standard does not.
    """
    lines = []
    for line in text.splitlines():
        group = GROUP.match(line)
        if group:
            name = group["name"].strip().lower()
            token = PRODUCT.match(name)
            agent = "*" if name == "*" else AGENT if token and token[0] == AGENT else "another"
            lines.append(f"User-agent: {agent}")
        else:
            lines.append(line)
    return "\n".join(lines)
