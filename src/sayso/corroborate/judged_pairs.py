"""What persons decided of pairs of sources, once undoings and contradictions are seen to.

Of what one person says twice of one pair the last holds. Where two persons say different things of one pair, both are
kept and neither is applied.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sayso.records import JudgementKind, PartyRelation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sayso.records import Judgement

RELATIONS = {
    JudgementKind.SAME: PartyRelation.SAME,
    JudgementKind.DIFFERENT: PartyRelation.DIFFERENT,
    JudgementKind.UNSURE: PartyRelation.UNSURE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedPair:
    """What persons decided of two sources.

    Attributes:
        first: Id of the one source.
        second: Id of the other; the ids stand in order.
        relation: What holds: unsure where persons contradict one another.
        said: What was said, by whomever.
        judgements: Ids of the judgements that count, in order of their times.
        is_contested: Whether they contradict one another.
    """

    first: str
    second: str
    relation: PartyRelation
    said: frozenset[PartyRelation]
    judgements: tuple[str, ...]
    is_contested: bool = False


def find_judged_pairs(judgements: Iterable[Judgement]) -> dict[tuple[str, str], JudgedPair]:
    """Return what holds for each pair of sources that persons judged, whatever order the judgements come in."""
    alive = _find_alive(judgements)
    last: dict[tuple[str, str], dict[str, Judgement]] = {}
    for judgement in alive:
        if judgement.other is None or judgement.kind not in RELATIONS or judgement.other == judgement.subject:
            continue
        first, second = sorted((judgement.subject, judgement.other))
        last.setdefault((first, second), {})[judgement.by] = judgement
    pairs = {}
    for (first, second), by_person in last.items():
        said = sorted(by_person.values(), key=lambda judgement: (judgement.at, judgement.id))
        relations = {RELATIONS[judgement.kind] for judgement in said}
        pairs[first, second] = JudgedPair(
            first=first,
            second=second,
            relation=next(iter(relations)) if len(relations) == 1 else PartyRelation.UNSURE,
            said=frozenset(relations),
            judgements=tuple(judgement.id for judgement in said),
            is_contested=len(relations) > 1,
        )
    return _contest_chains(pairs)


def _find_alive(judgements: Iterable[Judgement]) -> list[Judgement]:
    """Return the judgements that nobody undid, in order of their times; an undoing can be undone."""
    ordered = sorted({one.id: one for one in judgements}.values(), key=lambda one: (one.at, one.id))
    undone: set[str] = set()
    for judgement in reversed(ordered):
        if judgement.kind is JudgementKind.UNDO and judgement.id not in undone:
            undone.add(judgement.subject)
    return [one for one in ordered if one.kind is not JudgementKind.UNDO and one.id not in undone]


def _contest_chains(pairs: Mapping[tuple[str, str], JudgedPair]) -> dict[tuple[str, str], JudgedPair]:
    """Return the pairs, those contested of which a chain says the same and another judgement that its ends differ."""
    root = find_roots((pair.first, pair.second) for pair in pairs.values() if pair.relation is PartyRelation.SAME)
    torn = {
        root[pair.first]
        for pair in pairs.values()
        if PartyRelation.DIFFERENT in pair.said and pair.first in root and root[pair.first] == root.get(pair.second)
    }

    def is_torn(pair: JudgedPair) -> bool:
        home = root.get(pair.first)
        return home in torn and home == root.get(pair.second) and pair.relation is not PartyRelation.UNSURE

    return {
        key: replace(pair, relation=PartyRelation.UNSURE, is_contested=True) if is_torn(pair) else pair
        for key, pair in pairs.items()
    }


def find_roots(links: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return for each id that a link names the smallest id that chains of links lead to from it."""
    parent: dict[str, str] = {}

    def find(one: str) -> str:
        parent.setdefault(one, one)
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    for one, other in links:
        low, high = sorted((find(one), find(other)))
        parent[high] = low
    return {one: find(one) for one in list(parent)}
