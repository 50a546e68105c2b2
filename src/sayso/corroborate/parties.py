"""The same source across documents: parties, and why their sources were joined or not.

- Described and vague sources are parties of their own, each in its document. The machine joins them with nobody.
- Of named ones, those that share a key are compared by a table of named features, and joined where they are the same
  and nobody in the chain is different.
- What a person judged wins, and is kept. Where persons contradict one another, neither is applied.

The outcome hangs on the sources, the aliases and the judgements alone, never on the order in which they come. Adding a
document looks at those nodes only that share a key with its sources, and at the chains that they are in.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from sayso.corroborate.judged_pairs import find_judged_pairs
from sayso.corroborate.name_words import Build, build_of, parse_name
from sayso.corroborate.party_clusters import Links, cluster_nodes, is_same, walk
from sayso.corroborate.party_keys import find_keys, find_partners
from sayso.corroborate.party_nodes import Node, are_comparable, make_key, make_node, name_for
from sayso.corroborate.party_pairs import is_hopeless, judge_nodes, part_meanings
from sayso.corroborate.party_records import Component, Decided, make_joins, make_party
from sayso.records import PartyRelation

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sayso.corroborate.judged_pairs import JudgedPair
    from sayso.corroborate.name_judge import Finding
    from sayso.corroborate.name_words import Name
    from sayso.records import Alias, Appearance, Join, Judgement, Party

MAX_BLOCK: Final = 150
"""A key that more nodes have tells too little, and is not followed."""


def find_parties(
    appearances: Iterable[Appearance], *, judgements: Iterable[Judgement] = (), aliases: Iterable[Alias] = ()
) -> tuple[tuple[Party, ...], tuple[Join, ...]]:
    """Return the parties of sources of many documents, and what was decided of pairs of sources.

    Args:
        appearances: The sources, each in its document; a source that is given twice counts once.
        judgements: What persons decided of pairs of sources; others are passed over.
        aliases: What articles say that names stand for (see `find_aliases`).

    Returns:
        Parties in order of id. Joins in order of their sources: all that are "same" or "unsure", and of "different"
        those that a person decided.
    """
    index = PartyIndex()
    index.add(appearances, aliases=aliases, judgements=judgements)
    return index.parties(), index.joins()


class PartyIndex:
    """Sources of many documents, to which more can be added at any time."""

    def __init__(self) -> None:
        """Start without any source."""
        self._appearances: dict[str, Appearance] = {}
        self._aliases: dict[Alias, None] = {}
        self._judgements: dict[str, Judgement] = {}
        self._judged: dict[tuple[str, str], JudgedPair] = {}
        self._judged_of: dict[str, set[tuple[str, str]]] = {}
        self._meanings: dict[tuple[Build, str], frozenset[Name]] = {}
        self._expansions: dict[tuple[str, Build, str], str] = {}  # document and short name -> what it stands for there
        self._nodes: dict[str, Node] = {}
        self._node_of: dict[str, str] = {}  # source -> key of its node
        self._keys: dict[str, frozenset[str]] = {}  # key of a node -> its blocking keys
        self._blocks: dict[str, set[str]] = defaultdict(set)
        self._turned: set[str] = set()  # blocking keys that have just become too common, or no longer are
        self._names: dict[str, set[str]] = defaultdict(set)  # folded name -> keys of its nodes
        self._documents: dict[str, set[str]] = defaultdict(set)
        self._found: dict[str, dict[str, Finding]] = defaultdict(dict)
        self._home: dict[str, str] = {}  # key of a node -> its component
        self._components: dict[str, Component] = {}

    def parties(self) -> tuple[Party, ...]:
        """Return all parties, in order of id."""
        groups = (group for component in self._components.values() for group in component.groups)
        found = (make_party([self._nodes[key] for key in group]) for group in groups)
        return tuple(sorted(found, key=lambda party: party.id))

    def joins(self) -> tuple[Join, ...]:
        """Return what was decided of pairs, in order of their sources."""
        decided = Decided(nodes=self._nodes, found=self._found, judged=self._judged, node_of=self._node_of)
        return make_joins(decided, self._components.values())

    def party_of(self, source: str) -> Party | None:
        """Return the party of a source; None for one that was not added."""
        key = self._node_of.get(source)
        if key is None:
            return None
        group = next(group for group in self._components[self._home[key]].groups if key in group)
        return make_party([self._nodes[one] for one in group])

    def add(
        self,
        appearances: Iterable[Appearance],
        *,
        judgements: Iterable[Judgement] = (),
        aliases: Iterable[Alias] = (),
    ) -> None:
        """Take in sources, what articles say that names stand for, and what persons decided."""
        new = {appearance.source.id: appearance for appearance in appearances}
        moved = self._learn(judgements, aliases)
        self._appearances |= new
        for source, appearance in new.items():
            self._documents[appearance.document].add(source)
        touched = self._place({*new, *(source for source in moved if source in self._appearances)})
        self._cluster(touched)

    def _learn(self, judgements: Iterable[Judgement], aliases: Iterable[Alias]) -> set[str]:
        """Take in judgements and aliases; return the sources that they bear on."""
        moved: set[str] = set()
        for alias in aliases:
            if alias not in self._aliases:
                self._aliases[alias] = None
                moved |= self._learn_alias(alias)
        given = {one.id: one for one in judgements if one.id not in self._judgements}
        if given:
            self._judgements |= given
            before, self._judged = self._judged, find_judged_pairs(self._judgements.values())
            changed = {key for key in {*before, *self._judged} if before.get(key) != self._judged.get(key)}
            moved |= {source for pair in changed for source in pair}
            self._judged_of = {}
            for pair in self._judged:
                for source in pair:
                    self._judged_of.setdefault(source, set()).add(pair)
        return moved

    def _learn_alias(self, alias: Alias) -> set[str]:
        """Take in one alias; return the sources whose comparison it changes."""
        moved: set[str] = set()
        for build in Build:
            short, long = parse_name(alias.short, build).folded, parse_name(alias.long, build)
            if not short or not long.words or short == long.folded:
                continue
            meanings = self._meanings.get((build, short), frozenset()) | {long}
            self._meanings[build, short] = meanings
            # Of two meanings in one document the first in order of letters; either is as good.
            place = (alias.document, build, short)
            self._expansions[place] = min(long.folded, self._expansions.get(place, long.folded))
            for name in (short, *(meaning.folded for meaning in meanings)):
                moved |= {source for key in self._names[name] for source in self._nodes[key].appearances}
        return moved | self._documents[alias.document]

    def _place(self, sources: set[str]) -> set[str]:
        """Put sources into the nodes where they belong; return the keys of all nodes that changed."""
        touched: set[str] = set()
        groups: dict[str, list[Appearance]] = defaultdict(list)
        for source in sorted(sources):
            appearance = self._appearances[source]
            key = self._key_for(appearance)
            old = self._node_of.get(source)
            if old is not None:
                touched |= {old, *self._found[old]}
                self._nodes[old].appearances.pop(source, None)
                groups.setdefault(old, [])
            groups[key].append(appearance)
            self._node_of[source] = key
        for key, found in groups.items():
            if key in self._nodes and not self._nodes[key].appearances:
                self._forget(key)
            if found:
                self._fill(key, found)
            elif key in self._nodes:
                self._fill(key, self._nodes[key].appearances.values())
        alive = sorted(key for key in groups if key in self._nodes)
        # A key that has become too common brings nobody together any more, and one that no longer is does so again.
        turned = {key for block in self._turned for key in self._blocks[block]}
        self._turned.clear()
        for key in sorted({*alive, *turned}):
            touched |= self._compare(key)
        return touched | set(groups)

    def _key_for(self, appearance: Appearance) -> str:
        """Return the key of the node where a source belongs."""
        pairs = (self._judged[pair] for pair in self._judged_of.get(appearance.source.id, ()))
        name = parse_name(appearance.source.name, build_of(appearance.source.kind))
        meanings = self._meanings.get((name.build, name.folded), frozenset())
        return make_key(
            appearance,
            expansion=self._expansion_of(appearance),
            is_apart=any(pair.relation is not PartyRelation.SAME for pair in pairs),
            is_ambiguous=name.is_acronym and len(part_meanings(meanings)) > 1,
        )

    def _expansion_of(self, appearance: Appearance) -> str:
        """Return what a source's document says that its name stands for, folded; "" where it says nothing."""
        build = build_of(appearance.source.kind)
        folded = parse_name(appearance.source.name, build).folded
        return self._expansions.get((appearance.document, build, folded), "")

    def _fill(self, key: str, appearances: Iterable[Appearance]) -> None:
        """Make a node anew of what it has and more, with its place among names and blocks."""
        node = self._nodes.get(key)
        if node is not None and node.appearances and not self._judged_of:
            for one in appearances:
                node.add(one)
        else:
            kept = node.appearances.values() if node else ()
            node = make_node(key, {one.source.id: one for one in (*kept, *appearances)}.values())
        if self._expansions:
            node.expansions = {found for one in node.appearances.values() if (found := self._expansion_of(one))}
        self._nodes[key] = node
        if not node.is_named:
            self._keys[key] = frozenset()
            return
        self._names[node.name.folded].add(key)
        keys = set(find_keys(node.name, node.sort))
        keys |= {f"meant:{meaning.folded}" for meaning in self._meanings.get((node.name.build, node.name.folded), ())}
        keys.add(f"meant:{node.name.folded}")
        for block in keys - self._keys.get(key, frozenset()):
            self._blocks[block].add(key)
            if len(self._blocks[block]) == MAX_BLOCK + 1:
                self._turned.add(block)
        self._keys[key] = frozenset(keys)

    def _forget(self, key: str) -> None:
        """Take an empty node out."""
        node = self._nodes.pop(key)
        self._names[node.name.folded].discard(key)
        for block in self._keys.pop(key):
            self._blocks[block].discard(key)
            if len(self._blocks[block]) == MAX_BLOCK:
                self._turned.add(block)
        for other in self._found.pop(key, {}):
            self._found[other].pop(key, None)

    def _compare(self, key: str) -> set[str]:
        """Judge a node against all that share a key with it; return those whose finding changed."""
        node, before = self._nodes[key], self._found.pop(key, {})
        near: set[str] = set()
        for block in self._keys[key]:
            if len(self._blocks[block]) <= MAX_BLOCK:
                found = [self._blocks[partner] for partner in find_partners(block) if partner in self._blocks]
                near.update(*(others for others in found if len(others) <= MAX_BLOCK))
        after = {}
        for other in near - {key}:
            if are_comparable(node, self._nodes[other]) and not is_hopeless(node, self._nodes[other], self._meanings):
                finding = judge_nodes(node, self._nodes[other], self._meanings)
                if finding.relation is not PartyRelation.DIFFERENT:
                    after[other] = finding
        for other in before.keys() - after.keys():
            self._found[other].pop(key, None)
        for other, finding in after.items():
            self._found[other][key] = finding
        self._found[key] = after
        return {key, *before, *after}

    def _neighbours(self, key: str) -> list[str]:
        """Return the nodes that the machine or a person says a node is one party with."""
        found = [other for other, finding in self._found[key].items() if is_same(finding)]
        for pair in self._judged_within(key):
            if self._judged[pair].relation is PartyRelation.SAME:
                found += [self._node_of[one] for one in pair if one in self._node_of]
        return found

    def _cluster(self, touched: set[str]) -> None:
        """Settle anew the chains that hold a node which changed."""
        waiting = set(touched)
        for home in {self._home[key] for key in touched if key in self._home}:
            waiting.update(self._components.pop(home).nodes)
        for key in waiting:
            self._home.pop(key, None)
        todo, done = sorted(waiting, reverse=True), set[str]()
        while todo:
            start = todo.pop()
            if start in done or start not in self._nodes:
                continue
            nodes = walk([start], self._neighbours)
            done.update(nodes)
            # A chain may have reached into another component, of which the rest must be settled too.
            for home in {self._home[key] for key in nodes if key in self._home}:
                todo += set(self._components.pop(home).nodes).difference(done)
            self._settle(nodes)

    def _settle(self, nodes: list[str]) -> None:
        """Make the clusters of one component."""
        by_first = {self._nodes[key].first: key for key in nodes}
        clusters = cluster_nodes(
            self._link(by_first),
            lambda first: name_for(self._nodes[by_first[first]]),
            lambda a, b: self._differ(self._nodes[by_first[a]], self._nodes[by_first[b]]),
        )
        groups = tuple(tuple(by_first[first] for first in sorted(group)) for group in clusters.members.values())
        refused = {frozenset(by_first[one] for one in pair): why for pair, why in clusters.refused.items()}
        self._components[nodes[0]] = Component(nodes=tuple(nodes), groups=groups, refused=refused)
        self._home.update(dict.fromkeys(nodes, nodes[0]))

    def _link(self, by_first: dict[str, str]) -> Links:
        """Return what is decided of the nodes of a component, each by its smallest source."""
        first_of = {key: first for first, key in by_first.items()}
        found: dict[tuple[str, str], Finding] = {}
        bearers: dict[str, set[str]] = defaultdict(set)
        for key, first in first_of.items():
            for other, finding in self._found[key].items():
                if other in first_of and is_same(finding):
                    low, high = sorted((first, first_of[other]))
                    found[low, high] = finding
                    short = len(self._nodes[key].name.own_words) < len(self._nodes[other].name.own_words)
                    if short and finding.has("surname-alone"):
                        bearers[first].add(first_of[other])
        same: set[tuple[str, str]] = set()
        apart: set[tuple[str, str]] = set()
        judged = {pair for key in by_first.values() for pair in self._judged_within(key)}
        for pair in judged:
            nodes = [first_of.get(self._node_of.get(source, "")) for source in pair]
            one, two = sorted(node for node in nodes if node) if all(nodes) else ("", "")
            if one != two:
                (same if self._judged[pair].relation is PartyRelation.SAME else apart).add((one, two))
        return Links(
            nodes=sorted(by_first),
            same=frozenset(same),
            apart=frozenset(apart),
            found={pair: finding for pair, finding in found.items() if pair not in same and pair not in apart},
            bearers={short: frozenset(longs) for short, longs in bearers.items()},
        )

    def _judged_within(self, key: str) -> set[tuple[str, str]]:
        """Return the pairs that persons judged in which a source of a node stands."""
        if not self._judged_of:
            return set()
        return {pair for source in self._nodes[key].appearances for pair in self._judged_of.get(source, ())}

    def _differ(self, one: Node, other: Node) -> bool:
        """Return whether the machine finds two nodes different, or may not compare them at all."""
        if not are_comparable(one, other):
            return True
        return judge_nodes(one, other, self._meanings).relation is PartyRelation.DIFFERENT
