"""What the encoder is told of each word, and the windows in which it sees them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.encoder.features import (
    MAX_PIECES,
    OVERLAP_PIECES,
    SHAPES,
    SPECIAL_PIECES,
    STARTS,
    Window,
    Words,
    plan_windows,
    split_words,
)
from sayso.text import find_paragraphs, find_sentences
from tests.hostile import texts

if TYPE_CHECKING:
    from sayso.encoder.wordpiece import WordPieces

TEXT = "BREAKING news from Port McCallan: gate 7b shut.\n\n“We ‘shut’ it,” she said. It’s old."


def make_words(sizes: list[int]) -> Words:
    """Return words that are nothing but so many pieces each."""
    n = len(sizes)
    first = np.cumsum([0, *sizes])[:-1].astype(np.int32) if n else np.zeros(0, dtype=np.int32)
    none = np.zeros(n, dtype=np.int32)
    pieces = np.zeros(sum(sizes), dtype=np.int32)
    return Words(none, none, none, none, none, none, none, none, pieces, first, ())


def pieces_in(words: Words, window: Window) -> int:
    ends = [*words.first_piece[1:].tolist(), len(words.piece_ids)]
    return int(ends[window.high - 1] - words.first_piece[window.low])


class TestWords:
    def classes(self, cutter: WordPieces, feature: str, names: tuple[str, ...]) -> dict[str, str]:
        words = split_words(TEXT, cutter)
        values = getattr(words, feature).tolist()
        places = zip(words.start.tolist(), words.end.tolist(), values, strict=True)
        return {TEXT[s:e]: names[value] for s, e, value in places}

    def test_shape_tells_capitals(self, cutter: WordPieces) -> None:
        shapes = self.classes(cutter, "shape", SHAPES)
        told = {w: shapes[w] for w in ("BREAKING", "news", "Port", "McCallan", "7b", ":", "“")}
        assert told == {
            "BREAKING": "CAPITALS",
            "news": "lower",
            "Port": "Initial",
            "McCallan": "mIxed",
            "7b": "digits",
            ":": "mark",
            "“": "mark",
        }

    def test_sentences_and_paragraphs_begin_at_their_first_word(self, cutter: WordPieces) -> None:
        begins = self.classes(cutter, "begins", STARTS)
        assert {w for w, value in begins.items() if value == "paragraph"} == {"BREAKING", "“"}
        assert {w for w, value in begins.items() if value == "sentence"} == {"It"}

    def test_the_innermost_quotation_counts(self, cutter: WordPieces) -> None:
        words = split_words(TEXT, cutter)
        inside = {TEXT[words.start[i] : words.end[i]]: int(words.quotation[i]) for i in range(len(words))}
        assert inside["BREAKING"] == inside["said"] == -1
        outer, inner = inside["We"], inside["shut"]
        assert words.quotations[outer].mark == "“"
        assert words.quotations[inner].mark == "‘"
        assert inside["it"] == outer

    @given(texts(lone_surrogates=True))
    @settings(max_examples=150, deadline=None)
    def test_every_array_has_its_length_and_its_range(self, cutter: WordPieces, text: str) -> None:
        words = split_words(text, cutter)
        n = len(words)
        for name in ("start", "end", "shape", "begins", "sentence", "paragraph", "quotation", "double", "first_piece"):
            assert getattr(words, name).shape == (n,), name
        if not n:
            return
        assert words.shape.min() >= 1
        assert words.shape.max() < len(SHAPES)
        assert words.begins.max() < len(STARTS)
        assert (words.quotation >= -1).all()
        assert words.quotation.max() < len(words.quotations)
        assert ((words.quotation >= 0) == (words.double == 1)).all()
        assert (np.diff(words.sentence) >= 0).all()
        assert words.sentence.max() < max(1, len(find_sentences(text)))
        assert words.paragraph.max() < max(1, len(find_paragraphs(text)))
        assert words.first_piece[0] == 0
        assert (np.diff(words.first_piece) > 0).all()
        assert words.first_piece[-1] < len(words.piece_ids)
        for number, quotation in enumerate(words.quotations):
            mine = np.flatnonzero(words.quotation == number)
            assert all(quotation.start <= words.start[i] < quotation.end for i in mine)


class TestWindows:
    def test_no_words_need_no_window(self) -> None:
        assert plan_windows(make_words([])) == []

    def test_a_short_text_is_seen_whole(self) -> None:
        assert plan_windows(make_words([1] * (MAX_PIECES - SPECIAL_PIECES))) == [Window(0, MAX_PIECES - SPECIAL_PIECES)]

    @given(st.lists(st.integers(1, 12), max_size=120), st.integers(SPECIAL_PIECES + 2, 40), st.data())
    @settings(max_examples=300, deadline=None)
    def test_windows_cover_every_word_and_never_exceed_the_room(
        self, sizes: list[int], max_pieces: int, data: st.DataObject
    ) -> None:
        room = max_pieces - SPECIAL_PIECES
        overlap = data.draw(st.integers(0, room - 1))
        words = make_words(sizes)
        windows = plan_windows(words, max_pieces=max_pieces, overlap_pieces=overlap)
        if not sizes:
            return
        assert (windows[0].low, windows[-1].high) == (0, len(sizes))
        for one, other in pairwise(windows):
            assert one.low <= other.low <= one.high <= other.high, "in order, without a gap"
        for window in windows:
            assert window.low < window.high
            # A word that is longer than a window has one to itself, and keeps what fits.
            assert pieces_in(words, window) <= room or window.high == window.low + 1

    @given(st.integers(1, 3), st.integers(0, 3_000))
    @settings(max_examples=100, deadline=None)
    def test_neighbours_overlap_and_are_about_equally_long(self, size: int, n_words: int) -> None:
        words = make_words([size] * n_words)
        windows = plan_windows(words)
        for one, other in pairwise(windows):
            assert pieces_in(words, Window(other.low, one.high)) >= OVERLAP_PIECES - 2 * size
        lengths = [pieces_in(words, window) for window in windows]
        assert not lengths or max(lengths) - min(lengths) <= 2 * size

    def test_the_number_of_windows_grows_with_the_text(self) -> None:
        counts = [len(plan_windows(make_words([1] * n))) for n in (1_000, 2_000, 4_000)]
        assert counts == sorted(counts)
        assert counts[2] <= 2 * counts[1] + 1

    @pytest.mark.parametrize("sizes", [[500], [1, 500, 1], [500] * 4, [1] * 400 + [500], [200, 200, 200]])
    def test_words_longer_than_a_window_are_windows(self, sizes: list[int]) -> None:
        windows = plan_windows(make_words(sizes))
        assert {w for window in windows for w in range(window.low, window.high)} == set(range(len(sizes)))
