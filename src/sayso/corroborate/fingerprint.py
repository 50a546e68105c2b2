"""The fingerprints of a text: a few of its word 5-grams, chosen so that texts that share a stretch choose the same.

Of every four 5-grams in a row the one of least hash is kept. So any eight words that two texts share, unedited, give at
least one fingerprint that both have, wherever the stretch stands.

Source: Schleimer, Wilkerson and Aiken, Winnowing (SIGMOD 2003): every stretch of at least w + k - 1 words is found.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

GRAM_WORDS = 5
WINDOW = 4
# Odd numbers without a pattern: one for each word of a 5-gram, and splitmix64's two.
FACTORS = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93, 0xA0761D6478BD642F)
MIX_ONE, MIX_TWO = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)


def mix_bits(numbers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return the numbers with their bits scattered, so that like ones lie apart.

    Source: Steele, Lea and Flood, Fast splittable pseudorandom number generators (OOPSLA 2014).
    """
    numbers = (numbers ^ (numbers >> np.uint64(30))) * MIX_ONE
    numbers = (numbers ^ (numbers >> np.uint64(27))) * MIX_TWO
    return numbers ^ (numbers >> np.uint64(31))


def hash_grams(words: NDArray[np.uint64], size: int = GRAM_WORDS) -> NDArray[np.uint64]:
    """Return the hash of each run of that many words; of n words there are n - size + 1. At most five words."""
    count = len(words) - size + 1
    if count <= 0:
        return np.zeros(0, dtype=np.uint64)
    total = np.full(count, size, dtype=np.uint64)
    for place in range(size):
        total += mix_bits(words[place : place + count] + np.uint64(FACTORS[place])) * np.uint64(FACTORS[place])
    return mix_bits(total)


def winnow(hashes: NDArray[np.uint64], window: int = WINDOW) -> NDArray[np.int64]:
    """Return the places of the hashes that are kept, in order: of every window the least, of equals the last.

    Example: ``[9, 4, 7, 8, 8, 8, 8]``, window 4 -> ``[1, 2, 6]``
    """
    if len(hashes) < window:
        return np.asarray([len(hashes) - 1 - int(np.argmin(hashes[::-1]))] if len(hashes) else [], dtype=np.int64)
    views = np.lib.stride_tricks.sliding_window_view(hashes, window)[:, ::-1]
    places = np.arange(len(views)) + window - 1 - np.argmin(views, axis=1)
    return np.unique(places).astype(np.int64)


def find_prints(words: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return the fingerprints of a text's words, each once, in order of size. Linear."""
    grams = hash_grams(words)
    return np.unique(grams[winnow(grams)])
