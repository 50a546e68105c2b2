"""Which attributions count, which are taken over, and behind which tellings nothing is recorded."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sayso.corroborate.origins_groups import find_groups

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.corroborate.origins_network import Network
    from sayso.corroborate.origins_voices import Differences


@dataclass(slots=True)
class Weighed:
    """The network in groups, and what counts in it.

    Attributes:
        groups: Each after all that it has it from.
        group_of: Of each node.
        above: Of each group the groups that it certainly borrows from, directly.
        counted: Of parts that a certain attribution which counts belongs to, the nodes.
        doubtful: Of parts that a possible attribution which may count belongs to, the nodes, outside `bare`.
        bare: Groups that borrow from no other and have no certain attribution, each with the parts that are possible.
        routes: Of a node the attributions that count for it: the part and its carriers.
        taken_over: Nodes whose source does not count.
        otherwise: Nodes that borrow and whose source counts, as it is known to be another.
    """

    groups: list[list[int]]
    group_of: list[int]
    above: list[set[int] | tuple[int, ...]]
    counted: dict[int, list[int]] = field(default_factory=dict)
    doubtful: dict[int, list[int]] = field(default_factory=dict)
    bare: dict[int, list[int]] = field(default_factory=dict)
    routes: dict[int, list[tuple[int, tuple[int, ...]]]] = field(default_factory=dict)
    taken_over: list[int] = field(default_factory=list)
    otherwise: list[int] = field(default_factory=list)


def weigh_network(net: Network, differences: Differences) -> Weighed:
    """Return what counts, decided from the roots upwards."""
    groups, group_of = find_groups(net.parents)
    weighed = Weighed(groups, group_of, _find_above(net.parents, groups, group_of))
    told = _find_told(net, weighed)
    has_below = bytearray(len(groups))
    for found in weighed.above:
        for group in found:
            has_below[group] = 1
    masks: list[int] = [0] * len(groups)
    for number, group in enumerate(groups):
        above = weighed.above[number]
        mask = 0
        for other in above:
            mask |= masks[other]
        fresh = 0
        for node in group:
            part = net.part[node]
            if part is not None and _count(weighed, node, (part, net.route[node]), mask, differences):
                fresh |= 1 << part if has_below[number] else 0
        for part, route in told.get(number, ()):
            weighed.routes.setdefault(group[0], []).append((part, route))
            weighed.counted.setdefault(part, []).append(group[0])
            fresh |= 1 << part
        is_bare = not above and number not in told and all(net.part[node] is None for node in group)
        _add_possible(net, weighed, number, mask, differences=differences, is_bare=is_bare)
        masks[number] = mask | fresh if fresh else mask
    return weighed


def _find_above(
    parents: Sequence[Sequence[int]], groups: Sequence[Sequence[int]], group_of: Sequence[int]
) -> list[set[int] | tuple[int, ...]]:
    above: list[set[int] | tuple[int, ...]] = []
    for number, group in enumerate(groups):
        if len(group) == 1:
            found = parents[group[0]]
            above.append((group_of[found[0]],) if len(found) == 1 else {group_of[parent] for parent in found})
        else:
            above.append({group_of[parent] for node in group for parent in parents[node]} - {number})
    return above


def _find_told(net: Network, weighed: Weighed) -> dict[int, list[tuple[int, tuple[int, ...]]]]:
    """Return for groups that record nothing what others that cite them say of their sources (rule 4)."""
    told: dict[int, dict[tuple[int, tuple[int, ...]], None]] = {}
    for word in net.words:
        for node in word.about:
            group = weighed.group_of[node]
            if weighed.above[group] or any(net.part[member] is not None for member in weighed.groups[group]):
                continue
            if any(weighed.group_of[teller] != group for teller in word.tellers):
                told.setdefault(group, {})[(word.part, word.route)] = None
    return {group: list(found) for group, found in told.items()}


def _count(
    weighed: Weighed, node: int, route: tuple[int, tuple[int, ...]], mask: int, differences: Differences
) -> bool:
    """Count a certain attribution, unless it is taken over."""
    part = route[0]
    if mask:
        if mask & ~differences.mask(part):
            weighed.taken_over.append(node)
            return False
        weighed.otherwise.append(node)
    weighed.counted.setdefault(part, []).append(node)
    weighed.routes[node] = [route]
    return True


def _add_possible(
    net: Network, weighed: Weighed, number: int, mask: int, *, differences: Differences, is_bare: bool
) -> None:
    possible = [(node, part) for node in weighed.groups[number] if (part := net.possible[node]) is not None]
    if is_bare:
        weighed.bare[number] = list(dict.fromkeys(part for _, part in possible))
        return
    for node, part in possible:
        if not mask & ~differences.mask(part):
            weighed.doubtful.setdefault(part, []).append(node)
