"""The order of the rows of a page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.export.order import order_rows
from sayso.records import Attribution, Relation, RelationType, Stance
from tests.readings import demo_reading, small_reading

if TYPE_CHECKING:
    from sayso.records import Reading


def reading_of(rows: list[Attribution], disputes: list[tuple[str, str]]) -> Reading:
    relations = tuple(
        Relation(from_id=one, to_id=other, type=RelationType.DISPUTES, why="", confidence=1.0)
        for one, other in disputes
    )
    return replace(small_reading(), attributions=tuple(rows), relations=relations)


def row(key: str, within: str | None = None, stance: Stance = Stance.ASSERTS) -> Attribution:
    return Attribution(id=key, source="s", within=within, stance=stance)


def test_a_nested_row_stands_under_the_row_it_is_within() -> None:
    lines = order_rows(reading_of([row("a"), row("b"), row("c", "a"), row("d", "c")], []))
    assert [(line.att.id, line.depth) for line in lines] == [("a", 0), ("c", 1), ("d", 2), ("b", 0)]
    assert [line.number for line in lines] == [1, 2, 3, 4]


def test_a_dispute_stands_right_after_what_it_disputes_and_what_is_within_that() -> None:
    lines = order_rows(reading_of([row("a"), row("a1", "a"), row("b"), row("c")], [("c", "a1")]))
    assert [(line.att.id, line.is_dispute) for line in lines] == [
        ("a", False),
        ("a1", False),
        ("c", True),
        ("b", False),
    ]


def test_a_denial_that_comes_first_in_the_article_follows_the_claim() -> None:
    lines = order_rows(reading_of([row("denial"), row("claim")], [("denial", "claim")]))
    assert [line.att.id for line in lines] == ["claim", "denial"]


def test_a_deed_is_left_out_and_what_is_within_it_moves_out() -> None:
    lines = order_rows(reading_of([row("a"), row("deed", "a", Stance.OTHER), row("b", "deed")], []))
    assert [(line.att.id, line.depth) for line in lines] == [("a", 0), ("b", 1)]


def test_the_invented_article_has_each_dispute_under_its_claim() -> None:
    reading = demo_reading()
    lines = order_rows(reading)
    numbers = {line.att.id: line.number for line in lines}
    disputes = [link for link in reading.relations if link.type is RelationType.DISPUTES]
    assert disputes
    assert all(numbers[link.from_id] == numbers[link.to_id] + 1 for link in disputes)


KEYS = "abcdefgh"


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.sampled_from([None, *KEYS]), min_size=len(KEYS), max_size=len(KEYS)),
    st.lists(st.tuples(st.sampled_from(KEYS), st.sampled_from(KEYS)), max_size=8),
)
def test_every_row_comes_once_whatever_the_links_say(within: list[str | None], disputes: list[tuple[str, str]]) -> None:
    rows = [row(key, outer) for key, outer in zip(KEYS, within, strict=True)]
    lines = order_rows(reading_of(rows, disputes))
    assert sorted(line.att.id for line in lines) == list(KEYS)
    assert [line.number for line in lines] == list(range(1, len(KEYS) + 1))
