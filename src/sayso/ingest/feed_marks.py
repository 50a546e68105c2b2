"""By what a feed is told from a page and from other XML or JSON; nothing is parsed."""

from __future__ import annotations

import codecs
import re

SAMPLE_BYTES = 65_536
WIDE_MARKS = (
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
ELEMENT = re.compile(r"<(?:[\w.-]{1,40}:)?(?P<name>[\w.-]{1,40})(?=[\s/>])(?P<attributes>[^<>]{0,8000})")
ROOT = re.compile(r"(?i)<(?:[\w.-]{1,40}:)?(?:rss|rdf|feed)(?=[\s>])")
RSS_NAMESPACES = re.compile(r"(?i)purl\.org/(?:net/)?rss|my\.netscape\.com/(?:rdf|publish)|channel\.netscape\.com/rdf")
ATOM_NAMESPACES = re.compile(r"(?i)w3\.org/2005/atom|purl\.org/atom")
JSON_FEED = re.compile(r"jsonfeed\.org\\?/version\\?/")
MEDIA = {
    "application/rss+xml", "application/atom+xml", "application/feed+json", "application/x-rss+xml", "text/rss+xml",
    "text/rss", "text/atom+xml",
}  # fmt: skip


def is_feed(data: bytes, media: str | None = None) -> bool:
    """Tell whether bytes are a feed: RSS, Atom or JSON Feed.

    The bytes go before the media type: feeds come as ``text/html``, and pages as ``application/rss+xml``. Where junk
    stands before the first element, as a server's complaint does, a feed's media type is believed.

    Args:
        data: At least the first `SAMPLE_BYTES` of them.
        media: The media type, where one was stated.
    """
    text = decode_sample(data)
    found = find_root_name(text)
    if found is not None:
        name, attributes = found
        if name == "rss":
            return True
        if name == "rdf":
            return RSS_NAMESPACES.search(text) is not None
        if name == "feed":
            return ATOM_NAMESPACES.search(attributes) is not None or "xmlns" not in attributes
        return False
    if text.lstrip("\ufeff \t\r\n").startswith("{"):
        return JSON_FEED.search(text) is not None
    kind = (media or "").split(";", maxsplit=1)[0].strip().lower()
    return kind in MEDIA and ROOT.search(text) is not None


def decode_sample(data: bytes) -> str:
    """Return the beginning of bytes as text in which the marks of XML and JSON stand as they are."""
    sample = data[:SAMPLE_BYTES]
    for mark, codec in WIDE_MARKS:
        if sample.startswith(mark):
            return sample.decode(codec, "replace").removeprefix("\ufeff")
    return sample.removeprefix(codecs.BOM_UTF8).decode("latin-1")


def find_root_name(text: str) -> tuple[str, str] | None:
    """Return the first element's name, in small letters and without its prefix, and its attributes.

    None where something else stands before it than what XML lets stand there (XML 1.0, 2.8).
    """
    place = 0
    while True:
        while place < len(text) and text[place] in " \t\r\n\ufeff":
            place += 1
        if text.startswith("<!--", place):
            end = text.find("-->", place)
        elif text.startswith("<?", place):
            end = text.find("?>", place)
        elif text[place : place + 9].upper() == "<!DOCTYPE":
            end = _find_doctype_end(text, place)
        else:
            match = ELEMENT.match(text, place)
            return (match["name"].lower(), match["attributes"]) if match else None
        if end < 0:
            return None
        place = text.find(">", end) + 1


def _find_doctype_end(text: str, place: int) -> int:
    """Return a place before the ``>`` that ends a document type; -1 if it has no end."""
    end, inner = text.find(">", place), text.find("[", place)
    if inner < 0 or end < inner:
        return end
    return text.find("]", inner)
