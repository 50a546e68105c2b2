"""An article's marks as numbers, and one article held against many at once.

Terms are numbered by a `Vocabulary`; a vector is the numbers and weights of the terms that an article has. One article
is compared with hundreds by laying its weights out over the whole vocabulary and picking the others' terms from there.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sayso.corroborate.story_dates import weigh_day

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from sayso.corroborate.rarity import Rarity
    from sayso.corroborate.story_marks import StoryMarks

# The heaviest terms of an article that are kept; the rest weighs next to nothing.
MAX_TERMS = 160


@dataclass(frozen=True, slots=True, eq=False)
class Vector:
    """Terms by number, with their weights.

    Attributes:
        terms: Numbers of the terms, shape ``(n,)``.
        weights: Their weights, of length one together, shape ``(n,)``.
        shares: What share of all weight each term holds, how often it stands aside, shape ``(n,)``.
    """

    terms: NDArray[np.int32]
    weights: NDArray[np.float32]
    shares: NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class ArticleVectors:
    """All that is compared of one article.

    Attributes:
        terms: Of its words.
        names: Of its names.
        head_terms: Of the words of its head.
        head_names: Of the names of its head.
        numbers: Of its figures.
        years: Of its years.
        days: Of its days and months.
        size: Logarithm of how many words it has.
    """

    terms: Vector
    names: Vector
    head_terms: Vector
    head_names: Vector
    numbers: Vector
    years: Vector
    days: Vector
    size: float


class Vocabulary:
    """Numbers terms as they come."""

    def __init__(self) -> None:
        """Start empty."""
        self.numbers: dict[str, int] = {}
        self.terms: list[str] = []

    def number(self, term: str) -> int:
        """Return a term's number, a new one for a new term."""
        found = self.numbers.setdefault(term, len(self.terms))
        if found == len(self.terms):
            self.terms.append(term)
        return found

    def __len__(self) -> int:
        """Return how many terms there are."""
        return len(self.terms)


def make_vectors(marks: StoryMarks, rarity: Rarity, vocabulary: Vocabulary) -> ArticleVectors:
    """Return the vectors of an article."""

    def weigh(counted: Counter[str]) -> Vector:
        return _make_vector({term: (n, rarity.weigh(term)) for term, n in counted.items()}, vocabulary)

    def plain(counted: Counter[str]) -> Vector:
        return _make_vector({term: (n, 1.0) for term, n in counted.items()}, vocabulary)

    return ArticleVectors(
        terms=weigh(marks.terms),
        names=weigh(marks.names),
        head_terms=weigh(marks.head_terms),
        head_names=weigh(marks.head_names),
        numbers=weigh(marks.numbers),
        years=plain(marks.years),
        days=_make_vector({term: (n, weigh_day(term)) for term, n in marks.days.items()}, vocabulary),
        size=math.log(marks.size + 1),
    )


def _make_vector(counted: dict[str, tuple[int, float]], vocabulary: Vocabulary) -> Vector:
    """Return the vector of counted and weighed terms, the heaviest alone where there are many."""
    weighed = sorted(
        (((1 + math.log(n)) * rare, term, rare) for term, (n, rare) in counted.items() if rare > 0),
        key=lambda item: (-item[0], item[1]),
    )[:MAX_TERMS]
    weights = np.array([weight for weight, _, _ in weighed], dtype=np.float32)
    shares = np.array([rare for _, _, rare in weighed], dtype=np.float32)
    length, total = float(np.sqrt((weights**2).sum())), float(shares.sum())
    return Vector(
        terms=np.array([vocabulary.number(term) for _, term, _ in weighed], dtype=np.int32),
        weights=weights / length if length else weights,
        shares=shares / total if total else shares,
    )


class Board:
    """One article's weights laid out over the whole vocabulary, to be looked up by others' terms."""

    def __init__(self) -> None:
        """Start with an empty board; it grows with the vocabulary."""
        self._laid = np.zeros(1 << 12, dtype=np.float32)

    def compare(
        self, vector: Vector, others: Sequence[Vector], size: int, *, mine: str = "weights", theirs: str = "weights"
    ) -> NDArray[np.float32]:
        """Return for each other vector the sum, over shared terms, of both weights; shape ``(n_others,)``.

        Args:
            vector: The one.
            others: The many.
            size: How many terms the vocabulary has.
            mine: Which numbers of the one: ``weights``, ``shares``, or ``ones`` for 1 each.
            theirs: The same of the others.
        """
        if len(self._laid) < size:
            self._laid = np.zeros(max(size, 2 * len(self._laid)), dtype=np.float32)
        self._laid[vector.terms] = 1.0 if mine == "ones" else getattr(vector, mine)
        lengths = np.array([len(other.terms) for other in others])
        sums = np.zeros(len(others), dtype=np.float32)
        filled = np.flatnonzero(lengths).tolist()
        if filled:
            terms = np.concatenate([others[i].terms for i in filled])
            values = self._laid[terms]
            if theirs != "ones":
                values = values * np.concatenate([getattr(others[i], theirs) for i in filled])
            starts = np.concatenate([[0], np.cumsum(lengths[filled])[:-1]])
            sums[filled] = np.add.reduceat(values, starts)
        self._laid[vector.terms] = 0.0
        return sums


def list_terms(marks: StoryMarks) -> Iterable[str]:
    """Return what of an article is counted for how rare it is."""
    return (*marks.terms, *marks.numbers)
