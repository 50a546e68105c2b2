"""What every reading promises, whatever the text and whatever the model."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sayso.records import Attribution, Reading, Span


def check_reading(reading: Reading) -> None:
    """Check that every span says what stands at its place and that every id that is named is there."""
    doc = reading.document
    check_spans(doc.text, (span for row in reading.attributions for span in spans_of(row)))
    check_spans(doc.text, (span for source in reading.sources for span in source.mentions))
    check_spans(doc.text, reading.unsourced)
    sources = [source.id for source in reading.sources]
    rows = {row.id: row for row in reading.attributions}
    assert len(set(sources)) == len(sources)
    assert len(rows) == len(reading.attributions)
    assert {source for row in rows.values() for source in (row.source, *row.via)} == set(sources)
    assert set(reading.origins) <= set(sources)
    assert len(set(reading.origins)) == len(reading.origins)
    for row in rows.values():
        check_row(row, rows)
    for relation in reading.relations:
        assert {relation.from_id, relation.to_id} <= set(rows)
        assert relation.from_id != relation.to_id
        assert 0 <= relation.confidence <= 1
        assert relation.why
    for source in reading.sources:
        assert 0 <= source.confidence <= 1
        assert source.made_by
        assert source.name
        assert list(source.mentions) == sorted(source.mentions, key=lambda span: (span.start, span.end))
    assert (reading.headline is None) == (doc.title is None)
    assert set(reading.headline.rows if reading.headline else ()) <= set(rows)
    assert all(span.start >= doc.body_start for span in reading.unsourced)
    for problem in reading.problems:
        if problem.start is not None and problem.end is not None:
            assert 0 <= problem.start <= problem.end <= len(doc.text)


def check_row(row: Attribution, rows: dict[str, Attribution]) -> None:
    """Check one row: its parts, its route, its place within others."""
    assert row.cue_spans
    assert row.content_spans
    assert len(row.source_spans) <= 1
    for spans in (row.cue_spans, row.content_spans):
        assert all(one.end <= other.start for one, other in pairwise(spans)), "in order and apart"
    assert row.source not in row.via
    assert len(set(row.via)) == len(row.via)
    assert 0 <= row.confidence <= 1
    assert all(0 <= value <= 1 for value in row.label_confidence)
    assert row.made_by
    seen = {row.id}
    above = row.within
    while above is not None:
        assert above not in seen, "a row never lies within itself"
        seen.add(above)
        above = rows[above].within
    if row.within is not None:
        assert touches(row.cue_spans, rows[row.within].content_spans)


def check_spans(text: str, spans: Iterable[Span]) -> None:
    """Check that spans say what stands at their places."""
    for span in spans:
        assert 0 <= span.start < span.end <= len(text)
        assert text[span.start : span.end] == span.exact


def spans_of(row: Attribution) -> tuple[Span, ...]:
    """Return all spans of a row."""
    return (*row.source_spans, *row.cue_spans, *row.content_spans)


def touches(some: Sequence[Span], others: Sequence[Span]) -> bool:
    """Return whether two parts share a code point."""
    return any(one.start < other.end and other.start < one.end for one in some for other in others)
