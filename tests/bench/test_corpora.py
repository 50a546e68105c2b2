"""The loaders, on a corpus in miniature, and on the real ones where they are at hand."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING

import pytest

from sayso.bench.corpora import (
    CORPORA,
    SHARED_VARIABLE,
    Article,
    cycle_texts,
    digest_corpus,
    find_shared,
    load_gold,
    load_muc,
    load_newswcl50,
    load_polnear,
    load_polnear_texts,
    load_seed,
)

if TYPE_CHECKING:
    from pathlib import Path


def test_the_first_annotator_in_order_of_name_counts(mini_shared: Path) -> None:
    (article,) = load_polnear(mini_shared, "dev")
    assert article.gold is not None
    assert [row["id"] for row in article.gold["attributions"]] == ["E1"]


def test_texts_come_without_labels_where_none_are_wanted(mini_shared: Path) -> None:
    (article,) = load_polnear_texts(mini_shared, "dev")
    assert article.gold is None
    assert article.text == load_polnear(mini_shared, "dev")[0].text


def test_gold_comes_with_the_text_it_labels(mini_shared: Path) -> None:
    (article,) = load_gold(mini_shared, "dev")
    assert article.gold is not None
    start, end = article.gold["attributions"][0]["cue_spans"][0]
    assert article.text[start:end] == "said"


def test_a_wire_keeps_its_dateline(tmp_path: Path) -> None:
    wires = [
        {"docid": "W1", "dateline": "TARN, 4 APR 31 (LPA)", "text": "THE BRIDGE IS SHUT."},
        {"docid": "W2", "text": "NO."},
    ]
    (tmp_path / "data" / "muc").mkdir(parents=True)
    (tmp_path / "data" / "muc" / "doc_dev").write_text("\n".join(map(json.dumps, wires)), "utf-8")
    assert [article.text for article in load_muc(tmp_path)] == ["TARN, 4 APR 31 (LPA) -- THE BRIDGE IS SHUT.", "NO."]


def test_plain_folders_are_read_in_order_of_path(mini_shared: Path) -> None:
    event = mini_shared / "data" / "newswcl50" / "event_2"
    event.mkdir(parents=True)
    (event / "2_R.txt.txt").write_bytes(b"b\xff")
    (event / "2_L.txt").write_bytes(b"a")
    assert [(article.name, article.text) for article in load_newswcl50(mini_shared)] == [
        ("2_L", "a"),
        ("2_R", "b\ufffd"),
    ]
    assert [article.name for article in load_seed(mini_shared)] == ["first"]


def test_the_digest_changes_with_text_name_and_labels(article: Article) -> None:
    others = [
        dataclasses.replace(article, text=article.text + " "),
        dataclasses.replace(article, name="other"),
        dataclasses.replace(article, gold={"attributions": []}),
    ]
    digests = {digest_corpus([given]) for given in [article, *others]}
    assert len(digests) == 4
    assert digest_corpus([article, others[0]]) == digest_corpus([others[0], article]) or others[0].name == article.name


def test_the_folder_named_by_the_environment_is_the_only_one_looked_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SHARED_VARIABLE, str(tmp_path))
    assert find_shared() is None


def test_texts_are_taken_again_from_the_start() -> None:
    articles = [Article(name="a", text=""), Article(name="b", text="")]
    assert [article.name for article in cycle_texts(articles, 5)] == list("ababa")
    assert list(cycle_texts([], 5)) == []


@pytest.mark.parametrize("name", sorted(CORPORA))
def test_every_corpus_has_articles_with_text(real_shared: Path, name: str) -> None:
    articles = CORPORA[name](real_shared)
    assert articles
    assert all(article.text.strip() for article in articles)
    assert len({article.name for article in articles}) == len(articles)
