"""How far two persons agree."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.ledger import judging
from sayso.ledger.agreement import (
    AS_READ,
    DECISION,
    SAME_PARTY,
    Agreed,
    Agreement,
    measure_agreement,
    measure_kappa,
    measure_share,
)
from sayso.ledger.unmasking import PlacedSource
from tests.ledger.acts import acts_of
from tests.readings import demo_reading, small_reading

if TYPE_CHECKING:
    from sayso.records import Judgement

READING = demo_reading()
ROWS = [att.id for att in READING.attributions]


def figure(found: Agreement, of: str) -> Agreed:
    return next(one for one in found.figures if one.of == of)


def test_only_rows_that_both_decided_are_compared() -> None:
    ana, vera = acts_of("Ana"), acts_of("Vera")
    one = [judging.accept(READING, row, ana()) for row in ROWS[:4]]
    other = [judging.accept(READING, ROWS[2], vera()), judging.reject(READING, ROWS[3], vera("a deed"))]
    other.append(judging.unsure(READING, ROWS[0], vera()))
    found = measure_agreement(one, other, [READING])
    assert (found.n_one, found.n_other, found.n_both, found.n_unsure) == (4, 3, 3, 1)
    decision = figure(found, DECISION)
    assert (decision.n, decision.n_same) == (2, 1)
    assert decision.counts == (("accept", "accept", 1), ("accept", "reject", 1))
    assert [(one.subject, one.one, one.other_answer) for one in found.disagreements] == [(ROWS[3], "accept", "reject")]
    assert found.disagreements[0].exact


def test_an_accepted_field_has_the_value_that_the_machine_read() -> None:
    ana, vera = acts_of("Ana"), acts_of("Vera")
    row = READING.attributions[0]
    other_stance = "doubts" if row.stance.value != "doubts" else "asserts"
    one = [judging.accept(READING, row.id, ana())]
    other = [judging.correct(READING, row.id, {"stance": other_stance}, vera())]
    found = measure_agreement(one, other, [READING])
    assert figure(found, "stance").counts == ((row.stance.value, other_stance, 1),)
    assert figure(found, "certainty").n_same == 1
    blind = measure_agreement(one, other)
    assert figure(blind, "stance").counts == ((AS_READ, other_stance, 1),)
    assert {one.of for one in found.disagreements} == {DECISION, "stance"}


def test_names_and_spans_have_a_share_and_no_kappa() -> None:
    ana, vera = acts_of("Ana"), acts_of("Vera")
    reading = small_reading()
    row = reading.attributions[0].id
    one = [judging.correct(reading, row, {"content_spans": "20-37"}, ana())]
    other = [judging.correct(reading, row, {"content_spans": "20-37"}, vera())]
    cut = figure(measure_agreement(one, other, [reading]), "content_spans")
    assert (cut.n, cut.n_same, cut.kappa, cut.counts) == (1, 1, None, ())
    assert cut.why_no_kappa


def test_what_was_undone_is_not_compared_and_the_last_decision_counts() -> None:
    ana, vera = acts_of("Ana"), acts_of("Vera")
    first = judging.reject(READING, ROWS[0], ana())
    one = [first, judging.undo(first, ana())]
    other = [judging.reject(READING, ROWS[0], vera()), judging.accept(READING, ROWS[0], vera())]
    assert measure_agreement(one, other).n_both == 0
    one.append(judging.accept(READING, ROWS[0], ana()))
    assert figure(measure_agreement(one, other), DECISION).n_same == 1


def test_accepting_a_row_that_was_corrected_leaves_it_corrected() -> None:
    ana, vera = acts_of("Ana"), acts_of("Vera")
    changed = judging.correct(READING, ROWS[0], {"endorsement": "distanced"}, ana())
    one = [changed, judging.accept(READING, ROWS[0], ana())]
    other = [judging.correct(READING, ROWS[0], {"endorsement": "distanced"}, vera())]
    found = measure_agreement(one, other, [READING])
    assert found.disagreements == ()
    assert figure(found, DECISION).counts == (("correct", "correct", 1),)


def test_sources_that_both_judged_are_compared_as_pairs() -> None:
    ana, vera = acts_of("Ana"), acts_of("Vera")
    one, two, three = (PlacedSource(document=READING.document.id, source=source) for source in READING.sources[:3])
    mine = [judging.same(one, two, ana("I know")), judging.different(one, three, ana())]
    theirs = [judging.different(two, one, vera()), judging.different(three, one, vera())]
    found = measure_agreement(mine, theirs)
    assert (figure(found, SAME_PARTY).n, figure(found, SAME_PARTY).n_same) == (2, 1)
    assert found.disagreements[0].other is not None


def test_nothing_in_common_is_no_agreement_and_no_error() -> None:
    found = measure_agreement([], [])
    decision = figure(found, DECISION)
    assert (decision.n, decision.share, decision.kappa) == (0, None, None)
    assert decision.why_no_kappa


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([("a", "a")] * 5 + [("b", "b")] * 5, 1.0),
        ([("a", "b")] * 5 + [("b", "a")] * 5, -1.0),
        # 50 items: 20 and 15 agreed, 5 and 10 not; expected agreement .5: Cohen's kappa .40.
        ([("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15, 0.4),
        # One of them always says the same: agreement is what chance alone gives.
        ([("a", "a")] * 9 + [("a", "b")], 0.0),
    ],
)
def test_kappa_is_cohens(pairs: list[tuple[str, str]], expected: float) -> None:
    found = measure_kappa(pairs)
    assert found is not None
    assert found.value == pytest.approx(expected)
    assert found.low <= found.value <= found.high


def test_kappa_is_undefined_where_there_is_no_variance() -> None:
    assert measure_kappa([("a", "a")] * 7) is None
    assert measure_kappa([]) is None
    ana, vera = acts_of("Ana"), acts_of("Vera")
    one = [judging.accept(READING, row, ana()) for row in ROWS[:3]]
    other = [judging.accept(READING, row, vera()) for row in ROWS[:3]]
    decision = figure(measure_agreement(one, other), DECISION)
    assert decision.kappa is None
    assert decision.why_no_kappa
    assert decision.share is not None
    assert decision.share.value == 1.0


@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_a_share_lies_within_its_interval_and_that_within_0_and_1(counts: tuple[int, int]) -> None:
    found = measure_share(*counts)
    assert 0.0 <= found.low <= found.value <= found.high <= 1.0
    assert found.low < found.high


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), max_size=30))
def test_kappa_does_not_hang_on_who_is_named_first(pairs: list[tuple[str, str]]) -> None:
    one, other = measure_kappa(pairs), measure_kappa([(b, a) for a, b in pairs])
    assert (one is None) == (other is None)
    if one and other:
        assert one.value == pytest.approx(other.value)
        assert one.value <= 1.0 + 1e-9


def test_judgements_of_thousands_of_rows_are_compared_in_any_order() -> None:
    ana, vera = acts_of("Ana"), acts_of("Vera")
    dice = random.Random(4)  # noqa: S311  an order, no secret
    mine: list[Judgement] = []
    theirs: list[Judgement] = []
    for n in range(2000):
        base = judging.accept(READING, ROWS[0], ana())
        mine.append(replace(base, id=f"jdg-{n:016x}", subject=f"att-{n:016x}"))
        base = judging.accept(READING, ROWS[0], vera())
        theirs.append(replace(base, id=f"jdg-{n + 5000:016x}", subject=f"att-{n:016x}"))
    found = measure_agreement(mine, theirs)
    dice.shuffle(mine)
    assert measure_agreement(mine, theirs) == found
    assert found.n_both == 2000
