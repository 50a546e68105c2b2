"""Words are folded so that print makes no difference, and keep their places."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.corroborate.words import document_words, fold_word, mark_inside, split_words
from sayso.text import span_at
from tests.corroborate.copied import FERRY, make_document


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("U.S. ships", "US ships"),
        ("5,000 crates", "5000 crates"),
        ("Café", "cafe"),
        ("don't", "don\u2019t"),
        ("self-made", "self made"),
        ("soft\u00adly", "softly"),
        ("hid\u200bden", "hidden"),
        ("STRASSE", "straße"),
        ("e\u0301tude", "\u00e9tude"),
        ("\u201cYes\u201d, he said", "yes he said"),
        ("_loud_", "loud"),
    ],
)
def test_print_makes_no_difference(one: str, two: str) -> None:
    assert np.array_equal(split_words(one).hashes, split_words(two).hashes)


@pytest.mark.parametrize(("one", "two"), [("5,00", "500"), ("cat", "cart"), ("a b", "b a")])
def test_different_words_differ(one: str, two: str) -> None:
    assert not np.array_equal(split_words(one).hashes, split_words(two).hashes)


@given(st.text())
def test_a_place_is_that_of_its_characters(text: str) -> None:
    words = split_words(text)
    assert len(words) == len(words.starts) == len(words.ends) == len(words.quoted)
    for start, end, number in zip(words.starts, words.ends, words.hashes, strict=True):
        alone = split_words(text[start:end])
        assert len(alone) == 1
        assert alone.hashes[0] == number
        assert fold_word(text[start:end]) or number


def test_words_in_quotation_marks_are_marked() -> None:
    words = split_words("He said \u201cno boats sail\u201d today.")
    assert words.quoted.tolist() == [False, False, True, True, True, False]


def test_what_is_no_prose_is_left_out() -> None:
    text = f"LOWMERE (Northwire) \u2014 {FERRY}"
    document = make_document(text, not_prose=(span_at(text, 0, 22),))
    assert np.array_equal(document_words(document).hashes, split_words(FERRY).hashes)
    assert np.array_equal(document_words(document, (span_at(text, 0, len(text)),)).hashes, np.zeros(0, dtype=np.uint64))


def test_stretches_may_overlap() -> None:
    places = np.asarray([0, 2, 4, 6], dtype=np.int64)
    assert mark_inside(places, [(0, 5), (2, 3)]).tolist() == [True, True, True, False]
    assert mark_inside(places, []).tolist() == [False] * 4
