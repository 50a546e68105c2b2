"""Traces: the page, the drawing, what is folded, and that wires keep out of boxes."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

pytest.importorskip("starlette", reason="the web app is an extra: pip install 'sayso[web]'")

from sayso.export.visible import show
from sayso.export.words import load_words
from sayso.records import Drift, DriftKind, StepKind, Trace, TraceLane, TraceRoot, TraceStep, TraceTelling
from sayso.text import span_at
from sayso.web.drawing import TRUNK, _Drawing, draw_trace
from sayso.web.lanes_laid import Laid
from sayso.web.shared_words import compare
from tests.told import make_line
from tests.web.told_web import find_number, open_browser, open_case

if TYPE_CHECKING:
    from pathlib import Path

POINT = re.compile(r"[MLQ ](-?\d+(?:\.\d+)?) (-?\d+(?:\.\d+)?)")


def make_telling(name: str, **more: object) -> TraceTelling:
    """Return a telling of an outlet of this name."""
    words = f"The {name} says that the mill burned."
    whole = span_at(words, 0, len(words))
    made = TraceTelling(
        id=name,
        document=f"doc-{name}",
        attribution=f"att-{name}",
        outlet=name,
        title=None,
        published="2024-05-04T08:00:00Z",
        source="Ilse Brandt",
        through=(),
        sentence=whole,
        words=whole,
        certainty=None,
        stance=None,
        endorsement=None,
        figures=(),
    )
    return replace(made, **more)  # type: ignore[arg-type]


def make_step(telling: str, taken_from: str, kind: StepKind = StepKind.CITED, **more: object) -> TraceStep:
    """Return a step that is certain."""
    made = TraceStep(telling=telling, taken_from=taken_from, kind=kind, is_certain=True, why="it says so")
    return replace(made, **more)  # type: ignore[arg-type]


def make_trace(
    *lanes: list[str], steps: list[TraceStep], tellings: list[TraceTelling], loops: tuple[tuple[str, ...], ...] = ()
) -> Trace:
    """Return a trace of lanes R0, R1 and so on."""
    roots = [
        TraceRoot(id=f"R{n}", name=f"Root {n}", kind=None, naming=None, is_certain=True, is_leg=True, may_be=None)
        for n in range(len(lanes))
    ]
    return Trace(
        line=make_line(),
        organisations=(1, 1),
        lanes=tuple(
            TraceLane(root=root, tellings=tuple(lane), also=(), why=()) for root, lane in zip(roots, lanes, strict=True)
        ),
        tellings=tuple(tellings),
        steps=tuple(steps),
        against=(),
        loops=loops,
        why=(),
    )


def make_large() -> Trace:
    """Return sixty tellings in three lanes, in chains and fans, with ways across the lanes and one circle."""
    names = [f"t{n}" for n in range(60)]
    lanes = [names[:20], names[20:40], names[40:]]
    steps = []
    for place, lane in enumerate(lanes):
        for n, name in enumerate(lane):
            above = f"R{place}" if n % 5 == 0 else lane[n - 1 - (n % 3 == 2)]
            kind = list(StepKind)[n % 4] if not above.startswith("R") else StepKind.SAID
            steps.append(make_step(name, above, kind, is_certain=n % 7 != 6))
    steps += [
        make_step("t25", "t3"),
        make_step("t45", "t22"),
        make_step("t8", "R2", StepKind.SAID),
        make_step("t1", "t4"),
    ]
    return make_trace(*lanes, steps=steps, tellings=[make_telling(name) for name in names], loops=(("t1", "t2", "t4"),))


def test_sixty_tellings_stand_apart_and_no_wire_crosses_a_box() -> None:
    laid = Laid(make_large())
    boxes = list(laid.boxes.values())
    for one in boxes:
        assert 0 <= one.x < one.right <= laid.width
        assert 0 <= one.y < one.y + one.height <= laid.height
        for other in boxes:
            is_apart = (
                one is other
                or one.right <= other.x
                or other.right <= one.x
                or one.y + one.height <= other.y
                or other.y + other.height <= one.y
            )
            assert is_apart, (one, other)
    drawing = _Drawing(laid)
    for wire in laid.wires:
        path, _ = drawing.route(wire, laid.boxes[wire.start], laid.boxes[wire.end])
        points = [(float(x), float(y)) for x, y in POINT.findall(path)]
        for (x1, y1), (x2, y2) in pairwise(points):
            for box in boxes:
                is_inside = (
                    max(x1, x2) > box.x + 1
                    and min(x1, x2) < box.right - 1
                    and max(y1, y2) > box.y + 1
                    and min(y1, y2) < box.y + box.height - 1
                )
                assert not is_inside, (wire, box)


def test_a_large_drawing_is_one_well_formed_file_in_which_every_telling_is_found() -> None:
    trace = make_large()
    drawn = draw_trace(trace, is_alone=True)
    root = ET.fromstring(str(drawn))  # noqa: S314  our own
    links = {one.get("href") for one in root.iter("{http://www.w3.org/2000/svg}a")}
    laid = Laid(trace)
    shown = {telling.id for box in laid.boxes.values() for each in [box, *box.listed] for telling in each.tellings}
    assert shown == {telling.id for telling in trace.tellings}
    assert len(links) >= 60
    assert "↺" in drawn
    assert set(load_words()["wire"]) == set(StepKind)
    for kind in set(StepKind) - {StepKind.PRINTED}:
        assert f"wire {kind}" in drawn
    assert "wire maybe" in drawn


def test_what_one_article_has_in_one_way_is_one_box_and_many_copies_are_one_list() -> None:
    told = [make_telling("a"), make_telling("b", document="doc-a"), make_telling("c", document="doc-a")]
    copies = [make_telling(f"copy{n}") for n in range(5)]
    drift = Drift(
        id="d", kind=DriftKind.HEDGE_DROPPED, origin="a", carrier="copy0", was="likely", became="certain", why=""
    )
    steps = [
        make_step("a", "R0", StepKind.SAID),
        make_step("b", "R0", StepKind.SAID),
        make_step("c", "a", StepKind.REPEATED),
    ]
    steps += [make_step(one.id, "a", StepKind.COPIED) for one in copies]
    steps[3] = replace(steps[3], drifts=(drift,))
    trace = make_trace(["a", "b", "c", *(one.id for one in copies)], steps=steps, tellings=[*told, *copies])
    laid = Laid(trace)
    assert [len(box.tellings) for box in laid.boxes.values() if box.tellings] == [3]
    (listed,) = [box for box in laid.boxes.values() if box.listed]
    assert len(listed.listed) == 5
    drawn = draw_trace(trace)
    assert "3 sentences" in drawn
    assert "hedge dropped" in drawn


def test_what_stands_against_a_claim_is_a_lane_of_its_own() -> None:
    told = [make_telling("a"), make_telling("no", outlet="Denier <b>")]
    trace = replace(make_trace(["a"], steps=[make_step("a", "R0")], tellings=told), against=("no",))
    drawn = draw_trace(trace)
    assert "Against it" in drawn
    assert "Denier &lt;b&gt;" in drawn
    assert "<b>" not in drawn


def test_shared_words_are_marked_and_nothing_is_lost() -> None:
    one, other = compare("The old mill burned down on 4 May.", "On 4 May, she said, the old mill burned.")
    assert "".join(piece.words for piece in one) == "The old mill burned down on 4 May."
    assert [piece.words for piece in one if piece.is_shared] == ["The old mill burned"]
    assert [piece.words for piece in other if piece.is_shared] == ["the old mill burned"]
    assert compare("", "x")[0] == []
    long = "word " * 500
    assert [piece.is_shared for piece in compare(long, long)[0]] == [False]
    assert compare(long, "x")[0][0].words == show(long)


def test_the_page_has_the_drawing_each_line_and_both_sentences(tmp_path: Path) -> None:
    with open_case(tmp_path) as ledger:
        client, number = open_browser(ledger), find_number(ledger)
        page = client.get(f"/claim/C{number}")
        assert page.status_code == 200
        goals = set(re.findall(r'href="#([te]-[^"]+)"', page.text))
        assert goals
        assert goals <= set(re.findall(r'id="([^"]+)"', page.text))
        assert page.text.count('class="link') >= 2
        assert "<script>" not in page.text
        assert " style=" not in page.text
        alone = client.get(f"/claim/C{number}/trace.svg")
        assert alone.headers["content-type"].startswith("image/svg+xml")
        assert alone.headers["content-disposition"].startswith("attachment")
        assert ET.fromstring(alone.text).tag.endswith("svg")  # noqa: S314  our own
        assert client.get("/claim/C999").status_code == 404


def test_every_kind_of_step_has_its_place_beside_a_box() -> None:
    assert set(TRUNK) == set(StepKind)
