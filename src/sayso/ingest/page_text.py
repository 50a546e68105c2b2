"""The running text of a page: what is no article is dropped first, then trafilatura finds the article."""

from __future__ import annotations

import logging
import re
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from lxml import etree, html

from sayso.errors import NoArticleInPage
from sayso.ingest.page_bounds import find_excess
from sayso.ingest.rulebook import any_of, load_table

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# An element that holds more of the page's text than this is the article, whatever it is called.
MAX_DROP_SHARE = 0.4
NAME_ATTRIBUTES = ("class", "id", "role", "data-component", "data-testid", "data-module", "aria-label", "itemprop")
NEVER_DROPPED = {"html", "body", "head", "main", "title", "h1"}
MAX_NAME_CHARS = 400
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
BLOCK_TAGS = ("p", "item", "quote", "table", "code")
MAX_COMPARED_CHARS = 400_000
# trafilatura's own time grows faster than the page: five seconds here, a minute and a half at five times as much.
MAX_TEXT_CHARS = 4_000_000
# Time and memory grow with them, and in one paragraph faster than they do; long pages have ten thousand.
MAX_ELEMENTS = 60_000
# Characters that XML forbids, raw or as references: with one of them in a page trafilatura finds nothing at all.
# Source: XML 1.0, production 2.
FORBIDDEN = re.compile(
    "[\\x01-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f\\ufffe\\uffff]"
    r"|&#(?:0{0,8}(?:[0-8]|1[124-9]|2\d|3[01]|127)"
    r"|[xX]0{0,8}(?:[0-8bBcCeEfF]|1[0-9a-fA-F]|7[fF]|[fF]{3}[eEfF]))(?:;|(?![0-9a-fA-F]))"
)
PARSER_FAULTS = {
    "excessive depth": "its elements are nested too deeply to be read",
    "huge text": "a single element of it is too large to be read",
    "buffer size limit": "a single element of it is too large to be read",
    "huge input": "a single element of it is too large to be read",
}
BLANK = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph of an article.

    Attributes:
        text: On one line.
        is_prose: Whether it may hold claims; subheadings, tables and code may not.
        link_share: How much of it is links, 0..1.
    """

    text: str
    is_prose: bool
    link_share: float = 0.0


def parse_page(text: str, *, name: str) -> tuple[HtmlElement, str | None]:
    """Return the page's root element, and why a part of the page was lost on the way, if one was.

    Nothing is fetched and no entity but HTML's own is known. The parser's guards stay on: it gives up on elements
    nested hundreds deep and on single texts of more than ten million bytes.

    Raises:
        NoArticleInPage: There is no element in it, or there are more than any page has.
    """
    excess = find_excess(text)
    if excess:
        raise NoArticleInPage(name, f"this page has {excess}, which is no article")
    # Comments stay out: a "saved from" comment is read from the raw text.
    parser = html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, collect_ids=False
    )
    try:
        data = FORBIDDEN.sub(" ", text).encode("utf-8", "replace")
        root = html.document_fromstring(data, parser=parser, ensure_head_body=True)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise NoArticleInPage(name, "no page could be made out of it") from error
    if any(True for _ in islice(root.iter(), MAX_ELEMENTS, None)):
        raise NoArticleInPage(name, f"this page has more than {MAX_ELEMENTS:,} elements, which is no article")
    messages = {entry.message.lower() for entry in parser.error_log if entry.level >= etree.ErrorLevels.ERROR}
    fault = next((fault for sign, fault in PARSER_FAULTS.items() if any(sign in message for message in messages)), None)
    return root, fault


def drop_furniture(root: HtmlElement) -> None:
    """Drop from the page what surrounds an article: scripts, pictures, embeds, related stories, newsletters."""
    drop = load_table("page")["drop"]
    tags = set(drop["tags"])
    sizes = _measure(root)
    limit = MAX_DROP_SHARE * sizes.get(root, 0)
    names = _get_drop_names()
    for element in list(root.iter(etree.Element)):
        tag = element.tag
        if not isinstance(tag, str) or tag in NEVER_DROPPED or element.getparent() is None:
            continue
        is_large = sizes.get(element, 0) > limit > 0
        is_named = names.search(_get_name(element)) is not None or _is_hidden(element)
        if (tag in tags or is_named) and (not is_large or tag in {"script", "style"}) and element.find(".//h1") is None:
            element.drop_tree()
    _drop_teasers(root, limit)


def _is_hidden(element: HtmlElement) -> bool:
    """Return whether a browser would not show an element."""
    style = (element.get("style") or "").replace(" ", "").lower()
    return element.get("hidden") is not None or "display:none" in style


def _drop_teasers(root: HtmlElement, limit: float) -> None:
    """Drop what stands under a heading such as "You may also like", up to the next heading."""
    headings = load_table("page")["drop"]["headings"]
    pattern = re.compile(rf"\W*(?:{any_of(headings)})\W*(?:(?:from|on|in) [\w ]{{1,40}})?\W*", re.IGNORECASE)
    for heading in list(root.iter("h2", "h3", "h4", "h5", "h6")):
        if heading.getparent() is None or not pattern.fullmatch(squeeze(get_text(heading))[:MAX_NAME_CHARS]):
            continue
        block = [heading]
        for following in heading.itersiblings():
            if following.tag in HEADINGS or following.find(".//h1") is not None:
                break
            block.append(following)
        if sum(len(get_text(element)) for element in block) <= limit:
            for element in block:
                element.drop_tree()


def find_paragraphs(root: HtmlElement, *, name: str) -> list[Paragraph]:
    """Return the article's paragraphs, in order; empty if trafilatura finds none.

    Raises:
        NoArticleInPage: The page breaks the parsers, or holds more text than any article.
    """
    size = _measure(root).get(root, 0)
    if size > MAX_TEXT_CHARS:
        raise NoArticleInPage(name, f"this page holds {size / 1e6:.0f} million characters of text, which is no article")
    # Link texts are read from the page: trafilatura's last resort gives paragraphs without links.
    links = {squeeze(get_text(link)) for link in root.iter("a")}
    # A third of a second; only pages need it.
    from trafilatura import bare_extraction  # noqa: PLC0415

    for library in ("trafilatura", "htmldate", "courlan", "justext", "readability"):
        logging.getLogger(library).addHandler(logging.NullHandler())
    try:
        found = bare_extraction(
            deepcopy(root),
            include_comments=False,
            include_links=True,
            # Its second opinions take time that grows with the square of the page.
            fast=size > MAX_COMPARED_CHARS,
        )
    # trafilatura documents ValueError alone; lxml and its own recursion raise these on hostile pages.
    except (
        ValueError,
        TypeError,
        AttributeError,
        LookupError,
        RecursionError,
        etree.LxmlError,
        OverflowError,
    ) as error:
        raise NoArticleInPage(name, f"no article could be made out of it ({type(error).__name__})") from error
    body = getattr(found, "body", None)
    return _collect(body, links) if body is not None else []


def get_text(element: etree._Element) -> str:
    """Return all text inside the element."""
    return "".join(str(piece) for piece in element.itertext())


def squeeze(text: str) -> str:
    """Return the text on one line, without blank space around it."""
    return BLANK.sub(" ", text).strip()


def _measure(root: HtmlElement) -> dict[object, int]:
    """Return how many characters of text each element holds, in one pass from the last to the first."""
    sizes: dict[object, int] = {}
    for element in reversed(list(root.iter(etree.Element))):
        if element.tag in {"script", "style", "noscript", "template"}:
            continue
        size = sizes.get(element, 0) + len((element.text or "").strip())
        sizes[element] = size
        parent = element.getparent()
        if parent is not None:
            sizes[parent] = sizes.get(parent, 0) + size + len((element.tail or "").strip())
    return sizes


@cache
def _get_drop_names() -> re.Pattern[str]:
    """Return the pattern that finds a name of furniture among an element's names."""
    names = load_table("page")["drop"]["names"]
    return re.compile(rf"(?<![a-z0-9-]){any_of(names)}(?![a-z0-9-])")


def _get_name(element: HtmlElement) -> str:
    """Return the element's names in small letters, words joined by hyphens."""
    values = [element.get(attribute) or "" for attribute in NAME_ATTRIBUTES]
    joined = " ".join(value[:MAX_NAME_CHARS] for value in values if value)
    # relatedArticles, related_articles and related__list are all "related" and a word more.
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|__|--", " ", joined)
    return spaced.replace("_", "-").lower()


def _collect(body: etree._Element, links: set[str]) -> list[Paragraph]:
    """Return the paragraphs of trafilatura's tree."""
    paragraphs: list[Paragraph] = []
    for element in body:
        for block in _iter_blocks(element):
            pieces = _split_at_breaks(block)
            linked = sum(len(squeeze(get_text(link))) for link in block.iter("ref"))
            whole = sum(len(piece) for piece in pieces) or 1
            paragraphs.extend(
                Paragraph(
                    text=piece,
                    is_prose=block.tag in {"p", "quote", "item"},
                    link_share=1.0 if piece in links else min(1.0, linked / whole),
                )
                for piece in pieces
            )
    return paragraphs


def _iter_blocks(element: etree._Element) -> list[etree._Element]:
    """Return the innermost blocks of an element, in order."""
    if element.tag in {"table", "code", "head"}:
        return [element]
    inner = list(element.iterdescendants("p", "item", "quote", "table", "code", "head"))
    if not inner:
        return [element]
    innermost = [block for block in inner if next(block.iterdescendants(*BLOCK_TAGS), None) is None]
    return [block for block in innermost if next(block.iterancestors("table", "code"), None) is None]


def _split_at_breaks(block: etree._Element) -> list[str]:
    """Return the block's text, divided where two line breaks make paragraphs of it."""
    parts: list[str] = []
    for node in block.iter():
        if node.tag == "lb":
            parts.append("\n")
        elif node.text:
            parts.append(BLANK.sub(" ", node.text))
        if node is not block and node.tail:
            parts.append(BLANK.sub(" ", node.tail))
    pieces = re.split(r"\n\s*\n", "".join(parts))
    return [squeezed for piece in pieces if (squeezed := squeeze(piece))]
