"""What an article claims: its times, figures, places and names, and the assertions that they belong to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sayso.extract.assertions import Figures, find_assertions
from sayso.extract.name_notes import find_name_notes, find_place_notes
from sayso.extract.place_mentions import find_unknown, join_mentions
from sayso.extract.places import resolve_places
from sayso.extract.quantities import find_quantities
from sayso.extract.times import find_times
from sayso.text import span_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.encoder.features import Words
    from sayso.errors import Problem
    from sayso.extract.found import Found
    from sayso.extract.place_candidates import PlaceIndex
    from sayso.records import Assertion, Document, NameNote, Place, Quantity, Reading, Time


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


def find_claimed(reading: Reading, words: Words, found: Found, gazetteer: PlaceIndex) -> Claimed:
    """Return what a document claims.

    Args:
        reading: Its rows and its sentences without a source.
        words: Its words.
        found: What the heads found; its syntax, places and persons are read here.
        gazetteer: The names of places.
    """
    doc = reading.document
    times, time_problems = find_times(doc.text, doc.published)
    quantities, quantity_problems = find_quantities(doc.text)
    speaking = [(span.start, span.end) for row in reading.attributions for span in row.source_spans]
    mentions = join_mentions(doc.text, found.places_named, gazetteer)
    places = resolve_places(doc.text, mentions, gazetteer, speaking=speaking)
    quantities = _without(quantities, times)
    return Claimed(
        assertions=find_assertions(reading, words, found.syntax, Figures(times, quantities, places)),
        times=times,
        quantities=quantities,
        places=places,
        name_notes=_note_names(doc, found, places, gazetteer),
        problems=[*time_problems, *quantity_problems],
    )


def _note_names(doc: Document, found: Found, places: Sequence[Place], gazetteer: PlaceIndex) -> list[NameNote]:
    """Return the names that look garbled, beside others of the text or beside the gazetteer's, in order."""
    names = [span_at(doc.text, *at) for at in sorted(found.persons + found.places_named)]
    notes = find_name_notes(doc.text, names)
    noted = {note.span for note in notes}
    unplaced = {place.span for place in places if not place.candidates}
    unplaced |= {span_at(doc.text, *at) for at in find_unknown(doc.text, gazetteer)}
    unplaced -= noted
    if unplaced:
        notes += find_place_notes(sorted(unplaced, key=lambda span: span.start), gazetteer.known_names)
    return sorted(notes, key=lambda note: note.span.start)


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
