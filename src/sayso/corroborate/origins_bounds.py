"""The least and the greatest number of origins, over all worlds that fit what is known.

The least is a chromatic number, which is NP-hard in general: exact for what occurs, else too low and said to be so,
never too high. docs/architecture/origins.md, "The bounds", has the proofs.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from sayso.corroborate.origins_voices import make_mask

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sayso.corroborate.origins_voices import Differences, Join

# What is left after peeling is taken up to this size, and for so many steps.
MOST_IN_CORE = 150
MOST_STEPS = 2_000
MOST_PEELS = 50
# Groups with several possible sources in common: all 2^12 choices are tried.
MOST_CHOICES = 12


class Least(NamedTuple):
    """A lower bound, whether it is reached in a world, and members that are all known to be different."""

    number: int
    is_exact: bool
    legs: list[int]


class Most(NamedTuple):
    """An upper bound, and whether it is reached in a world."""

    number: int
    is_exact: bool


def find_least(members: Sequence[int], differences: Differences) -> Least:
    """Return into how few classes the members can be put with no two in one that are known to be different."""
    if not members:
        return Least(0, is_exact=True, legs=[])
    inside = set(members)
    joins = [found for groups in differences.joins if len(found := _keep(groups, inside)) > 1]
    largest = max(joins, key=len, default=[[min(members)]])
    legs = _extend([min(group) for group in largest], inside, differences)
    core = _peel(inside, joins, len(legs))
    if not core:
        return Least(len(legs), is_exact=True, legs=sorted(legs))
    some = sorted(core, key=lambda member: (-differences.mask(member).bit_count(), member))[:MOST_IN_CORE]
    near = _make_near(some, differences)
    clique = _find_clique(near)
    if len(clique) > len(legs):
        legs = _extend([some[place] for place in clique], inside, differences)
    colours = _count_colours(near, len(legs))
    return Least(colours.number, is_exact=colours.is_exact and len(some) == len(core), legs=sorted(legs))


def _keep(groups: Join, inside: set[int]) -> Join:
    return [kept for group in groups if (kept := [member for member in group if member in inside])]


def _extend(legs: list[int], inside: set[int], differences: Differences) -> list[int]:
    """Return the clique with members added until none is known to be different from all of it."""
    legs = list(legs)
    mask = make_mask(legs, differences.n)
    for member in sorted(inside.difference(legs)):
        if not mask & ~differences.mask(member):
            legs.append(member)
            mask |= 1 << member
    return legs


def _peel(inside: set[int], joins: Sequence[Join], least: int) -> set[int]:
    """Return the members that are left when those with fewer neighbours than `least` are taken away again and again.

    Neighbours are counted once for each join that they come from: never too few, so never one too many is taken away.
    """
    left = set(inside)
    for _ in range(MOST_PEELS):
        degree = dict.fromkeys(left, 0)
        for groups in joins:
            kept = _keep(groups, left)
            total = sum(map(len, kept))
            for group in kept:
                for member in group:
                    degree[member] += total - len(group)
        stays = {member for member, found in degree.items() if found >= least}
        if len(stays) == len(left):
            break
        left = stays
    return left


def _make_near(members: Sequence[int], differences: Differences) -> list[int]:
    """Return for each place the places that are known to be different, a bit for each."""
    near = []
    for member in members:
        mask = differences.mask(member)
        near.append(sum(1 << place for place, other in enumerate(members) if mask >> other & 1))
    return near


def _iter_bits(mask: int) -> Iterator[int]:
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


def _find_clique(near: Sequence[int]) -> list[int]:
    """Return a large clique, the largest where that takes few steps.

    Source: E. Tomita, T. Seki, An efficient branch-and-bound algorithm for finding a maximum clique, DMTCS 2003.
    """
    best: list[int] = []
    stack: list[tuple[list[int], int, int]] = [([], (1 << len(near)) - 1, len(near))]
    for _ in range(MOST_STEPS):
        if not stack:
            break
        chosen, free, hope = stack.pop()
        if len(chosen) > len(best):
            best = chosen
        if hope <= len(best):
            continue
        ways = []
        for place, colour in reversed(_colour_greedily(near, free)):
            ways.append(([*chosen, place], free & near[place], len(chosen) + colour))
            free &= ~(1 << place)
        stack += reversed(ways)
    return sorted(best)


def _colour_greedily(near: Sequence[int], free: int) -> list[tuple[int, int]]:
    """Return places with colours from 1, no two neighbours alike, in order of colour."""
    order: list[tuple[int, int]] = []
    colour = 0
    while free:
        colour += 1
        left = free
        while left:
            place = (left & -left).bit_length() - 1
            order.append((place, colour))
            free &= ~(1 << place)
            left &= ~(1 << place) & ~near[place]
    return order


def _count_colours(near: Sequence[int], least: int) -> Least:
    """Return the smallest number of colours from `least` on that is not ruled out, and whether it does."""
    number = least
    while (can := _can_colour(near, number)) is False:
        number += 1
    return Least(number, is_exact=can is True, legs=[])


def _can_colour(near: Sequence[int], number: int) -> bool | None:
    """Return whether so many colours do; None where that takes too many steps.

    Source: D. Brelaz, New methods to color the vertices of a graph, Comm. ACM 22 (1979): the most hemmed in first.
    """
    start = (set(range(len(near))), [0] * len(near), 0)
    stack = [start]
    for _ in range(MOST_STEPS):
        if not stack:
            return False
        left, hemmed, used = stack.pop()
        if not left:
            return True
        place = max(left, key=lambda at: (hemmed[at].bit_count(), near[at].bit_count(), -at))
        # One new colour is as good as another.
        for colour in reversed(range(min(number, used + 1))):
            if not hemmed[place] >> colour & 1:
                after = list(hemmed)
                for other in _iter_bits(near[place]):
                    after[other] |= 1 << colour
                stack.append((left - {place}, after, max(used, colour + 1)))
    return None


def find_most(certain: int, bare: Mapping[int, Sequence[int]], taken: set[int]) -> Most:
    """Return how many origins there may be.

    Args:
        certain: How many classes attributions outside bare groups have.
        bare: Groups with nothing certain, each with the classes that are possible.
        taken: The classes already counted.
    """
    shares = [found for classes in bare.values() if len(found := set(classes) - taken) > 1]
    gain, is_exact = len(bare) - len(shares), True
    for cluster in _cluster(shares):
        if len(cluster) > MOST_CHOICES:
            gain += min(sum(map(len, cluster)), len(set().union(*cluster)) + len(cluster) - 1)
            is_exact = False
        else:
            gain += max(
                len(set().union(*some)) + len(cluster) - size
                for size in range(len(cluster) + 1)
                for some in combinations(cluster, size)
            )
    return Most(certain + gain, is_exact)


def _cluster(shares: Sequence[set[int]]) -> list[list[set[int]]]:
    """Return the sets in clusters that have no member in common with one another."""
    place_of: dict[int, int] = {}
    clusters: dict[int, list[set[int]]] = {}
    for share in shares:
        met = {place_of[member] for member in share if member in place_of}
        into = min(met) if met else max(clusters, default=0) + 1
        merged = [share]
        for place in met:
            merged += clusters.pop(place)
        clusters[into] = merged
        for each in merged:
            place_of |= dict.fromkeys(each, into)
    return list(clusters.values())
