"""The same words in the same order are a possible rewriting; the same words in any order are not."""

from __future__ import annotations

import random

import numpy as np
import pytest

from sayso.corroborate.reuse import find_reuse
from sayso.corroborate.rewriting import Retelling, find_retelling, measure_concordance
from sayso.corroborate.words import split_words
from sayso.records import ReuseBasis, ReuseDirection, ReuseExtent
from tests.corroborate.copied import make_document, make_words

RARE = [f"thing{number}" for number in range(40)]


def spin(order: list[str], *, seed: int) -> str:
    draw = random.Random(seed)  # noqa: S311 - no secret
    return " ".join(f"{word} other{draw.randrange(10**9)}" for word in order)


def retell(one: str, two: str) -> Retelling:
    return find_retelling(split_words(one), split_words(two), (), ())


def shuffled() -> list[str]:
    order = list(RARE)
    random.Random(5).shuffle(order)  # noqa: S311 - no secret
    return order


@pytest.mark.parametrize(("order", "is_rewriting"), [(RARE, True), (shuffled(), False), (RARE[::-1], False)])
def test_order_tells_a_rewriting(order: list[str], *, is_rewriting: bool) -> None:
    retelling = retell(spin(RARE, seed=1), spin(order, seed=2))
    assert retelling.whole.words == 40
    assert retelling.is_rewriting is is_rewriting


def test_a_rewriting_is_only_possible_and_has_no_stretch() -> None:
    (edge,) = find_reuse(make_document(spin(RARE, seed=1)), [make_document(spin(RARE, seed=2))])
    assert edge.extent is ReuseExtent.REWRITE
    assert not edge.is_certain
    assert edge.stretches == ()
    assert edge.direction is ReuseDirection.UNKNOWN
    assert edge.reasons[0].feature == "same order"


@pytest.mark.parametrize("is_turned", [False, True])
def test_a_rewriting_keeps_its_quotations_in_their_places(*, is_turned: bool) -> None:
    kept = " ".join(RARE[24:])
    told, quoted = spin(RARE[:24], seed=1), f"\u201c{kept}\u201d"
    again = spin(RARE[:24], seed=2)
    assert retell(f"{told} {quoted}", f"{again} {quoted}").is_rewriting
    moved = f"{quoted} {again}" if is_turned else f"{spin(RARE[:24][::-1], seed=2)} {quoted}"
    assert not retell(f"{told} {quoted}", moved).is_rewriting


def test_a_statement_that_both_quote_is_no_rewriting() -> None:
    statement = f"\u201c{' '.join(RARE)}\u201d"
    retelling = retell(f"{make_words(40, seed=1)} {statement}", f"{statement} {make_words(40, seed=2)}")
    assert retelling.whole.order > 5
    assert retelling.left.words == 0
    assert not retelling.is_rewriting


def test_what_is_shared_word_by_word_is_left_out_once() -> None:
    words = split_words(" ".join(RARE))
    retelling = find_retelling(words, words, [(0, 10**6)], ())
    assert (retelling.whole.words, retelling.left.words) == (40, 0)


def test_nothing_has_nothing_in_common() -> None:
    assert retell("", "to be or not").whole.vocabulary == 0


def test_time_tells_nothing_of_a_possible_rewriting() -> None:
    first = make_document(spin(RARE, seed=1), published="2031-04-02", outlet="Lowmere Post")
    later = make_document(spin(RARE, seed=2), published="2031-04-09", outlet="Tarn Courier")
    (edge,) = find_reuse(later, [first])
    assert (edge.direction, edge.basis) == (ReuseDirection.UNKNOWN, ReuseBasis.NONE)
    assert edge.reasons[-1].feature == "possible"


def test_a_credit_tells_of_a_possible_rewriting_too() -> None:
    first = make_document(spin(RARE, seed=1), outlet="Lowmere Post")
    later = make_document(f"{spin(RARE, seed=2)} First reported by Lowmere Post.", outlet="Tarn Courier")
    (edge,) = find_reuse(later, [first])
    assert (edge.document, edge.direction) == (later.id, ReuseDirection.FROM_OTHER)
    assert (edge.basis, edge.is_certain) == (ReuseBasis.CREDIT, False)


def test_the_example_holds() -> None:
    assert measure_concordance(np.asarray([1, 3, 2])) == pytest.approx(2 / 3)
    assert measure_concordance(np.asarray([1])) == 0
