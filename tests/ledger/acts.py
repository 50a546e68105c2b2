"""Acts of invented persons, a microsecond apart."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from sayso.ledger.judging import Act

if TYPE_CHECKING:
    from collections.abc import Callable


def acts_of(name: str, *, day: int = 3) -> Callable[..., Act]:
    """Return what makes the next act of a person."""
    ticks = count(1)

    def act(reason: str = "") -> Act:
        return Act(by=name, at=f"2024-11-{day:02}T10:15:42.{next(ticks):06}Z", reason=reason)

    return act
