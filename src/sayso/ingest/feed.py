"""Feeds to their items: RSS 0.9x, 1.0 and 2.0, Atom, and JSON Feed.

What is parsed is parsed in a process of its own (`feed_child`); here its answer is checked. Whatever is given, the
answer is a `FeedContent`: what is wrong with a feed is a problem in it.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sayso.errors import Problem, UnreadableFile
from sayso.ingest.addresses import find_address
from sayso.ingest.bounded import run_bounded
from sayso.ingest.moments import HALF, read_internet_moment, read_moment

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sayso.records import Moment

# A feed of a thousand whole articles is as large.
MAX_BYTES = 10_000_000
LIMIT_S = 8.0
# Nothing of the feed could be read.
UNREADABLE = "unreadable-feed"
MAX_ID_CHARS = 1_000
PAGE_TYPES = {None, "text/html", "application/xhtml+xml"}
DAY_CHARS = len("2024-11-03")
ZONE = re.compile(r"T.+(?:Z|[+-]\d{2}:\d{2})$")


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedItem:
    """One article that a feed names.

    Attributes:
        url: Its address, whole, http or https.
        title: Without markup; None if not stated.
        published: When it was published, or where that is not stated last updated (see its `stated_in`); None if
            neither is stated in a form that can be told.
        id: What the feed calls it; its address where it calls it nothing.
        summary: Without markup, cut off; None if there is none.
    """

    url: str
    title: str | None = None
    published: Moment | None = None
    id: str
    summary: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedContent:
    """What a feed says.

    Attributes:
        title: As it calls itself; None if it does not.
        items: In its order, each address once.
        refresh_s: After how many seconds it wants to be asked again; None if it does not say.
        problems: What was wrong with it.
    """

    title: str | None = None
    items: tuple[FeedItem, ...] = ()
    refresh_s: float | None = None
    problems: tuple[Problem, ...] = ()


def read_feed(data: bytes, *, name: str, url: str | None, media: str | None = None) -> FeedContent:
    """Return what a feed says; what is wrong with it, up to that it is none, stands in its problems.

    Args:
        data: The whole feed. Of more than `MAX_BYTES` the rest is not read.
        name: What the caller knows it by.
        url: Its own address, against which relative ones are meant; None for a file.
        media: The media type, where one was stated.
    """
    problems: list[Problem] = []
    if not data.strip():
        return FeedContent(problems=(Problem(code=UNREADABLE, message="There is nothing in this feed."),))
    if len(data) > MAX_BYTES:
        message = f"The feed has {len(data) / 1e6:,.1f} MB; {MAX_BYTES / 1e6:,.0f} MB of it are read."
        problems.append(Problem(code="cut-off", message=message))
    asked = json.dumps({"name": name, "media": media, "is_cut": len(data) > MAX_BYTES}).encode() + b"\n"
    try:
        found = run_bounded("sayso.ingest.feed_child", asked + data[:MAX_BYTES], name=name, limit_s=LIMIT_S)
    except UnreadableFile as error:
        message = f"The feed cannot be read: {error.reason}."
        return FeedContent(problems=(*problems, Problem(code=UNREADABLE, message=message)))
    problems.extend(Problem(code=code, message=message) for code, message in found["problems"])
    raw = found.get("items", [])
    base = url or find_address(found.get("link") or "")
    items = _take_items(raw, base=base, problems=problems)
    if not raw and not problems:
        problems.append(Problem(code="empty-feed", message="There is no item in this feed."))
    return FeedContent(
        title=found.get("title"), items=tuple(items), refresh_s=found.get("refresh_s"), problems=tuple(problems)
    )


def _take_items(raw: Iterable[dict[str, Any]], *, base: str | None, problems: list[Problem]) -> list[FeedItem]:
    """Return the items that have an address, each address once, and note how many have none or no time."""
    items: dict[str, FeedItem] = {}
    n_lost = n_undated = 0
    for entry in raw:
        address = _find_item_address(entry, base)
        if address is None:
            n_lost += 1
            continue
        published = _find_published(entry)
        n_undated += published is None and bool(entry["published"] or entry["updated"])
        item = FeedItem(
            url=address,
            title=entry["title"],
            published=published,
            id=(entry["id"] or address)[:MAX_ID_CHARS],
            summary=entry["summary"],
        )
        items.setdefault(address, item)
    if n_lost:
        message = f"{n_lost:,} of the feed's items have no address on the web, and are left out."
        problems.append(Problem(code="no-address", message=message))
    if n_undated:
        message = f"{n_undated:,} of the feed's items have a date that cannot be told."
        problems.append(Problem(code="unreadable-date", message=message))
    return list(items.values())


def _find_item_address(entry: dict[str, Any], base: str | None) -> str | None:
    """Return where an item's article is: what links to a page, then an id that is an address.

    Source: RFC 4287, 4.2.7.2 (a link without a relation is ``alternate``); RSS 2.0, ``guid``.
    """
    pages = [href for href, rel, kind in entry["links"] if href and rel in {None, "alternate"} and kind in PAGE_TYPES]
    others = [href for href, rel, _ in entry["links"] if href and rel in {None, "alternate"}]
    # A relative id is no address, whatever it says of itself: it is a number, most often.
    own = find_address(entry["id"] or "")
    is_id_only = entry["is_permalink"] and entry["link"] == entry["id"]
    stated = [*pages, *([] if is_id_only else [entry["link"] or ""]), *others]
    relative = (find_address(href, base=base) for href in stated)
    return next((address for address in relative if address), own)


def _find_published(entry: dict[str, Any]) -> Moment | None:
    """Return when an item was published, or else updated; None if neither can be told."""
    for field in ("published", "updated"):
        found = _read_date(entry[field] or "", stated_in=f"feed {field}")
        if found is not None:
            return found
    return None


def _read_date(written: str, *, stated_in: str) -> Moment | None:
    """Return the time that a feed writes; None if it cannot be told."""
    own = read_moment(written, stated_in=stated_in)
    if HALF.search(written) or (own is not None and (ZONE.search(own.value) or len(own.value) <= DAY_CHARS)):
        return own
    # Zones by name, which only the standard for mail gives a meaning.
    return read_internet_moment(written, stated_in=stated_in) or own
