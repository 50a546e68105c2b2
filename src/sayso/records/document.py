"""What is read: a text as published, and what its page says of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sayso.errors import Problem
    from sayso.records.values import CreditKind, Precision


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of a document's text: a W3C Web Annotation position selector with its exact text.

    Attributes:
        start: First code point.
        end: One past the last code point.
        exact: ``text[start:end]``.
    """

    start: int
    end: int
    exact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A time as stated, with its precision.

    Attributes:
        value: ISO 8601, cut off at `precision`; with the offset from UTC if one was stated.
        precision: The finest part that was stated.
        stated_in: Where it was found: ``json-ld datePublished``, ``meta article:published_time``, ``given`` …
    """

    value: str
    precision: Precision
    stated_in: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """One thing by which a page says whose work it is.

    Attributes:
        kind: Which part of the page it is.
        name: The party credited, as written; None where the part names nobody (a correction note).
        text: The whole line or value, as written.
        stated_in: ``text``, ``html``, ``json-ld`` or ``mail`` (a header of it).
        span: Its place in the document's text; None where it stands outside it (markup, JSON-LD).
    """

    kind: CreditKind
    name: str | None
    text: str
    stated_in: str
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Urls:
    """The three addresses of a page, which often differ on republished articles.

    Attributes:
        asked: The address that was asked for or that the saved file says it was saved from.
        final: The address that the page gives itself (``og:url``, JSON-LD ``url``).
        canonical: ``<link rel=canonical>``: the original's, on many republications.
    """

    asked: str | None = None
    final: str | None = None
    canonical: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One text as published.

    Attributes:
        id: Hash of the text and of what identifies the publication (see `sayso.ids`).
        name: What the caller knows it by: a file name, ``-`` for standard input; with ``#`` and a number where the file
            holds several documents. Not part of the id.
        text: Title, blank line, body. For plain text it is the decoded input, unchanged; for PDF and DOCX the text that
            was taken out of the file, in which a byline or the like may stand before the title.
        title: The title's place in the text; None where there is none.
        body_start: Code point at which the body begins.
        not_prose: Stretches of the text that are no article prose and never become claims: credit lines, datelines,
            captions, embeds, lists of links. In order, not overlapping.
        outlet: Who publishes; None if not stated.
        byline: Who wrote it, as written; None if not stated.
        dateline: Place (and date) at the head of the body, as written; None if there is none.
        credits: Everything by which the page credits somebody, in order.
        published: None if not stated.
        modified: None if not stated.
        language: ISO 639-1 code.
        encoding: The encoding the bytes were in; None if the text was given as text.
        format: ``plain``, ``markdown``, ``html``, ``mhtml``, ``pdf``, ``docx`` or ``mail``.
        urls: The page's addresses.
        supersedes: Id of the version that this one replaces; None for the first.
        problems: What was wrong with the material.
    """

    id: str
    name: str
    text: str
    title: Span | None = None
    body_start: int = 0
    not_prose: tuple[Span, ...] = ()
    outlet: str | None = None
    byline: str | None = None
    dateline: str | None = None
    credits: tuple[Credit, ...] = ()
    published: Moment | None = None
    modified: Moment | None = None
    language: str = "en"
    encoding: str | None = None
    format: str = "plain"
    urls: Urls = field(default_factory=Urls)
    supersedes: str | None = None
    problems: tuple[Problem, ...] = ()
