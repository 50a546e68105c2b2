"""Which voices are one and which are known to be different, on both levels.

A *part* is a class of voices that are the same person or source; a *body* a class of parts that speak for one body.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from sayso.corroborate.origins_ties import Link, Split, join, settle
from sayso.records import Kind, Level, Naming, OriginReason, SetAside, SetAsideCode, Tie, Tied

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sayso.corroborate.origins_ties import Settled
    from sayso.records import Voice

BODIES = frozenset({Kind.ORGANISATION, Kind.STATE, Kind.OUTLET})
MOST_GROUPED = 30

Join = list[list[int]]  # any two of different groups are known to be different


class Differences:
    """Which parts (or bodies) are known to be different, as bit masks made when asked for."""

    def __init__(self, n: int, joins: Sequence[Join]) -> None:
        """Keep the joins of n members."""
        self.n = n
        self.joins = joins
        self._whole: dict[int, int] = {}
        self._at: dict[int, list[tuple[int, int]]] | None = None
        self._masks: dict[int, int] = {}

    def mask(self, member: int) -> int:
        """Return the members known to be different from this one, a bit for each."""
        found = self._masks.get(member)
        if found is None:
            found = 0
            if self._at is None:
                self._at = self._find_places()
            for number, place in self._at.get(member, ()):
                groups = self.joins[number]
                if len(groups) == 2 and len(groups[1 - place]) == 1:  # noqa: PLR2004 (a plain pair)
                    found |= 1 << groups[1 - place][0]
                    continue
                found |= self._get_whole(number) & ~make_mask(groups[place], self.n)
            self._masks[member] = found
        return found

    def _find_places(self) -> dict[int, list[tuple[int, int]]]:
        """Return for each member the joins that it stands in, and in which of their groups."""
        found: dict[int, list[tuple[int, int]]] = {}
        for number, groups in enumerate(self.joins):
            for place, group in enumerate(groups):
                for member in group:
                    found.setdefault(member, []).append((number, place))
        return found

    def _get_whole(self, number: int) -> int:
        if number not in self._whole:
            self._whole[number] = make_mask((member for group in self.joins[number] for member in group), self.n)
        return self._whole[number]


def make_mask(members: Iterable[int], n: int) -> int:
    """Return a bit for each member, of n; linear in n where there are many."""
    some = list(members)
    if len(some) == 1:
        return 1 << some[0]
    bits = bytearray((n >> 3) + 1)
    for member in some:
        bits[member >> 3] |= 1 << (member & 7)
    return int.from_bytes(bits, "little")


@dataclass(slots=True)
class Parts:
    """Voices put into parts, and parts into bodies.

    Attributes:
        voices: Sorted by id; places in it are the numbers of voices.
        part_of: Of each voice the number of its part; parts are numbered by their smallest voice.
        members: Of each part its voices.
        body_of: Of each part the number of its body.
        part_joins: Which parts are known to be different.
        body_joins: Which bodies are.
        part_links: The ties that make parts.
        body_links: The ties that make bodies of parts.
        set_aside: Ties that are not applied, and why.
        private: Parts, by number, in which a person tied an unnamed voice to one that the machine may not.
    """

    voices: list[Voice]
    part_of: list[int]
    members: list[list[int]]
    body_of: list[int]
    part_joins: list[Join]
    body_joins: list[Join]
    part_links: list[Link]
    body_links: list[Link]
    set_aside: list[SetAside]
    private: set[int]


def may_machine_tie(a: Voice, b: Voice) -> bool:
    """Return whether the machine may hold two voices to be the same: no unmasking."""
    if a.naming is Naming.NAMED and b.naming is Naming.NAMED:
        return True
    if a.naming is Naming.NAMED or b.naming is Naming.NAMED:
        return False
    return a.outlet is not None and a.outlet == b.outlet


def find_parts(voices: Sequence[Voice], ties: Sequence[Tie]) -> Parts:
    """Return which voices are one and which are different, after what contradicts is set aside."""
    voices = sorted(voices, key=lambda voice: voice.id)
    given = _Given(voices)
    for tie in [*_tie_outlets(voices), *ties]:
        given.add(tie)
    first = settle(len(voices), given.links, given.splits, given.opens)
    part_of, n_parts = _number(first.root)
    second = _settle_bodies(given, first, part_of, n_parts)
    body_of, n_bodies = _number(second.root)
    members: list[list[int]] = [[] for _ in range(n_parts)]
    for voice, part in enumerate(part_of):
        members[part].append(voice)
    body_joins = [found for split in second.splits for found in _make_joins(split, body_of)]
    part_joins = [found for split in first.splits for found in _make_joins(split, part_of)]
    if n_bodies < n_parts:
        parts_of: list[list[int]] = [[] for _ in range(n_bodies)]
        for part, body in enumerate(body_of):
            parts_of[body].append(part)
        for groups in body_joins:
            lifted = [[part for body in group for part in parts_of[body]] for group in groups]
            if sum(map(len, lifted)) > sum(map(len, groups)):
                part_joins.append(lifted)
    private = {part_of[link.one] for link in first.links if _is_private(link.tie, voices[link.one], voices[link.other])}
    return Parts(
        voices=list(voices),
        part_of=part_of,
        members=members,
        body_of=body_of,
        part_joins=part_joins,
        body_joins=body_joins,
        part_links=first.links,
        body_links=second.links,
        set_aside=[*given.set_aside, *first.set_aside, *second.set_aside],
        private=private,
    )


def _is_private(tie: Tie, one: Voice, other: Voice) -> bool:
    return tie.by is not None and not may_machine_tie(one, other)


def _number(root: Sequence[int]) -> tuple[list[int], int]:
    """Return for each member the number of its class, in order of the smallest members, and how many there are."""
    numbers: dict[int, int] = {}
    place = [numbers.setdefault(r, len(numbers)) for r in root]
    return place, len(numbers)


def _tie_outlets(voices: Sequence[Voice]) -> list[Tie]:
    """Return ties for voices that have one outlet's key."""
    by_key: dict[str, list[str]] = {}
    for voice in voices:
        if voice.kind is Kind.OUTLET and voice.naming is Naming.NAMED and voice.outlet is not None:
            by_key.setdefault(voice.outlet, []).append(voice.id)
    return [
        Tie(voices=tuple(ids), relation=Tied.SAME, reason=OriginReason(code="same-outlet", parts=(("outlet", key),)))
        for key, ids in by_key.items()
        if len(ids) > 1
    ]


class _Given:
    """Ties as links and splits of numbered voices; what the machine may not tie is left out."""

    def __init__(self, voices: Sequence[Voice]) -> None:
        self.voices = voices
        self.number = {voice.id: number for number, voice in enumerate(voices)}
        self.links: list[Link] = []
        self.body_links: list[Link] = []
        self.splits: list[Split] = []
        self.opens: list[tuple[int, int]] = []
        self.set_aside: list[SetAside] = []

    def add(self, tie: Tie) -> None:
        """Take in one tie."""
        if tie.is_undone:
            self.set_aside.append(SetAside(code=SetAsideCode.UNDONE, ties=(tie,)))
            return
        known = [self.number[voice] for voice in dict.fromkeys(tie.voices) if voice in self.number]
        if len(known) < 2:  # noqa: PLR2004 (nothing to tie)
            return
        if tie.relation is Tied.UNKNOWN:
            if tie.by is not None and tie.level is Level.PERSONS:
                self.opens += [(a, b) for i, a in enumerate(known[:MOST_GROUPED]) for b in known[i + 1 :]]
        elif not tie.is_certain:
            return
        elif tie.relation is Tied.SAME:
            self.add_same(tie, known)
        elif tie.relation is Tied.SPEAKS_FOR:
            self.add_speakers(tie, known)
        else:
            self.add_split(tie, known)

    def add_same(self, tie: Tie, known: list[int]) -> None:
        """Take in that voices are one."""
        heap = self.links if tie.level is Level.PERSONS else self.body_links
        if tie.by is not None:
            sets = [sorted(known)]
        else:
            sets = self.sort_by_mask(known)
            if len(sets) > 1:
                self.set_aside.append(SetAside(code=SetAsideCode.UNMASKING, ties=(tie,)))
        for members in sets:
            heap += [Link(members[0], member, tie) for member in members[1:]]

    def sort_by_mask(self, known: list[int]) -> list[list[int]]:
        """Return the voices that the machine may tie, together: the named ones, the unnamed ones of each outlet."""
        sets: dict[object, list[int]] = {}
        for number in sorted(known):
            voice = self.voices[number]
            key: object = ("named",)
            if voice.naming is not Naming.NAMED:
                key = number if voice.outlet is None else voice.outlet
            sets.setdefault(key, []).append(number)
        return list(sets.values())

    def add_speakers(self, tie: Tie, known: list[int]) -> None:
        """Take in that voices speak for the last."""
        body, speakers = known[-1], known[:-1]
        if tie.by is None:
            is_named = self.voices[body].naming is Naming.NAMED
            allowed = [s for s in speakers if is_named and self.voices[s].naming is Naming.NAMED]
            if len(allowed) < len(speakers):
                self.set_aside.append(SetAside(code=SetAsideCode.UNMASKING, ties=(tie,)))
            speakers = allowed
        self.body_links += [Link(speaker, body, tie) for speaker in speakers]

    def add_split(self, tie: Tie, known: list[int]) -> None:
        """Take in that voices are different from one another."""
        unnamed = [number for number in known if self.voices[number].naming is not Naming.NAMED]
        sets = self.sort_by_mask(unnamed)
        if tie.by is not None or len(sets) < 2:  # noqa: PLR2004 (of one outlet, or none)
            self.splits.append(Split([[number] for number in sorted(known)], tie))
            return
        self.set_aside.append(SetAside(code=SetAsideCode.UNMASKING, ties=(tie,)))
        named = sorted(set(known) - set(unnamed))
        if named:
            self.splits.append(Split([*([number] for number in named), sorted(unnamed)], tie))
        self.splits += [Split([[number] for number in group], tie) for group in sets if len(group) > 1]


def _settle_bodies(given: _Given, first: Settled, part_of: list[int], n_parts: int) -> Settled:
    """Return which parts are one body, and which bodies are known to be different."""
    links = [Link(part_of[link.one], part_of[link.other], link.tie) for link in given.body_links]
    splits: list[Split] = []
    for split in first.splits:
        groups = split.groups
        if split.tie.level is Level.PERSONS:
            groups = [[voice for voice in group if given.voices[voice].kind in BODIES] for group in groups]
        joins = _make_joins(Split([group for group in groups if group], split.tie, split.void), part_of)
        splits += [Split(found, split.tie) for found in joins]
    return settle(n_parts, [link for link in links if link.one != link.other], splits, ())


def _make_joins(split: Split, place: Sequence[int]) -> list[Join]:
    """Return a split over the classes that its members were put in, without what is void."""
    group_of: dict[int, int] = {}
    for number, group in sorted(enumerate(split.groups), key=lambda item: (len(item[1]), item[0])):
        for member in group:
            group_of.setdefault(place[member], number)
    void = {(place[a], place[b]) for a, b in split.void if place[a] in group_of and place[b] in group_of}
    apart = [Link(group_of[a], group_of[b], split.tie) for a, b in void if group_of[a] != group_of[b]]
    root = join(len(split.groups), apart) if apart else range(len(split.groups))
    groups: dict[int, list[int]] = {}
    for member, number in group_of.items():
        groups.setdefault(root[number], []).append(member)
    joins = [list(groups.values())] if len(groups) > 1 else []
    if apart:
        # Groups that were put together for one void pair lose others: these are given back one by one.
        for group in groups.values():
            for a, b in combinations(group if len(group) <= MOST_GROUPED else (), 2):
                if group_of[a] != group_of[b] and (a, b) not in void and (b, a) not in void:
                    joins.append([[a], [b]])
    return joins
