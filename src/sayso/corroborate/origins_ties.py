"""What voices are to one another, once ties that contradict one another are set aside.

docs/architecture/origins.md, "Ties that contradict one another", is the law here. Ranks: a person's tie 1, the
machine's 0. Everything is linear in the ties but for contradictions, which are few or else dissolved by whole classes.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, NamedTuple

from sayso.records import OriginReason, SetAside, SetAsideCode, Tie, Tied

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# More contradictions at once are not untangled: the classes they lie in are dissolved.
MOST_AT_ONCE = 64
MOST_ROUNDS = 50
MOST_PAIRWISE = 30
# Stands for a person's wish that a pair stay open.
_NO_TIE = Tie(voices=(), relation=Tied.UNKNOWN, reason=OriginReason(code=""), by="")


class Link(NamedTuple):
    """Two of a level's members held to be the same, by this tie."""

    one: int
    other: int
    tie: Tie


@dataclass(slots=True)
class Split:
    """Members held to be different: any two that are not of one group.

    Attributes:
        groups: Members of one group say nothing of one another.
        tie: What says so.
        void: Pairs of which it is not applied.
    """

    groups: list[list[int]]
    tie: Tie
    void: set[tuple[int, int]] = field(default_factory=set)

    def glue(self, place: Sequence[int]) -> None:
        """Put the members of one place into one group, where they are too many to void their pairs one by one."""
        number_of: dict[int, int] = {}
        members: dict[int, int] = {}
        for group in self.groups:
            for member in group:
                members[place[member]] = members.get(place[member], 0) + 1
        glued: list[list[int]] = []
        for group in self.groups:
            at = place[group[0]]
            if members[at] <= MOST_PAIRWISE:
                glued.append(group)
            elif at in number_of:
                glued[number_of[at]].extend(group)
            else:
                number_of[at] = len(glued)
                glued.append(list(group))
        self.groups = glued


@dataclass(slots=True)
class Settled:
    """One level's ties after contradictions are set aside.

    Attributes:
        root: Of each member the smallest member that it is one with.
        links: What is applied.
        splits: What is applied, without their void pairs.
        set_aside: What is not, and why.
    """

    root: list[int]
    links: list[Link]
    splits: list[Split]
    set_aside: list[SetAside]


def join(n: int, links: Iterable[Link]) -> list[int]:
    """Return for each of n members the smallest one that the links make it one with."""
    root = list(range(n))
    for link in links:
        a, b = _find(root, link.one), _find(root, link.other)
        if a != b:
            root[max(a, b)] = min(a, b)
    return [_find(root, member) for member in range(n)]


def _find(root: list[int], member: int) -> int:
    while root[member] != member:
        root[member] = root[root[member]]
        member = root[member]
    return member


def settle(n: int, links: Sequence[Link], splits: Sequence[Split], opens: Iterable[tuple[int, int]]) -> Settled:
    """Return what holds of n members.

    Args:
        n: How many there are.
        links: Ties that make two the same.
        splits: Ties that keep apart.
        opens: Pairs that a person judged to be unknown.
    """
    untangling = _Untangling(n, splits)
    by_person = [link for link in links if link.tie.by is not None]
    by_machine = [link for link in links if link.tie.by is None]
    judged = [split for split in splits if split.tie.by is not None]
    guessed = [split for split in splits if split.tie.by is None]
    by_person = untangling.untangle([], by_person, judged)
    stay_open = {_pair(a, b) for a, b in opens} | untangling.locked
    fences = [Split([[a], [b]], _NO_TIE) for a, b in sorted(stay_open)] if stay_open else []
    by_machine = untangling.untangle(by_person, by_machine, [*judged, *fences], are_equal=False)
    by_machine = untangling.untangle(by_person, by_machine, guessed)
    if stay_open:
        untangling.void_open(guessed, stay_open)
    applied = [*by_person, *by_machine]
    return Settled(join(n, applied), applied, list(splits), untangling.set_aside)


def _pair(a: int, b: int) -> tuple[int, int]:
    return (a, b) if a < b else (b, a)


def iter_pairs(split: Split, place: Sequence[int]) -> Iterable[tuple[int, int]]:
    """Yield pairs of different groups of a split that have one place; of very many only neighbours."""
    at: dict[int, list[tuple[int, int]]] = {}
    for number, group in enumerate(split.groups):
        for member in group:
            at.setdefault(place[member], []).append((member, number))
    for found in at.values():
        if len(found) == 1:
            continue
        some = combinations(found, 2) if len(found) <= MOST_PAIRWISE else pairwise(found)
        for (a, group_a), (b, group_b) in some:
            if group_a != group_b and a != b and _pair(a, b) not in split.void:
                yield _pair(a, b)


class _Untangling:
    """Sets ties aside until none contradicts another."""

    def __init__(self, n: int, splits: Sequence[Split]) -> None:
        self.n = n
        self.splits = splits
        self.set_aside: list[SetAside] = []
        # Pairs that persons contradict one another about.
        self.locked: set[tuple[int, int]] = set()

    def untangle(
        self, fixed: list[Link], loose: list[Link], splits: Sequence[Split], *, are_equal: bool = True
    ) -> list[Link]:
        """Return the loose links that are left.

        Args:
            fixed: Links of a higher rank.
            loose: Links that may be set aside.
            splits: What keeps apart, of the loose links' rank or a higher one.
            are_equal: Whether it is of the same rank: then the pair of the split is void too.
        """
        if not splits:
            return loose
        held = join(self.n, fixed)
        for turn in range(MOST_ROUNDS + 1):
            place = join(self.n, [*fixed, *loose]) if loose else held
            wrong = [(split, pair) for split in splits for pair in iter_pairs(split, place)]
            if not wrong:
                break
            self.set_aside_held(wrong, held)
            wrong = [(split, pair) for split, pair in wrong if held[pair[0]] != held[pair[1]]]
            if len(wrong) > MOST_AT_ONCE or turn == MOST_ROUNDS:
                bad = {place[pair[0]] for _, pair in wrong}
                gone = [link for link in loose if place[link.one] in bad]
                self.note(gone, [split for split, _ in wrong], are_equal=are_equal)
            else:
                gone = self.find_gone(wrong, loose, held, are_equal=are_equal)
            if are_equal:
                for split in {id(split): split for split, _ in wrong}.values():
                    split.glue(place)
                for split, pair in wrong:
                    split.void.add(pair)
                self.lock(gone, wrong)
            out = {id(link) for link in gone}
            loose = [link for link in loose if id(link) not in out]
        return loose

    def set_aside_held(self, wrong: list[tuple[Split, tuple[int, int]]], held: list[int]) -> None:
        """Void what contradicts links of a higher rank."""
        for split, pair in wrong:
            if held[pair[0]] == held[pair[1]]:
                split.void.add(pair)
                if split.tie is not _NO_TIE:
                    self.set_aside.append(SetAside(code=SetAsideCode.OVERRULED, ties=(split.tie,)))

    def find_gone(
        self, wrong: list[tuple[Split, tuple[int, int]]], loose: list[Link], held: list[int], *, are_equal: bool
    ) -> list[Link]:
        """Return the links on all shortest chains of each contradiction."""
        chains: dict[int, list[Link]] = {}
        for link in loose:
            if held[link.one] != held[link.other]:
                chains.setdefault(held[link.one], []).append(link)
                chains.setdefault(held[link.other], []).append(link)
        gone: dict[int, Link] = {}
        for split, (a, b) in wrong:
            links = _find_chain(chains, held, held[a], held[b])
            gone |= {id(link): link for link in links}
            self.note(links, [split], are_equal=are_equal)
        return list(gone.values())

    def lock(self, gone: list[Link], wrong: list[tuple[Split, tuple[int, int]]]) -> None:
        """Remember what persons contradict one another about."""
        self.locked |= {_pair(link.one, link.other) for link in gone if link.tie.by is not None}
        self.locked |= {pair for split, pair in wrong if split.tie.by is not None and split.tie is not _NO_TIE}

    def note(self, links: Sequence[Link], splits: Sequence[Split], *, are_equal: bool) -> None:
        """Remember what is set aside together, and why."""
        named = [split.tie for split in splits if split.tie is not _NO_TIE]
        ties = list({id(tie): tie for tie in [*(link.tie for link in links), *named]}.values())
        judges = {tie.by for tie in ties}
        code = SetAsideCode.CONTRADICTION
        if not are_equal:
            code = SetAsideCode.OVERRULED
            ties = [tie for tie in ties if tie.by is None]
        elif len(judges) > 1 and None not in judges:
            code = SetAsideCode.JUDGES_DISAGREE
        self.set_aside.append(SetAside(code=code, ties=tuple(ties)))

    def void_open(self, splits: Sequence[Split], opens: set[tuple[int, int]]) -> None:
        """Keep splits of the machine from the pairs that persons left open."""
        for split in splits:
            group = {member: number for number, group in enumerate(split.groups) for member in group}
            near = opens if len(opens) <= len(group) ** 2 else {_pair(a, b) for a, b in combinations(sorted(group), 2)}
            pairs = {
                pair
                for pair in near
                if pair in opens and pair[0] in group and pair[1] in group and group[pair[0]] != group[pair[1]]
            }
            if pairs - split.void:
                split.void |= pairs
                self.set_aside.append(SetAside(code=SetAsideCode.OVERRULED, ties=(split.tie,)))


def _find_chain(chains: dict[int, list[Link]], held: list[int], start: int, end: int) -> list[Link]:
    """Return the links on all shortest chains from one to the other, over classes that are held together."""
    from_start, from_end = _measure(chains, held, start), _measure(chains, held, end)
    length = from_start.get(end)
    if length is None:
        return []
    found: dict[int, Link] = {}
    for place in from_start:
        for link in chains.get(place, ()):
            a, b = held[link.one], held[link.other]
            ways = (from_start[a] + 1 + from_end[b], from_start[b] + 1 + from_end[a])
            if min(ways) == length:
                found[id(link)] = link
    return list(found.values())


def _measure(chains: dict[int, list[Link]], held: list[int], start: int) -> dict[int, int]:
    far = {start: 0}
    queue = deque([start])
    while queue:
        here = queue.popleft()
        for link in chains.get(here, ()):
            for there in (held[link.one], held[link.other]):
                if there not in far:
                    far[there] = far[here] + 1
                    queue.append(there)
    return far
