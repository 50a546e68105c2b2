"""Where two tellings stand against one another: figures that cannot both hold, denials, doubts, refusals, polarity.

Typed values decide: intervals, polarity, stance. Nothing is taken for a contradiction because its words look like one.
A later, higher figure of what only grows is an update (`Update`) and no dispute. Who is right is never said.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from itertools import product
from typing import TYPE_CHECKING

from sayso.corroborate.claim_facts import gather_facts
from sayso.corroborate.claim_features import is_part_of_name, overlap_times
from sayso.corroborate.earlier_figures import Earlier, look_back
from sayso.corroborate.figures_apart import can_both_hold, is_higher, only_grows, pair_figures
from sayso.corroborate.mentions import telling_words
from sayso.corroborate.opposites import are_opposite, is_framed, read_side
from sayso.corroborate.order import compare_documents
from sayso.corroborate.rulebook import load_rules
from sayso.corroborate.story_marks import cut_word
from sayso.ids import finding_id
from sayso.records import Dispute, DisputeKind, Polarity, RelationType, Stance, Update, UpdateKind, WeighedFeature

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sayso.corroborate.claim_facts import MentionFacts
    from sayso.records import Claim, ClaimLink, Document, Mention, Quantity, Reading

# Of a claim so many that say that it is so are held against so many that say that it is not.
MOST_OF_A_SIDE = 20
STANDS_AGAINST = {
    Stance.DENIES: DisputeKind.DENIAL,
    Stance.DOUBTS: DisputeKind.DOUBT,
    Stance.DECLINES: DisputeKind.REFUSAL,
}


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """What the claims of some documents rest on.

    Attributes:
        facts: What each mention says, by its id.
        documents: The documents, by id.
        readings: Their readings, by the document's id.
        earlier: What the documents said before they were changed.
    """

    facts: Mapping[str, MentionFacts]
    documents: Mapping[str, Document]
    readings: Mapping[str, Reading]
    earlier: Earlier = field(default_factory=Earlier)

    def document_of(self, facts: MentionFacts) -> Document:
        """Return the document of a mention."""
        return self.documents[facts.mention.document]


def gather_told(
    readings: Sequence[Reading],
    claims: Iterable[Claim],
    parties: Mapping[str, str] | None = None,
    older: Iterable[Reading] = (),
) -> Told:
    """Return what the mentions of claims say.

    Args:
        readings: The readings of their documents.
        claims: The claims.
        parties: Id of the party of each source, by the source's id.
        older: Readings of versions that the documents replaced.
    """
    mentions: dict[str, list[Mention]] = {}
    for claim in claims:
        for mention in claim.mentions:
            mentions.setdefault(mention.document, []).append(mention)
    facts = [
        one
        for reading in readings
        for one in gather_facts(reading, mentions.get(reading.document.id, ()), parties or {})
    ]
    return Told(
        facts={one.mention.id: one for one in facts},
        documents={reading.document.id: reading.document for reading in readings},
        readings={reading.document.id: reading for reading in readings},
        earlier=look_back(readings, older, parties or {}),
    )


def find_disputes(
    told: Told, links: Iterable[ClaimLink], claims: Iterable[Claim] = ()
) -> tuple[tuple[Dispute, ...], tuple[Update, ...]]:
    """Return the disputes between mentions, and the later figures that took the place of earlier ones.

    Args:
        told: What the mentions say.
        links: The pairs of mentions that were decided about.
        claims: The claims of the mentions: what says the opposite of its own claim is held against it, linked or not.
    """
    links = tuple(links)
    disputes: dict[str, Dispute] = {}
    updates: dict[str, Update] = {}
    for one, other, sure in _iter_pairs(told, links):
        for found in _hold_figures_against(told, one, other, sure):
            if isinstance(found, Update):
                updates.setdefault(found.id, found)
            else:
                disputes.setdefault(found.id, found)
        against = _hold_polarity_against(one, other, sure)
        if against is not None:
            disputes.setdefault(against.id, against)
    for one, other, sure in _iter_opposite(told, claims, links):
        against = _hold_polarity_against(one, other, sure)
        if against is not None:
            disputes.setdefault(against.id, against)
    for found in _read_relations(told):
        disputes.setdefault(found.id, found)
    return tuple(disputes.values()), tuple(updates.values())


def _iter_pairs(told: Told, links: Iterable[ClaimLink]) -> Iterator[tuple[MentionFacts, MentionFacts, WeighedFeature]]:
    """Yield the pairs that are of one claim, or of two that agree in deed and actor or target, the earlier first."""
    rules = load_rules("disputes")
    for link in links:
        one, other = told.facts.get(link.first), told.facts.get(link.second)
        if one is None or other is None:
            continue
        alike = bool(one.actions & other.actions) and bool(one.actors & other.actors or one.targets & other.targets)
        if link.likelihood < (rules["near_pair_from"] if alike else rules["pair_from"]):
            continue
        if compare_documents(told.document_of(one), told.document_of(other)) == 1:
            one, other = other, one
        why = (
            "the machine takes both for one claim"
            if link.likelihood >= rules["pair_from"]
            else ("deed and actor or target are the same")
        )
        yield one, other, WeighedFeature(name="same claim", value=link.likelihood, weight=0.0, why=why)


def _iter_opposite(
    told: Told, claims: Iterable[Claim], links: Iterable[ClaimLink]
) -> Iterator[tuple[MentionFacts, MentionFacts, WeighedFeature]]:
    """Yield the pairs of one claim that nobody linked and of which one says the opposite of the other."""
    linked = {frozenset((link.first, link.second)) for link in links}
    why = WeighedFeature(name="same claim", value=1.0, weight=0.0, why="the machine counts both to one claim")
    for claim in claims:
        facts = [told.facts[mention.id] for mention in claim.mentions if mention.id in told.facts]
        signs = [read_side(one) for one in facts]
        sides = [[one for one, sign in zip(facts, signs, strict=True) if sign == side] for side in (1, -1)]
        for one, other in product(*(side[:MOST_OF_A_SIDE] for side in sides)):
            if frozenset((one.mention.id, other.mention.id)) in linked:
                continue
            is_later = compare_documents(told.document_of(one), told.document_of(other)) == 1
            yield (other, one, why) if is_later else (one, other, why)


def _hold_figures_against(
    told: Told, one: MentionFacts, other: MentionFacts, sure: WeighedFeature
) -> Iterator[Dispute | Update]:
    """Yield what the figures of two mentions have against one another."""
    if overlap_times(one.times, other.times) is False:
        return
    pairs = list(pair_figures(one, other))
    for here, there in pairs:
        agrees = any(can_both_hold(q, r) for q, r in pairs if q == here or r == there)
        if agrees:
            continue
        order = compare_documents(told.document_of(one), told.document_of(other))
        grows = only_grows(one, here) and only_grows(other, there)
        apart = WeighedFeature(
            name="intervals",
            value=1.0,
            weight=0.0,
            why=f"“{here.span.exact}” and “{there.span.exact}” have no number in common",
        )
        if grows and order == -1 and is_higher(there, here):
            # What gives the figure that the other's page gave before has not been updated, nor does it update.
            if not told.earlier.had(one, other, there) and not told.earlier.had(other, one, here):
                yield _make_update(told, (one, here), (other, there), (sure, apart))
        else:
            yield _make_figure_dispute((one, here), (other, there), (sure, apart, _tell_order(order, grows=grows)))


def _tell_order(order: int | None, *, grows: bool) -> WeighedFeature:
    """Return what the order of publication has to do with it."""
    if not grows:
        why = "what is counted may become more or less"
    elif order in {None, 0}:
        why = "what is counted only grows, but which was told later is not known: the higher may be an update"
    else:
        why = "what is counted only grows, and the later figure is the lower"
    return WeighedFeature(name="order", value=float(order or 0), weight=0.0, why=why)


def _make_figure_dispute(
    first: tuple[MentionFacts, Quantity], second: tuple[MentionFacts, Quantity], features: tuple[WeighedFeature, ...]
) -> Dispute:
    """Return a dispute over a figure."""
    one, other = first[0].mention.id, second[0].mention.id
    detail = f"{first[1].span.start}-{second[1].span.start}"
    return Dispute(
        id=finding_id(kind=DisputeKind.FIGURES, first=one, second=other, detail=detail),
        kind=DisputeKind.FIGURES,
        first=one,
        second=other,
        attribution=None,
        here=first[1].span,
        there=second[1].span,
        features=features,
    )


def _make_update(
    told: Told,
    old: tuple[MentionFacts, Quantity],
    new: tuple[MentionFacts, Quantity],
    features: tuple[WeighedFeature, ...],
) -> Update:
    """Return a later figure that took the place of an earlier one, with who gives the old one still later."""
    newer = told.document_of(new[0])
    carriers = dict.fromkeys(
        facts.mention.document
        for facts in told.facts.values()
        if any(q == old[1] or (q.low, q.high) == (old[1].low, old[1].high) for q, _ in pair_figures(facts, old[0]))
        and compare_documents(newer, told.document_of(facts)) == -1
    )
    grows = WeighedFeature(
        name="order", value=1.0, weight=0.0, why="what is counted only grows, and the higher figure was told later"
    )
    return Update(
        id=finding_id(
            kind=UpdateKind.LATER_FIGURE,
            first=old[0].mention.id,
            second=new[0].mention.id,
            detail=f"{old[1].span.start}-{new[1].span.start}",
        ),
        kind=UpdateKind.LATER_FIGURE,
        old=old[0].mention.id,
        new=new[0].mention.id,
        old_words=old[1].span.exact,
        new_words=new[1].span.exact,
        stated_in=None,
        carried_by=tuple(carriers),
        features=(*features, grows),
    )


def _read_sign(facts: MentionFacts) -> int:
    """Return 1 where a mention says that it is so, -1 where it says that it is not, 0 where that is left open."""
    sign = {Polarity.POSITIVE: 1, Polarity.NEGATIVE: -1}.get(facts.polarity, 0) if facts.polarity else 0
    if is_framed(facts):
        sign = -1
    if facts.stance is Stance.DENIES:
        return -sign if sign else -1
    return sign if facts.stance in {Stance.ASSERTS, Stance.CONFIRMS} else 0


def are_one_party(one: MentionFacts, other: MentionFacts) -> bool:
    """Return whether two mentions have the same source, as far as names and parties tell."""
    if one.party is None or other.party is None:
        return False
    return one.party == other.party or is_part_of_name(one.party, other.party)


def _hold_polarity_against(one: MentionFacts, other: MentionFacts, sure: WeighedFeature) -> Dispute | None:
    """Return the dispute of two mentions of which one says that it is so and the other that it is not, or doubts it."""
    if are_one_party(one, other) or overlap_times(one.times, other.times) is False:
        return None
    if any(one.stance is stance is not other.stance for stance in (Stance.DENIES, Stance.DOUBTS)):
        one, other = other, one
    signs = _read_sign(one), _read_sign(other)
    shared = sum(word in one.words for word in other.words) / max(1, len(other.words))
    denying = find_denying_words(one) & find_denying_words(other)
    # A chief who "has been dismissed" denies nothing.
    if shared < load_rules("disputes")["shared_from"] or denying - (one.deed & other.deed):
        return None
    if other.stance is Stance.DOUBTS and signs[0]:
        kind, why = DisputeKind.DOUBT, "the second doubts what the first says"
    elif signs[0] * signs[1] >= 0:
        return None
    elif other.stance is Stance.DENIES:
        kind, why = DisputeKind.DENIAL, "the second denies what the first says"
    elif are_opposite(one, other) or (
        one.deed & other.deed and (one.actors & other.actors or one.targets & other.targets)
    ):
        kind, why = DisputeKind.POLARITY, "one says that it is so, the other that it is not"
    else:
        return None
    features = (
        sure,
        WeighedFeature(name="words", value=shared, weight=0.0, why="share of the second's words that the first has"),
        WeighedFeature(name="polarity", value=-1.0, weight=0.0, why=why),
    )
    return _make_dispute(kind, one, other, features)


def find_denying_words(facts: MentionFacts) -> frozenset[str]:
    """Return the stems by which a mention, or its cue, denies something: two that share one tell the same denial."""
    cue = [] if facts.row is None else [word for span in facts.row.cue_spans for word in telling_words(span.exact)]
    return _list_denying() & {*facts.words, *cue}


@cache
def _list_denying() -> frozenset[str]:
    """Return the stems of words that deny."""
    return frozenset(cut_word(word) for word in load_rules("disputes")["denies"].split())


def _make_dispute(
    kind: DisputeKind, one: MentionFacts, other: MentionFacts, features: tuple[WeighedFeature, ...]
) -> Dispute:
    """Return a dispute over the whole of two mentions."""
    first, second = one.mention.id, other.mention.id
    return Dispute(
        id=finding_id(kind=kind, first=first, second=second),
        kind=kind,
        first=first,
        second=second,
        attribution=other.mention.attribution,
        here=None,
        there=None,
        features=features,
    )


def _read_relations(told: Told) -> Iterator[Dispute]:
    """Yield what an article itself sets against a mention of its own: denials, doubts and refusals."""
    by_row = {facts.mention.attribution: facts for facts in told.facts.values() if facts.mention.attribution}
    for reading in told.readings.values():
        rows = {row.id: row for row in reading.attributions}
        for relation in reading.relations:
            against, disputed = rows.get(relation.from_id), by_row.get(relation.to_id)
            if relation.type is not RelationType.DISPUTES or against is None or disputed is None:
                continue
            kind = STANDS_AGAINST.get(against.stance)
            if kind is None or relation.confidence < load_rules("disputes")["relation_from"]:
                continue
            other = by_row.get(against.id)
            second = None if other is None else other.mention.id
            yield Dispute(
                id=finding_id(kind=kind, first=disputed.mention.id, second=second, detail=against.id),
                kind=kind,
                first=disputed.mention.id,
                second=second,
                attribution=against.id,
                here=None,
                there=against.cue_spans[0] if against.cue_spans else None,
                features=(WeighedFeature(name="relation", value=relation.confidence, weight=0.0, why=relation.why),),
            )
