"""Readings by the thousand of invented articles, for measuring what keeps them: nobody's names, no network, no model.

The same number and seed give the same reading everywhere. Names, places, outlets and words come as often as in real
news: a few very often, most of them hardly ever.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING

from sayso.ids import attribution_id, capture_id, document_id, source_id
from sayso.records import (
    Attribution,
    Capture,
    Captured,
    CaptureKind,
    Certainty,
    Directness,
    Document,
    Endorsement,
    GeoName,
    Kind,
    Moment,
    Naming,
    Place,
    PlaceScale,
    Precision,
    Quantity,
    QuantityKind,
    Reading,
    Run,
    Source,
    Span,
    Stance,
    Urls,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

RUN = Run(engine="sayso bench", model="invented", model_sha256="0" * 64)
CONSONANTS, VOWELS = "bdfgklmnprstvz", "aeiou"
N_WORDS, N_PEOPLE, N_PLACES, N_OUTLETS, N_BODIES = 20_000, 60_000, 4_000, 300, 8_000
DESCRIBED = ("a spokesman", "a nurse", "two officials", "residents", "the minister", "a driver", "a lawyer")
VAGUE = ("observers", "sources", "many", "critics", "it is thought")
ROLES = ("mayor", "minister", "spokeswoman", "colonel", "professor", None, None)
CUES = (
    ("said", Stance.ASSERTS, Endorsement.NEUTRAL),
    ("claimed", Stance.ASSERTS, Endorsement.DISTANCED),
    ("confirmed", Stance.CONFIRMS, Endorsement.ENDORSED),
    ("denied", Stance.DENIES, Endorsement.NEUTRAL),
    ("doubted", Stance.DOUBTS, Endorsement.NEUTRAL),
    ("demanded", Stance.ASKS, Endorsement.NEUTRAL),
    ("vowed", Stance.INTENDS, Endorsement.NEUTRAL),
    ("hoped", Stance.BELIEVES, Endorsement.NEUTRAL),
)
CUE_SHARES = (60, 8, 8, 6, 3, 7, 5, 3)
UNITS = (("km", QuantityKind.MEASURE), ("USD", QuantityKind.MONEY), ("percent", QuantityKind.PERCENT), (None, None))
ROWS_MEAN = 14
FIRST_YEAR, YEARS = 2015, 10


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the articles are made of; the first of each comes most often."""

    words: tuple[str, ...]
    people: tuple[str, ...]
    places: tuple[str, ...]
    outlets: tuple[str, ...]
    bodies: tuple[str, ...]


@cache
def load_vocabulary() -> Vocabulary:
    """Return the invented words and names."""
    dice = random.Random(20_260_101)  # noqa: S311  nothing secret

    def invent(count: int, syllables: tuple[int, int], ending: str = "") -> tuple[str, ...]:
        made: dict[str, None] = {}
        while len(made) < count:
            parts = (dice.choice(CONSONANTS) + dice.choice(VOWELS) for _ in range(dice.randint(*syllables)))
            made["".join(parts) + dice.choice(CONSONANTS) * dice.randint(0, 1) + ending] = None
        return tuple(made)

    first, last = invent(400, (2, 2)), invent(8_000, (2, 4))
    people = dict.fromkeys(f"{dice.choice(first).title()} {dice.choice(last).title()}" for _ in range(N_PEOPLE))
    return Vocabulary(
        words=invent(N_WORDS, (1, 4)),
        people=tuple(people),
        places=tuple(name.title() for name in invent(N_PLACES, (2, 3), "by")),
        outlets=tuple(f"The {name.title()} Courier" for name in invent(N_OUTLETS, (2, 3))),
        bodies=tuple(f"{name.title()} Council" for name in invent(N_BODIES, (2, 3))),
    )


def make_reading(number: int) -> Reading:
    """Return the reading of an invented article; each number has its own."""
    return _Author(number).write()


def make_captured(reading: Reading, *, warc: bytes | None = None) -> Captured:
    """Return bytes from which the document of a reading might have come."""
    doc = reading.document
    data = doc.text.encode()
    digest = sha256(data).hexdigest()
    capture = Capture(
        id=capture_id(url=doc.urls.asked, sha256=digest),
        kind=CaptureKind.FETCH,
        name=doc.urls.asked or doc.name,
        urls=doc.urls,
        captured_at="2026-01-01T00:00:00Z",
        status=200,
        media="text/html",
        sha256=digest,
        size_bytes=len(data),
        tool="sayso bench",
    )
    return Captured(capture=capture, data=data, warc=data if warc is None else warc)


class _Author:
    """Writes one article, and notes meanwhile what stands where."""

    def __init__(self, number: int) -> None:
        self._dice = random.Random(number)  # noqa: S311  nothing secret
        self._number = number
        self._known = load_vocabulary()
        self._parts: list[str] = []
        self._length = 0
        self._places: list[Place] = []
        self._quantities: list[Quantity] = []

    def write(self) -> Reading:
        dice, known = self._dice, self._known
        title = self._add(f"{self._words(6).capitalize()} {self._number}")
        self._add("\n\n")
        names = [self._name() for _ in range(max(1, int(dice.gauss(6, 2))))]
        rows = [self._sentence(dice.randrange(len(names)), names) for _ in range(max(1, int(dice.gauss(ROWS_MEAN, 4))))]
        text = "".join(self._parts)
        outlet = _often(dice, known.outlets)
        published = self._published()
        doc_id = document_id(text=text, outlet=outlet, published=published and published.value)
        url = f"https://{outlet.split()[1].lower()}.example/{self._number}"
        doc = Document(
            id=doc_id,
            name=url,
            text=text,
            title=title,
            body_start=title.end + 2,
            outlet=outlet,
            published=published,
            format="html",
            urls=Urls(asked=url, canonical=url),
        )
        sources = [self._source(doc_id, place, *name) for place, name in enumerate(names)]
        return Reading(
            document=doc,
            sources=tuple(sources),
            attributions=tuple(self._row(doc_id, sources, row) for row in rows),
            relations=(),
            origins=(sources[0].id,),
            headline=None,
            unsourced=(),
            problems=(),
            run=RUN,
            places=tuple(self._places),
            quantities=tuple(self._quantities),
        )

    def _add(self, words: str) -> Span:
        start = self._length
        self._parts.append(words)
        self._length += len(words)
        return Span(start=start, end=self._length, exact=words)

    def _words(self, count: int) -> str:
        return " ".join(_often(self._dice, self._known.words) for _ in range(count))

    def _published(self) -> Moment | None:
        dice = self._dice
        if dice.random() < 0.02:  # noqa: PLR2004  a share
            return None
        day = f"{FIRST_YEAR + dice.randrange(YEARS)}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}"
        value = f"{day}T{dice.randrange(24):02}:{dice.randrange(60):02}:00+02:00"
        return Moment(value=value, precision=Precision.SECOND, stated_in="given")

    def _name(self) -> tuple[str, Kind, Naming]:
        dice, known = self._dice, self._known
        sort = dice.random()
        if sort < 0.45:  # noqa: PLR2004  a share, as the next ones
            return _often(dice, known.people), Kind.PERSON, Naming.NAMED
        if sort < 0.65:  # noqa: PLR2004
            return _often(dice, known.bodies), Kind.ORGANISATION, Naming.NAMED
        if sort < 0.9:  # noqa: PLR2004
            return dice.choice(DESCRIBED), dice.choice((Kind.PERSON, Kind.GROUP)), Naming.DESCRIBED
        return dice.choice(VAGUE), Kind.UNKNOWN, Naming.VAGUE

    def _source(self, doc_id: str, place: int, name: str, kind: Kind, naming: Naming) -> Source:
        return Source(
            id=source_id(document=doc_id, first_start=place, name=name),
            name=name,
            kind=kind,
            naming=naming,
            role=self._dice.choice(ROLES) if kind is Kind.PERSON else None,
            made_by=("bench",),
        )

    def _sentence(self, speaker: int, names: Sequence[tuple[str, Kind, Naming]]) -> tuple[int, Span, Span, Span, int]:
        """Write a claim and who makes it; return the speaker, content, mention, cue and which cue."""
        dice = self._dice
        start = self._length
        self._add(self._words(dice.randint(5, 14)))
        if dice.random() < 0.5:  # noqa: PLR2004  a share, as the next
            self._add(" in ")
            self._places.append(self._place(self._add(_often(dice, self._known.places))))
        if dice.random() < 0.3:  # noqa: PLR2004
            self._add(" of ")
            unit, kind = dice.choice(UNITS)
            low = int(10 ** dice.uniform(0, 6))
            span = self._add(f"{low} {unit or 'things'}")
            high = None if dice.random() < 0.2 else str(low)  # noqa: PLR2004  the same
            self._quantities.append(
                Quantity(span=span, low=str(low), high=high, kind=kind or QuantityKind.COUNT, unit=unit)
            )
        content = Span(start=start, end=self._length, exact="".join(self._parts)[start:])
        self._add(", ")
        mention = self._add(names[speaker][0])
        self._add(" ")
        which = dice.choices(range(len(CUES)), CUE_SHARES)[0]
        cue = self._add(CUES[which][0])
        self._add(". ")
        return speaker, content, mention, cue, which

    def _place(self, span: Span) -> Place:
        found = GeoName(
            id=len(span.exact),
            name=span.exact,
            scale=PlaceScale.CITY,
            country=None,
            region=None,
            latitude=0.0,
            longitude=0.0,
            population=0,
        )
        return Place(
            span=span, candidates=(found,), is_ambiguous=False, stands_for=None, why="invented", confidence=0.9
        )

    def _row(self, doc_id: str, sources: Sequence[Source], row: tuple[int, Span, Span, Span, int]) -> Attribution:
        speaker, content, mention, cue, which = row
        dice = self._dice
        _, stance, endorsement = CUES[which]
        via = (dice.choice(sources).id,) if dice.random() < 0.1 else ()  # noqa: PLR2004  a share
        return Attribution(
            id=attribution_id(document=doc_id, cue=[(cue.start, cue.end)], content=[(content.start, content.end)]),
            source=sources[speaker].id,
            source_spans=(mention,),
            cue_spans=(cue,),
            content_spans=(content,),
            via=via,
            stance=stance,
            certainty=dice.choices(tuple(Certainty), (70, 18, 12))[0],
            endorsement=endorsement,
            directness=Directness.INDIRECT,
            confidence=round(min(1.0, dice.betavariate(5, 1.5)), 6),
            made_by=("bench",),
        )


def _often(dice: random.Random, choices: Sequence[str]) -> str:
    """Return one of these, the first ones far more often than the last."""
    return choices[int(len(choices) ** dice.random()) - 1]
