"""Sources that are one party beyond doubt stand together in one node; nodes are what is compared.

A full name, or a body's name that has a word of its own, is one node across all documents. A surname alone or "the
Ministry of Defence" is somebody else in another place: such weak names stand together only where what the document is
about, or the role or body stated with the name, is the same too.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from sayso.corroborate.name_words import Build, Name, build_of, parse_name
from sayso.corroborate.rulebook import load_rules
from sayso.corroborate.spelling import fold_word
from sayso.corroborate.unresolved import find_naming
from sayso.records import Kind, Naming

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sayso.records import Appearance

SEPARATOR: Final = "\x1f"


@dataclass(slots=True)
class Node:
    """Sources that are compared as one.

    Attributes:
        key: What they have in common.
        sort: Which sorts of party it may be compared with: persons, documents, all the rest.
        name: Their name, taken apart.
        is_named: Whether a name picks them out; only such are compared at all.
        is_weak: Whether the name alone does not pick out one party.
        appearances: The sources, by id.
        roles: Words of the roles and titles stated with the name.
        affiliations: Words of the bodies stated with the name.
        topics: What their documents are about.
        outlets: Who published these.
        expansions: What the documents themselves say the name stands for.
    """

    key: str
    sort: str
    name: Name
    is_named: bool = True
    is_weak: bool = False
    appearances: dict[str, Appearance] = field(default_factory=dict)
    roles: set[str] = field(default_factory=set)
    affiliations: set[str] = field(default_factory=set)
    topics: set[str] = field(default_factory=set)
    outlets: set[str] = field(default_factory=set)
    expansions: set[str] = field(default_factory=set)

    @property
    def first(self) -> str:
        """The smallest id of its sources: what the node is known by."""
        return min(self.appearances)

    def add(self, appearance: Appearance) -> None:
        """Take in one more source."""
        source = appearance.source
        self.appearances[source.id] = appearance
        self.roles |= find_role_words(source.role, self.name)
        self.affiliations |= find_words(source.affiliation)
        self.topics.update(appearance.topics)
        if appearance.outlet:
            self.outlets.add(appearance.outlet)


@lru_cache(maxsize=65_536)
def find_words(text: str | None) -> frozenset[str]:
    """Return the words of a role or affiliation that tell something, folded."""
    empty = set(load_rules("parties")["honorifics"])
    folded = (fold_word(word) for word in (text or "").replace("-", " ").split()[:20])
    return frozenset(word for word in folded if len(word) > 1 and word not in empty)


def find_role_words(role: str | None, name: Name) -> frozenset[str]:
    """Return the words of a role and of the titles written with the name."""
    return find_words(role) | find_words(" ".join(sorted(name.titles)))


def is_weak_name(name: Name) -> bool:
    """Return whether a name alone does not pick out one party: a surname, a body of common words only."""
    if name.build is Build.PERSON:
        return len(name.own_words) < 2  # noqa: PLR2004 (a given name and a surname)
    return all(word.is_generic or word.is_particle for word in name.words)


def make_key(appearance: Appearance, *, expansion: str = "", is_apart: bool = False, is_ambiguous: bool = False) -> str:
    """Return what a source must have in common with another to stand in one node with it.

    Args:
        appearance: The source.
        expansion: What its document says the name stands for, folded.
        is_apart: Whether a person judged about it, so that it stands alone.
        is_ambiguous: Whether articles of the case say different things that the name stands for.
    """
    source = appearance.source
    name = parse_name(source.name, build_of(source.kind))
    if is_apart or find_naming(source) is not Naming.NAMED or not name.words:
        return SEPARATOR.join(("alone", source.id))
    parts = [sort_of(source.kind), name.folded, name.generation, name.legal_form, expansion]
    if is_weak_name(name) or (is_ambiguous and not expansion):
        parts += _find_context(appearance, name)
    return SEPARATOR.join(parts)


def sort_of(kind: Kind) -> str:
    """Return which sorts of party are compared with one another: persons, documents, all the rest."""
    return kind.value if kind in {Kind.PERSON, Kind.DOCUMENT} else Build.BODY.value


def _find_context(appearance: Appearance, name: Name) -> list[str]:
    """Return what beside a weak name makes it one party's: topics with role and body, else the document itself."""
    roles = find_role_words(appearance.source.role, name)
    bodies = find_words(appearance.source.affiliation)
    if not appearance.topics:
        return [appearance.document]
    return [" ".join(sorted(words)) for words in (appearance.topics, roles, bodies)]


def name_for(node: Node) -> tuple[str, ...]:
    """Return what nodes that no name tells apart have in common."""
    if not node.is_named:
        return (node.key,)
    name = node.name
    return (node.sort, name.folded, name.generation, name.legal_form, *sorted(node.expansions))


def are_comparable(one: Node, other: Node) -> bool:
    """Return whether the machine may compare two nodes: both named, both persons or both not."""
    return one.is_named and other.is_named and one.sort == other.sort


def make_node(key: str, appearances: Iterable[Appearance]) -> Node:
    """Return a node of these sources, which are at least one."""
    found = sorted(appearances, key=lambda appearance: appearance.source.id)
    source = found[0].source
    name = parse_name(source.name, build_of(source.kind))
    is_named = find_naming(source) is Naming.NAMED and bool(name.words)
    node = Node(key=key, sort=sort_of(source.kind), name=name, is_named=is_named, is_weak=is_weak_name(name))
    for appearance in found:
        node.add(appearance)
    return node
