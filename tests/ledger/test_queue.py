"""Which rows are asked about first."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from sayso.ledger.queue import FEATURES, SHOWN_POINTS, rank_rows, weigh_row
from sayso.records import Reading, Stance
from tests.readings import demo_reading, small_reading

if TYPE_CHECKING:
    from typing import Any


def change_row(reading: Reading, number: int, **changes: Any) -> Reading:  # noqa: ANN401  fields of a record
    rows = list(reading.attributions)
    rows[number] = replace(rows[number], **changes)
    return replace(reading, attributions=tuple(rows))


def test_the_row_of_which_the_machine_is_least_sure_comes_first() -> None:
    reading = change_row(demo_reading(), 4, confidence=0.2)
    first = next(rank_rows([(reading, ())]))
    assert first.row == reading.attributions[4].id
    assert first.why[0].name == "row"


def test_a_denial_weighs_more_than_a_claim_of_the_same_confidence() -> None:
    reading = change_row(change_row(small_reading(), 0, confidence=0.5), 1, confidence=0.5)
    first, second = rank_rows([(reading, ())])
    assert first.row == reading.attributions[1].id
    assert first.score == 1.5 * second.score
    assert first.why[-1].name == "harm"
    assert "harm" not in {one.name for one in second.why}


def test_what_nobody_says_weighs_less() -> None:
    reading = change_row(small_reading(), 0, confidence=0.5)
    deed = change_row(reading, 0, stance=Stance.OTHER)
    assert weigh_row(deed, deed.attributions[0]).score < weigh_row(reading, reading.attributions[0]).score


def test_rows_that_were_judged_and_rows_not_asked_for_are_left_out() -> None:
    reading = demo_reading()
    ids = [att.id for att in reading.attributions]
    assert {one.row for one in rank_rows([(reading, {ids[0], ids[3]})])} == set(ids) - {ids[0], ids[3]}
    assert [one.row for one in rank_rows([(reading, ())], wanted={ids[2]})] == [ids[2]]


def test_every_feature_tells_in_a_sentence_why_a_row_is_asked() -> None:
    plain = small_reading()
    row = plain.attributions[0]
    assert weigh_row(plain, row).why == ()
    changed = {
        "row": replace(row, confidence=0.1),
        "stance": replace(row, label_confidence=(0.2, 1.0, 1.0)),
        "certainty": replace(row, label_confidence=(1.0, 0.2, 1.0)),
        "endorsement": replace(row, label_confidence=(1.0, 1.0, 0.2)),
        "source": replace(row, source="src-none"),
        "party": replace(row, source="src-none"),
        "cue": replace(row, cue_spans=()),
    }
    assert set(changed) == {feature.name for feature in FEATURES}
    for name, att in changed.items():
        why = {one.name: one for one in weigh_row(plain, att).why}
        assert why[name].why
        assert why[name].points >= SHOWN_POINTS


def test_a_source_that_could_not_be_told_is_a_reason() -> None:
    reading = small_reading()
    unresolved = replace(reading, sources=(replace(reading.sources[0], unresolved="two may be meant", confidence=0.4),))
    assert {one.name for one in weigh_row(unresolved, unresolved.attributions[0]).why} == {"party", "source"}


@given(st.lists(st.floats(0, 1), min_size=2, max_size=6), st.randoms(use_true_random=False), st.integers(0, 8))
def test_the_order_does_not_hang_on_the_order_of_the_readings(confidences: list[float], dice: Any, limit: int) -> None:  # noqa: ANN401  random.Random
    readings = [change_row(small_reading(), n % 2, confidence=confidence) for n, confidence in enumerate(confidences)]
    pairs = [
        (replace(one, document=replace(one.document, id=f"doc-{n}")), frozenset[str]())
        for n, one in enumerate(readings)
    ]
    every = list(rank_rows(pairs))
    dice.shuffle(pairs)
    assert list(rank_rows(pairs)) == every
    assert list(rank_rows(pairs, limit=limit)) == every[:limit]
    assert [one.score for one in every] == sorted((one.score for one in every), reverse=True)
