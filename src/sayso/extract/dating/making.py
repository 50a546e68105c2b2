"""What a form of the time grammar makes: the kinds of item that it can be, and its value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sayso.extract.rulebook import load_rules

if TYPE_CHECKING:
    from sayso.extract.dating.words import Item

SORTS: Final = {
    name: frozenset(kinds.split())
    for name, kinds in {
        "number": "number sum",
        "vague": "vague",
        "ordinal": "ordinal",
        "year": "year",
        "spoken_decade": "spoken_decade",
        "date": "time place date whole",
        "month": "time place monthtime named whole",
        "yeartime": "time place yeartime wholeyear",
        "decade": "time place whole",
        "half": "quartertime halftime",
        "decimal": "decimal",
        "dayname": "time place dayname named",
        "dayrel": "time place dayrel whole",
        "nighttime": "time nighttime",
        "thisperiod": "time thisperiod",
        "holiday": "time place holidaytime named",
        "season": "time place named whole",
        "quarter": "time place quartertime named whole",
        "unit": "time place relunit whole",
        "in_unit": "in_unit",
        "anchored": "time place anchoredunit",
        "window": "time window",
        "clock": "clocktime time",
        "duration": "duration",
        "time": "time place",
        "done": "time",
    }.items()
}


@dataclass(frozen=True, slots=True)
class Made:
    """What a maker makes: kinds for the next level, and a value; `start` where the item begins later than the match."""

    kinds: frozenset[str]
    value: Any
    start: int | None = None


def make(sort: str, value: Any, start: int | None = None) -> Made:  # noqa: ANN401 (a value, or a figure)
    """Return an item of a sort."""
    return Made(SORTS[sort], value, start)


@dataclass(frozen=True, slots=True)
class Match:
    """A form found in a line of items.

    Attributes:
        text: The whole text.
        items: What the form handed on, by role.
        start: First code point of the whole match.
        end: One past its last.
        before: The item that stands before it; None at the text's beginning.
    """

    text: str
    items: dict[str, Item]
    start: int
    end: int
    before: Item | None

    def worth(self, role: str, kind: str | None = None) -> Any:  # noqa: ANN401 (as an item's)
        """Return what the item of a role is worth; None where the form has none here."""
        item = self.items.get(role)
        return None if item is None else item.worth(kind or role)


def shift_of(match: Match, role: str) -> int:
    """Return how many units a word leads, by its kind: -1 for "last", 1 for "next"."""
    return int(load_rules("en", "times")["shifts"][match.items[role].value])
