"""How well a grouping agrees with the right one: B-cubed, with an interval.

Source: Bagga and Baldwin, "Entity-based cross-document coreferencing" (ACL 1998); Amigó and others (2009).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sayso.bench.figures import BOUNDS, draw_weights

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, kw_only=True)
class BCubed:
    """B-cubed of a grouping, in per cent.

    Attributes:
        precision: Mean share, over the items, of an item's group that belongs with it.
        recall: Mean share of what belongs with it that its group has.
        f1: Their harmonic mean.
        low: Lower end of the 95 % interval of `f1`: whole blocks are resampled, as their items hang together.
        high: Upper end.
        n: Items.
        blocks: Blocks.
    """

    precision: float
    recall: float
    f1: float
    low: float
    high: float
    n: int
    blocks: int

    def __str__(self) -> str:
        """Return the figures on one line."""
        interval = f"[{self.low:.1f}, {self.high:.1f}]"
        return (
            f"P {self.precision:5.1f}  R {self.recall:5.1f}  F1 {self.f1:5.1f} {interval}  n {self.n} in {self.blocks}"
        )


def measure_bcubed(
    found: Sequence[Hashable], right: Sequence[Hashable], blocks: Sequence[Hashable] | None = None
) -> BCubed:
    """Return B-cubed of the groups found against the right ones, item by item.

    Args:
        found: The group of each item.
        right: Its right group.
        blocks: What is resampled for the interval; None for the right groups.
    """
    together, of_found, of_right = Counter(zip(found, right, strict=True)), Counter(found), Counter(right)
    both = np.array([together[pair] for pair in zip(found, right, strict=True)], dtype=np.float64)
    precision = both / np.array([of_found[group] for group in found])
    recall = both / np.array([of_right[group] for group in right])
    keys = list(right if blocks is None else blocks)
    names = list(dict.fromkeys(keys))
    places = {name: place for place, name in enumerate(names)}
    sums = np.zeros((len(names), 3))
    for key, p, r in zip(keys, precision, recall, strict=True):
        sums[places[key]] += (p, r, 1.0)
    value = _compute(sums.sum(0))
    low, high = np.percentile(_compute(draw_weights(len(names)) @ sums)[..., 2], BOUNDS)
    return BCubed(
        precision=float(value[0]),
        recall=float(value[1]),
        f1=float(value[2]),
        low=float(low),
        high=float(high),
        n=len(keys),
        blocks=len(names),
    )


def _compute(sums: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return precision, recall and F1 in per cent from sums of both and the count, shape ``(…, 3)``."""
    precision, recall = sums[..., 0] / sums[..., 2], sums[..., 1] / sums[..., 2]
    return 100 * np.stack([precision, recall, 2 * precision * recall / (precision + recall)], axis=-1)
