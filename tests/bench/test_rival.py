"""The comparison with textacy: what comes back, and what happens where it is not installed."""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING

import pytest

from sayso.bench.corpora import Article
from sayso.bench.rival import INTERPRETER_VARIABLE, collect_answers, run_rival

if TYPE_CHECKING:
    from pathlib import Path

ARTICLES = [
    Article(
        name="a", text="“The Tarn bridge is closed,” said Mayor Ilse Varn on Monday morning. “It will open in May.”"
    ),
    Article(name="b", text="“The Tarn bridge is closed, said Mayor Ilse Varn."),
]


def test_answers_become_readings_and_refusals_empty_ones() -> None:
    lines = [
        {"name": "a", "rows": [{"source_spans": [[0, 4]], "cue_spans": [], "content_spans": [[5, 9]]}]},
        {"name": "b", "refused": "ValueError: 1 quotation mark"},
        {"seconds": 0.5, "versions": {"textacy": "0"}},
    ]
    run = collect_answers([json.dumps(line) for line in lines], 2)
    assert run.skipped is None
    assert run.articles_per_second == 4.0
    assert run.readings["a"]["attributions"][0]["content_spans"] == [[5, 9]]
    assert run.readings["b"]["attributions"] == []
    assert list(run.refused) == ["b"]


def test_an_interpreter_that_is_not_there_is_a_skip(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(INTERPRETER_VARIABLE, str(tmp_path / "python"))
    assert run_rival(ARTICLES).skipped


def test_an_interpreter_without_textacy_is_a_skip(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "textacy.py").write_text("raise ImportError('textacy is not installed')", "utf-8")
    (tmp_path / "spacy.py").write_text("", "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv(INTERPRETER_VARIABLE, sys.executable)
    assert "textacy is not installed" in str(run_rival(ARTICLES).skipped)


def test_it_is_run_by_the_interpreter_that_is_named() -> None:
    if not os.environ.get(INTERPRETER_VARIABLE):
        pytest.skip(f"{INTERPRETER_VARIABLE} names no interpreter with textacy")
    run = run_rival(ARTICLES)
    assert run.skipped is None
    assert run.readings["a"]["attributions"]
    assert list(run.refused) == ["b"]
