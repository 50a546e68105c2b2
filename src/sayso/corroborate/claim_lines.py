"""Claims as lines of a list."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sayso.corroborate.sides import find_outlet_key
from sayso.corroborate.unresolved import find_naming, name_source
from sayso.records import ClaimLine, DisputeKind, Kind, Naming, Speaker, Stance, UpdateKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sayso.records import (
        ClaimFindings,
        Dependence,
        Dispute,
        Document,
        Mention,
        Party,
        Reading,
        Source,
        StoryFindings,
        Update,
    )

# So many of a claim's speakers and figures stand in its line.
MOST_SHOWN = 5
# Of fewer tellings nothing is said of what they rest on.
LEAST_TELLINGS = 3
AGAINST = frozenset({Stance.DENIES, Stance.DOUBTS})


def make_lines(findings: StoryFindings, readings: Iterable[Reading]) -> tuple[ClaimLine, ...]:
    """Return each claim of a story in one line, in the findings' order.

    Args:
        findings: What was found.
        readings: The readings that it was found in.
    """
    book = _Book(findings, {reading.document.id: reading for reading in readings})
    return tuple(book.make_line(found) for found in findings.claims)


class _Book:
    """What the lines of one story have in common."""

    def __init__(self, findings: StoryFindings, readings: Mapping[str, Reading]) -> None:
        self.story = findings.story.id
        self.documents = {key: reading.document for key, reading in readings.items()}
        self.row_source = {row.id: row.source for r in readings.values() for row in r.attributions}
        self.against = {row.id for r in readings.values() for row in r.attributions if row.stance in AGAINST}
        self.sources: dict[str, Source] = {source.id: source for r in readings.values() for source in r.sources}
        self.party_of: dict[str, Party] = {key: party for party in findings.parties for key in party.sources}
        corrections = [update for update in findings.updates if update.kind is not UpdateKind.LATER_FIGURE]
        self.disputed = {
            mention
            for dispute in findings.disputes
            if dispute.kind is not DisputeKind.REFUSAL and not any(_is_corrected(dispute, one) for one in corrections)
            for mention in (dispute.first, dispute.second)
        }
        self.updated: set[str | None] = set()
        self.corrected: set[str | None] = set()
        for update in findings.updates:
            about = self.corrected if update.kind is UpdateKind.CORRECTION else self.updated
            about.update((update.old, update.new))

    def make_line(self, found: ClaimFindings) -> ClaimLine:
        """Return one claim's line."""
        claim, corroboration = found.claim, found.corroboration
        clearest = next(mention for mention in claim.mentions if mention.id == claim.clearest)
        # Who denies it tells it not: the line counts those alone who tell it, unless nobody does.
        told = {telling.id for telling in found.case.tellings}
        telling = [mention for mention in claim.mentions if mention.id in told] or claim.mentions
        speakers = self.count_speakers(telling)
        ids: set[str | None] = {mention.id for mention in claim.mentions}
        documents = [self.documents[key] for key in dict.fromkeys(mention.document for mention in telling)]
        times = sorted(document.published.value for document in documents if document.published is not None)
        heaviest = self.find_heaviest(corroboration.dependence)
        return ClaimLine(
            number=found.number,
            id=claim.id,
            story=self.story,
            line=claim.line.exact,
            document=clearest.document,
            attribution=clearest.attribution,
            speakers=speakers[:MOST_SHOWN],
            n_speakers=len(speakers),
            least=corroboration.persons.least,
            most=corroboration.persons.most,
            independence=corroboration.independence,
            n_tellings=len(telling),
            n_documents=len(documents),
            outlets=list_outlets(documents),
            first=times[0] if times else None,
            last=times[-1] if times else None,
            figures=found.figures[:MOST_SHOWN],
            is_disputed=bool(ids & self.disputed) or any(m.attribution in self.against for m in claim.mentions),
            is_updated=bool(ids & self.updated),
            is_corrected=bool(ids & self.corrected),
            is_circular=any(loop.is_circular and loop.is_certain for loop in corroboration.loops),
            rests_on=None if heaviest is None else heaviest.name,
            n_resting=0 if heaviest is None else heaviest.resting,
            is_private=any(origin.is_private for origin in corroboration.persons.origins)
            or any(origin.is_private for origin in corroboration.organisations.origins),
        )

    def count_speakers(self, mentions: Sequence[Mention]) -> tuple[Speaker, ...]:
        """Return who is said to have said it: parties, the one with most tellings first."""
        names: dict[str, tuple[str, Naming]] = {}
        counts: Counter[str] = Counter()
        for mention in mentions:
            source = self.sources.get(self.row_source.get(mention.attribution or "", ""))
            if source is None:
                continue
            party = self.party_of.get(source.id)
            key = source.id if party is None else party.id
            names.setdefault(
                key, (name_source(source), find_naming(source)) if party is None else (party.name, party.naming)
            )
            counts[key] += 1
        order = {key: place for place, key in enumerate(names)}
        return tuple(
            Speaker(name=names[key][0], naming=names[key][1], n_tellings=counts[key])
            for key in sorted(counts, key=lambda key: (-counts[key], order[key]))
        )

    def find_heaviest(self, dependence: Iterable[Dependence]) -> Dependence | None:
        """Return what more than half of several tellings rest on; of equal ones an unnamed source before an outlet."""
        heavy = [entry for entry in dependence if entry.of >= LEAST_TELLINGS and 2 * entry.resting > entry.of]
        return min(heavy, key=self.rank_dependence, default=None)

    def rank_dependence(self, entry: Dependence) -> tuple[int, int, str]:
        """Return what puts dependences in order: the heaviest, then unnamed sources, named ones, outlets."""
        source = self.sources.get(entry.what)
        if entry.level is None or source is None or source.kind is Kind.OUTLET:
            return -entry.resting, 2, entry.what
        return -entry.resting, int(source.naming is Naming.NAMED), entry.what


def _is_corrected(dispute: Dispute, correction: Update) -> bool:
    """Return whether a dispute over a figure is between a corrected one and what took its place."""
    old, new = correction.old_words.casefold(), correction.new_words.casefold()
    if dispute.kind is not DisputeKind.FIGURES or dispute.here is None or dispute.there is None or not (old and new):
        return False
    here, there = dispute.here.exact.casefold(), dispute.there.exact.casefold()
    return (old in here and new in there) or (new in here and old in there)


def list_outlets(documents: Iterable[Document]) -> tuple[str, ...]:
    """Return who published documents, each once as first spelled; those that state none are not counted."""
    found: dict[str, str] = {}
    for document in documents:
        key = find_outlet_key(document)
        if document.outlet and key is not None:
            found.setdefault(key, document.outlet)
    return tuple(found.values())
