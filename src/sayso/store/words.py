"""Words of a text as the full-text index knows them, and the pieces of a text in which they stand.

Words are runs of letters and digits, compared without case and accents, as SQLite's ``unicode61`` tokenizer has them.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING
from unicodedata import category, normalize

from sayso.records import Piece

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Phrase = tuple[str, ...]

WORD = re.compile(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*")
QUOTED = re.compile(r'"([^"]*)"?')
MAX_WORDS = 64
"""More words than this are not looked for: nobody types them."""
BEFORE_CHARS, AFTER_CHARS = 80, 180


@lru_cache(maxsize=50_000)
def fold_word(word: str) -> str:
    """Return a word as it is compared: small letters, no accents."""
    if word.isascii():
        return word.lower()
    return "".join(char for char in normalize("NFD", word.lower()) if category(char) != "Mn")


def read_phrases(text: str) -> tuple[Phrase, ...]:
    """Return what a person wants to find: words, each alone, and what is in quotation marks as one."""
    phrases: list[Phrase] = []
    quoted = text.replace("\u201c", '"').replace("\u201d", '"')
    for number, part in enumerate(_split_quoted(quoted)):
        words = tuple(fold_word(found.group()) for found in WORD.finditer(part))
        phrases.extend([words] if number % 2 and words else [(word,) for word in words])
    return tuple(phrases[:MAX_WORDS])


def has_phrases(text: str, phrases: Iterable[Phrase]) -> bool:
    """Return whether all of them stand in a text."""
    words = [fold_word(found.group()) for found in WORD.finditer(text)]
    return all(any(_stands_at(words, at, phrase) for at in range(len(words))) for phrase in phrases)


def mark_phrases(text: str, phrases: Iterable[Phrase]) -> tuple[Piece, ...]:
    """Return a text in pieces, those marked that were searched for."""
    found = [(word.start(), word.end()) for word in WORD.finditer(text)]
    words = [fold_word(text[start:end]) for start, end in found]
    by_first: dict[str, list[Phrase]] = {}
    for phrase in phrases:
        by_first.setdefault(phrase[0], []).append(phrase)
    hits = [
        (found[at][0], found[at + len(phrase) - 1][1])
        for at, word in enumerate(words)
        for phrase in by_first.get(word, ())
        if _stands_at(words, at, phrase)
    ]
    return tuple(_cut(text, _join(hits)))


def cut_snippet(text: str, phrases: tuple[Phrase, ...]) -> tuple[Piece, ...]:
    """Return a stretch of a long text around the first place of the longest phrase, in pieces."""
    phrase = max(phrases, key=lambda one: sum(map(len, one)))
    at = _find_first(text, phrase)
    start, end = max(0, at - BEFORE_CHARS), min(len(text), at + AFTER_CHARS)
    if start:
        start = next((found.start() for found in WORD.finditer(text, start + 1) if found.start() <= at), at)
    if end < len(text):
        end = max((found.start() for found in re.finditer(r"\s", text[end - BEFORE_CHARS : end])), default=0) + (
            end - BEFORE_CHARS
        )
    stretch = " ".join(text[start : max(end, start)].split())
    return mark_phrases(f"{'… ' if start else ''}{stretch}{' …' if end < len(text) else ''}", phrases)


def _split_quoted(text: str) -> Iterator[str]:
    """Yield by turns what stands outside and inside quotation marks."""
    return iter(text.split('"'))


def _stands_at(words: list[str], at: int, phrase: Phrase) -> bool:
    return words[at] == phrase[0] and tuple(words[at : at + len(phrase)]) == phrase


def _find_first(text: str, phrase: Phrase) -> int:
    """Return where a phrase first stands in a text; 0 where it does not. Stops there."""
    held: list[tuple[str, int]] = []
    for found in WORD.finditer(text):
        held.append((fold_word(found.group()), found.start()))
        if len(held) > len(phrase):
            del held[0]
        if tuple(word for word, _ in held) == phrase:
            return held[0][1]
    return 0


def _join(hits: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return stretches without overlaps, in order."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(hits):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _cut(text: str, hits: list[tuple[int, int]]) -> Iterator[Piece]:
    places = [0, *(place for hit in hits for place in hit), len(text)]
    for number, (start, end) in enumerate(pairwise(places)):
        if start < end:
            yield Piece(text=text[start:end], is_hit=bool(number % 2))
