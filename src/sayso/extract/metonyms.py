"""Names of places that stand for who works there: "the Kremlin", and "Moscow" where Moscow speaks.

Source: Markert and Nissim, SemEval-2007 Task 08: Metonymy resolution, for the place-for-people class.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from sayso.extract.rulebook import load_rules
from sayso.records import PlaceScale

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from sayso.extract.place_candidates import PlaceIndex
    from sayso.records import GeoName

FIRST_WORDS = re.compile(r"(?:[ ][\w’'-]{1,20}){1,4}")
ARTICLE = re.compile(r"(?i)^the\s+")
BEFORE = 16
ARTICLE_CHARS = 4


@cache
def _rules() -> dict[str, Any]:
    return load_rules("en", "metonyms")


def find_seat(name: str) -> tuple[str, str, str] | None:
    """Return who works in a building or quarter, the town where it stands and the country; None where it is no such."""
    low = ARTICLE.sub("", name.strip().casefold())
    found = _rules()["seats"].get(low) or _rules()["seats"].get(f"the {low}")
    return (found[0], found[1], found[2]) if found else None


def is_also_town(name: str) -> bool:
    """Return whether a seat's name is a town's or a quarter's too: only a verb tells who is meant ("Brussels")."""
    return ARTICLE.sub("", name.strip().casefold()) in _rules()["words"]["also_towns"]


def find_seat_town(seat: tuple[str, str, str], index: PlaceIndex) -> tuple[GeoName, ...]:
    """Return the town in which a seat stands, as the gazetteer has it."""
    return tuple(p for p in index.find(seat[1]) if p.country == seat[2] and p.scale is PlaceScale.CITY)[:1]


def is_speaking(text: str, start: int, end: int, sources: Mapping[int, Collection[int]]) -> bool:
    """Return whether a name speaks: it is the whole of a source, or a verb of saying stands behind it.

    Args:
        text: The article.
        start: Where the name begins.
        end: Where it ends.
        sources: Where sources end, by where they begin.
    """
    words = _rules()["words"]
    for first in range(max(0, start - ARTICLE_CHARS), start + 1):
        if any(last >= end and _is_bare(text[first:start], text[end:last]) for last in sources.get(first, ())):
            return True
    if text[max(0, start - BEFORE) : start].casefold().endswith(tuple(f"{w} " for w in words["according"])):
        return True
    found = FIRST_WORDS.match(text, end)
    for word in found[0].split() if found else ():
        low = word.casefold()
        if low in words["speaks"]:
            return True
        if low not in words["helpers"]:
            return False
    return False


def name_speaker(folded: str, text: str, place: GeoName | None, index: PlaceIndex) -> str | None:
    """Return who speaks where a country, a region or a capital is said to; None for any other town."""
    if place is None:
        return None
    land = _rules()["capitals"].get(folded) or _rules()["capitals"].get(ARTICLE.sub("", text.casefold()))
    if place.scale is PlaceScale.CITY:
        if land is None or place.country not in {p.country for p in index.find(land)}:
            return None
        return f"the government of {land}"
    if place.scale is PlaceScale.CONTINENT:
        return None
    return f"the government of {_with_article(place.name)}"


def _with_article(name: str) -> str:
    return f"the {name}" if name.split(maxsplit=1)[0] in _rules()["words"]["with_article"] else name


def _is_bare(before: str, behind: str) -> bool:
    """Return whether a source holds nothing but the name, an article and what owns it."""
    return before.strip().casefold() in {"", "the"} and behind.strip() in {"", "'s", "’s"}
