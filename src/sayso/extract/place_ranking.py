"""Which of the places of a name is meant: a table of named features, and the other places of the article.

Every name is weighed once for the whole article: one sense per discourse. The article's places speak for one another:
each candidate gets what the likeliest candidates of the other names are worth to it, for being close by, in the same
region or in the same country; this is done over three rounds, so that sure places settle doubtful ones.

Source: Gale, Church and Yarowsky, One sense per discourse (1992); Leidner, Toponym resolution in text (2007), for the
heuristics; Lieberman and Samet, Adaptive context features for toponym resolution in streaming news (2012), for
candidates that speak for one another. The weights are set by hand and stand in ``places.toml``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from sayso.records import PlaceScale

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from sayso.records import GeoName

EARTH_KM = 6371.0
MOST_TOGETHER = 1200
# A division of the first order, or a country, is no point: to be close to its middle means nothing.
LARGE = frozenset({PlaceScale.CONTINENT, PlaceScale.COUNTRY})


@dataclass(slots=True, kw_only=True)
class Name:
    """One name of the article with what it may mean.

    Attributes:
        folded: The name.
        candidates: The places of that name.
        scores: What each has from its own features.
        reasons: The features of each that are not zero, by name.
        weight: How much it counts for the others.
    """

    folded: str
    candidates: tuple[GeoName, ...]
    scores: list[float]
    reasons: list[dict[str, float]] = field(default_factory=list)
    weight: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """What a name means.

    Attributes:
        candidates: The likeliest first.
        chances: How likely each is, against the others of that name.
        reasons: The features of each.
    """

    candidates: tuple[GeoName, ...]
    chances: tuple[float, ...]
    reasons: tuple[dict[str, float], ...]


def rank_names(names: Sequence[Name], weights: dict[str, float], limits: dict[str, float]) -> list[Ranked]:
    """Return for each name what it means, all names of an article weighed together.

    The cost grows with the square of the candidates, so a text with very many names is taken in stretches.
    """
    found: list[Ranked] = []
    begin, size = 0, 0
    for at, name in enumerate(names):
        if size and size + len(name.candidates) > MOST_TOGETHER:
            found += _rank_together(names[begin:at], weights, limits)
            begin, size = at, 0
        size += len(name.candidates)
    return found + _rank_together(names[begin:], weights, limits)


def _rank_together(names: Sequence[Name], weights: dict[str, float], limits: dict[str, float]) -> list[Ranked]:
    full = [number for number, name in enumerate(names) if name.candidates]
    if not full:
        return [Ranked(candidates=(), chances=(), reasons=()) for _ in names]
    sizes = [len(names[n].candidates) for n in full]
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.intp)
    owner = np.repeat(np.arange(len(full)), sizes)
    base = np.array([score for n in full for score in names[n].scores])
    close, country = measure_worth([place for n in full for place in names[n].candidates], weights)
    folded = _number([names[n].folded for n in full])[owner]
    others = folded[:, None] != folded[None, :]
    close, country = close * others, country * others
    loud = np.array([names[n].weight for n in full])
    context = np.zeros(len(base))
    for _ in range(int(limits["rounds"])):
        chances = softmax(base + context, starts, owner, limits["temperature"])
        near, far = (np.maximum.reduceat(worth * chances[None, :], starts, axis=1) @ loud for worth in (close, country))
        context = weights["context"] * np.log1p(near) + weights["same_country"] * (1 - np.exp(-far))
    chances = softmax(base + context, starts, owner, limits["temperature"])
    found: list[Ranked] = [Ranked(candidates=(), chances=(), reasons=()) for _ in names]
    for place, n in enumerate(full):
        first = int(starts[place])
        order = sorted(range(sizes[place]), key=lambda k, first=first: (-chances[first + k], k))  # type: ignore[misc]
        found[n] = Ranked(
            candidates=tuple(names[n].candidates[k] for k in order),
            chances=tuple(float(chances[first + k]) for k in order),
            reasons=tuple({**names[n].reasons[k], "context": float(context[first + k])} for k in order),
        )
    return found


def measure_worth(
    places: Sequence[GeoName], weights: dict[str, float]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return what each place is worth to each, twice ``(n, n)``: for being near or in the region, and for the country.

    The two are kept apart, for a country is soon told: in its national news all the world's towns are named beside it.
    """
    lat = np.radians([place.latitude for place in places])
    lon = np.radians([place.longitude for place in places])
    # Over the distances that count, a flat map is good enough.
    east = (lon[:, None] - lon[None, :] + math.pi) % (2 * math.pi) - math.pi
    east *= np.cos((lat[:, None] + lat[None, :]) / 2)
    km = EARTH_KM * np.hypot(lat[:, None] - lat[None, :], east)
    small = np.array([place.scale not in LARGE and not is_first_order(place) for place in places])
    countries = _number([place.country for place in places])
    regions = _number([region_of(place) for place in places])
    close = weights["near"] * np.exp(-km / weights["reach_km"]) * (small[:, None] & small[None, :])
    region = weights["same_region"] * ((regions[:, None] == regions[None, :]) & (regions >= 0)[None, :])
    country = weights["told"] * ((countries[:, None] == countries[None, :]) & (countries >= 0)[None, :])
    return close + region, country


def is_first_order(place: GeoName) -> bool:
    """Return whether a place is a division of the first order."""
    return place.scale is PlaceScale.REGION and place.region is None


def region_of(place: GeoName) -> tuple[str, str] | None:
    """Return the division of the first order that a place is or lies in; None for what is larger."""
    name = place.name if is_first_order(place) else place.region
    return (place.country, name) if place.country and name else None


def softmax(
    scores: NDArray[np.float64], starts: NDArray[np.intp], owner: NDArray[np.intp], temperature: float
) -> NDArray[np.float64]:
    """Return how likely each candidate is within its name."""
    top = np.maximum.reduceat(scores, starts)
    raised = np.exp((scores - top[owner]) / temperature)
    total: NDArray[np.float64] = raised / np.add.reduceat(raised, starts)[owner]
    return total


def compute_km(first: GeoName, second: GeoName) -> float:
    """Return the distance of two places along the great circle, in kilometres."""
    return great_circle_km((first.latitude, first.longitude), (second.latitude, second.longitude))


def great_circle_km(first: tuple[float, float], second: tuple[float, float]) -> float:
    """Return the distance of two points (degrees north and east), in kilometres."""
    a, b, c, d = map(math.radians, (*first, *second))
    half = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def _number(values: Sequence[object]) -> NDArray[np.intp]:
    """Return a number for each value, the same for the same; -1 for None."""
    known: dict[object, int] = {}
    return np.array([-1 if v is None else known.setdefault(v, len(known)) for v in values], dtype=np.intp)
