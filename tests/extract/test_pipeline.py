"""A reading keeps its promises whatever the model says: here it throws dice."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from sayso.ids import document_id
from sayso.records import Document, Span
from sayso.text import find_quotations
from tests.extract.promises import check_reading, touches
from tests.hostile import texts

if TYPE_CHECKING:
    from sayso.ledger import Reader

ARTICLE = """Harbour to stay closed until May

The harbour at Port Callan will stay closed, Mayor Ilva Brenn told Northwire. “Nobody asked the pilots,” she said.

Northwire reported, citing two officials, that the Ministry of Tides said the sea wall could fail. The ministry
declined to comment. Jonas Oud, the harbour master, denied in a statement that he had signed the order.

“We saw nothing.

“We heard nothing,” said a pilot, who would not give his name.
"""


def make_document(text: str) -> Document:
    """Return a document of a text, the way no room would clean it."""
    return Document(id=document_id(text=text, outlet=None, published=None), name="odd.txt", text=text)


@given(texts(lone_surrogates=True))
@example("")
@example("\u200b")
@example("Northwire said, citing   \t  , that it rained.")
@example("Northwire reported, citing      .")
@example("She said “no" + "\n\n“no" * 20)
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_gives_a_reading_that_keeps_its_promises(dice_reader: Reader, text: str) -> None:
    check_reading(dice_reader.read(make_document(text)))


@given(texts(max_size=40), st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_row_reaches_into_what_is_no_prose(dice_reader: Reader, text: str, data: st.DataObject) -> None:
    doc = make_document(text)
    low = data.draw(st.integers(0, len(text)))
    high = data.draw(st.integers(low, len(text)))
    if low < high:
        doc = replace(doc, not_prose=(Span(start=low, end=high, exact=text[low:high]),))
    reading = dice_reader.read(doc)
    check_reading(reading)
    for span in doc.not_prose:
        inside = [s for row in reading.attributions for s in (*row.cue_spans, *row.content_spans)]
        assert not [s for s in inside if span.start <= s.start and s.end <= span.end]
        assert not touches([span], reading.unsourced)


def test_the_same_text_gives_the_same_reading(dice_reader: Reader) -> None:
    assert dice_reader.read(make_document(ARTICLE)) == dice_reader.read(make_document(ARTICLE))


def test_a_long_text_is_read_over_many_windows(dice_reader: Reader) -> None:
    reading = dice_reader.read(make_document(ARTICLE * 12))
    check_reading(reading)
    assert len(reading.attributions) > 20
    assert max(row.cue_spans[0].start for row in reading.attributions) > len(ARTICLE) * 10


def test_nested_rows_routes_and_relations_are_among_the_dice(dice_reader: Reader) -> None:
    """Without them the promises above would promise nothing."""
    reading = dice_reader.read(make_document(ARTICLE * 6))
    assert any(row.within for row in reading.attributions)
    assert any(row.via for row in reading.attributions)
    assert reading.relations
    assert reading.origins
    assert any(len(row.content_spans) > 1 for row in reading.attributions)


def test_rows_are_in_order_of_appearance(dice_reader: Reader) -> None:
    reading = dice_reader.read(make_document(ARTICLE * 3))
    anchors = [max(span.end for span in row.cue_spans) for row in reading.attributions]
    assert len(anchors) > 10
    assert sum(one > other for one, other in pairwise(anchors)) < len(anchors) / 4


@pytest.mark.parametrize("text", ["", " \n ", "\u200b\u200d", "…", "12.30"])
def test_nothing_said_is_an_empty_reading(dice_reader: Reader, text: str) -> None:
    reading = dice_reader.read(make_document(text))
    if not any(c.isalnum() for c in text) and text != "…":
        assert (reading.attributions, reading.sources, reading.relations, reading.origins) == ((), (), (), ())
    assert reading.headline is None


def test_problems_of_the_text_come_after_those_of_the_document(dice_reader: Reader) -> None:
    doc = make_document("She said, “We saw nothing. And left.")
    reading = dice_reader.read(doc)
    _, problems = find_quotations(doc.text)
    assert problems
    assert reading.problems == tuple(problems)
