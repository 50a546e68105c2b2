"""The names of months and days, for what reads no times and must know them from what it reads."""

from __future__ import annotations

from functools import cache

from sayso.extract.rulebook import load_rules


@cache
def load_months() -> frozenset[str]:
    """Return the names of months in lower case, short ones too."""
    words = load_rules("en", "times")["words"]
    return frozenset({*words["month"], *words["weakmonth"], *words["shortmonth"]})


@cache
def load_days() -> frozenset[str]:
    """Return the names of days in lower case, short ones and "today" and its like too."""
    words = load_rules("en", "times")["words"]
    return frozenset({*words["weekday"], *words["shortday"], *words["dayrel"], *words["nightrel"]})
