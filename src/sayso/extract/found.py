"""What the heads found in one document, on its way from the model to the records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.encoder.session import RowScores, SyntaxScores
    from sayso.extract.clusters import Cluster
    from sayso.extract.pairs import Places, RowView
    from sayso.extract.routes import Medium
    from sayso.extract.rows import RawRow
    from sayso.extract.sources import PairScores


@dataclass(frozen=True, slots=True)
class Found:
    """What the heads found in one document, before it is put into records.

    Attributes:
        rows: The raw rows, in order.
        places: Where source, cue and content of each stand; the source is the one cited, where an outlet cites one.
        views: What the pair features read of each.
        labels: The label head's scores of each.
        pairs: The pair head's scores.
        clusters: The rows joined into sources.
        owner: For each row the number of its cluster.
        within: For each row the number of the row that holds it.
        media: For each row its media, and by what they were carried on; empty where they are its own.
        people: Full names of persons in the text.
        persons: Where the text names persons.
        places_named: Where it names places.
        syntax: Who governs whom.
    """

    rows: list[RawRow]
    places: list[Places]
    views: list[RowView]
    labels: RowScores
    pairs: PairScores
    clusters: list[Cluster]
    owner: dict[int, int]
    within: list[int | None]
    media: list[tuple[Sequence[Medium], str]]
    people: list[str]
    persons: list[tuple[int, int]]
    places_named: list[tuple[int, int]]
    syntax: SyntaxScores
