"""Which nodes are one party: chains of "same" that hold no "different".

Persons' decisions come first, then the machine's, the surest first; each is applied only if nobody on the one side is
different from anybody on the other. So the outcome hangs on what was decided, never on the order in which it came.
A surname alone is joined last, and only where one party alone of the same topic or role bears it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sayso.records import PartyFeature, PartyRelation

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence

    from sayso.corroborate.name_judge import Finding

MAX_NAMES: Final = 64
"""More spellings than this of one party are chained by nothing but mischief, and each is checked against each."""

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """What is decided of the nodes of one component, all by the nodes' names for themselves.

    Attributes:
        nodes: The nodes, in order.
        same: Pairs that persons decided to be one, in order.
        apart: Pairs that persons decided to be two, or could not tell, in order.
        found: What the machine found of pairs that it says are one, each pair in order.
        bearers: For each surname alone, the nodes of full names that share a topic or role with it.
    """

    nodes: Sequence[str]
    same: frozenset[Pair]
    apart: frozenset[Pair]
    found: Mapping[Pair, Finding]
    bearers: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(slots=True)
class Clusters:
    """The outcome.

    Attributes:
        of: For each node the smallest node of its cluster.
        members: The nodes of each cluster, by its smallest.
        names: For each cluster the names in it, each with the smallest node that has it.
        refused: Of pairs that the machine found to be one and that were not joined, the reason.
    """

    of: dict[str, str]
    members: dict[str, list[str]]
    names: dict[str, dict[Hashable, str]]
    refused: dict[Pair, PartyFeature]

    def merge(self, one: str, other: str) -> None:
        """Make two clusters one."""
        low, high = sorted((self.of[one], self.of[other]))
        if low == high:
            return
        for node in self.members.pop(high):
            self.of[node] = low
            self.members[low].append(node)
        for name, node in self.names.pop(high).items():
            self.names[low][name] = min(node, self.names[low].get(name, node))


def cluster_nodes(links: Links, name_of: Callable[[str], Hashable], differ: Callable[[str, str], bool]) -> Clusters:
    """Return the clusters of one component.

    Args:
        links: What is decided of its nodes.
        name_of: What nodes of one name have in common: no two of these are different.
        differ: Whether the machine finds two nodes different.
    """
    clusters = Clusters(
        of={node: node for node in links.nodes},
        members={node: [node] for node in links.nodes},
        names={node: {name_of(node): node} for node in links.nodes},
        refused={},
    )
    for one, other in sorted(links.same):
        clusters.merge(one, other)
    alone = [pair for pair in links.found if _is_surname_alone(links.found[pair])]
    full = sorted(links.found.keys() - set(alone), key=lambda pair: (-links.found[pair].score, pair))
    for pair in full:
        _join(pair, clusters, links, differ)
    for pair in sorted(alone, key=lambda pair: (-links.found[pair].score, pair)):
        short = next((node for node in pair if node in links.bearers), pair[0])
        possible = {clusters.of[node] for node in links.bearers.get(short, ())}
        if len(possible) > 1:
            why = f"{len(possible)} parties of this topic or role bear this name"
            clusters.refused[pair] = PartyFeature(name="several-bearers", value=1.0, why=why)
        else:
            _join(pair, clusters, links, differ)
    return clusters


def _is_surname_alone(finding: Finding) -> bool:
    return finding.has("surname-alone")


def _join(pair: Pair, clusters: Clusters, links: Links, differ: Callable[[str, str], bool]) -> None:
    """Join two clusters if nobody in the one is different from anybody in the other."""
    one, other = (clusters.of[node] for node in pair)
    if one == other:
        return
    names, others = clusters.names[one], clusters.names[other]
    by = ""
    if len(names.keys() | others.keys()) > MAX_NAMES:
        feature = PartyFeature(name="too-many", value=1.0, why=f"more than {MAX_NAMES} spellings")
        clusters.refused[pair] = feature
        return
    if any(_is_across(apart, clusters, one, other) for apart in links.apart):
        by = "a person's judgement"
    elif any(a != b and differ(names[a], others[b]) for a in names for b in others):
        by = "their names"
    if by:
        clusters.refused[pair] = PartyFeature(
            name="kept-apart", value=1.0, why=f"two in the chain are different by {by}"
        )
        return
    clusters.merge(*pair)


def _is_across(apart: Pair, clusters: Clusters, one: str, other: str) -> bool:
    """Return whether of two that are kept apart one is in the one cluster and the other in the other."""
    return {clusters.of[apart[0]], clusters.of[apart[1]]} == {one, other}


def is_same(finding: Finding) -> bool:
    """Return whether the machine says that two are one."""
    return finding.relation is PartyRelation.SAME


def walk(start: Iterable[str], neighbours: Callable[[str], Iterable[str]]) -> list[str]:
    """Return all nodes that chains of neighbours lead to, in order."""
    seen, waiting = set(start), list(start)
    while waiting:
        for node in neighbours(waiting.pop()):
            if node not in seen:
                seen.add(node)
                waiting.append(node)
    return sorted(seen)
