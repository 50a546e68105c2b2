"""Words as the full-text index knows them."""

from __future__ import annotations

from contextlib import closing
from sqlite3 import connect

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.store.sqlite.selection import write_match
from sayso.store.words import cut_snippet, has_phrases, mark_phrases, read_phrases

TEXTS = st.text(alphabet='aAbBéÉ1 .,-_"“”’\n', max_size=60)


@pytest.mark.parametrize(
    ("given_words", "phrases"),
    [
        ("harbour  closed", (("harbour",), ("closed",))),
        ('"the harbour" closed', (("the", "harbour"), ("closed",))),
        ("“The Harbour”", (("the", "harbour"),)),
        ('"unclosed phrase', (("unclosed", "phrase"),)),
        ("Orlby-Nord’s café", (("orlby",), ("nord",), ("s",), ("cafe",))),
        ('?! "" _', ()),
    ],
)
def test_words_and_phrases_are_told_apart(given_words: str, phrases: tuple[tuple[str, ...], ...]) -> None:
    assert read_phrases(given_words) == phrases


@given(TEXTS, TEXTS)
def test_pieces_make_up_the_text_and_hits_stand_where_the_index_finds_them(text: str, words: str) -> None:
    phrases = read_phrases(words)
    pieces = mark_phrases(text, phrases)
    assert "".join(piece.text for piece in pieces) == text
    if not phrases:
        return
    with closing(connect(":memory:")) as connection:
        connection.execute('CREATE VIRTUAL TABLE t USING fts5(x, tokenize="unicode61 remove_diacritics 2")')
        connection.execute("INSERT INTO t VALUES (?)", (text,))
        found = connection.execute("SELECT count(*) FROM t WHERE t MATCH ?", (write_match(phrases),)).fetchone()[0]
    assert bool(found) == has_phrases(text, phrases)
    if found:
        assert any(piece.is_hit for piece in pieces)
        assert any(piece.is_hit for piece in cut_snippet(text, phrases))


def test_a_snippet_shows_the_words_with_a_little_around_them() -> None:
    text = "word " * 300 + "the Harbour is closed " + "other " * 300
    pieces = cut_snippet(text, read_phrases('"harbour is"'))
    shown = "".join(piece.text for piece in pieces)
    assert [piece.text for piece in pieces if piece.is_hit] == ["Harbour is"]
    assert shown.startswith("… word")
    assert shown.endswith("other …")
    assert len(shown) < 300
    assert cut_snippet("x" * 2_000, (("nowhere",),))
