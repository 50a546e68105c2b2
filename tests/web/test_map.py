"""The map: rings as wide as places are large, faint ones where it is not clear which is meant."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

pytest.importorskip("starlette", reason="the web app is an extra: pip install 'sayso[web]'")

from hypothesis import given
from hypothesis import strategies as st

from sayso.records import GeoName, Place, PlaceScale
from sayso.text import span_at
from sayso.web.place_map import Placed, draw_map, find_places, say_place
from tests.corroborate.stories_told import join
from tests.tellings import toll
from tests.web.told_case import open_app, tell_story

if TYPE_CHECKING:
    from pathlib import Path


def make_geo(latitude: float, longitude: float, scale: PlaceScale = PlaceScale.CITY, key: int = 1) -> GeoName:
    """Return a place of the gazetteer."""
    return GeoName(
        id=key,
        name="Orlby <b>",
        scale=scale,
        country="XX",
        region="Amsel",
        latitude=latitude,
        longitude=longitude,
        population=0,
    )


@given(st.lists(st.tuples(st.floats(-90, 90), st.floats(-180, 180)), min_size=1, max_size=6))
def test_every_place_lies_on_the_map(points: list[tuple[float, float]]) -> None:
    places = [Placed(name="Orlby", may_be=(make_geo(*point),), claims=(3,)) for point in points]
    root = ET.fromstring(str(draw_map(places)))  # noqa: S314  our own
    width, height = float(root.get("width") or 0), float(root.get("height") or 0)
    dots = [one for one in root.iter("{http://www.w3.org/2000/svg}circle") if one.get("class") == "dot"]
    assert len(dots) == len(points)
    for dot in dots:
        assert 0 <= float(dot.get("cx") or -1) <= width
        assert 0 <= float(dot.get("cy") or -1) <= height


def test_a_country_has_a_wider_ring_than_a_town_and_what_is_not_clear_has_faint_ones() -> None:
    town, land = make_geo(50, 10), make_geo(52, 30, PlaceScale.COUNTRY)
    clear = [Placed(name="Orlby", may_be=(town,), claims=(1,)), Placed(name="Land", may_be=(land,), claims=(1,))]
    root = ET.fromstring(str(draw_map(clear)))  # noqa: S314  our own
    rings = [float(one.get("r") or 0) for one in root.iter() if one.get("class") == "ring"]
    assert rings[0] < rings[1]
    unclear = Placed(name="Orlby", may_be=(town, make_geo(40, 20, key=2)), claims=(1,))
    drawn = draw_map([unclear])
    assert drawn.count("ring faint") == 2
    assert 'class="ring"' not in drawn
    assert "Orlby?" in drawn
    assert "<b>" not in drawn
    assert "perhaps" in say_place(unclear)
    assert draw_map([]) == ""


def test_places_of_claims_are_found_and_those_that_stand_for_somebody_are_not() -> None:
    readings = []
    for reading in (toll("12", "12", "2024-05-04"), toll("19", "19", "2024-05-05", outlet="Coast Daily")):
        at = reading.document.text.find("Orlby")
        place = Place(
            span=span_at(reading.document.text, at, at + 5),
            candidates=(make_geo(50, 10), make_geo(40, 20, key=2)),
            is_ambiguous=False,
            stands_for=None,
            why="",
            confidence=0.9,
        )
        speaks = replace(place, stands_for="the council of Orlby")
        assertions = tuple(replace(one, places=(0, 1)) for one in reading.assertions)
        readings.append(replace(reading, places=(place, speaks), assertions=assertions))
    findings = join(*readings)
    places = find_places(findings, {reading.document.id: reading for reading in readings})
    assert {(one.name, len(one.may_be)) for one in places} == {("Orlby", 1)}
    assert places[0].claims


def test_a_story_without_places_says_so(tmp_path: Path) -> None:
    with open_app(tmp_path, *tell_story()) as client:
        story = client.get("/timeline").text.partition('href="/map/')[2].partition('"')[0]
        page = client.get(f"/map/{story}")
        assert page.status_code == 200
        assert "No claim of this story" in page.text
        assert client.get("/map/sty-0000").status_code == 404
