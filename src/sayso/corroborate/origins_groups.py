"""Groups of tellings that have it from one another in a circle, from the roots upwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def find_groups(parents: Sequence[Sequence[int]]) -> tuple[list[list[int]], list[int]]:
    """Return the strongly connected groups, each after all that it has it from, and of each node its group's number.

    Linear, without recursion: what is no circle is peeled from the roots upwards; Tarjan's algorithm takes the rest.
    Source: R. Tarjan, Depth-first search and linear graph algorithms, SIAM J. Comput. 1 (1972).
    """
    n = len(parents)
    waits = [len(found) for found in parents]
    children: list[list[int]] = [[] for _ in range(n)]
    for node, found in enumerate(parents):
        for parent in found:
            children[parent].append(node)
    order = [node for node in range(n) if not waits[node]]
    for node in order:  # grows while it is walked
        for child in children[node]:
            waits[child] -= 1
            if not waits[child]:
                order.append(child)
    groups = [[node] for node in order]
    if len(order) < n:
        groups += _find_circles(parents, [node for node in range(n) if waits[node]])
    place = [0] * n
    for number, group in enumerate(groups):
        for node in group:
            place[node] = number
    return groups, place


def _find_circles(parents: Sequence[Sequence[int]], rest: Sequence[int]) -> list[list[int]]:
    inside = set(rest)
    number: dict[int, int] = {}
    low: dict[int, int] = {}
    waiting: list[int] = []
    is_waiting: set[int] = set()
    groups: list[list[int]] = []
    for start in rest:
        if start in number:
            continue
        walk: list[tuple[int, int]] = [(start, 0)]
        while walk:
            node, step = walk.pop()
            if step == 0:
                number[node] = low[node] = len(number)
                waiting.append(node)
                is_waiting.add(node)
            ways, is_done = parents[node], True
            for at in range(step, len(ways)):
                way = ways[at]
                if way not in inside:
                    continue
                if way not in number:
                    walk += [(node, at + 1), (way, 0)]
                    is_done = False
                    break
                if way in is_waiting:
                    low[node] = min(low[node], number[way])
            if not is_done:
                continue
            if low[node] == number[node]:
                group: list[int] = []
                while not group or group[-1] != node:
                    group.append(waiting.pop())
                    is_waiting.discard(group[-1])
                groups.append(sorted(group))
            if walk:
                above = walk[-1][0]
                low[above] = min(low[above], low[node])
    return groups
