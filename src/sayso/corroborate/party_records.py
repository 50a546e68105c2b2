"""The records that come of clusters: parties and joins."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sayso.corroborate.party_nodes import find_role_words
from sayso.corroborate.unresolved import find_naming, name_source
from sayso.ids import make_id
from sayso.records import Join, Naming, Party, PartyFeature, PartyRelation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sayso.corroborate.judged_pairs import JudgedPair
    from sayso.corroborate.name_judge import Finding
    from sayso.corroborate.party_nodes import Node
    from sayso.records import Appearance

SAME_NAME = PartyFeature(name="same-words", value=1.0, why="the same name")
UNKNOWN = 0.5
ALIKE = 0.97
"""How probable it is that two sources of one full name are one party; by hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """Nodes that chains of "same" hold together, and what came of them.

    Attributes:
        nodes: Their keys, in order.
        groups: Those of each party.
        refused: Of two nodes that were found to be one and not joined, the reason.
    """

    nodes: tuple[str, ...]
    groups: tuple[tuple[str, ...], ...]
    refused: Mapping[frozenset[str], PartyFeature]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """All that is decided of pairs.

    Attributes:
        nodes: The nodes, by key.
        found: What the machine found of nodes, by the key of either.
        judged: What persons decided of sources.
        node_of: The key of each source's node.
    """

    nodes: Mapping[str, Node]
    found: Mapping[str, Mapping[str, Finding]]
    judged: Mapping[tuple[str, str], JudgedPair]
    node_of: Mapping[str, str]


def make_party(nodes: Sequence[Node]) -> Party:
    """Return the party of these nodes."""
    found = sorted((one for node in nodes for one in node.appearances.values()), key=lambda one: one.source.id)
    named = [one for one in found if find_naming(one.source) is Naming.NAMED]
    name = _find_fullest(named or found)
    kinds = Counter(one.source.kind for one in found)
    namings = {find_naming(one.source) for one in found}
    return Party(
        id=make_id("pty", (found[0].source.id,)),
        name=name,
        kind=min(kinds, key=lambda kind: (-kinds[kind], kind.value)),
        naming=next(naming for naming in Naming if naming in namings),
        aliases=tuple(sorted({name_source(one.source) for one in found} - {name})),
        sources=tuple(one.source.id for one in found),
        documents=tuple(sorted({one.document for one in found})),
        outlets=tuple(sorted({one.outlet for one in found if one.outlet})),
    )


def _find_fullest(found: Sequence[Appearance]) -> str:
    """Return the name most often given among those of the most words; of equal ones the first in order of letters."""
    counts = Counter(name_source(one.source) for one in found)
    longest = max(len(name.split()) for name in counts)
    often = max(counts.values())
    # A longer name that stands once against many is as likely a slip.
    full = [name for name in counts if len(name.split()) == longest or counts[name] == often]
    return min(full, key=lambda name: (-counts[name], -len(name.split()), name))


def make_joins(decided: Decided, components: Iterable[Component]) -> tuple[Join, ...]:
    """Return the joins: within nodes, between them, and what persons decided."""
    group_of = {}
    refused: dict[frozenset[str], PartyFeature] = {}
    for component in components:
        refused |= component.refused
        group_of.update({key: group[0] for group in component.groups for key in group})
    joins: dict[tuple[str, str], Join] = {}
    for key, node in decided.nodes.items():
        for join in _iter_inner(node):
            joins[join.first, join.second] = join
        for other, finding in decided.found.get(key, {}).items():
            if key < other:
                first, second = sorted((node.first, decided.nodes[other].first))
                is_one = group_of[key] == group_of[other]
                join = _make_join(first, second, finding, None if is_one else refused.get(frozenset((key, other))))
                is_applied = is_one and join.relation is PartyRelation.SAME
                joins[join.first, join.second] = replace(join, is_applied=is_applied)
    for pair, judged in decided.judged.items():
        keys = [decided.node_of.get(source) for source in pair]
        if None in keys:
            continue
        between = decided.found.get(str(keys[0]), {}).get(str(keys[1]))
        known = joins.get(pair) or _make_join(pair[0], pair[1], between, None)
        is_one = group_of[str(keys[0])] == group_of[str(keys[1])]
        joins[pair] = replace(
            known,
            relation=judged.relation,
            judgements=judged.judgements,
            is_contested=judged.is_contested,
            is_applied=is_one and judged.relation is PartyRelation.SAME,
        )
    return tuple(joins[pair] for pair in sorted(joins))


def _make_join(first: str, second: str, finding: Finding | None, refused: PartyFeature | None) -> Join:
    """Return a join as the machine found it; unsure where it was not applied for another in the chain."""
    if finding is None:
        return Join(first=first, second=second, relation=PartyRelation.UNSURE, score=UNKNOWN)
    relation = PartyRelation.UNSURE if refused else finding.relation
    features = (*finding.features, refused) if refused else finding.features
    return Join(first=first, second=second, relation=relation, score=finding.score, features=features)


def _iter_inner(node: Node) -> Iterator[Join]:
    """Yield what joins the sources of one node: each to the first."""
    first, *others = sorted(node.appearances)
    roles = find_role_words(node.appearances[first].source.role, node.name)
    for other in others:
        shared = sorted(roles & find_role_words(node.appearances[other].source.role, node.name))
        features = (SAME_NAME, PartyFeature(name="same-role", value=1.0, why=f"the same role: {', '.join(shared[:3])}"))
        yield Join(
            first=first,
            second=other,
            relation=PartyRelation.SAME,
            score=ALIKE,
            features=features if shared else features[:1],
            is_applied=True,
        )
