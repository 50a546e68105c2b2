"""Pages to documents: nearly always one; of a live blog one for each post, with its own time and author.

A live blog read as one text would give the first post's time to all, and one author to what many wrote.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sayso.errors import InputError, Problem
from sayso.ingest.assembly import Draft, finish_document
from sayso.ingest.json_ld import Item, get_names, get_string, get_strings, read_json_ld
from sayso.ingest.moments import read_moment
from sayso.ingest.page import make_page_document, set_text, split_body
from sayso.ingest.page_credits import find_outlet, find_urls, read_meta
from sayso.ingest.page_text import Paragraph, drop_furniture, get_text, parse_page, squeeze
from sayso.records import Credit, CreditKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.html import HtmlElement

    from sayso.records import Document

LIVE_BLOG = "LiveBlogPosting"
HINT = re.compile(r"(?i)live-?blog")
# Names of the element of one post, and of the whole.
POST_NAME = re.compile(r"(?i)(?:^|[\s_-])(?:live-?blog-?|live-?)?(?:post|update|entry|block)(?:$|[\s_-])")
BLOG_NAME = re.compile(r"(?i)live-?blog")
HEADINGS = ("h1", "h2", "h3", "h4")
FEW_WORDS = 8
LEAST_POSTS = 2
MAX_POSTS = 500
MAX_TITLE_CHARS = 300


@dataclass(frozen=True, slots=True)
class Post:
    """A post of a live blog.

    Attributes:
        title: Its own headline; None if it has none.
        paragraphs: Its text.
        published: Its time, as written; None if not stated.
        stated_in: Where the time and the authors were found.
        authors: Their names.
        url: Its own address; None if not stated.
    """

    title: str | None
    paragraphs: tuple[str, ...]
    published: str | None
    stated_in: str
    authors: tuple[str, ...]
    url: str | None


def make_page_documents(
    text: str, *, name: str, encoding: str | None, problems: tuple[Problem, ...] = ()
) -> list[Document]:
    """Return the documents of a page: of a live blog one for each post, named after the page and its number.

    Raises:
        InputError: As for `make_page_document`; of a live blog, if no post can be read.
    """
    if not HINT.search(text):
        return [make_page_document(text, name=name, encoding=encoding, problems=problems)]
    root, _ = parse_page(text, name=name)
    items, _ = read_json_ld(
        script.text or "" for script in root.iter("script") if "ld+json" in (script.get("type") or "")
    )
    blog = next((item for item in items if LIVE_BLOG in get_strings(item, "@type")), None)
    meta = read_meta(root)
    outlet, urls = find_outlet(meta, blog or {}, items), find_urls(text, root, meta, blog or {})
    posts = _read_updates(blog or {}, items) or _read_elements(root)
    if len(posts) < LEAST_POSTS:
        document = make_page_document(text, name=name, encoding=encoding, problems=problems)
        if blog is None:
            return [document]
        message = "This is a live blog whose posts could not be told apart: their times and authors are not known."
        return [replace(document, problems=(*document.problems, Problem(code="live-blog", message=message)))]
    drafts = []
    for number, post in enumerate(posts, 1):
        draft = _make_draft(post, name=f"{name}#{number}", encoding=encoding)
        draft.outlet, draft.problems = outlet, (*problems, *draft.problems)
        draft.urls = replace(urls, final=post.url or urls.final)
        drafts.append(draft)
    if len(posts) >= MAX_POSTS:
        message = f"Only the first {MAX_POSTS} posts of this live blog are read."
        drafts[0].problems = (*drafts[0].problems, Problem(code="cut-off", message=message))
    return _finish(drafts)


def _finish(drafts: list[Draft]) -> list[Document]:
    """Return the documents of the drafts; those that cannot be read are counted in the first."""
    documents: list[Document] = []
    errors: list[InputError] = []
    for draft in drafts:
        try:
            documents.append(finish_document(draft))
        except InputError as error:
            errors.append(error)
    if not documents:
        raise errors[0]
    if errors:
        message = f"{len(errors)} posts of this live blog are not read; the first: {str(errors[0])[:300]}"
        documents[0] = replace(
            documents[0], problems=(*documents[0].problems, Problem(code="unread-posts", message=message))
        )
    return documents


def _make_draft(post: Post, *, name: str, encoding: str | None) -> Draft:
    """Return the draft of one post."""
    draft = Draft(name=name, text="", format="html", encoding=encoding)
    set_text(draft, post.title, [Paragraph(text=text, is_prose=True) for text in post.paragraphs])
    if post.published:
        draft.published = read_moment(post.published, stated_in=post.stated_in)
        if draft.published is None:
            message = f"The published time {post.published[:60]!r} ({post.stated_in}) cannot be read."
            draft.problems = (Problem(code="unreadable-date", message=message),)
    source = "json-ld" if post.stated_in.startswith("json-ld") else "html"
    draft.byline = ", ".join(post.authors) or None
    draft.credits = [Credit(kind=CreditKind.BYLINE, name=who, text=who, stated_in=source) for who in post.authors]
    return draft


def _read_updates(blog: Item, items: list[Item]) -> list[Post]:
    """Return the posts that the page's JSON-LD carries; none if it carries only headlines."""
    updates = blog.get("liveBlogUpdate")
    posts = []
    for update in updates[:MAX_POSTS] if isinstance(updates, list) else []:
        body = update.get("articleBody") if isinstance(update, dict) else None
        if not isinstance(body, str):
            continue
        title = get_string(update, "headline")
        paragraphs = tuple(piece for piece in split_body(body) if piece != title)
        if sum(len(piece.split()) for piece in paragraphs) < FEW_WORDS:
            continue
        authors = tuple(get_names(update, "author", items=items))
        published = get_string(update, "datePublished")
        posts.append(Post(title, paragraphs, published, "json-ld datePublished", authors, get_string(update, "url")))
    return posts


def _read_elements(root: HtmlElement) -> list[Post]:
    """Return the posts that are marked as such in the page: articles or named elements with a time, side by side."""
    elements = [element for element in root.iter("article", "li", "section", "div") if _is_post(element)]
    marked = set(elements)
    inner = [element for element in elements if not any(other in marked for other in element.iterdescendants())]
    if len(inner) < LEAST_POSTS or not any(_is_blog(element) for element in inner[0].iterancestors()):
        return []
    posts = []
    whens = [next(iter(element.iter("time"))) for element in inner]
    drop_furniture(root)
    for element, when in zip(inner[:MAX_POSTS], whens, strict=False):
        heading = next((h for h in element.iter(*HEADINGS) if squeeze(get_text(h))), None)
        title = squeeze(get_text(heading))[:MAX_TITLE_CHARS] if heading is not None else None
        paragraphs = tuple(_iter_texts(element))
        if sum(len(piece.split()) for piece in paragraphs) >= FEW_WORDS:
            published = when.get("datetime") or squeeze(get_text(when)) or None
            posts.append(Post(title, paragraphs, published, "html time", (), None))
    return posts


def _iter_texts(element: HtmlElement) -> Iterable[str]:
    """Yield the paragraphs of a post."""
    for block in element.iter("p", "li", "blockquote"):
        if next(block.iterdescendants("p", "li"), None) is None and (text := squeeze(get_text(block))):
            yield text


def _is_post(element: HtmlElement) -> bool:
    """Tell whether an element may be a post: it is called one, and has a time."""
    if element.tag != "article" and element.get("itemprop") != "liveBlogUpdate":
        names = f"{element.get('class') or ''} {element.get('id') or ''}"[:400]
        if not POST_NAME.search(names):
            return False
    return next(element.iter("time"), None) is not None and next(element.iter("p"), None) is not None


def _is_blog(element: HtmlElement) -> bool:
    """Tell whether an element is called a live blog."""
    names = " ".join(element.get(key) or "" for key in ("class", "id", "itemtype", "data-component"))
    return BLOG_NAME.search(names[:800]) is not None
