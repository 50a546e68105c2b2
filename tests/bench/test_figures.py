"""Figures and their intervals, on counts made up for the purpose."""

import numpy as np
import pytest

from sayso.bench.figures import (
    compute_macro,
    compute_prf,
    draw_weights,
    find_interval_between,
    measure_all,
    measure_counts,
    measure_labels,
)
from sayso.bench.scorer import LABELS, ArticleScore


def test_precision_recall_f1_by_hand() -> None:
    assert compute_prf(np.array([6.0, 8.0, 6.0, 12.0])).round(2).tolist() == [75.0, 50.0, 60.0]


def test_nothing_predicted_and_nothing_labelled_is_0() -> None:
    assert compute_prf(np.zeros(4)).tolist() == [0.0, 0.0, 0.0]


def test_macro_f1_averages_over_the_classes_of_the_gold() -> None:
    # gold a, a, b; predicted a, c, b: F1 of a is 2/3, of b 1; c is no class of the gold
    confusions = np.array([[1.0, 0.0, 1.0], [0.0, 1.0, 0.0], [0.0, 0.0, 0.0]])
    accuracy, macro = compute_macro(confusions)
    assert accuracy == pytest.approx(100 * 2 / 3)
    assert macro == pytest.approx(100 * (2 / 3 + 1) / 2)


def test_labels_by_hand() -> None:
    pairs = [[("a", "a"), ("a", "c")], [("b", "b")], []]
    figure = measure_labels("stance", pairs, draw_weights(3))
    assert figure.value == pytest.approx(100 * (2 / 3 + 1) / 2)
    assert figure.n == 3


def test_every_resample_draws_as_many_articles_as_there_are() -> None:
    weights = draw_weights(7, rounds=50)
    assert weights.shape == (50, 7)
    assert set(weights.sum(1)) == {7.0}
    assert draw_weights(0).shape[1] == 0


def test_the_interval_is_the_same_every_time_and_holds_the_value() -> None:
    counts = [(number, 10, number, 10) for number in range(11)]
    first, second = (measure_counts("ledger", counts, draw_weights(len(counts))) for _ in range(2))
    assert first == second
    assert first.low < first.value == 50.0 < first.high
    assert first.n == 110


def test_articles_that_are_all_alike_leave_no_doubt() -> None:
    figure = measure_counts("ledger", [(3, 4, 3, 4)] * 9, draw_weights(9))
    assert figure.low == figure.high == pytest.approx(75.0)


def test_recall_is_the_value_where_only_recall_is_counted() -> None:
    figure = measure_counts("other_cues", [(3, 3, 3, 4)], draw_weights(1))
    assert (figure.statistic, figure.value, figure.precision) == ("recall", 75.0, None)


def test_all_measures_come_in_the_order_of_the_scorer() -> None:
    score = ArticleScore(
        name="a",
        counts={"linked": (1, 1, 1, 1), "ledger": (0, 0, 0, 0)},
        labels={label: [] for label in LABELS},
        right=[],
    )
    assert list(measure_all([score], labels=True)) == ["linked", "ledger", *LABELS]
    assert list(measure_all([score], labels=False)) == ["linked", "ledger"]
    assert measure_all([], labels=False) == {}


def test_two_readings_of_the_same_articles_are_compared_in_the_same_resamples() -> None:
    weights = draw_weights(3)
    one, other = (measure_counts("ledger", counts, weights) for counts in ([(1, 2, 1, 2)] * 3, [(1, 2, 1, 2)] * 3))
    assert find_interval_between(one, other) == (0.0, 0.0)
    better = measure_counts("ledger", [(2, 2, 2, 2)] * 3, weights)
    assert find_interval_between(better, other) == (50.0, 50.0)
