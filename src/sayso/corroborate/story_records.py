"""Stories as records: each document with what ties it to the others, in words."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sayso.corroborate.likeness import FEATURES, WHY
from sayso.ids import story_id
from sayso.records import Story, StoryMember, WeighedFeature

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.corroborate.stories import StoryIndex

# So many words name a story; each must stand in this share of its documents.
NAMED_BY, COMMON_SHARE = 8, 0.5
# A feature that weighs less than this is not told.
TOLD_FROM = 0.25
# What ties a document to a story of more documents is looked for among its nearest neighbours in time alone.
LOOKED_AT = 50


def list_stories(index: StoryIndex) -> tuple[Story, ...]:
    """Return the stories of an index, the one with the earliest document first."""
    stories = [_make_story(index, members) for members in index.members.values()]
    return tuple(sorted(stories, key=lambda story: index.key_of(story.documents[0])))


def _make_story(index: StoryIndex, members: Sequence[int]) -> Story:
    """Return one story."""
    order = sorted(members, key=lambda number: index.key_of(index.ids[number]))
    return Story(
        id=story_id(document=index.ids[order[0]]),
        documents=tuple(index.ids[number] for number in order),
        words=_find_words(index, order),
        members=tuple(_tie(index, number, order) for number in order),
    )


def _find_words(index: StoryIndex, order: Sequence[int]) -> tuple[str, ...]:
    """Return the stems that most documents of a story have, the most telling first."""
    shared: Counter[int] = Counter()
    weights: Counter[int] = Counter()
    for number in order:
        for vector, bonus in ((index.vectors[number].terms, 1.0), (index.vectors[number].names, 0.5)):
            for term, weight in zip(vector.terms.tolist(), vector.weights.tolist(), strict=True):
                weights[term] += bonus * weight
        shared.update(index.vectors[number].terms.terms.tolist())
    common = [term for term, count in shared.items() if count >= COMMON_SHARE * len(order)]
    best = sorted(common, key=lambda term: (-weights[term], index.vocabulary.terms[term]))[:NAMED_BY]
    return tuple(index.vocabulary.terms[term] for term in best)


def _tie(index: StoryIndex, number: int, order: Sequence[int]) -> StoryMember:
    """Return what ties a document to the others of its story."""
    place = order.index(number)
    near = [other for other in order[max(0, place - LOOKED_AT) : place + LOOKED_AT] if other != number]
    likelihoods = {other: index.likelihood(number, other) for other in near}
    if not likelihoods:
        return StoryMember(document=index.ids[number], nearest=None, likelihood=1.0)
    nearest = max(likelihoods, key=lambda other: (likelihoods[other], -other))
    return StoryMember(
        document=index.ids[number],
        nearest=index.ids[nearest],
        likelihood=sum(likelihoods.values()) / len(likelihoods),
        features=_explain(index, number, nearest),
    )


def _explain(index: StoryIndex, one: int, other: int) -> tuple[WeighedFeature, ...]:
    """Return the features of two documents that weighed, the heaviest first."""
    table = index.weights
    values, apart = index.weigh_pair(one, other)
    weighed = [
        WeighedFeature(name=name, value=float(value), weight=float(table[name] * value), why=WHY[name])
        for name, value in zip(FEATURES, values, strict=True)
    ]
    if apart:
        weighed.append(WeighedFeature(name="days_apart", value=apart, weight=apart, why="published days apart"))
    told = [feature for feature in weighed if abs(feature.weight) >= TOLD_FROM]
    return tuple(sorted(told, key=lambda feature: (-abs(feature.weight), feature.name)))
