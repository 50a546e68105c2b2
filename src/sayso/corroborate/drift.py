"""What is lost or sharpened on the way from one telling to another that rests on it.

Each finding is read off typed fields of both: certainty, endorsement, figures as intervals, actor, source. That the one
rests on the other is given (who copied or cites whom); without that two tellings differ, but nothing drifted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.corroborate.claim_features import NOT_COUNTED
from sayso.corroborate.figures_apart import can_both_hold, counts_same, is_within, pair_figures
from sayso.corroborate.rulebook import load_rules
from sayso.corroborate.story_marks import WORD
from sayso.corroborate.tracing import find_around
from sayso.corroborate.unresolved import name_source
from sayso.ids import finding_id
from sayso.records import Certainty, Drift, DriftKind, Endorsement, Naming

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sayso.corroborate.claim_facts import MentionFacts
    from sayso.corroborate.disputes import Told
    from sayso.corroborate.earlier_figures import Earlier
    from sayso.records import Claim, Quantity, Span

SURENESS = {Certainty.POSSIBLE: 0, Certainty.PROBABLE: 1, Certainty.CERTAIN: 2}
PLAINNESS = {Naming.VAGUE: 0, Naming.DESCRIBED: 1, Naming.NAMED: 2}
# A clause less surely put than this hedges, whoever says it.
PLAIN_FACTUALITY = 2.0


def pair_tellings(claims: Iterable[Claim], rests_on: Mapping[str, Iterable[str]]) -> list[tuple[str, str]]:
    """Return the pairs of mentions of one claim of which the second rests on the first.

    Args:
        claims: The claims.
        rests_on: Ids of the documents on which each document rests, by its id.
    """
    pairs = []
    for claim in claims:
        likely = {frozenset((link.first, link.second)): link.likelihood for link in claim.links}
        for carrier in claim.mentions:
            for document in rests_on.get(carrier.document, ()):
                own = [mention for mention in claim.mentions if mention.document == document]
                if own and document != carrier.document:
                    best = max(own, key=lambda mention: likely.get(frozenset((mention.id, carrier.id)), 0.0))
                    pairs.append((best.id, carrier.id))
    return pairs


def find_drift(told: Told, pairs: Iterable[tuple[str, str]]) -> tuple[Drift, ...]:
    """Return what drifted between pairs of mentions, the second of which rests on the first."""
    found = []
    for origin, carrier in pairs:
        one, other = told.facts.get(origin), told.facts.get(carrier)
        if one is None or other is None:
            continue
        changes = list(_iter_changes(one, other, told.earlier))
        for kind, was, became, why in [] if changes and _say_same(one, other, told) else changes:
            found.append(
                Drift(
                    id=finding_id(kind=kind, first=origin, second=carrier, detail=was),
                    kind=kind,
                    origin=origin,
                    carrier=carrier,
                    was=was,
                    became=became,
                    why=why,
                )
            )
    return tuple(found)


Change = tuple[DriftKind, str, str, str]


def _iter_changes(one: MentionFacts, other: MentionFacts, earlier: Earlier) -> Iterator[Change]:
    """Yield what was dropped or sharpened from the first to the second."""
    yield from _compare_sources(one, other)
    before, after = read_certainty(one), read_certainty(other)
    if SURENESS[after] > SURENESS[before]:
        yield DriftKind.HEDGE_DROPPED, before.value, after.value, f"put as {before} there, as {after} here"
    if one.is_distanced and not other.is_distanced:
        why = "the first keeps its distance from what is said, the second does not"
        now = Endorsement.NEUTRAL if other.row is None else other.row.endorsement
        yield DriftKind.DISTANCE_DROPPED, _join(one.row.cue_spans if one.row else ()), now.value, why
    yield from _compare_figures(one, other, earlier)
    yield from _compare_actors(one, other)


def read_certainty(facts: MentionFacts) -> Certainty:
    """Return how surely a mention puts its claim: the least sure of the row's label, its words and its clause."""
    label = Certainty.CERTAIN if facts.row is None else facts.row.certainty
    label = min([label, *_find_hedges(facts)], key=SURENESS.__getitem__)
    if facts.factuality is not None and abs(facts.factuality) < PLAIN_FACTUALITY:
        clause = Certainty.POSSIBLE if abs(facts.factuality) < 1 else Certainty.PROBABLE
        return min(label, clause, key=SURENESS.__getitem__)
    return label


def _find_hedges(facts: MentionFacts) -> set[Certainty]:
    """Return what words of a mention, and of its cue, say of how sure it is."""
    spans = [facts.mention.span] if facts.row is None else [*facts.row.content_spans, *facts.row.cue_spans]
    words = {word.casefold() for span in spans for word in WORD.findall(span.exact)}
    rules = load_rules("disputes")["hedges"]
    return {certainty for certainty in SURENESS if not words.isdisjoint(rules.get(certainty.value, "").split())}


def _compare_sources(one: MentionFacts, other: MentionFacts) -> Iterator[Change]:
    """Yield what became of who says it. Nothing is said about who an unnamed source may be."""
    if one.row is None or one.source is None:
        return
    if other.row is None or other.source is None:
        why = "the first says who says it, the second states it as its own"
        yield DriftKind.ATTRIBUTION_DROPPED, name_source(one.source), "", why
    elif one.source.unresolved is not None or other.source.unresolved is not None:
        return  # who that is could not be told here: the article itself may well say it
    elif PLAINNESS[other.source.naming] > PLAINNESS[one.source.naming]:
        why = f"the source is {one.source.naming} there and {other.source.naming} here"
        yield DriftKind.SOURCE_SHARPENED, one.source.name, other.source.name, why


def _say_same(one: MentionFacts, other: MentionFacts, told: Told) -> bool:
    """Return whether the whole sentences of two tellings are word for word the same: how they were read may differ."""
    first, second = (_find_sentence_words(facts, told) for facts in (one, other))
    return bool(first) and first == second


def _find_sentence_words(facts: MentionFacts, told: Told) -> list[str]:
    """Return the words of the sentences in which a telling stands, in small letters."""
    around = find_around(told.document_of(facts), facts.mention.span, facts.row)
    return [word.casefold() for word in WORD.findall(around.exact)]


def _compare_figures(one: MentionFacts, other: MentionFacts, earlier: Earlier) -> Iterator[Change]:
    """Yield what became of the figures; what the first's page gave before it was changed is carried on faithfully."""
    pairs = list(pair_figures(one, other))
    for here in one.quantities:
        if here.kind in NOT_COUNTED:
            continue
        theirs = [there for q, there in pairs if q is here]
        if any(earlier.had(one, other, there) for there in theirs):
            continue
        if any(can_both_hold(here, there) for there in theirs):
            sharper = next((there for there in theirs if is_within(there, here)), None)
            if sharper is not None:
                why = f"“{here.span.exact}” leaves more open than “{sharper.span.exact}”"
                yield DriftKind.FIGURE_SHARPENED, here.span.exact, sharper.span.exact, why
        elif theirs:
            why = f"“{here.span.exact}” and “{theirs[0].span.exact}” have no number in common"
            yield DriftKind.FIGURE_CHANGED, here.span.exact, theirs[0].span.exact, why
        elif not any(counts_same(one, here, other, there) or _is_equal(here, there) for there in other.quantities):
            yield DriftKind.FIGURE_DROPPED, here.span.exact, "", "the second gives no figure for it"


def _is_equal(here: Quantity, there: Quantity) -> bool:
    """Return whether two figures are the same, whatever they were read to count."""
    return (here.low, here.high, here.unit, here.kind) == (there.low, there.high, there.unit, there.kind)


def _compare_actors(one: MentionFacts, other: MentionFacts) -> Iterator[Change]:
    """Yield what became of who does it, where both tell the same deed."""
    if not one.actors or one.has_pronoun or other.has_pronoun or not one.actions & other.actions:
        return
    was = one.actor_words
    if not other.actors and not other.has_pronoun:
        yield DriftKind.ACTOR_DROPPED, was, "", "the first says who does it, the second does not"
    elif other.actors and not one.actors & other.actors:
        yield DriftKind.ACTOR_CHANGED, was, other.actor_words, "each names another as who does it"


def _join(spans: Iterable[Span]) -> str:
    """Return spans as written, one after the other."""
    return " … ".join(span.exact for span in spans)
