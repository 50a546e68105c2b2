"""A toll that rises in several invented articles, told step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.corroborate.claims import find_claims
from sayso.corroborate.disputes import find_disputes, gather_told
from sayso.corroborate.figure_steps import pick_steps
from tests.tellings import toll

if TYPE_CHECKING:
    from sayso.records import Reading, Update


def steps(*readings: Reading) -> tuple[list[Update], int]:
    """Return the steps, and how many pairs they were picked from."""
    claims, links = find_claims(readings)
    told = gather_told(readings, claims)
    _, updates = find_disputes(told, links)
    return list(pick_steps(updates, told, claims)), len(updates)


def test_each_step_is_told_once_where_it_was_told_first_with_who_still_gives_the_figure_before() -> None:
    readings = [
        toll("twelve", "12", "2024-05-07"),
        toll("twelve", "12", "2024-05-08", outlet="Coast Mail"),
        toll("fifteen", "15", "2024-05-09", outlet="Harbour News"),
        toll("fifteen", "15", "2024-05-10", outlet="Evening Bell"),
        toll("twelve", "12", "2024-05-11", outlet="Slow Herald"),
        toll("nineteen", "19", "2024-05-12", outlet="Orlby Post"),
        toll("fifteen", "15", "2024-05-13", outlet="Late Gazette"),
    ]
    found, pairs = steps(*readings)
    assert pairs > len(found)
    assert [(one.old_words, one.new_words) for one in sorted(found, key=lambda one: one.new_words)] == [
        ("twelve", "fifteen"),
        ("fifteen", "nineteen"),
    ]
    by_new = {one.new_words: one for one in found}
    assert by_new["fifteen"].carried_by == (readings[4].document.id,)
    assert by_new["nineteen"].carried_by == (readings[6].document.id,)
    first = {
        m.id for claim in find_claims(readings)[0] for m in claim.mentions if m.document == readings[2].document.id
    }
    assert by_new["fifteen"].new in first


def test_a_figure_that_nothing_comes_between_keeps_what_took_its_place() -> None:
    # Of 12 and 15 it is not known which was told first: each became 19.
    found, _ = steps(
        toll("twelve", "12", "2024-05-07"),
        toll("fifteen", "15", "2024-05-07", outlet="Coast Mail"),
        toll("nineteen", "19", "2024-05-09", outlet="Harbour News"),
    )
    assert {(one.old_words, one.new_words) for one in found} == {("twelve", "nineteen"), ("fifteen", "nineteen")}


def test_an_open_figure_has_its_place() -> None:
    found, _ = steps(
        toll("twelve", "12", "2024-05-07"),
        toll("at least fifteen", "15", "2024-05-08", high=None, outlet="Coast Mail"),
    )
    assert [(one.old_words, one.new_words) for one in found] == [("twelve", "at least fifteen")]
    assert steps(toll("twelve", "12", "2024-05-07")) == ([], 0)
