"""The measures of stories and claims, on an invented corpus in miniature."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest
from click.testing import CliRunner

from sayso.bench import stories
from sayso.bench.claims import (
    Pair,
    claims_command,
    compute_kappa,
    find_best_threshold,
    load_pairs,
    measure_decisions,
    rank_pairs,
)
from sayso.bench.clusterings import measure_bcubed
from sayso.bench.corpora import SHARED_VARIABLE
from sayso.bench.ecb_plus import join_words, load_ecb_plus, place_words
from sayso.bench.stories import (
    compose_marks,
    find_threshold,
    group_articles,
    group_by_words,
    is_looked_at,
    measure_growth,
    stories_command,
)
from sayso.encoder.word_list import load_common_words

if TYPE_CHECKING:
    from pathlib import Path

KINDS = {
    "1ecb": "The ferry Amsel sank off Orlby on Tuesday with {n} people aboard , harbourmaster Ana Terric said .",
    "1ecbplus": "The ferry Brisk sank off Tessel in June with {n}7 people aboard , Captain Jonas Veld said .",
    "2ecb": "Parliament in Norvane passed a budget of {n}0 million on Friday , minister Mira Tannic said .",
    "2ecbplus": "Parliament in Lorvenia passed a law on fishing in {n}3 bays , deputy Oto Brann said .",
}


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    (tmp_path / "score").mkdir()
    (tmp_path / "score/score_reading.py").write_text("")
    folder = tmp_path / "data/ecb_plus"
    folder.mkdir(parents=True)
    for part in ("train", "dev"):
        rows = [
            {"doc_id": f"{topic}_{n}.xml", "topic": topic, "tokens": text.format(n=40 + n % 2).split()}
            for topic, text in KINDS.items()
            for n in range(4)
        ]
        (folder / f"{part}.jsonl").write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    for event, text in (("1", KINDS["1ecb"]), ("2", KINDS["2ecb"])):
        web = tmp_path / f"data/newswcl50/event_{event}"
        web.mkdir(parents=True)
        for outlet in ("L", "R"):
            (web / f"{event}_{outlet}.txt").write_text(text.format(n=40), "utf-8")
    addresses = ["Event ID\tOutlet\tURL", "1\tL\thttps://l.example/2024/05/07/ferry", "1\tR\thttps://r.example/ferry"]
    (tmp_path / "data/newswcl50/urls.tsv").write_text("\n".join(addresses), "utf-8")
    return tmp_path


def test_tokens_become_running_text_and_keep_their_places() -> None:
    tokens = ["``", "It", "'s", "a", "14", "-", "week", "strike", ",", "''", "he", "said", "(", "twice", ")", "."]
    text, places = place_words(tokens)
    assert text == '"It\'s a 14-week strike," he said (twice).' == join_words(tokens)
    assert text[slice(*places[7])] == "strike"


def test_bcubed_of_a_perfect_and_a_lumped_grouping() -> None:
    right = ["a", "a", "b", "b"]
    perfect = measure_bcubed([1, 1, 2, 2], right)
    assert (perfect.precision, perfect.recall, perfect.f1) == (100, 100, 100)
    lumped = measure_bcubed([1, 1, 1, 1], right)
    assert (lumped.precision, lumped.recall) == (50, 100)
    assert lumped.low <= lumped.f1 <= lumped.high
    assert "n 4 in 2" in str(lumped)


def test_invented_events_are_told_apart(shared: Path) -> None:
    articles = load_ecb_plus(shared, "dev")
    words = load_common_words()
    assert measure_bcubed(group_articles(articles, words), [a.event for a in articles]).f1 == 100
    assert measure_bcubed(group_by_words(articles, 0.9), [a.event for a in articles]).precision == 100
    assert 0 < find_threshold(articles) < 1


def test_growth_is_measured_on_composed_articles(shared: Path) -> None:
    articles = load_ecb_plus(shared, "train")
    assert len(compose_marks(articles, 25)) == 25
    ((size, milliseconds),) = measure_growth(articles, (), 25)
    assert size == 25
    assert milliseconds > 0


def test_the_pairs_hold_no_text_and_are_labelled_twice_where_they_are_measured() -> None:
    pairs, looked_at = load_pairs()
    assert sum(len(pair.labels) == 2 for pair in pairs) >= 300
    assert all(len(pair.labels) == 2 for pair in pairs if pair.event not in looked_at)
    assert {pair.event for pair in pairs} > looked_at
    assert {label for pair in pairs for label in pair.labels} <= {"same", "different", "unsure"}


def pair(*labels: str) -> Pair:
    return Pair(event="1", drawn="bands", first=("a", 0, 1), second=("b", 0, 1), labels=labels)


def test_a_pair_counts_where_its_passes_agree() -> None:
    assert pair("same", "same").answer is True
    assert pair("different").answer is False
    assert pair("same", "different").answer is None
    assert pair("unsure").answer is None


def test_kappa_of_two_passes() -> None:
    observed, kappa, count = compute_kappa([pair("same", "same"), pair("different", "different"), pair("same")])
    assert (observed, kappa, count) == (1.0, 1.0, 2)


def test_decisions_are_counted_and_ranked() -> None:
    figure = measure_decisions([True, True, False, False], [True, False, True, False])
    assert (figure.precision, figure.recall, figure.n) == (50, 50, 2)
    scores = np.array([0.9, 0.2, 0.1])
    assert rank_pairs(scores, [True, False, False]) == 1.0
    assert 0.2 < find_best_threshold(scores, [True, False, False]) <= 0.9


def test_the_table_of_stories_is_printed(shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SHARED_VARIABLE, str(shared))
    monkeypatch.setattr(stories, "ORDERS", 2)
    monkeypatch.setattr(stories, "GROWTH", (10, 20))
    monkeypatch.setattr(stories, "is_looked_at", lambda subject: subject == "1")
    printed = CliRunner().invoke(stories_command, ["--most", "20"], catch_exceptions=False).output
    assert "dev, measured half" in printed
    assert "NewsWCL50, with days     stories      P 100.0  R 100.0" in printed
    assert "to the power of" in printed


def test_half_of_the_subjects_may_be_looked_at() -> None:
    assert {is_looked_at(str(subject)) for subject in range(20)} == {True, False}


@pytest.mark.parametrize("command", [stories_command, claims_command])
def test_without_the_corpora_nothing_is_measured(
    command: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SHARED_VARIABLE, str(tmp_path))
    result = CliRunner().invoke(command)  # type: ignore[arg-type]
    assert result.exit_code == 0
    assert "SKIPPED" in result.output


@pytest.mark.slow
def test_the_commands_print_their_tables(real_shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SHARED_VARIABLE, str(real_shared))
    result = CliRunner().invoke(claims_command, ["--calibration"], catch_exceptions=False)
    assert "measured events, pair by pair" in result.output
    assert "likelihood" in result.output
