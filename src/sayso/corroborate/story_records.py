"""Stories as records: each document with what ties it to the others, in words."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sayso.corroborate.likeness import FEATURES, WHY
from sayso.corroborate.story_packing import WHAT
from sayso.errors import DamagedRecord
from sayso.ids import story_id
from sayso.records import Story, StoryMember, WeighedFeature

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sayso.corroborate.stories import StoryIndex
    from sayso.corroborate.story_memory import Article

# So many words name a story; each must stand in this share of its documents.
NAMED_BY, COMMON_SHARE = 8, 0.5
# A feature that weighs less than this is not told.
TOLD_FROM = 0.25
# What ties a document to a story of more documents is looked for among its nearest neighbours in time alone.
LOOKED_AT = 50


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """A story's documents by number, as far as a record of the story needs them.

    Attributes:
        index: The index that they are in.
        articles: The documents, by day of publication, those without one last, and then as they came.
        likelihoods: For each how likely each earlier one is of the same event.
    """

    index: StoryIndex
    articles: Mapping[int, Article]
    likelihoods: Mapping[int, Mapping[int, float]]

    def likelihood(self, one: int, other: int) -> float:
        """Return the probability that two documents tell of the same event; 0 where they were never compared."""
        return self.likelihoods.get(max(one, other), {}).get(min(one, other), 0.0)


def list_stories(index: StoryIndex) -> tuple[Story, ...]:
    """Return the stories of an index, the one with the earliest document first. All documents are gone through."""
    told = [load_story(index, number) for number in index.memory.list_stories()]
    told.sort(key=lambda one: next(key_of(number, article) for number, article in one.articles.items()))
    return tuple(map(tell_story, told))


def make_story(index: StoryIndex, number: int) -> Story:
    """Return one story by its number in the index.

    Raises:
        DamagedRecord: There is no story of that number, or what is kept of it is damaged.
    """
    return tell_story(load_story(index, number))


def load_story(index: StoryIndex, number: int) -> Told:
    """Return a story's documents."""
    members = index.memory.find_members([number]).get(number)
    if not members:
        raise DamagedRecord(WHAT)
    articles = index.memory.find_articles(members)
    order = sorted(articles.items(), key=lambda item: key_of(*item))
    held = index.memory.find_likelihoods(members)
    likelihoods = {
        member: dict(zip(likely.others.tolist(), likely.values.tolist(), strict=True))
        for member, likely in held.items()
    }
    return Told(index, dict(order), likelihoods)


def key_of(number: int, article: Article) -> tuple[float, int]:
    """Return what puts documents in order: the day of publication, those without one last; then as they came."""
    return math.inf if article.day is None else article.day, number


def tell_story(told: Told) -> Story:
    """Return a story of these documents."""
    order = list(told.articles)
    documents = tuple(article.document for article in told.articles.values())
    return Story(
        id=story_id(document=documents[0]),
        documents=documents,
        words=_find_words(told),
        members=tuple(_tie(told, order, place) for place in range(len(order))),
    )


def _find_words(told: Told) -> tuple[str, ...]:
    """Return the stems that most documents of a story have, the most telling first."""
    vectors = [article.vectors for article in told.articles.values()]
    terms = [vector.terms for one in vectors for vector in (one.terms, one.names)]
    weights = [bonus * vector.weights for one in vectors for vector, bonus in ((one.terms, 1.0), (one.names, 0.5))]
    known, place = np.unique(np.concatenate(terms), return_inverse=True)
    weighed = np.bincount(place, np.concatenate(weights), minlength=len(known)).tolist()
    shared = np.bincount(np.searchsorted(known, np.concatenate(terms[::2])), minlength=len(known))
    common = np.flatnonzero(shared >= COMMON_SHARE * len(vectors)).tolist() if len(known) else []
    words = told.index.memory.find_words(known[common].tolist())
    named = sorted((-weighed[at], words[int(known[at])]) for at in common)[:NAMED_BY]
    return tuple(word for _, word in named)


def _tie(told: Told, order: Sequence[int], place: int) -> StoryMember:
    """Return what ties a document to the others of its story."""
    number = order[place]
    near = [other for other in order[max(0, place - LOOKED_AT) : place + LOOKED_AT] if other != number]
    likelihoods = {other: told.likelihood(number, other) for other in near}
    document = told.articles[number].document
    if not likelihoods:
        return StoryMember(document=document, nearest=None, likelihood=1.0)
    nearest = max(likelihoods, key=lambda other: (likelihoods[other], -other))
    return StoryMember(
        document=document,
        nearest=told.articles[nearest].document,
        likelihood=sum(likelihoods.values()) / len(likelihoods),
        features=_explain(told, number, nearest),
    )


def _explain(told: Told, one: int, other: int) -> tuple[WeighedFeature, ...]:
    """Return the features of two documents that weighed, the heaviest first."""
    table = told.index.weights
    values, apart = told.index.weigh_pair(told.articles[one], told.articles[other])
    weighed = [
        WeighedFeature(name=name, value=float(value), weight=float(table[name] * value), why=WHY[name])
        for name, value in zip(FEATURES, values, strict=True)
    ]
    if apart:
        weighed.append(WeighedFeature(name="days_apart", value=apart, weight=apart, why="published days apart"))
    told_of = [feature for feature in weighed if abs(feature.weight) >= TOLD_FROM]
    return tuple(sorted(told_of, key=lambda feature: (-abs(feature.weight), feature.name)))
