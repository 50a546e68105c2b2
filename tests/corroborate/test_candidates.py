"""The index finds who may share text: incrementally, in either order, and without drowning in reprints."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.corroborate import candidates, postings
from sayso.corroborate.candidates import MOST, Index
from sayso.corroborate.postings import Postings, spread
from tests.corroborate.copied import FERRY, MARKET, WEATHER, make_document, make_words

if TYPE_CHECKING:
    import random

prints_of_documents = st.lists(st.sets(st.integers(1, 60), max_size=12), max_size=12)


def as_prints(numbers: set[int]) -> np.ndarray:
    return np.asarray(sorted(numbers), dtype=np.uint64)


def test_a_document_that_shares_a_stretch_is_a_candidate() -> None:
    index = Index()
    assert index.add(make_document(FERRY)) == []
    assert index.add(make_document(MARKET)) == []
    found = index.add(make_document(f"{WEATHER} {FERRY[:200]}"))
    assert [one.document for one in found] == [make_document(FERRY).id]
    assert not found[0].is_twin


def test_asking_again_adds_nothing() -> None:
    index = Index()
    index.add(make_document(FERRY))
    first = index.add(make_document(FERRY + MARKET))
    assert index.add(make_document(FERRY + MARKET)) == first
    assert len(index) == 2


def test_nothing_and_too_little_has_no_candidates() -> None:
    index = Index()
    for name in "abc":
        assert index.add(make_document("", name=name)) == []
        assert index.add(make_document("Two words.", name=name)) == []
    assert index.find_twins("nobody") == ()


@settings(deadline=None)
@given(prints_of_documents, st.randoms(use_true_random=False))
def test_who_shares_two_fingerprints_is_found_in_any_order(sets: list[set[int]], draw: random.Random) -> None:
    order = list(range(len(sets)))
    draw.shuffle(order)
    index, found = Index(), set()
    for number in order:
        for candidate in index.add_prints(str(number), as_prints(sets[number])):
            for twin in index.find_twins(candidate.document):
                found |= {frozenset({number, int(twin)})}
    for one in range(len(sets)):
        for two in range(one):
            if len(sets[one] & sets[two]) >= 2:
                assert frozenset({one, two}) in found


def test_a_thousand_prints_of_one_article_stay_one_group_and_findable() -> None:
    index = Index()
    for number in range(1000):
        found = index.add(make_document(FERRY, name=str(number)))
        assert len(found) == (number > 0)
    late = index.add(make_document(f"{WEATHER} {FERRY[:250]}"))
    assert len(late) == 1
    assert len(index.find_twins(late[0].document)) == 1000


def test_what_a_twin_adds_of_its_own_is_found() -> None:
    index = Index()
    long = make_words(400, seed=1)
    index.add(make_document(long, name="first"))
    own = make_document(f"{long} {WEATHER[:200]}", name="second")
    assert index.add(own)[0].is_twin
    found = index.add(make_document(f"{MARKET} {WEATHER[:200]}"))
    assert [one.document for one in found] == [own.id]


def test_stock_phrases_make_no_candidates() -> None:
    index = Index()
    phrase = "The harbour board did not answer a request for comment before this page went to press."
    for number in range(MOST + 20):
        index.add(make_document(f"{make_words(300, seed=number)} {phrase}", name=str(number)))
    assert index.add(make_document(f"{make_words(300, seed=9999)} {phrase}")) == []


def test_a_story_that_everybody_prints_is_still_found() -> None:
    index = Index()
    for number in range(MOST + 20):
        index.add(make_document(f"{make_words(200, seed=number)} {FERRY} {MARKET}", name=str(number)))
    assert index.add(make_document(f"{make_words(200, seed=9999)} {FERRY} {MARKET}"))


@given(st.lists(st.lists(st.integers(0, 30), max_size=6, unique=True), max_size=30))
def test_postings_are_the_same_merged_or_not(documents: list[list[int]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(postings, "BUFFER", 4)
        patch.setattr(postings, "LARGEST_RUN", 64)
        index = Postings()
        for number, values in enumerate(documents):
            index.add(as_prints(set(values)), number)
        asked = as_prints(set(range(31)))
        places, numbers, totals = index.find(asked, most=1000)
    found = sorted(zip(asked[places].tolist(), numbers.tolist(), strict=True))
    assert found == sorted((value, number) for number, values in enumerate(documents) for value in values)
    assert totals.sum() == len(found)
    assert index.size_bytes % 12 == 0


def test_of_a_common_fingerprint_the_first_documents_are_kept() -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(postings, "BUFFER", 2)
        index = Postings()
        for number in range(9):
            index.add(as_prints({7}), number)
        _, numbers, totals = index.find(as_prints({7}), most=3)
    assert numbers.tolist() == [0, 1, 2]
    assert totals.tolist() == [9]


def test_ranges_are_spread() -> None:
    assert spread(np.asarray([5, 9]), np.asarray([2, 1])).tolist() == [5, 6, 9]
    assert spread(np.asarray([], dtype=np.int64), np.asarray([], dtype=np.int64)).tolist() == []


def test_candidates_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(candidates, "LIMIT", 3)
    index = Index()
    for number in range(6):
        index.add(make_document(f"{make_words(200, seed=number)} {FERRY[:200]}", name=str(number)))
    assert len(index.add(make_document(f"{MARKET} {FERRY[:200]}"))) == 3
