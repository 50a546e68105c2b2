"""Two sentences side by side: which words they share."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from sayso.export.visible import show

TOKEN: Final = re.compile(r"\w+(?:[\u2019'.,-]\w+)*|\s+|[^\w\s]")
MOST_TOKENS: Final = 600
LONG_WORD: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of a sentence.

    Attributes:
        words: The stretch.
        is_shared: Whether the other sentence has it, too.
    """

    words: str
    is_shared: bool


def compare(one: str, other: str) -> tuple[list[Piece], list[Piece]]:
    """Return two sentences in pieces; very long ones without any mark.

    Shared are two words or more that follow one another in both, and single words that are long or figures.
    """
    left: list[str] = TOKEN.findall(show(one))
    right: list[str] = TOKEN.findall(show(other))
    if len(left) + len(right) > MOST_TOKENS:
        return [Piece(words=show(one), is_shared=False)], [Piece(words=show(other), is_shared=False)]
    blocks = SequenceMatcher(None, _fold(left), _fold(right), autojunk=False).get_matching_blocks()
    marked: tuple[set[int], set[int]] = (set(), set())
    for block in blocks:
        at = [place for place in range(block.a, block.a + block.size) if _is_word(left[place])]
        if len(at) > 1 or any(len(left[place]) >= LONG_WORD or left[place].isdigit() for place in at):
            first, last = at[0], at[-1]
            marked[0].update(range(first, last + 1))
            marked[1].update(range(first - block.a + block.b, last - block.a + block.b + 1))
    return _cut(left, marked[0]), _cut(right, marked[1])


def _fold(tokens: list[str]) -> list[str]:
    return [token.casefold() if token.strip() else " " for token in tokens]


def _is_word(token: str) -> bool:
    return token[:1].isalnum()


def _cut(tokens: list[str], marked: set[int]) -> list[Piece]:
    pieces: list[Piece] = []
    for place, token in enumerate(tokens):
        is_shared = place in marked
        if pieces and pieces[-1].is_shared == is_shared:
            pieces[-1] = Piece(words=pieces[-1].words + token, is_shared=is_shared)
        else:
            pieces.append(Piece(words=token, is_shared=is_shared))
    return pieces
