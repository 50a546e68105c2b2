"""What is told about the same event, the same claim across documents, and where tellings of it cannot both hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sayso.records.document import Span
    from sayso.records.values import ClaimRelation, DisputeKind, DriftKind, UpdateKind


@dataclass(frozen=True, slots=True, kw_only=True)
class WeighedFeature:
    """One named feature of a decision about stories or claims, with what it came to and why.

    Attributes:
        name: As the table of weights calls it.
        value: What was measured.
        weight: What it added to the log-odds; negative where it spoke against.
        why: In words, for a person.
    """

    name: str
    value: float
    weight: float
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryMember:
    """One document of a story, and what ties it to the others.

    Attributes:
        document: Its id.
        nearest: Id of the document of the story that it is likest to; None where it is the only one.
        likelihood: 0..1, the machine's mean probability that it and another of the story tell of the same event.
        features: What decided about it and the nearest.
    """

    document: str
    nearest: str | None
    likelihood: float
    features: tuple[WeighedFeature, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Documents that tell of the same event.

    Attributes:
        id: Hash of its first document's id.
        documents: Their ids, by time of publication; those without a date in the order in which they were added.
        words: The words that most of them have and few others, the most telling first.
        members: Each document in the same order, with what ties it to the story.
    """

    id: str
    documents: tuple[str, ...]
    words: tuple[str, ...]
    members: tuple[StoryMember, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One telling of a claim: a row of a document, or a sentence in the article's own voice.

    Attributes:
        id: Hash of its document, row and place.
        document: Id of the document.
        attribution: Id of the row; None for the article's own voice.
        assertions: Ids of the assertions that it holds, in order.
        span: From its first character to its last.
    """

    id: str
    document: str
    attribution: str | None
    assertions: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimLink:
    """Whether two mentions are of one claim.

    Attributes:
        first: Id of a mention.
        second: Id of the other.
        relation: Same, different or unsure.
        likelihood: 0..1, calibrated: the machine's probability that both are of one claim.
        features: What decided, the heaviest first.
    """

    first: str
    second: str
    relation: ClaimRelation
    likelihood: float
    features: tuple[WeighedFeature, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """The same assertion across documents.

    Attributes:
        id: Hash of its first mention's id.
        mentions: By time of publication and place in the document.
        clearest: Id of the mention that puts it most fully in one line.
        line: That mention's words.
        links: Between its mentions; and those that persons judged, to mentions of other claims too.
    """

    id: str
    mentions: tuple[Mention, ...]
    clearest: str
    line: Span
    links: tuple[ClaimLink, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """Two mentions that cannot both hold, or of which one denies the other.

    Attributes:
        id: Hash of both mentions and the kind.
        kind: In what they differ.
        first: Id of the mention disputed; of two equal ones the earlier.
        second: Id of the one that stands against it; None for a refusal, which claims nothing, and for a denial of a
            word or two.
        attribution: Id of the row that denies, doubts or declines; None between figures and in an article's own voice.
        here: The words of the first in which they differ; None where it is the whole.
        there: The same of the second.
        features: What decided, each with its reason.
    """

    id: str
    kind: DisputeKind
    first: str
    second: str | None
    attribution: str | None
    here: Span | None
    there: Span | None
    features: tuple[WeighedFeature, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """A figure that took the place of another: a later, higher one of what only grows, a correction, a changed page.

    Attributes:
        id: Hash of both mentions and the kind.
        kind: Which of them.
        old: Id of the mention with the old figure; None where a correction says what was wrong and no mention has it.
        new: Id of the mention with the new one; None where a correction stands outside every mention.
        old_words: The old figure as written.
        new_words: The new figure as written; empty where the correction gives none.
        stated_in: Id of the document that states the correction, or was changed; None for a later figure.
        carried_by: Ids of the documents that carry the old figure still: of a later figure those published after it; of
            the others all that give the old one and not the new one, and that no newer version supersedes. A draft
            in the case is among them.
        features: What decided, each with its reason.
    """

    id: str
    kind: UpdateKind
    old: str | None
    new: str | None
    old_words: str
    new_words: str
    stated_in: str | None
    carried_by: tuple[str, ...]
    features: tuple[WeighedFeature, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """What changed between two mentions of which the later rests on the earlier.

    Attributes:
        id: Hash of both mentions and the kind.
        kind: What was dropped or sharpened.
        origin: Id of the mention that is rested on.
        carrier: Id of the mention that rests on it.
        was: How it was put, as written, or the value.
        became: How it is put now; empty where it was dropped.
        why: In words, for a person.
    """

    id: str
    kind: DriftKind
    origin: str
    carrier: str
    was: str
    became: str
    why: str
