"""Everything that one party said, over all stories in which it speaks, and what rests on it. Pure: a view."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from sayso.corroborate.unresolved import name_source
from sayso.records import Naming, PartyClaim, PartyRelation, PartyView, Spelling

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from sayso.records import ClaimFindings, Join, Judgement, Mention, Party, Reading, StoryFindings

    Told = Sequence[tuple[StoryFindings, Mapping[str, Reading]]]

MOST_REASONS = 12


def make_party_view(party: Party, joins: Sequence[Join], told: Told, judgements: Iterable[Judgement] = ()) -> PartyView:
    """Return a party with all that it said.

    Args:
        party: The party.
        joins: What was decided about pairs of sources, its own among them.
        told: The stories in which it speaks, each with the readings of its documents.
        judgements: Persons' judgements of pairs of sources.
    """
    sources = set(party.sources)
    found = [
        claim
        for findings, readings in told
        for one in findings.claims
        if (claim := _make_claim(one, findings, readings, sources)) is not None
    ]
    found.sort(key=lambda claim: (not claim.is_only_leg, not claim.is_root, -len(claim.outlets), claim.number))
    inner = [join for join in joins if join.first in sources and join.second in sources and join.is_applied]
    names = {
        source.id: name_source(source) for _, readings in told for one in readings.values() for source in one.sources
    }
    people = {judgement.id: judgement.by for judgement in judgements}
    judged = [judgement for join in inner for judgement in join.judgements]
    return PartyView(
        id=party.id,
        name=party.name,
        kind=party.kind,
        naming=party.naming,
        spellings=_list_spellings(sources, [readings for _, readings in told]),
        claims=tuple(found),
        n_claims=len(found),
        n_only_leg=sum(claim.is_only_leg for claim in found),
        outlets=party.outlets,
        joins=tuple(dict.fromkeys(_say_join(join, names) for join in inner))[:MOST_REASONS],
        unsure=tuple(dict.fromkeys(_iter_unsure(joins, sources, names)))[:MOST_REASONS],
        judged_by=tuple(dict.fromkeys(people[one] for one in judged if one in people)),
        is_private=bool(judged) and _is_unmasked(party, told),
    )


def _make_claim(
    found: ClaimFindings, findings: StoryFindings, readings: Mapping[str, Reading], sources: AbstractSet[str]
) -> PartyClaim | None:
    """Return what part a party has in a claim; None where it has none."""
    rows = {row.id: (row, reading) for reading in readings.values() for row in reading.attributions}
    given = {telling.id: telling for telling in found.case.tellings}
    said: list[Mention] = []
    against: list[Mention] = []
    carried: list[Mention] = []
    for mention in found.claim.mentions:
        row = rows[mention.attribution][0] if mention.attribution in rows else None
        telling = given.get(mention.id)
        if row is not None and row.source in sources:
            (said if telling is not None else against).append(mention)
        elif telling is not None and sources & set(telling.carriers):
            carried.append(mention)
    if not said and not against and not carried:
        return None
    origins = found.corroboration.persons.origins
    own = [origin for origin in origins if sources & set(origin.voices)]
    shown = (said or against or carried)[0]
    parts = [*said, *against, *carried]
    outlets = (readings[mention.document].document.outlet for mention in parts if mention.document in readings)
    of_carried = {mention.id for mention in carried}
    return PartyClaim(
        number=found.number,
        line=found.claim.line.exact,
        words=shown.span.exact,
        outlets=tuple(dict.fromkeys(outlet for outlet in outlets if outlet)),
        is_root=bool(own),
        is_only_leg=bool(own) and len(origins) == len(own) and not found.corroboration.unrecorded,
        is_against=bool(against),
        is_carrier=bool(carried),
        roots=tuple(
            dict.fromkeys(origin.name for origin in origins if origin not in own and of_carried & set(origin.tellings))
        ),
        is_disputed=_is_disputed(found, findings),
    )


def _is_disputed(found: ClaimFindings, findings: StoryFindings) -> bool:
    """Return whether a telling of a claim stands against another, or is denied or doubted."""
    mentions = {mention.id for mention in found.claim.mentions}
    return any(
        {dispute.first, dispute.second} & mentions for dispute in findings.disputes if dispute.kind.value != "refusal"
    )


def _list_spellings(sources: AbstractSet[str], readings: Iterable[Mapping[str, Reading]]) -> tuple[Spelling, ...]:
    """Return the names under which the sources of a party go, the one in most documents first."""
    documents: dict[str, list[Reading]] = defaultdict(list)
    roles: dict[str, Counter[str]] = defaultdict(Counter)
    for one in readings:
        for reading in one.values():
            for source in reading.sources:
                if source.id in sources:
                    documents[name_source(source)].append(reading)
                    roles[name_source(source)].update([source.role] if source.role else [])
    order = sorted(documents, key=lambda name: (-len(documents[name]), name))
    return tuple(
        Spelling(
            name=name,
            role=roles[name].most_common(1)[0][0] if roles[name] else None,
            documents=tuple(dict.fromkeys(reading.document.id for reading in documents[name])),
            outlets=tuple(
                dict.fromkeys(reading.document.outlet for reading in documents[name] if reading.document.outlet)
            ),
        )
        for name in order
    )


def _say_join(join: Join, names: Mapping[str, str]) -> str:
    """Return why two sources are one."""
    why = "; ".join(feature.why for feature in join.features[:3])
    if join.is_judged:
        why = "a person judged so" + (f"; {why}" if why else "")
    return f"{names.get(join.first, join.first)} and {names.get(join.second, join.second)}: {why}"


def _iter_unsure(
    joins: Iterable[Join], sources: AbstractSet[str], names: Mapping[str, str]
) -> Iterable[tuple[str, str]]:
    """Yield who else may be the party, and why that is open."""
    for join in joins:
        is_open = join.relation is PartyRelation.UNSURE or (join.relation is PartyRelation.SAME and not join.is_applied)
        if is_open and (join.first in sources) != (join.second in sources):
            other = join.second if join.first in sources else join.first
            why = "persons judged both ways" if join.is_contested else "; ".join(one.why for one in join.features[:3])
            yield names.get(other, other), why


def _is_unmasked(party: Party, told: Told) -> bool:
    """Return whether a source that is not named is tied to another by a person."""
    inside = set(party.sources)
    return len(inside) > 1 and any(
        source.naming is not Naming.NAMED
        for _, readings in told
        for reading in readings.values()
        for source in reading.sources
        if source.id in inside
    )
