"""ECB+ as articles with the event that each tells of."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

# Tokens stand apart in the file; these close up with what is before or behind them.
CLOSES_UP = re.compile(r" ([,.;:!?%)\u2019']|'s|n't|'re|'ve|'ll)(?= |$)")
OPENS_UP = re.compile(r"([($]) ")
HYPHEN = re.compile(r"(\w) - (\w)")


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
    text = OPENS_UP.sub(r"\1", CLOSES_UP.sub(r"\1", " ".join(tokens)))
    return HYPHEN.sub(r"\1-\2", text).replace("`` ", '"').replace(" ''", '"')
