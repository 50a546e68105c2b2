"""The same claim across documents: candidates, a weighed table of features for each pair, and groups.

Mentions are compared within a story only, and only where they share rare words, figures or names. The likelihood of a
pair is a calibrated sum over the table of `claim_features`; groups are made by average linkage, so that a chain of
halfway alike mentions does not become one claim. Who says it is no part of what is claimed, nor is how surely, nor
whether it is affirmed or denied.
"""

from __future__ import annotations

import math
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from sayso.corroborate.claim_facts import gather_facts
from sayso.corroborate.claim_features import FEATURES, compare, compute_cosine, weigh_mention
from sayso.corroborate.clarity import find_clearest
from sayso.corroborate.judged_claims import mark_judged, place_judged, regroup
from sayso.corroborate.judged_pairs import find_judged_pairs
from sayso.corroborate.linkage import link_average
from sayso.corroborate.mentions import find_mentions
from sayso.corroborate.rarity import Rarity
from sayso.corroborate.rulebook import load_rules
from sayso.corroborate.twins import order_by_time
from sayso.ids import claim_id
from sayso.records import Claim, ClaimLink, ClaimRelation, WeighedFeature

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from sayso.corroborate.claim_facts import MentionFacts
    from sayso.corroborate.claim_features import WeighedMention
    from sayso.corroborate.judged_pairs import JudgedPair
    from sayso.records import Judgement, Reading, Span, Story

    Near = Sequence[Mapping[int, float]]

# A mention is looked for by so many of its rarest words; of each word at most so many mentions are looked at.
PROBES, POSTINGS = 12, 400
# A mention is compared with so many others, those that share most; less than this likeness is not looked at.
COMPARED, LEAST_LIKENESS = 40, 0.05
# What hangs together of more mentions is joined one mention after the other.
LINKED_MOST = 300
# So much does each of the words' counts weigh that are common in the language beside those of the story.
STORY_PRIOR = 40
# Pairs of at least this likelihood hang together.
HANGS_FROM = 0.5
# Of a group of many a mention must have met so many to join it.
MET_LEAST = 3
NOTHING: Mapping[str, Sequence[Span]] = {}
# A mention that tells two things counts so much beside the others of its group: it must not tie two claims together.
SAYS_TWO_WEIGHT = 0.25
# Each feature that added or took off so much is told as a reason.
TOLD_FROM = 0.05


def find_claims(
    readings: Sequence[Reading],
    *,
    stories: Iterable[Story] = (),
    parties: Mapping[str, str] | None = None,
    common_words: Sequence[str] = (),
    judgements: Iterable[Judgement] = (),
    left_out: Mapping[str, Sequence[Span]] = NOTHING,
) -> tuple[tuple[Claim, ...], tuple[ClaimLink, ...]]:
    """Return the claims of some documents, and every pair of mentions that was decided about.

    What a person judged of two rows holds whatever the machine finds: rows that tell the same claim bring their claims
    together, rows that do not are put apart, and the rest go where they are likest to. Where persons contradict one
    another neither is applied, and the pair says so.

    Args:
        readings: Their readings.
        stories: Which documents tell of one event; a document in none is compared with the others in none.
        parties: Id of the party of each source, by the source's id.
        common_words: Words of the language, the commonest first.
        judgements: What persons decided of pairs of rows, undoings too; others are passed over.
        left_out: By id of a document the stretches that tell nothing: its outlet's boilerplate.
    """
    claims, links, _ = find_told_claims(
        readings,
        stories=stories,
        parties=parties,
        common_words=common_words,
        judgements=judgements,
        left_out=left_out,
    )
    return claims, links


def find_told_claims(
    readings: Sequence[Reading],
    *,
    stories: Iterable[Story] = (),
    parties: Mapping[str, str] | None = None,
    common_words: Sequence[str] = (),
    judgements: Iterable[Judgement] = (),
    left_out: Mapping[str, Sequence[Span]] = NOTHING,
) -> tuple[tuple[Claim, ...], tuple[ClaimLink, ...], tuple[MentionFacts, ...]]:
    """Return what `find_claims` does, and what each mention says."""
    judged = find_judged_pairs(judgements)
    story_of = {document: story.id for story in stories for document in story.documents}
    blocks: dict[str | None, list[Reading]] = {}
    for reading in readings:
        blocks.setdefault(story_of.get(reading.document.id), []).append(reading)
    claims: list[Claim] = []
    links: list[ClaimLink] = []
    facts: list[MentionFacts] = []
    for block in blocks.values():
        mentions = weigh_mentions(block, parties or {}, common_words, left_out)
        first_of = find_repeats(mentions)
        apart = sorted(set(first_of))
        pairs = find_candidates([mentions[number] for number in apart])
        again = [(first, number) for number, first in enumerate(first_of) if first != number]
        found = judge_pairs(mentions, [(apart[one], apart[other]) for one, other in pairs] + again)
        by_person = place_judged(judged, [mention.facts.mention for mention in mentions])
        found = mark_judged(found, by_person, partial(_judge_numbers, mentions))
        links.extend(found)
        claims.extend(_group_mentions(mentions, found, by_person, first_of))
        facts.extend(mention.facts for mention in mentions)
    return tuple(claims), tuple(links), tuple(facts)


def weigh_mentions(
    readings: Sequence[Reading],
    parties: Mapping[str, str],
    common_words: Sequence[str] = (),
    left_out: Mapping[str, Sequence[Span]] = NOTHING,
) -> list[WeighedMention]:
    """Return the mentions of one story's documents, by time of publication and place, with their words weighed."""
    rarity = Rarity(common_words, prior_articles=STORY_PRIOR)
    order = sorted(readings, key=lambda reading: order_by_time(reading.document))
    facts = []
    for reading in order:
        idle = left_out.get(reading.document.id, ())
        mentions = [mention for mention in find_mentions(reading) if not _stands_in(mention.span, idle)]
        facts.extend(gather_facts(reading, mentions, parties))
    for one in facts:
        rarity.count(one.words)
    return [weigh_mention(one, rarity) for one in facts]


def _stands_in(span: Span, others: Sequence[Span]) -> bool:
    """Return whether a span begins in one of some others."""
    return any(other.start <= span.start < other.end for other in others)


def find_repeats(mentions: Sequence[WeighedMention]) -> list[int]:
    """Return for each mention the number of the first that stands in the very same sentences and has the same words.

    A thousand prints of one article are compared once.
    """
    first: dict[tuple[object, ...], int] = {}
    found = []
    for number, mention in enumerate(mentions):
        facts = mention.facts
        figures = tuple((quantity.low, quantity.high, quantity.unit) for quantity in facts.quantities)
        key = (facts.sequence, frozenset(facts.surroundings.items()), facts.stance, figures)
        one = first.setdefault(key, number)
        # Within one document what is said twice is compared.
        found.append(number if mentions[one].facts.mention.document == facts.mention.document else one)
    return found


def find_candidates(mentions: Sequence[WeighedMention]) -> list[tuple[int, int]]:
    """Return the pairs of mentions, by their numbers, that share enough to be compared; the lower number first.

    Two mentions of one document that overlap are no pair.
    """
    postings: dict[str, list[int]] = {}
    pairs: set[tuple[int, int]] = set()
    for number, mention in enumerate(mentions):
        rarest = sorted(mention.words, key=lambda word: (-mention.words[word], word))[:PROBES]
        shared: Counter[int] = Counter()
        for word in rarest:
            for other in postings.get(word, ())[-POSTINGS:]:
                shared[other] += 1
        likeness = [
            (compute_cosine(mention.words, mentions[other].words), other)
            for other, _ in sorted(shared.items(), key=lambda item: (-item[1], item[0]))[: 4 * COMPARED]
            if not _overlap(mention, mentions[other])
        ]
        likely = sorted((pair for pair in likeness if pair[0] >= LEAST_LIKENESS), key=lambda p: (-p[0], p[1]))
        pairs.update((other, number) for _, other in likely[:COMPARED])
        for word in rarest:
            postings.setdefault(word, []).append(number)
    return sorted(pairs)


def _overlap(one: WeighedMention, other: WeighedMention) -> bool:
    """Return whether two mentions stand in the same characters of one document."""
    a, b = one.facts.mention, other.facts.mention
    return a.document == b.document and a.span.start < b.span.end and b.span.start < a.span.end


def judge_pairs(mentions: Sequence[WeighedMention], pairs: Sequence[tuple[int, int]]) -> list[ClaimLink]:
    """Return what the table of features makes of each pair."""
    return [judge_pair(mentions[one], mentions[other]) for one, other in pairs]


def _judge_numbers(mentions: Sequence[WeighedMention], pair: tuple[int, int]) -> ClaimLink:
    """Return what the table makes of the mentions of these numbers."""
    return judge_pair(mentions[pair[0]], mentions[pair[1]])


def judge_pair(one: WeighedMention, other: WeighedMention) -> ClaimLink:
    """Return whether two mentions are of one claim, with the reasons, the heaviest first."""
    rules = load_rules("claim_weights")
    weights, values = rules["weights"], compare(one, other)
    added = [weights[name] * value for name, value in zip(FEATURES, values, strict=True)]
    log_odds = weights["always"] + sum(added)
    likelihood = 1 / (1 + math.exp(-max(-30.0, min(30.0, log_odds))))
    relation = ClaimRelation.UNSURE
    if likelihood >= rules["decision"]["same_from"]:
        relation = ClaimRelation.SAME
    elif likelihood < rules["decision"]["different_below"]:
        relation = ClaimRelation.DIFFERENT
    weighed = [
        WeighedFeature(name=name, value=value, weight=weight, why=why)
        for (name, (_, why)), value, weight in zip(FEATURES.items(), values, added, strict=True)
        if abs(weight) >= TOLD_FROM
    ]
    told = sorted(weighed, key=lambda feature: (-abs(feature.weight), feature.name))
    return ClaimLink(
        first=one.facts.mention.id,
        second=other.facts.mention.id,
        relation=relation,
        likelihood=likelihood,
        features=tuple(told),
    )


def _group_mentions(
    mentions: Sequence[WeighedMention],
    links: Sequence[ClaimLink],
    judged: Mapping[tuple[int, int], JudgedPair],
    first_of: Sequence[int],
) -> list[Claim]:
    """Return the claims of one story: each mention is in one, alone where it is like no other."""
    numbers = {mention.facts.mention.id: i for i, mention in enumerate(mentions)}
    near: list[dict[int, float]] = [{} for _ in mentions]
    for link in links:
        one, other = numbers[link.first], numbers[link.second]
        near[one][other] = near[other][one] = link.likelihood
    weights = [SAYS_TWO_WEIGHT if mention.facts.says_two else 1.0 for mention in mentions]
    repeats: dict[int, list[int]] = {}
    for number, first in enumerate(first_of):
        repeats.setdefault(first, []).append(number)
    linked = [sorted(n for one in group for n in repeats[one]) for group in _link_all(sorted(repeats), near, weights)]
    groups = regroup(linked, judged, near)
    of_group = {member: place for place, group in enumerate(groups) for member in group}
    inside: dict[int, list[ClaimLink]] = {}
    for link in links:
        one, other = numbers[link.first], numbers[link.second]
        if of_group[one] == of_group[other] or (one, other) in judged:
            for place in {of_group[one], of_group[other]}:
                inside.setdefault(place, []).append(link)
    claims = []
    for place, group in enumerate(groups):
        clearest = find_clearest([mentions[i].facts for i in group]).mention
        claims.append(
            Claim(
                id=claim_id(mention=mentions[group[0]].facts.mention.id),
                mentions=tuple(mentions[i].facts.mention for i in group),
                clearest=clearest.id,
                line=clearest.span,
                links=tuple(inside.get(place, ())),
            )
        )
    return claims


def _link_all(members: Sequence[int], near: Near, weights: Sequence[float]) -> list[list[int]]:
    """Return groups of mentions: average linkage within what hangs together at all."""
    groups: list[list[int]] = []
    for component in _find_components(members, near, HANGS_FROM):
        join = _link_component if len(component) <= LINKED_MOST else _join_in_turn
        groups.extend(join(component, near, weights))
    return sorted(groups)


def _join_in_turn(component: Sequence[int], near: Near, weights: Sequence[float]) -> list[list[int]]:
    """Return the groups of very many mentions: each joins the group whose members it is likest to on average.

    Only those count with which it was compared, and of a larger group these must be some.
    """
    threshold = float(load_rules("claim_weights")["decision"]["joined_from"])
    group_of: dict[int, int] = {}
    groups: list[list[int]] = []
    for member in component:
        met: dict[int, list[tuple[float, float]]] = {}
        for other, value in near[member].items():
            if other in group_of:
                met.setdefault(group_of[other], []).append((value, weights[other]))
        best, likelihood = None, threshold
        for group, values in sorted(met.items()):
            mean = sum(value * weight for value, weight in values) / sum(weight for _, weight in values)
            if mean >= likelihood and len(values) >= min(MET_LEAST, len(groups[group])):
                best, likelihood = group, mean
        if best is None:
            best = len(groups)
            groups.append([])
        groups[best].append(member)
        group_of[member] = best
    return groups


def _find_components(members: Sequence[int], near: Near, threshold: float) -> list[list[int]]:
    """Return what hangs together by pairs of at least that likelihood."""
    inside, seen = set(members), set[int]()
    found = []
    for member in members:
        if member in seen:
            continue
        seen.add(member)
        reached, waiting = [], [member]
        while waiting:
            at = waiting.pop()
            reached.append(at)
            fresh = [o for o, value in near[at].items() if value >= threshold and o in inside and o not in seen]
            seen.update(fresh)
            waiting.extend(fresh)
        found.append(sorted(reached))
    return found


def _link_component(component: Sequence[int], near: Near, weights: Sequence[float]) -> list[list[int]]:
    """Return a component's groups by average linkage; pairs that were not compared, as too unlike, count as nought.

    Where there are more mentions than each is compared with, likely pairs may be among those. Such a pair is as likely
    as by way of the best third: the product of both likelihoods.
    """
    if len(component) == 1:
        return [list(component)]
    place = {member: i for i, member in enumerate(component)}
    matrix = np.zeros((len(component), len(component)))
    for member, i in place.items():
        for other, value in near[member].items():
            if other in place:
                matrix[i, place[other]] = value
    if len(component) > COMPARED:
        by_way = _find_by_way(matrix)
        matrix = np.where(matrix > 0, matrix, by_way)
    threshold = float(load_rules("claim_weights")["decision"]["joined_from"])
    sizes = [weights[member] for member in component]
    return [[component[i] for i in group] for group in link_average(matrix, sizes, threshold)]


def _find_by_way(matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return for each pair the greatest product of both likelihoods to a third."""
    best = np.zeros_like(matrix)
    for row in matrix:
        np.maximum(best, np.outer(row, row), out=best)
    return best
