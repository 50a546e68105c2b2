"""Texts that share eight words in a row choose a fingerprint in common."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sayso.corroborate.fingerprint import find_prints, hash_grams, winnow
from sayso.corroborate.words import split_words

PINNED = [4235449623851403553, 8220458241256365481]
words = st.lists(st.integers(0, 50), max_size=40)


def as_hashes(numbers: list[int]) -> np.ndarray:
    return np.asarray(numbers, dtype=np.uint64)


def test_the_example_holds() -> None:
    assert winnow(as_hashes([9, 4, 7, 8, 8, 8, 8])).tolist() == [1, 2, 6]


def test_short_texts_have_one_or_none() -> None:
    assert len(find_prints(as_hashes([1, 2, 3, 4]))) == 0
    assert len(find_prints(as_hashes([1, 2, 3, 4, 5]))) == 1
    assert winnow(as_hashes([])).tolist() == []


@given(words, st.lists(st.integers(0, 50), min_size=8, max_size=20), words, words, words)
def test_eight_shared_words_share_a_fingerprint(
    head: list[int], shared: list[int], tail: list[int], other_head: list[int], other_tail: list[int]
) -> None:
    one = find_prints(as_hashes(head + shared + tail))
    two = find_prints(as_hashes(other_head + shared + other_tail))
    assert len(np.intersect1d(one, two))


@given(words)
def test_fingerprints_are_grams_in_order_and_each_once(numbers: list[int]) -> None:
    prints = find_prints(as_hashes(numbers))
    assert np.all(np.diff(prints.astype(object)) > 0)
    assert set(prints.tolist()) <= set(hash_grams(as_hashes(numbers)).tolist())


def test_the_order_of_words_counts() -> None:
    one, two = hash_grams(as_hashes([1, 2, 3, 4, 5])), hash_grams(as_hashes([5, 4, 3, 2, 1]))
    assert one != two


def test_fingerprints_are_the_same_on_every_machine() -> None:
    text = "The Tarn bridge is closed to carts until the spring."
    assert find_prints(split_words(text).hashes).tolist() == PINNED
