"""A document's words as they are compared: folded, hashed, with their places in the text.

Case, accents, the kind of apostrophe and quotation mark, hyphens and thousands separators make no difference, nor do
characters that nobody sees. A word's place is that of its characters in the text as published.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sayso.text import find_quotations

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from sayso.records import Document, Span

# Combining marks and characters that nobody sees may stand within a word.
INSIDE = "\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff"
WORD = re.compile(
    rf"\d{{1,3}}(?:,\d{{3}})+(?!\d)"  # 5,000
    rf"|(?:[^\W\d_]\.){{2,}}"  # U.S.
    rf"|[^\W_]+(?:[{INSIDE}]+[^\W_]*)*"
)
DROPPED = re.compile(rf"[{INSIDE}.,]")
WORD_SEED = 0x5A150


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The words of a text, in order.

    Attributes:
        hashes: One number for each word; equal for words that count as the same. ``uint64``.
        starts: First code point of each. ``int64``.
        ends: One past the last code point of each.
        quoted: Whether it stands between quotation marks. ``bool``.
    """

    hashes: NDArray[np.uint64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    quoted: NDArray[np.bool_]

    def __len__(self) -> int:
        """Return how many words there are."""
        return len(self.hashes)


def fold_word(word: str) -> str:
    """Return a word as it is compared.

    Example: ``"U.S."`` -> ``"us"``, ``"5,000"`` -> ``"5000"``, ``"Café"`` -> ``"cafe"``.
    """
    if word.isascii():
        return DROPPED.sub("", word).casefold() if "." in word or "," in word else word.casefold()
    return DROPPED.sub("", unicodedata.normalize("NFKD", word)).casefold()


def hash_word(word: str) -> int:
    """Return the number of a word, the same on every machine."""
    return zlib.crc32(fold_word(word).encode("utf-8", "surrogatepass"), WORD_SEED)


def split_words(text: str, left_out: Iterable[tuple[int, int]] = ()) -> Words:
    """Return the words of a text but for those that begin in the stretches left out. Linear."""
    found = list(WORD.finditer(text))
    written = [match.group() for match in found]
    numbers = {word: hash_word(word) for word in set(written)}
    hashes = np.fromiter((numbers[word] for word in written), dtype=np.uint64, count=len(found))
    spans = np.asarray([match.span() for match in found], dtype=np.int64).reshape(-1, 2)
    places = spans[:, 0]
    dropped = mark_inside(places, sorted(left_out))
    quotations, _ = find_quotations(text)
    quoted = mark_inside(places, [(q.start, q.end) for q in quotations])
    kept = ~dropped
    return Words(
        hashes[kept],
        places[kept],
        spans[kept, 1],
        quoted[kept],
    )


def mark_inside(places: NDArray[np.int64], stretches: Sequence[tuple[int, int]]) -> NDArray[np.bool_]:
    """Return for each place, in order, whether one of the stretches holds it; stretches may overlap."""
    if not len(places) or not stretches:
        return np.zeros(len(places), dtype=np.bool_)
    steps = np.zeros(len(places) + 1, dtype=np.int64)
    edges = np.searchsorted(places, np.asarray(stretches, dtype=np.int64))
    np.add.at(steps, edges[:, 0], 1)
    np.add.at(steps, edges[:, 1], -1)
    return np.cumsum(steps[:-1]) > 0


def document_words(document: Document, boilerplate: Sequence[Span] = ()) -> Words:
    """Return the words of a document's prose: what is no prose, and its outlet's boilerplate, are left out."""
    left_out = [(span.start, span.end) for span in (*document.not_prose, *boilerplate)]
    return split_words(document.text, left_out)
