"""Groups of tellings that have it from one another in a circle, from the roots upwards.

Nodes and edges are numbers in flat lists: with a list for each of many nodes, Python's collector of garbage would take
longer than all the rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(slots=True)
class Ways:
    """For each node the nodes at the other end of its edges: `ends[start[node]:start[node + 1]]`."""

    start: list[int]
    ends: list[int]

    def get(self, node: int) -> list[int]:
        """Return the nodes at the other end."""
        return self.ends[self.start[node] : self.start[node + 1]]


def sort_ways(n: int, one: Sequence[int], other: Sequence[int]) -> Ways:
    """Return the edges from one end to the other by their first end, in the order they were given."""
    ends = np.asarray(other, dtype=np.int64)
    begins = np.asarray(one, dtype=np.int64)
    start = np.zeros(n + 1, dtype=np.int64)
    np.cumsum(np.bincount(begins, minlength=n), out=start[1:])
    return Ways(start.tolist(), ends[np.argsort(begins, kind="stable")].tolist())


@dataclass(slots=True)
class Groups:
    """Strongly connected groups, numbered so that each comes after all that it has it from.

    Attributes:
        first: Of each group its first node.
        circles: All nodes of the groups that have several, by the group's number.
        of: Of each node the number of its group.
        parents: Of each node the nodes that it has it from.
    """

    first: list[int]
    circles: dict[int, list[int]]
    of: list[int]
    parents: Ways

    def get(self, number: int) -> list[int]:
        """Return a group's nodes."""
        return self.circles.get(number) or [self.first[number]]

    def get_above(self, number: int) -> set[int]:
        """Return the groups that a group directly has it from."""
        of = self.of
        return {of[parent] for node in self.get(number) for parent in self.parents.get(node)} - {number}


def find_groups(n: int, takers: Sequence[int], givers: Sequence[int]) -> Groups:
    """Return the groups of n nodes, of which takers have it from givers.

    Linear, without recursion: what is no circle is peeled from the roots upwards; Tarjan's algorithm takes the rest.
    Source: R. Tarjan, Depth-first search and linear graph algorithms, SIAM J. Comput. 1 (1972).
    """
    parents, children = sort_ways(n, takers, givers), sort_ways(n, givers, takers)
    waits = [b - a for a, b in zip(parents.start, parents.start[1:], strict=False)]
    order = [node for node in range(n) if not waits[node]]
    start, ends = children.start, children.ends
    for node in order:  # grows while it is walked
        for child in ends[start[node] : start[node + 1]]:
            waits[child] -= 1
            if not waits[child]:
                order.append(child)
    of = [0] * n
    for number, node in enumerate(order):
        of[node] = number
    groups = Groups(order, {}, of, parents)
    if len(order) < n:
        for group in _find_circles(parents, [node for node in range(n) if waits[node]]):
            number = len(groups.first)
            groups.first.append(group[0])
            if len(group) > 1:
                groups.circles[number] = group
            for node in group:
                of[node] = number
    return groups


def _find_circles(parents: Ways, rest: Sequence[int]) -> list[list[int]]:
    """Return the groups among nodes of which each is in a circle or has it from one."""
    inside = set(rest)
    number: dict[int, int] = {}
    low: dict[int, int] = {}
    place_of: dict[int, int] = {}
    waiting: list[int] = []
    is_waiting: set[int] = set()
    groups: list[list[int]] = []
    for root in rest:
        walk = [] if root in number else [(root, 0)]
        while walk:
            node, step = walk.pop()
            if step == 0:
                number[node] = low[node] = len(number)
                place_of[node] = len(waiting)
                waiting.append(node)
                is_waiting.add(node)
            way = _find_next(parents, node, step, inside=inside, number=number, low=low, is_waiting=is_waiting)
            if way is not None:
                walk += [(node, way + 1), (parents.ends[parents.start[node] + way], 0)]
                continue
            if low[node] == number[node]:
                cut = place_of[node]
                groups.append(sorted(waiting[cut:]))
                is_waiting.difference_update(waiting[cut:])
                del waiting[cut:]
            if walk:
                low[walk[-1][0]] = min(low[walk[-1][0]], low[node])
    return groups


def _find_next(
    parents: Ways,
    node: int,
    step: int,
    *,
    inside: set[int],
    number: dict[int, int],
    low: dict[int, int],
    is_waiting: set[int],
) -> int | None:
    """Return the place of the next parent that was not met yet; None when all were."""
    begin, end = parents.start[node], parents.start[node + 1]
    for place in range(begin + step, end):
        way = parents.ends[place]
        if way not in inside:
            continue
        if way not in number:
            return place - begin
        if way in is_waiting:
            low[node] = min(low[node], number[way])
    return None
