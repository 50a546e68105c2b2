"""Small scorings over named features: is a row right, is a source one of the article's roots.

Each is a logistic model whose few weights stand in the model's card, fitted by ``training/fit.py``.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sayso.records import Kind, Naming, Stance

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sayso.extract.rows import RawRow
    from sayso.records import Attribution, Source

SAYING = {Stance.ASSERTS, Stance.CONFIRMS, Stance.DENIES}
LEAST, MOST = 0.001, 0.999
# What a head says of two rows is one feature among many: it is held closer.
HEAD_LEAST, HEAD_MOST = 0.018, 0.982


def score(features: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Return the weighted sum of features; a feature without a weight counts nothing."""
    return sum(weights.get(name, 0.0) * value for name, value in features.items())


def find_best(scores: Sequence[float]) -> int:
    """Return the place of the highest score, the first of equals."""
    return max(range(len(scores)), key=scores.__getitem__)


def weigh(features: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Return the probability, 0..1, that a logistic model gives; a feature without a weight counts nothing."""
    total = weights.get("bias", 0.0) + score(features, weights)
    return min(MOST, max(LEAST, 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))))


def row_features(row: RawRow, *, link: float, kind: str, is_nested: bool, n_rows: int) -> dict[str, float]:
    """Return what tells whether a row is right.

    Args:
        row: The raw row.
        link: The probability by which its source was joined to others; 1 where it stands alone.
        kind: The form of its source mention.
        is_nested: Whether it lies within another row.
        n_rows: How many rows its source has.
    """
    width = sum(high - low for low, high in row.content)
    return {
        "score": _logit(row.score),
        "margin": _logit(row.margin),
        "link": _logit(link),
        "nested": float(is_nested),
        "no_source": float(kind == "none"),
        "pronoun": float(kind == "pronoun"),
        "nominal": float(kind == "nominal"),
        "short": float(width <= 3),  # noqa: PLR2004 - a deed or a name, often no claim
        "width": math.log1p(width) / 3,
        "pieces": float(len(row.content) > 1),
        "rows": math.log1p(n_rows),
    }


def origin_features(source: Source, rows: Sequence[Attribution]) -> dict[str, float]:
    """Return what tells whether a source is a root on which the article rests.

    Args:
        source: The source.
        rows: Its rows.
    """
    own = [row for row in rows if row.stance is not Stance.OTHER]
    says = sum(row.stance in SAYING for row in own)
    return {
        "rows": math.log1p(len(own)),
        "says": float(says > 0),
        "says_often": math.log1p(says),
        "top": float(any(row.within is None for row in own)),
        **{kind.value: float(source.kind is kind) for kind in Kind},
        **{naming.value: float(source.naming is naming) for naming in Naming},
        "vague_speaks": float(source.naming is Naming.VAGUE and says > 0),
    }


def head_log_odds(chance: float) -> float:
    """Return the log odds of what a head says of two rows, kept within -4..4."""
    return _log_odds(chance, HEAD_LEAST, HEAD_MOST)


def _logit(chance: float) -> float:
    """Return log odds, kept within -7..7."""
    return _log_odds(chance, LEAST, MOST)


def _log_odds(chance: float, least: float, most: float) -> float:
    held = min(most, max(least, chance))
    return math.log(held / (1 - held))
