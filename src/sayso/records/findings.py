"""What was found about the documents of one story taken together, and the lines in which lists show it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sayso.records.origins import Corroboration, OriginCase
    from sayso.records.parties import Join, Party
    from sayso.records.reuse import Reuse
    from sayso.records.stories import Claim, Dispute, Drift, Mention, Story, Update
    from sayso.records.values import Independence, Naming


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureTold:
    """One figure that tellings of a claim give.

    Attributes:
        words: As the first of them writes it.
        low: Plain decimal number; None for no lower bound.
        high: None for no upper bound.
        unit: ``USD``, ``percent`` …; None for a count.
        counts: What is counted, as written there; None where it is not said.
        n_tellings: In how many tellings of the claim it is given.
        n_outlets: Of how many outlets, as far as these are stated.
    """

    words: str
    low: str | None
    high: str | None
    unit: str | None
    counts: str | None
    n_tellings: int
    n_outlets: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Who is said to have said it, over all tellings of a claim.

    Attributes:
        name: The party's.
        naming: Whether a reader could tell who it is.
        n_tellings: In how many tellings of the claim it is the source.
    """

    name: str
    naming: Naming
    n_tellings: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimFindings:
    """One claim of a story, and on how many legs it stands.

    Attributes:
        number: By which people call it: C3. It stays with the claim while more is added; 0 before it has one.
        claim: Its mentions and what ties them.
        case: What is known of its tellings, which have the ids of mentions, and of its voices, which have those of
            sources: what the corroboration is computed from.
        corroboration: Its bounds and their reasons.
        figures: The figures that its tellings give, the one told most often first.
        may_tell: Mentions of other claims that are as likely as not of this one. They raise the greatest number of
            origins, and nothing else.
        wider: The case together with these; None where there are none.
    """

    number: int
    claim: Claim
    case: OriginCase
    corroboration: Corroboration
    figures: tuple[FigureTold, ...]
    may_tell: tuple[Mention, ...] = ()
    wider: OriginCase | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryFindings:
    """What the documents of one story have in common, and where they differ.

    Attributes:
        story: Which documents.
        claims: In order of the first telling.
        parties: Who speaks in them.
        joins: What was decided about pairs of their sources.
        reuse: Who copied whom among them.
        disputes: Mentions that cannot both hold, denials, doubts and refusals.
        updates: Later figures and corrections.
        drifts: What was lost or sharpened from one telling to one that rests on it.
    """

    story: Story
    claims: tuple[ClaimFindings, ...]
    parties: tuple[Party, ...]
    joins: tuple[Join, ...]
    reuse: tuple[Reuse, ...]
    disputes: tuple[Dispute, ...]
    updates: tuple[Update, ...]
    drifts: tuple[Drift, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimLine:
    """A claim in one line of a list.

    Attributes:
        number: By which people call it: C3.
        id: The claim's.
        story: The story's id.
        line: Its words in the mention that puts it most fully.
        document: Id of that mention's document.
        attribution: Id of that mention's row; None where it stands in the article's own voice.
        speakers: Who is said to have said it, the one with most tellings first; at most five.
        n_speakers: How many there are.
        least: At least so many independent origins (persons).
        most: At most so many.
        independence: Established, not established, or lineage not recorded.
        n_tellings: How many mentions tell it; those that deny or doubt it are not counted.
        n_documents: In how many documents these stand.
        outlets: Who published them, in order of the first telling; those that state none are not counted.
        first: ISO 8601 of the first publication; None if none is stated.
        last: Of the last.
        figures: The figures that are told, the one told most often first; at most five.
        is_disputed: Whether a telling of it stands against another, or somebody denies or doubts it.
        is_updated: Whether a later figure, or that of a changed page, took the place of an earlier one.
        is_corrected: Whether a correction bears on it.
        is_circular: Whether tellings have it from one another with nothing certain behind them.
        rests_on: Name of what more than half of several tellings stand or fall with; None where there is no such.
        n_resting: How many tellings do.
        is_private: Whether a person tied an unnamed voice to somebody: no export may carry that.
    """

    number: int
    id: str
    story: str
    line: str
    document: str
    attribution: str | None
    speakers: tuple[Speaker, ...]
    n_speakers: int
    least: int
    most: int
    independence: Independence
    n_tellings: int
    n_documents: int
    outlets: tuple[str, ...]
    first: str | None
    last: str | None
    figures: tuple[FigureTold, ...]
    is_disputed: bool
    is_updated: bool
    is_corrected: bool
    is_circular: bool
    rests_on: str | None
    n_resting: int
    is_private: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryLine:
    """A story in one line of a list.

    Attributes:
        id: The story's.
        title: Of its first document that has one; None where none has.
        words: The words that most of its documents have and few others.
        n_documents: How many documents.
        n_claims: How many claims that somebody is named or described for.
        outlets: Who published them, in order of publication, each once.
        first: ISO 8601 of the first publication; None if none is stated.
        last: Of the last.
        is_stale: Whether what was added or judged since is not in it yet.
    """

    id: str
    title: str | None
    words: tuple[str, ...]
    n_documents: int
    n_claims: int
    outlets: tuple[str, ...]
    first: str | None
    last: str | None
    is_stale: bool = False
