"""Copies whose right answers are known: a stretch of one PolNeAR article put into another, and its words edited.

Of PolNeAR's train and dev articles 465, told by a hash of the name, are originals and may be copied; the others are
hosts. A copy has as many words as its original. A stretch of it from a random place, edited, stands in the middle of
the host's own words. An edited word is by chance another word of the corpus, or left out, or followed by another word.
"""

from __future__ import annotations

import hashlib
import random
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sayso.bench.corpora import load_polnear_texts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sayso.bench.corpora import Article

OVERLAPS = (0.1, 0.25, 0.5, 1.0)
EDITS = (0.0, 0.1, 0.3)
MOST_ORIGINALS = 465
# A tenth of a shorter article is less than a sentence.
LEAST_WORDS = 200
WORD = re.compile(r"\S+\s*")
SEED = 20261125


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """One composed copy.

    Attributes:
        name: Unique within the corpus.
        text: Its text.
        original: Name of the article that a stretch was taken from.
        host: Name of the article that it was put into.
        overlap: The part of the copy that is the stretch, before editing.
        edit: The part of the stretch's words that was edited.
        here: Where the stretch stands in the copy, in code points.
        there: Where it stands in the original.
    """

    name: str
    text: str
    original: str
    host: str
    overlap: float
    edit: float
    here: tuple[int, int]
    there: tuple[int, int]


def load_originals(shared: Path) -> tuple[list[Article], list[Article]]:
    """Return the articles that may be copied and those that copies are put into."""
    articles = [*load_polnear_texts(shared, "train"), *load_polnear_texts(shared, "dev")]
    ranked = sorted(articles, key=lambda article: hashlib.sha256(article.name.encode()).digest())
    long_enough = [article for article in ranked if len(article.text.split()) >= LEAST_WORDS]
    count = min(MOST_ORIGINALS, len(long_enough))
    return long_enough[:count], long_enough[count:] or long_enough[:count]


def compose_copies(originals: Sequence[Article], hosts: Sequence[Article]) -> list[Copy]:
    """Return for each original one copy of each overlap and edit."""
    vocabulary = [word for article in originals for word in article.text.split()]
    copies = []
    for number, original in enumerate(originals):
        for overlap in OVERLAPS:
            for edit in EDITS:
                draw = random.Random(f"{SEED}/{original.name}/{overlap}/{edit}")  # noqa: S311 - no secret
                host = hosts[draw.randrange(len(hosts))]
                name = f"{number}/{overlap:.0%}/{edit:.0%}"
                copies.append(
                    compose_copy(name, original, host, overlap=overlap, edit=edit, draw=draw, words=vocabulary)
                )
    return copies


def compose_copy(
    name: str,
    original: Article,
    host: Article,
    *,
    overlap: float,
    edit: float,
    draw: random.Random,
    words: Sequence[str],
) -> Copy:
    """Return one copy."""
    pieces = [(found.start(), found.group()) for found in WORD.finditer(original.text)]
    size = max(1, round(overlap * len(pieces)))
    first = draw.randrange(len(pieces) - size + 1)
    stretch = pieces[first : first + size]
    edited = "".join(edit_words([piece for _, piece in stretch], edit=edit, draw=draw, words=words))
    own = [found.group() for found in WORD.finditer(host.text)][: len(pieces) - size]
    before = "".join(own[: len(own) // 2])
    after = "".join(own[len(own) // 2 :])
    start = len(before)
    last_start, last = stretch[-1]
    return Copy(
        name=name,
        text=f"{before}{edited.rstrip()} {after}",
        original=original.name,
        host=host.name,
        overlap=overlap,
        edit=edit,
        here=(start, start + len(edited.rstrip())),
        there=(stretch[0][0], last_start + len(last.rstrip())),
    )


def edit_words(pieces: Sequence[str], *, edit: float, draw: random.Random, words: Sequence[str]) -> list[str]:
    """Return the words with some of them changed, left out, or followed by another."""
    edited = []
    for piece in pieces:
        if draw.random() >= edit:
            edited.append(piece)
            continue
        other = words[draw.randrange(len(words))] + " "
        edited.extend(draw.choice(((other,), (), (piece, other))))
    return edited
