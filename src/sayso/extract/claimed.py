"""What an article claims: its times, figures, places and names, and the assertions that they belong to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sayso.extract.assertions import Figures, find_assertions
from sayso.extract.name_notes import find_name_notes
from sayso.extract.places import resolve_places
from sayso.extract.quantities import find_quantities
from sayso.extract.times import find_times

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.encoder.features import Words
    from sayso.encoder.session import SyntaxScores
    from sayso.errors import Problem
    from sayso.extract.found import Found
    from sayso.extract.places import Names
    from sayso.records import Assertion, Attribution, Document, NameNote, Place, Quantity, Span, Time


@dataclass(frozen=True, slots=True)
class Claimed:
    """What one document claims, each in order of the text.

    Attributes:
        assertions: Who did what.
        times: When.
        quantities: How many.
        places: Where.
        name_notes: Names that look garbled.
        problems: Times and figures that cannot be.
    """

    assertions: list[Assertion]
    times: list[Time]
    quantities: list[Quantity]
    places: list[Place]
    name_notes: list[NameNote]
    problems: list[Problem]


def find_claimed(
    doc: Document,
    words: Words,
    syntax: SyntaxScores,
    found: Found,
    rows: Sequence[Attribution],
    unsourced: Sequence[Span],
    gazetteer: Names,
) -> Claimed:
    """Return what a document claims.

    Args:
        doc: The document.
        words: Its words.
        syntax: Who governs whom.
        found: What the heads found; its places and persons are read here.
        rows: The document's attributions.
        unsourced: Its factual sentences without a source.
        gazetteer: The names of places.
    """
    times, time_problems = find_times(doc.text, doc.published)
    quantities, quantity_problems = find_quantities(doc.text)
    speaking = [(span.start, span.end) for row in rows for span in row.source_spans]
    places = resolve_places(doc.text, found.places_named, gazetteer, speaking=speaking)
    quantities = _without(quantities, times)
    figures = Figures(times, quantities, places)
    return Claimed(
        assertions=find_assertions(doc, words, syntax, rows, unsourced, figures),
        times=times,
        quantities=quantities,
        places=places,
        name_notes=find_name_notes(doc.text, found.names),
        problems=[*time_problems, *quantity_problems],
    )


def _without(quantities: Sequence[Quantity], times: Sequence[Time]) -> list[Quantity]:
    """Return the quantities that share no character with a time: "7 May" is a day, not seven of something."""
    taken = [(time.span.start, time.span.end) for time in times]
    kept = []
    at = 0
    for quantity in quantities:
        while at < len(taken) and taken[at][1] <= quantity.span.start:
            at += 1
        if at == len(taken) or quantity.span.end <= taken[at][0]:
            kept.append(quantity)
    return kept
