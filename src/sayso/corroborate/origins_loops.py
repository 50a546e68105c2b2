"""Circles: tellings that have it from one another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.corroborate.origins_groups import find_groups
from sayso.records import Loop

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.corroborate.origins_network import Network
    from sayso.corroborate.origins_weighing import Weighed


def gather_loops(net: Network, weighed: Weighed) -> tuple[Loop, ...]:
    """Return the circles, those first behind which there is nothing."""
    loops = []
    for number, group in weighed.groups.circles.items():
        loops.append(_make_loop(net, group, is_circular=number in weighed.bare, is_certain=True))
    loops += _find_possible_loops(net, weighed)
    return tuple(sorted(loops, key=lambda loop: (not loop.is_circular, not loop.is_certain, loop.tellings)))


def _make_loop(net: Network, nodes: Sequence[int], *, is_circular: bool, is_certain: bool) -> Loop:
    tellings = [telling.id for node in nodes if (telling := net.telling[node]) is not None]
    outlets = dict.fromkeys(net.outlet[node] for node in nodes)
    return Loop(tellings=tuple(tellings), outlets=tuple(outlets), is_circular=is_circular, is_certain=is_certain)


def _find_possible_loops(net: Network, weighed: Weighed) -> list[Loop]:
    """Return circles of bare groups that close by borrowings that are only possible."""
    if not net.maybe:
        return []
    groups, numbers = weighed.groups, list(weighed.bare)
    at = {number: place for place, number in enumerate(numbers)}
    root = _find_only_roots(weighed, at)
    edges = [
        (at[groups.of[node]], root[other], other)
        for node, others in net.maybe.items()
        for other in others
        if groups.of[node] in at and root[other] >= 0
    ]
    circles = find_groups(len(at), [edge[0] for edge in edges], [edge[1] for edge in edges])
    found: dict[int, dict[int, None]] = {}
    for taker, giver, other in edges:
        circle = circles.of[taker]
        if circle == circles.of[giver] and (taker == giver or circle in circles.circles):
            nodes = found.setdefault(circle, {})
            nodes.update(dict.fromkeys([*groups.get(numbers[taker]), *groups.get(numbers[giver])]))
            # By which way it closes: from the other's telling up to the root that it has it from.
            node = other
            while groups.of[node] != numbers[giver] and node not in nodes:
                nodes[node] = None
                node = groups.parents.get(node)[0]
    some = [sorted(nodes) for nodes in found.values() if len(nodes) > 1]
    return [_make_loop(net, nodes, is_circular=True, is_certain=False) for nodes in some]


def _find_only_roots(weighed: Weighed, at: dict[int, int]) -> list[int]:
    """Return for each node the place of the one bare group that it has all from; -1 where there is none such."""
    groups = weighed.groups
    root = [-1] * len(groups.of)
    start, ends = groups.parents.start, groups.parents.ends
    for number, first in enumerate(groups.first):
        begin, end = start[first], start[first + 1]
        if number not in groups.circles and end <= begin + 1:
            root[first] = root[ends[begin]] if end > begin else at.get(number, -1)
            continue
        nodes = groups.get(number)
        above = {root[parent] for node in nodes for parent in groups.parents.get(node) if groups.of[parent] != number}
        found = at.get(number, -1) if not above else (above.pop() if len(above) == 1 else -1)
        for node in nodes:
            root[node] = found
    return root
