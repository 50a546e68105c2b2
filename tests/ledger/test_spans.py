"""Spans as persons give them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import BadJudgement
from sayso.ledger.spans import find_words, is_spans, read_spans, split_words
from sayso.store.judged import write_spans

TEXT = "The mayor said  “the quay is closed”.\nThe quay is closed, the port said."


def test_spans_are_put_in_order_joined_and_freed_of_blank_space() -> None:
    assert write_spans(read_spans(TEXT, "10-16 0-4 4-9", "x")) == "0-14"
    assert write_spans(read_spans(TEXT, "0-3 10-14", "x")) == "0-3 10-14"


def test_no_spans_are_no_spans() -> None:
    assert read_spans(TEXT, "  ", "x") == ()


@given(st.text(max_size=40), st.text(alphabet="0123456789- ", max_size=20))
def test_whatever_is_given_every_span_is_of_the_text(text: str, given_spans: str) -> None:
    try:
        spans = read_spans(text, given_spans, "x")
    except BadJudgement:
        return
    last = 0
    for span in spans:
        assert last <= span.start < span.end <= len(text)
        assert text[span.start : span.end] == span.exact == span.exact.strip()
        last = span.end


@pytest.mark.parametrize(
    ("given_words", "is_one"), [("12-40", True), ("1-2 3-4", True), ("quay 1-2", False), ("", False)]
)
def test_offsets_are_told_from_words(given_words: str, *, is_one: bool) -> None:
    assert is_spans(given_words) is is_one


def test_words_are_found_nearest_first_whatever_their_blank_space() -> None:
    found = find_words(TEXT, "quay is   closed", near=45)
    assert [span.start for span in found] == [42, 21]
    assert find_words(TEXT, "said \n “the")[0].exact == "said  “the"


def test_words_are_found_without_their_case_and_marks_where_they_do_not_stand_as_given() -> None:
    assert find_words(TEXT, '"THE quay')[0].exact == "“the quay"
    assert find_words("the mayor’s", "Mayor's")[0].exact == "mayor’s"
    assert find_words(TEXT, "the pier") == []
    assert find_words(TEXT, "  ") == []


def test_a_quotation_with_gaps_is_several_stretches() -> None:
    assert split_words("the quay … closed ... now") == ["the quay", "closed", "now"]
