"""Traces on the terminal: circles, texts that several print, and many tellings of one way."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from rich.console import Console

from sayso.cli._trace_page import MOST_ALIKE, TracePage
from sayso.corroborate.claim_lines import make_lines
from sayso.corroborate.tracing import make_trace
from sayso.records import StepKind
from tests.corroborate.stories_told import article, join, main_claim, said

if TYPE_CHECKING:
    from sayso.records import Reading, Trace


def trace(*readings: Reading) -> Trace:
    """Return the trace of the flood."""
    findings = join(*readings)
    claim = main_claim(findings).claim.id
    line = next(line for line in make_lines(findings, readings) if line.id == claim)
    return make_trace(line, findings, {reading.document.id: reading for reading in readings})


def show(found: Trace, *, has_all: bool = False) -> str:
    """Return a trace as it is printed."""
    console = Console(file=io.StringIO(), width=100)
    TracePage(console, has_why=False, has_all=has_all).print(found)
    assert isinstance(console.file, io.StringIO)
    return " ".join(console.file.getvalue().split())


def cites(outlet: str, other: str, at: str) -> Reading:
    """Return an article that has it from another outlet."""
    return article(outlet, said(other, kind="outlet", cue="reported"), at=at)


def test_a_circle_is_told_of() -> None:
    day = "2024-05-01"
    found = trace(
        cites("Tide", "Orlby Post", day), cites("Orlby Post", "Coast Mail", day), cites("Coast Mail", "Tide", day)
    )
    assert found.loops
    assert "in a circle, and nothing outside stands behind it" in show(found)


def test_a_circle_that_dates_break_is_told_of_with_what_would_break_it() -> None:
    found = trace(
        cites("Tide", "Orlby Post", "2024-05-01"),
        cites("Coast Mail", "Tide", "2024-05-03"),
        cites("Orlby Post", "Coast Mail", "2024-05-05"),
    )
    assert not found.loops
    printed = show(found)
    assert "in a circle, unless Orlby Post told it before" in printed
    assert "Orlby Post another report of it · cited, not in the case" in printed


def test_those_who_print_one_text_cite_nobody() -> None:
    text = "the Amsel burst its banks at Orlby and swept away the old mill bridge and eleven boats on Tuesday night"
    lead = (
        "It was the third flood in four years, and the council had been warned of it in the spring by its own "
        "engineers."
    )
    found = trace(
        *(article(outlet, said("Pia Holt", text), lead=lead) for outlet in ("Tide", "Orlby Post", "Coast Mail"))
    )
    (unknown,) = (telling for telling in found.tellings if telling.is_text)
    assert {step.kind for step in found.steps if step.taken_from == unknown.id} == {StepKind.PRINTED}
    printed = show(found)
    assert "one text that several print nothing tells who had it first" in printed
    assert "cites" not in printed
    assert "copies" not in printed


def test_many_tellings_of_one_way_are_folded() -> None:
    found = trace(*(article(f"Outlet {n}", said("Pia Holt"), at="2024-05-01") for n in range(MOST_ALIKE + 5)))
    assert "and 5 more: Outlet" in show(found)
    assert show(found).count("burst its banks") == 1 + MOST_ALIKE
    assert "more: Outlet" not in show(found, has_all=True)
    assert show(found, has_all=True).count("burst its banks") == 1 + MOST_ALIKE + 5
