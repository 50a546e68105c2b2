"""What is read out of a document: who says what, through whom, how surely."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sayso.records.values import Certainty, Directness, Endorsement, Stance

if TYPE_CHECKING:
    from sayso.errors import Problem
    from sayso.records.assertions import Assertion, NameNote, Place, Quantity, Time
    from sayso.records.document import Document, Span
    from sayso.records.values import Kind, Naming, RelationType, Support


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
        assertions: What the rows and the article itself claim, in order.
        times: The times that the text names, in order.
        quantities: Its figures, in order.
        places: Its places, in order.
        name_notes: Names that look garbled.
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
    assertions: tuple[Assertion, ...] = ()
    times: tuple[Time, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    places: tuple[Place, ...] = ()
    name_notes: tuple[NameNote, ...] = ()
