"""On how many independent origins a claim stands: at least so many, at most so many, and why.

`find_origins` calls the steps in their order; docs/architecture/origins.md defines what it gives and proves the bounds.
Linear or nearly so in tellings, borrowings and ties; no recursion.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.corroborate.origins_bounds import Least, Most, find_least, find_most
from sayso.corroborate.origins_dependence import count_dependence
from sayso.corroborate.origins_first import find_first
from sayso.corroborate.origins_loops import gather_loops
from sayso.corroborate.origins_network import build_network, complete_voices, find_outlet_keys
from sayso.corroborate.origins_results import (
    View,
    gather_dependence,
    gather_non_merges,
    gather_origins,
    gather_unrecorded,
)
from sayso.corroborate.origins_voices import Differences, find_parts
from sayso.corroborate.origins_weighing import weigh_network
from sayso.records import Bounds, Corroboration, Independence, Level

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.corroborate.origins_network import Network
    from sayso.corroborate.origins_voices import Parts
    from sayso.corroborate.origins_weighing import Weighed
    from sayso.records import Dependence, Origin, OriginCase

LEGS_TO_ESTABLISH = 2


def find_origins(case: OriginCase) -> Corroboration:
    """Return how many independent origins a claim has at least and at most, with the reason of each merge."""
    voices, sources = complete_voices(case)
    parts = find_parts(voices, case.ties)
    differences = Differences(len(parts.members), parts.part_joins)
    net = build_network(case, parts, sources)
    weighed = weigh_network(net, differences)
    persons, organisations = _find_bounds(case, parts, weighed, net, differences)
    first, early = find_first(net, weighed, case.clock_slack_s)
    loops = gather_loops(net, weighed)
    independence = Independence.NOT_ESTABLISHED
    if persons.least >= LEGS_TO_ESTABLISH:
        independence = Independence.ESTABLISHED
    elif not weighed.counted:
        independence = Independence.NOT_RECORDED
    return Corroboration(
        claim=case.claim,
        persons=persons,
        organisations=organisations,
        independence=independence,
        unrecorded=gather_unrecorded(net, weighed),
        loops=loops,
        dependence=_find_dependence(parts, net, weighed),
        first=first,
        borrowings=tuple(net.borrowings),
        cited=tuple(told for told in net.telling[net.n_in_case :] if told is not None),
        taken_over=_name(net, weighed.taken_over),
        otherwise=_name(net, weighed.otherwise),
        set_aside=(*parts.set_aside, *net.set_aside, *early),
    )


def _name(net: Network, nodes: Sequence[int]) -> tuple[str, ...]:
    return tuple([telling.id for node in nodes if (telling := net.telling[node]) is not None])


def _find_bounds(
    case: OriginCase, parts: Parts, weighed: Weighed, net: Network, differences: Differences
) -> tuple[Bounds, Bounds]:
    """Return the bounds of both levels; neither of the second is greater than the first's."""
    body_of = parts.body_of
    bodies = Differences(max(body_of, default=-1) + 1, parts.body_joins)
    least, most = _count(weighed, range(len(body_of)), differences)
    body_least, body_most = _count(weighed, body_of, bodies)
    # Bounds that are reached stand in this order by themselves; one that is not may be put right by the other level's.
    if least.number < body_least.number:
        least = Least(body_least.number, is_exact=False, legs=least.legs)
    if body_most.number > most.number:
        body_most = Most(most.number, is_exact=False)
    first = View(Level.PERSONS, range(len(body_of)), least.legs, differences)
    second = View(Level.ORGANISATIONS, body_of, body_least.legs, bodies)
    return (
        _make_bounds(case, gather_origins(parts, weighed, net, first), Level.PERSONS, (least, most)),
        _make_bounds(case, gather_origins(parts, weighed, net, second), Level.ORGANISATIONS, (body_least, body_most)),
    )


def _count(weighed: Weighed, place: Sequence[int], differences: Differences) -> tuple[Least, Most]:
    """Return the bounds of one level, on which each part has its place."""
    certain = sorted({place[part] for part in weighed.counted})
    taken = {*certain, *(place[part] for part in weighed.doubtful)}
    bare = {group: [place[part] for part in some] for group, some in weighed.bare.items()}
    return find_least(certain, differences), find_most(len(taken), bare, taken)


def _make_bounds(case: OriginCase, origins: tuple[Origin, ...], level: Level, found: tuple[Least, Most]) -> Bounds:
    least, most = found
    return Bounds(
        level=level,
        least=least.number,
        most=most.number,
        is_least_exact=least.is_exact,
        is_most_exact=most.is_exact,
        origins=origins,
        non_merges=gather_non_merges(case, origins, level),
    )


def _find_dependence(parts: Parts, net: Network, weighed: Weighed) -> tuple[Dependence, ...]:
    """Return what many tellings stand or fall with."""
    numbers: dict[str, int] = {}
    own = [numbers.setdefault(key, len(numbers)) for key in net.outlet]
    keys = find_outlet_keys(parts)
    part_at = len(numbers)
    body_at = part_at + len(parts.members)
    n_labels = body_at + max(parts.body_of, default=-1) + 1
    sizes: dict[int, int] = {}
    for body in parts.body_of:
        sizes[body] = sizes.get(body, 0) + 1
    labels_of: dict[int, list[int]] = {}
    for routes in weighed.routes.values():
        for part, carriers in routes:
            for passed in (part, *carriers):
                if passed in labels_of:
                    continue
                body = parts.body_of[passed]
                labels_of[passed] = [part_at + passed]
                if sizes[body] > 1:
                    labels_of[passed].append(body_at + body)
                if keys.get(passed) in numbers:
                    labels_of[passed].append(numbers[keys[passed]])
    counts, is_exact = count_dependence(weighed, own, labels_of=labels_of, n_counted=net.n_in_case, n_labels=n_labels)
    return gather_dependence(
        parts, counts, of=net.n_in_case, outlets=list(numbers), labels_of=labels_of, is_exact=is_exact
    )
