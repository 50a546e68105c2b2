"""Measuring of places, on an invented corpus in the shape of the real ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from sayso.bench import places
from sayso.bench.places import load_corpus, measure_calibration, measure_share, place_phrase, places_command, report
from sayso.gazetteer import load_gazetteer

if TYPE_CHECKING:
    from pathlib import Path

CORPUS = """<?xml version="1.0" encoding="utf-8"?>
<articles>
  <article docid="1"><text><![CDATA[A ferry left Hamburg, Germany, for Oslo.]]></text>
    <toponyms>
      <toponym><start>13</start><end>20</end><phrase>Hamburg</phrase>
        <gaztag geonameid="2911298"><lat>53.55</lat><lon>9.99</lon></gaztag></toponym>
      <toponym><start>36</start><end>40</end><phrase>Oslo</phrase>
        <gaztag geonameid="1"><lat>10.0</lat><lon>10.0</lon></gaztag></toponym>
      <toponym><start>22</start><end>29</end><phrase>Germany</phrase></toponym>
    </toponyms>
  </article>
  <article docid="2"><text>Nothing here.</text></article>
</articles>
"""


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "data" / "places"
    folder.mkdir(parents=True)
    (folder / "lgl.xml").write_text(CORPUS, "utf-8")
    return folder / "lgl.xml"


def test_names_with_coordinates_are_measured_and_the_others_only_read(corpus: Path) -> None:
    articles = load_corpus(corpus)
    assert [len(article.toponyms) for article in articles] == [2, 0]
    assert [len(article.others) for article in articles] == [1, 0]


def test_a_name_that_stands_elsewhere_than_given_is_looked_for() -> None:
    assert place_phrase("From Oslo to Oslo", "Oslo", 12, 16) == (13, 17)
    assert place_phrase("From Oslo to Oslo", "Bergen", 12, 16) == (12, 16)


def test_right_is_what_lies_near_enough(corpus: Path) -> None:
    gazetteer = load_gazetteer()
    rows = [places.resolve_article(article, gazetteer) for article in load_corpus(corpus)]
    assert [outcome.is_right for outcome in rows[0]] == [True, False]
    share, low, high, n = measure_share(rows, lambda outcome: outcome.is_right)
    assert (share, n) == (50.0, 2)
    assert low <= share <= high
    assert sum(count for *_, count in measure_calibration(rows[0])) == 2


def test_of_nothing_there_is_no_share() -> None:
    assert measure_share([], lambda _: True)[3] == 0


def test_the_report_sets_the_baseline_beside_it(corpus: Path) -> None:
    text = "\n".join(report(corpus, load_gazetteer()))
    assert "most populous" in text
    assert "n=2" in text


def test_the_command_says_what_is_not_there(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "require_shared", lambda: corpus.parents[2])
    shown = CliRunner().invoke(places_command)
    assert shown.exit_code == 0, shown.output
    assert "lgl.xml: 1 articles" in shown.output
    assert "SKIPPED" in shown.output
