"""Disputes, updates, drift and the course of a story, each with the tellings that it is about: for pages to show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sayso.records.trace import TraceTelling
    from sayso.records.values import (
        DisputeKind,
        DriftKind,
        EventKind,
        Kind,
        Naming,
        ReuseDirection,
        ReuseExtent,
        ReuseKind,
        UpdateKind,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeView:
    """Two tellings that cannot both hold, or of which one denies, doubts or declines the other. Nobody is right in it.

    Attributes:
        id: The dispute's.
        kind: In what they differ.
        claim: Number of the claim that is disputed.
        line: Its words.
        first: The telling disputed.
        second: What stands against it.
        here: The words of the first in which they differ; empty where it is the whole.
        there: The same of the second.
        why: The reasons, for a person.
        also_first: Further tellings on the first one's side: with the same figure, or denied by the same party.
        also_second: Further tellings on the second one's side.
    """

    id: str
    kind: DisputeKind
    claim: int
    line: str
    first: TraceTelling
    second: TraceTelling
    here: str
    there: str
    why: tuple[str, ...]
    also_first: tuple[TraceTelling, ...] = ()
    also_second: tuple[TraceTelling, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Carrier:
    """A document that carries an old figure still.

    Attributes:
        document: Its id.
        outlet: None if not stated.
        title: None where it has none.
        published: ISO 8601; None if not stated.
    """

    document: str
    outlet: str | None
    title: str | None
    published: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateView:
    """A figure that took the place of another.

    Attributes:
        id: The update's.
        kind: A later figure, a correction, or a changed page.
        claim: Number of the claim; None where the correction stands outside every mention.
        line: Its words; empty where there is none.
        old: The telling with the old figure; None where no telling has it.
        new: The telling with the new one; None where it stands outside every telling.
        old_words: The old figure as written.
        new_words: The new one as written; empty where none is given.
        stated_in: The document that states the correction, or was changed; None for a later figure.
        carried_by: Who carries the old figure still.
        why: The reasons, for a person.
    """

    id: str
    kind: UpdateKind
    claim: int | None
    line: str
    old: TraceTelling | None
    new: TraceTelling | None
    old_words: str
    new_words: str
    stated_in: Carrier | None
    carried_by: tuple[Carrier, ...]
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DriftView:
    """What was lost or sharpened from one telling to another that rests on it.

    Attributes:
        id: The drift's.
        kind: What happened.
        claim: Number of the claim.
        line: Its words.
        origin: The telling that is rested on.
        carrier: The telling that rests on it.
        was: How it was put.
        became: How it is put now; empty where it was dropped.
        why: In words, for a person.
    """

    id: str
    kind: DriftKind
    claim: int
    line: str
    origin: TraceTelling
    carrier: TraceTelling
    was: str
    became: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened to a claim.

    Attributes:
        at: ISO 8601 of the publication in which it happened; None if not stated.
        kind: What happened.
        claim: Number of the claim; None where it bears on none.
        line: Its words; empty where there is none.
        outlet: Who published it; None if not stated.
        document: Id of the document.
        who: Who says it there; empty for the article's own voice.
        words: What is told of it: the telling, the denial, the figures before and after.
        title: The document's; None where it has none.
    """

    at: str | None
    kind: EventKind
    claim: int | None
    line: str
    outlet: str | None
    document: str
    who: str
    words: str
    title: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyView:
    """Text that two documents have in common.

    Attributes:
        document: Id of the one; the one that took it where the direction says so.
        other: Id of the other.
        outlet: Of the one; None if not stated.
        other_outlet: Of the other.
        kind: By which way the text came.
        extent: How much of the two is one text.
        direction: Who took it from whom.
        words: How many words they have in common.
        share: The part of the one's words, 0..1.
        is_certain: False where it is only possible.
        why: The reasons, for a person.
    """

    document: str
    other: str
    outlet: str | None
    other_outlet: str | None
    kind: ReuseKind
    extent: ReuseExtent
    direction: ReuseDirection
    words: int
    share: float
    is_certain: bool
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelling:
    """One way in which a party is called.

    Attributes:
        name: As written.
        role: As stated with it; None if not stated.
        documents: Ids of the documents that call it so.
        outlets: Who published these, each once.
    """

    name: str
    role: str | None
    documents: tuple[str, ...]
    outlets: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyClaim:
    """A claim in which a party has a part.

    Attributes:
        number: The claim's.
        line: Its words.
        words: What the party is said to have said, as written.
        outlets: Who tells it with this party, each once.
        is_root: Whether it is one of the claim's roots.
        is_only_leg: Whether it is the only root that is recorded.
        is_against: Whether it denies, doubts or declines it.
        is_carrier: Whether it passed it on from somebody else.
        roots: Names of those it passed it on from.
        is_disputed: Whether the claim is disputed.
    """

    number: int
    line: str
    words: str
    outlets: tuple[str, ...]
    is_root: bool
    is_only_leg: bool
    is_against: bool
    is_carrier: bool
    roots: tuple[str, ...]
    is_disputed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyView:
    """Everything that one party said, and whom it rests on.

    Attributes:
        id: The party's.
        name: The fullest.
        kind: What sort of party.
        naming: Whether a reader could tell who it is.
        spellings: The names under which it goes, the one in most documents first.
        claims: In which it has a part, those first of which it is the only leg.
        n_claims: How many.
        n_only_leg: Of how many it is the only recorded root.
        outlets: To whom it spoke, or who reports it, each once.
        joins: Why its sources are one, as sentences, each once.
        unsure: Sources that may be the same, with the reason: name and sentence.
        judged_by: Names of persons who judged who it is.
        is_private: Whether a person tied it, unnamed, to somebody.
        is_cut: Whether it may speak in further stories: too many have a source that is called so to look at all.
    """

    id: str
    name: str
    kind: Kind
    naming: Naming
    spellings: tuple[Spelling, ...]
    claims: tuple[PartyClaim, ...]
    n_claims: int
    n_only_leg: int
    outlets: tuple[str, ...]
    joins: tuple[str, ...]
    unsure: tuple[tuple[str, str], ...]
    judged_by: tuple[str, ...]
    is_private: bool
    is_cut: bool = False
