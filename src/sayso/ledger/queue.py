"""Which rows a person is asked about first: those that are most probably wrong and would harm most if they were.

A score is a table of named features. Each says how doubtful it finds a row, 0 to 1, and its weight; a row's score is
the sum of the products times the harm of its stance. What a person is told are the features that weighed, in words.

Rule 1: the order is the same on every machine: by score, then by document and row.
Rule 2: a score is for asking, never shown as a probability: 0.8 of it is not eight in ten.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sayso.ledger.unmasking import find_source
from sayso.records import Stance

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from sayso.records import Attribution, Reading, Source

    Doubt = Callable[[Attribution, Source | None], float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """One reason for asking.

    Attributes:
        name: Short and stable.
        weight: How much its doubt counts.
        doubt: 0..1, of a row and its source.
        why: What a person is told.
    """

    name: str
    weight: float
    doubt: Doubt
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """One feature of one row.

    Attributes:
        name: The feature's.
        points: Its part of the score.
        why: What a person is told.
    """

    name: str
    points: float
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A row that a person is to be asked about.

    Attributes:
        document: The document's id.
        row: The row's id.
        start: Where it begins in the text.
        score: The higher the sooner; 0 or more.
        why: What weighed, the heaviest first.
    """

    document: str
    row: str
    start: int
    score: float
    why: tuple[Weighed, ...]


def _miss(confidence: float) -> float:
    return min(max(1.0 - confidence, 0.0), 1.0)


def _doubt_row(att: Attribution, _source: Source | None) -> float:
    return _miss(att.confidence)


def _doubt_stance(att: Attribution, _source: Source | None) -> float:
    return _miss(att.label_confidence[0])


def _doubt_certainty(att: Attribution, _source: Source | None) -> float:
    return _miss(att.label_confidence[1])


def _doubt_endorsement(att: Attribution, _source: Source | None) -> float:
    return _miss(att.label_confidence[2])


def _doubt_source(_att: Attribution, source: Source | None) -> float:
    return 1.0 if source is None else _miss(source.confidence)


def _doubt_party(_att: Attribution, source: Source | None) -> float:
    return 1.0 if source is None or source.unresolved else 0.0


def _doubt_cue(att: Attribution, _source: Source | None) -> float:
    return 0.0 if att.cue_spans else 1.0


FEATURES: Final = (
    Feature(name="row", weight=1.0, doubt=_doubt_row, why="unsure of who says what here"),
    Feature(name="stance", weight=0.5, doubt=_doubt_stance, why="unsure of what the source does with it"),
    Feature(name="certainty", weight=0.5, doubt=_doubt_certainty, why="unsure of how certain the source puts it"),
    Feature(name="endorsement", weight=0.5, doubt=_doubt_endorsement, why="unsure of how the article puts it"),
    Feature(name="source", weight=0.5, doubt=_doubt_source, why="unsure of what sort of party the source is"),
    Feature(name="party", weight=0.1, doubt=_doubt_party, why="it could not be told who is meant"),
    Feature(name="cue", weight=0.1, doubt=_doubt_cue, why="no words in the text ascribe it"),
)

REFUSALS: Final = frozenset({Stance.DENIES, Stance.DOUBTS, Stance.DECLINES})
HARM: Final[dict[Stance, float]] = {**dict.fromkeys(REFUSALS, 1.5), Stance.OTHER: 0.5}
"""How much worse than usual it is to be wrong: whoever is said to have denied a thing, and did not, is harmed most, and
these rows are wrong most often. Rows that nobody says are in no list of claims."""
HARM_WHY: Final = "a denial, a doubt or a refusal: wrong here harms most"

SHOWN_POINTS: Final = 0.1
"""Features that weigh less are not worth a person's time to read."""


def weigh_row(reading: Reading, att: Attribution) -> Question:
    """Return a row with its score and what weighed."""
    return _weigh(reading.document.id, att, find_source(reading, att.source))


def rank_rows(
    readings: Iterable[tuple[Reading, Collection[str]]],
    *,
    wanted: Collection[str] | None = None,
    limit: int | None = None,
) -> Iterator[Question]:
    """Yield rows, the most doubtful first.

    Args:
        readings: Readings, each with the ids of the rows that are not to be asked: those judged already. Each is looked
            at once, and not held.
        wanted: Ids of the rows to keep to; None for all.
        limit: How many at most; None for all.
    """
    rows = _iter_weighed(readings, wanted)
    yield from sorted(rows, key=_order) if limit is None else heapq.nsmallest(max(limit, 0), rows, key=_order)


def _iter_weighed(
    readings: Iterable[tuple[Reading, Collection[str]]], wanted: Collection[str] | None
) -> Iterator[Question]:
    for reading, judged in readings:
        sources = {source.id: source for source in reading.sources}
        for att in reading.attributions:
            if att.id not in judged and (wanted is None or att.id in wanted):
                yield _weigh(reading.document.id, att, sources.get(att.source))


def _order(asked: Question) -> tuple[float, str, int, str]:
    return -asked.score, asked.document, asked.start, asked.row


def _weigh(document: str, att: Attribution, source: Source | None) -> Question:
    harm = HARM.get(att.stance, 1.0)
    weighed = [
        Weighed(name=feature.name, points=round(harm * feature.weight * feature.doubt(att, source), 6), why=feature.why)
        for feature in FEATURES
    ]
    score = round(sum(one.points for one in weighed), 6)
    shown = sorted((one for one in weighed if one.points >= SHOWN_POINTS), key=lambda one: -one.points)
    if harm > 1.0:
        shown.append(Weighed(name="harm", points=round(score - score / harm, 6), why=HARM_WHY))
    spans = att.cue_spans + att.content_spans + att.source_spans
    return Question(
        document=document,
        row=att.id,
        start=min((span.start for span in spans), default=0),
        score=score,
        why=tuple(shown),
    )
