"""The records that come of clusters: parties and joins."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sayso.corroborate.party_nodes import find_role_words
from sayso.ids import make_id
from sayso.records import Join, Naming, Party, PartyFeature, PartyRelation

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sayso.corroborate.judged_pairs import JudgedPair
    from sayso.corroborate.name_judge import Finding
    from sayso.corroborate.party_clusters import Clusters
    from sayso.corroborate.party_nodes import Node
    from sayso.records import Appearance

SAME_NAME = PartyFeature(name="same-words", value=1.0, why="the same name")
ALIKE = 0.97
"""How probable it is that two sources of one full name are one party; by hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """All that is decided of pairs of one component.

    Attributes:
        found: What the machine found of nodes, each known by its smallest source.
        judged: What persons decided of sources.
        node_of: The node of each source that a person judged.
    """

    found: Mapping[tuple[str, str], Finding]
    judged: Mapping[tuple[str, str], JudgedPair]
    node_of: Mapping[str, str]


def make_party(nodes: Sequence[Node]) -> Party:
    """Return the party of these nodes."""
    found = sorted((one for node in nodes for one in node.appearances.values()), key=lambda one: one.source.id)
    named = [one for one in found if one.source.naming is Naming.NAMED]
    name = _find_fullest(named or found)
    kinds = Counter(one.source.kind for one in found)
    namings = {one.source.naming for one in found}
    return Party(
        id=make_id("pty", (found[0].source.id,)),
        name=name,
        kind=min(kinds, key=lambda kind: (-kinds[kind], kind.value)),
        naming=next(naming for naming in Naming if naming in namings),
        aliases=tuple(sorted({one.source.name for one in found} - {name})),
        sources=tuple(one.source.id for one in found),
        documents=tuple(sorted({one.document for one in found})),
        outlets=tuple(sorted({one.outlet for one in found if one.outlet})),
    )


def _find_fullest(found: Sequence[Appearance]) -> str:
    """Return the name most often given among those of the most words; of equal ones the first in order of letters."""
    counts = Counter(one.source.name for one in found)
    longest = max(len(name.split()) for name in counts)
    often = max(counts.values())
    # A longer name that stands once against many is as likely a slip.
    full = [name for name in counts if len(name.split()) == longest or counts[name] == often]
    return min(full, key=lambda name: (-counts[name], -len(name.split()), name))


def make_joins(nodes: Mapping[str, Node], decided: Decided, clusters: Clusters) -> tuple[Join, ...]:
    """Return the joins of one component: within nodes, between them, and what persons decided."""
    joins = {(join.first, join.second): join for join in _iter_joins(nodes, decided, clusters)}
    for pair, judged in decided.judged.items():
        one, two = sorted((decided.node_of[pair[0]], decided.node_of[pair[1]]))
        known = joins.get(pair) or _find_join(pair, decided.found.get((one, two)))
        is_one = clusters.of[one] == clusters.of[two]
        joins[pair] = replace(
            known,
            relation=judged.relation,
            judgements=judged.judgements,
            is_contested=judged.is_contested,
            is_applied=is_one == (judged.relation is PartyRelation.SAME) and not judged.is_contested,
        )
    return tuple(joins[pair] for pair in sorted(joins))


def _find_join(pair: tuple[str, str], finding: Finding | None) -> Join:
    features = finding.features if finding else ()
    relation = finding.relation if finding else PartyRelation.UNSURE
    return Join(
        first=pair[0], second=pair[1], relation=relation, score=finding.score if finding else 0.5, features=features
    )


def _iter_joins(nodes: Mapping[str, Node], decided: Decided, clusters: Clusters) -> Iterator[Join]:
    for node in nodes.values():
        yield from _iter_inner(node)
    for pair, finding in decided.found.items():
        join = _find_join(pair, finding)
        refused = clusters.refused.get(pair)
        is_one = clusters.of[pair[0]] == clusters.of[pair[1]]
        if refused and not is_one:
            # The machine does not both say that two are one and keep them in two parties.
            join = replace(join, relation=PartyRelation.UNSURE, features=(*join.features, refused))
        yield replace(join, is_applied=is_one and join.relation is PartyRelation.SAME)


def _iter_inner(node: Node) -> Iterator[Join]:
    """Yield what joins the sources of one node: each to the first."""
    first, *others = sorted(node.appearances)
    source = node.appearances[first].source
    for other in others:
        beside = find_role_words(node.appearances[other].source.role, node.name)
        shared = sorted(beside & find_role_words(source.role, node.name))
        features = (SAME_NAME, PartyFeature(name="same-role", value=1.0, why=f"the same role: {', '.join(shared[:3])}"))
        yield Join(
            first=first,
            second=other,
            relation=PartyRelation.SAME,
            score=ALIKE,
            features=features if shared else features[:1],
            is_applied=True,
        )
