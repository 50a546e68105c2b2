"""Readings made now and readings saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.bench.corpora import Article
from sayso.bench.readings import load_readings, read_articles, save_readings
from sayso.bench.scorer import EMPTY_READING
from tests.bench.miniature import SilentReader

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "The mayor said on Monday that the bridge over the Tarn is closed until the spring."


def test_each_article_has_a_reading_and_refused_ones_an_empty_one() -> None:
    articles = [Article(name="a", text=TEXT), Article(name="empty", text="  "), Article(name="b", text=TEXT + " No.")]
    readings, refused = read_articles(SilentReader(), articles)
    assert list(readings) == ["a", "empty", "b"]
    assert readings["a"]["document"]["text"] == TEXT
    assert readings["empty"] == EMPTY_READING
    assert list(refused) == ["empty"]


def test_saved_readings_come_back_and_absent_ones_are_empty(tmp_path: Path) -> None:
    readings, _ = read_articles(SilentReader(), [Article(name="a", text=TEXT)])
    save_readings(tmp_path / "new" / "folder", readings)
    back = load_readings(tmp_path / "new" / "folder", [Article(name="a", text=TEXT), Article(name="b", text=TEXT)])
    assert back == {**readings, "b": EMPTY_READING}
