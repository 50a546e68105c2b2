"""How likely it is that two articles tell of the same event: a table of named features, weighed and added up.

The weights stand in ``rules/story_weights.toml``, set by hand, each with its reason. What is unknown (no date, no
figure) counts for nothing on either side.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from sayso.corroborate.rulebook import load_rules

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from sayso.corroborate.story_vectors import ArticleVectors, Board

# Each feature with its reason in words.
WHY = {
    "names_root": "how alike the names are, small likeness weighing more",
    "head_terms_root": "how alike the words of the head are, small likeness weighing more",
    "head_names_least": "how many of the names of either's head stand in the other, at the least",
    "numbers": "how alike the figures are",
    "years": "how alike the years are",
    "days": "how alike the days and months are",
    "numbers_both": "both give figures, so that none in common speaks against it",
    "days_both": "both give days or months, so that none in common speaks against it",
    "years_both": "both give years, so that none in common speaks against it",
}
FEATURES = tuple(WHY)


def compute_features(
    article: ArticleVectors, others: Sequence[ArticleVectors], board: Board, size: int
) -> NDArray[np.float64]:
    """Return the features of an article with each other, in the order of `FEATURES`, shape ``(n, features)``."""

    def compare(name: str) -> NDArray[np.float32]:
        return board.compare(getattr(article, name), [getattr(other, name) for other in others], size)

    def both(name: str) -> NDArray[np.float32]:
        given = [bool(len(getattr(article, name).terms) and len(getattr(other, name).terms)) for other in others]
        return np.array(given, dtype=np.float32)

    names, heads = [other.names for other in others], [other.head_names for other in others]
    here = board.compare(article.head_names, names, size, mine="shares", theirs="ones")
    there = board.compare(article.names, heads, size, mine="ones", theirs="shares")
    columns = {
        "names_root": np.sqrt(compare("names")),
        "head_terms_root": np.sqrt(compare("head_terms")),
        "head_names_least": np.minimum(here, there),
        "numbers": compare("numbers"),
        "years": compare("years"),
        "days": compare("days"),
        "numbers_both": both("numbers"),
        "days_both": both("days"),
        "years_both": both("years"),
    }
    return np.stack([columns[name] for name in FEATURES], axis=-1).astype(np.float64)


def weigh_features(features: NDArray[np.float64], table: Mapping[str, float]) -> NDArray[np.float64]:
    """Return the log-odds that two articles tell of the same event by a table of weights, shape ``(n,)``."""
    weights = np.array([table[name] for name in FEATURES])
    result: NDArray[np.float64] = features @ weights + table["always"]
    return result


def weigh_days_apart(days: float | None) -> float:
    """Return what so many days between two publications add to the log-odds; nothing where a date is not known."""
    rules = load_rules("story_weights")["time"]
    if days is None or days <= rules["free_days"]:
        return 0.0
    return -float(rules["per_doubling"]) * math.log2(days / rules["free_days"])


def to_probability(log_odds: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return probabilities for log-odds."""
    result: NDArray[np.float64] = 1 / (1 + np.exp(-np.clip(log_odds, -30, 30)))
    return result
