"""The command that measures origins."""

from __future__ import annotations

from click.testing import CliRunner

from sayso.bench.commands import bench
from sayso.bench.origin_cases import make_small_case
from sayso.bench.origins import Tightness, measure_tightness
from sayso.records import OriginCase
from tests.corroborate.origin_pieces import different, make_case, person, same, tell


def test_the_command_prints_tightness_and_time() -> None:
    result = CliRunner().invoke(bench, ["origins", "--graphs", "20", "--tellings", "200"])
    assert result.exit_code == 0
    assert "0 false" in result.output
    assert "news: 200 tellings" in result.output


def test_a_case_without_a_world_is_left_out() -> None:
    found = Tightness()
    voices = (person("x"), person("y"))
    found.add(make_case(tell("Courier", "x"), voices=voices, ties=(same("x", "y"), different("x", "y"))))
    assert (found.n, found.skipped) == (0, 2)


def test_cases_are_the_same_at_each_call() -> None:
    assert [make_small_case(seed) for seed in range(5)] == [make_small_case(seed) for seed in range(5)]
    assert isinstance(make_small_case(1), OriginCase)
    assert measure_tightness(make_small_case, range(10)).false == 0
