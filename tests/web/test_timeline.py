"""Timeline and disputes: what is drawn, how wide a vague time is, and that nobody wins."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

pytest.importorskip("starlette", reason="the web app is an extra: pip install 'sayso[web]'")

from sayso.records import Event, EventKind, FigureTold
from sayso.web.intervals import draw_intervals
from sayso.web.time_lanes import LANES_MAX, draw_mark, draw_time, read_stretch
from tests.web.told_case import open_app, tell_story

if TYPE_CHECKING:
    from pathlib import Path

SVG = "{http://www.w3.org/2000/svg}"


def make_event(at: str | None, kind: EventKind = EventKind.TOLD, claim: int | None = 3) -> Event:
    """Return what happened at a time."""
    return Event(
        at=at, kind=kind, claim=claim, line="the <mill> burned", outlet="The Post", document="doc-1", who="", words=""
    )


def make_figure(words: str, low: str | None, high: str | None, unit: str | None = None) -> FigureTold:
    """Return a figure."""
    return FigureTold(words=words, low=low, high=high, unit=unit, counts=None, n_tellings=1, n_outlets=1)


@pytest.mark.parametrize(
    ("value", "days"),
    [("2024", 366), ("2023", 365), ("2024-02", 29), ("2024-02-03", 1), ("2024-02-03T10:00+02:00", 0)],
)
def test_a_time_is_as_wide_as_it_is_vague(value: str, days: int) -> None:
    stretch = read_stretch(value)
    assert stretch is not None
    assert stretch[1] - stretch[0] == days * 86_400


@pytest.mark.parametrize("value", ["", "soon", "2024-13", "2024-02-31", "99999-01", "2024-02-03T99:00", "0000"])
def test_what_is_no_time_is_not_drawn(value: str) -> None:
    assert read_stretch(value) is None
    assert draw_time([make_event(value)]) == ""


def test_every_kind_has_its_shape_and_its_place_in_the_list() -> None:
    events = [make_event(f"2024-05-0{n + 1}", kind) for n, kind in enumerate(EventKind)]
    drawn = draw_time([*events, make_event(None), make_event("2024-05-01", claim=None)])
    root = ET.fromstring(str(drawn))  # noqa: S314  our own
    goals = {one.get("href") for one in root.iter(f"{SVG}a")}
    assert goals == {"/claim/C3", *(f"#w-{n}" for n in range(len(events)))}
    assert "<mill>" not in drawn
    assert len({str(draw_mark(kind)) for kind in EventKind}) >= len(EventKind) - 1


@pytest.mark.parametrize("last", ["2024-05-01T09:00:00Z", "2024-05-09", "2024-12", "2031", "2090"])
def test_an_axis_has_a_few_times_whatever_it_spans(last: str) -> None:
    drawn = draw_time([make_event("2024-05-01T08:00:00Z"), make_event(last)])
    assert 1 <= drawn.count('class="tick"') <= 10


def test_many_claims_and_many_marks_on_one_another_stay_readable() -> None:
    events = [make_event("2024-05-01", claim=n) for n in range(60)] + [make_event("2024-05-01", claim=1)] * 30
    assert draw_time(events).count("/claim/C") == LANES_MAX


def test_figures_of_one_unit_stand_on_one_axis_and_open_ends_are_open() -> None:
    figures = [
        make_figure("12 <b>", "12", "12"),
        make_figure("at least 19", "19", None),
        make_figure("up to 9", None, "9"),
    ]
    drawn = draw_intervals([*figures, make_figure("3 km", "3", "3", "km"), make_figure("some", None, None)])
    assert drawn.count('class="span"') == 3
    assert drawn.count('class="open"') == 2
    assert "<b>" not in drawn
    assert draw_intervals([make_figure("12", "12", "12")]) == ""
    assert draw_intervals([make_figure("12", "12", "12")] * 2).count('class="span"') == 2


def test_the_pages_show_both_sides_and_what_happened_when(tmp_path: Path) -> None:
    with open_app(tmp_path, *tell_story()) as client:
        disputes = client.get("/disputes")
        assert disputes.status_code == 200
        assert disputes.text.count('class="sides"') >= 1
        assert "Otto Lamm" in disputes.text
        times = client.get("/timeline")
        assert times.status_code == 200
        goals = set(re.findall(r'href="#(w-\d+)"', times.text))
        assert goals
        assert goals <= set(re.findall(r'id="(w-\d+)"', times.text))
        story = re.search(r'/story/(sty-\w+)"', times.text)
        assert story is not None
        assert client.get(f"/timeline?story={story[1]}").status_code == 200
        assert client.get("/timeline?story=sty-0000").status_code == 404
        assert client.get("/disputes?page=9").status_code == 200
        assert client.get("/disputes?page=x").status_code == 400
        for page in (disputes, times):
            assert " style=" not in page.text


def test_an_empty_case_says_that_there_is_nothing() -> None:
    with open_app(None) as client:
        assert "Nothing that several articles tell" in client.get("/timeline").text
        assert "No dispute was found" in client.get("/disputes").text
