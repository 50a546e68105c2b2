"""The sentences around a row."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from sayso.cli._review_context import mark_context
from sayso.records import Attribution, Document, Span
from tests.readings import Builder, demo_reading


def mark(doc: Document, att: Attribution, *, has_styles: bool = False) -> str:
    return mark_context(doc, att, accent="turquoise4", has_styles=has_styles).plain


def span(text: str, start: int, end: int) -> Span:
    return Span(start=start, end=end, exact=text[start:end])


def test_sentences_far_apart_are_joined_by_a_gap_and_the_title_is_left_out() -> None:
    make = Builder(
        "Quay shut\n\nOne. The quay is shut, Ana said. Two. Three. Four. It will open, she said.", title="Quay shut"
    )
    make.source("ana", "Ana", "person")
    make.row("a", "ana", "said", "The quay is shut", "It will open")
    shown = mark(make.doc, make.rows["a"])
    assert shown == "One. {The quay is shut}, Ana <said>. Two. … Four. {It will open}, she said."


def test_parts_that_overlap_are_marked_one_within_the_other() -> None:
    text = "Ana says it is said to be shut."
    doc = Document(id="doc-1", name="a", text=text)
    att = Attribution(id="att-1", source="src-1", content_spans=(span(text, 9, 30),), cue_spans=(span(text, 12, 19),))
    assert mark(doc, att) == "Ana says {it <is said> to be shut}."
    crossed = replace(att, cue_spans=(span(text, 4, 19),))
    assert mark(doc, crossed) == "Ana <says {it is said}>{ to be shut}."


def test_a_long_row_is_shown_without_its_neighbours_and_long_plain_stretches_are_cut() -> None:
    filler = "word " * 500
    make = Builder(f"Before it {filler}end. The quay is shut, Ana said {filler}end. After it {filler}end.")
    make.source("ana", "Ana", "person")
    make.row("a", "ana", "said", "The quay is shut")
    shown = mark(make.doc, make.rows["a"])
    assert "Before it" not in shown
    assert len(shown) < 500
    assert " … " in shown


def test_a_row_outside_of_every_sentence_is_no_error() -> None:
    doc = Document(id="doc-1", name="a", text="")
    assert mark(doc, Attribution(id="att-1", source="src-1")) == ""


def test_every_row_of_the_demo_has_its_words_in_the_context() -> None:
    reading = demo_reading()
    for att in reading.attributions:
        shown = " ".join(mark(reading.document, att, has_styles=True).split())
        for one in att.content_spans:
            assert " ".join(one.exact.split()) in shown


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=4), st.booleans())
def test_whatever_the_text_and_spans_nothing_breaks(
    text: str,
    pairs: list[tuple[int, int]],
    has_styles: bool,  # noqa: FBT001  hypothesis gives them by place
) -> None:
    spans = tuple(span(text, low, high) for low, high in (sorted(pair) for pair in pairs) if low < high <= len(text))
    att = Attribution(id="att-1", source="src-1", content_spans=spans[:2], cue_spans=spans[2:3], source_spans=spans[3:])
    shown = mark(Document(id="doc-1", name="a", text=text), att, has_styles=has_styles)
    assert "\x1b" not in shown
    if not has_styles and not any(one in text for one in "[]<>{}"):
        assert [shown.count(one) for one in "[<{"] == [shown.count(one) for one in "]>}"]
