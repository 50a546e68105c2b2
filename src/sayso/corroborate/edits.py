"""Few words against few words: how many are the same and in the same order, and how far likeness reaches on.

All of it is bounded by constants; nothing grows with the texts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

MATCH, MISS = 2, -1
# Likeness is given up when the score has fallen so far under its best: four changed words.
DROP = 8
BAND = 6
REACH = 120


def count_common(left: Sequence[int], right: Sequence[int]) -> int:
    """Return the length of the longest common subsequence.

    Example: ``[1, 2, 3, 4]``, ``[1, 3, 9, 4]`` -> ``3``
    """
    if not left or not right:
        return 0
    row = [0] * (len(right) + 1)
    for value in left:
        diagonal = 0
        for place, other in enumerate(right, 1):
            above = row[place]
            row[place] = diagonal + 1 if value == other else max(above, row[place - 1])
            diagonal = above
    return row[-1]


def reach_on(left: Sequence[int], right: Sequence[int]) -> tuple[int, int, int]:
    """Return how far likeness reaches from the beginning: words of the left, words of the right, words that match.

    A matching word counts 2, a changed, added or missing one -1; the best score reached is where it ends. Only `BAND`
    words to either side of the diagonal are looked at.

    Source: the X-drop of Altschul et al., Gapped BLAST (Nucleic Acids Research 1997).
    """
    best, ends = 0, (0, 0, 0)
    # By place in the right sequence: score and matches.
    row: dict[int, tuple[int, int]] = {place: (MISS * place, 0) for place in range(min(BAND, len(right)) + 1)}
    for size, value in enumerate(left[:REACH], 1):
        following: dict[int, tuple[int, int]] = {}
        for place in range(max(0, size - BAND), min(len(right), size + BAND) + 1):
            options = []
            if place in row:
                options.append((row[place][0] + MISS, row[place][1]))
            if place - 1 in following:
                options.append((following[place - 1][0] + MISS, following[place - 1][1]))
            if place - 1 in row:
                score, matches = row[place - 1]
                same = value == right[place - 1]
                options.append((score + MATCH, matches + 1) if same else (score + MISS, matches))
            if options:
                reached = max(options)
                if reached[0] >= best - DROP:
                    following[place] = reached
                    if reached[0] > best:
                        best, ends = reached[0], (size, place, reached[1])
        if not following:
            break
        row = following
    return ends
