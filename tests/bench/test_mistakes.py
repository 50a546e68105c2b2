"""Mistakes by kind, on the article in miniature, and the pages that show them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from click import unstyle

from sayso.bench.mistake_pages import mark_row, page, shorten, summary
from sayso.bench.mistakes import Flaw, Mistake, Sides, find_mistakes, index_sides
from sayso.bench.scorer import EMPTY_READING, Scorer, score_reading

if TYPE_CHECKING:
    from sayso.bench.corpora import Article


def find(scorer: Scorer, article: Article, reading: dict[str, Any]) -> tuple[Sides, list[Mistake]]:
    sides = index_sides(scorer, article, reading, flat=False)
    return sides, find_mistakes(scorer, article, sides, score_reading(scorer, article, reading, flat=False))


def test_a_right_reading_has_none(scorer: Scorer, article: Article, reading: dict[str, Any]) -> None:
    assert find(scorer, article, reading)[1] == []


def test_an_empty_reading_misses_every_row(scorer: Scorer, article: Article) -> None:
    _, mistakes = find(scorer, article, EMPTY_READING)
    assert [mistake.flaw for mistake in mistakes] == [Flaw.MISS] * 5
    assert {mistake.read is None for mistake in mistakes} == {True}


def test_a_row_of_another_party_is_no_miss(scorer: Scorer, article: Article, reading: dict[str, Any]) -> None:
    reading["attributions"][3]["source"] = "s5"
    reading["attributions"][3]["source_spans"] = []
    _, mistakes = find(scorer, article, reading)
    assert [(mistake.flaw, mistake.gold and mistake.gold["id"]) for mistake in mistakes] == [(Flaw.PARTY, "E3")]
    assert "ministry" in mistakes[0].note


def test_a_half_read_content_is_a_miss_and_an_extra_that_know_of_each_other(
    scorer: Scorer, article: Article, reading: dict[str, Any]
) -> None:
    start, end = reading["attributions"][0]["content_spans"][0]
    reading["attributions"][0]["content_spans"] = [[end - 10, end + 30]]
    _, mistakes = find(scorer, article, reading)
    assert {mistake.flaw for mistake in mistakes} == {Flaw.MISS, Flaw.EXTRA}
    for mistake in mistakes:
        assert 0 < mistake.overlap < 0.5
    miss = next(mistake for mistake in mistakes if mistake.flaw is Flaw.MISS)
    assert miss.read is not None
    assert miss.read["id"] == "E1"
    assert start == miss.start or miss.gold is not None


def test_an_extra_row_names_the_labelled_row_that_is_taken(
    scorer: Scorer, article: Article, reading: dict[str, Any]
) -> None:
    reading["attributions"].append({**reading["attributions"][0], "id": "again", "cue_spans": []})
    _, (mistake,) = find(scorer, article, reading)
    assert mistake.flaw is Flaw.EXTRA
    assert mistake.near is not None
    assert mistake.near["id"] == "E1"


def test_labels_and_routes_of_right_rows_are_compared(
    scorer: Scorer, article: Article, reading: dict[str, Any]
) -> None:
    reading["attributions"][1]["via"] = []
    reading["attributions"][3]["stance"] = "doubts"
    reading["sources"][3]["kind"] = "state"
    _, mistakes = find(scorer, article, reading)
    assert [mistake.flaw for mistake in mistakes] == [Flaw.ROUTE, Flaw.ROUTE, Flaw.LABEL]
    assert mistakes[2].note == "stance: denies read as doubts; kind: organisation read as state"


def test_a_row_read_as_other_is_said_to_be(scorer: Scorer, article: Article, reading: dict[str, Any]) -> None:
    reading["attributions"][0]["stance"] = "other"
    _, (mistake,) = find(scorer, article, reading)
    assert mistake.flaw is Flaw.MISS
    assert "other" in mistake.note


def test_a_corpus_of_spans_alone_has_neither_routes_nor_labels(
    scorer: Scorer, article: Article, reading: dict[str, Any]
) -> None:
    for row in (article.gold or {})["attributions"]:
        row.update(stance=None, certainty=None, endorsement=None)
    reading["attributions"][1]["via"] = []
    assert find(scorer, article, reading)[1] == []


def test_a_marked_row_shows_its_spans_in_place(article: Article, reading: dict[str, Any]) -> None:
    line = unstyle(mark_row(article.text, reading["attributions"][1]))
    assert "closed. S«She» Q«told» the Lowmere Post C«that engineers found two cracks». ¶ The harbour" in line
    assert mark_row(article.text, {}) == "(no spans)"


def test_long_text_loses_its_middle() -> None:
    assert len(shorten("word " * 500)) < 400
    assert shorten("one\n\ntwo\nthree") == "one ¶ two three"


def test_the_page_and_the_counts_name_what_was_found(scorer: Scorer, article: Article, reading: dict[str, Any]) -> None:
    reading["attributions"][3]["source"] = "s5"
    reading["attributions"][3]["source_spans"] = []
    reading["attributions"][2]["content_spans"] = [[0, 4]]
    reading["attributions"][4]["certainty"] = "certain"
    sides, mistakes = find(scorer, article, reading)
    text = unstyle("\n".join(page(article, sides, mistakes, rights=2)))
    assert "2 rows right; 1 miss, 1 extra, 1 party, 1 label" in text
    assert "gold N1 · engineers (group, vague) · within E2" in text
    assert "by head:roles" in text
    counts = unstyle("\n".join(summary([(article, mistakes, 2)])))
    assert "MISS   1" in counts
    assert "certainty: possible read as certain 1" in counts
    assert "head:roles 1" in counts
