"""Where two texts share a stretch, word by word or with edits: anchor-chained local alignment.

1. Runs: places where five words in a row are the same, joined along the diagonal.
2. Chains: runs that follow one another in both texts with few words between them are one stretch; the best chains
   first, no word of either text in two of them.
3. Ends: a stretch reaches on over changed words as far as likeness does.

A 5-gram that stands too often in both texts (one word over and over) is no anchor, so the work stays linear in the
longer text plus the number of anchors, which is bounded.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from sayso.corroborate.edits import count_common, reach_on
from sayso.corroborate.fingerprint import hash_grams
from sayso.corroborate.postings import spread

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from sayso.corroborate.words import Words

GRAM_WORDS = 5
# A 5-gram that makes more pairs than this between the two texts is no anchor.
MOST_PAIRS = 16
# Words between two runs of one stretch, on the longer side; and by how much the sides may differ.
GAP_WORDS = 24
GAP_DIFFERENCE = 12
# How many runs back a chain may look: more never lie within the gap, but in texts that repeat themselves.
LOOK_BACK = 40
# A word between two runs costs a quarter of a word that is the same.
GAP_COST = 0.25
LEAST_WORDS = 8
# So much of a stretch's longer side must be the same; more of it where only a few words are.
DENSE, DENSE_IF_SHORT, SHORT_WORDS = 0.55, 0.7, 20


@dataclass(frozen=True, slots=True)
class Run:
    """Words in a row that are the same: where in either text, and how many."""

    left: int
    right: int
    size: int


@dataclass(frozen=True, slots=True)
class Match:
    """A stretch that two lists of words share: places of words, the end excluded.

    Attributes:
        left: First word in the left text.
        left_end: One past the last.
        right: First word in the right text.
        right_end: One past the last.
        words: How many words are the same and in the same order.
        runs: The runs of five words and more that it is made of, in order.
    """

    left: int
    left_end: int
    right: int
    right_end: int
    words: int
    runs: tuple[Run, ...] = ()


def align(left: Words, right: Words, *, least_words: int = LEAST_WORDS) -> list[Match]:
    """Return the stretches that two texts share, in order of the left one; none overlaps another on either side."""
    if len(left) >= least_words and np.array_equal(left.hashes, right.hashes):
        return [Match(0, len(left), 0, len(right), len(left), (Run(0, 0, len(left)),))]
    chains = pick_chains(find_runs(left.hashes, right.hashes))
    matches = extend_chains(chains, left.hashes.tolist(), right.hashes.tolist()) if chains else []
    return [match for match in matches if match.words >= least_words and is_dense(match)]


def is_dense(match: Match) -> bool:
    """Return whether enough of a stretch is the same that it is one text and not a few phrases in a row."""
    longer = max(match.left_end - match.left, match.right_end - match.right)
    return match.words >= longer * (DENSE if match.words >= SHORT_WORDS else DENSE_IF_SHORT)


def find_runs(left: NDArray[np.uint64], right: NDArray[np.uint64]) -> list[Run]:
    """Return the longest runs of at least five words that are the same, in order of the left text."""
    ours, theirs = hash_grams(left, GRAM_WORDS), hash_grams(right, GRAM_WORDS)
    order = np.argsort(theirs, kind="stable")
    ranked = theirs[order]
    low = np.searchsorted(ranked, ours, "left")
    counts = np.searchsorted(ranked, ours, "right") - low
    _, inverse, own = np.unique(ours, return_inverse=True, return_counts=True)
    counts[counts * own[inverse] > MOST_PAIRS] = 0
    lefts = np.repeat(np.arange(len(ours)), counts)
    rights = order[spread(low, counts)]
    if not len(lefts):
        return []
    along = np.lexsort((lefts, lefts - rights))
    lefts, rights = lefts[along], rights[along]
    breaks = np.flatnonzero((np.diff(lefts) != 1) | (np.diff(rights) != 1)) + 1
    starts = np.concatenate(([0], breaks))
    sizes = np.diff(np.concatenate((starts, [len(lefts)]))) + GRAM_WORDS - 1
    runs = zip(lefts[starts].tolist(), rights[starts].tolist(), sizes.tolist(), strict=True)
    return sorted((Run(*run) for run in runs), key=lambda run: (run.left, run.right))


def pick_chains(runs: Sequence[Run]) -> list[list[Run]]:
    """Return the runs chained to stretches, the best first, no two overlapping in either text."""
    scores: list[float] = []
    before: list[int] = []
    for place, run in enumerate(runs):
        best, prior = 0.0, -1
        for back in range(place - 1, max(-1, place - 1 - LOOK_BACK), -1):
            gain = scores[back] + join_gain(runs[back], run)
            if gain > best:
                best, prior = gain, back
        scores.append(best + run.size)
        before.append(prior)
    taken = [False] * len(runs)
    left_used: list[tuple[int, int]] = []
    right_used: list[tuple[int, int]] = []
    chains = []
    for place in sorted(range(len(runs)), key=lambda place: (-scores[place], runs[place].left, runs[place].right)):
        chain: list[Run] = []
        at = place
        while at >= 0 and not taken[at]:
            taken[at] = True
            chain.append(runs[at])
            at = before[at]
        for piece in split_free(chain[::-1], left_used, right_used):
            insort(left_used, (piece[0].left, piece[-1].left + piece[-1].size))
            insort(right_used, (piece[0].right, piece[-1].right + piece[-1].size))
            chains.append(piece)
    return chains


def join_gain(first: Run, second: Run) -> float:
    """Return what joining two runs adds besides the second's size; minus infinity where they cannot be joined.

    Two runs may overlap by a word or two (something was cut between them): these are not counted twice.
    """
    left = second.left - (first.left + first.size)
    right = second.right - (first.right + first.size)
    overlap = max(0, -left, -right)
    if overlap >= min(first.size, second.size) or second.right <= first.right or second.left <= first.left:
        return -np.inf
    if max(left, right) > GAP_WORDS or abs(left - right) > GAP_DIFFERENCE:
        return -np.inf
    return -overlap - GAP_COST * max(left, right, 0)


def split_free(
    chain: Sequence[Run], left_used: list[tuple[int, int]], right_used: list[tuple[int, int]]
) -> list[list[Run]]:
    """Return the pieces of a chain that are not used in either text, nor what lies between their runs."""
    pieces: list[list[Run]] = []
    for whole in chain:
        run = trim_run(whole, left_used, right_used)
        if run is None:
            continue
        last = pieces[-1][-1] if pieces else None
        if last is None:
            pieces.append([run])
        elif (
            join_gain(last, run) > -np.inf
            and is_free(left_used, last.left, run.left + run.size - last.left)
            and is_free(right_used, last.right, run.right + run.size - last.right)
        ):
            pieces[-1].append(run)
        elif last.left + last.size <= run.left and last.right + last.size <= run.right:
            pieces.append([run])
    return pieces


def trim_run(run: Run, left_used: list[tuple[int, int]], right_used: list[tuple[int, int]]) -> Run | None:
    """Return the first part of a run that is not used in either text; None if it is shorter than a run may be."""
    skipped = 0
    for used, start in ((left_used, run.left), (right_used, run.right)):
        place = bisect_left(used, (start + skipped + 1, 0))
        if place and used[place - 1][1] > start + skipped:
            skipped = used[place - 1][1] - start
    end = run.size
    for used, start in ((left_used, run.left), (right_used, run.right)):
        place = bisect_left(used, (start + skipped, 0))
        if place < len(used):
            end = min(end, used[place][0] - start)
    size = end - skipped
    if size < GRAM_WORDS:
        return None
    part = Run(run.left + skipped, run.right + skipped, size)
    is_whole_free = is_free(left_used, part.left, size) and is_free(right_used, part.right, size)
    return part if is_whole_free else None


def is_free(used: list[tuple[int, int]], start: int, size: int) -> bool:
    """Return whether none of the stretches, which are in order and do not overlap, touches this one."""
    place = bisect_left(used, (start, start))
    if place < len(used) and used[place][0] < start + size:
        return False
    return not (place and used[place - 1][1] > start)


def extend_chains(chains: Sequence[Sequence[Run]], left: list[int], right: list[int]) -> list[Match]:
    """Return the chains as matches, each reaching on at both ends as far as likeness does, but into no other."""
    left_used = sorted((chain[0].left, chain[-1].left + chain[-1].size) for chain in chains)
    right_used = sorted((chain[0].right, chain[-1].right + chain[-1].size) for chain in chains)
    matches = []
    for chain in chains:
        start, end = chain[0], chain[-1]
        words = count_words(chain, left, right)
        bounds = [(start.left, end.left + end.size), (start.right, end.right + end.size)]
        lows = [find_free(used, bound)[0] for used, bound in zip((left_used, right_used), bounds, strict=True)]
        back = reach_on(left[lows[0] : bounds[0][0]][::-1][:200], right[lows[1] : bounds[1][0]][::-1][:200])
        highs = [find_free(used, bound)[1] for used, bound in zip((left_used, right_used), bounds, strict=True)]
        on = reach_on(
            left[bounds[0][1] : min(highs[0], bounds[0][1] + 200)],
            right[bounds[1][1] : min(highs[1], bounds[1][1] + 200)],
        )
        match = Match(
            bounds[0][0] - back[0],
            bounds[0][1] + on[0],
            bounds[1][0] - back[1],
            bounds[1][1] + on[1],
            words + back[2] + on[2],
            tuple(chain),
        )
        for used, old, new in (
            (left_used, bounds[0], (match.left, match.left_end)),
            (right_used, bounds[1], (match.right, match.right_end)),
        ):
            used[bisect_left(used, old)] = new
        matches.append(match)
    return sorted(matches, key=lambda match: (match.left, match.right))


def find_free(used: list[tuple[int, int]], stretch: tuple[int, int]) -> tuple[int, int]:
    """Return the free words around a used stretch: from the end of the one before to the start of the one after."""
    place = bisect_left(used, stretch)
    low = used[place - 1][1] if place else 0
    high = used[place + 1][0] if place + 1 < len(used) else 1 << 62
    return low, high


def count_words(chain: Sequence[Run], left: list[int], right: list[int]) -> int:
    """Return how many words of a chain are the same and in the same order, those between its runs included."""
    words = chain[0].size
    for first, second in pairwise(chain):
        ends = first.left + first.size, first.right + first.size
        overlap = max(0, ends[0] - second.left, ends[1] - second.right)
        words += second.size - overlap
        if not overlap:
            words += count_common(left[ends[0] : second.left], right[ends[1] : second.right])
    return words
