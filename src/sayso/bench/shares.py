"""A share of cases that is right, with its interval; and the parts of a corpus, one of them only measured."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass

Z95 = 1.96


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A share with its 95 % Wilson interval, in per cent."""

    of: str
    right: int
    n: int

    @property
    def interval(self) -> tuple[float, float]:
        """Lower and upper end.

        Source: Wilson, Probable inference (JASA 1927).
        """
        if not self.n:
            return 0.0, 0.0
        share = self.right / self.n
        middle = share + Z95**2 / (2 * self.n)
        half = Z95 * math.sqrt(share * (1 - share) / self.n + Z95**2 / (4 * self.n**2))
        under = 1 + Z95**2 / self.n
        return 100 * (middle - half) / under, 100 * (middle + half) / under

    def __str__(self) -> str:
        """Return it on one line."""
        low, high = self.interval
        share = 100 * self.right / self.n if self.n else 0.0
        return f"{self.of:<58} {share:5.1f} %  [{low:.1f}, {high:.1f}]  n={self.n}"


def is_seen(text: str) -> bool:
    """Return whether a text is of the half that may be looked at."""
    return hashlib.sha256(text.encode()).digest()[0] % 2 == 0


def is_held_back(text: str) -> bool:
    """Return whether a text is of the quarter that is only measured, where a half is too little to learn from."""
    figures = hashlib.sha256(text.encode()).digest()
    return figures[0] % 2 == 1 and figures[1] % 2 == 1
