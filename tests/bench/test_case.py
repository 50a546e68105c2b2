"""The measuring of a large case, at a small one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from click.testing import CliRunner

from sayso.bench.case import case_command, list_queries
from sayso.bench.synthetic_case import load_vocabulary, make_captured, make_reading

if TYPE_CHECKING:
    from pathlib import Path


def test_invented_readings_are_the_same_everywhere_and_fit_their_text() -> None:
    for number in range(30):
        reading = make_reading(number)
        assert reading == make_reading(number)
        text = reading.document.text
        spans = [span for att in reading.attributions for span in (*att.content_spans, *att.cue_spans)]
        spans += [each.span for each in reading.places] + [each.span for each in reading.quantities]
        assert all(text[span.start : span.end] == span.exact for span in spans)
        assert {att.source for att in reading.attributions} <= {source.id for source in reading.sources}
        assert len({att.id for att in reading.attributions}) == len(reading.attributions)
    assert make_reading(1).document.id != make_reading(2).document.id
    assert make_captured(make_reading(1)).warc
    assert len(set(load_vocabulary().words)) == len(load_vocabulary().words)


def test_every_query_is_timed_and_a_case_that_is_there_is_used(tmp_path: Path) -> None:
    figures = tmp_path / "figures.json"
    asked = ["--documents", "30", "--repeats", "2", "--folder", str(tmp_path / "kept"), "--json", str(figures)]
    first = CliRunner().invoke(case_command, asked, catch_exceptions=False)
    assert first.exit_code == 0
    held = json.loads(figures.read_text())
    assert set(held["queries"]) == set(list_queries())
    assert held["add_ms"] > 0
    again = CliRunner().invoke(case_command, asked, catch_exceptions=False)
    assert "adding" not in again.output
    assert "worst" in again.output
    passing = CliRunner().invoke(case_command, ["--documents", "3", "--repeats", "1"], catch_exceptions=False)
    assert passing.exit_code == 0
