"""Where claims are said to happen, as SVG: coordinates on a graticule, without outlines and without a tile server.

Rule 1: a mark is as wide as the place is large: a ring of a few kilometres for a town, of hundreds for a country.
Rule 2: where it is not clear which place is meant, each that it may be has a faint mark, and none a full one.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from sayso.export.visible import show
from sayso.records import PlaceScale

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sayso.records import GeoName, Reading, StoryFindings

WIDTH: Final = 1100
TALLEST: Final = 640
MARGIN: Final = 0.18
LEAST_DEGREES: Final = 3.0
POLE: Final = 85.0
KM_IN_DEGREE: Final = 111.2
RADIUS_KM: Final = {PlaceScale.CITY: 8, PlaceScale.REGION: 90, PlaceScale.COUNTRY: 350, PlaceScale.CONTINENT: 1800}
LEAST_RADIUS: Final = 7
MAY_BE_MAX: Final = 5
STEPS: Final = (0.5, 1, 2, 5, 10, 15, 30, 60)
LINES_MAX: Final = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A place with the claims that are said to happen there.

    Attributes:
        name: As the text names it.
        may_be: What it may be, the likeliest first; one where it is clear.
        claims: Numbers of the claims.
    """

    name: str
    may_be: tuple[GeoName, ...]
    claims: tuple[int, ...]


def find_places(findings: StoryFindings, readings: Mapping[str, Reading]) -> list[Placed]:
    """Return the places of a story's claims that the gazetteer has, those of most claims first."""
    found: dict[tuple[str, tuple[int, ...]], tuple[tuple[GeoName, ...], dict[int, None]]] = {}
    for claim in findings.claims:
        for mention in claim.claim.mentions:
            reading = readings[mention.document]
            assertions = [one for one in reading.assertions if one.id in mention.assertions]
            for place in (reading.places[number] for one in assertions for number in one.places):
                if place.stands_for is None and place.candidates:
                    may_be = place.candidates[: MAY_BE_MAX if place.is_ambiguous else 1]
                    key = (place.span.exact, tuple(one.id for one in may_be))
                    found.setdefault(key, (may_be, {}))[1][claim.number] = None
    placed = [Placed(name=name, may_be=may_be, claims=tuple(claims)) for (name, _), (may_be, claims) in found.items()]
    return sorted(placed, key=lambda one: (-len(one.claims), one.name))


def draw_map(places: Sequence[Placed]) -> Markup:
    """Return places as SVG, with a link from each to its place in a list; empty where there are none."""
    if not places:
        return Markup("")
    ground = _Ground([geo for place in places for geo in place.may_be])
    parts = [*ground.draw_lines()]
    for number, place in enumerate(places):
        is_clear = len(place.may_be) == 1
        marks = [_draw_mark(ground, geo, is_clear=is_clear) for geo in place.may_be]
        x, y = ground.find(place.may_be[0])
        label = show(place.name) if is_clear else f"{show(place.name)}?"
        parts.append(
            Markup(
                '<a href="#p-{}" aria-label="{full}">{}<text x="{}" y="{}">{}</text><title>{full}</title></a>'
            ).format(number, Markup("").join(marks), x + 11, y + 4, label, full=say_place(place))
        )
    head = Markup('<svg xmlns="http://www.w3.org/2000/svg" class="map" role="group" aria-label="{}" {}>').format(
        "Where it is said to have happened",
        Markup('width="{0}" height="{1}" viewBox="0 0 {0} {1}"').format(WIDTH, ground.height),
    )
    return head + Markup("").join(parts) + Markup("</svg>")


def say_place(place: Placed) -> str:
    """Return a place in words: what it is, or what it may be."""
    said = [", ".join(filter(None, (show(geo.name), show(geo.region or ""), geo.country))) for geo in place.may_be]
    return said[0] if len(said) == 1 else f"{show(place.name)}, perhaps {' or '.join(said)}"


class _Ground:
    """The part of the globe that is drawn, flat: degrees east along the width, as long as they are in its middle."""

    def __init__(self, geos: Sequence[GeoName]) -> None:
        lats, lons = [max(-POLE, min(POLE, geo.latitude)) for geo in geos], [geo.longitude for geo in geos]
        self.shrink = math.cos(math.radians((min(lats) + max(lats)) / 2))
        tall = max(max(lats) - min(lats), LEAST_DEGREES) * (1 + 2 * MARGIN)
        wide = max((max(lons) - min(lons)) * self.shrink, LEAST_DEGREES) * (1 + 2 * MARGIN)
        self.scale = min(WIDTH / wide, TALLEST / tall)
        self.height = min(TALLEST, max(round(tall * self.scale), TALLEST // 2))
        self.north = (min(lats) + max(lats)) / 2 + self.height / self.scale / 2
        self.west = (min(lons) + max(lons)) / 2 - WIDTH / self.scale / self.shrink / 2

    def find(self, geo: GeoName) -> tuple[float, float]:
        """Return where a place lies."""
        return self._x(geo.longitude), self._y(max(-POLE, min(POLE, geo.latitude)))

    def find_radius(self, scale: PlaceScale) -> float:
        """Return how wide a place of this size is."""
        return round(max(LEAST_RADIUS, RADIUS_KM[scale] / KM_IN_DEGREE * self.scale), 1)

    def draw_lines(self) -> Iterator[Markup]:
        """Yield the graticule."""
        wide, tall = WIDTH / self.scale / self.shrink, self.height / self.scale
        step = next((one for one in STEPS if max(wide, tall) / one <= LINES_MAX), STEPS[-1])
        for at in _iter_steps(self.west, self.west + wide, step):
            words = f"{abs((at + 180) % 360 - 180):g}°{'E' if (at + 180) % 360 >= 180 else 'W'}"  # noqa: PLR2004  degrees
            yield Markup('<path class="line" d="M{0} 0V{1}"/><text class="quiet" x="{2}" y="{3}">{4}</text>').format(
                self._x(at), self.height, self._x(at) + 4, self.height - 6, words
            )
        for at in _iter_steps(self.north - tall, self.north, step):
            yield Markup('<path class="line" d="M0 {0}H{1}"/><text class="quiet" x="4" y="{2}">{3}</text>').format(
                self._y(at), WIDTH, self._y(at) - 4, f"{abs(at):g}°{'N' if at >= 0 else 'S'}"
            )

    def _x(self, longitude: float) -> float:
        return round((longitude - self.west) * self.shrink * self.scale, 1)

    def _y(self, latitude: float) -> float:
        return round((self.north - latitude) * self.scale, 1)


def _iter_steps(low: float, high: float, step: float) -> Iterator[float]:
    at = math.ceil(low / step) * step
    while at <= high:
        yield at
        at += step


def _draw_mark(ground: _Ground, geo: GeoName, *, is_clear: bool) -> Markup:
    x, y = ground.find(geo)
    return Markup(
        '<circle class="ring{0}" cx="{1}" cy="{2}" r="{3}"/><circle class="dot{0}" cx="{1}" cy="{2}" r="3"/>'
    ).format("" if is_clear else " faint", x, y, ground.find_radius(geo.scale))
