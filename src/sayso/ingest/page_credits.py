"""The credit pass over a page's markup: JSON-LD, `meta`, and the elements that credit lines stand in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from lxml import etree

from sayso.errors import Problem
from sayso.ingest.credit_lines import find_line_credits
from sayso.ingest.json_ld import get_names, get_string, get_strings, resolve
from sayso.ingest.moments import read_moment
from sayso.ingest.page_text import get_text, squeeze
from sayso.ingest.rulebook import get_credit_rules, load_table
from sayso.records import Credit, CreditKind, Moment, Urls

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from sayso.ingest.assembly import Draft
    from sayso.ingest.json_ld import Item

# Chrome and Firefox write "saved from url=(0042)https://..." at the head of a saved page; SingleFile "url: https://...".
SAVED_FROM = re.compile(
    r"<!--\s{0,5}(?:saved from url=\(\d{1,6}\)|Page saved with SingleFile\s{1,5}url:\s)(?P<url>https?://[^\s<>]{3,2000})"
)
SAVED_FROM_CHARS = 8_192
ADDRESS = re.compile(r"https?://[^\s<>\"']{3,2000}")
BYLINE_NAME = re.compile(r"(?i)(?:^|[\s_-])(?:byline|author|authors|writer|contributor)(?:$|[\s_-]|name|s\b)")
BYLINE_LEAD = re.compile(r"(?i)^(?:by|written by|posted by|author|reported by)\s?:?\s")
# Elements that a credit line stands in, and those that only mark a part of one.
INLINE = {"a", "span", "em", "i", "b", "strong", "small", "cite"}
LINES = {"p", "div", "li", "footer", "address", "section", "td", "h5", "h6"}
CREDIT_HINT = re.compile(
    r"(?i)©|copyright|source|report|edit|writ|\bby\b|correct|clarif|credit|via|contribut|publish|appear|version|agenc|h/t"
)
CREDIT_MAX_CHARS = 600
MAX_BYLINE_CHARS = 120
MAX_ELEMENTS = 4_000
NOTICE = re.compile(r"(?i)©|\bcopyright\b")
MAX_NOTICES = 5
JSON_LD_PARTIES = (
    ("author", CreditKind.BYLINE),
    ("creator", CreditKind.BYLINE),
    ("sourceOrganization", CreditKind.SOURCE_ORGANIZATION),
    ("provider", CreditKind.SOURCE_ORGANIZATION),
    ("copyrightHolder", CreditKind.COPYRIGHT),
)
JSON_LD_TEXTS = (
    ("creditText", CreditKind.CREDIT_TEXT),
    ("copyrightNotice", CreditKind.COPYRIGHT),
    ("dateline", CreditKind.DATELINE),
)


def read_meta(root: HtmlElement) -> dict[str, list[str]]:
    """Return the contents of the page's ``meta`` elements by lower-case name, property or itemprop."""
    values: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        content = squeeze((element.get("content") or "")[: CREDIT_MAX_CHARS * 4])
        for attribute in ("property", "name", "itemprop"):
            key = (element.get(attribute) or "").strip().lower()
            if key and content:
                values.setdefault(key, []).append(content)
    return values


def get_meta(meta: dict[str, list[str]], use: str) -> tuple[str, str] | None:
    """Return the name and content of the best ``meta`` element for a use; None if there is none."""
    for key in load_table("page")["meta"][use]:
        if key in meta:
            return key, meta[key][0]
    return None


def find_urls(text: str, root: HtmlElement, meta: dict[str, list[str]], article: Item) -> Urls:
    """Return the page's three addresses."""
    saved = SAVED_FROM.search(text, 0, SAVED_FROM_CHARS)
    links = [link.get("href") or "" for link in root.iter("link") if "canonical" in (link.get("rel") or "").lower()]
    own = [*meta.get("og:url", []), *get_strings(article, "url"), *get_strings(article, "mainEntityOfPage")]
    main = article.get("mainEntityOfPage")
    if isinstance(main, dict):
        own.extend(get_strings(main, "@id"))
    asked = saved["url"] if saved else None
    final = next((url for url in own if ADDRESS.fullmatch(url)), None)
    bases = [base.get("href") or "" for base in list(root.iter("base"))[:1]]
    base = next((url for url in (*bases, final, asked) if url and ADDRESS.fullmatch(url)), None)
    return Urls(asked=asked, final=final, canonical=next(filter(None, (_complete(url, base) for url in links)), None))


def _complete(url: str, base: str | None) -> str | None:
    """Return an address in full; None for one that is none, or that is written from a place that is not known."""
    url = url.strip()
    if ADDRESS.fullmatch(url) or not url or base is None:
        return url if ADDRESS.fullmatch(url) else None
    try:
        whole = urljoin(base, url)
    except ValueError:
        return None
    return whole if ADDRESS.fullmatch(whole) else None


def find_outlet(meta: dict[str, list[str]], article: Item, items: list[Item]) -> str | None:
    """Return who publishes the page."""
    names = get_names(article, "publisher", items=items)
    if names:
        return names[0]
    stated = get_meta(meta, "outlet")
    return stated[1] if stated and not ADDRESS.match(stated[1]) else None


def add_moments(draft: Draft, root: HtmlElement, meta: dict[str, list[str]], article: Item) -> None:
    """Put the times of publication and change into the draft, and a problem for each that cannot be read."""
    marked = [(element.get("itemprop") or "", element.get("datetime") or "") for element in root.iter("time")]
    for attribute, key, use in (("published", "datePublished", "published"), ("modified", "dateModified", "modified")):
        stated: list[tuple[str, str]] = [(f"json-ld {key}", value) for value in get_strings(article, key)]
        named = get_meta(meta, use)
        if named:
            stated.append((f"meta {named[0]}", named[1]))
        stated.extend(("html time", when) for name, when in marked if name == key and when)
        if attribute == "published":
            stated.extend(("html time", when) for name, when in marked[:1] if not name and when)
        best: Moment | None = None
        for stated_in, written in stated:
            moment = read_moment(written, stated_in=stated_in)
            # The first that is stated; a later one that says the same more finely is the better of the two.
            if moment and (best is None or _is_finer(moment, best)):
                best = moment
                setattr(draft, attribute, moment)
            if moment or best:
                continue
            message = f"The {attribute} time {written[:60]!r} ({stated_in}) cannot be read."
            draft.problems = (*draft.problems, Problem(code="unreadable-date", message=message))


def _is_finer(one: Moment, other: Moment) -> bool:
    """Tell whether one time says all that the other says, and more."""
    return len(one.value) > len(other.value) and one.value.startswith(other.value)


def find_notices(root: HtmlElement) -> list[Credit]:
    """Return the page's copyright notices, also those in its footer, which is dropped with the furniture."""
    found: list[Credit] = []
    for element in root.iter(etree.Element):
        pieces = (element.text, *(child.tail for child in element))
        if element.tag in {"script", "style", "title"} or not any(NOTICE.search(piece) for piece in pieces if piece):
            continue
        if _is_short(element):
            credits_ = find_line_credits(squeeze(get_text(element)))
            found.extend(credit for credit in credits_ if credit.kind is CreditKind.COPYRIGHT)
        if len(found) >= MAX_NOTICES:
            break
    return found


def add_credits(draft: Draft, root: HtmlElement, meta: dict[str, list[str]], article: Item, items: list[Item]) -> None:
    """Put the credits of JSON-LD, ``meta`` and credit elements into the draft, in this order."""
    credits_ = [*_iter_json_ld(article, items), *_iter_meta(meta), *_iter_elements(root)]
    by_agency: list[Credit] = []
    for credit in credits_:
        if credit.kind in {CreditKind.BYLINE, CreditKind.CREDIT_TEXT, CreditKind.SOURCE_ORGANIZATION}:
            match = get_credit_rules().agencies.search(credit.text[:MAX_BYLINE_CHARS])
            if match:
                agency = match["name"]
                kind = CreditKind.AGENCY
                by_agency.append(Credit(kind=kind, name=agency, text=credit.text, stated_in=credit.stated_in))
    draft.credits.extend([*credits_, *by_agency])
    bylines = [credit for credit in credits_ if credit.kind is CreditKind.BYLINE and credit.name]
    # Of several statements the first that there is: JSON-LD's, all its names.
    names = [credit.name for credit in bylines if credit.name and credit.stated_in == bylines[0].stated_in]
    draft.byline = ", ".join(dict.fromkeys(names[:1] if bylines and bylines[0].stated_in == "html" else names)) or None
    draft.dateline = get_string(article, "dateline")


def _iter_json_ld(article: Item, items: list[Item]) -> Iterator[Credit]:
    """Yield the credits of the article's JSON-LD."""
    for key, kind in JSON_LD_PARTIES:
        for name in get_names(article, key, items=items):
            yield Credit(kind=kind, name=name, text=name, stated_in="json-ld")
    for key, kind in JSON_LD_TEXTS:
        for text in get_strings(article, key):
            name_in = text if kind is CreditKind.CREDIT_TEXT else _find_agency(text)
            yield Credit(kind=kind, name=name_in, text=text, stated_in="json-ld")
    for value in resolve(article, "isBasedOn", items=items):
        yield from _iter_based_on(value, items)
    for value in resolve(article, "correction", items=items):
        note = value if isinstance(value, str) else get_string(value, "text") or get_string(value, "description")
        if note:
            yield Credit(kind=CreditKind.CORRECTION, name=None, text=note, stated_in="json-ld")


def _iter_based_on(value: Item | str, items: list[Item]) -> Iterator[Credit]:
    """Yield the credit of a work on which the article is based: an address, or an object with a publisher."""
    if isinstance(value, str):
        yield Credit(kind=CreditKind.IS_BASED_ON, name=None, text=value, stated_in="json-ld")
        return
    text = next((found for key in ("url", "@id", "name", "headline") if (found := get_string(value, key))), None)
    if text:
        parties = [*get_names(value, "publisher", items=items), *get_strings(value, "name")]
        yield Credit(kind=CreditKind.IS_BASED_ON, name=next(iter(parties), None), text=text, stated_in="json-ld")


def _iter_meta(meta: dict[str, list[str]]) -> Iterator[Credit]:
    """Yield the credits of the ``meta`` elements."""
    author = get_meta(meta, "author")
    if author and not ADDRESS.match(author[1]) and len(author[1]) <= MAX_BYLINE_CHARS:
        name = BYLINE_LEAD.sub("", author[1])
        yield Credit(kind=CreditKind.BYLINE, name=name, text=author[1], stated_in="html")
    notice, based_on = get_meta(meta, "copyright"), get_meta(meta, "based_on")
    if notice:
        kind = CreditKind.COPYRIGHT
        yield Credit(kind=kind, name=_find_agency(notice[1]), text=notice[1], stated_in="html")
    if based_on:
        party = None if ADDRESS.match(based_on[1]) else based_on[1]
        yield Credit(kind=CreditKind.IS_BASED_ON, name=party, text=based_on[1], stated_in="html")
    agency = get_meta(meta, "agency")
    if agency and (known := _find_agency(agency[1])):
        yield Credit(kind=CreditKind.AGENCY, name=known, text=agency[1], stated_in="html")


def _iter_elements(root: HtmlElement) -> Iterator[Credit]:
    """Yield the credits that stand in elements of the page: the first byline, and every credit line."""
    looked_at = 0
    has_byline = False
    for element in root.iter(*LINES, *INLINE):
        if not has_byline and _is_byline(element):
            text = squeeze(get_text(element)) if _is_short(element) else ""
            if 2 < len(text) <= MAX_BYLINE_CHARS:  # noqa: PLR2004 - two letters are no name
                has_byline = True
                yield Credit(kind=CreditKind.BYLINE, name=BYLINE_LEAD.sub("", text), text=text, stated_in="html")
        elif element.tag in LINES and looked_at < MAX_ELEMENTS and not any(child.tag in LINES for child in element):
            text = squeeze(get_text(element)) if _is_short(element) else ""
            if CREDIT_HINT.search(text):
                looked_at += 1
                yield from find_line_credits(text)


def _is_short(element: HtmlElement) -> bool:
    """Tell whether the element's text is no longer than credit lines are, without reading all of a long one."""
    size = 0
    for piece in element.itertext():
        size += len(piece)
        if size > CREDIT_MAX_CHARS:
            return False
    return size > 0


def _is_byline(element: HtmlElement) -> bool:
    """Tell whether the element's names say that it holds a byline."""
    if element.get("rel") == "author" or element.get("itemprop") == "author":
        return True
    return BYLINE_NAME.search((element.get("class") or "")[:CREDIT_MAX_CHARS]) is not None


def _find_agency(text: str) -> str | None:
    """Return the agency that the text names, if any."""
    match = get_credit_rules().agencies.search(text[:CREDIT_MAX_CHARS])
    return match["name"] if match else None
