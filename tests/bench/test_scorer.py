"""The official scorer, run article by article."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import pytest

from sayso.bench.corpora import load_gold, load_polnear
from sayso.bench.figures import RECALL_ONLY, measure_all
from sayso.bench.scorer import EMPTY_READING, Scorer, load_scorer, score_reading, split_sources

if TYPE_CHECKING:
    from pathlib import Path

    from sayso.bench.corpora import Article


def test_gold_against_itself_scores_100(scorer: Scorer, article: Article, reading: dict[str, Any]) -> None:
    figures = measure_all([score_reading(scorer, article, reading, flat=False)], labels=True)
    assert {measure: figure.value for measure, figure in figures.items()} == dict.fromkeys(figures, 100.0)


def test_an_empty_reading_scores_0(scorer: Scorer, article: Article) -> None:
    figures = measure_all([score_reading(scorer, article, EMPTY_READING, flat=False)], labels=True)
    assert {measure: figure.value for measure, figure in figures.items()} == dict.fromkeys(figures, 0.0)


def test_the_rows_that_are_right_are_known_by_their_ids(
    scorer: Scorer, article: Article, reading: dict[str, Any]
) -> None:
    reading["attributions"] = reading["attributions"][1:]
    for row in reading["attributions"]:
        row["id"] = f"r-{row['id']}"
        row["within"] = row["within"] and f"r-{row['within']}"
    score = score_reading(scorer, article, reading, flat=False)
    assert sorted(score.right) == [("E2", "r-E2"), ("E3", "r-E3"), ("E4", "r-E4"), ("N1", "r-N1")]
    assert score.labels["certainty"].count(("certain", "certain")) == 3


@pytest.mark.parametrize(
    "damaged", [{"attributions": [5]}, {"sources": "no"}, {"attributions": [{"cue_spans": [["x", 2]]}]}]
)
def test_a_reading_that_cannot_be_read_counts_as_empty(
    scorer: Scorer, article: Article, damaged: dict[str, Any]
) -> None:
    assert score_reading(scorer, article, damaged, flat=False).counts["ledger"][:2] == (0, 0)


def test_flat_leaves_nested_rows_out(scorer: Scorer, article: Article, reading: dict[str, Any]) -> None:
    assert score_reading(scorer, article, reading, flat=False).counts["ledger"][1] == 5
    assert score_reading(scorer, article, reading, flat=True).counts["ledger"][1] == 4


def test_split_sources_gives_each_row_its_own(reading: dict[str, Any]) -> None:
    reading["attributions"][0]["source_spans"] = []
    rows = split_sources(reading)["attributions"]
    assert rows[0]["source"] is None
    assert len({row["source"] for row in rows}) == len(rows)


def test_a_folder_without_the_scorer_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        load_scorer(tmp_path)


def test_the_figures_are_those_of_the_scorer_itself(scorer: Scorer, real_shared: Path) -> None:
    articles = load_gold(real_shared, "dev")[:6]
    readings = [_spoil(article.gold or {}) for article in articles]
    pairs = list(zip(articles, readings, strict=True))
    tallies: dict[str, Any] = defaultdict(scorer.Tally)
    labels: dict[str, Any] = defaultdict(list)
    for article, reading in pairs:
        sides = (scorer.normalise(article.gold or {}, article.text), scorer.normalise(reading, article.text))
        scorer.score_article(article.text, *sides, tallies, labels)
    figures = measure_all([score_reading(scorer, *pair, flat=False) for pair in pairs], labels=True)
    for measure, tally in tallies.items():
        expected = tally.prf()["R" if measure in RECALL_ONLY else "F1"]
        assert figures[measure].value == pytest.approx(expected, abs=0.051), measure
    for label in ("stance", "certainty", "endorsement", "kind", "naming"):
        assert figures[label].value == pytest.approx(scorer.macro(labels[label])["macro_F1"], abs=0.051), label


@pytest.mark.slow
def test_polnear_scores_itself_at_100_by_spans(scorer: Scorer, real_shared: Path) -> None:
    scores = [
        score_reading(scorer, article, split_sources(article.gold or {}), flat=True)
        for article in load_polnear(real_shared, "dev")
    ]
    figures = measure_all(scores, labels=False)
    for measure in ("content.token", "content.exact", "source.token", "source.exact", "cue.token", "linked"):
        assert figures[measure].value == 100.0, measure
    # Rows that share a mention have each a source of their own here, and only one of these can be aligned.
    assert figures["ledger"].value > 94


def _spoil(gold: dict[str, Any]) -> dict[str, Any]:
    """Return labels with every third row gone and some labels changed."""
    rows = [dict(row) for number, row in enumerate(gold["attributions"]) if number % 3]
    for number, row in enumerate(rows):
        row["stance"] = "denies" if number % 4 == 0 else row["stance"]
        row["certainty"] = "possible" if number % 5 == 0 else row["certainty"]
        row["content_spans"] = row["content_spans"][:1]
    return {**gold, "attributions": rows}
