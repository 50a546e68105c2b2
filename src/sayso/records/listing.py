"""What lists of a case ask for and show."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final, Generic, TypeVar

if TYPE_CHECKING:
    from sayso.records.findings import ClaimLine
    from sayso.records.values import Certainty, Endorsement, Judged, Kind, Naming, RefusalCode, Stance

T = TypeVar("T")


class ClaimOrder(StrEnum):
    """By what claims are sorted; ties go by document and place in it.

    The last three ask what a row's claim has in all documents: fewest origins at least, most outlets, most tellings;
    of those that are alike in it the ones in most documents come first.
    """

    PUBLISHED = "published"
    ADDED = "added"
    CONFIDENCE = "confidence"
    SOURCE = "source"
    OUTLET = "outlet"
    ORIGINS = "origins"
    OUTLETS = "outlets"
    TELLINGS = "tellings"


class ArticleOrder(StrEnum):
    """By what articles are sorted."""

    PUBLISHED = "published"
    ADDED = "added"
    OUTLET = "outlet"
    CLAIMS = "claims"


class SourceOrder(StrEnum):
    """By what sources are sorted."""

    CLAIMS = "claims"
    ARTICLES = "articles"
    NAME = "name"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuantityRange:
    """Figures that a list asks for: those whose interval meets this one.

    Attributes:
        low: Plain decimal number; None for no lower bound.
        high: None for no upper bound.
        unit: ``USD``, ``percent``, ``km`` …; None for any, counts among them.
    """

    low: str | None = None
    high: str | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which rows, articles or sources a list asks for; all that is given must hold, None and empty ask nothing.

    Names are compared without case; ``outlet``, ``party`` and ``place`` hold where the name contains what is given.

    Attributes:
        outlet: Who published.
        since: First day of publication, ISO 8601, at any precision from the year down, included.
        until: Last day, included.
        party: Who speaks, by name or id, or who carried it.
        stance: Any of these.
        certainty: Any of these.
        endorsement: Any of these.
        kind: Any of these kinds of source.
        naming: Any of these.
        place: A place that the claim or its clause names, as written or by its English name.
        quantity: A figure in the claim.
        judged: Any of these.
        document: Id of one document.
        text: Words that all stand in the claim (for articles and search: in the text); ``"in quotes"`` as a phrase.
        problems_only: Articles and captures with a problem only.
        low_only: Rows that the machine is unsure of only.
        with_superseded: Older versions of documents, too. They are in where one document or source is asked for by its
            id, and in the list of articles.
        claim: Number of one claim: its rows, the articles that tell it (be it in their own voice).
        story: Id of one story: rows of its claims, its articles.
        origins_most: Rows of claims with at most so many independent origins at least (`ClaimLine.least`).
        outlets_least: Rows of claims that at least so many outlets tell.
        disputed_only: Rows of disputed claims only.
    """

    outlet: str | None = None
    since: str | None = None
    until: str | None = None
    party: str | None = None
    stance: tuple[Stance, ...] = ()
    certainty: tuple[Certainty, ...] = ()
    endorsement: tuple[Endorsement, ...] = ()
    kind: tuple[Kind, ...] = ()
    naming: tuple[Naming, ...] = ()
    place: str | None = None
    quantity: QuantityRange | None = None
    judged: tuple[Judged, ...] = ()
    document: str | None = None
    text: str | None = None
    problems_only: bool = False
    low_only: bool = False
    with_superseded: bool = False
    claim: int | None = None
    story: str | None = None
    origins_most: int | None = None
    outlets_least: int | None = None
    disputed_only: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A piece of a text that was searched.

    Attributes:
        text: The characters.
        is_hit: Whether they are what was searched for.
    """

    text: str
    is_hit: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[T]):
    """A part of a list.

    Attributes:
        rows: In the order that was asked for.
        total: How many there are in all; at most `COUNTED`, which then means "that many or more".
    """

    rows: tuple[T, ...]
    total: int


LOW_CONFIDENCE: Final = 0.5
"""Rows under this confidence are more likely wrong than right: for a person to check, and in no summary."""

COUNTED = 10_000
"""Above this many rows are not counted to the end: nobody reads them, and counting is what takes long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedBy:
    """Where one person stands on a row.

    Attributes:
        name: Theirs, as they gave it.
        judged: What they decided last.
    """

    name: str
    judged: Judged


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRow:
    """One row of the ledger of a case, as persons have it now: their corrections are in it.

    Attributes:
        id: The attribution's.
        document: Its document's id.
        title: The document's; None where it has none.
        outlet: None if not stated.
        published: ISO 8601, at its own precision; None if not stated.
        url: The document's canonical address, else the final or asked one; None if it has none.
        source: The source's id.
        source_name: Who speaks.
        kind: What sort of party.
        naming: Whether a reader could tell who it is.
        via: Names of who carried it, the nearest to the article first.
        cue: The words that ascribe; empty where there are none.
        content: What is claimed; stretches joined with `` … ``.
        start: Where the content begins in the document's text (its cue where it has none).
        stance: What the source does with it.
        certainty: How sure the source presents it.
        endorsement: How the article puts it.
        confidence: 0..1, the machine's.
        places: The places it names, as written.
        quantities: Its figures, as written.
        judged: Where it stands after the judgements about it.
        hits: The content in pieces, with what was searched for marked; empty without a search.
        superseded_by: Id of the version that came after its document; None for the newest.
        judged_by: Who judged it, with what is in force, in the order of their first judgements.
        is_disputed: Whether some of them contradict each other; `judged` is then what was said last.
        claim: The claim that it tells, over all documents; None where it says nothing that could be compared, or was
            not joined with the rest yet.
    """

    id: str
    document: str
    title: str | None
    outlet: str | None
    published: str | None
    url: str | None
    source: str
    source_name: str
    kind: Kind
    naming: Naming
    via: tuple[str, ...]
    cue: str
    content: str
    start: int
    stance: Stance
    certainty: Certainty
    endorsement: Endorsement
    confidence: float
    places: tuple[str, ...]
    quantities: tuple[str, ...]
    judged: Judged
    hits: tuple[Piece, ...] = ()
    # Looked up where the row is shown: the row itself is the same with and without them.
    superseded_by: str | None = field(default=None, compare=False)
    judged_by: tuple[JudgedBy, ...] = field(default=(), compare=False)
    is_disputed: bool = field(default=False, compare=False)
    claim: ClaimLine | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRow:
    """One document of a case.

    Attributes:
        id: The document's.
        title: None where it has none.
        name: What it was added as.
        outlet: None if not stated.
        published: ISO 8601, at its own precision; None if not stated.
        url: Canonical, else final, else asked for; None if it has none.
        captured_at: UTC of its first capture.
        added_at: UTC.
        format: As `Document.format`.
        n_claims: How many rows, those persons rejected left out.
        n_sources: How many sources have a row.
        n_judged: How many rows a person judged.
        n_problems: How many problems its text and reading have.
        supersedes: Id of the version before; None for the first.
        superseded_by: Id of the version after; None for the newest.
    """

    id: str
    title: str | None
    name: str
    outlet: str | None
    published: str | None
    url: str | None
    captured_at: str
    added_at: str
    format: str
    n_claims: int
    n_sources: int
    n_judged: int
    n_problems: int
    supersedes: str | None
    superseded_by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    """Sources of a case in one line.

    Named sources of several documents share a line where name and kind are the same, letter case aside, or where a
    person judged them the same: one line is not yet one party. Described and vague sources never share a line across
    documents.

    Attributes:
        ids: The sources' ids, in order of their documents' publication; at most 100.
        name: As most documents write it.
        kind: What sort of party.
        naming: Whether a reader could tell who it is.
        role: As stated most often; None if nowhere.
        n_claims: How many rows.
        n_articles: In how many documents.
        n_outlets: Of how many outlets, as far as these are stated.
        first: ISO 8601 of the first publication; None if none is stated.
        last: Of the last.
    """

    ids: tuple[str, ...]
    name: str
    kind: Kind
    naming: Naming
    role: str | None
    n_claims: int
    n_articles: int
    n_outlets: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """An article in which the words searched for stand.

    Attributes:
        article: Which.
        pieces: A stretch of its text around the words, or of its title, in pieces.
    """

    article: ArticleRow
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedRow:
    """An address or file of which the case has no article.

    Attributes:
        capture: The capture's id.
        name: What it was added as.
        at: UTC.
        code: The refusal's, or the problem's where there are bytes that cannot be read.
        message: What happened.
        advice: What to do instead; empty where the message says it.
    """

    capture: str
    name: str
    at: str
    code: RefusalCode | str
    message: str
    advice: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseInfo:
    """A case at a glance.

    Attributes:
        name: As it was given to it.
        created_at: UTC.
        schema: The number of its last migration.
        is_encrypted: Whether its file is.
        n_documents: Documents, older versions among them.
        n_captures: Captures with bytes.
        n_refused: Captures without an article.
        n_claims: Rows of the current readings, older versions of documents left out.
        n_sources: Their sources.
        n_judgements: Judgements, undone ones among them.
        n_feeds: Feeds that it follows.
        n_purged: Documents that were purged.
        outlets: The outlets with the most documents, and how many: at most ten.
        first: ISO 8601 of the first publication; None if none is stated.
        last: Of the last.
        models: Names of the models that read the current readings.
        log_length: How many entries the log has.
        log_head: Hash of its last entry.
        n_superseded: Documents of which there is a newer version.
        n_claims_superseded: Rows of the current readings of those.
        n_undated: Documents without a day of publication: no range of days has them.
        n_stories: Stories that were found in it.
        n_claims_told: Claims that are told in these, each once.
        n_unread: Documents without a reading, as reading was broken off or failed: no list of claims has them.
        n_waiting: Documents and stories that wait to be joined; a store leaves it to the ledger to count them.
    """

    name: str
    created_at: str
    schema: int
    is_encrypted: bool
    n_documents: int
    n_captures: int
    n_refused: int
    n_claims: int
    n_sources: int
    n_judgements: int
    n_feeds: int
    n_purged: int
    outlets: tuple[tuple[str, int], ...]
    first: str | None
    last: str | None
    models: tuple[str, ...]
    log_length: int
    log_head: str
    n_superseded: int = 0
    n_claims_superseded: int = 0
    n_undated: int = 0
    n_stories: int = 0
    n_claims_told: int = 0
    n_unread: int = 0
    n_waiting: int = 0
