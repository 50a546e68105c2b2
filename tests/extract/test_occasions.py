"""Rows that came the same way."""

from __future__ import annotations

from dataclasses import replace

from sayso.extract.mentions import NOTHING
from sayso.extract.occasions import Standing, Talk, carry_on
from sayso.extract.pairs import RowView
from sayso.extract.routes import Medium
from sayso.records import Kind

NORTHWIRE = Medium("Northwire", (0, 9), Kind.OUTLET, "head:via")
LETTER = Medium("a letter", (20, 28), Kind.DOCUMENT, "rule:in-a-document")
WEIGHTS = {"same:bias": 2.0, "same:next-row": 1.0, "same:newest": 1.0, "other:bias": -2.0, "none:bias": 1.0}
ROW = RowView(NOTHING, None, 0, "said", (), frozenset(), frozenset(), 0, 1, is_quoted=False)


def carry(media: list[list[Medium]], parties: list[int], closed: tuple[int, ...] = ()) -> list[list[str]]:
    standings = [Standing(party, i not in closed, 0.0) for i, party in enumerate(parties)]
    views = [replace(ROW, paragraph=i + 1) for i in range(len(media))]
    found = carry_on(media, standings, views, lambda *_: 0.0, WEIGHTS)
    return [[m.name for m in own] for own, _ in found]


def test_an_interview_goes_on_while_the_same_party_speaks() -> None:
    assert carry([[NORTHWIRE], [], []], [0, 0, 0]) == [["Northwire"]] * 3


def test_another_party_has_not_come_that_way() -> None:
    assert carry([[NORTHWIRE], [], []], [0, 1, 0]) == [["Northwire"], [], ["Northwire"]]


def test_the_newest_occasion_of_a_party_is_taken() -> None:
    assert carry([[NORTHWIRE], [LETTER], []], [0, 0, 0])[2] == ["a letter"]


def test_a_row_within_another_keeps_to_that_ones_route() -> None:
    assert carry([[NORTHWIRE], []], [0, 0], closed=(1,)) == [["Northwire"], []]


def test_what_was_carried_on_says_by_which_rule() -> None:
    standings = [Standing(0, is_open=True, carried=0.0)] * 2
    found = carry_on([[NORTHWIRE], []], standings, [ROW, ROW], lambda *_: 0.0, WEIGHTS)
    assert [rule for _, rule in found] == ["", "rule:goes-on"]


def test_an_occasion_is_over_after_many_rows_and_reaches_back_over_few() -> None:
    standings = [Standing(0, is_open=True, carried=0.0)] * 60
    talk = Talk([[NORTHWIRE] if i == 20 else [] for i in range(60)], standings, [ROW] * 60)
    assert [i for i in range(60) if talk.near(i)] == [*range(16, 20), *range(21, 46)]


def test_where_nothing_is_named_nothing_goes_on() -> None:
    assert carry([[], []], [0, 0]) == [[], []]


def test_whoever_was_heard_elsewhere_since_is_known_to_have_left() -> None:
    standings = [Standing(0, is_open=True, carried=0.0, is_elsewhere=i == 1) for i in range(3)]
    talk = Talk([[NORTHWIRE], [], []], standings, [ROW] * 3)
    assert talk.features_of(talk.near(2), 2, None)[0]["same:left"] == 1.0
    assert "same:left" not in talk.features_of(talk.near(1), 1, None)[0]
