"""Factual sentences in the article's own voice: prose that no attribution covers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sayso.text import find_sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

MIN_WORDS = 6
COVERED = 0.34
WORD = re.compile(r"\w+")
QUESTION = re.compile(r"\?[\"\u201d\u2019)]*$")


def find_unsourced(
    text: str, *, body_start: int, covered: Sequence[tuple[int, int]], not_prose: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Return the sentences of the body that state something and of which no attribution covers a third.

    Args:
        text: The document's text.
        body_start: Where the body begins.
        covered: Places of sources, cues and contents.
        not_prose: Places that are no prose.
    """
    found = []
    for start, end in find_sentences(text):
        sentence = text[start:end]
        if start < body_start or len(WORD.findall(sentence)) < MIN_WORDS or QUESTION.search(sentence):
            continue
        if sentence[-1] not in '.!"\u201d\u2019)\u2026':
            continue
        if any(s < end and start < e for s, e in not_prose):
            continue
        if _overlap((start, end), covered) < COVERED * (end - start):
            found.append((start, end))
    return found


def _overlap(place: tuple[int, int], covered: Sequence[tuple[int, int]]) -> int:
    """Return how many code points of a place are covered, each counted once."""
    inside = sorted((max(s, place[0]), min(e, place[1])) for s, e in covered if s < place[1] and place[0] < e)
    total, reach = 0, place[0]
    for s, e in inside:
        total += max(0, e - max(s, reach))
        reach = max(reach, e)
    return total
