"""Short ways to write down a case of origins; outlets, people and places are invented."""

from __future__ import annotations

from sayso.records import (
    Borrowed,
    Borrowing,
    Kind,
    Level,
    Moment,
    Naming,
    OriginCase,
    OriginReason,
    Precision,
    Telling,
    Tie,
    Tied,
    Voice,
)

WHY = OriginReason(code="made-up")


def make_time(value: str) -> Moment:
    sizes = {4: Precision.YEAR, 7: Precision.MONTH, 10: Precision.DAY}
    return Moment(value=value, precision=sizes.get(len(value), Precision.MINUTE), stated_in="given")


def person(name: str, *, outlet: str | None = None, naming: Naming = Naming.NAMED) -> Voice:
    return Voice(id=name, name=name, kind=Kind.PERSON, naming=naming, outlet=outlet)


def official(name: str, outlet: str | None) -> Voice:
    return person(name, outlet=outlet, naming=Naming.DESCRIBED)


def body(name: str) -> Voice:
    return Voice(id=name, name=name, kind=Kind.ORGANISATION, naming=Naming.NAMED)


def outlet(name: str) -> Voice:
    return Voice(id=name, name=name, kind=Kind.OUTLET, naming=Naming.NAMED, outlet=name)


def tell(
    where: str,
    source: str | None = None,
    *,
    via: tuple[str, ...] = (),
    at: str | None = None,
    sure: bool = True,
    own: bool = False,
    document: str | None = None,
) -> Telling:
    """Return a telling whose id is its document, or the outlet."""
    name = document or where
    return Telling(
        id=f"{name}:{source}" if document else name,
        document=name,
        outlet=where,
        published=make_time(at) if at else None,
        source=source,
        is_source_certain=sure,
        carriers=via,
        is_own_report=own,
    )


def copy(telling: str, taken_from: str, *, sure: bool = True, kind: Borrowed = Borrowed.COPIES) -> Borrowing:
    return Borrowing(telling=telling, taken_from=taken_from, kind=kind, is_certain=sure, reason=WHY)


def cite(telling: str, taken_from: str, *, sure: bool = True) -> Borrowing:
    return copy(telling, taken_from, sure=sure, kind=Borrowed.CITES)


def tie(relation: Tied, *voices: str, by: str | None = None, level: Level = Level.PERSONS, undone: bool = False) -> Tie:
    return Tie(voices=voices, relation=relation, level=level, reason=WHY, by=by, is_undone=undone)


def same(*voices: str, by: str | None = None) -> Tie:
    return tie(Tied.SAME, *voices, by=by)


def different(*voices: str, by: str | None = None) -> Tie:
    return tie(Tied.DIFFERENT, *voices, by=by)


def make_case(
    *tellings: Telling,
    borrowings: tuple[Borrowing, ...] = (),
    voices: tuple[Voice, ...] = (),
    ties: tuple[Tie, ...] = (),
    as_of: str | None = None,
) -> OriginCase:
    return OriginCase(
        claim="c",
        tellings=tellings,
        borrowings=borrowings,
        voices=voices,
        ties=ties,
        as_of=make_time(as_of) if as_of else None,
    )
