"""The best legal tagging, held to trying every one."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.extract.decode import CONTENT, CUE, N_TAGS, OUTSIDE, SOURCE, best_tags, best_tags_of, segments

INSIDE = {SOURCE + 1, CONTENT + 1, CUE + 1}


def is_legal(tags: tuple[int, ...]) -> bool:
    """Return whether every inside tag follows its own begin or inside tag."""
    return all(tag not in INSIDE or (i > 0 and tags[i - 1] in {tag, tag - 1}) for i, tag in enumerate(tags))


def total(scores: np.ndarray[tuple[int, int], np.dtype[np.float32]], tags: tuple[int, ...]) -> float:
    return float(sum(scores[i, tag] for i, tag in enumerate(tags)))


@given(st.integers(0, 2**32 - 1), st.integers(1, 4), st.sampled_from([0.5, 3.0]))
@settings(max_examples=40, deadline=None)
def test_no_legal_tagging_scores_more(seed: int, n_words: int, spread: float) -> None:
    scores = (np.random.default_rng(seed).normal(size=(1, n_words, N_TAGS)) * spread).astype(np.float32)
    found = tuple(best_tags(scores)[0].tolist())
    legal = [tags for tags in itertools.product(range(N_TAGS), repeat=n_words) if is_legal(tags)]
    assert is_legal(found)
    assert total(scores[0], found) == pytest.approx(max(total(scores[0], tags) for tags in legal), abs=1e-4)


@given(st.integers(0, 2**32 - 1), st.integers(0, 5), st.integers(0, 60))
@settings(max_examples=80, deadline=None)
def test_an_inside_tag_never_follows_a_wrong_one(seed: int, n_cues: int, n_words: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(n_cues, n_words, N_TAGS)).astype(np.float32)
    scores[..., 2::2] += 2  # inside tags that every word would like to have
    tags = best_tags(scores)
    assert tags.shape == (n_cues, n_words)
    assert all(is_legal(tuple(row)) for row in tags.tolist())


def test_rows_are_tagged_apart() -> None:
    scores = np.random.default_rng(5).normal(size=(4, 30, N_TAGS)).astype(np.float32)
    together = best_tags(scores)
    for i in range(4):
        assert np.array_equal(together[i], best_tags(scores[i : i + 1])[0])


def test_plain_scores_give_the_plain_tagging() -> None:
    wanted = [OUTSIDE, SOURCE, SOURCE + 1, CUE, CONTENT, CONTENT + 1, CONTENT + 1, OUTSIDE, CONTENT]
    scores = np.full((1, len(wanted), N_TAGS), -5, dtype=np.float32)
    scores[0, np.arange(len(wanted)), wanted] = 5
    tags = best_tags(scores)[0]
    assert tags.tolist() == wanted
    assert segments(tags, SOURCE) == [(1, 3)]
    assert segments(tags, CUE) == [(3, 4)]
    assert segments(tags, CONTENT) == [(4, 7), (8, 9)]


def test_a_new_begin_begins_a_new_stretch() -> None:
    tags = np.array([CONTENT, CONTENT, CONTENT + 1, OUTSIDE], dtype=np.int8)
    assert segments(tags, CONTENT) == [(0, 1), (1, 3)]
    assert segments(tags, SOURCE) == []


def test_what_was_blanked_out_parts_a_stretch() -> None:
    """Words that are no prose are set to outside after the tagging: the rest is two stretches."""
    tags = np.array([CONTENT, OUTSIDE, CONTENT + 1, CONTENT + 1], dtype=np.int8)
    assert segments(tags, CONTENT) == [(0, 1), (2, 4)]


def test_tables_decoded_together_are_as_if_each_were_alone() -> None:
    rng = np.random.default_rng(0)
    tables = [rng.normal(size=(rows, words, N_TAGS)).astype(np.float32) for rows, words in [(2, 5), (1, 9), (3, 1)] * 4]
    for together, alone in zip(best_tags_of(tables), map(best_tags, tables), strict=True):
        assert (together == alone).all()
