"""Where a word stands as seen from a cue: the three small relations that the role head reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sayso.encoder.features import Words

    Ints = NDArray[np.int32]

# Upper ends of the distance classes, in words, on either side of the cue.
DISTANCE_ENDS = np.array([0, 1, 2, 3, 4, 6, 9, 14, 22, 35, 55, 90, 150], dtype=np.int32)
N_DISTANCES = 2 * (len(DISTANCE_ENDS) + 1)
# Same sentence, next / previous one, further after / before in the paragraph, another paragraph after / before.
N_SENTENCE_RELATIONS = 7
# Neither quoted, word only, cue only, both in one quotation, both in different ones.
N_QUOTATION_RELATIONS = 5


def relate(words: Words, anchors: Ints, low: int, high: int) -> tuple[Ints, Ints, Ints]:
    """Return the distance, sentence and quotation classes, each (n_anchors, high - low).

    Args:
        words: The text's words.
        anchors: Cue anchors, as word numbers of the text.
        low: First word of the window.
        high: One past its last word.
    """
    place = np.arange(low, high, dtype=np.int32)
    gap = place[None, :] - anchors[:, None]
    size = np.searchsorted(DISTANCE_ENDS, np.abs(gap), side="left")
    distance = np.where(gap >= 0, size, size + len(DISTANCE_ENDS) + 1)
    step = words.sentence[low:high][None, :] - words.sentence[anchors][:, None]
    leap = words.paragraph[low:high][None, :] - words.paragraph[anchors][:, None]
    sentence = np.select([step == 0, step == 1, step == -1, step > 1], [0, 1, 2, 3], 4)
    sentence = np.where(leap > 0, 5, np.where(leap < 0, 6, sentence))
    here, there = words.quotation[anchors][:, None], words.quotation[low:high][None, :]
    quotation = np.select([(here < 0) & (there < 0), here < 0, there < 0, here == there], [0, 1, 2, 3], 4)
    return distance.astype(np.int32), sentence.astype(np.int32), quotation.astype(np.int32)
