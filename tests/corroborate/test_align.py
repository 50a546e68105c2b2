"""Shared stretches are found with their edits, and nothing makes it slow."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.corroborate.align import Run, align, find_runs, join_gain
from sayso.corroborate.edits import count_common, reach_on
from sayso.corroborate.words import split_words
from tests.corroborate.copied import FERRY, MARKET, WEATHER, make_words

letters = st.lists(st.sampled_from("abcdefgh"), max_size=60)


def test_a_stretch_is_found_where_it_stands() -> None:
    one, two = split_words(f"{WEATHER} {FERRY}"), split_words(f"{FERRY} {MARKET}")
    (match,) = align(one, two)
    assert (match.left, match.right) == (len(split_words(WEATHER)), 0)
    assert match.words == len(split_words(FERRY))


def test_edits_do_not_break_a_stretch() -> None:
    edited = FERRY.replace("dawn", "sunrise").replace("hot ", "").replace("two fishing", "two small fishing")
    (match,) = align(split_words(FERRY), split_words(f"{WEATHER} {edited} {MARKET}"))
    assert match.left == 0
    assert match.left_end == len(split_words(FERRY))
    assert match.words == len(split_words(FERRY)) - 2


def test_a_stretch_reaches_on_over_changed_words_to_its_ends() -> None:
    changed = FERRY.replace("The ferry between", "The boat between", 1).replace("from Ardenna.", "of Ardenna.")
    (match,) = align(split_words(FERRY), split_words(f"{WEATHER} {changed} {MARKET}"))
    assert (match.left, match.left_end) == (0, len(split_words(FERRY)))


def test_stretches_in_another_order_are_all_found() -> None:
    matches = align(split_words(f"{FERRY} {MARKET}"), split_words(f"{MARKET} {FERRY}"))
    assert len(matches) == 2
    assert [match.left < match.left_end for match in matches] == [True, True]


def test_a_few_phrases_in_a_row_are_no_stretch() -> None:
    one = "at the end of the day " + make_words(20, seed=1) + " for the first time in years"
    two = "at the end of the day " + make_words(20, seed=2) + " for the first time in years"
    assert align(split_words(one), split_words(two)) == []


def test_the_same_text_is_one_stretch_however_it_repeats_itself() -> None:
    words = split_words("ha " * 5000)
    (match,) = align(words, words)
    assert match.words == 5000


@settings(deadline=None)
@given(letters, letters)
def test_stretches_never_overlap_and_hold_what_they_say(one: list[str], two: list[str]) -> None:
    left, right = split_words(" ".join(one)), split_words(" ".join(two))
    matches = align(left, right, least_words=5)
    for match in matches:
        common = count_common(
            left.hashes[match.left : match.left_end].tolist(), right.hashes[match.right : match.right_end].tolist()
        )
        assert 0 < match.words <= common
        for run in match.runs:
            assert one[run.left : run.left + run.size] == two[run.right : run.right + run.size]
    for ends in (
        sorted((match.left, match.left_end) for match in matches),
        sorted((match.right, match.right_end) for match in matches),
    ):
        assert all(first[1] <= second[0] for first, second in pairwise(ends))


@settings(deadline=None)
@given(letters, letters)
def test_a_long_shared_run_is_always_found(head: list[str], tail: list[str]) -> None:
    shared = [f"word{number}" for number in range(12)]
    left = split_words(" ".join(head + shared + tail))
    right = split_words(" ".join(tail + shared + head))
    assert any(match.left <= len(head) and match.left_end >= len(head) + len(shared) for match in align(left, right))


@pytest.mark.parametrize("text", ["ha " * 200_000, "ha ho " * 100_000, make_words(37, seed=1) + " " + "no " * 200_000])
def test_one_word_over_and_over_is_no_trap(text: str) -> None:
    begin = time.process_time()
    align(split_words(text), split_words(text[: len(text) // 3] + " and so on " + text[: len(text) // 2]))
    assert time.process_time() - begin < 20


def test_text_that_repeats_a_long_passage_stays_bounded() -> None:
    passage = make_words(50, seed=3)
    begin = time.process_time()
    align(split_words(f"{passage} " * 400), split_words(f"so {passage} " * 410))
    assert time.process_time() - begin < 20


def test_runs_that_overlap_or_lie_apart_are_not_joined() -> None:
    assert join_gain(Run(0, 0, 10), Run(5, 12, 5)) == float("-inf")
    assert join_gain(Run(0, 0, 10), Run(100, 100, 5)) == float("-inf")
    assert join_gain(Run(0, 20, 10), Run(12, 0, 5)) == float("-inf")
    assert join_gain(Run(0, 0, 10), Run(11, 10, 5)) == -0.25


def test_the_examples_hold() -> None:
    assert count_common([1, 2, 3, 4], [1, 3, 9, 4]) == 3
    assert count_common([], [1]) == 0
    assert reach_on([1, 2, 9, 3, 4, 5], [1, 2, 3, 4, 5]) == (6, 5, 5)
    assert reach_on([], []) == (0, 0, 0)
    assert reach_on([1, 2, 3], [4, 5, 6]) == (0, 0, 0)


def test_no_runs_in_nothing() -> None:
    assert find_runs(split_words("").hashes, split_words(FERRY).hashes) == []
