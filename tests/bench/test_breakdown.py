"""Where a reading is right and wrong, on the article in miniature."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sayso.bench.breakdown import count_headlines, count_makers, count_vias, find_ways, judge_confidences
from sayso.bench.scorer import Scorer, score_reading

if TYPE_CHECKING:
    from sayso.bench.corpora import Article


def test_a_via_is_carried_when_a_row_before_has_it() -> None:
    rows = [
        {"id": "b", "cue_spans": [[20, 24]], "via": ["post", "wire"]},
        {"id": "a", "cue_spans": [[5, 9]], "via": ["post"]},
        {"id": "c", "cue_spans": [[30, 34]], "via": ["wire"], "stance": "other"},
        {"id": "d", "cue_spans": [[40, 44]], "via": ["wire"]},
    ]
    assert find_ways(rows) == {
        ("a", "post"): "introduced",
        ("b", "post"): "carried",
        ("b", "wire"): "introduced",
        ("d", "wire"): "carried",
    }


def test_vias_are_counted_by_their_way(scorer: Scorer, article: Article, reading: dict[str, Any]) -> None:
    score = score_reading(scorer, article, reading, flat=False)
    assert count_vias(scorer, article, reading, score) == {
        "via.introduced": (1, 1, 1, 1),
        "via.carried": (1, 1, 1, 1),
    }
    reading["attributions"][4]["via"] = []
    reading["attributions"][3]["via"] = ["s5"]
    score = score_reading(scorer, article, reading, flat=False)
    assert count_vias(scorer, article, reading, score) == {
        "via.introduced": (1, 2, 1, 1),
        "via.carried": (0, 0, 0, 1),
    }


def test_confidences_are_judged_by_the_scorer(scorer: Scorer, article: Article, reading: dict[str, Any]) -> None:
    reading["attributions"][0]["content_spans"] = [[0, 4]]
    reading["attributions"][3]["stance"] = "doubts"
    reading["sources"][0]["kind"] = "group"
    judged = judge_confidences(article, reading, score_reading(scorer, article, reading, flat=False))
    assert judged["row"] == [(0.8, False), *[(0.8, True)] * 4]
    assert sorted(judged["stance"]) == [(0.95, False), *[(0.95, True)] * 3]
    assert sorted(judged["kind and naming"]) == [(0.9, False), *[(0.9, True)] * 3]


def test_rows_of_stance_other_have_no_say(scorer: Scorer, article: Article, reading: dict[str, Any]) -> None:
    reading["attributions"][0]["stance"] = "other"
    score = score_reading(scorer, article, reading, flat=False)
    assert len(judge_confidences(article, reading, score)["row"]) == 4
    assert count_makers(reading, score) == {("head:roles", True): 4}


def test_a_reading_without_confidences_is_judged_on_none(
    scorer: Scorer, article: Article, reading: dict[str, Any]
) -> None:
    for record in [*reading["attributions"], *reading["sources"]]:
        for key in ("confidence", "label_confidence", "made_by"):
            record.pop(key, None)
    score = score_reading(scorer, article, reading, flat=False)
    assert not any(judge_confidences(article, reading, score).values())
    assert count_makers(reading, score) == {("not said", True): 5}


def test_headlines_are_counted_with_those_that_are_absent(article: Article, reading: dict[str, Any]) -> None:
    absent = {**reading, "headline": None}
    assert count_headlines([(article, reading), (article, absent)]) == {("full", "full"): 1, ("full", "absent"): 1}
