"""The text of a mail in pieces: paragraphs of plain text as they stand, blocks of HTML on one line each.

Mails are laid out in tables, and their text is all of the mail: what finds the article in a page would throw half of it
away. So every block that a reader sees is taken.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

BLANK_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
BLANKS = re.compile(r"\s+")
INVISIBLE = re.compile("[\u00ad\u034f\u200b-\u200f\u2060\ufeff\u2007]+")
BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "br", "center", "dd", "div", "dl", "dt", "figure", "footer",
    "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section",
    "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
}  # fmt: skip
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
UNSEEN = {"script", "style", "head", "title", "noscript", "template", "svg", "figcaption", "select", "button"}
QUOTES = re.compile(r"(?i)gmail_quote|yahoo_quoted|moz-cite|divRplyFwdMsg|appendonsend|OutlookMessageHeader")
HIDDEN = re.compile(
    r"(?i)display\s?:\s?none|mso-hide\s?:\s?all|visibility\s?:\s?hidden|max-height\s?:\s?0|opacity\s?:\s?0(?![.\d])"
)
MAX_NODES = 200_000
LINK_SHARE = 0.7


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A paragraph of a mail.

    Attributes:
        text: As it stands; of HTML on one line.
        is_heading: Whether it is marked as a heading.
        is_link: Whether most of it is a link.
        is_quoted: Whether it is marked as somebody else's mail.
    """

    text: str
    is_heading: bool = False
    is_link: bool = False
    is_quoted: bool = False


def read_plain(text: str, *, is_flowed: bool) -> list[Piece]:
    """Return the paragraphs of a plain text; one that says that it flows has its soft line ends undone (RFC 3676)."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if is_flowed:
        text = re.sub(r"(?m)^ (?=[ >]|From )", "", text)
        # A blank at a line's end says that the line goes on; "-- " is the mark of a signature.
        text = re.sub(r"(?m)(?<=[^\n >-]) \n(?=[^\n>])", " ", text)
    return [Piece(text=part.strip("\n")) for part in BLANK_LINES.split(text.strip()) if part.strip()]


def read_html(text: str) -> list[Piece]:
    """Return the blocks of a mail's HTML that a reader sees; none where it cannot be parsed."""
    from sayso.errors import NoArticleInPage  # noqa: PLC0415
    from sayso.ingest.page_text import parse_page  # noqa: PLC0415 - lxml: only mails without plain text need it

    try:
        root, _ = parse_page(text, name="-")
    except NoArticleInPage:
        return []
    return _Blocks().take(root)


class _Blocks:
    """Goes through the tree without recursion, which a page nested hundreds deep would exhaust."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.words: list[str] = []
        self.n_linked = 0
        self.is_heading = False

    def take(self, root: HtmlElement) -> list[Piece]:
        """Return the pieces of the tree."""
        # Each step: an element to enter, or what to do after one: its name, its tail, whether it is quoted around it.
        steps: list[tuple[HtmlElement | tuple[str, str], bool, bool]] = [(root, False, False)]
        for _ in range(MAX_NODES):
            if not steps:
                break
            node, is_linked, is_quoted = steps.pop()
            if isinstance(node, tuple):
                self._leave(*node, is_linked=is_linked, is_quoted=is_quoted)
                continue
            element = node
            tag = element.tag if isinstance(element.tag, str) else ""
            outer = (is_linked, is_quoted)
            steps.append(((tag, element.tail or ""), *outer))
            if not tag or tag in UNSEEN or _is_hidden(element):
                continue
            if tag in BLOCKS:
                self._end(is_quoted=is_quoted)
            names = f"{element.get('class') or ''} {element.get('id') or ''}"[:400]
            is_quote = (tag == "blockquote" and (element.get("type") or "") == "cite") or QUOTES.search(
                names
            ) is not None
            is_linked, is_quoted = is_linked or tag == "a", is_quoted or is_quote
            self.is_heading = self.is_heading or tag in HEADINGS
            self._add(element.text or "", is_linked=is_linked)
            steps.extend((child, is_linked, is_quoted) for child in reversed(element))
        self._end(is_quoted=False)
        return self.pieces

    def _leave(self, tag: str, tail: str, *, is_linked: bool, is_quoted: bool) -> None:
        """End the block that an element is, and go on with what follows it."""
        if tag in BLOCKS:
            self._end(is_quoted=is_quoted)
        self._add(tail, is_linked=is_linked)

    def _add(self, text: str, *, is_linked: bool) -> None:
        """Add text to the block that is open."""
        self.words.append(text)
        self.n_linked += len(text.strip()) if is_linked else 0

    def _end(self, *, is_quoted: bool) -> None:
        """Make a piece of the block that is open."""
        text = BLANKS.sub(" ", INVISIBLE.sub("", "".join(self.words))).strip()
        if text:
            is_link = self.n_linked > LINK_SHARE * len(text)
            self.pieces.append(Piece(text=text, is_heading=self.is_heading, is_link=is_link, is_quoted=is_quoted))
        self.words, self.n_linked, self.is_heading = [], 0, False


def _is_hidden(element: HtmlElement) -> bool:
    """Tell whether a reader does not see the element: the line that only inboxes show is hidden so."""
    return element.get("hidden") is not None or HIDDEN.search((element.get("style") or "")[:400]) is not None
