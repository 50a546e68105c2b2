"""HTML pages: trafilatura for the text, our own pass for the credits, and a clear word where there is no article."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sayso.errors import NoArticleInPage, Problem
from sayso.ingest.assembly import BLANK_LINE, Draft, finish_document
from sayso.ingest.json_ld import find_article, get_string, read_json_ld
from sayso.ingest.page_credits import (
    add_credits,
    add_moments,
    find_notices,
    find_outlet,
    find_urls,
    get_meta,
    read_meta,
)
from sayso.ingest.page_kinds import find_openings, find_teasers, note_several, refuse_others
from sayso.ingest.page_text import Paragraph, drop_furniture, find_paragraphs, get_text, parse_page, squeeze
from sayso.ingest.rulebook import load_table

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from sayso.ingest.json_ld import Item
    from sayso.records import Document


# " | The Lisk Courier", " - Ardenna Post": the outlet after the headline in a page's <title>.
TITLE_TAIL = re.compile(r"\s+(?:[|»·•]|[-–—])\s+[^|»·•]{2,60}$")
TAG = re.compile(r"<[^<>]{1,500}>")
MAX_TITLE_CHARS = 400
# Fewer words than a news brief has are an article only where nothing speaks against it.
FEW_WORDS = 40
LEAST_WORDS = 8
PAYWALL_WORDS = 160
MOSTLY_LINKS = 0.6
LINK_PARAGRAPH = 0.7
MAX_TITLE_REPEATS = 3
TELLING_WORDS = 3
SAME_SHARE = 0.6


def make_page_document(text: str, *, name: str, encoding: str | None, problems: tuple[Problem, ...] = ()) -> Document:
    """Return the document of a page.

    Raises:
        NoArticleInPage: It holds none: a script shell, a paywall, an error page, a list of links.
    """
    root, fault = parse_page(text, name=name)
    scripts = [s.text or "" for s in root.iter("script") if "ld+json" in (s.get("type") or "").lower()]
    items, json_problems = read_json_ld(scripts)
    meta = read_meta(root)
    article = find_article(items, titles=_list_titles(root, meta))
    page_words = squeeze(get_text(root.body) if root.body is not None else "").lower()
    is_shell = _is_script_shell(root)
    teasers, openings = find_teasers(root), find_openings(root)

    draft = Draft(name=name, text="", format="html", encoding=encoding, problems=(*problems, *json_problems))
    draft.urls = find_urls(text, root, meta, article)
    draft.outlet = find_outlet(meta, article, items)
    title = _find_title(root, meta, article, outlet=draft.outlet)
    add_moments(draft, root, meta, article)
    notices = find_notices(root)
    drop_furniture(root)
    add_credits(draft, root, meta, article, items)
    draft.credits.extend(notices)
    paragraphs = _drop_title(find_paragraphs(root, name=name), title)
    paragraphs = _take_article_body(paragraphs, article)
    refuse_others(paragraphs, teasers, name=name)
    if fault and _count_words(paragraphs) < FEW_WORDS:
        raise NoArticleInPage(name, f"this page cannot be read: {fault}")
    draft.problems = (*draft.problems, *note_several(paragraphs, openings))
    _refuse_empty(paragraphs, name=name, words=page_words, article=article, is_shell=is_shell)
    if fault:
        message = f"A part of the page was lost: {fault}."
        draft.problems = (*draft.problems, Problem(code="cut-off", message=message))
    if _has_paywall(page_words, article) and _count_words(paragraphs) < PAYWALL_WORDS * 2:
        message = "The page says that the article goes on for subscribers; what came with the page is read."
        draft.problems = (*draft.problems, Problem(code="cut-off", message=message))
    set_text(draft, title, paragraphs)
    return finish_document(draft)


def set_text(draft: Draft, title: str | None, paragraphs: list[Paragraph]) -> None:
    """Set the draft's text: title, blank line, paragraphs with blank lines between; and what in it is no prose."""
    pieces = [title] if title else []
    place = len(title) + len(BLANK_LINE) if title else 0
    for paragraph in paragraphs:
        pieces.append(paragraph.text)
        end = place + len(paragraph.text)
        if not paragraph.is_prose or paragraph.link_share > LINK_PARAGRAPH:
            draft.not_prose.append((place, end))
        place = end + len(BLANK_LINE)
    draft.text = BLANK_LINE.join(pieces)
    draft.title = (0, len(title)) if title else None


def _list_titles(root: HtmlElement, meta: dict[str, list[str]]) -> list[str]:
    """Return every text that may be the page's headline, as the page states them."""
    titles = [squeeze(get_text(heading))[:MAX_TITLE_CHARS] for heading in list(root.iter("h1"))[:5]]
    stated = get_meta(meta, "title")
    titles.extend([stated[1]] if stated else [])
    titles.extend(squeeze(get_text(element))[:MAX_TITLE_CHARS] for element in list(root.iter("title"))[:1])
    return [title for title in titles if title]


def _find_title(root: HtmlElement, meta: dict[str, list[str]], article: Item, *, outlet: str | None) -> str | None:
    """Return the headline: the heading that readers see, if the page's other statements bear it out."""
    headings = [squeeze(get_text(heading)) for heading in list(root.iter("h1"))[:5]]
    headings = [heading for heading in headings if heading and len(heading) <= MAX_TITLE_CHARS]
    stated = [get_string(article, "headline")]
    named = get_meta(meta, "title")
    stated.append(_drop_outlet(named[1], outlet) if named else None)
    stated.extend(TITLE_TAIL.sub("", squeeze(get_text(element))) for element in list(root.iter("title"))[:1])
    known = [title[:MAX_TITLE_CHARS] for title in stated if title]
    for heading in headings:
        if any(_share_words(heading, title) for title in known):
            return heading
    # A heading that agrees with nothing is a site's name, often: the page's own statement is safer.
    return next(iter([*known, *headings]), None)


def _drop_outlet(title: str, outlet: str | None) -> str:
    """Return a stated title without the outlet's name after it."""
    tail = TITLE_TAIL.search(title)
    return title[: tail.start()] if tail and outlet and outlet.lower() in tail.group().lower() else title


def _share_words(one: str, other: str) -> bool:
    """Tell whether two headlines are the same or have most of the shorter one's words in common."""
    first, second = (set(re.findall(r"\w+", title.lower())) for title in (one, other))
    fewest = min(len(first), len(second))
    return first == second or (fewest >= TELLING_WORDS and len(first & second) >= fewest * SAME_SHARE)


def _drop_title(paragraphs: list[Paragraph], title: str | None) -> list[Paragraph]:
    """Return the paragraphs without the headline where it is repeated at their head."""
    if title is None:
        return paragraphs
    folded = re.sub(r"\W+", "", title.lower())
    head = [p for p in paragraphs[:MAX_TITLE_REPEATS] if re.sub(r"\W+", "", p.text.lower()) != folded]
    return head + paragraphs[MAX_TITLE_REPEATS:]


def _take_article_body(paragraphs: list[Paragraph], article: Item) -> list[Paragraph]:
    """Return the text that the page's JSON-LD carries, where the page itself shows next to none of it."""
    body = article.get("articleBody")
    if not isinstance(body, str) or _count_words(paragraphs) >= FEW_WORDS:
        return paragraphs
    carried = [Paragraph(text=piece, is_prose=True) for piece in split_body(body)]
    return carried if _count_words(carried) > 2 * _count_words(paragraphs) else paragraphs


def split_body(body: str) -> list[str]:
    """Return the paragraphs of a text that JSON-LD carries, without markup."""
    pieces = [squeeze(TAG.sub(" ", piece)) for piece in re.split(r"[\r\n]+|</p>|<br\s?/?>\s{0,9}<br\s?/?>", body)]
    return [piece for piece in pieces if piece]


def _count_words(paragraphs: list[Paragraph]) -> int:
    """Return how many words of prose there are."""
    return sum(len(p.text.split()) for p in paragraphs if p.is_prose and p.link_share <= LINK_PARAGRAPH)


def _refuse_empty(paragraphs: list[Paragraph], *, name: str, words: str, article: Item, is_shell: bool) -> None:
    """Refuse a page without an article.

    Raises:
        NoArticleInPage: With the reason.
    """
    count = _count_words(paragraphs)
    shell = load_table("page")["shell"]
    asks_for_script = is_shell or any(phrase in words for phrase in shell["script_phrases"])
    if count < FEW_WORDS and asks_for_script:
        raise NoArticleInPage(
            name, "this page is a shell: its text would be loaded by a script, and is not in the file"
        )
    if count < PAYWALL_WORDS and _has_paywall(words, article):
        raise NoArticleInPage(name, f"the article is behind a paywall: {count} words of it came with the page")
    if count < FEW_WORDS * 2 and any(phrase in words for phrase in shell["error_phrases"]):
        raise NoArticleInPage(name, "this is an error page, not an article")
    text_words = sum(len(p.text.split()) for p in paragraphs)
    linked_words = sum(len(p.text.split()) * p.link_share for p in paragraphs)
    if text_words and linked_words > MOSTLY_LINKS * text_words:
        raise NoArticleInPage(name, "this page is a list of links to other pages, not an article")
    if count < LEAST_WORDS:
        raise NoArticleInPage(name, f"there is no article in this page: {count} words of running text were found")


def _is_script_shell(root: HtmlElement) -> bool:
    """Tell whether the page has the empty element into which a script would put the text."""
    roots = set(load_table("page")["shell"]["script_roots"])
    return any(element.get("id") in roots and not squeeze(get_text(element)) for element in root.iter("div", "main"))


def _has_paywall(words: str, article: Item) -> bool:
    """Tell whether the page keeps its text for subscribers: it says so to readers, or to machines."""
    says_so = any(phrase in words for phrase in load_table("page")["shell"]["paywall_phrases"])
    free = article.get("isAccessibleForFree")
    is_closed = free is False or (isinstance(free, str) and free.strip().lower() == "false")
    return is_closed and (says_so or "articleBody" not in article) if free is not None else says_so
