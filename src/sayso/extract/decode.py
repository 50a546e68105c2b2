"""Role scores to spans: the best legal tagging for each cue, and the stretches it stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Ints = NDArray[np.int32]

# Tags: outside, then begin and inside for each role.
OUTSIDE = 0
SOURCE, CONTENT, CUE = 1, 3, 5  # the begin tags; the inside tag is one more
N_TAGS = 7
TOGETHER = 8


def best_tags(scores: Floats) -> NDArray[np.int8]:
    """Return the best tagging of each row of `scores` (n_cues, n_words, N_TAGS) as (n_cues, n_words).

    An inside tag follows only its own begin or inside tag. That being the only rule, a step of the Viterbi recursion
    needs two candidates per tag: the best of all, or (inside) the better of its own two.
    """
    n_cues, n_words, _ = scores.shape
    if not n_words:
        return np.zeros((n_cues, 0), dtype=np.int8)
    # Word by word only what the next word needs: the sums, in the place of the scores. Which tag each came from is told
    # from them afterwards, of all words at once. The cues stand last, side by side: they are what is many.
    sums = np.array(scores.transpose(1, 2, 0), order="C")
    sums[0, 2::2] = -np.inf
    best, better = np.empty((n_words, n_cues), dtype=sums.dtype), np.empty((N_TAGS // 2, n_cues), dtype=sums.dtype)
    begin, inside = sums[:, 1::2], sums[:, 2::2]
    for before, most, outside, first, further, old_first, old_further in zip(
        sums, best, sums[1:, OUTSIDE], begin[1:], inside[1:], begin, inside, strict=False
    ):
        np.maximum.reduce(before, axis=0, out=most)
        np.maximum(old_first, old_further, out=better)
        np.add(outside, most, out=outside)
        np.add(first, most, out=first)
        np.add(further, better, out=further)
    np.maximum.reduce(sums[-1], axis=0, out=best[-1])
    # The first of the best tags.
    back = np.full((n_words, N_TAGS, n_cues), N_TAGS - 1, dtype=np.int8)
    for tag in range(N_TAGS - 2, -1, -1):
        back[:, OUTSIDE][sums[:, tag] == best] = tag
    last = back[-1, OUTSIDE].copy()
    back[:, 1::2] = back[:, :1]
    back[:, 2::2] = np.where(inside >= begin, np.int8(2), np.int8(1)) + np.array([0, 2, 4], dtype=np.int8)[:, None]
    cues = np.arange(n_cues)
    tags = np.empty((n_words, n_cues), dtype=np.int8)
    tags[-1] = last
    for i in range(n_words - 1, 0, -1):
        tags[i - 1] = back[i - 1][tags[i], cues]
    return np.ascontiguousarray(tags.T)


def best_tags_of(tables: Sequence[Floats]) -> list[NDArray[np.int8]]:
    """Return the best taggings of several tables of scores, each as by `best_tags`.

    A few tables at a time go through the recursion together: its steps are many and small.
    """
    found: list[NDArray[np.int8]] = []
    for at in range(0, len(tables), TOGETHER):
        some = tables[at : at + TOGETHER]
        longest = max(table.shape[1] for table in some)
        # Behind a table's last word stands only what is outside, which changes nothing before it.
        padded = np.full((sum(map(len, some)), longest, N_TAGS), -np.inf, dtype=np.float32)
        padded[..., OUTSIDE] = 0
        low = 0
        for table in some:
            padded[low : low + len(table), : table.shape[1]] = table
            low += len(table)
        tags = best_tags(padded)
        low = 0
        for table in some:
            found.append(tags[low : low + len(table), : table.shape[1]])
            low += len(table)
    return found


def segments(tags: NDArray[np.int8], begin: int) -> list[tuple[int, int]]:
    """Return the stretches [low, high) of one role in one row of tags."""
    found: list[tuple[int, int]] = []
    for place in np.flatnonzero((tags == begin) | (tags == begin + 1)).tolist():
        if found and found[-1][1] == place and tags[place] == begin + 1:
            found[-1] = (found[-1][0], place + 1)
        else:
            found.append((place, place + 1))
    return found
