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
from sayso.corroborate.name_words import Build, parse_name
from sayso.corroborate.party_clusters import Links, cluster_nodes, is_same, walk
from sayso.corroborate.party_keys import find_keys
from sayso.corroborate.party_nodes import Node, are_comparable, make_key, make_node
from sayso.corroborate.party_pairs import judge_nodes
from sayso.corroborate.party_records import Decided, make_joins, make_party
from sayso.records import Kind, Naming, PartyRelation

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
        self._judged_of: dict[str, set[tuple[str, str]]] = defaultdict(set)
        self._meanings: dict[str, frozenset[Name]] = {}
        self._expansions: dict[tuple[str, str], str] = {}  # document and short name -> what it stands for there
        self._nodes: dict[str, Node] = {}
        self._node_of: dict[str, str] = {}  # source -> key of its node
        self._keys: dict[str, frozenset[str]] = {}  # key of a node -> its blocking keys
        self._blocks: dict[str, set[str]] = defaultdict(set)
        self._turned: set[str] = set()  # blocking keys that have just become too common, or no longer are
        self._names: dict[str, set[str]] = defaultdict(set)  # folded name -> keys of its nodes
        self._documents: dict[str, set[str]] = defaultdict(set)
        self._found: dict[str, dict[str, Finding]] = defaultdict(dict)
        self._home: dict[str, str] = {}  # key of a node -> its component
        self._components: dict[str, tuple[list[str], tuple[Party, ...], tuple[Join, ...]]] = {}

    def parties(self) -> tuple[Party, ...]:
        """Return all parties, in order of id."""
        found = (party for _, parties, _ in self._components.values() for party in parties)
        return tuple(sorted(found, key=lambda party: party.id))

    def joins(self) -> tuple[Join, ...]:
        """Return what was decided of pairs, in order of their sources."""
        found = {(join.first, join.second): join for _, _, joins in self._components.values() for join in joins}
        return tuple(found[pair] for pair in sorted(found))

    def party_of(self, source: str) -> Party | None:
        """Return the party of a source; None for one that was not added."""
        key = self._node_of.get(source)
        if key is None:
            return None
        return next(party for party in self._components[self._home[key]][1] if source in party.sources)

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
            self._judged_of = defaultdict(set)
            for pair in self._judged:
                for source in pair:
                    self._judged_of[source].add(pair)
        return moved

    def _learn_alias(self, alias: Alias) -> set[str]:
        """Take in one alias; return the sources whose comparison it changes."""
        moved: set[str] = set()
        for build in Build:
            short, long = parse_name(alias.short, build).folded, parse_name(alias.long, build)
            if not short or not long.words or short == long.folded:
                continue
            self._meanings[short] = self._meanings.get(short, frozenset()) | {long}
            # Of two meanings in one document the first in order of letters; either is as good.
            place = (alias.document, short)
            self._expansions[place] = min(long.folded, self._expansions.get(place, long.folded))
            for name in (short, *(meaning.folded for meaning in self._meanings[short])):
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
        is_apart = any(pair.relation is not PartyRelation.SAME for pair in pairs)
        return make_key(appearance, expansion=self._expansion_of(appearance), is_apart=is_apart)

    def _expansion_of(self, appearance: Appearance) -> str:
        build = Build.PERSON if appearance.source.kind is Kind.PERSON else Build.BODY
        folded = parse_name(appearance.source.name, build).folded
        return self._expansions.get((appearance.document, folded), "")

    def _fill(self, key: str, appearances: Iterable[Appearance]) -> None:
        """Make a node anew of what it has and more, with its place among names and blocks."""
        node = self._nodes.get(key)
        if node is not None and node.appearances and not self._judged_of:
            for one in appearances:
                node.add(one)
        else:
            kept = node.appearances.values() if node else ()
            node = make_node(key, {one.source.id: one for one in (*kept, *appearances)}.values())
        node.expansions = {found for one in node.appearances.values() if (found := self._expansion_of(one))}
        self._nodes[key] = node
        if not node.is_named:
            self._keys[key] = frozenset()
            return
        self._names[node.name.folded].add(key)
        keys = set(find_keys(node.name, node.sort))
        keys |= {f"meant:{meaning.folded}" for meaning in self._meanings.get(node.name.folded, ())}
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
        blocks = (self._blocks[block] for block in self._keys[key])
        near = {other for block in blocks if len(block) <= MAX_BLOCK for other in block}
        after = {}
        for other in near - {key}:
            if are_comparable(node, self._nodes[other]):
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
        """Return the nodes that a node is, or may be, one party with."""
        found = list(self._found[key])
        for source in self._nodes[key].appearances:
            for pair in self._judged_of.get(source, ()):
                found += [self._node_of[one] for one in pair if one in self._node_of]
        return [other for other in found if other in self._nodes]

    def _cluster(self, touched: set[str]) -> None:
        """Settle anew the chains that hold a node which changed."""
        old = {self._home[key] for key in touched if key in self._home}
        waiting = {key for home in old for key in self._components[home][0]} | touched
        for home in old:
            del self._components[home]
        for key in waiting - self._nodes.keys():
            self._home.pop(key, None)
        done: set[str] = set()
        for key in sorted(waiting & self._nodes.keys()):
            if key not in done:
                keys = walk([key], self._neighbours)
                done.update(keys)
                self._settle(keys)

    def _settle(self, keys: list[str]) -> None:
        """Make the parties and joins of one component."""
        for key in keys:
            home = self._home.get(key)
            if home is not None:
                self._components.pop(home, None)
        name = min(keys)
        for key in keys:
            self._home[key] = name
        by_first = {self._nodes[key].first: self._nodes[key] for key in keys}
        first_of = {key: self._nodes[key].first for key in keys}
        decided = self._decide(keys, first_of)
        clusters = cluster_nodes(self._link(decided, by_first), lambda a, b: self._differ(by_first[a], by_first[b]))
        groups = [[by_first[first] for first in sorted(members)] for members in clusters.members.values()]
        parties = tuple(make_party(group) for group in groups)
        self._components[name] = (keys, parties, make_joins(by_first, decided, clusters))

    def _decide(self, keys: list[str], first_of: dict[str, str]) -> Decided:
        """Return all that is decided of pairs of one component."""
        found = {}
        for key in keys:
            for other, finding in self._found[key].items():
                one, two = sorted((first_of[key], first_of[other]))
                found[one, two] = finding
        pairs = {
            pair: self._judged[pair]
            for key in keys
            for source in self._nodes[key].appearances
            for pair in self._judged_of.get(source, ())
            if all(one in self._node_of for one in pair)
        }
        node_of = {source: first_of[self._node_of[source]] for pair in pairs for source in pair}
        return Decided(found=found, judged=pairs, node_of=node_of)

    def _link(self, decided: Decided, by_first: dict[str, Node]) -> Links:
        """Return what is decided in terms of nodes."""
        same: set[tuple[str, str]] = set()
        apart: set[tuple[str, str]] = set()
        for pair in decided.judged.values():
            one, two = sorted((decided.node_of[pair.first], decided.node_of[pair.second]))
            if one != two:
                (same if pair.relation is PartyRelation.SAME else apart).add((one, two))
        bearers: dict[str, set[str]] = defaultdict(set)
        for (one, two), finding in decided.found.items():
            if finding.has("surname-alone") and is_same(finding):
                short, long = sorted((one, two), key=lambda first: len(by_first[first].name.own_words))
                bearers[short].add(long)
        return Links(
            nodes=sorted(by_first),
            same=frozenset(same),
            apart=frozenset(apart),
            found={pair: finding for pair, finding in decided.found.items() if is_same(finding) and pair not in same},
            bearers={short: frozenset(longs) for short, longs in bearers.items()},
        )

    def _differ(self, one: Node, other: Node) -> bool:
        """Return whether the machine finds two nodes different, or may not compare them at all."""
        if not are_comparable(one, other):
            return Naming.NAMED in {first.source.naming for node in (one, other) for first in node.appearances.values()}
        return judge_nodes(one, other, self._meanings).relation is PartyRelation.DIFFERENT
