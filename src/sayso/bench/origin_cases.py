"""Small random cases, in which who is whom is settled beforehand and only partly told; and large ones for time."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

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

if TYPE_CHECKING:
    from collections.abc import Sequence

REASON = OriginReason(code="made-up")
KINDS = (Kind.PERSON, Kind.PERSON, Kind.ORGANISATION, Kind.OUTLET, Kind.DOCUMENT, Kind.GROUP)
NAMINGS = (Naming.NAMED, Naming.NAMED, Naming.NAMED, Naming.DESCRIBED, Naming.VAGUE)
OUTLETS = ("A", "B", "C", "D")


def make_small_case(seed: int) -> OriginCase:
    """Return a case of up to seven tellings and six voices; its ties are true of one hidden world."""
    dice = random.Random(seed)  # noqa: S311 (no secret)
    voices, ties = _make_voices(dice, dice.randint(1, 6))
    tellings = [_make_telling(dice, number, voices) for number in range(dice.randint(1, 7))]
    borrowings = []
    # Some cases have few borrowings, some as many as tellings.
    for _ in range(dice.randint(0, dice.choice((1, 3, len(tellings))))):
        one, other = dice.choice(tellings), dice.choice(tellings)
        if one is not other:
            borrowings.append(
                Borrowing(
                    telling=one.id,
                    taken_from=other.id if dice.random() < 0.95 else "elsewhere",
                    kind=dice.choice((Borrowed.COPIES, Borrowed.CITES)),
                    is_certain=dice.random() < 0.7,
                    reason=REASON,
                )
            )
    return OriginCase(
        claim=f"made-up-{seed}",
        tellings=tuple(tellings),
        borrowings=tuple(borrowings),
        voices=tuple(voices),
        ties=tuple(ties),
    )


def _make_voices(dice: random.Random, n: int) -> tuple[list[Voice], list[Tie]]:
    voices, person_of, body_of = [], [], []
    for number in range(n):
        kind = dice.choice(KINDS)
        outlet = dice.choice((*OUTLETS, None))
        naming = dice.choice(NAMINGS)
        voices.append(Voice(id=f"v{number}", name=f"voice {number}", kind=kind, naming=naming, outlet=outlet))
        is_outlet = kind is Kind.OUTLET and naming is Naming.NAMED and outlet is not None
        # Voices of one outlet's key are that outlet, and no person or other body.
        person_of.append(f"outlet {outlet}" if is_outlet else str(dice.randint(0, n)))
        body_of.append("")
    bodies = {person: f"body {dice.randint(0, 2)}" for person in person_of}
    body_of = [person if person.startswith("outlet") else bodies[person] for person in person_of]
    ties = []
    density = dice.choice((0.2, 0.5, 0.9))
    for a in range(n):
        for b in range(a + 1, n):
            if dice.random() < density:
                ties.append(_make_tie(dice, voices, (a, b), person_of=person_of, body_of=body_of))
    some = dice.sample(range(n), min(n, 4))
    if len(some) > 1 and len({person_of[v] for v in some}) == len(some) and dice.random() < 0.5:
        if not any(a in BODIES and b in BODIES and body_of[i] == body_of[j]
                   for i in some for j in some if i < j
                   for a, b in [(voices[i].kind, voices[j].kind)]):
            ties.append(Tie(voices=tuple(voices[v].id for v in some), relation=Tied.DIFFERENT, reason=REASON))
    dice.shuffle(ties)
    return voices, ties


BODIES = frozenset({Kind.ORGANISATION, Kind.STATE, Kind.OUTLET})


def _make_tie(
    dice: random.Random,
    voices: Sequence[Voice],
    pair: tuple[int, int],
    *,
    person_of: Sequence[str],
    body_of: Sequence[str],
) -> Tie:
    a, b = pair
    relation, level = Tied.UNKNOWN, Level.PERSONS
    is_one_body = body_of[a] == body_of[b]
    are_bodies = voices[a].kind in BODIES and voices[b].kind in BODIES
    roll = dice.random()
    if person_of[a] == person_of[b]:
        relation = Tied.SAME if roll < 0.8 else Tied.SPEAKS_FOR
    elif is_one_body:
        if roll < 0.4 and not are_bodies:
            relation = Tied.DIFFERENT
        elif roll < 0.8:
            relation = Tied.SPEAKS_FOR
        else:
            relation, level = Tied.SAME, Level.ORGANISATIONS
    elif roll < 0.9:
        relation = Tied.DIFFERENT
        level = dice.choice((Level.PERSONS, Level.PERSONS, Level.ORGANISATIONS))
    return Tie(
        voices=(voices[a].id, voices[b].id),
        relation=relation,
        level=level,
        is_certain=dice.random() < 0.9,
        is_undone=dice.random() < 0.05,
        by=dice.choice((None, None, "Ann")) if relation is not Tied.UNKNOWN else None,
        reason=REASON,
    )


def _make_telling(dice: random.Random, number: int, voices: Sequence[Voice]) -> Telling:
    outlet = dice.choice(OUTLETS)
    document = f"{outlet}{dice.randint(1, 2)}"
    source = dice.choice(voices).id if dice.random() < 0.7 else None
    carriers = tuple(dice.choice(voices).id for _ in range(dice.choice((0, 0, 0, 1, 2)))) if source else ()
    minute = dice.randint(0, 59)
    zone = dice.choice(("+00:00", "+00:00", ""))
    value = f"2024-11-0{dice.randint(1, 3)}T{dice.randint(0, 23):02}:{minute:02}{zone}"
    moment = Moment(value=value, precision=Precision.MINUTE, stated_in="given")
    return Telling(
        id=f"t{number}",
        document=document,
        outlet=outlet,
        published=moment if dice.random() < 0.8 else None,
        source=source,
        is_source_certain=dice.random() < 0.75,
        carriers=carriers,
        is_own_report=dice.random() < 0.1,
    )
