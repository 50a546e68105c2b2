"""Text to what the encoder reads: words, word pieces, windows, and four small features of each word.

Training and reading share this module, so a model never meets features that it was not trained on. A *word* here is a
pre-token of the base model's tokenizer (a run of letters and digits, or one punctuation mark); all heads work on words.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from sayso.text import find_paragraphs, find_quotations, find_sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from sayso.encoder.wordpiece import WordPieces
    from sayso.text import Quotation

    Ints = NDArray[np.int32]

MAX_PIECES = 384
OVERLAP_PIECES = 96
SPECIAL_PIECES = 2  # [CLS] and [SEP]

# Classes of the `shape` feature; the base model is uncased, so this is all that it learns of capitals. 0 is "not told".
SHAPES = ("untold", "lower", "Initial", "CAPITALS", "mIxed", "digits", "mark")
# Words come again and again; one that is longer hardly does.
MAX_REMEMBERED = 20_000
MAX_REMEMBERED_CHARS = 40
# Classes of the `start` feature.
STARTS = ("none", "sentence", "paragraph")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one text. All arrays have shape (n_words,) unless said otherwise.

    Attributes:
        start: First code point of each word.
        end: One past its last code point.
        shape: Class in `SHAPES`.
        begins: Class in `STARTS`.
        sentence: Number of its sentence.
        paragraph: Number of its paragraph.
        quotation: Number of the innermost quotation around it, from 0; -1 outside of any.
        double: 1 inside a quotation with double marks (or single marks that do a double's work), else 0.
        piece_ids: Word pieces of the whole text, (n_pieces,).
        first_piece: Where each word begins in `piece_ids`.
        quotations: The quotations that `quotation` counts.
    """

    start: Ints
    end: Ints
    shape: Ints
    begins: Ints
    sentence: Ints
    paragraph: Ints
    quotation: Ints
    double: Ints
    piece_ids: Ints
    first_piece: Ints
    quotations: tuple[Quotation, ...]

    def __len__(self) -> int:
        """Return the number of words."""
        return len(self.start)


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of words that the encoder sees at once.

    Attributes:
        low: First word.
        high: One past the last word.
    """

    low: int
    high: int


def split_words(text: str, cutter: WordPieces) -> Words:
    """Return the words of a text with their features; linear in its length."""
    pieces = cutter.cut(text)
    start, end = (np.array(places, dtype=np.int32) for places in (pieces.starts, pieces.ends))
    first_piece = np.flatnonzero(np.diff(np.array(pieces.word, dtype=np.int32), prepend=-1)).astype(np.int32)
    quotations, _ = find_quotations(text)
    quotation = _innermost(quotations, start)
    sentences, paragraphs = ([s for s, _ in find(text)] for find in (find_sentences, find_paragraphs))
    return Words(
        start=start,
        end=end,
        shape=np.array([_shape_of(text[s:e]) for s, e in zip(pieces.starts, pieces.ends, strict=True)], dtype=np.int32),
        begins=_begins(sentences, paragraphs, start),
        sentence=_number(sentences, start),
        paragraph=_number(paragraphs, start),
        quotation=quotation,
        double=(quotation >= 0).astype(np.int32),
        piece_ids=np.array(pieces.ids, dtype=np.int32),
        first_piece=first_piece,
        quotations=tuple(quotations),
    )


def plan_windows(words: Words, *, max_pieces: int = MAX_PIECES, overlap_pieces: int = OVERLAP_PIECES) -> list[Window]:
    """Return overlapping windows of about equal length that cover all words.

    A word longer than a window keeps the pieces that fit.
    """
    n_words, n_pieces = len(words), len(words.piece_ids)
    room = max_pieces - SPECIAL_PIECES
    if n_pieces <= room:
        return [Window(0, n_words)] if n_words else []
    n_windows = int(np.ceil((n_pieces - overlap_pieces) / (room - overlap_pieces)))
    width = min(room, int(np.ceil((n_pieces + (n_windows - 1) * overlap_pieces) / n_windows)))
    ends = np.append(words.first_piece[1:], n_pieces)
    windows: list[Window] = []
    for target in np.linspace(0, n_pieces - width, n_windows):
        # Rounding to whole words must leave no gap behind the window before.
        reach = windows[-1].high if windows else 0
        if reach == n_words:
            break
        low = min(int(np.searchsorted(words.first_piece, target)), reach)
        windows.append(_window_from(words, ends, low, width))
    while windows[-1].high < n_words:
        windows.append(_window_from(words, ends, windows[-1].high, room))
    return windows


def _window_from(words: Words, ends: Ints, low: int, width: int) -> Window:
    """Return the window that begins at a word and holds as many whole words as fit, one at least."""
    high = int(np.searchsorted(ends, words.first_piece[low] + width, side="right"))
    return Window(low, max(high, low + 1))


def _shape_of(word: str) -> int:
    """Return the class of a word's capitals, from memory where it was met before."""
    return _remember_shape(word) if len(word) <= MAX_REMEMBERED_CHARS else _shape(word)


def _shape(word: str) -> int:
    """Return the class of a word's capitals."""
    if not any(c.isalnum() for c in word):
        return 6
    if any(c.isdigit() for c in word):
        return 5
    if word.islower():
        return 1
    if word.isupper() and len(word) > 1:
        return 3
    if word[0].isupper() and (len(word) == 1 or word[1:].islower()):
        return 2
    return 4


_remember_shape = lru_cache(maxsize=MAX_REMEMBERED)(_shape)


def _number(starts: Sequence[int], places: Ints) -> Ints:
    """Return for each place the number of the last start at or before it."""
    found: Ints = np.searchsorted(np.array(starts, dtype=np.int32), places, side="right").astype(np.int32) - 1
    return np.maximum(found, 0)


def _begins(sentences: Sequence[int], paragraphs: Sequence[int], start: Ints) -> Ints:
    """Return for each word whether a sentence or a paragraph begins with it."""
    begins = np.zeros(len(start), dtype=np.int32)
    for value, places in ((1, sentences), (2, paragraphs)):
        at = np.searchsorted(start, np.array(places, dtype=np.int32), side="left")
        begins[at[at < len(start)]] = value
    return begins


def _innermost(quotations: Sequence[Quotation], start: Ints) -> Ints:
    """Return for each word the number of the innermost quotation around it, or -1."""
    inside = np.full(len(start), -1, dtype=np.int32)
    for i, q in enumerate(quotations):
        low, high = np.searchsorted(start, [q.start, q.end])
        inside[low:high] = i
    return inside
