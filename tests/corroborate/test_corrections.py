"""Corrections, and who still carries what they correct."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from sayso.corroborate.claims import find_claims
from sayso.corroborate.correction_notes import find_corrections
from sayso.corroborate.corrections import follow_corrections
from sayso.corroborate.disputes import gather_told
from sayso.records import Credit, CreditKind, Story, UpdateKind
from tests.readings import Builder
from tests.tellings import toll

if TYPE_CHECKING:
    from sayso.records import Reading, Update


def follow(*readings: Reading, stories: tuple[Story, ...] = ()) -> tuple[Update, ...]:
    claims, _ = find_claims(readings, stories=stories)
    return follow_corrections(gather_told(readings, claims), stories)


def with_note(reading: Reading, text: str) -> Reading:
    credit = Credit(kind=CreditKind.CORRECTION, name=None, text=text, stated_in="html")
    return replace(reading, document=replace(reading.document, credits=(credit,)))


NOTE = "Correction: An earlier version of this article gave the number of people who died as 21. It is 12."


@pytest.mark.parametrize(
    ("note", "old", "new"),
    [
        (NOTE, "21", "12"),
        ("CORRECTS number of dead to 12, not 21.", "21", "12"),
        ("Correction: 12 people died, not 21 as first reported.", "21", "12"),
        ("This story has been corrected: not 21 people, but 12 died.", "21", "12"),
        ("The number of dead was amended from 21 to 12.", "21", "12"),
        ("Correction: the ferry carried 1,200 rather than 2,100 passengers.", "2,100", "1,200"),
        ("An earlier version misstated the toll as twenty.", "twenty", ""),
        ("It was a clerical error and the notice should have said 12.", "", "12"),
        ("Correction: the mayor's name is Veld.", "", ""),
    ],
)
def test_a_note_gives_the_old_and_the_new_figure(note: str, old: str, new: str) -> None:
    (correction,) = find_corrections(with_note(Builder("The ferry sank.").build(), note))
    assert (correction.old_words, correction.new_words) == (old, new)
    assert correction.why


def test_a_sentence_that_corrects_is_found_without_a_note() -> None:
    reading = Builder(
        "The ferry sank. An earlier version of this report gave the toll as 21. It is 12. Rain fell."
    ).build()
    (correction,) = find_corrections(reading)
    assert (correction.old_words, correction.new_words) == ("21", "12")
    assert "Rain" not in correction.text


def test_a_note_that_stands_in_the_text_too_is_one_correction() -> None:
    reading = with_note(Builder("The ferry sank. An earlier version gave the toll as 21.").build(), NOTE)
    (correction,) = find_corrections(reading)
    assert (correction.old_words, correction.new_words) == ("21", "12")


def test_a_text_that_corrects_nothing_has_no_correction() -> None:
    assert find_corrections(Builder("The ferry sank. The mayor was correct.").build()) == []


def test_a_correction_is_followed_to_everyone_who_still_carries_the_old_figure() -> None:
    old = toll("21", "21", "2024-05-07", outlet="Orlby Post")
    stale = toll("21", "21", "2024-05-09", outlet="Slow Herald")
    draft = toll("21", "21", None, outlet="own draft")
    right = toll("12", "12", "2024-05-09", outlet="Coast Mail")
    corrected = with_note(toll("12", "12", "2024-05-08", outlet="Tide"), NOTE)
    (update,) = follow(old, stale, draft, right, corrected)
    assert update.kind is UpdateKind.CORRECTION
    assert update.stated_in == corrected.document.id
    assert set(update.carried_by) == {old.document.id, stale.document.id, draft.document.id}
    assert update.old is not None
    assert update.new is not None
    assert len(update.features) == 1 + 3


def test_a_superseded_version_carries_nothing_any_more() -> None:
    old = toll("21", "21", "2024-05-07")
    new = toll("12", "12", "2024-05-08", outlet="Tide")
    new = with_note(replace(new, document=replace(new.document, supersedes=old.document.id)), NOTE)
    (update,) = follow(old, new)
    assert update.carried_by == ()
    assert update.old is not None


def test_another_story_is_not_corrected() -> None:
    old, corrected = toll("21", "21", "2024-05-07"), with_note(toll("12", "12", "2024-05-08", outlet="Tide"), NOTE)
    stories = tuple(
        Story(id=str(n), documents=(reading.document.id,), words=(), members=())
        for n, reading in enumerate((old, corrected))
    )
    (update,) = follow(old, corrected, stories=stories)
    assert update.carried_by == ()


def test_the_same_figure_of_another_thing_is_not_corrected() -> None:
    note = "Correction: An earlier version gave the number of boats that searched as 21. It is 12."
    (update,) = follow(toll("21", "21", "2024-05-07"), with_note(Builder("Boats searched.").build(), note))
    assert update.carried_by == ()


def test_a_note_of_monstrous_length_is_read_in_time() -> None:
    note = "Correction: " + "version 1 " * 20_000
    (correction,) = find_corrections(with_note(Builder("The ferry sank.").build(), note))
    assert len(correction.text) <= 1_000
