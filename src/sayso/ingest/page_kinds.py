"""Pages that are not one article: front pages with a line on each story, consent notices, several articles."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from sayso.errors import NoArticleInPage, Problem
from sayso.ingest.page_text import get_text, squeeze
from sayso.ingest.rulebook import load_table

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from sayso.ingest.page_text import Paragraph

HEADINGS = ("h2", "h3", "h4")
LEAST_TEASERS = 4
MOSTLY = 0.6
# A longer text about cookies is an article about cookies.
CONSENT_WORDS = 250
MAX_HEADINGS = 2_000
SEVERAL = 2
OPENING_WORDS, ARTICLE_WORDS = 8, 60
MAX_SIBLINGS = 40
MAX_TEASER_CHARS = 2_000


def find_teasers(root: HtmlElement) -> list[str]:
    """Return the texts that stand beside a heading that is a link: what a front page says of each story."""
    teasers: list[str] = []
    for heading in islice(root.iter(*HEADINGS), MAX_HEADINGS):
        parent = heading.getparent()
        link = next(heading.iter("a"), None)
        if link is None and parent is not None and parent.tag == "a":
            link, parent = parent, parent.getparent()
        if link is None or parent is None or len(_get_short(link)) < MOSTLY * len(_get_short(heading)):
            continue
        around = list(islice(parent, MAX_SIBLINGS))
        beside = [element for element in around if element.tag in {"p", "div"}]
        # Of several headings under one parent, each has what follows it.
        if sum(element.tag in HEADINGS for element in around) > 1:
            following = heading.getnext() if heading.getparent() is parent else None
            beside = [following] if following is not None and following.tag in {"p", "div"} else []
        teasers.append(" ".join(_get_short(element) for element in beside))
    return teasers


def find_openings(root: HtmlElement) -> list[str]:
    """Return the first longer paragraph of each article of a page that has a heading and some length of its own.

    A card that leads to another page is shorter, a comment has no heading.
    """
    openings = []
    for article in islice(root.iter("article"), MAX_HEADINGS):
        is_nested = next(article.iterancestors("article"), None) is not None
        if is_nested or next(article.iter("h1", "h2", "h3"), None) is None:
            continue
        words, opening = 0, ""
        for paragraph in article.iter("p"):
            text = squeeze(get_text(paragraph))
            words += len(text.split())
            opening = opening or (text if len(text.split()) >= OPENING_WORDS else "")
        if words >= ARTICLE_WORDS and opening:
            openings.append(opening)
    return openings


def note_several(paragraphs: list[Paragraph], openings: list[str]) -> tuple[Problem, ...]:
    """Return a problem if what is read of a page holds the openings of several articles; else none."""
    read = {squeeze(paragraph.text) for paragraph in paragraphs}
    count = sum(opening in read for opening in dict.fromkeys(openings))
    if count < SEVERAL:
        return ()
    message = (
        f"{count} articles of this page are read as one, with one title, time and author: open each on its own page, "
        "and save that."
    )
    return (Problem(code="several-articles", message=message),)


def _get_short(element: HtmlElement) -> str:
    """Return the text inside an element on one line; none of one that is too long for a teaser."""
    pieces: list[str] = []
    size = 0
    for piece in element.itertext():
        pieces.append(str(piece))
        size += len(pieces[-1])
        if size > MAX_TEASER_CHARS:
            return ""
    return squeeze("".join(pieces))


def refuse_others(paragraphs: list[Paragraph], teasers: list[str], *, name: str) -> None:
    """Refuse a page whose text is mostly teasers of other pages, or mostly a consent notice.

    Raises:
        NoArticleInPage: With the reason.
    """
    prose = [paragraph for paragraph in paragraphs if paragraph.is_prose]
    n_words = sum(len(paragraph.text.split()) for paragraph in prose)
    if len(teasers) >= LEAST_TEASERS:
        told = set(teasers) - {""}
        n_told = sum(len(p.text.split()) for p in prose if p.text in told)
        if n_told > MOSTLY * n_words:
            raise NoArticleInPage(name, f"this is a front page: it has a line or two on each of {len(teasers)} stories")
    phrases = load_table("page")["shell"]["consent_phrases"]
    n_consent = sum(len(p.text.split()) for p in prose if any(phrase in p.text.lower() for phrase in phrases))
    if n_words < CONSENT_WORDS and n_consent > MOSTLY * n_words:
        raise NoArticleInPage(name, "this is a notice about cookies, not an article")
