"""The feeds that a page names."""

from __future__ import annotations

from sayso.errors import NoArticleInPage
from sayso.ingest.addresses import find_address
from sayso.ingest.feed_marks import MEDIA

# A page names two or three.
MAX_LINKS = 50
# application/json is what WordPress gives its interface, which is no feed.
NAMED = MEDIA | {"application/rdf+xml", "application/xml", "text/xml"}


def find_feed_links(html: str, *, url: str | None = None) -> list[str]:
    """Return the addresses of the feeds that a page names as its own, in order, each once.

    Args:
        html: The page.
        url: Its address, against which relative ones are meant; None where it is not known.

    Source: HTML Standard, 4.6.7.1, link type "alternate".
    """
    from sayso.ingest.page_text import parse_page  # noqa: PLC0415 - as in `sayso.ingest`

    try:
        root, _ = parse_page(html, name="page")
    except NoArticleInPage:
        return []
    bases = [element.get("href") or "" for element in list(root.iter("base"))[:1]]
    base = next((found for href in bases if (found := find_address(href, base=url))), url)
    links: dict[str, None] = {}
    for link in root.iter("link"):
        kind = (link.get("type") or "").split(";", maxsplit=1)[0].strip().lower()
        address = find_address(link.get("href") or "", base=base)
        if "alternate" in (link.get("rel") or "").lower().split() and kind in NAMED and address:
            links.setdefault(address)
            if len(links) == MAX_LINKS:
                break
    return list(links)
