"""Years that are not stated, taken from another full date of the text where the publication date is not known."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sayso.extract.dating.figures import FigureDate
from sayso.extract.dating.relative import Part
from sayso.extract.dating.spans import Clock, Daypart, OpenStretch, Range
from sayso.extract.dating.values import Calendar, Placed, Scene, Value
from sayso.records import TimeBasis

if TYPE_CHECKING:
    from sayso.extract.dating.almanac import Stretch


def lacks_year_alone(value: Value) -> bool:
    """Return whether a value would be placed, were the year of its month known."""
    if isinstance(value, Calendar):
        return value.year is not None or value.month is not None
    if isinstance(value, FigureDate):
        return True
    if isinstance(value, Range):
        return lacks_year_alone(value.first) and lacks_year_alone(value.last)
    inner = {OpenStretch: "edge", Part: "whole", Clock: "day", Daypart: "day"}.get(type(value))
    within = getattr(value, inner) if inner else None
    return within is not None and lacks_year_alone(within)


def place_beside(value: Value, scene: Scene, anchor: tuple[Stretch, str]) -> Placed | None:
    """Return the place of a value in the year that brings it nearest to a full date; None where more than that lacks.

    Raises:
        Unplaceable: There is no such day near.
    """
    stretch, words = anchor
    if stretch.first is None or not lacks_year_alone(value):
        return None
    day = stretch.first.replace(hour=0, minute=0, second=0)
    placed = value.place(replace(scene, today=day, tense=None))
    why = f"year not stated, and the publication date is not known: the one that brings it nearest to “{words}”"
    return replace(placed, basis=TimeBasis.ANCHORED, why=why)
