"""Small random cases, in which who is whom is settled beforehand and only partly told; and large ones for time."""

# ruff: noqa: PLR2004 - how likely a thing is stands where the dice are rolled

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
ELSEWHERE = ("elsewhere", "cited:A", "cited:B")
BODIES = frozenset({Kind.ORGANISATION, Kind.STATE, Kind.OUTLET})


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
                    taken_from=other.id if dice.random() < 0.92 else dice.choice(ELSEWHERE),
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
    density = dice.choice((0.2, 0.5, 0.9))
    ties = [
        _make_tie(dice, voices, (a, b), person_of=person_of, body_of=body_of)
        for a in range(n)
        for b in range(a + 1, n)
        if dice.random() < density
    ]
    # A roster: several of whom each is another, of bodies too where the voices are bodies.
    some = dice.sample(range(n), min(n, 4))
    bodies_of_some = [body_of[v] for v in some if voices[v].kind in BODIES]
    is_true = len({person_of[v] for v in some}) == len(some) and len(set(bodies_of_some)) == len(bodies_of_some)
    if len(some) > 1 and is_true and dice.random() < 0.5:
        ties.append(Tie(voices=tuple(voices[v].id for v in some), relation=Tied.DIFFERENT, reason=REASON))
    dice.shuffle(ties)
    return voices, ties


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


def make_hard_case(seed: int) -> OriginCase:
    """Return a small case of the kinds in which bounds are hard.

    Many voices of which some pairs are known to be different (rings of five, which need three classes and have no three
    of which each is another), and circles of tellings whose sources are all only possible.
    """
    dice = random.Random(seed)  # noqa: S311 (no secret)
    n = dice.randint(4, 7)
    voices = [Voice(id=f"v{i}", name=f"voice {i}", kind=Kind.PERSON, naming=Naming.NAMED) for i in range(n)]
    pairs = [(a, b) for a in range(n) for b in range(a + 1, n)]
    if dice.random() < 0.5:
        pairs = [(i, (i + 1) % n) for i in range(n)] + dice.sample(pairs, 1)
    else:
        pairs = dice.sample(pairs, dice.randint(n, len(pairs)))
    ties = [Tie(voices=(f"v{a}", f"v{b}"), relation=Tied.DIFFERENT, reason=REASON) for a, b in pairs]
    tellings, borrowings = [], []
    if dice.random() < 0.5:
        tellings += [Telling(id=f"s{i}", document=f"s{i}", outlet=f"S{i}", source=f"v{i}") for i in range(n)]
    else:
        for circle in range(dice.randint(1, 3)):
            ids = [f"c{circle}-{i}" for i in range(dice.randint(2, 3))]
            tellings += [
                Telling(id=t, document=t, outlet=t, source=dice.choice(voices).id, is_source_certain=False) for t in ids
            ]
            borrowings += [
                Borrowing(telling=a, taken_from=b, kind=Borrowed.COPIES, reason=REASON)
                for a, b in zip(ids, ids[1:] + ids[:1], strict=True)
            ]
    return OriginCase(
        claim=f"hard-{seed}",
        tellings=tuple(tellings),
        borrowings=tuple(borrowings),
        voices=tuple(voices),
        ties=tuple(ties),
    )


def make_large_case(n: int, shape: str, *, seed: int = 7) -> OriginCase:
    """Return a case of n tellings.

    Args:
        n: How many.
        shape: ``news`` (wires, reprints, citations, named and unnamed sources, own voices), ``chain`` (each copies the
            one before), ``copies`` (of one article), ``circle`` (each copies the next), ``sources`` (a different named
            source in each) or ``ladder`` (each copies two before it).
        seed: For the dice.
    """
    dice = random.Random(seed)  # noqa: S311 (no secret)
    if shape == "news":
        return _make_news(n, dice)
    tellings = [
        Telling(
            id=f"t{i}",
            document=f"d{i}",
            outlet=f"o{i % 500}" if shape in {"copies", "sources"} else f"o{i}",
            published=_make_time(dice, i),
            source=f"v{i}" if shape == "sources" or (i == 0 and shape != "circle") else None,
        )
        for i in range(n)
    ]
    takes: list[tuple[int, int]] = []
    if shape == "chain":
        takes = [(i, i - 1) for i in range(1, n)]
    elif shape == "copies":
        takes = [(i, 0) for i in range(1, n)]
    elif shape == "circle":
        takes = [(i, (i + 1) % n) for i in range(n)]
    elif shape == "ladder":
        takes = [(i, i - back) for i in range(2, n) for back in (1, 2)]
    voices = [
        Voice(id=f"v{i}", name=f"voice {i}", kind=Kind.PERSON, naming=Naming.NAMED)
        for i in range(n if shape == "sources" else 1)
    ]
    ties = [Tie(voices=tuple(v.id for v in voices), relation=Tied.DIFFERENT, reason=REASON)] if len(voices) > 1 else []
    return OriginCase(
        claim=shape,
        tellings=tuple(tellings),
        borrowings=tuple(
            Borrowing(telling=f"t{a}", taken_from=f"t{b}", kind=Borrowed.COPIES, reason=REASON) for a, b in takes
        ),
        voices=tuple(voices),
        ties=tuple(ties),
    )


def _make_time(dice: random.Random, number: int) -> Moment:
    day = 1 + number * 28 // 100_000 % 28
    value = f"2024-11-{day:02}T{dice.randint(0, 23):02}:{dice.randint(0, 59):02}:00+00:00"
    return Moment(value=value, precision=Precision.MINUTE, stated_in="given")


def _make_news(n: int, dice: random.Random) -> OriginCase:
    """Return tellings as news has them: 300 outlets, 10 wires, 150 named parties in three spellings, 50 officials."""
    voices = [
        Voice(id=f"v{party}-{form}", name=f"party {party}", kind=Kind.PERSON, naming=Naming.NAMED)
        for party in range(150)
        for form in range(3)
    ]
    voices += [
        Voice(id=f"u{i}", name="an official", kind=Kind.PERSON, naming=Naming.DESCRIBED, outlet=f"o{i}")
        for i in range(50)
    ]
    voices += [
        Voice(id=f"w{i}", name=f"wire {i}", kind=Kind.OUTLET, naming=Naming.NAMED, outlet=f"o{i}") for i in range(10)
    ]
    ties = [
        Tie(voices=(f"v{party}-0", f"v{party}-{form}"), relation=Tied.SAME, reason=REASON)
        for party in range(150)
        for form in (1, 2)
    ]
    ties.append(Tie(voices=tuple(f"v{party}-0" for party in range(150)), relation=Tied.DIFFERENT, reason=REASON))
    tellings, borrowings = [], []
    for i in range(n):
        roll, outlet = dice.random(), dice.randint(0, 299)
        source: str | None = None
        carriers: tuple[str, ...] = ()
        if roll < 0.15:
            source = f"v{dice.randint(0, 149)}-{dice.randint(0, 2)}"
            carriers = (f"w{dice.randint(0, 9)}",) if roll < 0.05 else ()
        elif roll < 0.2:
            source = f"u{dice.randint(0, 49)}"
        elif roll < 0.25:
            source = f"w{dice.randint(0, 9)}"
        elif roll < 0.9 and i:
            other = dice.randint(0, min(i - 1, 200)) if roll < 0.7 else dice.randint(0, i - 1)
            kind = Borrowed.COPIES if roll < 0.8 else Borrowed.CITES
            borrowings.append(Borrowing(telling=f"t{i}", taken_from=f"t{other}", kind=kind, reason=REASON))
            if roll < 0.4:
                more = dice.randint(0, i - 1)
                borrowings.append(
                    Borrowing(telling=f"t{i}", taken_from=f"t{more}", kind=kind, is_certain=roll < 0.3, reason=REASON)
                )
        tellings.append(
            Telling(
                id=f"t{i}",
                document=f"d{i}",
                outlet=f"o{outlet}",
                published=_make_time(dice, i),
                source=source,
                carriers=carriers,
            )
        )
    return OriginCase(
        claim="news", tellings=tuple(tellings), borrowings=tuple(borrowings), voices=tuple(voices), ties=tuple(ties)
    )
