"""Which of many pairs of figures tell a step, and which count the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.corroborate.claims import find_claims
from sayso.corroborate.correction_notes import fold_figure, list_figures
from sayso.corroborate.disputes import find_disputes, gather_told
from sayso.corroborate.figure_steps import pick_steps
from tests.tellings import Telling, day, toll

if TYPE_CHECKING:
    from sayso.records import Reading


def steps(*readings: Reading) -> set[tuple[str, str]]:
    """Return the steps of figures, as written."""
    claims, links = find_claims(readings)
    told = gather_told(readings, claims)
    return {(one.old_words, one.new_words) for one in pick_steps(find_disputes(told, links)[1], told, claims)}


def test_no_step_leads_to_a_figure_told_after_a_higher_one() -> None:
    low, high = toll("12", "12", "2024-05-07", outlet="Tide"), toll("30", "30", "2024-05-08", outlet="Coast Mail")
    assert steps(low, high, toll("27", "27", "2024-05-10")) == {("12", "30")}
    assert steps(low, high, toll("37", "37", "2024-05-10")) == {("12", "30"), ("30", "37")}


def test_the_injured_are_no_more_of_the_dead() -> None:
    content = "the ferry Amsel sank off Orlby and 27 people were injured"
    injured = Telling(
        text=f"Tide. On Tuesday {content}, the harbour office said.",
        content=content,
        action="injured",
        target="27 people",
        figures=(("27", "27", "27", "people"),),
        about={"outlet": "Tide", "published": day("2024-05-10")},
    ).read()
    assert steps(toll("12", "12", "2024-05-07"), injured) == set()


def test_a_figure_in_words_and_in_digits_is_one() -> None:
    assert fold_figure("At least Twelve") == fold_figure("at least 12")
    assert list_figures("Twelve of 1,200 were there at 2.5") == {"12", "1200", "2.5"}
