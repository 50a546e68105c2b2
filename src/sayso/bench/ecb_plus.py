"""ECB+ as articles with the event that each tells of."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

# Tokens stand apart in the file; these close up with what is before or behind them.
CLOSES_UP = re.compile(r"[,.;:!?%)\u2019']|'s|n't|'re|'ve|'ll|''")
OPENS_UP = re.compile(r"[($]|``")
MARKS = {"``": '"', "''": '"'}


@dataclass(frozen=True, slots=True, kw_only=True)
class EventArticle:
    """One article of the corpus.

    Attributes:
        name: The file's name.
        subject: Number of the subject; two events of one kind share it.
        event: The event that it tells of: the corpus's sub-topic.
        text: The tokens as running text.
    """

    name: str
    subject: str
    event: str
    text: str


def load_ecb_plus(shared: Path, part: str) -> list[EventArticle]:
    """Return the articles of a part in the file's order."""
    articles = []
    for line in (shared / "data/ecb_plus" / f"{part}.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        subject = re.match(r"\d+", row["topic"])
        articles.append(
            EventArticle(
                name=row["doc_id"],
                subject=subject.group() if subject else row["topic"],
                event=row["topic"],
                text=join_words(row["tokens"]),
            )
        )
    return articles


def join_words(tokens: list[str]) -> str:
    """Return tokens as running text."""
    return place_words(tokens)[0]


def place_words(tokens: list[str]) -> tuple[str, list[tuple[int, int]]]:
    """Return tokens as running text, and where each stands in it."""
    parts: list[str] = []
    places: list[tuple[int, int]] = []
    at = 0
    for i, given in enumerate(tokens):
        before = tokens[i - 1] if i else ""
        after = tokens[i + 1] if i + 1 < len(tokens) else ""
        is_hyphen = given == "-" and before[-1:].isalnum() and after[:1].isalnum()
        follows_hyphen = before == "-" and i > 1 and tokens[i - 2][-1:].isalnum() and given[:1].isalnum()
        is_tight = is_hyphen or follows_hyphen or CLOSES_UP.fullmatch(given) or OPENS_UP.fullmatch(before)
        if parts and not is_tight:
            parts.append(" ")
            at += 1
        word = MARKS.get(given, given)
        parts.append(word)
        places.append((at, at + len(word)))
        at += len(word)
    return "".join(parts), places
