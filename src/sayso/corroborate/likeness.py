"""How likely it is that two articles tell of the same event: a table of named features, weighed and added up.

The weights stand in ``rules/story_weights.toml``, each with its reason. What is unknown (no date, no figure) counts for
nothing on either side.
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

VECTORS = ("terms", "names", "head_terms", "head_names", "numbers", "years", "days")
MAY_LACK = ("numbers", "years", "days")
_ASPECTS = {
    "terms": "words",
    "names": "names",
    "head_terms": "words of the head",
    "head_names": "names of the head",
    "numbers": "figures",
    "years": "years",
    "days": "days and months",
}
# Each feature with its reason in words.
WHY = {
    **{name: f"how alike the {what} are" for name, what in _ASPECTS.items()},
    **{f"{name}_root": f"the same of the {what}, small likeness weighing more" for name, what in _ASPECTS.items()},
    **{f"{name}_both": f"both give {_ASPECTS[name]}, so that none in common speaks against it" for name in MAY_LACK},
    "head_names_least": "how many of the names of either's head stand in the other, at the least",
    "head_names_most": "the same at the most",
    "head_terms_least": "how much of the head of either stands in the other, at the least",
    "head_terms_most": "the same at the most",
    "shorter": "how long the shorter is",
    "longer": "how long the longer is",
}
FEATURES = tuple(WHY)


def compute_features(
    article: ArticleVectors, others: Sequence[ArticleVectors], board: Board, size: int
) -> NDArray[np.float64]:
    """Return the features of an article with each other, in the order of `FEATURES`, shape ``(n, features)``."""
    columns: dict[str, NDArray[np.float32]] = {}
    for name in VECTORS:
        mine, theirs = getattr(article, name), [getattr(other, name) for other in others]
        columns[name] = board.compare(mine, theirs, size)
        columns[f"{name}_root"] = np.sqrt(columns[name])
        if name in MAY_LACK:
            has = [bool(len(mine.terms) and len(other.terms)) for other in theirs]
            columns[f"{name}_both"] = np.array(has, dtype=np.float32)
    for head, whole in (("head_names", "names"), ("head_terms", "terms")):
        wholes, heads = [getattr(o, whole) for o in others], [getattr(o, head) for o in others]
        here = board.compare(getattr(article, head), wholes, size, mine="shares", theirs="ones")
        there = board.compare(getattr(article, whole), heads, size, mine="ones", theirs="shares")
        columns[f"{head}_least"], columns[f"{head}_most"] = np.minimum(here, there), np.maximum(here, there)
    sizes = np.array([other.size for other in others], dtype=np.float32)
    columns["shorter"] = np.minimum(sizes, np.float32(article.size))
    columns["longer"] = np.maximum(sizes, np.float32(article.size))
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
