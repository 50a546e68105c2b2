"""Labelled articles to training targets over the words that the reader sees."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from model import CERTAINTIES, ENDORSEMENTS, ENTITY_TAGS, KINDS, NAMINGS, STANCES
from sayso.encoder.features import Window, Words, plan_windows, split_words

if TYPE_CHECKING:
    from corpora import Article, Row
    from sayso.encoder.wordpiece import WordPieces

# Words of a cue that carry no meaning of their own; the anchor is the first other one.
LIGHT = frozenset((
    "has", "have", "had", "having", "is", "are", "was", "were", "be", "been", "being", "will", "would", "can", "could",
    "may", "might", "must", "shall", "should", "do", "does", "did", "also", "n't", "not", "never", "to", "a", "an",
    "the", "as", "in", "on", "at", "by", "of", "with", "for", "from", "he", "she", "they", "it", "who", "that", "and",
    ",", "'", '"', "s", "t",
))  # fmt: skip
ENTITY_OF = {
    "PERSON": "person", "ORG": "organisation", "NORP": None, "GPE": "place", "LOC": "place", "FAC": "place",
    "DATE": "time", "TIME": "time", "CARDINAL": "quantity", "MONEY": "quantity", "PERCENT": "quantity",
    "QUANTITY": "quantity",
}  # fmt: skip
REFUSALS = {"denies", "doubts", "declines"}
NESTED_WEIGHT, REFUSAL_WEIGHT = 3.0, 2.0


@dataclass
class RowTarget:
    """One row over the article's words."""

    row: Row
    anchor: int
    tags: np.ndarray  # (n_words,) int8
    via: np.ndarray  # (n_words,) int8
    labels: tuple[int, ...]  # stance, certainty, endorsement, kind, naming; -1 unknown
    carried: int  # 1, 0, -1 unknown
    cue_words: np.ndarray
    source_words: np.ndarray
    content_words: np.ndarray


@dataclass
class Example:
    """One article, ready for training."""

    article: Article
    words: Words
    windows: list[Window]
    rows: list[RowTarget]
    anchor: np.ndarray
    anchor_weight: np.ndarray
    flat: np.ndarray
    entity: np.ndarray
    pair_cache: dict[str, np.ndarray] = field(default_factory=dict)


def words_in(words: Words, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return for each span the words [low, high) that it touches."""
    found = []
    for s, e in spans:
        low, high = int(np.searchsorted(words.end, s, side="right")), int(np.searchsorted(words.start, e, side="left"))
        if low < high:
            found.append((low, high))
    return found


def find_anchor(text: str, words: Words, row: Row) -> int | None:
    """Return the word on which a row hangs: its cue's first word with a meaning of its own."""
    cue = [w for low, high in words_in(words, row.cue_spans) for w in range(low, high)]
    for w in cue:
        token = text[words.start[w] : words.end[w]].casefold()
        if token not in LIGHT and any(c.isalnum() for c in token):
            return w
    if cue:
        return cue[0]
    source = words_in(words, row.source_spans)
    return source[-1][1] - 1 if source else None


def _paint(tags: np.ndarray, spans: list[tuple[int, int]], begin: int) -> None:
    for low, high in spans:
        tags[low:high] = begin + 1
        tags[low] = begin


def find_via(text: str, words: Words, row: Row, sources: dict) -> tuple[np.ndarray, int]:
    """Return weak via spans (the name's mention nearest to the cue, same paragraph) and whether it is carried on."""
    via = np.zeros(len(words), dtype=np.int8)
    if not row.via or not row.cue_spans:
        return via, 0
    place = row.cue_spans[0][0]
    at = int(np.searchsorted(words.start, place, side="right")) - 1
    low = words.start[np.flatnonzero(words.paragraph == words.paragraph[at])[0]]
    high = words.end[np.flatnonzero(words.paragraph == words.paragraph[at])[-1]]
    low = min([low] + [a for a, _ in row.source_spans + row.content_spans if a > low - 300])
    introduced = 0
    for key in row.via:
        name = (sources.get(key) or {}).get("name") or ""
        tokens = [t for t in re.findall(r"\w+", name) if t.casefold() not in LIGHT and len(t) > 2]
        patterns = [re.escape(name)] + [r"\b" + re.escape(t) for t in reversed(tokens)]
        for pattern in patterns:
            hits = [m.span() for m in re.finditer(pattern, text[low:high], re.IGNORECASE)] if pattern else []
            if hits:
                span = min(hits, key=lambda h: abs(h[0] + low - place))
                for a, b in words_in(words, [(span[0] + low, span[1] + low)]):
                    via[a:b] = 1
                introduced += 1
                break
    return via, int(introduced == 0)


def make_example(article: Article, cutter: WordPieces, *, overlap: int = 96) -> Example:
    """Return the targets of one article."""
    words = split_words(article.text, cutter)
    n = len(words)
    rows: list[RowTarget] = []
    taken: set[int] = set()
    for row in article.rows:
        anchor = find_anchor(article.text, words, row)
        content = words_in(words, row.content_spans)
        if anchor is None or anchor in taken or not content:
            continue
        taken.add(anchor)
        tags = np.zeros(n, dtype=np.int8)
        source, cue = words_in(words, row.source_spans), words_in(words, row.cue_spans)
        for spans, begin in ((content, 3), (source, 1), (cue, 5)):
            _paint(tags, spans, begin)
        info = article.sources.get(row.source or "", {})
        labels = (
            STANCES.index(row.stance) if row.stance else -1,
            CERTAINTIES.index(row.certainty) if row.certainty else -1,
            ENDORSEMENTS.index(row.endorsement) if row.endorsement else -1,
            KINDS.index(info["kind"]) if info.get("kind") in KINDS else -1,
            NAMINGS.index(info["naming"]) if info.get("naming") in NAMINGS else -1,
        )
        via, carried = find_via(article.text, words, row, article.sources)
        flatten = lambda spans: np.array([w for a, b in spans for w in range(a, b)], dtype=np.int64)  # noqa: E731
        rows.append(
            RowTarget(row, anchor, tags, via, labels, carried if article.is_gold else -1,
                      flatten(cue), flatten(source), flatten(content))
        )  # fmt: skip
    rows.sort(key=lambda r: r.anchor)
    anchor, weight, flat = word_targets(article, rows, n)
    entity = np.zeros(n, np.int64)
    for s, e, label in article.entities:
        kind = ENTITY_OF.get(label)
        if kind:
            for low, high in words_in(words, [(s, e)]):
                b = ENTITY_TAGS.index(f"B-{kind}")
                entity[low:high] = b + 1
                entity[low] = b
    return Example(article, words, plan_windows(words, overlap_pieces=overlap), rows, anchor, weight, flat, entity)


def word_targets(article: Article, rows: list[RowTarget], n: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return what is asked of every word: is it an anchor, how much that counts, and its flat tag."""
    anchor, weight, flat = np.zeros(n, np.float32), np.ones(n, np.float32), np.zeros(n, np.int64)
    for r in sorted(rows, key=lambda r: -len(r.content_words)):
        for begin in (3, 1, 5):
            hit = (r.tags == begin) | (r.tags == begin + 1)
            flat[hit] = r.tags[hit]
        # Single-layer labels say nothing on what is nested in a content: no punishment for a cue found there. Of a
        # content that was made around labelled rows everything is known.
        if not r.row.is_made:
            weight[r.content_words] = 0.4 if article.is_gold else 0.0
    inside = weight < 1.0
    for r in rows:
        # Nested rows are 15 % of the gold and nearly absent elsewhere; refusals are rarer still, and matter most.
        rare = NESTED_WEIGHT if inside[r.anchor] else REFUSAL_WEIGHT if r.row.stance in REFUSALS else 1.0
        anchor[r.anchor], weight[r.anchor] = 1.0, rare if article.is_gold else 1.0
    return anchor, weight, flat
