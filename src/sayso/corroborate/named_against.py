"""Rows that name what they stand against, each held to the claim that it is about.

A row of a word or two cannot be compared as a telling. It stands against the claim whose tellings have what it names:
of its own document where they are there, else only where it names several things and the tellings that have them
are mostly of one claim. It stays that party's stance, and says nothing of who is right.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from sayso.corroborate.disputes import are_one_party, find_denying_words
from sayso.corroborate.rarity import Rarity
from sayso.corroborate.rulebook import load_rules
from sayso.corroborate.standing import find_standing, implies_against
from sayso.corroborate.story_marks import POSSESSIVE, WORD, cut_word
from sayso.corroborate.twins import order_by_time
from sayso.ids import finding_id
from sayso.records import Dispute, DisputeKind, Polarity, Stance, WeighedFeature
from sayso.text import find_sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sayso.corroborate.claim_facts import MentionFacts
    from sayso.corroborate.disputes import Told
    from sayso.corroborate.standing import Standing
    from sayso.records import Claim, Reading, Source

HELD = frozenset({Stance.ASSERTS, Stance.CONFIRMS, Stance.BELIEVES})


def find_named_against(
    told: Told, claims: Sequence[Claim], disputes: Iterable[Dispute], parties: Mapping[str, str]
) -> tuple[Dispute, ...]:
    """Return the disputes between claims and the rows that name what they stand against.

    Args:
        told: What the mentions say.
        claims: The claims of the mentions.
        disputes: The disputes that were found already: a row that stands in one is left as it is.
        parties: Id of the party of each source, by the source's id.
    """
    scene = _Scene(told, claims, parties)
    settled = {dispute.attribution for dispute in disputes}
    found = []
    for reading in told.readings.values():
        for standing in find_standing(reading):
            is_short = standing.row.id not in scene.mention_of
            is_pointing = standing.implied is not None or standing.saying is not None or standing.is_such
            if standing.row.id in settled or not (is_short or is_pointing):
                continue
            dispute = scene.settle(reading, standing)
            if dispute is not None:
                found.append(dispute)
    return tuple(found)


@dataclass(frozen=True, slots=True, eq=False)
class _Fit:
    """A telling that a row may stand against.

    Attributes:
        facts: What the telling says.
        share: The share of what the row names that it has.
        why: How it was found.
    """

    facts: MentionFacts
    share: float
    why: str


class _Scene:
    """The tellings of a story as rows may stand against them."""

    def __init__(self, told: Told, claims: Sequence[Claim], parties: Mapping[str, str]) -> None:
        self.told = told
        self.parties = parties
        self.claim_of = {mention.id: claim.id for claim in claims for mention in claim.mentions}
        self.mention_of = {f.mention.attribution: f for f in told.facts.values() if f.mention.attribution}
        self.families = {key: _list_families(facts) for key, facts in told.facts.items()}
        self.by_document: dict[str, list[MentionFacts]] = defaultdict(list)
        self.by_family: dict[str, list[MentionFacts]] = defaultdict(list)
        for facts in told.facts.values():
            if facts.mention.id in self.claim_of and _is_held(facts):
                self.by_document[facts.mention.document].append(facts)
                for family in self.families[facts.mention.id]:
                    self.by_family[family].append(facts)
        self.roles: dict[str, set[str]] = {}
        for key, claim in self.claim_of.items():
            facts = told.facts[key]
            self.roles.setdefault(claim, set()).update(facts.actions | facts.actors | facts.targets)
        self.rarity = Rarity()
        for families in self.families.values():
            self.rarity.count(families)

    def settle(self, reading: Reading, standing: Standing) -> Dispute | None:
        """Return the dispute of a row with the claim that it is about; None where that cannot be told."""
        source = next((one for one in reading.sources if one.id == standing.row.source), None)
        if source is None or source.unresolved is not None:
            return None
        near = self._list_near(reading, standing)
        against = [facts for facts in near if self._may_oppose(reading, standing, source, facts)]
        if standing.is_such:
            fits = self._find_last(reading, standing, against)
        elif standing.saying is not None:
            fits = self._find_said(reading, standing, source, against)
        else:
            fits = self._find_named(reading, standing, against)
        if not fits:
            return None
        claims = Counter(self.claim_of[fit.facts.mention.id] for fit in fits)
        claim, count = min(claims.items(), key=lambda item: (-item[1], item[0]))
        likelihood = count / len(fits)
        if likelihood < load_rules("disputes")["named"]["claim_from"]:
            return None
        fit = next(fit for fit in fits if self.claim_of[fit.facts.mention.id] == claim)
        return self._make_dispute(standing, fit, likelihood)

    def _list_near(self, reading: Reading, standing: Standing) -> list[MentionFacts]:
        """Return the tellings to look at: the document's for what points back, else those with a word that is named."""
        if standing.is_such or standing.saying is not None:
            return self.by_document[reading.document.id]
        families = sorted({_cut_family(word) for word in standing.head or standing.words})
        if standing.head:
            # All of the head must be there: the word that fewest have is enough.
            families = [min(families, key=lambda family: len(self.by_family.get(family, ())))]
        found = {facts.mention.id: facts for family in families for facts in self.by_family.get(family, ())}
        return [found[key] for key in sorted(found)]

    def _may_oppose(self, reading: Reading, standing: Standing, source: Source, facts: MentionFacts) -> bool:
        """Return whether a row may stand against a telling: another party's, in other words of the text."""
        mention, row = facts.mention, standing.row
        spans = (*row.cue_spans, *row.content_spans)
        if mention.document == reading.document.id and (
            mention.attribution == row.id
            or any(mention.span.start < span.end and span.start < mention.span.end for span in spans)
        ):
            return False
        if facts.source is not None and facts.source.id == source.id:
            return False
        own = self.mention_of.get(row.id)
        if own is not None:
            return not are_one_party(own, facts)
        party = self.parties.get(source.id, source.name.lower() if source.naming == "named" else None)
        return party is None or party != facts.party

    def _find_named(self, reading: Reading, standing: Standing, against: Sequence[MentionFacts]) -> list[_Fit]:
        """Return the tellings that have what a row names, those of its own document alone where there are any."""
        rules = load_rules("disputes")["named"]
        families = {word: _cut_family(word) for word in standing.words}
        weights = {word: self.rarity.weigh(family) for word, family in families.items()}
        total = sum(weights.values())
        fits = []
        for facts in against:
            there = self.families[facts.mention.id]
            share = sum(weights[word] for word, family in families.items() if family in there) / total if total else 0.0
            is_held = share >= rules["share_from"] and all(_cut_family(word) in there for word in standing.head)
            if is_held and self._is_about(standing, facts):
                fits.append(_Fit(facts, share, f"share of “{standing.names}” that the first has"))
        at = standing.span.start
        here = [fit for fit in fits if fit.facts.mention.document == reading.document.id]
        here.sort(
            key=lambda fit: (-fit.share, fit.facts.mention.span.start > at, abs(fit.facts.mention.span.start - at))
        )
        # One word may be anybody's in another document.
        return here or ([] if len(standing.words) == 1 else sorted(fits, key=self._rank_elsewhere))

    def _rank_elsewhere(self, fit: _Fit) -> tuple[object, ...]:
        return (-fit.share, *order_by_time(self.told.document_of(fit.facts)), fit.facts.mention.span.start)

    def _is_about(self, standing: Standing, facts: MentionFacts) -> bool:
        """Return whether what a row names is what a telling tells, and does not only stand in its words.

        It is where it names the deed, or the deed or its doer by another word ("sabotage", saboteurs); where a party
        declines to speak of who or what the deed is of; and where there is none of several things that are all told.
        """
        if standing.kind is DisputeKind.POLARITY:
            return len(standing.words) > 1 and facts.words.keys() >= set(standing.words)
        families = {_cut_family(word) for word in standing.words}
        if families & {_cut_family(word) for word in facts.actions}:
            return True
        if standing.kind is DisputeKind.REFUSAL:
            return bool(facts.actions) and {_cut_family(word) for word in standing.head} <= _list_roles(facts)
        others = {_cut_family(word) for word in self.roles[self.claim_of[facts.mention.id]] - set(standing.words)}
        return bool({_cut_family(word) for word in standing.head} & others)

    def _find_last(self, reading: Reading, standing: Standing, against: Sequence[MentionFacts]) -> list[_Fit]:
        """Return the telling right before "no such thing": of the same sentence or the one before."""
        earliest = _find_sentence_before(reading, standing)
        before = [
            facts
            for facts in against
            if facts.mention.document == reading.document.id
            and facts.mention.span.end > earliest
            and facts.mention.span.end <= standing.span.start
        ]
        last = max(before, key=lambda facts: (facts.mention.span.end, facts.mention.span.start), default=None)
        return [] if last is None else [_Fit(last, 1.0, f"“{standing.names}”: what was told right before")]

    def _find_said(
        self, reading: Reading, standing: Standing, source: Source, against: Sequence[MentionFacts]
    ) -> list[_Fit]:
        """Return what an account that a row names says: its owner's first, or the last that is put by that word."""
        here = [
            facts
            for facts in against
            if facts.mention.document == reading.document.id
            and reading.document.body_start <= facts.mention.span.start < standing.span.start
        ]
        if standing.owner:
            owners = {self._party(one) for one in reading.sources if standing.owner <= _list_stems(one)}
            owners -= {self._party(source)}
            theirs = [f for f in here if f.source is not None and self._party(f.source) in owners]
            first = min(theirs, key=lambda f: f.mention.span.start, default=None)
            if len(owners) != 1 or first is None:
                return []
            return [_Fit(first, 1.0, f"“{standing.names}”: what the article has from there first")]
        put = [f for f in here if f.row is not None and _puts(f, standing.saying or "")]
        if standing.kind is not DisputeKind.REFUSAL:
            # To deny "the reports" may be to deny others than the last; right after one it is that.
            earliest = _find_sentence_before(reading, standing)
            put = [f for f in put if f.mention.span.end > earliest]
        last = max(put, key=lambda f: f.mention.span.start, default=None)
        return [] if last is None else [_Fit(last, 1.0, f"“{standing.names}”: what was last put by that word")]

    def _party(self, source: Source) -> str:
        return self.parties.get(source.id, source.id)

    def _make_dispute(self, standing: Standing, fit: _Fit, likelihood: float) -> Dispute:
        """Return the dispute of a row with a telling."""
        own = self.mention_of.get(standing.row.id)
        first, second = fit.facts.mention.id, None if own is None else own.mention.id
        features = [WeighedFeature(name="named", value=fit.share, weight=0.0, why=fit.why)]
        if likelihood < 1:
            why = "share of the tellings with these words that are of this claim"
            features.append(WeighedFeature(name="one claim", value=likelihood, weight=0.0, why=why))
        if standing.implied is not None:
            why = f"“{standing.implied}”: implied, and no denial in words"
            features.append(WeighedFeature(name="implied", value=1.0, weight=0.0, why=why))
        cue = standing.row.cue_spans[0] if standing.row.cue_spans else None
        return Dispute(
            id=finding_id(kind=standing.kind, first=first, second=second, detail=standing.row.id),
            kind=standing.kind,
            first=first,
            second=second,
            attribution=standing.row.id,
            here=None,
            there=cue if standing.implied is None else standing.span,
            features=tuple(features),
        )


def _find_sentence_before(reading: Reading, standing: Standing) -> int:
    """Return where the sentence before a row's begins."""
    starts = [start for start, _ in find_sentences(reading.document.text) if start <= standing.span.start]
    return starts[-2:][0] if starts else 0


def _is_held(facts: MentionFacts) -> bool:
    """Return whether a mention tells that something is so."""
    if facts.stance not in HELD or facts.polarity in {Polarity.NEGATIVE, Polarity.OPEN}:
        return False
    cue = [] if facts.row is None else [span.exact for span in facts.row.cue_spans]
    return not find_denying_words(facts) and not implies_against(" ".join([*cue, facts.mention.span.exact]))


def _puts(facts: MentionFacts, saying: str) -> bool:
    """Return whether a row's cue is the verb of a word for something said: "reported", "the report"."""
    return facts.row is not None and any(
        cut_word(found.group().lower()) == saying for span in facts.row.cue_spans for found in WORD.finditer(span.exact)
    )


def _list_stems(source: Source) -> frozenset[str]:
    """Return the stems of what a source is called, its role and body included."""
    words = " ".join(filter(None, (source.name, source.role, source.affiliation)))
    return frozenset(cut_word(POSSESSIVE.sub("", found.group().lower())) for found in WORD.finditer(words))


def _list_families(facts: MentionFacts) -> frozenset[str]:
    return frozenset(_cut_family(word) for word in facts.words)


def _list_roles(facts: MentionFacts) -> frozenset[str]:
    """Return the families of the deed's words, and of who does it to whom."""
    return frozenset(_cut_family(word) for word in facts.actions | facts.actors | facts.targets)


@lru_cache(maxsize=65_536)
def _cut_family(stem: str) -> str:
    """Return a stem without the ending that makes a noun of a deed, or of who does it."""
    rules = load_rules("disputes")["named"]
    for ending in rules["endings"]:
        if stem.endswith(ending) and len(stem) - len(ending) >= rules["least_letters"]:
            return stem[: -len(ending)]
    return stem
