"""Figures over a corpus, each with its n and a 95 % bootstrap interval.

Articles are resampled, not rows: rows of one article are not independent. The scorer's counts per article are added up
by one matrix product, so a thousand resamples cost milliseconds. All functions are pure; the seed is fixed.

Source: Efron and Tibshirani, An Introduction to the Bootstrap (1993), chapter 13 (percentile interval).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from sayso.bench.scorer import LABELS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from sayso.bench.scorer import ArticleScore

ROUNDS = 1000
SEED = 20240817
BOUNDS = (2.5, 97.5)
RECALL_ONLY = frozenset({"other_cues"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One measured number.

    Attributes:
        measure: The scorer's name for it.
        statistic: ``F1``, ``recall``, ``macro F1`` or ``accuracy``.
        value: In per cent.
        low: Lower end of the 95 % interval, in per cent.
        high: Upper end.
        n: Gold items (rows, spans, tokens, pairs) that it rests on; for labels the rows right in ``ledger``.
        precision: In per cent; None for labels and where only recall is counted.
        recall: In per cent; None for labels.
        drawn: The value in each resample, in per cent: two readings of the same articles are resampled alike.
    """

    measure: str
    statistic: str
    value: float
    low: float
    high: float
    n: int
    precision: float | None = None
    recall: float | None = None
    drawn: tuple[float, ...] = field(default=(), repr=False, compare=False)


def draw_weights(size: int, *, rounds: int = ROUNDS, seed: int = SEED) -> NDArray[np.float64]:
    """Return how often each article is drawn in each resample, shape ``(rounds, size)``."""
    if not size:
        return np.zeros((rounds, 0))
    drawn = np.random.default_rng(seed).multinomial(size, np.full(size, 1 / size), size=rounds)
    return drawn.astype(np.float64)


def compute_prf(sums: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return precision, recall and F1 in per cent, shape ``(…, 3)``, from added-up counts of shape ``(…, 4)``."""
    precision = _divide(sums[..., 0], sums[..., 1])
    recall = _divide(sums[..., 2], sums[..., 3])
    return 100 * np.stack([precision, recall, _divide(2 * precision * recall, precision + recall)], axis=-1)


def compute_macro(confusions: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return accuracy and macro F1 in per cent, shape ``(…, 2)``, from confusions ``(…, gold class, predicted class)``.

    The classes averaged are those that the gold has, as in the scorer.
    """
    gold, predicted = confusions.sum(-1), confusions.sum(-2)
    hits = np.diagonal(confusions, axis1=-2, axis2=-1)
    present = gold > 0
    scores = np.where(present, _divide(2 * hits, gold + predicted), 0.0)
    macro = _divide(scores.sum(-1), present.sum(-1).astype(np.float64))
    accuracy = _divide(hits.sum(-1), gold.sum(-1))
    return 100 * np.stack([accuracy, macro], axis=-1)


def measure_counts(measure: str, counts: Sequence[Sequence[int]], weights: NDArray[np.float64]) -> Figure:
    """Return F1 (or recall, where the measure is one) over per-article counts, shape ``(articles, 4)``."""
    table = np.asarray(counts, dtype=np.float64).reshape(-1, 4)
    which, statistic = (1, "recall") if measure in RECALL_ONLY else (2, "F1")
    sums = table.sum(0)
    drawn = compute_prf(weights @ table)[:, which]
    low, high = _interval(drawn)
    precision, recall, f1 = compute_prf(sums)
    return Figure(
        measure=measure,
        statistic=statistic,
        value=float((precision, recall, f1)[which]),
        low=low,
        high=high,
        n=int(sums[3]),
        precision=None if measure in RECALL_ONLY else float(precision),
        recall=float(recall),
        drawn=tuple(drawn.tolist()),
    )


def measure_labels(
    measure: str, articles: Sequence[Sequence[tuple[str | None, str | None]]], weights: NDArray[np.float64]
) -> Figure:
    """Return macro F1 over the (gold, predicted) labels of each article."""
    classes = sorted({str(label) for pairs in articles for pair in pairs for label in pair})
    index = {label: number for number, label in enumerate(classes)}
    table = np.zeros((len(articles), len(classes), len(classes)))
    for number, pairs in enumerate(articles):
        for gold, predicted in pairs:
            table[number, index[str(gold)], index[str(predicted)]] += 1
    drawn = compute_macro(np.tensordot(weights, table, axes=1))[:, 1]
    low, high = _interval(drawn)
    return Figure(
        measure=measure,
        statistic="macro F1",
        value=float(compute_macro(table.sum(0))[1]),
        low=low,
        high=high,
        n=int(table.sum()),
        drawn=tuple(drawn.tolist()),
    )


def measure_all(scores: Sequence[ArticleScore], *, labels: bool) -> dict[str, Figure]:
    """Return every measure of the scorer, by name; those of labels only where the gold has them."""
    weights = draw_weights(len(scores))
    names = list(dict.fromkeys(measure for score in scores for measure in score.counts))
    found = {name: measure_counts(name, [score.counts[name] for score in scores], weights) for name in names}
    if labels:
        for label in LABELS:
            found[label] = measure_labels(label, [score.labels[label] for score in scores], weights)
    return found


def find_interval_between(one: Figure, other: Figure) -> tuple[float, float]:
    """Return the 95 % interval of one value less another, over the same articles in the same resamples."""
    return _interval(np.asarray(one.drawn) - np.asarray(other.drawn))


def _divide(top: NDArray[np.float64], bottom: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the quotient, 0 where the divisor is 0 (as the scorer has it)."""
    return np.divide(top, bottom, out=np.zeros(np.broadcast(top, bottom).shape), where=bottom != 0)


def _interval(resampled: NDArray[np.float64]) -> tuple[float, float]:
    """Return the ends of the 95 % percentile interval."""
    if not resampled.size:
        return 0.0, 0.0
    low, high = np.percentile(resampled, BOUNDS)
    return float(low), float(high)
