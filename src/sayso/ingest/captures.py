"""The documents of a capture: what its page says goes first, then what the capture says, then what a person gives."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sayso.errors import SettingsError
from sayso.ids import document_id
from sayso.ingest.assembly import BLANK_LINE
from sayso.ingest.moments import read_moment
from sayso.records import Moment, Span, Urls

if TYPE_CHECKING:
    from sayso.errors import Problem
    from sayso.records import Credit, Document

# Servers say this of what they know nothing of.
GENERIC_MEDIA = {
    "application/octet-stream",
    "binary/octet-stream",
    "application/force-download",
    "application/x-download",
}


def get_stated_media(media: str | None) -> str | None:
    """Return a media type that says something; None for one that does not."""
    kind = (media or "").split(";", maxsplit=1)[0].strip().lower()
    return None if not kind or kind in GENERIC_MEDIA else media


def read_given_moment(published: Moment | str | None) -> Moment | None:
    """Return a time of publication that a caller gives.

    Raises:
        SettingsError: It is no time.
    """
    if published is None or isinstance(published, Moment):
        return published
    written: object = published  # callers without types give dates and the like
    moment = read_moment(written, stated_in="given") if isinstance(written, str) else None
    if moment is None:
        expected = "an ISO 8601 date or time, like 2024-11-03 or 2024-11-03T10:15Z; of a date its isoformat()"
        setting = "published"
        raise SettingsError(setting, str(written), expected)
    return moment


def add_urls(doc: Document, urls: Urls) -> Document:
    """Return the document with the capture's addresses where the page does not say otherwise; its id stays."""
    own = doc.urls
    return replace(
        doc, urls=Urls(asked=own.asked or urls.asked, final=own.final or urls.final, canonical=own.canonical)
    )


def add_lacking(doc: Document, *, title: str | None, outlet: str | None, published: Moment | None) -> Document:
    """Return the document with what it lacks of these; a title that its text does not begin with is put before it."""
    title = (title or "").strip()
    if title and doc.title is None:
        doc = _put_title(doc, title)
    outlet = doc.outlet or (outlet or "").strip() or None
    published = doc.published or published
    made = document_id(text=doc.text, outlet=outlet, published=published.value if published else None)
    return replace(doc, id=made, outlet=outlet, published=published)


def _put_title(doc: Document, title: str) -> Document:
    """Return the document with a title, every place in it moved as far as the title is long."""
    is_there = doc.text.startswith(title)
    by = 0 if is_there else len(title) + len(BLANK_LINE)
    span = Span(start=0, end=len(title), exact=title)
    body_start = max(doc.body_start + by, len(title))
    while body_start < by + len(doc.text) and is_there and doc.text[body_start].isspace():
        body_start += 1
    return replace(
        doc,
        text=doc.text if is_there else title + BLANK_LINE + doc.text,
        title=span,
        body_start=body_start,
        not_prose=tuple(_move(place, by) for place in doc.not_prose if by or place.start >= len(title)),
        credits=tuple(_move_credit(credit, by) for credit in doc.credits),
        problems=tuple(_move_problem(problem, by) for problem in doc.problems),
    )


def _move(span: Span, by: int) -> Span:
    """Return the span so much further on."""
    return Span(start=span.start + by, end=span.end + by, exact=span.exact)


def _move_credit(credit: Credit, by: int) -> Credit:
    """Return the credit with its place so much further on."""
    return replace(credit, span=_move(credit.span, by)) if credit.span else credit


def _move_problem(problem: Problem, by: int) -> Problem:
    """Return the problem with its place so much further on."""
    if problem.start is None or problem.end is None:
        return problem
    return replace(problem, start=problem.start + by, end=problem.end + by)
