"""What a feed says, in a process of its own: ``python -m sayso.ingest.feed_child``.

A feed comes from strangers every quarter of an hour. The process that parses one is given a line of JSON and the bytes
on standard input, gives JSON on standard output, and is stopped from outside (see `sayso.ingest.bounded`). Nothing is
fetched: the parser is given bytes, without an address, and neither document types nor entities reach it.
"""

from __future__ import annotations

import io
import json
import re
import sys
from itertools import islice
from typing import Any

from sayso.errors import InputError
from sayso.ingest.bounded import limit_memory
from sayso.ingest.encoding import decode_text
from sayso.ingest.feed_marks import ROOT, SAMPLE_BYTES, find_root_name

MAX_ITEMS = 5_000
# How long parsing takes goes by these: a tag costs as much as four attributes or references. A hundred whole articles
# have about 200,000.
WEIGHTS = {"<": 4, "&": 1, "=": 1}
MAX_WEIGHT = 500_000
MAX_FIELD_CHARS = 200_000
MAX_SUMMARY_CHARS = 4_000
MAX_TITLE_CHARS = 500
MAX_LINKS = 20
ITEM = re.compile(r"(?i)<(?:[\w.-]{1,40}:)?(?:item|entry)(?=[\s>])")
MARK = re.compile("[<&=]")
ENTITY = re.compile(r"(?i)<!ENTITY\b")
# XML 1.0, 2.2: these are in no document.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
REFERENCE = re.compile(r"&#(?:[xX](?P<hex>[0-9a-fA-F]+)|(?P<decimal>[0-9]+));?")
MAX_DIGITS = 7
HTML_TYPES = {"text/html", "application/xhtml+xml"}
PERIODS_S = {"hourly": 3_600, "daily": 86_400, "weekly": 604_800, "monthly": 2_592_000, "yearly": 31_536_000}
MINUTE_S = 60

Found = dict[str, Any]


def read_feed_bytes(data: bytes, *, name: str, media: str | None, is_cut: bool = False) -> Found:
    """Return ``problems`` as pairs of code and message, and where it is a feed ``title``, ``link`` and ``items``.

    Args:
        data: The bytes.
        name: What the caller knows them by.
        media: The media type, where one was stated.
        is_cut: Whether the feed goes on after these bytes.
    """
    problems: list[tuple[str, str]] = []
    try:
        text, _, noted = decode_text(data, name=name, media=media)
        problems += [(problem.code, problem.message) for problem in noted]
    except InputError:
        text = data.decode("utf-8", "replace")
        problems.append(("guessed-encoding", "No encoding fits all of it; what is not UTF-8 was lost."))
    start = text.lstrip("\ufeff \t\r\n")
    found = _read_json(start, problems) if start.startswith("{") else _read_xml(text, problems, is_cut=is_cut)
    found["problems"] = problems
    return found


def _read_xml(text: str, problems: list[tuple[str, str]], *, is_cut: bool) -> Found:
    """Return what an RSS or Atom feed says."""
    first = find_root_name(text[:SAMPLE_BYTES])
    root = ROOT.search(text, 0, SAMPLE_BYTES)
    if root is None or (first is not None and first[0] == "html"):
        what = "This is a web page, not a feed." if first and first[0] == "html" else "This is no feed that is known."
        problems[:] = [("unreadable-feed", what)]
        return {}
    # Without what stands before the root: no feed needs a document type, and with one entities are meant to swell.
    if ENTITY.search(text, 0, root.start()):
        problems.append(("entities-dropped", "The feed declares entities of its own; they are not filled in."))
    text = _cut(drop_no_characters(text[root.start() :]), root.group()[1:], problems, is_cut=is_cut)

    import feedparser  # noqa: PLC0415 - not for JSON

    parsed = feedparser.parse(
        io.BytesIO(text.encode("utf-8", "replace")),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    if parsed.get("bozo"):
        cause = " ".join(str(parsed.get("bozo_exception")).split())[:200]
        problems.append(("broken-feed", f"The feed is no well-formed XML ({cause}); what could be read of it was."))
    feed = parsed.get("feed") or {}
    return {
        "title": _get_text(feed, "title", MAX_TITLE_CHARS),
        "link": _get_string(feed, "link"),
        "refresh_s": _find_refresh(feed),
        "items": [_take_entry(entry) for entry in parsed.get("entries") or ()],
    }


def drop_no_characters(text: str) -> str:
    """Return the text without code points, and references to such, that no XML holds: the parser stumbles over them."""
    return REFERENCE.sub(_keep_reference, FORBIDDEN.sub(" ", text))


def _keep_reference(reference: re.Match[str]) -> str:
    """Return a reference to a character as it is, and a blank for one to none."""
    written, base = (reference["hex"], 16) if reference["hex"] else (reference["decimal"], 10)
    digits = written.lstrip("0")
    number = int(digits, base) if 0 < len(digits) <= MAX_DIGITS else 0
    is_character = 0 < number <= sys.maxunicode and not FORBIDDEN.match(chr(number))
    return reference.group() if is_character else " "


def _cut(text: str, root: str, problems: list[tuple[str, str]], *, is_cut: bool) -> str:
    """Return the text up to the limits of items and of marks, closed again where something was cut off."""
    starts = [item.start() for item in islice(ITEM.finditer(text), MAX_ITEMS + 1)]
    end = len(text)
    if len(starts) > MAX_ITEMS:
        problems.append(("too-many-items", f"The feed has more than {MAX_ITEMS:,} items; the first ones are read."))
        end = starts[-1]
    elif is_cut and starts:
        end = starts[-1]
    last = _find_last_place(text, end)
    if last < end:
        problems.append(("cut-off", "The feed has far more tags than its items need; what follows is left out."))
        whole = [start for start in starts[1:] if start <= last]
        if not whole:
            return text[:last]
        end = whole[-1]
    return text if end == len(text) else f"{text[:end]}{'</channel>' * root.lower().endswith('rss')}</{root}>"


def _find_last_place(text: str, end: int) -> int:
    """Return how far the marks of the text stay within the limit; the end if all do."""
    if sum(weight * text.count(mark, 0, end) for mark, weight in WEIGHTS.items()) <= MAX_WEIGHT:
        return end
    total = 0
    for mark in MARK.finditer(text, 0, end):
        total += WEIGHTS[mark.group()]
        if total > MAX_WEIGHT:
            return mark.start()
    return end


def _take_entry(entry: dict[str, Any]) -> Found:
    """Return what an item of an RSS or Atom feed says."""
    links = [
        (_get_string(link, "href"), _get_string(link, "rel"), _get_string(link, "type"))
        for link in (entry.get("links") or ())[:MAX_LINKS]
        if isinstance(link, dict)
    ]
    return {
        "id": _get_string(entry, "id"),
        "is_permalink": bool(dict.get(entry, "guidislink")),
        "link": _get_string(entry, "link"),
        "links": links,
        "title": _get_text(entry, "title", MAX_TITLE_CHARS),
        "summary": _get_text(entry, "summary", MAX_SUMMARY_CHARS),
        "published": _get_string(entry, "published") or _get_string(entry, "created"),
        "updated": _get_string(entry, "updated"),
    }


def _read_json(text: str, problems: list[tuple[str, str]]) -> Found:
    """Return what a JSON Feed says.

    Source: JSON Feed 1.1, https://www.jsonfeed.org/version/1.1/
    """
    if sum(text.count(mark) for mark in "{[,") > MAX_WEIGHT:
        problems.append(("unreadable-feed", "This JSON has more members than any feed, and is not read."))
        return {}
    try:
        feed = json.loads(text)
    except (ValueError, RecursionError) as error:
        problems.append(("unreadable-feed", f"This JSON cannot be read ({str(error)[:100]})."))
        return {}
    if not isinstance(feed, dict) or "jsonfeed.org/version/" not in str(feed.get("version"))[:200]:
        problems[:] = [("unreadable-feed", "This JSON is no JSON Feed.")]
        return {}
    items = feed.get("items")
    items = [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
    if len(items) > MAX_ITEMS:
        problems.append(("too-many-items", f"The feed has more than {MAX_ITEMS:,} items; the first ones are read."))
    return {
        "title": _get_plain(feed.get("title"), MAX_TITLE_CHARS),
        "link": _get_string(feed, "home_page_url"),
        "refresh_s": None,
        "items": [_take_member(item) for item in items[:MAX_ITEMS]],
    }


def _take_member(item: dict[str, Any]) -> Found:
    """Return what an item of a JSON Feed says."""
    summary = item.get("summary") or item.get("content_text")
    number = item.get("id")
    return {
        # "If an id is presented as a number, a JSON Feed reader should coerce it to a string."
        "id": str(number) if isinstance(number, int | float) else _get_string(item, "id"),
        "is_permalink": False,
        "link": _get_string(item, "url") or _get_string(item, "external_url"),
        "links": [],
        "title": _get_plain(item.get("title"), MAX_TITLE_CHARS),
        "summary": _get_plain(summary, MAX_SUMMARY_CHARS)
        or to_plain(_get_string(item, "content_html") or "", MAX_SUMMARY_CHARS),
        "published": _get_string(item, "date_published"),
        "updated": _get_string(item, "date_modified"),
    }


def _get_string(mapping: dict[str, Any], key: str) -> str | None:
    """Return a value that is a text, cut off; None if there is none. The parser's own fallbacks are passed by."""
    value = dict.get(mapping, key)
    value = value.strip() if isinstance(value, str) else ""
    return FORBIDDEN.sub(" ", value[:MAX_FIELD_CHARS]) or None


def _get_plain(value: object, limit: int) -> str | None:
    """Return a plain text in one line, cut off."""
    return (
        " ".join(FORBIDDEN.sub(" ", value[:MAX_FIELD_CHARS]).split())[:limit] or None
        if isinstance(value, str)
        else None
    )


def _get_text(mapping: dict[str, Any], key: str, limit: int) -> str | None:
    """Return a text without its markup, in one line, cut off."""
    value = _get_string(mapping, key)
    detail = mapping.get(f"{key}_detail")
    kind = detail.get("type") if isinstance(detail, dict) else None
    return to_plain(value, limit) if value and kind in HTML_TYPES else _get_plain(value, limit)


def to_plain(markup: str, limit: int) -> str | None:
    """Return what a piece of HTML says, in one line, cut off."""
    if "<" in markup or "&" in markup:
        from lxml import etree, html  # noqa: PLC0415 - most feeds do without

        parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
        data = f"<div>{FORBIDDEN.sub(' ', markup)}</div>".encode("utf-8", "replace")
        try:
            root = html.document_fromstring(data, parser=parser)
        except (etree.LxmlError, ValueError, AssertionError):
            return None
        markup = " ".join(str(text) for text in root.itertext("*"))
    return _get_plain(markup, limit)


def _find_refresh(feed: dict[str, Any]) -> float | None:
    """Return after how many seconds the feed wants to be asked again; None if it does not say.

    Source: RSS 2.0, ``ttl`` in minutes; RSS 1.0 syndication module, ``updatePeriod`` and ``updateFrequency``.
    """
    ttl = _get_string(feed, "ttl")
    if ttl and re.fullmatch(r"[0-9]{1,6}", ttl):
        return float(ttl) * MINUTE_S or None
    period = PERIODS_S.get((_get_string(feed, "sy_updateperiod") or "").lower())
    often = _get_string(feed, "sy_updatefrequency") or "1"
    if period and re.fullmatch(r"[0-9]{1,4}", often) and int(often):
        return period / int(often)
    return None


if __name__ == "__main__":
    limit_memory()
    asked = json.loads(sys.stdin.buffer.readline())
    json.dump(read_feed_bytes(sys.stdin.buffer.read(), **asked), sys.stdout)
