"""The same words in the same order are a possible rewriting; the same words in any order are not."""

from __future__ import annotations

import random

import numpy as np
import pytest

from sayso.corroborate.reuse import find_reuse
from sayso.corroborate.rewriting import find_likeness, measure_concordance
from sayso.corroborate.words import split_words
from sayso.records import ReuseDirection, ReuseExtent
from tests.corroborate.copied import make_document

RARE = [f"thing{number}" for number in range(40)]


def spin(order: list[str], *, seed: int) -> str:
    draw = random.Random(seed)  # noqa: S311 - no secret
    return " ".join(f"{word} other{draw.randrange(10**9)}" for word in order)


def shuffled() -> list[str]:
    order = list(RARE)
    random.Random(5).shuffle(order)  # noqa: S311 - no secret
    return order


@pytest.mark.parametrize(("order", "is_rewriting"), [(RARE, True), (shuffled(), False), (RARE[::-1], False)])
def test_order_tells_a_rewriting(order: list[str], *, is_rewriting: bool) -> None:
    likeness = find_likeness(split_words(spin(RARE, seed=1)), split_words(spin(order, seed=2)), (), ())
    assert likeness.words == 40
    assert likeness.is_rewriting is is_rewriting


def test_a_rewriting_is_only_possible_and_has_no_stretch() -> None:
    (edge,) = find_reuse(make_document(spin(RARE, seed=1)), [make_document(spin(RARE, seed=2))])
    assert edge.extent is ReuseExtent.REWRITE
    assert not edge.is_certain
    assert edge.stretches == ()
    assert edge.direction is ReuseDirection.UNKNOWN
    assert edge.reasons[0].feature == "same order"


def test_what_is_shared_word_by_word_and_quoted_is_left_out() -> None:
    words = split_words(" ".join(RARE))
    assert find_likeness(words, words, [(0, 10**6)], ()).words == 0
    quoted = split_words(f"\u201c{' '.join(RARE)}\u201d")
    assert find_likeness(quoted, words, (), ()).vocabulary == 0


def test_the_example_holds() -> None:
    assert measure_concordance(np.asarray([1, 3, 2])) == pytest.approx(2 / 3)
    assert measure_concordance(np.asarray([1])) == 0
