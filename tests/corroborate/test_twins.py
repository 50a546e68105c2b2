"""Nearly identical articles are groups around their earliest; partial copies never chain."""

from __future__ import annotations

import random
from itertools import pairwise

from sayso.corroborate.all_pairs import find_all_reuse
from sayso.corroborate.twins import group_twins
from sayso.records import ReuseExtent
from tests.corroborate.copied import FERRY, MARKET, WEATHER, make_document, make_words


def test_a_thousand_copies_are_one_group_led_by_the_earliest() -> None:
    prints = [make_document(FERRY, outlet=f"Outlet {number}", name=str(number)) for number in range(999)]
    first = make_document(FERRY, outlet="Lowmere Post", published="2031-04-02", name="first")
    documents = [*prints, first]
    edges = find_all_reuse(documents)
    assert len(edges) == 999
    (group,) = group_twins(documents, edges)
    assert len(group.members) == 1000
    assert group.leader == first.id


def test_groups_are_the_same_in_any_order() -> None:
    documents = [make_document(f"{FERRY} {MARKET} Edition {number}.", name=str(number)) for number in range(6)]
    documents += [make_document(f"{WEATHER} Edition {number}.", name=f"w{number}") for number in range(3)]
    groups = group_twins(documents, find_all_reuse(documents))
    random.Random(1).shuffle(documents)  # noqa: S311 - no secret
    assert group_twins(documents, find_all_reuse(documents)) == groups
    assert sorted(len(group.members) for group in groups) == [3, 6]


def test_partial_copies_do_not_chain() -> None:
    parts = [make_words(120, seed=number) for number in range(6)]
    documents = [make_document(f"{one} {two}", name=one) for one, two in pairwise(parts)]
    edges = find_all_reuse(documents)
    assert {edge.extent for edge in edges} == {ReuseExtent.PART}
    assert group_twins(documents, edges) == []
