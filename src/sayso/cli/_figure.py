"""A figure as a list is asked for it: ``12``, ``>=100``, ``100..200 km``, ``..50``, ``at least $1m``.

The figures themselves are read as in an article, so what an article may write may be asked for.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from sayso.records import QuantityRange

if TYPE_CHECKING:
    from decimal import Decimal

    Reach = tuple[Decimal | None, Decimal | None, str | None]

UNDERSTOOD: Final = "12, >=100, <=5 km, 100..200, ..50, 10%, $1m, “at least 3 weeks”"
SIGN: Final = re.compile(r"\s*(>=|<=|>|<|=|≥|≤)\s*(.*)", re.DOTALL)
LONGEST_CHARS: Final = 100


def read_figure(given: str) -> QuantityRange | None:
    """Return the interval that is asked for; None where it is not understood.

    ``>`` is taken as ``>=`` and ``<`` as ``<=``: the intervals of a list include their ends.
    """
    if len(given) > LONGEST_CHARS:
        return None
    low, dots, high = given.partition("..")
    found = _join(low, high) if dots else _read_signed(given)
    if found is None or (found[0] is not None and found[1] is not None and found[0] > found[1]):
        return None
    from sayso.extract.number_sums import to_plain  # noqa: PLC0415  the grammar: only where a figure is asked for

    plain = [None if end is None else to_plain(end) for end in found[:2]]
    return QuantityRange(low=plain[0], high=plain[1], unit=found[2])


def _read_signed(given: str) -> Reach | None:
    """Return the reach of one figure, with or without a sign of order before it."""
    signed = SIGN.fullmatch(given)
    reach = _read_one(signed[2] if signed else given)
    if reach is None or signed is None or signed[1] == "=":
        return reach
    low, high, unit = reach
    if low is None or high is None:
        return None
    return (low, None, unit) if signed[1] in {">=", ">", "≥"} else (None, high, unit)


def _join(low: str, high: str) -> Reach | None:
    """Return the reach from one figure to another, at least one of which is given; their units must agree."""
    ends = [_read_one(end) if end.strip() else (None, None, None) for end in (low, high)]
    if None in ends or not (low.strip() or high.strip()):
        return None
    first, last = (end for end in ends if end is not None)
    units = {unit for unit in (first[2], last[2]) if unit}
    return (first[0], last[1], next(iter(units), None)) if len(units) <= 1 else None


def _read_one(given: str) -> Reach | None:
    """Return the reach of what is one figure from its first to its last character."""
    from sayso.extract.quantities import find_intervals  # noqa: PLC0415  the grammar: only where a figure is asked for

    text = given.strip()
    found: list[Any] = find_intervals(text)
    if len(found) != 1:
        return None
    span, figure = found[0]
    return (figure.low, figure.high, figure.unit) if (span.start, span.end) == (0, len(text)) else None
