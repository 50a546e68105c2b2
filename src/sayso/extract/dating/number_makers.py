"""What the forms of numbers in words mean: counts, and years and decades as they are spoken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sayso.extract.dating.making import Made, make

if TYPE_CHECKING:
    from sayso.extract.dating.making import Match

OLD_YEARS: Final = range(1500, 2040)
HUNDRED = 100
NEW_CENTURY = 2000
TWO = 2
# The least and the most that "a couple", "a few" and "several" can be.
VAGUE: Final = {1: (2, 2), 2: (2, 6), 3: (3, 9)}


def make_sum(match: Match) -> Made:
    """Return "twenty-one"."""
    return make("number", match.worth("tens") + match.worth("digit"))


def make_ordinal_sum(match: Match) -> Made:
    """Return "twenty-first"."""
    return make("ordinal", match.worth("tens") + match.worth("ordinal_digit"))


def make_spoken_year(match: Match) -> Made | None:
    """Return "nineteen ninety-six", "nineteen oh one", "seventeen hundred"."""
    rest = (match.worth("tens") or 0) + (match.worth("digit") or 0) + (match.worth("teen2", "teen") or 0)
    year = match.worth("teen") * 100 + rest
    return make("year", year) if year in OLD_YEARS else None


def make_millennium_year(match: Match) -> Made | None:
    """Return "two thousand and fifteen"."""
    thousand = match.worth("digit2", "digit") or match.worth("digit")
    rest = match.worth("number") or 0
    if "tens" in match.items:
        rest = match.worth("tens") + match.worth("digit")
    return make("year", 2000 + rest) if rest < HUNDRED and thousand == TWO else None


def make_thousands_year(match: Match) -> Made | None:
    """Return "one thousand seven hundred and eighty-nine"."""
    rest = match.worth("number") or (match.worth("tens") or 0) + (match.worth("rest", "digit") or 0)
    year = match.worth("digit") * 1000 + match.worth("digit2", "digit") * 100 + rest
    return make("year", year) if year in OLD_YEARS and rest < HUNDRED else None


def make_spoken_decade(match: Match) -> Made | None:
    """Return "nineteen seventies", "twenty-tens", "two thousands"."""
    if "digit" in match.items:
        return make("spoken_decade", NEW_CENTURY) if match.worth("digit") == TWO else None
    century = match.worth("teen") or match.worth("tens")
    year = century * 100 + (match.worth("tens_decade") or match.worth("tens_plural") or 0)
    return make("spoken_decade", year) if year in OLD_YEARS else None


def make_and_a_half(match: Match) -> Made:
    """Return "two and a half"."""
    return make("decimal", match.worth("number") + 0.5)


def make_vague_number(match: Match) -> Made:
    """Return "a few", as the least and the most that it can be."""
    return make("vague", VAGUE[match.worth("several")])


def make_number_or_number(match: Match) -> Made | None:
    """Return "two to three", "5 or 6", as the least and the most that it can be."""
    least, most = match.worth("number"), match.worth("number2", "number")
    return make("vague", (least, most)) if 0 < least < most <= HUNDRED else None
