"""What a name in a text may mean: its readings in the gazetteer, with the features that it brings by itself."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol

from sayso.extract.place_neighbours import find_behind
from sayso.extract.place_ranking import LARGE, compute_km, is_first_order, region_of
from sayso.gazetteer import fold_name
from sayso.records import PlaceScale

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.extract.place_neighbours import Lists
    from sayso.records import GeoName

OWNER = re.compile(r"['’]s?$")
POSTAL = 2
# No place's name has more characters.
LONGEST = 100
# The words in front of a smaller town's name are taken for a part of it.
LARGE_TOWN = 100_000
# A town that all the world knows has so many people.
METROPOLIS = 2_000_000
# A town that is meant rather than the region of its name has at least so large a part of its people (one in …).
TOWN_SHARE = 8
KIND_BEHIND = re.compile(r"[ ]([\w’'-]{1,20})")
COUNTIES = re.compile(r"(?:,?[ ](?:and[ ]|or[ ])?[A-Z][\w’'-]{1,20}){1,9}[ ]counties\b")
ROW_REACH = 160
# How far from the middle of a county a town may be that is said to lie in it.
COUNTY_KM = 100.0


class PlaceIndex(Protocol):
    """What looks places up by name."""

    def find(self, name: str) -> tuple[GeoName, ...]:
        """Return the places of a name, the likelier ones first."""
        ...

    @property
    def known_names(self) -> frozenset[str]:
        """The names of places that all the world knows."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A name as it is looked up.

    Attributes:
        folded: The name without what is no part of it; with ``within`` its identity in the article.
        candidates: What it may mean.
        kind: ``division``, ``second`` (a county) or ``""``: what the words behind it say that it is.
        within: The region or country that stands beside it; empty where none does. Only what lies there is a candidate.
        row: Of what scale those are that it stands in a row with.
    """

    folded: str
    candidates: tuple[GeoName, ...]
    kind: str = ""
    within: tuple[GeoName, ...] = ()
    row: frozenset[PlaceScale] = frozenset()


def ask_name(text: str, start: int, end: int, index: PlaceIndex, lists: Lists) -> Asked:
    """Return a stretch of the text as a name, looked up."""
    piece = OWNER.sub("", text[start:end].strip())
    piece, _, inner = piece.partition(",")
    has_point = "." in piece or text[end : end + 1] == "."
    asked = look_up(piece.strip(), index, lists, has_point=has_point)
    behind = [inner.strip()] if inner.strip() else find_behind(text, end)
    if not asked.kind and not inner and (kind := find_kind(text, end, lists)):
        divisions = tuple(p for p in asked.candidates if p.scale is PlaceScale.REGION)
        asked = replace(asked, kind=kind, candidates=divisions) if divisions else asked
    within = asked.within or find_within(behind, index, lists)
    if not within or is_in_row(asked, within):
        return asked
    inside = tuple(place for place in asked.candidates if any(lies_in(place, area) for area in within))
    if asked.candidates and not inside and any(has_town(area, index) for area in within):
        return asked  # "Washington, Mexico City and Ottawa"
    return replace(asked, within=within, candidates=inside)


def has_town(area: GeoName, index: PlaceIndex) -> bool:
    """Return whether a region is called like a town in it, so that the town may stand in a row with others."""
    return is_first_order(area) and any(
        place.scale is PlaceScale.CITY and region_of(place) == region_of(area) for place in index.find(area.name)
    )


def find_kind(text: str, end: int, lists: Lists) -> str:
    """Return what the words behind a name say that it is: "Oneida County", "Oneida, Wayne and Tioga counties"."""
    word = KIND_BEHIND.match(text, end)
    if word and (kind := kind_of(word[1], lists)):
        return kind
    return "second" if COUNTIES.match(text, end, min(len(text), end + ROW_REACH)) else ""


def is_in_row(asked: Asked, within: Sequence[GeoName]) -> bool:
    """Return whether what stands behind the comma stands in a row with the name rather than around it.

    "Jordan, Minnesota" is a town; "Jordan, Lebanon" and "Ohio, Indiana" are rows.
    """
    known = {place.id for place in asked.candidates}
    if all(area.id in known for area in within):
        return True
    if any(place.scale in LARGE for place in asked.candidates) and any(area.scale in LARGE for area in within):
        return True
    homes = {place.country for place in asked.candidates if is_first_order(place)}
    return any(is_first_order(area) and area.country in homes for area in within)


def look_up(piece: str, index: PlaceIndex, lists: Lists, *, has_point: bool) -> Asked:
    """Return a name looked up as it stands, then without the words that are no part of it."""
    bare = piece.replace(".", "")
    words = piece.split()
    is_postal = len(bare) == POSTAL and bare.isupper()
    is_area = " ".join(words).casefold().removeprefix("the ") in lists.areas
    if is_area or len(piece) > LONGEST:
        return Asked(folded=fold_name(piece[:LONGEST]), candidates=())
    if nickname := lists.nicknames.get(bare):
        name, _, region = nickname.partition(", ")
        return Asked(folded=fold_name(name), candidates=index.find(name), within=areas_of(region, index))
    short = lists.short.get(bare.replace(" ", ""))
    if short and (has_point or is_postal):
        return Asked(folded=fold_name(short), candidates=areas_of(short, index))
    if is_postal and "." not in piece and bare not in lists.initials:
        return Asked(folded=fold_name(piece), candidates=())
    if len(words) > 1 and words[0].endswith(".") and (point := lists.compass.get(words[0].rstrip("."))):
        words[0] = point
    return look_up_words(words, index, lists)


def look_up_words(words: list[str], index: PlaceIndex, lists: Lists) -> Asked:
    """Return a name in full looked up: "Oneida County" as a county, "Oneida Township" as the town if need be."""
    piece = " ".join(words)
    found = index.find(piece)
    kind, rest = (kind_of(words[-1], lists), " ".join(words[:-1])) if len(words) > 1 else ("", "")
    if kind:
        own = tuple(place for place in found if place.scale is PlaceScale.REGION)
        more = tuple(place for place in index.find(rest) if place.scale is PlaceScale.REGION)
        return Asked(folded=fold_name(piece), candidates=merge(own, more) or found, kind=kind)
    if not found and rest and words[-1].casefold().rstrip(".") in lists.settlement:
        return Asked(folded=fold_name(rest), candidates=index.find(rest))
    return Asked(folded=fold_name(piece), candidates=found or find_without_words(piece, index, lists))


def find_without_words(piece: str, index: PlaceIndex, lists: Lists) -> tuple[GeoName, ...]:
    """Return the places of a name less a word that is no part of it: "northern Oneida", but not "West Side"."""
    low = piece.casefold()
    for prefix in lists.before:
        if low.startswith(prefix + " "):
            rest = piece[len(prefix) + 1 :].strip()
            found = index.find(rest) or find_without_words(rest, index, lists)
            return tuple(
                place for place in found if place.scale is not PlaceScale.CITY or place.population >= LARGE_TOWN
            )
    return ()


def kind_of(word: str, lists: Lists) -> str:
    """Return what a word behind a name makes of it."""
    low = word.casefold().rstrip(".")
    if low in lists.governed:
        return "division"
    if low in lists.second:
        return "second"
    return "division" if low in lists.division else ""


def merge(first: Sequence[GeoName], second: Sequence[GeoName]) -> tuple[GeoName, ...]:
    """Return both without repeating a place."""
    return tuple({place.id: place for place in (*first, *second)}.values())


def areas_of(name: str, index: PlaceIndex) -> tuple[GeoName, ...]:
    """Return the countries and the divisions of the first order of a name that are called so themselves."""
    folded = fold_name(name)
    return tuple(
        place
        for place in index.find(name)
        if place.scale is PlaceScale.COUNTRY or (is_first_order(place) and fold_name(place.name) == folded)
    )


def find_within(behind: Sequence[str], index: PlaceIndex, lists: Lists) -> tuple[GeoName, ...]:
    """Return the region or country that the words beside a name mean, read from the longest down to one word."""
    for words in behind:
        bare = words.replace(".", "").replace(" ", "")
        if bare in lists.short:
            return areas_of(lists.short[bare], index)
        found = areas_of(words, index)
        if found:
            return found
    return ()


def lies_in(place: GeoName, area: GeoName) -> bool:
    """Return whether a place lies in a country or division."""
    if place.id == area.id or place.country != area.country:
        return False
    if area.scale is PlaceScale.COUNTRY:
        return True
    if is_first_order(area):
        return region_of(place) == region_of(area)
    return region_of(place) == region_of(area) and compute_km(place, area) <= COUNTY_KM


def score_candidates(
    asked: Asked, weights: dict[str, float], usual: dict[str, list[str]], most: int
) -> tuple[tuple[GeoName, ...], list[float], list[dict[str, float]]]:
    """Return the likeliest candidates by their own features, the score of each and the features that made it."""
    meant = find_usual(asked, usual)
    table = [
        (place, find_features(place, asked, weights, is_usual=place is meant, has_own=has_own_town(place, asked)))
        for place in asked.candidates
    ]
    table.sort(key=lambda row: -sum(row[1].values()))
    table = table[:most]
    return tuple(place for place, _ in table), [sum(f.values()) for _, f in table], [f for _, f in table]


def find_usual(asked: Asked, usual: dict[str, list[str]]) -> GeoName | None:
    """Return the place that English news usually means: the largest of the scale and country that the table gives."""
    scale, country = usual.get(asked.folded, (None, None))
    fitting = [
        place
        for place in asked.candidates
        if scale is not None and scale in {"", place.scale.value} and country in {"", place.country}
    ]
    return max(fitting, key=lambda place: place.population, default=None)


def has_own_town(place: GeoName, asked: Asked) -> bool:
    """Return whether a region holds a considerable town of its name."""
    return is_first_order(place) and any(
        town.scale is PlaceScale.CITY
        and region_of(town) == region_of(place)
        and fold_name(town.name) == asked.folded
        and town.population * TOWN_SHARE >= place.population
        for town in asked.candidates
    )


def find_features(
    place: GeoName, asked: Asked, weights: dict[str, float], *, is_usual: bool, has_own: bool
) -> dict[str, float]:
    """Return the features of one candidate that are not zero, already weighed."""
    features: dict[str, Any] = {"population": weights["population"] * math.log10(place.population + 100)}
    if place.scale in {PlaceScale.COUNTRY, PlaceScale.CONTINENT}:
        features["country"] = weights["country"]
    elif is_first_order(place):
        features["region"] = weights["region"]
        if has_own and not asked.kind:
            features["own_town"] = weights["own_town"]
    elif place.scale is PlaceScale.REGION and asked.kind != "second":
        features["county"] = weights["county"]
    own = fold_name(place.name)
    is_bare = place.scale is PlaceScale.REGION and own.startswith(asked.folded + " ")
    if place.scale is not PlaceScale.COUNTRY and own != asked.folded and not is_bare and not is_usual:
        features["alias"] = weights["alias"]
    if place.scale is PlaceScale.CITY and place.population >= METROPOLIS:
        features["metropolis"] = weights["metropolis"]
    if is_usual:
        features["usual"] = weights["usual"]
    if asked.within:
        features["qualified"] = weights["qualified"]
    if place.scale in asked.row and (is_first_order(place) or place.scale is PlaceScale.COUNTRY):
        features["in_a_row"] = weights["in_a_row"]
    return features
