"""Who copied whom: which stretch of one document stands in another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sayso.records.document import Span
    from sayso.records.values import ReuseBasis, ReuseDirection, ReuseExtent, ReuseKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """One stretch that two documents have in common, word by word or with edits.

    Attributes:
        here: Its place in the edge's `document`.
        there: Its place in the edge's `other`.
        words: How many words are the same and in the same order.
        edited: How many words of the longer side are not among them: changed, added, left out on the way.
        quoted: How many of `words` stand between quotation marks in at least one of the two.
    """

    here: Span
    there: Span
    words: int
    edited: int
    quoted: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReuseReason:
    """One named feature that had a part in a decision about an edge.

    Attributes:
        feature: Its name, as in the table of `sayso.corroborate` that it stands in.
        words: What was found, in words for a person.
    """

    feature: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reuse:
    """Text that two documents have in common: one edge between two documents.

    There are at most two edges between two documents: one for prose, one for what is only quoted speech.

    Attributes:
        id: Hash of the two documents and of whether it is only quoted speech (see `sayso.ids`).
        document: Id of the document that took the text where the direction says so; else the smaller id of the two.
        other: Id of the other document.
        kind: By which way the text came.
        extent: How much of the two is one text.
        direction: Whether `document` took it from `other`, both have it from a third text, or nothing tells.
        basis: What the direction rests on; ``none`` where it is unknown.
        stretches: What they have in common, in the order of `document`; empty only for a possible rewriting.
        words: Words in common, over all stretches.
        share: The part of `document`'s words that is in common, 0..1.
        other_share: The part of `other`'s words that is in common, 0..1.
        is_certain: False where it is only possible: what is alike may be chance or the same facts told twice.
        reasons: Why kind, extent, direction and certainty are what they are.
    """

    id: str
    document: str
    other: str
    kind: ReuseKind
    extent: ReuseExtent
    direction: ReuseDirection
    basis: ReuseBasis
    stretches: tuple[Stretch, ...]
    words: int
    share: float
    other_share: float
    is_certain: bool = True
    reasons: tuple[ReuseReason, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TwinGroup:
    """Documents that are nearly the same article, all nearly the same as one of them: never a chain of likenesses.

    Attributes:
        leader: Id of the earliest of them by its stated time, else the smallest id.
        members: Ids of all, the leader's too, in order.
    """

    leader: str
    members: tuple[str, ...]
