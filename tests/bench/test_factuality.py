"""Measuring factuality, on an invented corpus of three sentences."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from sayso.bench.commands import bench
from sayso.bench.corpora import SHARED_VARIABLE
from sayso.bench.factuality import load_sentences, measure_agreement, rate_sentences

if TYPE_CHECKING:
    from pathlib import Path

ROWS = [
    {"text": "The ferry sank .", "targets": [{"span1": [2, 3], "label": 3.0}]},
    {"text": "The ferry did n't sink .", "targets": [{"span1": [4, 5], "label": -3.0}]},
    {"text": "The pilots may strike .", "targets": [{"span1": [3, 4], "label": 1.0}]},
]


@pytest.fixture
def shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "data" / "factuality" / "UW"
    folder.mkdir(parents=True)
    (folder / "dev.jsonl").write_text("\n".join(json.dumps(row) for row in ROWS), "utf-8")
    (tmp_path / "score").mkdir()
    (tmp_path / "score" / "score_reading.py").write_text("", "utf-8")
    monkeypatch.setenv(SHARED_VARIABLE, str(tmp_path))
    return tmp_path


def test_events_are_found_at_their_tokens(shared: Path) -> None:
    sentences = load_sentences(shared / "data/factuality/UW/dev.jsonl")
    assert [s.text[low:high] for s in sentences for (low, high), _ in s.events] == ["sank", "sink", "strike"]


def test_values_that_agree_have_no_error_and_a_constant_has_no_correlation(shared: Path) -> None:
    sentences = load_sentences(shared / "data/factuality/UW/dev.jsonl")
    found = measure_agreement(sentences, rate_sentences(sentences))
    assert (found.n, found.mae[0]) == (3, 0)
    assert found.r[0] == pytest.approx(1)
    assert found.mae[1] <= found.mae[0] <= found.mae[2]
    constant = measure_agreement(sentences, [[3.0]] * 3)
    assert constant.mae[0] == pytest.approx(8 / 3)
    assert constant.r == (0, 0, 0)


@pytest.mark.usefixtures("shared")
def test_the_command_prints_what_is_there_and_names_what_is_not() -> None:
    done = CliRunner().invoke(bench, ["factuality"])
    assert done.exit_code == 0
    assert "UW" in done.output
    assert "SKIPPED: MEANTIME train" in done.output
