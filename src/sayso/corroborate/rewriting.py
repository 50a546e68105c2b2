"""Whether one text may be the other in other words: the same rarer words, each told once, in the same order.

Two reports of one event share many words; a rewriting also keeps their order. What the two share word by word, and
quoted speech, is left out. It is never more than possible: two texts that follow one announcement look the same.

Source: Kendall, A new measure of rank correlation (Biometrika 1938), and its variance where order is chance.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from sayso.corroborate.words import Words

# Shorter words are mostly grammar, and in any order.
LEAST_CHARS = 4
MOST_WORDS = 400
# So much of the shorter text's vocabulary is in the other, and the order is so many standard deviations from chance.
VOCABULARY, ORDER = 0.4, 3.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """How alike two texts are beyond what they share word by word.

    Attributes:
        vocabulary: The part of the smaller vocabulary that both have, 0..1.
        words: How many words both have exactly once.
        concordance: Of pairs of these, the part that stands in the same order in both, 0..1.
        order: How far this is from chance, in standard deviations.
    """

    vocabulary: float
    words: int
    concordance: float
    order: float

    @property
    def is_rewriting(self) -> bool:
        """Return whether the one may be the other in other words."""
        return self.vocabulary >= VOCABULARY and self.order >= ORDER


def find_likeness(
    left: Words, right: Words, left_shared: Iterable[tuple[int, int]], right_shared: Iterable[tuple[int, int]]
) -> Likeness:
    """Return how alike two texts are outside of quotations and of the stretches, in code points, that they share."""
    ours, theirs = pick_words(left, left_shared), pick_words(right, right_shared)
    our_words, our_first, our_counts = np.unique(ours, return_index=True, return_counts=True)
    their_words, their_first, their_counts = np.unique(theirs, return_index=True, return_counts=True)
    smaller = min(len(our_words), len(their_words))
    if not smaller:
        return Likeness(vocabulary=0.0, words=0, concordance=0.0, order=0.0)
    _, at_ours, at_theirs = np.intersect1d(our_words, their_words, assume_unique=True, return_indices=True)
    once = (our_counts[at_ours] == 1) & (their_counts[at_theirs] == 1)
    along = np.argsort(our_first[at_ours][once])[:MOST_WORDS]
    ranks = their_first[at_theirs][once][along]
    count = len(ranks)
    concordance = measure_concordance(ranks)
    tau = 2 * concordance - 1
    order = tau * math.sqrt(9 * count * (count - 1) / (2 * (2 * count + 5))) if count > 1 else 0.0
    return Likeness(vocabulary=len(at_ours) / smaller, words=count, concordance=concordance, order=order)


def pick_words(words: Words, shared: Iterable[tuple[int, int]]) -> NDArray[np.uint64]:
    """Return the hashes of the words that count, in order."""
    kept = ~words.quoted & (words.ends - words.starts >= LEAST_CHARS)
    for start, end in shared:
        low, high = np.searchsorted(words.starts, [start, end])
        kept[low:high] = False
    return words.hashes[kept]


def measure_concordance(ranks: NDArray[np.int64]) -> float:
    """Return the part of all pairs that is in rising order; 0 for fewer than two.

    Example: ``[1, 3, 2]`` -> ``2/3``
    """
    count = len(ranks)
    if count < 2:  # noqa: PLR2004 - a pair
        return 0.0
    rising = np.triu(ranks[:, None] < ranks[None, :], 1)
    return float(rising.sum()) / (count * (count - 1) / 2)
