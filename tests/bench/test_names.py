"""Pairs of names measured, and sources joined by the thousand. All invented."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from sayso.bench import names
from sayso.bench.commands import bench
from sayso.bench.names import NamePair, find_best_threshold, is_ahead, measure_calibration, run_rivals, tally
from sayso.bench.parties import make_appearances, measure_growth
from sayso.corroborate.name_judge import judge_names

ROWS = """case_group,schema,name1,name2,is_match,quality,category,notes
g,Person,Ilva Marenko,Ilva Marenco,true,MEDIUM,,
g,Person,Ilva Marenko,Tomas Marenko,false,MEDIUM,,
g,Company,Tarn Ltd,Tarn Limited,true,STRONG,,
g,Company,Tarn AG,Tarn GmbH,false,WEAK,,
"""


@pytest.fixture
def shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "data/names").mkdir(parents=True)
    (tmp_path / "data/names/name_bench_dev.csv").write_text(ROWS, "utf-8")
    (tmp_path / "score").mkdir()
    (tmp_path / "score/score_reading.py").write_text("", "utf-8")
    monkeypatch.setenv("SAYSO_SHARED", str(tmp_path))
    return tmp_path


def pairs() -> list[NamePair]:
    return [NamePair(schema="Person", left=str(n), right=str(n), is_same=n % 2 == 0) for n in range(4)]


def test_merges_are_counted() -> None:
    found = tally(pairs(), [True, True, False, False])
    assert (found.true_merges, found.false_merges, found.missed, found.kept_apart) == (1, 1, 1, 1)
    assert found.f1 == pytest.approx(50)
    assert [(share.right, share.n) for share in found.shares] == [(1, 2), (1, 2), (2, 4), (1, 2)]


def test_a_rival_gets_its_best_threshold() -> None:
    assert find_best_threshold(pairs(), [0.9, 0.4, 0.8, 0.2]) == pytest.approx(0.405, abs=0.01)


def test_being_ahead_asks_for_few_false_merges_and_more_than_each_rival() -> None:
    good, bad = [True, False, True, False], [True, True, True, False]
    assert is_ahead(pairs(), {"sayso": good, "rival": bad})
    assert not is_ahead(pairs(), {"sayso": bad, "rival": [False] * 4})
    assert not is_ahead(pairs(), {"sayso": good, "rival": good})


def test_calibration_is_how_far_scores_are_from_shares() -> None:
    rows = [NamePair(schema="Person", left="Ilva Marenko", right="Ilva Marenko", is_same=False)]
    assert measure_calibration(rows, [judge_names("Ilva Marenko", "Ilva Marenko")]) > 50


def test_the_command_prints_halves_kinds_and_misses(shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert shared.is_dir()
    scores = {"rival": [0.1, 0.9, 0.1, 0.9]}
    monkeypatch.setattr(names, "run_rivals", lambda _: ({"rival": "1"}, scores, ""))
    done = CliRunner().invoke(bench, ["names", "--misses"])
    assert done.exit_code == 0, done.output
    assert "4 pairs, 2 the same, 2 different" in done.output
    assert "its best F1" in done.output


def test_without_the_rivals_it_says_so(shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert shared.is_dir()
    monkeypatch.setenv("SAYSO_BENCH_PYTHON", sys.executable)
    monkeypatch.setattr(names, "CHILD", Path(names.__file__).with_name("no_such_child.py"))
    done = CliRunner().invoke(bench, ["names"])
    assert done.exit_code == 0, done.output
    assert "SKIPPED" in done.output


def test_a_rivals_answer_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    child = tmp_path / "child.py"
    answer = {"versions": {"rival": "1"}, "scores": {"rival": [0.5]}}
    child.write_text(f"import sys; sys.stdin.read(); print({json.dumps(json.dumps(answer))})", "utf-8")
    monkeypatch.setattr(names, "CHILD", child)
    monkeypatch.setenv("SAYSO_BENCH_PYTHON", sys.executable)
    assert run_rivals(pairs()[:1]) == ({"rival": "1"}, {"rival": [0.5]}, "")
    monkeypatch.setenv("SAYSO_BENCH_PYTHON", str(tmp_path / "no-python"))
    assert run_rivals(pairs())[2]


def test_growth_is_measured() -> None:
    assert len(make_appearances(50)) == 50
    ((size, seconds, median, worst, count),) = measure_growth([60])
    assert (size, count > 5) == (60, True)
    assert seconds >= 0
    assert 0 <= median <= worst
    done = CliRunner().invoke(bench, ["parties", "--sizes", "50,100"])
    assert "to the power of" in done.output
