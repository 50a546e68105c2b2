"""How one claim went from its roots to the outlets that tell it: lanes, tellings and the steps between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sayso.records.document import Span
    from sayso.records.findings import ClaimLine
    from sayso.records.stories import Drift
    from sayso.records.values import Certainty, Endorsement, Kind, Naming, Stance, StepKind


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceRoot:
    """Where a lane begins: an origin, or that nothing is recorded.

    Attributes:
        id: The origin's id; for a lane without one that of its first telling.
        name: As a reader should see it; None where nothing is recorded.
        kind: What sort of party; None where nothing is recorded.
        naming: Whether a reader could tell who it is; None where nothing is recorded.
        is_certain: Whether an attribution to it is certain.
        is_leg: Whether it is one of those that make the least number.
        may_be: Name of the leg that it may be the same as; None where there is none.
    """

    id: str
    name: str | None
    kind: Kind | None
    naming: Naming | None
    is_certain: bool
    is_leg: bool
    may_be: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceTelling:
    """One telling of the claim.

    Attributes:
        id: The mention's; for what others cite and the case does not have, of that telling.
        document: Id of the document; None for what is not in the case.
        attribution: Id of the row; None for the article's own voice.
        outlet: Who publishes; None if not stated.
        title: The document's; None where it has none.
        published: ISO 8601; None if not stated.
        source: Who it says it has it from, as it puts it; None in its own voice.
        through: Names of who carried it from the source to the article, the nearest to the article first.
        sentence: The sentence or sentences in which it stands; None for what is not in the case.
        words: The telling itself, within the sentence.
        certainty: How surely it is put; None in the article's own voice.
        stance: What its source does with it; None likewise.
        endorsement: How the article puts it; None likewise.
        figures: Its figures as written.
        is_in_case: False for what others cite and the case does not have.
        is_text: Whether it is a text that several print and of which nothing tells who had it first.
    """

    id: str
    document: str | None
    attribution: str | None
    outlet: str | None
    title: str | None
    published: str | None
    source: str | None
    through: tuple[str, ...]
    sentence: Span | None
    words: Span | None
    certainty: Certainty | None
    stance: Stance | None
    endorsement: Endorsement | None
    figures: tuple[str, ...]
    is_in_case: bool = True
    is_text: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceStep:
    """How one telling has the claim from a root or another telling.

    Attributes:
        telling: Id of the one that has it.
        taken_from: Id of the root or telling that it has it from.
        kind: How.
        is_certain: False where it is only possible.
        why: In words, for a person.
        drifts: What was lost or sharpened on the way.
    """

    telling: str
    taken_from: str
    kind: StepKind
    is_certain: bool
    why: str
    drifts: tuple[Drift, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceLane:
    """One root with all that rests on it.

    Attributes:
        root: Where it begins.
        tellings: Ids of those that rest on it, each after what it has it from; one that rests on several roots is in
            the lane of the first, and `also` tells of the others.
        also: Ids of tellings of other lanes that rest on this root as well.
        why: Why its voices are one, or may be, as sentences.
    """

    root: TraceRoot
    tellings: tuple[str, ...]
    also: tuple[str, ...]
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """One claim from its roots to the outlets.

    Attributes:
        line: The claim.
        organisations: At least and at most so many origins, with those who speak for one body counted once.
        lanes: Legs first, then what may be one of them, then what has no recorded root.
        tellings: All of them.
        steps: All of them; of one telling those that are certain first.
        against: Ids of mentions that deny, doubt or decline it.
        loops: Ids of tellings that have it from one another in a circle.
        why: Why the bounds are what they are, as sentences: what matters most first.
        circles: Who has it from one another in a circle, as sentences.
    """

    line: ClaimLine
    organisations: tuple[int, int]
    lanes: tuple[TraceLane, ...]
    tellings: tuple[TraceTelling, ...]
    steps: tuple[TraceStep, ...]
    against: tuple[str, ...]
    loops: tuple[tuple[str, ...], ...]
    why: tuple[str, ...]
    circles: tuple[str, ...] = ()
