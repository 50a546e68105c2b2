"""Word pieces of an uncased BERT vocabulary, with their places in the text.

The same pieces and words as the `tokenizers` package gives for this family (held to it by the tests), without
a download client in the installation. The text is never changed: what is folded (case, accents) and dropped (control
characters) is so for the lookup only.

Source: Devlin et al. 2019, BERT, the published BasicTokenizer and WordpieceTokenizer.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MAX_WORD_CHARS: Final = 100
"""A longer word is one unknown piece, as in the base model's training."""

# What `tokenizers` takes for white space once control characters are gone.
CHUNK: Final = re.compile("[^ \t\n\r\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
# A chunk that is longer is hardly seen twice: kept out of the memory of chunks.
MAX_REMEMBERED_CHARS: Final = 40
MAX_REMEMBERED: Final = 50_000
CJK: Final = (
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x2A6DF),
    (0x2A700, 0x2B73F),
    (0x2B740, 0x2B81F),
    (0x2B920, 0x2CEAF),
    (0x2F800, 0x2FA1F),
)

Word = tuple[int, int, tuple[int, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pieces:
    """A text in pieces.

    Attributes:
        ids: Of the vocabulary, in order.
        word: For each piece, the number of its word, from 0.
        starts: For each word, its first code point.
        ends: For each word, one past its last code point.
    """

    ids: list[int] = field(default_factory=list)
    word: list[int] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)


class WordPieces:
    """Cuts texts into the pieces of one vocabulary."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        """Take the pieces in the order of their ids; ``##`` marks those that continue a word."""
        ids = {piece: number for number, piece in enumerate(vocabulary)}
        self._unknown = ids["[UNK]"]
        self._ids = ids
        self._remember = lru_cache(maxsize=MAX_REMEMBERED)(self._cut_chunk)

    def cut(self, text: str) -> Pieces:
        """Return the text's pieces; linear in its length."""
        pieces = Pieces()
        number = 0
        for chunk in CHUNK.finditer(text):
            found, base = chunk.group(), chunk.start()
            cut = self._remember if len(found) <= MAX_REMEMBERED_CHARS else self._cut_chunk
            for start, end, ids in cut(found):
                pieces.ids.extend(ids)
                pieces.word.extend([number] * len(ids))
                pieces.starts.append(base + start)
                pieces.ends.append(base + end)
                number += 1
        return pieces

    def _cut_chunk(self, chunk: str) -> tuple[Word, ...]:
        """Return the words of a stretch without white space: start, end, ids."""
        return tuple((start, end, self._look_up(folded)) for start, end, folded in iter_words(chunk))

    def _look_up(self, word: str) -> tuple[int, ...]:
        """Return the longest pieces from the left, or one unknown piece if any part is unknown."""
        if len(word) > MAX_WORD_CHARS:
            return (self._unknown,)
        ids: list[int] = []
        start = 0
        while start < len(word):
            lead = "##" if start else ""
            for end in range(len(word), start, -1):
                found = self._ids.get(lead + word[start:end])
                if found is not None:
                    break
            else:
                return (self._unknown,)
            ids.append(found)
            start = end
        return tuple(ids)


def iter_words(chunk: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and folded form of each word; punctuation and ideographs are words of their own."""
    start, end, folded = 0, 0, ""
    for place, char in enumerate(chunk):
        kept, stands_alone = fold(char)
        if not kept:
            # An accent set apart from its letter: dropped from the lookup, but a span must not lose it.
            if folded and end == place and unicodedata.category(char) == "Mn":
                end = place + 1
            continue
        if stands_alone:
            if folded:
                yield start, end, folded
                folded = ""
            for part in kept:
                yield place, place + 1, part
            continue
        if not folded:
            start = place
        folded += kept
        end = place + 1
    if folded:
        yield start, end, folded


@lru_cache(maxsize=10_000)
def fold(char: str) -> tuple[str, bool]:
    """Return a character without case and accents, and whether it is a word of its own; empty if it is dropped."""
    category = unicodedata.category(char)
    if char == "\ufffd" or category in {"Cc", "Cf", "Co", "Cs"}:
        return "", False
    folded = "".join(c for c in unicodedata.normalize("NFD", char) if unicodedata.category(c) != "Mn").lower()
    return folded, any(is_punctuation(c) for c in folded) or is_ideograph(char)


def is_punctuation(char: str) -> bool:
    """Return whether the character is punctuation to BERT: all ASCII that is no letter or digit, and category P."""
    return ("!" <= char <= "/" or ":" <= char <= "@" or "[" <= char <= "`" or "{" <= char <= "~") or (
        unicodedata.category(char)[0] == "P"
    )


def is_ideograph(char: str) -> bool:
    """Return whether the character is in one of BERT's ranges of Chinese characters."""
    return any(low <= ord(char) <= high for low, high in CJK)
