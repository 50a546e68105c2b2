"""Whether one text may be the other in other words: the same rarer words, each told once, in the same order.

Two reports of one event share many words; a rewriting also keeps their order. It is asked twice. Of the whole texts:
who retells a story keeps its quotations and phrases too, each in its place. And of what is left without quoted speech
and what both share word by word: else two reports that quote one statement at length would be taken for one. It is
never more than possible: two texts that follow one announcement look the same.

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
# So much of the smaller vocabulary is in both, and the order is so many standard deviations from chance, in whole and
# in what is left without quoted speech and shared stretches. Order in the whole texts tells more than any vocabulary.
WHOLE_VOCABULARY, WHOLE_ORDER = 0.45, 4.5
LEFT_VOCABULARY, LEFT_ORDER = 0.3, 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """How alike two texts are in their words and the order of these.

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Retelling:
    """Whether one of two texts may be the other in other words.

    Attributes:
        whole: How alike the whole texts are.
        left: How alike they are without quoted speech and what they share word by word.
    """

    whole: Likeness
    left: Likeness

    @property
    def is_rewriting(self) -> bool:
        """Return whether the one may be the other in other words."""
        return (
            self.whole.vocabulary >= WHOLE_VOCABULARY
            and self.whole.order >= WHOLE_ORDER
            and self.left.vocabulary >= LEFT_VOCABULARY
            and self.left.order >= LEFT_ORDER
        )


def find_retelling(
    left: Words, right: Words, left_shared: Iterable[tuple[int, int]], right_shared: Iterable[tuple[int, int]]
) -> Retelling:
    """Return how alike two texts are, given the stretches, in code points, that they share."""
    return Retelling(
        whole=find_likeness(pick_words(left), pick_words(right)),
        left=find_likeness(
            pick_words(left, left_shared, is_whole=False), pick_words(right, right_shared, is_whole=False)
        ),
    )


def find_likeness(ours: NDArray[np.uint64], theirs: NDArray[np.uint64]) -> Likeness:
    """Return how alike two texts are, given the hashes of their words that count, in order."""
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


def pick_words(words: Words, shared: Iterable[tuple[int, int]] = (), *, is_whole: bool = True) -> NDArray[np.uint64]:
    """Return the hashes of the words that count, in order: those of some length, outside of the shared stretches.

    Args:
        words: The words.
        shared: Stretches that are left out, in code points.
        is_whole: Whether quoted words count too.
    """
    kept = words.ends - words.starts >= LEAST_CHARS
    if not is_whole:
        kept &= ~words.quoted
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
