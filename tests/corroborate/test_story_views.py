"""What is shown of a story: changed pages, steps of figures, titles."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING

from rich.console import Console

from sayso.cli._story_page import StoryPage
from sayso.corroborate.story_findings import StoryMaterial, corroborate_story
from sayso.corroborate.story_views import StoryViews
from sayso.records import DisputeKind, EventKind, UpdateKind
from tests.corroborate.stories_told import story_of
from tests.tellings import toll

if TYPE_CHECKING:
    from sayso.records import Reading

BEFORE = toll("12", "12", "2024-05-08", outlet="Tide")


def view(*readings: Reading, older: tuple[Reading, ...] = ()) -> StoryViews:
    """Return the views of the story of these articles."""
    found = corroborate_story(StoryMaterial(story=story_of(readings), readings=readings, older=older))
    numbered = replace(found, claims=tuple(replace(one, number=n) for n, one in enumerate(found.claims, 1)))
    return StoryViews(numbered, {reading.document.id: reading for reading in readings})


def show(views: StoryViews) -> str:
    """Return disputes, updates and events as they are printed."""
    console = Console(file=io.StringIO(), width=120)
    page = StoryPage(console)
    page.print_disputes(views.make_disputes(), views.make_updates())
    page.print_events(views.make_events())
    assert isinstance(console.file, io.StringIO)
    return " ".join(console.file.getvalue().split())


def test_a_changed_page_is_shown_with_who_carries_the_old_figure_and_when_is_not_made_up() -> None:
    now = toll("9", "9", "2024-05-08", outlet="Tide")
    now = replace(now, document=replace(now.document, supersedes=BEFORE.document.id))
    views = view(now, toll("12", "12", "2024-05-09", outlet="Coast Mail"), older=(BEFORE,))
    (update,) = views.make_updates()
    assert update.kind is UpdateKind.CHANGED_VERSION
    events = {event.kind: event for event in views.make_events()}
    assert events[EventKind.CHANGED].at is None
    assert events[EventKind.STILL_CARRIED].outlet == "Coast Mail"
    assert EventKind.ROSE not in events
    assert "[changed since: 12 before]" in events[EventKind.TOLD].words
    printed = show(views)
    assert "a later version of the page has another figure: 12 → 9" in printed
    assert "on the page of Tide" in printed
    assert "the old figure is still carried by Coast Mail" in printed


def test_a_figure_in_words_and_in_digits_stands_on_one_side_and_makes_one_step() -> None:
    one, two = toll("12", "12", "2024-05-07", outlet="Tide"), toll("Twelve", "12", "2024-05-08", outlet="Coast Mail")
    rise = view(one, two, toll("17", "17", "2024-05-09"), toll("Seventeen", "17", "2024-05-10", outlet="The Bell"))
    assert len(rise.make_updates()) == 1
    fall = view(toll("17", "17", "2024-05-06"), toll("Seventeen", "17", "2024-05-05", outlet="The Bell"), one, two)
    (dispute,) = fall.make_disputes()
    assert dispute.kind is DisputeKind.FIGURES
    assert len(dispute.also_first) == len(dispute.also_second) == 1


def test_an_article_without_outlet_goes_by_its_title() -> None:
    bare = toll("12", "12", "2024-05-07")
    title = bare.document.text[: bare.document.text.index(".")]
    doc = replace(bare.document, outlet=None, title=replace(bare.attributions[0].content_spans[0], exact=title))
    views = view(replace(bare, document=doc), toll("17", "17", "2024-05-09", outlet="Tide"))
    assert {event.title for event in views.make_events() if event.outlet is None} == {title}
    assert doc.id[:12] not in show(views)
