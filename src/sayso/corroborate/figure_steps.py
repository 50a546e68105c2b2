"""A toll that rises is told step by step: of all pairs of an older and a newer figure those that follow one another.

Three tellings each of 12, 17 and 19 dead make 27 pairs. What is to be known is that 12 became 17 and 17 became 19,
where that was told first, and who still gives the figure before.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING

from sayso.corroborate.figures_apart import widen
from sayso.corroborate.judged_pairs import find_roots
from sayso.corroborate.twins import order_by_time
from sayso.records import UpdateKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sayso.corroborate.disputes import Told
    from sayso.records import Claim, Update

    Level = tuple[Decimal, Decimal]

LEAST, MOST = Decimal("-Infinity"), Decimal("Infinity")


def pick_steps(updates: Sequence[Update], told: Told, claims: Iterable[Claim]) -> tuple[Update, ...]:
    """Return of the later figures those that tell a step, and all other updates as they are.

    Figures hang together by the updates between them. Of each figure one update tells what it took the place of, the
    next lower one, and one what took its place; both where that was told first. No step leads to a figure that was
    told after a higher one: it stands against that. A claim that has updates keeps one.

    Args:
        updates: The updates between mentions, each of two.
        told: What the mentions say.
        claims: The claims of the mentions.
    """
    later = [one for one in updates if one.kind is UpdateKind.LATER_FIGURE and one.old is not None and one.new]
    roots = find_roots((_node(one.old, one.old_words), _node(one.new, one.new_words)) for one in later)
    groups: dict[str, list[Update]] = defaultdict(list)
    for one in later:
        groups[roots[_node(one.old, one.old_words)]].append(one)
    claim_of: dict[str | None, str] = {mention.id: claim.id for claim in claims for mention in claim.mentions}
    kept: set[str] = set()
    for group in groups.values():
        kept |= _pick(group, told, claim_of)
    dropped = {one.id for one in later} - kept
    return tuple(one for one in updates if one.id not in dropped)


def _node(mention: str | None, words: str) -> str:
    return f"{mention} {words}"


def _pick(group: Sequence[Update], told: Told, claim_of: Mapping[str | None, str]) -> set[str]:
    """Return the ids of the steps of one toll."""
    levels = {
        one.id: (_find_level(told, one.old, one.old_words), _find_level(told, one.new, one.new_words)) for one in group
    }
    first_told: dict[Level, tuple[object, ...]] = {}
    for one in group:
        for level, mention in zip(levels[one.id], (one.old, one.new), strict=True):
            when = _when(told, mention)
            first_told[level] = min(first_told.get(level, when), when)
    late = {
        level
        for level in first_told
        if any(
            other[0] >= level[0] and other != level and first_told[other] < first_told[level] for other in first_told
        )
    }
    group = [one for one in group if levels[one.id][1] not in late] or group
    order = sorted(group, key=lambda one: (_when(told, one.new), _when(told, one.old), one.id))
    ranks = {level: rank for rank, level in enumerate(sorted(first_told))}
    chosen: dict[str, Update] = {}
    for level in ranks:
        into = [one for one in order if levels[one.id][1] == level]
        if into:
            best = max(into, key=lambda one: ranks[levels[one.id][0]])
            chosen[best.id] = best
    for level in ranks:
        out = [one for one in order if levels[one.id][0] == level]
        if out and not any(one.id in chosen for one in out):
            best = min(out, key=lambda one: ranks[levels[one.id][1]])
            chosen[best.id] = best
    for one in order:
        for mention in (one.old, one.new):
            claim = claim_of.get(mention)
            if not any(claim in {claim_of.get(other.old), claim_of.get(other.new)} for other in chosen.values()):
                chosen[one.id] = one
    return set(chosen)


def _find_level(told: Told, mention: str | None, words: str) -> Level:
    """Return how high a figure of a mention is: its bounds."""
    figures = told.facts[str(mention)].quantities
    low, high = next((widen(figure) for figure in figures if figure.span.exact == words), (None, None))
    return LEAST if low is None else low, MOST if high is None else high


def _when(told: Told, mention: str | None) -> tuple[object, ...]:
    """Return what puts tellings in order of publication."""
    facts = told.facts[str(mention)]
    return (*order_by_time(told.document_of(facts)), facts.mention.span.start)
