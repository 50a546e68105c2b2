"""How many tellings stand or fall with one origin, carrier or outlet.

A label is an outlet, a part or a body. The labels that all known routes of a telling pass through are kept as a path
from a node of one common tree to its root, so that a chain of any depth costs no more than its length; what several
paths have in common is the path of their lowest common ancestor, and what each repeats below it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sayso.corroborate.origins_weighing import Weighed

# Steps below common ancestors, for each node of the network; beyond that what is repeated there is left out.
STEPS_A_NODE = 40
STEPS_MORE = 100_000
MOST_IN_CIRCLE = 200


class LabelTree:
    """Sets of labels as paths in one tree; node 0 is the empty set. A label may stand on a path more than once."""

    def __init__(self, n_labels: int, budget: int) -> None:
        """Allow so many steps below common ancestors."""
        self.n_labels = n_labels
        self.up = [0]
        self.leap = [0]
        self.depth = [0]
        self.label = [-1]
        self.budget = budget
        self.is_exact = True
        self._known: dict[int, int] = {}
        self._met: dict[tuple[int, ...], int] = {}

    def add(self, base: int, label: int) -> int:
        """Return the set with one more label."""
        key = base * self.n_labels + label
        node = self._known.get(key)
        if node is None:
            node = self._known[key] = len(self.up)
            self.up.append(base)
            leap, depth = self.leap, self.depth
            far = leap[base]
            further, at = leap[far], depth[base]
            leap.append(further if at - depth[far] == depth[far] - depth[further] else base)
            depth.append(at + 1)
            self.label.append(label)
        return node

    def meet(self, sets: Iterable[int]) -> int:
        """Return the set of the labels that all of the sets have."""
        key = tuple(sorted(set(sets)))
        if len(key) == 1:
            return key[0]
        found = self._met.get(key)
        if found is None:
            base = key[0]
            for other in key[1:]:
                base = self.find_common(base, other)
            found = base
            for label in sorted(self.find_repeated(key, base)):
                found = self.add(found, label)
            self._met[key] = found
        return found

    def find_common(self, a: int, b: int) -> int:
        """Return the lowest common ancestor, in logarithmically many steps.

        Source: E. Myers, An applicative random-access stack, Inf. Process. Lett. 17 (1983).
        """
        up, leap, depth = self.up, self.leap, self.depth
        if depth[a] < depth[b]:
            a, b = b, a
        while depth[a] > depth[b]:
            a = leap[a] if depth[leap[a]] >= depth[b] else up[a]
        while a != b:
            if leap[a] != leap[b]:
                a, b = leap[a], leap[b]
            else:
                a, b = up[a], up[b]
        return a

    def find_repeated(self, sets: Sequence[int], base: int) -> set[int]:
        """Return the labels that stand below the base on each path."""
        shared: set[int] | None = None
        for at in sorted(sets, key=self.depth.__getitem__):
            steps = self.depth[at] - self.depth[base]
            if not steps or (shared is not None and not shared):
                return set()
            if steps > self.budget:
                self.is_exact = False
                return set()
            self.budget -= steps
            found = self.read(at, base)
            shared = found if shared is None else shared & found
        return shared or set()

    def read(self, at: int, base: int = 0) -> set[int]:
        """Return the labels on the path down to the set from a base above it."""
        found: set[int] = set()
        while at != base:
            found.add(self.label[at])
            at = self.up[at]
        return found

    def count(self, sets: Mapping[int, int]) -> list[int]:
        """Return for each label how many of the sets have it; each set with how often it occurs."""
        n, up, labels = len(self.up), self.up, self.label
        weight, child, sibling = [0] * n, [0] * n, [0] * n
        for at, times in sets.items():
            weight[at] += times
        for node in range(n - 1, 0, -1):  # a set is made after the one that it adds to
            above = up[node]
            weight[above] += weight[node]
            sibling[node] = child[above]
            child[above] = node
        counts, on_path = [0] * self.n_labels, bytearray(self.n_labels)
        repeats = bytearray(n)
        node = child[0]
        while node:
            label = labels[node]
            if on_path[label]:
                repeats[node] = 1
            else:
                on_path[label] = 1
                counts[label] += weight[node]
            if child[node]:
                node = child[node]
                continue
            while node:
                if not repeats[node]:
                    on_path[labels[node]] = 0
                if sibling[node]:
                    node = sibling[node]
                    break
                node = up[node]
        return counts


def count_dependence(
    weighed: Weighed, own: Sequence[int], *, labels_of: Mapping[int, Sequence[int]], n_counted: int, n_labels: int
) -> tuple[list[int], bool]:
    """Return for each label how many of the first tellings stand or fall with it, and whether that is all.

    Args:
        weighed: The groups, from the roots upwards, and the attributions that count.
        own: Of each node the label of its outlet.
        labels_of: Of each part its labels: itself, its body, its outlet.
        n_counted: How many nodes, the first, are tellings of the case.
        n_labels: How many labels there are.
    """
    groups, n = weighed.groups, len(own)
    tree = LabelTree(n_labels, STEPS_A_NODE * n + STEPS_MORE)
    sets = [0] * n
    start, ends, routes, add = groups.parents.start, groups.parents.ends, weighed.routes, tree.add
    for number, node in enumerate(groups.first):
        if number in groups.circles:
            _walk_circle(tree, sets, weighed, own=own, labels_of=labels_of, number=number)
            continue
        begin, end = start[node], start[node + 1]
        base = 0
        if node in routes:
            base = tree.meet(_find_routes(tree, weighed, node, labels_of) + [sets[at] for at in ends[begin:end]])
        elif end - begin == 1:
            base = sets[ends[begin]]
        elif end > begin:
            base = tree.meet([sets[at] for at in ends[begin:end]])
        sets[node] = add(base, own[node])
    times: dict[int, int] = {}
    for node in range(n_counted):
        times[sets[node]] = times.get(sets[node], 0) + 1
    return tree.count(times), tree.is_exact


def _find_routes(tree: LabelTree, weighed: Weighed, node: int, labels_of: Mapping[int, Sequence[int]]) -> list[int]:
    """Return the labels of each attribution that counts for a telling."""
    sets = []
    for part, carriers in weighed.routes.get(node, ()):
        at = 0
        for passed in (part, *reversed(carriers)):
            for label in labels_of[passed]:
                at = tree.add(at, label)
        sets.append(at)
    return sets


def _walk_circle(
    tree: LabelTree,
    sets: list[int],
    weighed: Weighed,
    *,
    own: Sequence[int],
    labels_of: Mapping[int, Sequence[int]],
    number: int,
) -> None:
    """Find the sets of a circle's tellings: the greatest that agree with one another."""
    group, parents = weighed.groups.circles[number], weighed.groups.parents
    inside = set(group)
    ways_in: dict[int, list[int]] = {}
    for node in group:
        ways = _find_routes(tree, weighed, node, labels_of)
        ways_in[node] = ways + [sets[parent] for parent in parents.get(node) if parent not in inside]
    entries = [way for ways in ways_in.values() for way in ways]
    if not entries:  # nothing stands behind it: each may be where it began
        for node in group:
            sets[node] = tree.add(0, own[node])
        return
    base = tree.meet(entries)
    steps = sum(tree.depth[way] for way in set(entries)) + len(group)
    common = tree.read(base)
    found: Mapping[int, set[int]] = {}
    if len(group) > MOST_IN_CIRCLE or steps > tree.budget:
        tree.is_exact = False
    else:
        tree.budget -= steps
        read = {way: tree.read(way) for way in set(entries)}
        known = {node: [read[way] for way in ways] for node, ways in ways_in.items()}
        within = {node: [parent for parent in parents.get(node) if parent in inside] for node in group}
        found = _agree(known, within, own)
    for node in group:
        at = base
        for label in sorted(found.get(node, {own[node]}) - common):
            at = tree.add(at, label)
        sets[node] = at


def _agree(
    known: Mapping[int, Sequence[set[int]]], within: Mapping[int, Sequence[int]], own: Sequence[int]
) -> Mapping[int, set[int]]:
    """Return the greatest sets of a circle's tellings that agree with one another.

    Args:
        known: Of each the sets by which it has it from outside.
        within: Of each those of the circle that it has it from.
        own: Of each node the label of its outlet.
    """
    found: dict[int, set[int]] = {}
    is_changed = True
    while is_changed:
        is_changed = False
        for node, sets in known.items():
            ways = [*sets, *(found[parent] for parent in within[node] if parent in found)]
            if ways:
                new = set.intersection(*ways) | {own[node]}
                if new != found.get(node):
                    found[node] = new
                    is_changed = True
    return found
