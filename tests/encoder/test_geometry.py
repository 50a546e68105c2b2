"""Where a word stands as seen from a cue."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings

from sayso.encoder.features import split_words
from sayso.encoder.geometry import (
    DISTANCE_ENDS,
    N_DISTANCES,
    N_QUOTATION_RELATIONS,
    N_SENTENCE_RELATIONS,
    relate,
)
from tests.hostile import texts

if TYPE_CHECKING:
    from sayso.encoder.wordpiece import WordPieces

TEXT = "Brenn spoke. “We closed it,” she said. “It was old.”\n\nThe pilots left."


def find_word(text: str, word: str, cutter: WordPieces) -> int:
    words = split_words(text, cutter)
    return next(i for i in range(len(words)) if text[words.start[i] : words.end[i]] == word)


def classes_of(word: str, cutter: WordPieces) -> tuple[int, int, int]:
    """Return the three classes of a word as seen from "said"."""
    words = split_words(TEXT, cutter)
    anchor = np.array([find_word(TEXT, "said", cutter)], dtype=np.int32)
    distance, sentence, quotation = relate(words, anchor, 0, len(words))
    at = find_word(TEXT, word, cutter)
    return int(distance[0, at]), int(sentence[0, at]), int(quotation[0, at])


def test_the_cue_itself_is_at_no_distance(cutter: WordPieces) -> None:
    assert classes_of("said", cutter) == (0, 0, 0)


def test_before_and_after_are_told_apart(cutter: WordPieces) -> None:
    after, before = classes_of(".", cutter)[0], classes_of("she", cutter)[0]
    assert before == 1 + len(DISTANCE_ENDS) + 1
    assert after >= len(DISTANCE_ENDS) + 1  # the first stop of the text stands before the cue


@pytest.mark.parametrize(("word", "expected"), [("she", 0), ("It", 1), ("spoke", 2), ("pilots", 5)])
def test_sentences_and_paragraphs_are_counted_from_the_cue(cutter: WordPieces, word: str, expected: int) -> None:
    assert classes_of(word, cutter)[1] == expected


@pytest.mark.parametrize(("word", "expected"), [("she", 0), ("closed", 1), ("old", 1)])
def test_quotations_are_told_from_the_cue(cutter: WordPieces, word: str, expected: int) -> None:
    assert classes_of(word, cutter)[2] == expected


def test_one_quotation_is_told_from_another(cutter: WordPieces) -> None:
    words = split_words(TEXT, cutter)
    anchor = np.array([find_word(TEXT, "closed", cutter)], dtype=np.int32)
    _, _, quotation = relate(words, anchor, 0, len(words))
    where = {word: int(quotation[0, find_word(TEXT, word, cutter)]) for word in ("We", "old", "she")}
    assert where == {"We": 3, "old": 4, "she": 2}


@given(texts(max_size=30))
@settings(max_examples=60, deadline=None)
def test_classes_stay_within_their_numbers(cutter: WordPieces, text: str) -> None:
    words = split_words(text, cutter)
    n = len(words)
    anchors = np.arange(0, n, 3, dtype=np.int32)
    low, high = n // 4, n
    found = relate(words, anchors, low, high)
    for table, most in zip(found, (N_DISTANCES, N_SENTENCE_RELATIONS, N_QUOTATION_RELATIONS), strict=True):
        assert table.shape == (len(anchors), high - low)
        assert not table.size or (table.min() >= 0 and table.max() < most)
