"""Overlapping spans laid flat."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sayso.export.marked_text import COPIED, HERE, mark_text
from sayso.export.order import order_rows
from sayso.export.row_words import iter_rows
from sayso.export.segments import Segment, find_blocks, flatten
from tests.readings import small_reading

SPANS = st.lists(st.tuples(st.integers(-3, 33), st.integers(-3, 33), st.sampled_from("abcde")), max_size=12)


def test_nested_and_crossing_spans_become_neighbours() -> None:
    assert flatten(10, [(0, 8, "outer"), (2, 4, "inner"), (6, 10, "other")]) == [
        Segment(0, 2, ("outer",), ("outer",), ()),
        Segment(2, 4, ("outer", "inner"), ("inner",), ("inner",)),
        Segment(4, 6, ("outer",), (), ()),
        Segment(6, 8, ("outer", "other"), ("other",), ("outer",)),
        Segment(8, 10, ("other",), (), ("other",)),
    ]


def test_a_span_in_two_parts_begins_once_and_ends_once() -> None:
    found = flatten(9, [(0, 2, "a"), (4, 6, "a")])
    assert [segment.first for segment in found] == [("a",), (), (), ()]
    assert [segment.last for segment in found] == [(), (), ("a",), ()]


def test_nothing_is_one_segment_and_no_text_is_none() -> None:
    assert flatten(5, []) == [Segment(0, 5, ())]
    assert flatten(0, [(0, 3, "a")]) == []


@given(SPANS, st.lists(st.integers(-3, 33), max_size=5))
def test_segments_are_the_text_and_know_what_covers_them(spans: list[tuple[int, int, str]], cuts: list[int]) -> None:
    found = flatten(30, spans, cuts)
    assert [segment.start for segment in found[1:]] == [segment.end for segment in found[:-1]]
    assert (found[0].start, found[-1].end) == (0, 30)
    for segment in found:
        for place in range(segment.start, segment.end):
            assert set(segment.keys) == {key for start, end, key in spans if start <= place < end}
    assert {cut for cut in cuts if 0 < cut < 30} <= {segment.start for segment in found}


@given(st.text(st.sampled_from("a \n\r\u2028."), max_size=60))
def test_blocks_are_the_text(text: str) -> None:
    blocks = find_blocks(text)
    assert "".join(text[start:end] for start, end in blocks) == text
    assert all(start < end for start, end in blocks)


def test_what_else_is_marked_begins_where_it_begins_and_changes_no_character() -> None:
    reading = small_reading()
    text = reading.document.text
    rows = list(iter_rows(reading, order_rows(reading)))
    start, end = text.index("harbour is"), text.index(" closed, the")
    marked = mark_text(
        reading, rows, (), [(start, end, (COPIED, 1)), (start, start + 3, (HERE, 0)), (0, 0, (COPIED, 2))]
    )
    pieces = [piece for block in marked.blocks for piece in block.pieces]
    assert "".join(part for piece in pieces for part, _ in piece.parts) == text
    (first,) = [piece for piece in pieces if piece.begins]
    assert first.begins == ((COPIED, 1), (HERE, 0))
    assert {"c", "y", "h"} <= set(first.classes.split())
    assert "".join(part for piece in pieces if "y" in piece.classes.split() for part, _ in piece.parts) == "harbour is"
