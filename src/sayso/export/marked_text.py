"""An article's text, cut into paragraphs and pieces, each piece with the classes by which a page marks it.

Rule 1: the pieces' texts, put together, are the document's text (each character that a page cannot hold replaced by
one, see `visible.show_in_place`).
Rule 2: a class says which row a piece belongs to and as what; what it looks like is the style sheet's affair.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Final

from sayso.export.segments import Segment, find_blocks, flatten
from sayso.export.visible import PILE, show_in_place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sayso.export.row_words import RowWords
    from sayso.export.value_words import ValueWords
    from sayso.records import Reading

    # What a span is (content, cue, source, value, unsourced, not prose; copied, perhaps so, what an address means), and
    # the number of the row, value or stretch.
    Key = tuple[str, int]

CONTENT, CUE, SOURCE, VALUE, UNSOURCED, NOT_PROSE = "c", "q", "s", "v", "u", "p"
COPIED, PERHAPS_COPIED, HERE = "y", "m", "h"
ROLES: Final = (CONTENT, CUE, SOURCE, VALUE, UNSOURCED, NOT_PROSE, COPIED, PERHAPS_COPIED, HERE)
FURTHER: Final = frozenset({COPIED, PERHAPS_COPIED, HERE})
DEEPEST: Final = 4


@dataclass(frozen=True, slots=True)
class Mark:
    """The number of a row, to be drawn at a place of the text.

    Attributes:
        number: The row's.
        is_dispute: Whether the row disputes another.
        is_low: Whether a person should check it.
    """

    number: int
    is_dispute: bool
    is_low: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that is marked alike throughout.

    Attributes:
        parts: Its text, and whether it is a pile of combining marks, to be folded away.
        classes: By which the style sheet and the script know it; empty for plain text.
        row: Number of the row that a pointer over it means; None if it belongs to none.
        values: Numbers of the values that begin with it.
        note: What the values that it is part of were resolved to.
        before: Marks of rows that begin with it and have no cue.
        after: Marks of rows whose cue ends with it.
        begins: The further spans that begin with it, each with what it is and its number.
    """

    parts: tuple[tuple[str, bool], ...]
    classes: str = ""
    row: int | None = None
    values: tuple[int, ...] = ()
    note: str = ""
    before: tuple[Mark, ...] = ()
    after: tuple[Mark, ...] = ()
    begins: tuple[Key, ...] = ()


@dataclass(slots=True)
class Block:
    """A paragraph with the blank space after it.

    Attributes:
        start: First code point.
        end: One past the last.
        pieces: What it is made of, in order.
        is_prose: Whether any of it is article prose.
    """

    start: int
    end: int
    pieces: list[Piece] = field(default_factory=list)
    is_prose: bool = True


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A document's text, marked.

    Attributes:
        blocks: Its paragraphs; together they are the text.
        rows: Numbers of the rows that have their mark in it.
        values: Numbers of the values that stand in it.
    """

    blocks: list[Block]
    rows: set[int]
    values: set[int]


def mark_text(
    reading: Reading,
    rows: Sequence[RowWords],
    values: Sequence[ValueWords],
    further: Iterable[tuple[int, int, Key]] = (),
) -> MarkedText:
    """Return the document's text with every row and value marked in it.

    Args:
        reading: The reading.
        rows: Its rows in words.
        values: Its values in words.
        further: Other spans to be marked: first character, one past the last, one of `FURTHER` with a number.
    """
    text = reading.document.text
    marker = _Marker(text, rows, values)
    bounds = find_blocks(text)
    spans = chain(_iter_spans(reading, rows, values), further)
    segments = iter(flatten(len(text), spans, (start for start, _ in bounds)))
    blocks = []
    for start, end in bounds:
        block = Block(start, end)
        prose = False
        for segment in segments:
            block.pieces.append(marker.make_piece(segment))
            prose = prose or ((NOT_PROSE, 0) not in segment.keys and not text[segment.start : segment.end].isspace())
            if segment.end >= end:
                break
        block.is_prose = prose
        blocks.append(block)
    found = {number for block in blocks for piece in block.pieces for number in piece.values}
    return MarkedText(blocks, marker.placed, found)


def _iter_spans(
    reading: Reading, rows: Sequence[RowWords], values: Sequence[ValueWords]
) -> Iterator[tuple[int, int, Key]]:
    for span in reading.document.not_prose:
        yield span.start, span.end, (NOT_PROSE, 0)
    for span in reading.unsourced:
        yield span.start, span.end, (UNSOURCED, 0)
    for row in rows:
        att, number = row.line.att, row.line.number
        for role, spans in ((CONTENT, att.content_spans), (CUE, att.cue_spans), (SOURCE, att.source_spans)):
            for span in spans:
                yield span.start, span.end, (role, number)
    for number, value in enumerate(values, 1):
        yield value.span.start, value.span.end, (VALUE, number)


class _Marker:
    """Makes pieces of segments."""

    def __init__(self, text: str, rows: Sequence[RowWords], values: Sequence[ValueWords]) -> None:
        self.text = text
        self.rows = {row.line.number: row for row in rows}
        self.values = values
        self.placed: set[int] = set()

    def make_piece(self, segment: Segment[Key]) -> Piece:
        """Return the piece of one segment; segments come in order."""
        parts = _fold_piles(show_in_place(self.text[segment.start : segment.end]))
        if not segment.keys:
            return Piece(parts)
        return Piece(
            parts,
            classes=self._classes(segment),
            row=self._row(segment),
            values=tuple(number for role, number in segment.first if role == VALUE),
            note=" · ".join(self._note(self.values[number - 1]) for role, number in segment.keys if role == VALUE),
            before=tuple(self._marks(number for role, number in segment.first if self._begins(role, number))),
            after=tuple(self._marks(number for role, number in segment.last if role == CUE)),
            begins=tuple((role, number) for role, number in segment.first if role in FURTHER),
        )

    def _classes(self, segment: Segment[Key]) -> str:
        """Return the classes: what it is, how many contents it lies in, and what it is of which row."""
        roles = {role for role, _ in segment.keys}
        depth = sum(role == CONTENT for role, _ in segment.keys)
        names = [role for role in ROLES if role in roles]
        if depth:
            names.append(f"d{min(depth, DEEPEST)}")
            row = self._row(segment)
            if row is not None and self.rows[row].is_low:
                names.append("lo")
        names += [f"{role}{number}" for role, number in segment.keys if role in {CONTENT, CUE, SOURCE}]
        return " ".join(names)

    def _row(self, segment: Segment[Key]) -> int | None:
        """Return the row that a segment tells most of: one whose cue or source it is, or the innermost content."""
        for wanted in (CUE, SOURCE):
            of = [number for role, number in segment.keys if role == wanted]
            if of:
                return of[0]
        contents = [number for role, number in segment.keys if role == CONTENT]
        return max(contents, key=lambda number: (self.rows[number].line.depth, number), default=None)

    def _begins(self, role: str, number: int) -> bool:
        return role in {CONTENT, SOURCE} and not any(
            span.start < span.end for span in self.rows[number].line.att.cue_spans
        )

    def _marks(self, numbers: Iterator[int]) -> Iterator[Mark]:
        for number in numbers:
            if number not in self.placed:
                self.placed.add(number)
                row = self.rows[number]
                yield Mark(number, any("disputes" in one.verb for one in row.bearings), row.is_low)

    @staticmethod
    def _note(value: ValueWords) -> str:
        return f"{value.says} — {value.why}" if value.why else value.says


def _fold_piles(text: str) -> tuple[tuple[str, bool], ...]:
    """Return the text in parts: what stands there, and marks piled on one letter beyond four."""
    parts: list[tuple[str, bool]] = []
    start = 0
    for found in PILE.finditer(text):
        parts += [(text[start : found.end(1)], False), (text[found.end(1) : found.end()], True)]
        start = found.end()
    if start < len(text):
        parts.append((text[start:], False))
    return tuple(parts)
