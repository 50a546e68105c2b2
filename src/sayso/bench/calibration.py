"""Whether a confidence is worth its number: the reliability diagram and the expected calibration error.

Pure functions over (confidence, was it right) pairs.

Source: Guo et al., On Calibration of Modern Neural Networks (ICML 2017), section 2.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sayso.bench.figures import BOUNDS, draw_weights

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

BINS = 10
LABEL_ORDER = ("stance", "certainty", "endorsement")
Judged = tuple[float, bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """One bin of a reliability diagram.

    Attributes:
        low: Lower end of the confidences in it, 0..1.
        high: Upper end (included in the last bin only).
        n: How many there are.
        confidence: Their mean confidence, 0..1; 0 in an empty bin.
        right: The share of them that is right, 0..1; 0 in an empty bin.
    """

    low: float
    high: float
    n: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """How far a confidence keeps its word.

    Attributes:
        of: Whose confidence: ``row``, ``stance``, ``certainty``, ``endorsement`` or ``kind and naming``.
        n: How many confidences were judged.
        error: Expected calibration error, 0..1: the mean over all of |confidence - share right| of their bin.
        low: Lower end of the 95 % interval of `error`. Resampling adds noise to bins, so that it leans upwards.
        high: Upper end.
        bins: The reliability diagram.
    """

    of: str
    n: int
    error: float
    low: float
    high: float
    bins: tuple[Bin, ...]


def measure_calibration(of: str, articles: Sequence[Sequence[Judged]]) -> Calibration:
    """Return the reliability diagram over the judged confidences of each article, in ten bins of equal width."""
    table = np.zeros((len(articles), 3, BINS))
    for number, judged in enumerate(articles):
        for confidence, right in judged:
            inside = min(max(confidence, 0.0), 1.0)
            table[number, :, min(int(inside * BINS), BINS - 1)] += (1.0, inside, float(right))
    sums = table.sum(0)
    resampled = _expected_error(np.tensordot(draw_weights(len(articles)), table, axes=1))
    low, high = np.percentile(resampled, BOUNDS)
    counts, confidences, rights = sums
    bins = tuple(
        Bin(
            low=number / BINS,
            high=(number + 1) / BINS,
            n=int(counts[number]),
            confidence=float(confidences[number] / max(counts[number], 1)),
            right=float(rights[number] / max(counts[number], 1)),
        )
        for number in range(BINS)
    )
    return Calibration(
        of=of,
        n=int(counts.sum()),
        error=float(_expected_error(sums)),
        low=float(low),
        high=float(high),
        bins=bins,
    )


def _expected_error(sums: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the error from sums of count, confidence and right per bin, shape ``(…, 3, bins)``."""
    counts, confidences, rights = sums[..., 0, :], sums[..., 1, :], sums[..., 2, :]
    total = np.maximum(counts.sum(-1), 1.0)
    return np.asarray(np.abs(confidences - rights).sum(-1) / total)
