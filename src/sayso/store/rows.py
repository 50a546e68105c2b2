"""What the lists know of each document and each row: pure, and the same for every store."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from math import inf
from pathlib import PurePath
from typing import TYPE_CHECKING

from sayso.records import LOW_CONFIDENCE, ArticleRow, ClaimRow, Judged, Kind, Naming
from sayso.store.moments import count_day, count_minute

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sayso.records import Attribution, Document, Quantity, Reading, Source, Span
    from sayso.store.judged import JudgedReading

ROWS_MAX = 100_000
"""More rows than this of one document are not listed (they are in its reading): it is no article."""
GAP = " … "
PASTED = "pasted"


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity as an interval.

    Attributes:
        low: Its least value.
        high: Its greatest.
        unit: None for a count.
    """

    low: float
    high: float
    unit: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One row as lists find it.

    Attributes:
        row: What is shown.
        source: Who speaks.
        line: By what sources of several documents come to one line, before persons judged them.
        vias: Names of who carried it, folded.
        places: Names of its places, as written and in English, folded.
        figures: Its quantities.
        is_low: Whether the machine is unsure of it.
    """

    row: ClaimRow
    source: Source
    line: str
    vias: tuple[str, ...]
    places: tuple[str, ...]
    figures: tuple[Figure, ...]
    is_low: bool


def fold(name: str) -> str:
    """Return a name as it is compared: without case."""
    return name.casefold()


def name_line(source: Source) -> str:
    """Return what two sources must have in common to share a line; no more than one has it where they must not."""
    if source.naming is not Naming.NAMED:
        return source.id
    return f"{source.kind.value} {fold(source.name)}"


def find_url(doc: Document) -> str | None:
    """Return the address under which a document is shown."""
    return doc.urls.canonical or doc.urls.final or doc.urls.asked


def find_title(doc: Document) -> str | None:
    """Return a document's title."""
    return None if doc.title is None else doc.title.exact


def when(doc: Document) -> tuple[int | None, int | None]:
    """Return the minute and the day of a document's publication."""
    stated = None if doc.published is None else doc.published.value
    return count_minute(stated), count_day(stated)


def count_problems(doc: Document, reading: Reading | None) -> int:
    """Return how many problems a text and its reading have; a reading repeats those of its text."""
    return len({*doc.problems, *(reading.problems if reading else ())})


def make_entries(judged: JudgedReading) -> list[Entry]:
    """Return the rows of a reading as persons have it, in the order of the text."""
    reading = judged.reading
    sources = {source.id: source for source in reading.sources}
    claimed = _find_claimed(reading)
    shown = [att for att in reading.attributions if att.source in sources][:ROWS_MAX]
    return [_make_entry(att, judged, sources, *claimed.get(att.id, ((), ()))) for att in shown]


def make_article(
    doc: Document,
    entries: Iterable[Entry],
    *,
    problems: int,
    captured_at: str,
    added_at: str,
    superseded_by: str | None,
) -> ArticleRow:
    """Return a document as the list of articles shows it."""
    rows = [entry.row for entry in entries]
    counted = [row for row in rows if row.judged is not Judged.REJECTED]
    return ArticleRow(
        id=doc.id,
        title=find_title(doc),
        name=doc.name,
        outlet=doc.outlet,
        published=None if doc.published is None else doc.published.value,
        url=find_url(doc),
        captured_at=captured_at,
        added_at=added_at,
        format=doc.format,
        n_claims=len(counted),
        n_sources=len({row.source for row in counted}),
        n_judged=sum(row.judged is not Judged.NOT for row in rows),
        n_problems=problems,
        supersedes=doc.supersedes,
        superseded_by=superseded_by,
    )


def _make_entry(
    att: Attribution,
    judged: JudgedReading,
    sources: dict[str, Source],
    places: tuple[int, ...],
    quantities: tuple[int, ...],
) -> Entry:
    reading = judged.reading
    doc = reading.document
    source = sources[att.source]
    vias = [sources[one].name for one in att.via if one in sources]
    named = _pick(len(reading.places), places, [place.span for place in reading.places], att.content_spans)
    counted = _pick(len(reading.quantities), quantities, [each.span for each in reading.quantities], att.content_spans)
    row = ClaimRow(
        id=att.id,
        document=doc.id,
        title=find_title(doc),
        outlet=doc.outlet,
        published=None if doc.published is None else doc.published.value,
        url=find_url(doc),
        source=source.id,
        source_name=source.name,
        kind=Kind(source.kind),
        naming=Naming(source.naming),
        via=tuple(vias),
        cue=_join(att.cue_spans),
        content=_join(att.content_spans),
        start=next((span.start for span in (*att.content_spans, *att.cue_spans)), 0),
        stance=att.stance,
        certainty=att.certainty,
        endorsement=att.endorsement,
        confidence=att.confidence,
        places=tuple(dict.fromkeys(reading.places[number].span.exact for number in named)),
        quantities=tuple(dict.fromkeys(reading.quantities[number].span.exact for number in counted)),
        judged=judged.judged.get(att.id, Judged.NOT),
    )
    return Entry(
        row=row,
        source=source,
        line=name_line(source),
        vias=tuple(dict.fromkeys(fold(name) for name in vias)),
        places=tuple(dict.fromkeys(name for number in named for name in _name_place(reading, number))),
        figures=tuple(dict.fromkeys(_measure(reading.quantities[number]) for number in counted)),
        is_low=att.confidence < LOW_CONFIDENCE,
    )


def _find_claimed(reading: Reading) -> dict[str, tuple[tuple[int, ...], tuple[int, ...]]]:
    """Return for each row the numbers of the places and quantities in its assertions."""
    found: dict[str, tuple[tuple[int, ...], tuple[int, ...]]] = {}
    for one in reading.assertions:
        if one.attribution is not None:
            places, quantities = found.get(one.attribution, ((), ()))
            found[one.attribution] = (places + one.places, quantities + one.quantities)
    return found


def _pick(count: int, stated: tuple[int, ...], spans: list[Span], content: tuple[Span, ...]) -> list[int]:
    """Return the numbers of those that an assertion of the row names or that stand in its content, in order."""
    inside = (
        number
        for number, span in enumerate(spans)
        if any(part.start <= span.start and span.end <= part.end for part in content)
    )
    return sorted({*inside, *(number for number in stated if 0 <= number < count)})


def _name_place(reading: Reading, number: int) -> tuple[str, ...]:
    place = reading.places[number]
    return (fold(place.span.exact), *(fold(found.name) for found in place.candidates[:1]))


def _measure(quantity: Quantity) -> Figure:
    low, high = read_number(quantity.low), read_number(quantity.high)
    return Figure(-inf if low is None else low, inf if high is None else high, quantity.unit)


def say_without_name(message: str, name: str) -> str:
    """Return why something is no article without the name before it: it stands beside it, perhaps in another form.

    Bytes that came twice, from a file and pasted in, are one capture: the message may give its other name.
    """
    if message.startswith(f"{name}: "):
        return message[len(name) + 2 :]
    head, _, rest = message.partition(": ")
    return rest if rest and head in {PASTED, PurePath(name).name} else message


def read_number(words: str | None) -> float | None:
    """Return a plain decimal number; None for None and for what is no number."""
    try:
        number = None if words is None else Decimal(words)
    except InvalidOperation:
        return None
    return None if number is None or not number.is_finite() else float(number)


def _join(spans: tuple[Span, ...]) -> str:
    return GAP.join(span.exact for span in spans)
