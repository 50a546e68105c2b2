"""Factual sentences in the article's own voice: prose that no attribution covers."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
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
    held = _join(covered)
    starts = [start for start, _ in held]
    for start, end in find_sentences(text):
        sentence = text[start:end]
        if start < body_start or len(WORD.findall(sentence)) < MIN_WORDS or QUESTION.search(sentence):
            continue
        if sentence[-1] not in '.!"\u201d\u2019)\u2026':
            continue
        if any(s < end and start < e for s, e in not_prose):
            continue
        near = held[max(0, bisect_right(starts, start) - 1) : bisect_left(starts, end)]
        if sum(max(0, min(e, end) - max(s, start)) for s, e in near) < COVERED * (end - start):
            found.append((start, end))
    return found


def _join(places: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return places in order, those that touch one another made one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(places):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
