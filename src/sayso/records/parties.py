"""Who speaks across documents: parties, and what joined their sources or kept them apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sayso.records.reading import Source
    from sayso.records.values import Kind, Naming, PartyRelation


@dataclass(frozen=True, slots=True, kw_only=True)
class Appearance:
    """A source in the document where it speaks: what parties are made of.

    Attributes:
        source: Who speaks.
        document: The document's id.
        outlet: Who published it; None if not stated.
        topics: Ids of the stories that it tells, as far as the caller knows: narrow enough that one surname or "the
            ministry" in them is one party. May be empty.
    """

    source: Source
    document: str
    outlet: str | None = None
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """Another name that an article itself gives for one.

    Attributes:
        short: The other name, as written: "NIS", "the Falcon".
        long: The name it stands for, as written: "the National Intelligence Service".
        document: Id of the document.
        start: Where `long` begins in the document's text.
        end: Where the words that introduce it end.
    """

    short: str
    long: str
    document: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyFeature:
    """One thing that speaks for or against two sources being one party.

    Attributes:
        name: Which of the table: ``same-words``, ``other-given-name`` …
        value: How much of it there is; its unit is the feature's own.
        why: What was seen, for a person.
    """

    name: str
    value: float
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Join:
    """What was decided of two sources, and why.

    Attributes:
        first: Id of the one source.
        second: Id of the other; the ids stand in order.
        relation: Same, different or unsure.
        score: 0..1, the machine's, calibrated: how probable it is that they are one. A person's decision leaves it.
        features: What spoke for and against it, in the order of the table.
        judgements: Ids of the persons' judgements that decided it; empty where the machine did.
        is_contested: Whether persons judged both ways; then `relation` is unsure and neither is applied.
        is_applied: Whether the two are in one party by it. Of "same" it is False where somebody else in the chain is
            different.
    """

    first: str
    second: str
    relation: PartyRelation
    score: float
    features: tuple[PartyFeature, ...] = ()
    judgements: tuple[str, ...] = ()
    is_contested: bool = False
    is_applied: bool = False

    @property
    def is_judged(self) -> bool:
        """Whether a person decided it."""
        return bool(self.judgements)


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """The same source across documents.

    Attributes:
        id: Hash of the smallest id of its sources: the same whatever the order in which documents came.
        name: The fullest name that any of its sources has.
        kind: What sort of party: of most of its sources.
        naming: Whether a reader could tell who it is.
        aliases: The other names and spellings of its sources, in order.
        sources: Ids of its sources, in order.
        documents: Ids of the documents in which they speak, in order.
        outlets: The outlets that published these, in order; those that state none are not counted.
    """

    id: str
    name: str
    kind: Kind
    naming: Naming
    aliases: tuple[str, ...]
    sources: tuple[str, ...]
    documents: tuple[str, ...]
    outlets: tuple[str, ...]
