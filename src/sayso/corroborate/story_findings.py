"""All engines of corroboration joined over the documents of one story.

Pure: readings and judgements in, findings out. docs/architecture/joining.md says how mentions become tellings, edges of
reuse borrowings, and joins of sources ties.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from sayso.corroborate.all_pairs import find_all_reuse
from sayso.corroborate.apart import are_known_apart
from sayso.corroborate.boilerplate import find_boilerplate
from sayso.corroborate.borrowings import Scene, draw_borders, find_borrowings, match_edges, pick_among
from sayso.corroborate.casting import cast_story, complete_cast, find_ties
from sayso.corroborate.changed_versions import find_changed_versions
from sayso.corroborate.claims import find_told_claims
from sayso.corroborate.corrections import follow_corrections
from sayso.corroborate.disputes import Told, find_disputes
from sayso.corroborate.drift import find_drift, pair_tellings
from sayso.corroborate.earlier_figures import look_back
from sayso.corroborate.figure_steps import pick_steps
from sayso.corroborate.figures_told import count_figures
from sayso.corroborate.may_tell import find_may_tell, weigh_case
from sayso.corroborate.named_against import find_named_against
from sayso.corroborate.one_speech import find_one_statement, find_speeches
from sayso.corroborate.origins_network import get_outlet
from sayso.corroborate.repeats import find_repeats
from sayso.corroborate.sides import find_outlet_key
from sayso.corroborate.tellings import find_reliant, find_titles, look_at_tellers, make_repeat, make_telling
from sayso.corroborate.told_sides import leave_opposite, pick_supporting
from sayso.records import (
    Borrowed,
    ClaimFindings,
    DisputeKind,
    Kind,
    Naming,
    OriginCase,
    ReuseDirection,
    StoryFindings,
    Voice,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from sayso.corroborate.borrowings import Match
    from sayso.corroborate.casting_record import Casting
    from sayso.corroborate.tellings import Teller
    from sayso.records import (
        Borrowing,
        Claim,
        ClaimLink,
        Dispute,
        Judgement,
        Mention,
        Moment,
        Reading,
        Reuse,
        Span,
        Story,
        Telling,
    )

# A document rests on another when so much of its words stand there: then what it tells besides is held against it too.
MOSTLY_TAKEN = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryMaterial:
    """What the findings about a story are made of.

    Attributes:
        story: The story.
        readings: The current readings of its documents as persons have them, without rejected rows; others are
            passed over.
        judgements: Persons' judgements of pairs of sources and of pairs of rows of these documents, undoings too.
        boilerplate: By id of a document the stretches that its outlet prints again and again.
        common_words: Words of the language, the commonest first.
        as_of: Dates after it are in the future and count as none; None for no such limit.
        older: Readings of versions that its documents replaced: what others took from these then stood there.
    """

    story: Story
    readings: tuple[Reading, ...]
    judgements: tuple[Judgement, ...] = ()
    boilerplate: Mapping[str, Sequence[Span]] = field(default_factory=dict)
    common_words: Sequence[str] = ()
    as_of: Moment | None = None
    older: tuple[Reading, ...] = ()


def corroborate_story(material: StoryMaterial) -> StoryFindings:
    """Return what the documents of a story have in common and where they differ; the claims have number 0.

    The order of readings and judgements makes no difference.
    """
    readings = _order_readings(material)
    tellers = look_at_tellers(readings)
    casting = cast_story(tellers, topic=material.story.id, judgements=material.judgements)
    documents = [reading.document for reading in readings]
    boilerplate = material.boilerplate or find_boilerplate(documents)
    edges = find_all_reuse(documents, named=_find_named(tellers), boilerplate=boilerplate)
    claims, links, facts = find_told_claims(
        readings,
        stories=(material.story,),
        parties=casting.party_of,
        common_words=material.common_words,
        judgements=material.judgements,
        left_out=boilerplate,
    )
    told = Told(
        facts={one.mention.id: one for one in facts},
        documents={document.id: document for document in documents},
        readings={reading.document.id: reading for reading in readings},
        earlier=look_back(readings, material.older, casting.party_of),
    )
    disputes, updates = find_disputes(told, links, claims)
    disputes += find_named_against(told, claims, disputes, casting.party_of)
    joined = _Joining(material, tellers, casting, told)
    found = joined.join_claims(claims, links, edges, disputes)
    pairs = _find_pairs(told, found, edges)
    taken = {
        tuple(told.facts[one].mention.document for one in pair) for pair in pairs if told.facts.keys() >= set(pair)
    }
    return StoryFindings(
        story=material.story,
        claims=found,
        parties=tuple(casting.parties.values()),
        joins=casting.joins,
        reuse=tuple(edges),
        disputes=tuple(one for one in disputes if not _is_carried(told, one, taken)),
        updates=(
            *pick_steps(updates, told, claims),
            *follow_corrections(told, (material.story,)),
            *find_changed_versions(told),
        ),
        drifts=find_drift(told, pairs),
    )


def _order_readings(material: StoryMaterial) -> list[Reading]:
    """Return the readings of the story's documents, each once, in order of their ids."""
    members = set(material.story.documents)
    found = {reading.document.id: reading for reading in material.readings if reading.document.id in members}
    return [found[key] for key in sorted(found)]


def _find_named(tellers: Iterable[Teller]) -> dict[str, tuple[str, ...]]:
    """Return for each document the outlets and agencies to which it attributes something."""
    named = {}
    for teller in tellers:
        used = {key for row in teller.rows.values() for key in (row.source, *row.via)}
        names = [
            source.name
            for key, source in teller.sources.items()
            if key in used and (voice := teller.get_voice(key)).kind is Kind.OUTLET and voice.naming is Naming.NAMED
        ]
        named[teller.document.id] = tuple(names)
    return named


@dataclass(frozen=True, slots=True, eq=False)
class _Joining:
    """What all claims of a story have in common."""

    material: StoryMaterial
    tellers: Sequence[Teller]
    casting: Casting
    told: Told

    def join_claims(
        self,
        claims: Sequence[Claim],
        links: Sequence[ClaimLink],
        edges: Sequence[Reuse],
        disputes: Sequence[Dispute],
    ) -> tuple[ClaimFindings, ...]:
        """Return each claim with its origins and figures."""
        about: dict[str, list[Dispute]] = {}
        for dispute in disputes:
            for mention in {dispute.first, dispute.second} - {None}:
                about.setdefault(str(mention), []).append(dispute)
        supporting: dict[str, tuple[Mention, ...]] = {}
        doubtful: set[str] = set()
        for claim in claims:
            near = {d.id: d for mention in claim.mentions for d in about.get(mention.id, ())}
            sides = pick_supporting(claim, self.told.facts, near.values())
            supporting[claim.id] = sides.telling
            doubtful |= sides.doubtful
        claim_of = {mention.id: claim for claim, some in supporting.items() for mention in some}
        mentions = [mention for some in supporting.values() for mention in some]
        matches = match_edges(edges, draw_borders(mentions, claim_of))
        by_document = {teller.document.id: teller for teller in self.tellers}
        names: dict[str, str] = {}
        for teller in self.tellers:
            if teller.agency is not None and teller.agency.outlet is not None:
                names.setdefault(teller.agency.outlet, teller.agency.name)
            for key, name in teller.marks.items():
                names.setdefault(key, name)
            if teller.outlet is not None and teller.document.outlet is not None:
                names[teller.outlet] = teller.document.outlet
        scene = Scene(
            tellers=by_document, names=names, document_of={m.id: m.document for m in mentions}, doubtful=doubtful
        )
        may_tell = find_may_tell(claims, links, supporting)
        found = []
        for claim in claims:
            own = supporting[claim.id]
            others = leave_opposite(may_tell[claim.id], own, self.told.facts)
            case = self.make_case(claim.id, own, matches.get(claim.id, ()), scene)
            wider = None
            if others:
                keys = (claim.id, *sorted({claim_of[mention.id] for mention in others}))
                among = [match for key in keys for match in matches.get(key, ())]
                wider = self.make_case(claim.id, (*own, *others), pick_among(among, (*own, *others)), scene)
            found.append(
                ClaimFindings(
                    number=0,
                    claim=claim,
                    case=case,
                    corroboration=weigh_case(case, wider),
                    figures=count_figures(own, self.told),
                    may_tell=others,
                    wider=wider,
                )
            )
        return tuple(found)

    def doubt_reliant(self, tellings: Sequence[Telling], mentions: Iterable[Mention], scene: Scene) -> list[Telling]:
        """Return tellings of which none is for certain the own word of who, by another text, has it from somebody."""
        reliant = {
            self.casting.party_of.get(speaker, speaker)
            for mention in mentions
            if (speaker := find_reliant(scene.tellers[mention.document], mention)) is not None
        }
        return [
            replace(told, is_source_certain=False)
            if told.source is not None and self.casting.party_of.get(told.source, told.source) in reliant
            else told
            for told in tellings
        ]

    def doubt_renamed(
        self, borrowings: Sequence[Borrowing], tellings: Sequence[Telling], pairs: AbstractSet[frozenset[str]]
    ) -> tuple[Borrowing, ...]:
        """Return borrowings of which only possible is one by which words were put into the mouth of somebody else."""
        party_of = {t.id: self.casting.party_of.get(t.source or "") for t in tellings if t.is_source_certain}
        # Of a text that is not there the first who has it from there says whose words it is.
        givers = party_of | {b.taken_from: party_of.get(b.telling) for b in borrowings if b.kind is Borrowed.CITES}
        found = []
        for one in borrowings:
            here, there = party_of.get(one.telling), givers.get(one.taken_from)
            is_renamed = (
                here is not None
                and there is not None
                and frozenset((here, there)) in pairs
                and are_known_apart(self.casting, here, there)
            )
            found.append(replace(one, is_certain=False) if is_renamed else one)
        return tuple(found)

    def make_case(self, claim: str, mentions: Sequence[Mention], matches: Sequence[Match], scene: Scene) -> OriginCase:
        """Return what is known of a claim's tellings."""
        tellings = []
        voices: dict[str, Voice] = {}
        repeats = find_repeats(mentions, scene.tellers)
        for mention in mentions:
            teller = scene.tellers[mention.document]
            if mention.id in repeats:
                tellings.append(make_repeat(teller, mention))
                continue
            telling, route = make_telling(teller, mention)
            if mention.id in scene.doubtful:
                telling = replace(telling, is_source_certain=False, is_own_report=False)
            tellings.append(telling)
            voices |= {voice.id: voice for voice in route}
        tellings = self.doubt_reliant(tellings, mentions, scene)
        borrowings = find_borrowings(matches, scene)
        borrowings += find_speeches(
            matches,
            tellings=tellings,
            voices=voices,
            party_of=self.casting.party_of,
            scene=scene,
            borrowings=borrowings,
        )
        one_statement = find_one_statement(matches, tellings=tellings, party_of=self.casting.party_of)
        borrowings = self.doubt_renamed(borrowings, tellings, one_statement)
        # A copy's unsure attribution is that of the text: it is asked about where it stands first, if anywhere.
        taken = {borrowing.telling for borrowing in borrowings if borrowing.is_certain}
        bare = {telling.id for telling in tellings if telling.id in taken and not telling.is_source_certain}
        # What only says again what its article says has it from there, also where the same is printed elsewhere.
        again = repeats | find_titles(tellings, mentions, scene.tellers)
        borrowings = tuple(borrowing for borrowing in borrowings if borrowing.telling not in again)
        bare |= again
        tellings = [replace(told, source=None, carriers=()) if told.id in bare else told for told in tellings]
        for telling in tellings:
            # Nobody's source by that: so that what rests on an outlet can be told by its name.
            key = get_outlet(telling)
            name = scene.names.get(key) or scene.name(telling.id)
            outlet = Voice(id=f"outlet:{key}", name=name, kind=Kind.OUTLET, naming=Naming.NAMED, outlet=key)
            voices.setdefault(outlet.id, outlet)
        full = complete_cast(self.casting, voices)
        return OriginCase(
            claim=claim,
            tellings=tuple(tellings),
            borrowings=borrowings,
            voices=tuple(full[key] for key in sorted(full)),
            ties=find_ties(self.casting, full, one_statement),
            as_of=self.material.as_of,
        )


def _is_carried(told: Told, dispute: Dispute, taken: Collection[tuple[str, ...]]) -> bool:
    """Return whether a figure stands against the page that it was taken from, which gave it before it was changed.

    So does what the same outlet published before, and then corrected.

    Args:
        told: What the mentions say.
        dispute: A dispute.
        taken: The documents of which the second rests on the first.
    """
    first, second = told.facts.get(dispute.first), told.facts.get(dispute.second or "")
    if dispute.kind is not DisputeKind.FIGURES or first is None or second is None:
        return False
    outlets = {find_outlet_key(told.document_of(facts)) for facts in (first, second)}
    is_own = len(outlets) == 1 and None not in outlets
    for giver, taker, span in ((first, second, dispute.there), (second, first, dispute.here)):
        figures = [one for one in taker.quantities if one.span == span]
        is_from = is_own or (giver.mention.document, taker.mention.document) in taken
        if is_from and any(told.earlier.had(giver, taker, one) for one in figures):
            return True
    return False


def _find_pairs(told: Told, claims: Iterable[ClaimFindings], edges: Iterable[Reuse]) -> dict[tuple[str, str], None]:
    """Return the pairs of tellings of which the second rests on the first."""
    pairs: dict[tuple[str, str], None] = {}
    for found in claims:
        # What an article says again in its own voice rests on the same article: nothing was handed on.
        for borrowing in found.corroboration.borrowings:
            one, other = told.facts.get(borrowing.taken_from), told.facts.get(borrowing.telling)
            if one is not None and other is not None and one.mention.document != other.mention.document:
                pairs[borrowing.taken_from, borrowing.telling] = None
    rests_on: dict[str, list[str]] = {}
    for edge in edges:
        if edge.is_certain and edge.direction is ReuseDirection.FROM_OTHER and edge.share >= MOSTLY_TAKEN:
            rests_on.setdefault(edge.document, []).append(edge.other)
    for pair in pair_tellings([found.claim for found in claims], rests_on):
        pairs[pair] = None
    return pairs
