"""The nouns of Sayso: what passes between the rooms.

Frozen dataclasses over the standard library, nothing else. One word per thing, kept in docs/architecture/glossary.md.
Offsets are code points of `Document.text`, the end excluded. The values of the enumerations are those of the labelling
guide; what they mean is in docs/architecture/glossary.md.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sayso.errors import Problem


class Kind(StrEnum):
    """What sort of party a source is."""

    PERSON = "person"
    ORGANISATION = "organisation"
    STATE = "state"
    OUTLET = "outlet"
    DOCUMENT = "document"
    GROUP = "group"
    UNKNOWN = "unknown"


class Naming(StrEnum):
    """Whether a reader could tell who a source is."""

    NAMED = "named"
    DESCRIBED = "described"
    VAGUE = "vague"


class Stance(StrEnum):
    """What a source does with the content."""

    ASSERTS = "asserts"
    CONFIRMS = "confirms"
    DENIES = "denies"
    DOUBTS = "doubts"
    DECLINES = "declines"
    ASKS = "asks"
    INTENDS = "intends"
    BELIEVES = "believes"
    OTHER = "other"


class Certainty(StrEnum):
    """How sure the source presents the content (never how sure the machine is)."""

    CERTAIN = "certain"
    PROBABLE = "probable"
    POSSIBLE = "possible"


class Endorsement(StrEnum):
    """How the article puts the attribution."""

    NEUTRAL = "neutral"
    ENDORSED = "endorsed"
    DISTANCED = "distanced"


class Directness(StrEnum):
    """How much of the content stands in quotation marks."""

    DIRECT = "direct"
    PARTIAL = "partial"
    INDIRECT = "indirect"


class RelationType(StrEnum):
    """How one attribution bears on another of the same article."""

    DISPUTES = "disputes"
    SUPPORTS = "supports"
    REPEATS = "repeats"


class Support(StrEnum):
    """How far the body bears out the headline."""

    FULL = "full"
    PARTIAL = "partial"
    NONE = "none"


class CreditKind(StrEnum):
    """Which part of a page credits somebody."""

    BYLINE = "byline"
    DATELINE = "dateline"
    AGENCY = "agency"
    COPYRIGHT = "copyright"
    SOURCE_LINE = "source-line"
    REPORTING_BY = "reporting-by"
    CREDIT_TEXT = "creditText"
    SOURCE_ORGANIZATION = "sourceOrganization"
    IS_BASED_ON = "isBasedOn"
    CORRECTION = "correction"


class Precision(StrEnum):
    """The finest part of a time that was stated."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    MINUTE = "minute"
    SECOND = "second"


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
        stated_in: ``text``, ``html`` or ``json-ld``.
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
        name: What the caller knows it by: a file name, ``-`` for standard input. Not part of the id.
        text: Title, blank line, body. For plain text it is the decoded input, unchanged.
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
        format: ``plain``, ``markdown`` or ``html``.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Who speaks, within one document.

    Attributes:
        id: Stable within a reading of the same bytes.
        name: The fullest name the article gives; for an unnamed source the fullest description; for an agentless
            passive the cue itself ("is expected").
        kind: What sort of party.
        naming: Whether a reader could tell who it is.
        role: As stated; None if not stated.
        affiliation: As stated; None if not stated.
        mentions: Every place where it is mentioned as a source, in order.
        unresolved: Why a pronoun or description could not be tied to a party; None where it could, or is a name.
        confidence: 0..1, the machine's, that kind and naming are right.
        made_by: The heads and rules that made it.
    """

    id: str
    name: str
    kind: Kind
    naming: Naming
    role: str | None = None
    affiliation: str | None = None
    mentions: tuple[Span, ...] = ()
    unresolved: str | None = None
    confidence: float = 1.0
    made_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """One stretch of text that the article ascribes to a source.

    Attributes:
        id: Stable within a reading of the same bytes.
        source: Id of the innermost source.
        source_spans: The source's mention in this row; empty where none stands there.
        cue_spans: The words that ascribe.
        content_spans: What is ascribed, in order; several if discontinuous.
        within: Id of the row whose content directly contains this one; None if none does.
        via: Ids of who or what carried it to the article, nearest to the article first.
        stance: What the source does with the content.
        certainty: How sure the source presents it.
        endorsement: How the article puts it.
        directness: How much of the content stands in quotation marks.
        confidence: 0..1, calibrated: the machine's probability that source, content and party of this row are right.
        label_confidence: 0..1 for ``stance``, ``certainty``, ``endorsement``, in this order.
        made_by: The heads and rules that made the row and its labels.
    """

    id: str
    source: str
    source_spans: tuple[Span, ...] = ()
    cue_spans: tuple[Span, ...] = ()
    content_spans: tuple[Span, ...] = ()
    within: str | None = None
    via: tuple[str, ...] = ()
    stance: Stance = Stance.ASSERTS
    certainty: Certainty = Certainty.CERTAIN
    endorsement: Endorsement = Endorsement.NEUTRAL
    directness: Directness = Directness.INDIRECT
    confidence: float = 1.0
    label_confidence: tuple[float, float, float] = (1.0, 1.0, 1.0)
    made_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """How one row bears on another.

    Attributes:
        from_id: The row that disputes, supports or repeats.
        to_id: The row that it bears on.
        type: Which of the three.
        why: The features that decided it, for a person.
        confidence: 0..1, the machine's.
    """

    from_id: str
    to_id: str
    type: RelationType
    why: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """Whether the body bears out the headline.

    Attributes:
        support: How far.
        why: What was found, or missed, for a person.
        rows: Ids of the rows on which the headline's statement rests.
    """

    support: Support
    why: str
    rows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What made a reading: a W3C PROV activity.

    Attributes:
        engine: Package and version.
        model: The model's name.
        model_sha256: Hash over the model's files.
        settings: The settings that change results, as sorted pairs.
    """

    engine: str
    model: str
    model_sha256: str
    settings: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that was read from one document.

    Attributes:
        document: What was read.
        sources: Who speaks, in order of first mention.
        attributions: The rows, in order of appearance.
        relations: Between rows.
        origins: Ids of the sources on which the article's reporting rests.
        headline: None where the document has no title.
        unsourced: Factual sentences in the article's own voice.
        problems: What was wrong with the material or odd in the reading.
        run: What made it.
    """

    document: Document
    sources: tuple[Source, ...]
    attributions: tuple[Attribution, ...]
    relations: tuple[Relation, ...]
    origins: tuple[str, ...]
    headline: Headline | None
    unsourced: tuple[Span, ...]
    problems: tuple[Problem, ...]
    run: Run
