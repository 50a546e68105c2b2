"""URL to capture: robots, redirects, tries again, and the records of it all."""

from __future__ import annotations

import hashlib
import re
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sayso.fetch.addresses import Address, BadAddressError, hide_credentials, join_address, parse_address
from sayso.fetch.exchange import Exchange, Exchanger, Failure, Means
from sayso.fetch.pace import Pace
from sayso.fetch.refusals import make_refusal, make_status_refusal
from sayso.fetch.robots import MAX_BYTES, REDIRECTS, RobotsTable
from sayso.fetch.settings import FetchSettings
from sayso.ids import capture_id
from sayso.records import Capture, Captured, CaptureKind, Redirect, Refusal, RefusalCode, Urls
from sayso.warc import write_exchange

if TYPE_CHECKING:
    from collections.abc import Callable

ACCEPT = "text/html,application/xhtml+xml,application/pdf;q=0.9,text/plain;q=0.9,application/xml;q=0.8,*/*;q=0.7"
ACCEPT_FEED = "application/rss+xml,application/atom+xml,application/feed+json,application/xml;q=0.9,*/*;q=0.7"
OUT_OF_ORDER = frozenset({502, 503, 504})
NOT_MODIFIED = 304
FIRST_OTHER = 300
MAX_NAME_CHARS = 2_000
VISIBLE = re.compile(r"[\x20-\x7e]{1,500}")
SECONDS = re.compile(r"\d{1,9}")
MEDIA = re.compile(r"[\w.+-]{1,80}/[\w.+-]{1,80}")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Way:
    """How far a fetch has come.

    Attributes:
        name: The address as it was given.
        asked: The address asked for, in our spelling.
        redirects: The steps so far.
        warc: Their records.
    """

    name: str
    asked: str
    redirects: tuple[Redirect, ...] = ()
    warc: bytes = b""


class Fetcher:
    """Fetches addresses. Made once, used for many; safe to share between threads."""

    def __init__(
        self,
        settings: FetchSettings | None = None,
        *,
        tool: str,
        sleep: Callable[[float], None] = time.sleep,
        means: Means | None = None,
    ) -> None:
        """Hold the settings; nothing is asked yet.

        Args:
            settings: None for the defaults.
            tool: What captures: package and version, ``sayso 0.1.0``.
            sleep: Waits so many seconds.
            means: What the net is asked with; None for the net.
        """
        self._settings = settings or FetchSettings()
        self._tool = tool
        self._sleep = sleep
        self._means = means or Means()
        self._exchanger = Exchanger(self._settings, self._means)
        self._pace = Pace(clock=self._means.clock, sleep=sleep)
        self._robots = RobotsTable(
            self._ask_robots,
            clock=self._means.clock,
            good_s=self._settings.robots_s,
            failed_s=self._settings.robots_failed_s,
        )

    def fetch(
        self, url: str, *, etag: str | None = None, last_modified: str | None = None, is_feed: bool = False
    ) -> Captured:
        """Return what the address gave: bytes, or the refusal.

        A 304 has neither: it answers a conditional request only.

        Args:
            url: The address. What stands after ``#`` and credentials are dropped.
            etag: Of the answer before: the server then may say that nothing changed.
            last_modified: The same by time.
            is_feed: Whether a feed is wanted; the server is told.
        """
        name = "".join(c if c.isprintable() else " " for c in hide_credentials(url.strip()[:MAX_NAME_CHARS]))
        try:
            here = parse_address(url)
        except BadAddressError as error:
            return self._refuse(_Way(name=name, asked=name), make_refusal(RefusalCode.BAD_ADDRESS, reason=str(error)))
        way = _Way(name=name, asked=here.url)
        headers = self._make_headers(is_feed=is_feed)
        conditions = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        headers |= {field: value for field, value in conditions.items() if value and VISIBLE.fullmatch(value)}
        return self._follow(way, here, headers)

    def _follow(self, way: _Way, here: Address, headers: dict[str, str]) -> Captured:
        """Return what stands at the end of the redirects."""
        seen = {here.url}
        until = self._means.clock() + self._settings.fetch_s
        while True:
            found = self._ask(here, headers)
            if isinstance(found, Failure):
                return self._refuse(way, make_refusal(found.code, host=here.host, reason=found.reason), at=here)
            status, location = found.answer.status, found.answer.get("location")
            if status not in REDIRECTS or not location:
                return self._finish(way, here, found)
            try:
                there = join_address(here, location)
            except BadAddressError as error:
                refusal = make_refusal(RefusalCode.BAD_ADDRESS, reason=f"it leads to where {error}")
                return self._refuse(way, refusal, at=here)
            way = replace(
                way,
                redirects=(*way.redirects, Redirect(url=here.url, status=status, to=there.url)),
                warc=way.warc + _write(here, found),
            )
            if there.url in seen or len(way.redirects) > self._settings.redirects:
                reason = "in a circle" if there.url in seen else f"more than {self._settings.redirects} redirects"
                return self._refuse(way, make_refusal(RefusalCode.TOO_MANY_REDIRECTS, reason=reason), at=here)
            if self._means.clock() > until:
                reason = f"its redirects take more than {self._settings.fetch_s:.0f} seconds"
                return self._refuse(way, make_refusal(RefusalCode.TIMEOUT, host=here.host, reason=reason), at=here)
            seen.add(there.url)
            here = there

    def _ask(self, address: Address, headers: dict[str, str]) -> Exchange | Failure:
        """Return the answer, if the guard and the site's robots.txt let us ask."""
        refusal = self._exchanger.find_refusal(address)
        if refusal:
            return refusal
        rules = self._robots.get(address)
        refusal = rules.find_refusal(address)
        if refusal:
            return refusal
        delay_s = max(self._settings.delay_s, min(rules.delay_s, self._settings.crawl_delay_most_s))
        return self._try(address, headers, delay_s=delay_s, body_bytes=self._settings.max_bytes)

    def _ask_robots(self, address: Address) -> Exchange | Failure:
        """Return the answer to the request for a robots.txt: it is part of the page's own, and waits for nothing."""
        return self._try(address, self._make_headers(is_feed=False), delay_s=0.0, body_bytes=MAX_BYTES, is_robots=True)

    def _try(
        self, address: Address, headers: dict[str, str], *, delay_s: float, body_bytes: int, is_robots: bool = False
    ) -> Exchange | Failure:
        """Return the answer, of several tries where what went wrong may pass."""
        tries = 0
        while True:
            with self._pace.turn(address.host, delay_s=delay_s):
                found = self._exchanger.perform(address, headers, body_bytes=body_bytes, is_robots=is_robots)
            may_pass = found.may_pass if isinstance(found, Failure) else found.answer.status in OUT_OF_ORDER
            # A server that says when is not asked before.
            is_told_when = isinstance(found, Exchange) and found.answer.get("retry-after") is not None
            if not may_pass or is_told_when or tries >= self._settings.retries:
                return found
            self._sleep(self._settings.retry_s * 2**tries)
            tries += 1

    def _make_headers(self, *, is_feed: bool) -> dict[str, str]:
        """Return what we say of ourselves."""
        package, _, version = self._tool.partition(" ")
        contact = self._settings.contact
        more = f"; {contact}" if contact and VISIBLE.fullmatch(contact) else ""
        return {
            "User-Agent": f"{package.capitalize()}/{version or '0'} (+news provenance{more})",
            "Accept": ACCEPT_FEED if is_feed else ACCEPT,
            "Accept-Encoding": "gzip, deflate",
            "Accept-Language": "en;q=0.9,*;q=0.5",
            "Connection": "close",
        }

    def _finish(self, way: _Way, here: Address, found: Exchange) -> Captured:
        """Return the capture of the last answer."""
        answer = found.answer
        if answer.status != NOT_MODIFIED and answer.status >= FIRST_OTHER:
            when = _read_retry_after(answer.get("retry-after"))
            refusal = make_status_refusal(answer.status, host=here.host, retry_after=when)
            return self._refuse(way, refusal, at=here, found=found)
        is_new = answer.status != NOT_MODIFIED
        digest = hashlib.sha256(answer.body).hexdigest() if is_new else None
        media = MEDIA.match(answer.get("content-type") or "")
        capture = Capture(
            id=capture_id(url=way.asked, sha256=digest),
            kind=CaptureKind.FETCH,
            name=way.name,
            urls=Urls(asked=way.asked, final=here.url),
            captured_at=found.at,
            status=answer.status,
            headers=answer.headers,
            redirects=way.redirects,
            media=media[0].lower() if media else None,
            sha256=digest,
            size_bytes=len(answer.body),
            tool=self._tool,
            ip=found.ip,
        )
        warc = way.warc + _write(here, found) if is_new else b""
        return Captured(capture=capture, data=answer.body, warc=warc)

    def _refuse(
        self, way: _Way, refusal: Refusal, *, at: Address | None = None, found: Exchange | None = None
    ) -> Captured:
        """Return the capture of an address that gave nothing."""
        now = self._means.now().strftime("%Y-%m-%dT%H:%M:%SZ")
        capture = Capture(
            id=capture_id(url=way.asked, sha256=None, refusal=refusal.code.value),
            kind=CaptureKind.FETCH,
            name=way.name,
            urls=Urls(asked=way.asked, final=at.url if at else None),
            captured_at=found.at if found else now,
            status=found.answer.status if found else None,
            headers=found.answer.headers if found else (),
            redirects=way.redirects,
            tool=self._tool,
            ip=found.ip if found else None,
            refusal=refusal,
        )
        return Captured(capture=capture, data=b"", warc=b"")


def _write(here: Address, found: Exchange) -> bytes:
    """Return the records of one exchange."""
    return write_exchange(
        url=here.url, at=found.at, request=found.request, response=found.response, ip=found.ip, is_cut=found.is_cut
    )


def _read_retry_after(stated: str | None) -> str | None:
    """Return when the server wants to be asked again, as part of a sentence; None where it does not say.

    Source: RFC 9110, 10.2.3: seconds, or a date.
    """
    if stated is None or not VISIBLE.fullmatch(stated.strip()):
        return None
    text = stated.strip()[:60]
    return f"in {int(text):,} seconds" if SECONDS.fullmatch(text) else f"after {text}"
