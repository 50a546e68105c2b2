"""Who speaks in a story: its sources as voices, and what they are to one another.

Joins of sources become ties, each with its reason; persons' judgements stand beside the machine's under their names.
"""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING

from sayso.corroborate.aliases import find_aliases
from sayso.corroborate.apart import MOST_NAMES, are_known_apart, are_told_apart, is_sure
from sayso.corroborate.casting_record import Casting
from sayso.corroborate.judged_pairs import RELATIONS, find_judged_pairs
from sayso.corroborate.name_judge import judge_names
from sayso.corroborate.parties import find_parties
from sayso.records import Appearance, JudgementKind, Kind, Naming, OriginReason, PartyRelation, Tie, Tied

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from sayso.corroborate.tellings import Teller
    from sayso.records import Join, Judgement, Party, Voice

TIED = {
    PartyRelation.SAME: Tied.SAME,
    PartyRelation.DIFFERENT: Tied.DIFFERENT,
    PartyRelation.UNSURE: Tied.UNKNOWN,
}
BODIES = frozenset({Kind.ORGANISATION, Kind.STATE, Kind.OUTLET})


def cast_story(tellers: Sequence[Teller], *, topic: str, judgements: Sequence[Judgement]) -> Casting:
    """Return who speaks in a story.

    Args:
        tellers: Its documents.
        topic: Id of the story.
        judgements: What persons decided of pairs of sources, undoings too; others are passed over.
    """
    appearances = [
        Appearance(source=source, document=teller.document.id, outlet=teller.document.outlet, topics=(topic,))
        for teller in tellers
        for source in teller.sources.values()
    ]
    aliases = [alias for t in tellers for alias in find_aliases(t.document.text, document=t.document.id)]
    parties, joins = find_parties(appearances, judgements=judgements, aliases=aliases)
    known = {appearance.source.id for appearance in appearances}
    party_of = {source: party.id for party in parties for source in party.sources}
    joined: dict[str, list[Join]] = defaultdict(list)
    unsure: dict[frozenset[str], Join] = {}
    for join in joins:
        if join.relation is PartyRelation.SAME and join.is_applied:
            joined[join.first].append(join)
            joined[join.second].append(join)
        elif not join.is_applied and join.relation is not PartyRelation.DIFFERENT:
            pair = frozenset((party_of[join.first], party_of[join.second]))
            if pair not in unsure or join.is_judged:
                unsure[pair] = join
    by_id = {judgement.id: judgement for judgement in judgements}
    judged = {
        pair: tuple(by_id[key] for key in found.judgements)
        for pair, found in find_judged_pairs(judgements).items()
        if known.issuperset(pair)
    }
    casting = Casting(
        parties={party.id: party for party in parties},
        joins=joins,
        party_of=party_of,
        teller_of={source.id: teller for teller in tellers for source in teller.reading.sources},
        joined=joined,
        judged=judged,
        undone=tuple(_iter_undone(judgements, judged, known)),
        unsure=unsure,
        bodies={},
        belonging=frozenset(
            f" {' '.join(words.casefold().split())} "
            for teller in tellers
            for source in teller.sources.values()
            for words in (source.affiliation, source.role)
            if words
        ),
    )
    casting.bodies = _find_bodies(casting)
    return casting


def _iter_undone(
    judgements: Iterable[Judgement], judged: Mapping[tuple[str, str], Sequence[Judgement]], known: set[str]
) -> Iterator[Judgement]:
    """Yield the judgements of pairs of sources that somebody took back."""
    every = {judgement.id: judgement for judgement in judgements}
    alive = {one.id for found in judged.values() for one in found}
    taken = {one.subject for one in every.values() if one.kind is JudgementKind.UNDO}
    for key in sorted(taken - alive):
        one = every.get(key)
        if one is not None and one.kind in RELATIONS and one.other is not None and {one.subject, one.other} <= known:
            yield one


def _find_bodies(casting: Casting) -> dict[str, str]:
    """Return for each named person whose affiliation or role names one named party of the story that party's id."""
    named = [p for p in casting.parties.values() if p.kind in BODIES and p.naming is Naming.NAMED]
    found: dict[tuple[str | None, str | None], str | None] = {}
    bodies = {}
    for source_id, teller in casting.teller_of.items():
        source = teller.sources[source_id]
        if source.naming is not Naming.NAMED or source.kind is not Kind.PERSON or source.unresolved is not None:
            continue
        words = source.affiliation, source.role
        if words not in found:
            fitting = [party.id for party in named if source.affiliation and _names_party(source.affiliation, party)]
            fitting = fitting or [party.id for party in named if source.role and _holds_party(source.role, party)]
            found[words] = fitting[0] if len(fitting) == 1 else None
        body = found[words]
        if body is not None and body != casting.party_of[source_id]:
            bodies[source_id] = body
    return bodies


def _holds_party(role: str, party: Party) -> bool:
    """Return whether a role says for which body: "the director of the State Security Bureau"."""
    inner = f" {' '.join(role.casefold().split())} "
    names = (name.casefold().removeprefix("the ") for name in (party.name, *party.aliases[:MOST_NAMES]))
    return any(f" {name} " in inner for name in names if len(name.split()) > 1 or name.isupper())


def _names_party(words: str, party: Party) -> bool:
    """Return whether words are a name of a body."""
    names = (party.name, *party.aliases[:MOST_NAMES])
    return any(_are_same(words, name) for name in names)


@lru_cache(maxsize=65_536)
def _are_same(one: str, other: str) -> bool:
    if one.casefold().removeprefix("the ") == other.casefold().removeprefix("the "):
        return True
    return judge_names(one, other, Kind.ORGANISATION).relation is PartyRelation.SAME


def complete_cast(casting: Casting, voices: Mapping[str, Voice]) -> dict[str, Voice]:
    """Return the voices of a claim, with those besides by which they are tied to one another."""
    full = dict(voices)
    wanted = {key: casting.party_of[key] for key in voices if key in casting.party_of}
    parties = set(wanted.values())
    parties |= {casting.bodies[key] for key in wanted if key in casting.bodies}
    needed = set(wanted)
    for key in wanted:
        if key in casting.bodies:
            needed.add(casting.parties[casting.bodies[key]].sources[0])
    for pair in casting.judged:
        if {casting.party_of[source] for source in pair} <= parties:
            needed.update(pair)
    by_party: dict[str, list[str]] = defaultdict(list)
    for key in sorted(needed):
        by_party[casting.party_of[key]].append(key)
    for keys in by_party.values():
        needed |= _find_way(casting, keys)
    for key in sorted(needed - set(full)):
        full[key] = casting.teller_of[key].get_voice(key)
    return full


def _find_way(casting: Casting, keys: Sequence[str]) -> set[str]:
    """Return the sources on the joins that lead from the first of a party's sources to the others."""
    if len(keys) < 2:  # noqa: PLR2004 (nothing to tie)
        return set()
    before: dict[str, str] = {keys[0]: ""}
    missing, queue = set(keys[1:]), [keys[0]]
    for at in queue:
        if not missing:
            break
        for join in casting.joined.get(at, ()):
            there = join.second if join.first == at else join.first
            if there not in before:
                before[there] = at
                queue.append(there)
                missing.discard(there)
    way: set[str] = set()
    for key in keys:
        at = key
        while at and at in before and at not in way:
            way.add(at)
            at = before[at]
    return way


def find_ties(
    casting: Casting, voices: Mapping[str, Voice], one_statement: AbstractSet[frozenset[str]] = frozenset()
) -> tuple[Tie, ...]:
    """Return what is known, and judged, of the voices of a claim.

    Args:
        casting: Who speaks in the story.
        voices: Who speaks of the claim.
        one_statement: Pairs of parties that are named for the same words: whether they are two is not known here.
    """
    ties = [*_iter_joins(casting, voices), *_iter_judged(casting, voices)]
    shown: dict[str, str] = {}
    for key in sorted(voices):
        if key in casting.party_of and voices[key].naming is Naming.NAMED:
            shown.setdefault(casting.party_of[key], key)
    ties += _iter_unsure(casting, shown)
    ties += _iter_rosters(casting, shown, one_statement)
    ties += _iter_one_statement(casting, shown, one_statement)
    ties += _iter_bodies(casting, shown, voices)
    return tuple(ties)


def _iter_joins(casting: Casting, voices: Mapping[str, Voice]) -> Iterator[Tie]:
    """Yield the machine's joins between voices."""
    for key in voices:
        for join in casting.joined.get(key, ()):
            if join.first == key and join.second in voices and not join.is_judged:
                yield Tie(voices=(join.first, join.second), relation=Tied.SAME, reason=_tell_join("same-party", join))


def _tell_join(code: str, join: Join) -> OriginReason:
    why = "; ".join(feature.why for feature in join.features) or "nothing tells them apart, and nothing joins them"
    return OriginReason(code=code, parts=(("why", why),))


def _iter_judged(casting: Casting, voices: Mapping[str, Voice]) -> Iterator[Tie]:
    """Yield what persons judged of voices, and what they took back."""
    for pair, judgements in casting.judged.items():
        if all(source in voices for source in pair):
            yield from (_tie_judgement(one) for one in judgements)
    for one in casting.undone:
        if one.subject in voices and one.other in voices:
            yield _tie_judgement(one, is_undone=True)


def _tie_judgement(one: Judgement, *, is_undone: bool = False) -> Tie:
    code = "judged-because" if one.reason else "judged"
    return Tie(
        voices=(one.subject, one.other or ""),
        relation=TIED[RELATIONS[one.kind]],
        reason=OriginReason(code=code, parts=(("why", one.reason),) if one.reason else ()),
        by=one.by,
        is_undone=is_undone,
    )


def _iter_unsure(casting: Casting, shown: Mapping[str, str]) -> Iterator[Tie]:
    """Yield of which parties the machine cannot tell whether they are one."""
    for pair, join in casting.unsure.items():
        if len(pair) > 1 and all(party in shown for party in pair) and not join.is_judged:
            one, other = sorted(shown[party] for party in pair)
            yield Tie(voices=(one, other), relation=Tied.UNKNOWN, reason=_tell_join("unsure-party", join))


def _iter_one_statement(
    casting: Casting, shown: Mapping[str, str], one_statement: AbstractSet[frozenset[str]]
) -> Iterator[Tie]:
    """Yield which parties, told apart by their names, are named for the same words."""
    for pair in sorted(sorted(pair) for pair in one_statement):
        if all(party in shown for party in pair) and are_known_apart(casting, pair[0], pair[1]):
            voices = tuple(sorted(shown[party] for party in pair))
            yield Tie(voices=voices, relation=Tied.UNKNOWN, reason=OriginReason(code="one-statement"))


def _iter_rosters(
    casting: Casting, shown: Mapping[str, str], one_statement: AbstractSet[frozenset[str]]
) -> Iterator[Tie]:
    """Yield which named parties are known to be different: persons from persons, bodies from bodies.

    Whether a person and a body are one voice stays open: somebody speaks for every body.
    """

    def are_apart(one: str, other: str) -> bool:
        return frozenset((one, other)) not in one_statement and are_told_apart(casting, one, other)

    for kind in (Kind.PERSON, Kind.ORGANISATION, Kind.STATE):
        parties = [party for party in shown if casting.parties[party].kind is kind and is_sure(casting, party)]
        roster: list[str] = []
        rest: list[str] = []
        for party in parties:
            (roster if all(are_apart(party, other) for other in roster) else rest).append(party)
        groups = [roster]
        groups += [[party, *(o for o in roster if are_apart(party, o))] for party in rest]
        groups += [[a, b] for a, b in combinations(rest, 2) if are_apart(a, b)]
        for group in groups:
            if len(group) > 1:
                reason = OriginReason(code="other-names")
                yield Tie(voices=tuple(shown[party] for party in group), relation=Tied.DIFFERENT, reason=reason)


def _iter_bodies(casting: Casting, shown: Mapping[str, str], voices: Mapping[str, Voice]) -> Iterator[Tie]:
    """Yield who speaks for which body."""
    for party, key in shown.items():
        for source in casting.parties[party].sources:
            body = casting.bodies.get(source)
            if body is not None and body in shown and voices[key].kind is Kind.PERSON:
                stated = casting.teller_of[source].sources[source]
                words = stated.affiliation or stated.role or ""
                parts = (("affiliation", words), ("name", voices[key].name))
                reason = OriginReason(code="affiliation", parts=parts)
                yield Tie(voices=(key, shown[body]), relation=Tied.SPEAKS_FOR, reason=reason)
                break
