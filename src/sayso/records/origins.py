"""On how many legs a claim stands: what is known of its tellings, and what follows from it.

docs/architecture/origins.md defines every word of it: worlds, origins, bounds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sayso.records.values import Borrowed, Level

if TYPE_CHECKING:
    from sayso.records.document import Moment
    from sayso.records.values import FirstCertainty, Independence, Kind, Naming, SetAsideCode, Tied

CLOCK_SLACK_S = 900.0


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginReason:
    """Why something is taken to be so, as a code with its parts; rules/origins.toml has the words.

    Attributes:
        code: Which reason: an entry of the word list, or a caller's own.
        parts: Names and texts for the places in its sentence.
    """

    code: str
    parts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """A source as it bears on origins: who is named as speaking, or as having carried it.

    Attributes:
        id: The caller's; any text.
        name: As a reader should see it.
        kind: What sort of party.
        naming: Whether a reader could tell who it is.
        outlet: For an outlet its own key; for all else the key of the outlet that it spoke in, None if several or
            unknown. By it the machine is kept from joining unnamed voices across outlets.
    """

    id: str
    name: str
    kind: Kind
    naming: Naming
    outlet: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One telling of the claim: a row of a document, or its own voice.

    Attributes:
        id: The caller's; any text.
        document: Id of the document.
        outlet: Key of who publishes it; None if not stated, which is then an outlet of its own.
        published: When; None if not stated.
        source: Id of the voice at the root of its route; None where it tells it in its own voice.
        is_source_certain: False where the attribution is only possible.
        carriers: Ids of the voices that carried it from the source to the article, the nearest to the article first.
        is_own_report: Whether the article says that its own reporter saw or found it. `source` may then be None.
    """

    id: str
    document: str
    outlet: str | None = None
    published: Moment | None = None
    source: str | None = None
    is_source_certain: bool = True
    carriers: tuple[str, ...] = ()
    is_own_report: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Borrowing:
    """One telling has it from another.

    Attributes:
        telling: Id of the one that has it from the other.
        taken_from: Id of the other; of none in the case where the other is not there.
        kind: How.
        is_certain: False where it is only possible.
        reason: Why.
    """

    telling: str
    taken_from: str
    kind: Borrowed
    is_certain: bool = True
    reason: OriginReason


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """What is known, or judged, of two or more voices.

    Attributes:
        voices: Their ids. Of three or more: all the same; each another than each of the rest; nothing known of any two;
            or all before the last speak for the last.
        relation: What they are to one another.
        is_certain: False where it is only possible; then it is shown and decides nothing.
        level: Persons, or the bodies they speak for.
        reason: Why.
        by: The person who judged it; None for the machine.
        is_undone: Whether a person took the judgement back; then it is shown and decides nothing.
    """

    voices: tuple[str, ...]
    relation: Tied
    is_certain: bool = True
    level: Level = Level.PERSONS
    reason: OriginReason
    by: str | None = None
    is_undone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginCase:
    """All that is known of one claim's tellings.

    Attributes:
        claim: Id of the claim.
        tellings: In any order.
        borrowings: Who has it from whom.
        voices: Who is named.
        ties: What the voices are to one another; of a pair without a tie nothing is known.
        as_of: Later dates are in the future, and count as none; None for no such limit.
        clock_slack_s: Two times that are no further apart may be in either order.
    """

    claim: str
    tellings: tuple[Telling, ...]
    borrowings: tuple[Borrowing, ...] = ()
    voices: tuple[Voice, ...] = ()
    ties: tuple[Tie, ...] = ()
    as_of: Moment | None = None
    clock_slack_s: float = CLOCK_SLACK_S


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """An independent root: voices that are known to be one and on which a telling rests for certain or possibly.

    Attributes:
        id: The smallest id of its voices.
        name: The best of their names: a named voice's before a described one's.
        voices: Their ids, in order; those too that no telling rests on.
        tellings: Ids of the tellings that name it and do not have it from another telling.
        is_certain: Whether one of these attributions is certain.
        is_leg: Whether it is one of those that make the least number: each known to be another than the rest.
        may_be: For one that is no leg, the id of a leg that it may be the same as; None for a leg, or where the
            attribution itself is only possible.
        merges: The ties that made its voices one.
        is_private: Whether a person tied an unnamed voice to a named one, or to one of another outlet: no export
            may carry that.
    """

    id: str
    name: str
    voices: tuple[str, ...]
    tellings: tuple[str, ...]
    is_certain: bool
    is_leg: bool
    may_be: str | None
    merges: tuple[Tie, ...]
    is_private: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """At least this many independent origins, at most that many, on one level.

    Attributes:
        level: Persons, or the bodies that they speak for.
        least: In no world that fits what is known are there fewer.
        most: In none are there more.
        is_least_exact: Whether there is for certain a world with so few; False where finding out would take too long.
        is_most_exact: The same for so many.
        origins: What is counted: legs first, then by id.
        non_merges: The ties that keep origins apart, or leave it open.
    """

    level: Level
    least: int
    most: int
    is_least_exact: bool
    is_most_exact: bool
    origins: tuple[Origin, ...]
    non_merges: tuple[Tie, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Loop:
    """Tellings that have it from one another in a circle.

    Attributes:
        tellings: Their ids, in order.
        outlets: Their outlets, in order.
        is_circular: Whether nothing outside stands behind it for certain: no source, no other telling.
        is_certain: False where the circle closes only by borrowings that are possible.
    """

    tellings: tuple[str, ...]
    outlets: tuple[str, ...]
    is_circular: bool
    is_certain: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Unrecorded:
    """Tellings behind which nothing is recorded: they may rest on an origin of their own, or on none.

    Attributes:
        tellings: Ids; several where they have it from one another.
        outlets: Theirs.
        may_be_from: Ids of tellings that they may have it from.
        is_in_case: False for a telling that others cite and that is not in the case.
    """

    tellings: tuple[str, ...]
    outlets: tuple[str, ...]
    may_be_from: tuple[str, ...]
    is_in_case: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Dependence:
    """How many tellings stand or fall with one origin, carrier or outlet.

    Attributes:
        what: Id of the origin on that level, or key of the outlet.
        name: As a reader should see it.
        level: Persons or organisations; None for an outlet.
        resting: Tellings whose every known route passes through it; for an outlet its own too.
        of: All tellings in the case.
        is_exact: False where it may be more, as finding out would take too long.
    """

    what: str
    name: str
    level: Level | None
    resting: int
    of: int
    is_exact: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstReport:
    """Who told it first.

    Attributes:
        outlets: Keys of those who may have been first, in order.
        tellings: Ids of their tellings.
        certainty: How sure that is.
        at: The earliest time by which it had been told; None where nothing is dated.
    """

    outlets: tuple[str, ...]
    tellings: tuple[str, ...]
    certainty: FirstCertainty
    at: Moment | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """Something that was given and is not applied, with the reason: it is kept and shown, and the range is the wider.

    Attributes:
        code: Why.
        ties: The ties that are not applied, or not wholly.
        tellings: Ids of the tellings whose date is not used.
    """

    code: SetAsideCode
    ties: tuple[Tie, ...] = ()
    tellings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Corroboration:
    """On how many legs a claim stands.

    Attributes:
        claim: Id of the claim.
        persons: Bounds of the number of independent origins.
        organisations: The same, with those who speak for one body counted once.
        independence: Established, not established, or lineage not recorded.
        unrecorded: Tellings that only widen the range.
        loops: Circles, those with nothing behind them first.
        dependence: The heaviest first.
        first: Who told it first.
        borrowings: All that was applied: those given as certain and those that follow from the routes.
        cited: Tellings that others cite and that are not in the case.
        taken_over: Ids of tellings whose source is no origin of its own, as they have all of it from another telling.
        otherwise: Ids of tellings that have it from another and yet name a source known not to be its own. It counts.
        set_aside: What is not applied, and why.
    """

    claim: str
    persons: Bounds
    organisations: Bounds
    independence: Independence
    unrecorded: tuple[Unrecorded, ...]
    loops: tuple[Loop, ...]
    dependence: tuple[Dependence, ...]
    first: FirstReport
    borrowings: tuple[Borrowing, ...]
    cited: tuple[Telling, ...]
    taken_over: tuple[str, ...]
    otherwise: tuple[str, ...]
    set_aside: tuple[SetAside, ...]
