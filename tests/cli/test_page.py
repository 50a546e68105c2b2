"""A reading as a page."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from sayso.cli._page import Page
from sayso.cli.picture import draw
from sayso.errors import Problem
from sayso.export.head import say_moment
from sayso.records import Moment, Precision, Stance
from tests.readings import Builder, claimed_reading, demo_reading, small_reading

if TYPE_CHECKING:
    from sayso.records import Reading

WIDTHS = (60, 75, 76, 80, 95, 96, 100, 127, 128, 140, 200)


def page(reading: Reading, width: int = 100, *, has_offsets: bool = False) -> str:
    out = io.StringIO()
    Page(Console(file=out, width=width, _environ={}), has_offsets=has_offsets).print(reading)
    return out.getvalue()


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("width", WIDTHS)
def test_no_line_is_wider_than_the_terminal_or_ends_in_blank_space(width: int) -> None:
    for line in page(demo_reading(), width, has_offsets=True).split("\n"):
        assert cell_len(line) <= width
        assert line == line.rstrip()


@pytest.mark.parametrize("width", WIDTHS)
def test_every_row_is_there_at_every_width(width: int) -> None:
    reading = demo_reading()
    printed = page(reading, width)
    numbers = re.findall(r"^ {2,4}(\d+)  . [●◐○]  ", printed, re.MULTILINE)
    assert numbers == [str(n) for n in range(1, len(reading.attributions) + 1)]


def test_a_terminal_narrower_than_the_narrowest_is_taken_as_that() -> None:
    assert max(map(len, page(demo_reading(), 20).split("\n"))) <= 60


@pytest.mark.parametrize("width", WIDTHS)
def test_the_articles_own_words_stand_by_every_denial_doubt_and_refusal(width: int) -> None:
    printed = page(demo_reading(), width)
    for att in demo_reading().attributions:
        if att.stance in {Stance.DENIES, Stance.DOUBTS, Stance.DECLINES}:
            assert f"“{att.cue_spans[0].exact.split()[0]}" in printed


def test_without_a_cue_our_label_does_not_stand_alone() -> None:
    reading = small_reading()
    denial = replace(reading.attributions[1], cue_spans=())
    printed = page(replace(reading, attributions=(reading.attributions[0], denial)))
    assert "denies" not in printed
    assert "no words for it in the article" in flat(page(replace(reading, attributions=(denial,)), 60))


def test_rows_to_check_are_marked() -> None:
    reading = small_reading()
    low = replace(reading.attributions[1], confidence=0.3)
    printed = page(replace(reading, attributions=(reading.attributions[0], low)))
    rows, legend = printed.split("● named")
    assert "check" in rows
    assert "check" in legend
    assert "check" not in page(reading).split("● named")[0]


def test_the_head_says_outlet_dates_byline_credits_roots_and_headline() -> None:
    head = flat(page(demo_reading(), 140).split("  1  ")[0])
    for words in (
        "The Harrow Coast Courier · 14 March 2024, 18:20 +02:00 · changed 15 March 2024, 07:05 +02:00 · by Mira Tannic",
        "credits Additional reporting by Northwire",
        "rests on 2 named officials",
        "the body bears it out in part",
    ):
        assert words in head


def test_route_role_and_relations_are_said() -> None:
    printed = flat(page(demo_reading(), 60))
    assert "through Norvane Press Agency" in printed
    assert "spokesman, Interior Ministry" in printed
    assert "disputes 8" in printed
    assert "perhaps" not in printed
    assert "who that is: not resolved, no plural party stands before it" in printed
    assert "at arm\u2019s length: “claimed”" in printed
    assert "put as fact: “note”" in printed


def test_a_quotation_over_paragraphs_keeps_its_marks_and_its_lines() -> None:
    printed = page(demo_reading(), 140)
    assert printed.count("“They promised me") == 1
    assert "valves,” … “Each time" in flat(printed)


def test_quotation_marks_around_a_span_are_shown_with_it() -> None:
    build = Builder("He said: “No comment today”, and left.")
    build.source("he", "He", "person", "described")
    build.row("a", "he", "said", "No comment today")
    reading = build.build()
    direct = replace(reading.attributions[0], directness=demo_reading().attributions[1].directness)
    assert "“No comment today”" in page(replace(reading, attributions=(direct,)))


def test_a_very_long_claim_is_cut_and_says_so() -> None:
    build = Builder("It said " + "word " * 50_000)
    build.source("it", "It", "person", "described")
    build.row("a", "it", "said", ("word " * 50_000).strip())
    printed = page(build.build())
    assert len(printed) < 20_000
    assert "--json has all" in printed


def test_a_garbled_name_is_pointed_out_and_not_replaced() -> None:
    printed = flat(page(claimed_reading()))
    assert "“Terrick” looks like a garbled form of “Terric”" in printed


def test_deeds_and_problems_are_noted_under_the_article() -> None:
    reading = small_reading()
    deed = replace(reading.attributions[0], stance=Stance.OTHER)
    problem = Problem(code="unclosed-quotation", message="A quotation is not closed.", start=3, end=4)
    printed = page(replace(reading, attributions=(deed, reading.attributions[1]), problems=(problem,)))
    assert "A quotation is not closed. (at 3)" in printed
    assert "1 row that nobody says" in printed


def test_the_legend_comes_once() -> None:
    out = io.StringIO()
    pages = Page(Console(file=out, width=100, _environ={}))
    pages.print(small_reading())
    pages.print(small_reading())
    assert out.getvalue().count("described, not named") == 1
    assert "──" in out.getvalue()


def test_a_row_with_an_unknown_party_is_no_error() -> None:
    reading = small_reading()
    assert "nobody named" in page(replace(reading, sources=()))


@settings(max_examples=80, deadline=None)
@given(st.text(st.characters(exclude_categories=()), min_size=1, max_size=80), st.sampled_from(WIDTHS))
def test_no_text_reaches_the_terminal_unshown(text: str, width: int) -> None:
    reading = small_reading()
    spans = tuple(replace(span, exact=text) for span in reading.attributions[1].content_spans)
    hostile = replace(reading.attributions[1], content_spans=spans, cue_spans=spans)
    printed = page(
        replace(
            reading,
            document=replace(reading.document, outlet=text, byline=text, title=replace(spans[0])),
            sources=tuple(replace(source, name=text, role=text, unresolved=text) for source in reading.sources),
            attributions=(reading.attributions[0], hostile),
            unsourced=spans,
            problems=(Problem(code="odd", message=text),),
        ),
        width,
    )
    assert not set(printed) & set(map(chr, (*range(10), *range(11, 32), *range(127, 160), 0x202E, 0x2066)))
    printed.encode("utf-8")


def test_markup_of_the_terminal_library_is_only_text() -> None:
    reading = small_reading()
    named = tuple(replace(source, name="[red]the :smile: mayor[/red]") for source in reading.sources)
    assert "[red]the :smile:" in page(replace(reading, sources=named))


@pytest.mark.parametrize(
    ("value", "precision", "said"),
    [
        ("2024", Precision.YEAR, "2024"),
        ("2024-03", Precision.MONTH, "March 2024"),
        ("2024-03-04", Precision.DAY, "4 March 2024"),
        ("2024-03-04T07:05Z", Precision.MINUTE, "4 March 2024, 07:05 Z"),
        ("2024-03-04T07:05:59+02:00", Precision.SECOND, "4 March 2024, 07:05 +02:00"),
        ("2024-13-04", Precision.DAY, "2024-13-04"),
        ("soon", Precision.DAY, "soon"),
    ],
)
def test_a_time_is_said_as_finely_as_it_was_stated(value: str, precision: Precision, said: str) -> None:
    assert say_moment(Moment(value=value, precision=precision, stated_in="text")) == said


def test_the_picture_is_of_the_page_and_fetches_nothing() -> None:
    svg = draw(demo_reading(), n_lines=20)
    assert "Ilva" in svg
    assert "@font-face" not in svg
    assert "url(http" not in svg


def test_a_relation_of_which_the_machine_is_unsure_says_so() -> None:
    reading = demo_reading()
    unsure = tuple(replace(link, confidence=0.3) for link in reading.relations)
    assert "perhaps disputes 8" in flat(page(replace(reading, relations=unsure), 60))
