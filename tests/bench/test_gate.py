"""The gate: floors hold, rise by themselves and cannot be lowered by accident."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sayso.bench
from sayso.bench.figures import Figure
from sayso.bench.gate import (
    Floor,
    Floors,
    FloorsDamaged,
    find_breaches,
    is_under,
    load_floors,
    make_floor,
    pin_scores,
    pinned_figures,
    save_floors,
)

SHIPPED = Path(sayso.bench.__file__).with_name("floors.json")


def figure(value: float, n: int = 1000) -> Figure:
    return Figure(measure="ledger", statistic="F1", value=value, low=0, high=100, n=n)


def pin(**values: float) -> Floors:
    return pin_scores(Floors(), {name: figure(value) for name, value in values.items()}, "d1", may_lower=False)[0]


def test_a_score_within_the_margin_passes_and_one_under_it_does_not() -> None:
    floors = pin(ledger=70.0)
    assert find_breaches(floors, {"ledger": figure(69.5)}, "d1") == []
    assert len(find_breaches(floors, {"ledger": figure(69.4)}, "d1")) == 1


def test_a_changed_corpus_closes_the_gate() -> None:
    assert len(find_breaches(pin(ledger=70.0), {"ledger": figure(90.0)}, "d2")) == 1


def test_a_measure_that_is_gone_closes_the_gate() -> None:
    assert len(find_breaches(pin(ledger=70.0, routes=40.0), {"ledger": figure(70.0)}, "d1")) == 1


def test_no_floors_at_all_close_the_gate() -> None:
    assert len(find_breaches(Floors(), {"ledger": figure(70.0)}, "d1")) == 1


def test_the_margin_is_worth_two_rows_or_half_a_point() -> None:
    assert make_floor(figure(50.0, n=40)).margin == 5.0
    assert make_floor(figure(50.0, n=4000)).margin == 0.5


def test_a_better_score_raises_the_floor() -> None:
    raised, lowered = pin_scores(pin(ledger=70.0), {"ledger": figure(71.0)}, "d1", may_lower=False)
    assert (raised.floors["ledger"].score, lowered) == (71.0, [])


def test_a_score_within_the_margin_leaves_the_floor_where_it_is() -> None:
    kept, lowered = pin_scores(pin(ledger=70.0), {"ledger": figure(69.6)}, "d1", may_lower=False)
    assert (kept.floors["ledger"].score, lowered) == (70.0, [])


def test_a_worse_score_is_refused_also_with_a_new_corpus() -> None:
    kept, lowered = pin_scores(pin(ledger=70.0, routes=40.0), {"ledger": figure(60.0)}, "d2", may_lower=False)
    assert kept.digest == "d2"
    assert {name: floor.score for name, floor in kept.floors.items()} == {"ledger": 70.0, "routes": 40.0}
    assert lowered == ["ledger", "routes"]


def test_a_worse_score_is_pinned_only_on_purpose() -> None:
    new, lowered = pin_scores(pin(ledger=70.0, routes=40.0), {"ledger": figure(60.0)}, "d1", may_lower=True)
    assert {name: floor.score for name, floor in new.floors.items()} == {"ledger": 60.0}
    assert lowered == ["ledger", "routes"]


@settings(max_examples=50, deadline=None)
@given(st.lists(st.dictionaries(st.sampled_from("abc"), st.floats(0, 100)), max_size=5))
def test_no_run_of_updates_ever_lowers_a_floor(runs: list[dict[str, float]]) -> None:
    floors = Floors()
    for values in runs:
        figures = {name: figure(value) for name, value in values.items()}
        new, _ = pin_scores(floors, figures, "d", may_lower=False)
        for name, old in floors.floors.items():
            assert new.floors[name].score >= old.score
            assert new.floors[name].margin <= old.margin
        floors = new


def test_floors_come_back_as_they_were_written(tmp_path: Path) -> None:
    floors = pin(ledger=70.0, routes=40.0)
    save_floors(tmp_path / "floors.json", floors)
    assert load_floors(tmp_path / "floors.json") == floors
    assert load_floors(tmp_path / "absent.json") == Floors()


def test_an_edit_by_hand_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    save_floors(path, pin(ledger=70.0))
    path.write_text(path.read_text("utf-8").replace("70.0", "60.0"), "utf-8")
    with pytest.raises(FloorsDamaged):
        load_floors(path)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"digest": "d", "floors": {"a": 5}, "seal": ""}'])
def test_a_damaged_file_is_an_error(tmp_path: Path, text: str) -> None:
    path = tmp_path / "floors.json"
    path.write_text(text, "utf-8")
    with pytest.raises(FloorsDamaged):
        load_floors(path)


def test_measures_without_gold_are_not_pinned() -> None:
    found = {"polnear-dev": {"routes": figure(0.0, n=0), "ledger": figure(50.0)}}
    assert list(pinned_figures(found)) == ["polnear-dev/ledger"]


def test_a_floor_is_crossed_only_beyond_its_margin() -> None:
    floor = Floor(score=50.0, margin=2.0, n=100)
    assert [is_under(value, floor) for value in (48.0, 47.9)] == [False, True]


def test_the_floors_that_are_shipped_are_whole() -> None:
    if not SHIPPED.is_file():
        pytest.skip("no floors are pinned yet")
    assert load_floors(SHIPPED).floors
    assert set(json.loads(SHIPPED.read_text("utf-8"))) == {"digest", "floors", "seal"}
