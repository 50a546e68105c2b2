"""Reliability diagrams, on confidences made up for the purpose."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.bench.calibration import measure_calibration


def test_a_confidence_that_keeps_its_word_has_no_error() -> None:
    judged = [(0.75, True), (0.75, True), (0.75, True), (0.75, False)]
    assert measure_calibration("row", [judged]).error == pytest.approx(0.0)


def test_the_error_is_weighted_by_the_bins() -> None:
    judged = [(0.95, False), (0.55, True), (0.55, True), (0.55, False)]
    calibration = measure_calibration("row", [judged[:2], judged[2:]])
    assert calibration.error == pytest.approx((0.95 + 3 * abs(0.55 - 2 / 3)) / 4)
    assert [part.n for part in calibration.bins] == [0, 0, 0, 0, 0, 3, 0, 0, 0, 1]
    assert calibration.bins[5].right == pytest.approx(2 / 3)


def test_the_ends_fall_into_the_outer_bins() -> None:
    calibration = measure_calibration("row", [[(0.0, True), (1.0, True), (1.5, True), (-1.0, True)]])
    assert (calibration.bins[0].n, calibration.bins[-1].n) == (2, 2)


def test_no_confidences_are_no_error() -> None:
    assert measure_calibration("row", [[], []]).n == 0
    assert measure_calibration("row", []).error == 0.0


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=5), max_size=4))
def test_error_and_interval_lie_between_0_and_1(articles: list[list[tuple[float, bool]]]) -> None:
    calibration = measure_calibration("row", articles)
    assert 0 <= calibration.low <= calibration.high <= 1
    assert 0 <= calibration.error <= 1
    assert sum(part.n for part in calibration.bins) == calibration.n == sum(map(len, articles))
