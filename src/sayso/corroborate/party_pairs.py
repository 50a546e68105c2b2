"""Whether two nodes are one party: what the names tell, and what stands beside them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, TypeAlias

from sayso.corroborate.name_features import contradict
from sayso.corroborate.name_judge import Finding, compare_names, settle
from sayso.corroborate.name_pairs import lay_out
from sayso.corroborate.rulebook import load_rules
from sayso.records import PartyFeature, PartyRelation

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sayso.corroborate.name_words import Build, Name
    from sayso.corroborate.party_nodes import Node

Meanings: TypeAlias = "Mapping[tuple[Build, str], frozenset[Name]]"
"""For each short name, folded, what articles of the case say that it stands for."""
SURE: Final = 0.8
LEAST_ALONE: Final = 0.5


def judge_nodes(one: Node, other: Node, known: Meanings) -> Finding:
    """Return what the machine finds of two comparable nodes; the same whichever stands first.

    Args:
        one: The one.
        other: The other.
        known: What articles of the case say that short names stand for.
    """
    if one.name.folded == other.name.folded and one.name.generation == other.name.generation:
        return _judge_equal(one, other, known)
    names = compare_names(one.name, other.name)
    beside = find_context(one, other)
    introduced = _find_introduction(one, other, known)
    if introduced:
        return _judge_introduced(names, [*introduced, *beside])
    score = _add(names.score, beside)
    if names.relation is PartyRelation.DIFFERENT:
        return Finding(relation=names.relation, score=names.score, features=(*names.features, *beside))
    relation: PartyRelation = names.relation
    if names.has("surname-alone"):
        # Whether others bear the surname too is settled when all are known.
        is_near = _is_placed(beside) and names.score >= LEAST_ALONE
        relation = PartyRelation.SAME if is_near else PartyRelation.UNSURE
    elif one.is_weak and other.is_weak:
        relation = relation if _is_placed(beside) else PartyRelation.UNSURE
    elif relation is PartyRelation.UNSURE and beside and not names.has("missing-count"):
        # A spelling may be settled by what stands beside it; a word more may be another body at any desk.
        relation = settle(names.features, score, one.name.build)
    return Finding(relation=relation, score=score, features=(*names.features, *beside))


def is_hopeless(one: Node, other: Node, known: Meanings) -> bool:
    """Return whether two nodes are different at first sight: each has a word of its own, and no article ties them."""
    if any((node.name.build, node.name.folded) in known for node in (one, other)) or one.expansions or other.expansions:
        return False
    return contradict(lay_out(one.name, other.name))


def _judge_equal(one: Node, other: Node, known: Meanings) -> Finding:
    """Return what is found of two nodes of one name: weak names, acronyms, firms of two legal forms."""
    beside = find_context(one, other)
    names = compare_names(one.name, other.name)
    meanings = known.get((one.name.build, one.name.folded), frozenset())
    is_ambiguous = one.is_weak or other.is_weak or (one.name.is_acronym and len(part_meanings(meanings)) > 1)
    if one.expansions and other.expansions and one.expansions.isdisjoint(other.expansions):
        meant = "; ".join(sorted(one.expansions | other.expansions))
        feature = PartyFeature(name="other-meaning", value=1.0, why=f"their articles say what it stands for: {meant}")
        return Finding(relation=PartyRelation.DIFFERENT, score=0.05, features=(*names.features, feature, *beside))
    if names.relation is not PartyRelation.SAME:
        return Finding(relation=names.relation, score=names.score, features=(*names.features, *beside))
    if is_ambiguous and not _is_placed(beside):
        why = "others may bear this name, and nothing beside it is the same"
        feature = PartyFeature(name="weak-name", value=1.0, why=why)
        return Finding(relation=PartyRelation.UNSURE, score=0.6, features=(*names.features, feature, *beside))
    return Finding(relation=PartyRelation.SAME, score=_add(names.score, beside), features=(*names.features, *beside))


def find_context(one: Node, other: Node) -> list[PartyFeature]:
    """Return what two nodes have in common beside their names."""
    found = []
    for name, left, right, said in (
        ("same-role", one.roles, other.roles, "role"),
        ("same-affiliation", one.affiliations, other.affiliations, "body"),
        ("same-topic", one.topics, other.topics, "topic"),
        ("same-outlet", one.outlets, other.outlets, "outlet"),
    ):
        shared = sorted(left & right)
        if shared:
            found.append(PartyFeature(name=name, value=1.0, why=f"the same {said}: {', '.join(shared[:3])}"))
    return found


def _is_placed(beside: list[PartyFeature]) -> bool:
    """Return whether what stands beside two weak names makes them one party's: a topic, or a role or body."""
    return any(feature.name in {"same-topic", "same-role", "same-affiliation"} for feature in beside)


def _find_introduction(one: Node, other: Node, known: Meanings) -> list[PartyFeature]:
    """Return the feature that an article gives one name for the other; empty where none does."""
    for short, long in ((one, other), (other, one)):
        if long.name.folded in short.expansions:
            why = f"its article gives “{short.name.written}” for “{long.name.written}”"
            return [PartyFeature(name="introduced", value=1.0, why=why)]
        meanings = known.get((short.name.build, short.name.folded), frozenset())
        if short.expansions or not meanings or len(short.name.words) >= len(long.name.words) > 1:
            continue
        if any(_are_same(meaning, long.name) for meaning in meanings):
            others = len(part_meanings(meanings))
            is_only = others == 1 and short.name.is_acronym
            is_near = bool(short.topics & long.topics) or bool(short.outlets & long.outlets)
            if is_only or is_near:
                why = f"an article of the case gives “{short.name.written}” for “{long.name.written}”"
                return [PartyFeature(name="introduced", value=1.0 if is_near else 0.5, why=why)]
    return []


def _judge_introduced(names: Finding, features: list[PartyFeature]) -> Finding:
    """Return the finding of two names of which an article gives one for the other."""
    kept = tuple(feature for feature in names.features if feature.name == "acronym")
    score = max(SURE, _add(0.6, features))
    return Finding(relation=PartyRelation.SAME, score=score, features=(*kept, *features))


def part_meanings(names: frozenset[Name]) -> list[Name]:
    """Return the meanings without those that are only spellings of others."""
    kept: list[Name] = []
    for name in sorted(names, key=lambda name: (name.folded, name.written)):
        if not any(_are_same(name, other) for other in kept):
            kept.append(name)
    return kept


def _are_same(one: Name, other: Name) -> bool:
    """Return whether two names of one build are one party's by the names alone."""
    if one.build is not other.build:
        return False
    return one.folded == other.folded or compare_names(one, other).relation is PartyRelation.SAME


def _add(score: float, features: list[PartyFeature]) -> float:
    """Return a score with the log-odds of what stands beside the names."""
    weights = load_rules("parties")["weights"]
    bounded = min(max(score, 0.001), 0.999)
    total = math.log(bounded / (1 - bounded)) + sum(weights.get(f.name, 0.0) * f.value for f in features)
    return round(1 / (1 + math.exp(-total)), 4)
