"""Which attributions count, which are taken over, and behind which tellings nothing is recorded."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sayso.corroborate.origins_groups import find_groups

if TYPE_CHECKING:
    from sayso.corroborate.origins_groups import Groups
    from sayso.corroborate.origins_network import Network
    from sayso.corroborate.origins_voices import Differences

Route = tuple[int, tuple[int, ...]]  # a part, and the parts that carried it, the nearest to the article first


@dataclass(slots=True)
class Weighed:
    """The network in groups, and what counts in it.

    Attributes:
        groups: Each after all that it has it from.
        counted: Of parts that a certain attribution which counts belongs to, the nodes.
        doubtful: Of parts that a possible attribution which may count belongs to, the nodes, outside `bare`.
        bare: Groups that borrow from no other and have no certain attribution, each with the parts that are possible.
        routes: Of a node the attributions that count for it.
        taken_over: Nodes whose source does not count.
        otherwise: Nodes that borrow and whose source counts, as it is known to be another.
        roots: Groups that borrow from no other.
    """

    groups: Groups
    counted: dict[int, list[int]] = field(default_factory=dict)
    doubtful: dict[int, list[int]] = field(default_factory=dict)
    bare: dict[int, tuple[int, ...]] = field(default_factory=dict)
    routes: dict[int, tuple[Route, ...]] = field(default_factory=dict)
    taken_over: list[int] = field(default_factory=list)
    otherwise: list[int] = field(default_factory=list)
    roots: list[int] = field(default_factory=list)


def weigh_network(net: Network, differences: Differences) -> Weighed:
    """Return what counts, decided from the roots upwards."""
    return _Weighing(net, differences).weigh()


class _Weighing:
    """Goes through the groups once."""

    def __init__(self, net: Network, differences: Differences) -> None:
        self.net = net
        self.differences = differences
        self.groups = find_groups(len(net.outlet), net.takers, net.givers)
        self.weighed = Weighed(self.groups)
        self.told = self.find_told()
        # Of each node the parts that count at it or above it, a bit for each.
        self.masks: list[int] = [0] * len(net.outlet)
        self.has_child = bytearray(len(net.outlet))
        for giver in net.givers:
            self.has_child[giver] = 1

    def weigh(self) -> Weighed:
        """Return what counts."""
        groups, masks, told, weighed = self.groups, self.masks, self.told, self.weighed
        parts, possible = self.net.part, self.net.possible
        start, ends, circles = groups.parents.start, groups.parents.ends, groups.circles
        for number, node in enumerate(groups.first):
            if number in circles or number in told:
                self.weigh_several(number)
                continue
            begin, end = start[node], start[node + 1]
            mask = 0
            for parent in ends[begin:end]:
                mask |= masks[parent]
            if begin == end:
                weighed.roots.append(number)
                if parts[node] < 0:
                    weighed.bare[number] = (possible[node],) if possible[node] >= 0 else ()
                    continue
            if parts[node] >= 0:
                is_counted = self.count(node, mask)
                if is_counted and self.has_child[node]:
                    masks[node] = mask | 1 << parts[node]
                    continue
            elif possible[node] >= 0:
                self.add_possible(node, mask)
            masks[node] = mask
        return weighed

    def weigh_several(self, number: int) -> None:
        """Weigh a circle, or a group whose source others tell."""
        net, weighed = self.net, self.weighed
        nodes, above = self.groups.get(number), self.groups.get_above(number)
        mask = fresh = 0
        for other in above:
            mask |= self.masks[self.groups.first[other]]
        for node in nodes:
            if net.part[node] >= 0 and self.count(node, mask):
                fresh |= 1 << net.part[node]
        for part, route in self.told.get(number, ()):
            weighed.routes[nodes[0]] = (*weighed.routes.get(nodes[0], ()), (part, route))
            weighed.counted.setdefault(part, []).append(nodes[0])
            fresh |= 1 << part
        for node in nodes:
            self.masks[node] = mask | fresh
        if not above:
            weighed.roots.append(number)
        if not above and number not in self.told and all(net.part[node] < 0 for node in nodes):
            weighed.bare[number] = tuple(dict.fromkeys(part for node in nodes if (part := net.possible[node]) >= 0))
            return
        for node in nodes:
            if net.possible[node] >= 0:
                self.add_possible(node, mask)

    def find_told(self) -> dict[int, list[Route]]:
        """Return for groups that record nothing what others that cite them say of their sources (rule 4)."""
        told: dict[int, dict[Route, None]] = {}
        for word in self.net.words:
            for node in word.about:
                group = self.groups.of[node]
                if self.groups.get_above(group) or any(self.net.part[member] >= 0 for member in self.groups.get(group)):
                    continue
                if any(self.groups.of[teller] != group for teller in word.tellers):
                    told.setdefault(group, {})[(word.part, word.route)] = None
        return {group: list(found) for group, found in told.items()}

    def count(self, node: int, mask: int) -> bool:
        """Count a certain attribution, unless it is taken over."""
        part = self.net.part[node]
        if mask:
            if mask & ~self.differences.mask(part):
                self.weighed.taken_over.append(node)
                return False
            self.weighed.otherwise.append(node)
        self.weighed.counted.setdefault(part, []).append(node)
        self.weighed.routes[node] = ((part, self.net.route.get(node, ())),)
        return True

    def add_possible(self, node: int, mask: int) -> None:
        """Remember a possible attribution, unless it is taken over."""
        part = self.net.possible[node]
        if not mask & ~self.differences.mask(part):
            self.weighed.doubtful.setdefault(part, []).append(node)
