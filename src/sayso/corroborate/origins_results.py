"""What was found, as records with ids, names and reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.corroborate.origins_groups import find_groups
from sayso.corroborate.origins_voices import make_mask, may_machine_tie
from sayso.records import Dependence, Level, Loop, Naming, Origin, Tied, Unrecorded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sayso.corroborate.origins_network import Network
    from sayso.corroborate.origins_voices import Differences, Parts
    from sayso.corroborate.origins_weighing import Weighed
    from sayso.records import OriginCase, Tie, Voice

# An outlet with which no other's telling stands or falls is not worth a line.
LEAST_RESTING = 2
BEST_NAMING = {Naming.NAMED: 0, Naming.DESCRIBED: 1, Naming.VAGUE: 2}


def _pick_name(voices: Iterable[Voice]) -> str:
    return min(voices, key=lambda voice: (BEST_NAMING[voice.naming], -len(voice.name), voice.id)).name


def gather_origins(
    case: OriginCase,
    parts: Parts,
    weighed: Weighed,
    net: Network,
    *,
    level: Level,
    place: Sequence[int],
    legs: Sequence[int],
    differences: Differences,
) -> tuple[tuple[Origin, ...], tuple[Tie, ...]]:
    """Return the origins of a level, legs first, and the ties that keep them apart or leave it open."""
    nodes: dict[int, dict[int, None]] = {}
    certain = {place[part] for part in weighed.counted}
    for some in (weighed.counted, weighed.doubtful):
        for part, found in some.items():
            nodes.setdefault(place[part], {}).update(dict.fromkeys(found))
    for group, possible in weighed.bare.items():
        for node in weighed.groups.get(group):
            part = net.possible[node]
            if part in possible:
                nodes.setdefault(place[part], {})[node] = None
    members: dict[int, list[int]] = {}
    for part, at in enumerate(place):
        if at in nodes:
            members.setdefault(at, []).extend(parts.members[part])
    merges = _find_merges(parts, place, nodes, level=level)
    private = {place[part] for part in parts.private} | _find_private(parts, level=level)
    leg_mask, is_leg = make_mask(legs, differences.n), set(legs)
    ids = {at: parts.voices[min(found)].id if len(found) > 1 else parts.voices[found[0]].id for at, found in members.items()}
    origins = []
    for at in sorted(nodes, key=lambda at: (at not in is_leg, ids[at])):
        may_be = None
        if at in certain and at not in is_leg and (left := leg_mask & ~differences.mask(at)):
            may_be = ids[(left & -left).bit_length() - 1]
        voices = [parts.voices[number] for number in sorted(members[at])]
        tellings = [telling.id for node in nodes[at] if (telling := net.telling[node]) is not None]
        origins.append(
            Origin(
                id=ids[at],
                name=_pick_name(voices),
                voices=tuple([voice.id for voice in voices]),
                tellings=tuple(tellings),
                is_certain=at in certain,
                is_leg=at in is_leg,
                may_be=may_be,
                merges=tuple(merges.get(at, ())),
                is_private=at in private,
            )
        )
    return tuple(origins), _find_non_merges(case, parts, place, nodes, level=level)


def _find_merges(
    parts: Parts, place: Sequence[int], nodes: Mapping[int, object], *, level: Level
) -> dict[int, list[Tie]]:
    merges: dict[int, dict[int, Tie]] = {}
    links = [(place[parts.part_of[link.one]], link.tie) for link in parts.part_links]
    if level is Level.ORGANISATIONS:
        links += [(place[link.one], link.tie) for link in parts.body_links]
    for at, tie in links:
        if at in nodes:
            merges.setdefault(at, {})[id(tie)] = tie
    return {at: list(ties.values()) for at, ties in merges.items()}


def _find_private(parts: Parts, *, level: Level) -> set[int]:
    """Return the bodies that a person tied an unnamed voice to."""
    if level is Level.PERSONS:
        return set()
    found = set()
    for link in parts.body_links:
        one, other = (parts.voices[parts.members[part][0]] for part in (link.one, link.other))
        if link.tie.by is not None and not may_machine_tie(one, other):
            found.add(parts.body_of[link.one])
    return found


def _find_non_merges(
    case: OriginCase, parts: Parts, place: Sequence[int], nodes: Mapping[int, object], *, level: Level
) -> tuple[Tie, ...]:
    """Return the ties that say of two or more of the origins that they are different, or that it is not known."""
    number = {voice.id: place[part] for voice, part in zip(parts.voices, parts.part_of, strict=True)}
    found = []
    for tie in case.ties:
        if tie.is_undone or (tie.is_certain and tie.relation in {Tied.SAME, Tied.SPEAKS_FOR}):
            continue
        if tie.level is Level.ORGANISATIONS and level is Level.PERSONS:
            continue
        seen = -1
        for voice in tie.voices:
            at = number.get(voice, -1)
            if at in nodes and at != seen:
                if seen >= 0:
                    found.append(tie)
                    break
                seen = at
    return tuple(found)


def gather_unrecorded(net: Network, weighed: Weighed) -> tuple[Unrecorded, ...]:
    """Return the tellings behind which nothing is recorded."""
    found = []
    for number in weighed.bare:
        nodes = weighed.groups.get(number)
        tellings = [telling.id for node in nodes if (telling := net.telling[node]) is not None]
        if not tellings:
            continue
        maybe = dict.fromkeys(other for node in nodes for other in net.maybe.get(node, ()))
        found.append(
            Unrecorded(
                tellings=tuple(tellings),
                outlets=tuple(dict.fromkeys([net.outlet[node] for node in nodes])),
                may_be_from=tuple([telling.id for node in maybe if (telling := net.telling[node]) is not None]),
                is_in_case=nodes[0] < net.n_in_case,
            )
        )
    return tuple(found)


def gather_loops(net: Network, weighed: Weighed) -> tuple[Loop, ...]:
    """Return the circles, those first behind which there is nothing."""
    loops = []
    for number, group in weighed.groups.circles.items():
        loops.append(_make_loop(net, group, is_circular=number in weighed.bare, is_certain=True))
    loops += _find_possible_loops(net, weighed)
    return tuple(sorted(loops, key=lambda loop: (not loop.is_circular, not loop.is_certain, loop.tellings)))


def _make_loop(net: Network, nodes: Sequence[int], *, is_circular: bool, is_certain: bool) -> Loop:
    tellings = [telling.id for node in nodes if (telling := net.telling[node]) is not None]
    outlets = dict.fromkeys(net.outlet[node] for node in nodes)
    return Loop(tellings=tuple(tellings), outlets=tuple(outlets), is_circular=is_circular, is_certain=is_certain)


def _find_possible_loops(net: Network, weighed: Weighed) -> list[Loop]:
    """Return circles of bare groups that close by borrowings that are only possible."""
    if not net.maybe:
        return []
    groups = weighed.groups
    at = {number: place for place, number in enumerate(weighed.bare)}
    # From a bare group to whatever has it from there alone, and by a possible borrowing back again.
    root = [-1] * len(groups.of)
    start, ends = groups.parents.start, groups.parents.ends
    for number, first in enumerate(groups.first):
        if number not in groups.circles and start[first + 1] - start[first] < 2:  # noqa: PLR2004 (one parent or none)
            above_it = ends[start[first] : start[first + 1]]
            root[first] = root[above_it[0]] if above_it else at.get(number, -1)
            continue
        nodes = groups.get(number)
        above = {root[parent] for node in nodes for parent in groups.parents.get(node) if groups.of[parent] != number}
        found = at.get(number, -1) if not above else (above.pop() if len(above) == 1 else -1)
        for node in nodes:
            root[node] = found
    edges = [
        (at[groups.of[node]], root[other], other)
        for node, others in net.maybe.items()
        for other in others
        if groups.of[node] in at and root[other] >= 0
    ]
    circles = find_groups(len(at), [edge[0] for edge in edges], [edge[1] for edge in edges])
    numbers, found = list(weighed.bare), {}
    for taker, giver, other in edges:
        circle = circles.of[taker]
        if circle == circles.of[giver] and (taker == giver or circle in circles.circles):
            nodes = found.setdefault(circle, {})
            nodes.update(dict.fromkeys([*groups.get(numbers[taker]), *groups.get(numbers[giver])]))
            # By which way it closes: from the other's telling up to the root that it has it from.
            while groups.of[other] != numbers[giver] and other not in nodes:
                nodes[other] = None
                other = next(parent for parent in groups.parents.get(other) if parent not in nodes or root[parent] == giver)
    return [_make_loop(net, sorted(nodes), is_circular=True, is_certain=False) for nodes in found.values() if len(nodes) > 1]


def gather_dependence(
    parts: Parts,
    net: Network,
    weighed: Weighed,
    *,
    counts: Sequence[int],
    outlets: Sequence[str],
    labels_of: Mapping[int, Sequence[int]],
    is_exact: bool,
) -> tuple[Dependence, ...]:
    """Return what tellings stand or fall with: origins and carriers always, outlets where others rest on them."""
    of = net.n_in_case
    found = []
    names = {voice.outlet: voice.name for voice in reversed(parts.voices) if voice.kind == "outlet"}
    for number, key in enumerate(outlets):
        if counts[number] >= LEAST_RESTING:
            name = names.get(key, key)
            found.append(Dependence(what=key, name=name, level=None, resting=counts[number], of=of, is_exact=is_exact))
    part_at = len(outlets)
    body_at = part_at + len(parts.members)
    bodies: dict[int, list[int]] = {}
    for part in labels_of:
        bodies.setdefault(parts.body_of[part], []).append(part)
    labels = [(part_at + part, Level.PERSONS, [part]) for part in labels_of]
    labels += [(body_at + body, Level.ORGANISATIONS, some) for body, some in bodies.items() if len(some) > 1]
    for label, level, some in labels:
        voices = [parts.voices[number] for part in some for number in parts.members[part]]
        if counts[label]:
            what, name = min(voice.id for voice in voices), _pick_name(voices)
            found.append(Dependence(what=what, name=name, level=level, resting=counts[label], of=of, is_exact=is_exact))
    return tuple(sorted(found, key=lambda entry: (-entry.resting, entry.level is None, entry.what)))
