"""Measuring what processes gain over threads."""

from __future__ import annotations

import functools
import os
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from sayso.bench import pool as measured
from sayso.bench.corpora import Article
from sayso.ledger import Reader
from sayso.ledger.pool import ReaderPool
from tests.extract.dice import throw_dice, write_folder

if TYPE_CHECKING:
    from pathlib import Path

    from sayso.config import Settings

ARTICLES = [
    Article(name=f"a{n}", text=f"The harbour will stay closed until May {n}, Mayor Ilva Brenn said.") for n in range(9)
]


@pytest.fixture
def articles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Article]:
    throw_dice(monkeypatch)
    folder = write_folder(tmp_path)
    found = list(ARTICLES)
    monkeypatch.setattr(measured, "require_shared", lambda: tmp_path)
    monkeypatch.setattr(measured, "load_polnear_texts", lambda *_: found)
    monkeypatch.setattr(measured, "limit_cores", lambda count: count)
    monkeypatch.setattr(measured, "Reader", functools.partial(Reader, model_dir=folder))

    class DicePool(ReaderPool):
        def __init__(self, settings: Settings, *, processes: int) -> None:
            super().__init__(settings, processes=processes, model_dir=folder, module="tests.ledger.dying_child")

    monkeypatch.setattr(measured, "ReaderPool", DicePool)
    return found


def test_a_process_has_cpu_and_memory() -> None:
    assert measured.cpu_seconds(os.getpid()) >= 0
    assert all(size >= 0 for size in measured.memory_mb(os.getpid()))


def test_a_process_that_is_not_there_has_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measured, "PROC", tmp_path)
    assert measured.cpu_seconds(1) == 0
    assert measured.memory_mb(1) == (0, 0)


def test_the_command_compares_by_turns(articles: list[Article]) -> None:
    done = CliRunner().invoke(measured.pool_command, ["--rounds", "2"])
    assert done.exit_code == 0, done.output
    assert done.output.startswith(f"{len(articles)} articles")
    assert done.output.count("articles a second") == 2
    assert "times as fast (median of 2 pairs)" in done.output


def test_nothing_to_measure_is_said(articles: list[Article]) -> None:
    articles.clear()
    done = CliRunner().invoke(measured.pool_command)
    assert done.exit_code == 0
    assert done.output.startswith("SKIPPED")
