"""Trees written by hand, for tests of what is read from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sayso.encoder.features import SHAPES, Words
from sayso.encoder.session import SyntaxScores

if TYPE_CHECKING:
    from collections.abc import Sequence

Line = tuple[str, int, str, str]


def read_lines(sentence: str) -> list[Line]:
    """Return word, head, relation and tag from "word:head:relation:tag" items; heads count from 0."""
    lines = []
    for item in sentence.split():
        word, head, relation, tag = item.rsplit(":", 3)
        lines.append((word, int(head), relation, tag))
    return lines


def make_scores(lines: Sequence[Line]) -> SyntaxScores:
    """Return what the syntax head would say."""
    relations = tuple(dict.fromkeys(line[2] for line in lines))
    tags = tuple(dict.fromkeys(line[3] for line in lines))
    return SyntaxScores(
        [line[1] for line in lines],
        [relations.index(line[2]) for line in lines],
        [tags.index(line[3]) for line in lines],
        relations,
        tags,
    )


def make_words(text: str, cut: Sequence[str]) -> Words:
    """Return words of a text of one sentence, cut as given."""
    starts, ends, shapes, at = [], [], [], 0
    for word in cut:
        at = text.index(word, at)
        starts.append(at)
        at += len(word)
        ends.append(at)
        shape = "mark" if not word[0].isalnum() else "Initial" if word[0].isupper() else "lower"
        shapes.append(SHAPES.index(shape))
    start, end, shape_of = (np.array(column, dtype=np.int32) for column in (starts, ends, shapes))
    none = np.zeros(len(cut), dtype=np.int32)
    return Words(start, end, shape_of, none, none, none, none, none, none, none, ())
