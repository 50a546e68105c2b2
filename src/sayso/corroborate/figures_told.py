"""The figures that the tellings of a claim give, each with how many tellings and outlets give it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.corroborate.claim_features import NOT_COUNTED
from sayso.corroborate.sides import find_outlet_key
from sayso.records import FigureTold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sayso.corroborate.disputes import Told
    from sayso.records import Mention, Quantity


def count_figures(mentions: Iterable[Mention], told: Told) -> tuple[FigureTold, ...]:
    """Return the figures of some mentions, the one that most of them give first.

    Two figures are one where bounds, unit and what is counted are the same.
    """
    first: dict[tuple[str | None, ...], Quantity] = {}
    tellings: dict[tuple[str | None, ...], set[str]] = {}
    outlets: dict[tuple[str | None, ...], set[str]] = {}
    for mention in mentions:
        facts = told.facts.get(mention.id)
        for quantity in () if facts is None else facts.quantities:
            if quantity.kind in NOT_COUNTED or (quantity.low is None and quantity.high is None):
                continue
            counts = None if quantity.of is None else " ".join(quantity.of.exact.casefold().split())
            key = (quantity.low, quantity.high, quantity.unit, counts)
            first.setdefault(key, quantity)
            tellings.setdefault(key, set()).add(mention.id)
            outlet = find_outlet_key(told.documents[mention.document])
            outlets.setdefault(key, set()).update([outlet] if outlet else [])
    order = {key: place for place, key in enumerate(first)}
    return tuple(
        FigureTold(
            words=first[key].span.exact,
            low=first[key].low,
            high=first[key].high,
            unit=first[key].unit,
            counts=None if (of := first[key].of) is None else of.exact,
            n_tellings=len(tellings[key]),
            n_outlets=len(outlets[key]),
        )
        for key in sorted(first, key=lambda key: (-len(tellings[key]), order[key]))
    )
