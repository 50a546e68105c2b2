"""The measures of what a case keeps, in their shortest forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from sayso.bench import reliability
from sayso.bench.commands import bench
from sayso.bench.invented import iter_articles, write_articles
from sayso.bench.reliability import Filled, Kills

if TYPE_CHECKING:
    from pathlib import Path


def test_invented_articles_are_all_different_and_always_the_same() -> None:
    first, second = list(iter_articles(50)), list(iter_articles(50))
    assert first == second
    assert len({text for _, text in first}) == 50


def test_articles_are_written_as_files(tmp_path: Path) -> None:
    paths = write_articles(tmp_path / "deep", 3)
    assert [path.read_text(encoding="utf-8") for path in paths] == [text for _, text in iter_articles(3)]


@pytest.mark.slow
def test_killed_at_random_nothing_is_lost() -> None:
    result = CliRunner().invoke(bench, ["kills", "--rounds", "2", "--articles", "5", "--longest", "3"])
    assert result.exit_code == 0, result.output
    assert "0 acknowledged articles lost, 0 records torn, 0 runs" in result.output


@pytest.mark.slow
def test_two_write_while_one_reads() -> None:
    result = CliRunner().invoke(bench, ["writers", "--articles", "3", "--writers", "2"])
    assert result.exit_code == 0, result.output
    assert "6 of 6 kept, 0 writers failed, 0 findings" in result.output


@pytest.mark.slow
def test_adding_is_timed_against_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reliability, "write_long_articles", write_articles)
    result = CliRunner().invoke(bench, ["adding", "--articles", "2", "--pairs", "1"])
    assert result.exit_code == 0, result.output
    assert "add is" in result.output


def test_what_was_lost_or_torn_is_not_clean() -> None:
    assert Kills().is_clean
    assert not Kills(lost=["doc-1"]).is_clean
    assert not Kills(torn=["x"]).is_clean
    assert not Kills(unfinished=["x"]).is_clean


@pytest.mark.parametrize(
    ("filled", "is_clean"),
    [
        (Filled(1, "full", 3, 3, 0, has_trace=False), True),
        (Filled(0, "", 3, 3, 0, has_trace=False), False),
        (Filled(1, "full", 3, 2, 0, has_trace=False), False),
        (Filled(1, "full", 3, 3, 1, has_trace=False), False),
        (Filled(1, "full", 3, 3, 0, has_trace=True), False),
    ],
)
def test_a_full_disk_is_refused_cleanly_or_not(filled: Filled, *, is_clean: bool) -> None:
    assert filled.is_clean is is_clean
    assert "acknowledged" in filled.say()


def test_where_no_disk_can_be_mounted_it_is_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reliability, "MOUNT", "/bin/false")
    result = CliRunner().invoke(bench, ["full-disk"])
    assert (result.exit_code, "SKIPPED" in result.output) == (0, True)
