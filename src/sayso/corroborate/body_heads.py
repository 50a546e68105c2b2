"""Which names of bodies tell that they are two.

Another name is not another body: a government, its ministry and the building that it sits in go by names that have no
word in common. Two of one sort are two, as are two countries; else it stays unknown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.corroborate.name_words import Build, parse_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# What stands before one of these is what sort of body it is: a ministry of health.
LINKS = frozenset({"of", "for", "on"})


def have_one_head(one: str, other: str) -> bool:
    """Return whether two bodies are of one sort by their names: two ministries, two parties, two companies."""
    left, right = _find_head(one), _find_head(other)
    return left is not None and left == right


def _find_head(name: str) -> str | None:
    """Return the word of a body's name that says what sort of body it is; None where it is of one word."""
    parsed = parse_name(name, Build.BODY)
    if len(parsed.own_words) <= 1:
        return None
    words = [word.text for word in parsed.words]
    for place, word in enumerate(words):
        if place and word in LINKS:
            return words[place - 1]
    return words[-1]


def name_two_countries(one: Iterable[str], other: Iterable[str], countries: Mapping[str, int]) -> bool:
    """Return whether the names of two parties are those of two countries.

    Args:
        one: The names of the one.
        other: Those of the other.
        countries: Which country each name stands for, where it was read as a country's.
    """
    left = {countries.get(fold_country(name)) for name in one}
    right = {countries.get(fold_country(name)) for name in other}
    return None not in left | right and len(left) == len(right) == 1 and left != right


def fold_country(name: str) -> str:
    """Return a name as countries are looked up by."""
    return name.casefold().removeprefix("the ").strip()
