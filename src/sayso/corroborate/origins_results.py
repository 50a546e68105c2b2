"""What was found, as records with ids, names and reasons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sayso.corroborate.origins_voices import make_mask, may_machine_tie
from sayso.records import Dependence, Kind, Level, Naming, Origin, Tied, Unrecorded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sayso.corroborate.origins_network import Network
    from sayso.corroborate.origins_voices import Differences, Parts
    from sayso.corroborate.origins_weighing import Weighed
    from sayso.records import OriginCase, Tie, Voice

# An outlet with which no other's telling stands or falls is not worth a line.
LEAST_RESTING = 2
BEST_NAMING = {Naming.NAMED: 0, Naming.DESCRIBED: 1, Naming.VAGUE: 2}


def _pick_name(voices: Sequence[Voice]) -> str:
    if len(voices) == 1:
        return voices[0].name
    return min(voices, key=lambda voice: (BEST_NAMING[voice.naming], -len(voice.name), voice.id)).name


@dataclass(frozen=True, slots=True)
class View:
    """What the origins of one level are.

    Attributes:
        level: Which.
        place: Of each part the number of its class on this level: itself, or its body.
        legs: Classes that are all known to be different.
        differences: Which classes are.
    """

    level: Level
    place: Sequence[int]
    legs: Sequence[int]
    differences: Differences


def gather_origins(parts: Parts, weighed: Weighed, net: Network, view: View) -> tuple[Origin, ...]:
    """Return the origins of a level, legs first."""
    place, voices = view.place, parts.voices
    nodes = _find_nodes(weighed, net, place)
    certain = {place[part] for part in weighed.counted}
    members: dict[int, list[int]] = {}
    for part, at in enumerate(place):
        if at in nodes:
            members.setdefault(at, []).extend(parts.members[part])
    for found in members.values():
        found.sort()
    merges = _find_merges(parts, view, nodes)
    private = {place[part] for part in parts.private} | _find_private(parts, view.level)
    leg_mask, is_leg = make_mask(view.legs, view.differences.n), set(view.legs)
    ids = {at: voices[found[0]].id for at, found in members.items()}
    origins = []
    for at in sorted(nodes, key=lambda at: (at not in is_leg, ids[at])):
        may_be = None
        if at in certain and at not in is_leg and (left := leg_mask & ~view.differences.mask(at)):
            may_be = ids[(left & -left).bit_length() - 1]
        some = [voices[number] for number in members[at]]
        origins.append(
            Origin(
                id=ids[at],
                name=_pick_name(some),
                voices=tuple([voice.id for voice in some]),
                tellings=tuple([telling.id for node in nodes[at] if (telling := net.telling[node]) is not None]),
                is_certain=at in certain,
                is_leg=at in is_leg,
                may_be=may_be,
                merges=merges.get(at, ()),
                is_private=at in private,
            )
        )
    return tuple(origins)


def _find_nodes(weighed: Weighed, net: Network, place: Sequence[int]) -> dict[int, list[int]]:
    """Return for each class the tellings that name it and do not have it from another."""
    nodes: dict[int, list[int]] = {}
    for some in (weighed.counted, weighed.doubtful):
        for part, found in some.items():
            nodes.setdefault(place[part], []).extend(found)
    for group, possible in weighed.bare.items():
        if possible:
            for node in weighed.groups.get(group):
                if net.possible[node] >= 0:
                    nodes.setdefault(place[net.possible[node]], []).append(node)
    return {at: list(dict.fromkeys(found)) for at, found in nodes.items()}


def _find_merges(parts: Parts, view: View, nodes: Mapping[int, object]) -> dict[int, tuple[Tie, ...]]:
    merges: dict[int, dict[int, Tie]] = {}
    links = [(view.place[parts.part_of[link.one]], link.tie) for link in parts.part_links]
    if view.level is Level.ORGANISATIONS:
        links += [(view.place[link.one], link.tie) for link in parts.body_links]
    for at, tie in links:
        if at in nodes:
            merges.setdefault(at, {})[id(tie)] = tie
    return {at: tuple(ties.values()) for at, ties in merges.items()}


def _find_private(parts: Parts, level: Level) -> set[int]:
    """Return the bodies that a person tied an unnamed voice to."""
    if level is Level.PERSONS:
        return set()
    found = set()
    for link in parts.body_links:
        one, other = (parts.voices[parts.members[part][0]] for part in (link.one, link.other))
        if link.tie.by is not None and not may_machine_tie(one, other):
            found.add(parts.body_of[link.one])
    return found


def gather_non_merges(case: OriginCase, origins: Sequence[Origin], level: Level) -> tuple[Tie, ...]:
    """Return the ties that say of two or more origins that they are different, or that it is not known."""
    number = {voice: place for place, origin in enumerate(origins) for voice in origin.voices}
    found = []
    for tie in case.ties:
        if tie.is_undone or (tie.is_certain and tie.relation in {Tied.SAME, Tied.SPEAKS_FOR}):
            continue
        if tie.level is Level.ORGANISATIONS and level is Level.PERSONS:
            continue
        if len({number[voice] for voice in tie.voices if voice in number}) > 1:
            found.append(tie)
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


def gather_dependence(
    parts: Parts,
    counts: Sequence[int],
    *,
    of: int,
    outlets: Sequence[str],
    labels_of: Mapping[int, Sequence[int]],
    is_exact: bool,
) -> tuple[Dependence, ...]:
    """Return what tellings stand or fall with: origins and carriers always, outlets where others rest on them.

    Args:
        parts: Who is one with whom.
        counts: Of each label how many tellings; outlets first, then parts, then bodies.
        of: How many tellings there are.
        outlets: The outlets' keys.
        labels_of: The parts that known routes pass through.
        is_exact: Whether the counts are all there is.
    """
    voices, part_at = parts.voices, len(outlets)
    body_at = part_at + len(parts.members)
    names = {voice.outlet: voice.name for voice in reversed(voices) if voice.kind is Kind.OUTLET}
    rows: list[tuple[str, str, Level | None, int]] = [
        (key, names.get(key, key), None, n) for key, n in zip(outlets, counts, strict=False) if n >= LEAST_RESTING
    ]
    rested = {part for part in labels_of if counts[part_at + part]}
    rows += [(*_name_part(parts, [part]), Level.PERSONS, counts[part_at + part]) for part in rested]
    bodies: dict[int, list[int]] = {}
    for part, body in enumerate(parts.body_of):
        if counts[body_at + body]:
            bodies.setdefault(body, []).append(part)
    rows += [
        (*_name_part(parts, some), Level.ORGANISATIONS, counts[body_at + body])
        for body, some in bodies.items()
        if len(rested.intersection(some)) > 1
    ]
    rows.sort(key=lambda row: (-row[3], row[2] is None, row[0], row[2] or ""))
    return tuple(
        [
            Dependence(what=what, name=name, level=level, resting=resting, of=of, is_exact=is_exact)
            for what, name, level, resting in rows
        ]
    )


def _name_part(parts: Parts, some: Sequence[int]) -> tuple[str, str]:
    """Return the id and the name of parts taken together."""
    numbers = [number for part in some for number in parts.members[part]]
    return parts.voices[min(numbers)].id, _pick_name([parts.voices[number] for number in numbers])
