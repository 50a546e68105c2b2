"""Claims of invented stories in one line each, with figures, disputes, updates and corrections."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sayso.corroborate.claim_lines import make_lines
from sayso.corroborate.story_findings import StoryMaterial, corroborate_story
from sayso.records import Credit, CreditKind, DisputeKind, DriftKind, Polarity, UpdateKind
from tests.corroborate.stories_told import article, join, main_line, said, story_of
from tests.tellings import Telling, day, toll

if TYPE_CHECKING:
    from sayso.records import ClaimLine, Reading, StoryFindings

NOTE = "Correction: An earlier version of this article gave the number of people who died as 21. It is 12."
FILLS = (
    "Boats searched the bay until the evening while the wind rose from the north and the lamps went out.",
    "Nobody on the quay had seen a summer like this one since the year in which the lighthouse was built.",
    "Its crew had painted the hull green in March, said a card that was found in the office of the line.",
    "Trains to the coast were full and the hotels gave out blankets and soup to everybody who came in wet.",
)


def drown(count: str, place: int, at: str | None, outlet: str, **more: str) -> Reading:
    """Return an article of a toll, in words of its own besides."""
    return filled(toll(count, count, at, outlet=outlet, **more), place)


def filled(reading: Reading, place: int) -> Reading:
    """Return a reading with a sentence at its end that no other has."""
    text = f"{reading.document.text} {FILLS[place]}"
    return replace(reading, document=replace(reading.document, text=text))


def find(*readings: Reading) -> tuple[StoryFindings, ClaimLine]:
    """Return what is found, and the line of the claim with most tellings."""
    findings = corroborate_story(StoryMaterial(story=story_of(readings), readings=readings))
    lines = make_lines(findings, readings)
    return findings, max(lines, key=lambda line: line.n_tellings)


def test_a_line_says_how_often_what_is_told_by_whom_and_when() -> None:
    readings = [
        drown("12", 0, "2024-05-07", "Orlby Post"),
        drown("12", 1, "2024-05-08", "The Coast Mail"),
        drown("14", 2, "2024-05-09", "Tide"),
    ]
    findings, line = find(*readings)
    assert [(one.words, one.n_tellings, one.n_outlets, one.counts) for one in line.figures] == [
        ("12", 2, 2, "people"),
        ("14", 1, 1, "people"),
    ]
    assert (line.n_tellings, line.n_documents, line.n_speakers) == (3, 3, 3)
    assert line.outlets == ("Orlby Post", "The Coast Mail", "Tide")
    assert (line.first, line.last) == ("2024-05-07", "2024-05-09")
    assert line.is_updated
    assert not line.is_disputed
    assert not line.is_corrected
    assert {update.kind for update in findings.updates} == {UpdateKind.LATER_FIGURE}
    assert line.rests_on is None


def test_a_lower_figure_later_is_a_dispute() -> None:
    _, line = find(drown("14", 0, "2024-05-07", "Orlby Post"), drown("12", 1, "2024-05-09", "Tide"))
    assert line.is_disputed
    assert not line.is_updated


def test_a_figure_that_was_corrected_is_no_dispute() -> None:
    old = drown("21", 0, "2024-05-07", "Orlby Post")
    right = drown("12", 1, "2024-05-08", "Tide")
    credit = Credit(kind=CreditKind.CORRECTION, name=None, text=NOTE, stated_in="text")
    right = replace(right, document=replace(right.document, credits=(credit,)))
    findings, line = find(old, right)
    assert {dispute.kind for dispute in findings.disputes} == {DisputeKind.FIGURES}
    assert line.is_corrected
    assert not line.is_disputed
    stray = drown("30", 2, "2024-05-06", "Coast Mail")
    assert find(old, right, stray)[1].is_disputed


OPENED = Telling(
    text="The guards opened the depot gate at midnight, the harbour office said.",
    content="The guards opened the depot gate at midnight",
    actor="The guards",
    action="opened",
    target="the depot gate",
    about={"outlet": "Orlby Post", "published": day("2024-05-01")},
)
SHUT = replace(
    OPENED,
    text="The guards never opened the depot gate at midnight, the mayor said.",
    content="The guards never opened the depot gate at midnight",
    source="the mayor",
    polarity=Polarity.NEGATIVE,
    about={"outlet": "Tide", "published": day("2024-05-02")},
)


def test_who_says_the_opposite_is_no_origin_of_the_line() -> None:
    readings = filled(OPENED.read(), 0), filled(SHUT.read(), 1)
    findings, line = find(*readings)
    assert [dispute.kind for dispute in findings.disputes] == [DisputeKind.POLARITY]
    assert line.is_disputed
    assert (line.least, line.most, line.n_tellings) == (1, 1, 1)


def test_a_negation_that_stands_against_nobody_counts() -> None:
    other = replace(
        SHUT,
        text="Nobody slept while the guards opened the depot gate at midnight, the mayor said.",
        content="Nobody slept while the guards opened the depot gate at midnight",
        actor="Nobody",
        action="slept",
        target=None,
    )
    _, line = find(filled(OPENED.read(), 0), filled(other.read(), 1))
    assert (line.least, line.most, line.n_tellings) == (1, 2, 2)
    assert not line.is_disputed


def test_a_denial_alone_is_what_its_source_says() -> None:
    denied = replace(OPENED, labels={"stance": "denies"}, about={"outlet": "Tide"})
    told = filled(OPENED.read(), 0)
    _, line = find(filled(denied.read(), 1), told)
    assert (line.least, line.most) == (1, 1)
    assert line.is_disputed


def test_what_drifts_is_found_along_a_copy_and_along_a_citation() -> None:
    lead = " ".join(FILLS)
    fire = "the fire at the Tessel depot was likely set by people from abroad"
    plain = "the fire at the Tessel depot was set by people from abroad"
    first = article("Orlby Post", said("Mara Venn", fire), lead=lead, at="2024-05-01")
    copied = article("Tide", plain.capitalize(), lead=lead, at="2024-05-09")
    cited = article("Coast Mail", said("Orlby Post", plain, kind="outlet"), at="2024-05-09")
    kinds = {drift.kind for drift in join(first, copied).drifts}
    assert kinds == {DriftKind.ATTRIBUTION_DROPPED, DriftKind.HEDGE_DROPPED}
    assert {drift.kind for drift in join(first, cited).drifts} == {DriftKind.HEDGE_DROPPED}
    # What a document says twice has not drifted on a way.
    assert join(article("Orlby Post", said("Mara Venn", fire), plain.capitalize())).drifts == ()


def test_of_what_weighs_the_same_an_unnamed_source_is_named_before_an_outlet() -> None:
    official = said("an official", naming="described")
    lead = " ".join(FILLS)
    readings = [article(o, official, lead=lead, at=f"2024-05-0{n}") for n, o in enumerate(("A", "B", "C"), 1)]
    line = main_line(join(*readings), readings)
    assert (line.rests_on, line.n_resting) == ("an official", 3)
    two = main_line(join(*readings[:2]), readings[:2])
    assert (two.rests_on, two.n_resting) == (None, 0)
