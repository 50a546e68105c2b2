"""What persons judged of pairs of rows, applied to the claims that the machine made of their mentions."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sayso.records import ClaimRelation, PartyRelation, WeighedFeature

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from sayso.corroborate.judged_pairs import JudgedPair
    from sayso.records import ClaimLink, Mention

    Pair = tuple[int, int]

RELATIONS = {
    PartyRelation.SAME: ClaimRelation.SAME,
    PartyRelation.DIFFERENT: ClaimRelation.DIFFERENT,
    PartyRelation.UNSURE: ClaimRelation.UNSURE,
}
WHY = {
    PartyRelation.SAME: "a person judged that both tell the same claim",
    PartyRelation.DIFFERENT: "a person judged that they tell different claims",
    PartyRelation.UNSURE: "a person left it open whether both tell the same claim",
}
CONTESTED = "persons judged otherwise than one another: neither judgement is applied"


def place_judged(
    judged: Mapping[tuple[str, str], JudgedPair], mentions: Sequence[Mention]
) -> dict[tuple[int, int], JudgedPair]:
    """Return what persons judged of rows by the numbers of the rows' mentions, the lower first."""
    if not judged:
        return {}
    number_of = {mention.attribution: number for number, mention in enumerate(mentions) if mention.attribution}
    found = {}
    for (first, second), pair in judged.items():
        if first in number_of and second in number_of:
            low, high = sorted((number_of[first], number_of[second]))
            found[low, high] = pair
    return dict(sorted(found.items()))


def mark_judged(
    links: Sequence[ClaimLink], judged: Mapping[Pair, JudgedPair], judge: Callable[[Pair], ClaimLink]
) -> list[ClaimLink]:
    """Return the links, those that persons judged with what they say first; pairs that were not compared are added.

    Args:
        links: What the machine found.
        judged: What persons judged, by numbers of mentions.
        judge: Gives what the machine finds of a pair.
    """
    if not judged:
        return list(links)
    marked = {}
    for pair, said in judged.items():
        link = judge(pair)
        why = CONTESTED if said.is_contested else WHY[said.relation]
        feature = WeighedFeature(name="judged", value=1.0, weight=0.0, why=f"{why} ({', '.join(said.judgements)})")
        relation = link.relation if said.is_contested else RELATIONS[said.relation]
        marked[link.first, link.second] = replace(link, relation=relation, features=(feature, *link.features))
    return [*(marked.pop((link.first, link.second), link) for link in links), *marked.values()]


def regroup(
    groups: Sequence[Sequence[int]], judged: Mapping[Pair, JudgedPair], near: Sequence[Mapping[int, float]]
) -> list[list[int]]:
    """Return groups of mentions as persons judged: claims of one brought together, then those of two put apart.

    Args:
        groups: The machine's.
        judged: What persons judged, by numbers of mentions.
        near: For each mention how likely it is of one claim with others.
    """
    same = [pair for pair, said in judged.items() if said.relation is PartyRelation.SAME]
    apart = [pair for pair, said in judged.items() if said.relation is PartyRelation.DIFFERENT]
    if not same and not apart:
        return [list(group) for group in groups]
    merged = _join_groups(groups, same)
    units = _join_groups([[member] for group in groups for member in group], same)
    unit_of = {member: number for number, unit in enumerate(units) for member in unit}
    found: list[list[int]] = []
    for group in merged:
        fences = {frozenset((unit_of[a], unit_of[b])) for a, b in apart if a in group and b in group}
        if fences:
            numbers = list(dict.fromkeys(unit_of[member] for member in group))
            found.extend(_split([units[number] for number in numbers], numbers, fences, near))
        else:
            found.append(group)
    return sorted(found)


def _join_groups(groups: Sequence[Sequence[int]], pairs: Iterable[Pair]) -> list[list[int]]:
    """Return groups of which those are one that pairs have members in."""
    at = {member: number for number, group in enumerate(groups) for member in group}
    members = {number: list(group) for number, group in enumerate(groups)}
    for one, other in pairs:
        low, high = sorted((at[one], at[other]))
        if low != high:
            for member in members[high]:
                at[member] = low
            members[low].extend(members.pop(high))
    return sorted(sorted(group) for group in members.values())


def _split(
    units: Sequence[Sequence[int]],
    numbers: Sequence[int],
    fences: set[frozenset[int]],
    near: Sequence[Mapping[int, float]],
) -> list[list[int]]:
    """Return a group in parts: first those that persons put apart, then each of the rest where it is likest to."""
    fenced = {number for fence in fences for number in fence}
    parts: list[tuple[list[int], list[int]]] = []  # numbers of units, members
    for number, unit in sorted(zip(numbers, units, strict=True), key=lambda item: (item[0] not in fenced, item[1][0])):
        free = [part for part in parts if not any(frozenset((number, other)) in fences for other in part[0])]
        if not free:
            parts.append(([number], list(unit)))
            continue
        likeness = [
            sum(near[a].get(b, 0.0) for a in unit for b in members) / (len(unit) * len(members)) for _, members in free
        ]
        best = free[likeness.index(max(likeness))]
        best[0].append(number)
        best[1].extend(unit)
    return [sorted(members) for _, members in parts]
