"""Measuring what of reading's cost goes to what is claimed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from sayso.bench import claimed_cost
from sayso.bench.claimed_cost import ClaimedCost, measure_claimed, share_command
from sayso.bench.corpora import Article
from sayso.config import Settings
from sayso.ledger import Reader
from tests.extract.dice import throw_dice, write_folder

if TYPE_CHECKING:
    from pathlib import Path

ARTICLES = [Article(name=name, text="The harbour will stay closed until May, Mayor Ilva Brenn said.") for name in "ab"]


@pytest.fixture
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Reader:
    throw_dice(monkeypatch)
    return Reader(Settings(threads=1), model_dir=write_folder(tmp_path))


def test_what_is_claimed_is_a_part_of_the_whole(reader: Reader) -> None:
    cost = measure_claimed(reader, ARTICLES)
    assert cost.articles == 2
    assert 0 < cost.claimed_s < cost.whole_s


def test_the_share_is_of_the_rest() -> None:
    assert ClaimedCost(1, 1.25, 0.25).added == pytest.approx(0.25)


def test_the_command_says_whether_it_is_too_much(
    reader: Reader, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(claimed_cost, "require_shared", lambda: tmp_path)
    monkeypatch.setattr(claimed_cost, "load_polnear_texts", lambda *_: ARTICLES)
    monkeypatch.setattr(claimed_cost, "Reader", lambda: reader)
    for most, verdict in ((1000.0, "enough"), (0.0, "TOO MUCH")):
        monkeypatch.setattr(claimed_cost, "MOST_ADDED", most)
        done = CliRunner().invoke(share_command)
        assert done.exit_code == 0, done.output
        assert done.output.strip().endswith(verdict)
