"""Lists of a case as pages for the terminal."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from sayso.cli._case_rows import print_article, print_hit, print_info, print_refused, print_source
from sayso.cli._claim_row import print_alone, print_grouped
from sayso.cli._list_page import ListPage
from sayso.records import Hit, Judged, JudgedBy, Piece, Stance
from tests.cli.invented_case import (
    make_article,
    make_claim,
    make_claims,
    make_info,
    make_refused,
    make_source,
    mark_hits,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sayso.records import ClaimRow

WIDTHS = (60, 75, 76, 80, 95, 96, 100, 127, 128, 148, 200)
HIT = Hit(article=make_article(1), pieces=(Piece(text="the ", is_hit=False), Piece(text="depot", is_hit=True)))


def draw(write: Callable[[ListPage], None], width: int = 100, **more: object) -> str:
    out = io.StringIO()
    page = ListPage(Console(file=out, width=width, _environ={}, **more))  # type: ignore[arg-type]  # rich's own options
    write(page)
    page.print_end("")
    return out.getvalue()


def draw_claims(rows: Sequence[ClaimRow], width: int = 100, *, alone: bool = False, **more: object) -> str:
    def write(page: ListPage) -> None:
        for row in rows:
            (print_alone if alone else print_grouped)(page, row)

    return draw(write, width, **more)


def draw_all(page: ListPage, text: str | None = None) -> None:
    """Print a row of every kind, with a text from outside wherever one may stand."""
    more: dict[str, Any] = {} if text is None else {"title": text, "outlet": text, "published": text}
    for row in make_claims():
        said: dict[str, Any] = (
            {} if text is None else {"source_name": text, "via": (text,), "cue": text, "content": text}
        )
        print_grouped(page, replace(row, **more, **said))
        print_alone(page, replace(row, **more, **said, hits=(Piece(text=text or "x", is_hit=True),)))
    article = make_article(1, **more, n_problems=2, n_judged=1, supersedes="doc-" + "a" * 16)
    print_article(page, article if text is None else replace(article, name=text))
    print_hit(page, Hit(article=article, pieces=HIT.pieces if text is None else (Piece(text=text, is_hit=True),)))
    source = make_source(1)
    print_source(page, source if text is None else replace(source, name=text, role=text, first=text))
    refused = make_refused(1)
    print_refused(page, refused if text is None else replace(refused, name=text, code=text, message=text, advice=text))
    info = make_info()
    print_info(page, info if text is None else replace(info, name=text, outlets=((text, 1),), models=(text,)))


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("width", WIDTHS)
def test_no_line_is_wider_than_the_terminal_or_ends_in_blank_space(width: int) -> None:
    for line in draw(draw_all, width).split("\n"):
        assert cell_len(line) <= width
        assert line == line.rstrip()


@pytest.mark.parametrize("alone", [False, True])
@pytest.mark.parametrize("width", WIDTHS)
def test_every_row_is_there_at_every_width(width: int, *, alone: bool) -> None:
    printed = draw_claims(make_claims(), width, alone=alone)
    assert re.findall(r"att-[0-9a-f]{8}\b", printed) == [row.id[:12] for row in make_claims()]


@pytest.mark.parametrize("width", WIDTHS)
def test_the_articles_own_words_stand_by_every_denial_doubt_and_refusal(width: int) -> None:
    for row in make_claims():
        if row.stance in {Stance.DENIES, Stance.DOUBTS, Stance.DECLINES}:
            assert f"“{row.cue.split()[0]}" in draw_claims([row], width)


def test_an_article_is_named_once_above_its_rows() -> None:
    printed = draw_claims(make_claims())
    assert printed.count("14 March 2024") == 1
    assert printed.count("Ferries stay in port") == 1


def test_in_another_order_every_row_says_where_it_stands() -> None:
    printed = draw_claims(make_claims(), 148, alone=True)
    assert printed.count("doc-") == len(make_claims())
    assert printed.count("The Harrow Coast Courier · 14 March 2024") == 6


def test_a_person_has_a_sign_of_their_own() -> None:
    for judged in Judged:
        printed = draw_claims([make_claim(1, judged=judged, confidence=0.1)])
        assert (f"✎ {judged.value}" in printed) is (judged is not Judged.NOT)
        assert ("check" in printed) is (judged is Judged.NOT)


def test_a_person_and_the_machine_have_colours_of_their_own() -> None:
    rows = [make_claim(1, judged=Judged.ACCEPTED), make_claim(2, confidence=0.1)]
    printed = draw_claims(rows, force_terminal=True, color_system="256")
    hand = re.search(r"\x1b\[1;38;5;(\d+)m✎ accepted", printed)
    machine = re.search(r"\x1b\[1;38;5;(\d+)mcheck", printed)
    assert hand
    assert machine
    assert hand[1] != machine[1]


def test_what_a_person_rejected_is_crossed_out() -> None:
    row = make_claim(1, judged=Judged.REJECTED)
    assert "\x1b[2;9m" in draw_claims([row], force_terminal=True, color_system="256")


def test_who_judged_is_named_and_a_dispute_crosses_nothing_out() -> None:
    both = tuple(
        JudgedBy(name=name, judged=Judged(state)) for name, state in (("Ana", "accepted"), ("Vera", "rejected"))
    )
    disputed = make_claim(1, judged=Judged.REJECTED, judged_by=both, is_disputed=True)
    page = draw_claims([disputed], 60, force_terminal=True, color_system="standard")
    assert "accepted by Ana, rejected by Vera" in flat(re.sub(r"\x1b\[[0-9;]*m", "", page))
    assert "\x1b[2;9m" not in page
    agreed = tuple(replace(one, judged=Judged.REJECTED) for one in both)
    assert "rejected by Ana and Vera" in flat(
        draw_claims([make_claim(1, judged=Judged.REJECTED, judged_by=agreed)], 60)
    )


def test_hits_are_in_colour_or_between_signs() -> None:
    row = mark_hits(make_claim(1), "fire")
    assert "the «fire» could" in draw_claims([row])
    assert "the «fire» could" in re.sub(r"\x1b\[[\d;]*m", "", draw_claims([row], force_terminal=True, no_color=True))
    coloured = draw_claims([row], force_terminal=True, color_system="256")
    assert "«" not in coloured
    assert "\x1b[1;4;38;5;" in coloured


def test_a_terminal_without_the_signs_gets_others() -> None:
    def write(page: ListPage) -> None:
        print_grouped(page, mark_hits(make_claim(1, judged=Judged.ACCEPTED), "fire"))

    out = io.TextIOWrapper(io.BytesIO(), encoding="ascii", errors="backslashreplace")
    page = ListPage(Console(file=out, width=100, _environ={}))
    write(page)
    out.seek(0)
    printed = out.read()
    assert "# accepted" in printed
    assert "<<fire>>" in printed


def test_the_legend_explains_only_what_is_there() -> None:
    assert "a person judged" not in draw_claims([make_claim(1)])
    assert "machine is unsure" not in draw_claims([make_claim(1)])
    assert "vague, or nobody" in draw_claims([make_claim(1)])
    assert "vague" not in draw(lambda page: print_article(page, make_article(1)))


def test_a_very_long_claim_is_cut_and_says_so() -> None:
    printed = draw_claims([make_claim(1, content="word " * 50_000)])
    assert len(printed) < 5_000
    assert "--json has all" in flat(printed)


@pytest.mark.parametrize("alone", [False, True])
@pytest.mark.parametrize("width", WIDTHS)
def test_a_row_of_an_older_version_says_so(width: int, *, alone: bool) -> None:
    older = [make_claim(1, superseded_by="doc-" + "b" * 16), make_claim(2, document="doc-" + "b" * 16)]
    assert flat(draw_claims(older, width, alone=alone)).count("older version, replaced by doc-bbbbbbbb") == 1


def test_a_glance_tells_older_versions_apart() -> None:
    page = flat(draw(lambda page: print_info(page, make_info(n_superseded=1, n_claims_superseded=12))))
    assert "2 · 12 March 2024 to 14 March 2024 · 1 of them with a newer version" in page
    assert "9 by 7 sources · 12 more in older versions" in page
    assert "older" not in draw(lambda page: print_info(page, make_info()))


def test_what_was_pasted_without_a_title_says_the_same_in_both_lists() -> None:
    assert "without a title" in draw(lambda page: print_article(page, make_article(1, title=None, name="pasted")))
    assert "without a title" in draw_claims([make_claim(1, title=None)])


def test_a_refusal_says_what_to_do() -> None:
    assert "Save the page" in draw(lambda page: print_refused(page, make_refused(1)))


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=()), min_size=1, max_size=80), st.sampled_from(WIDTHS))
def test_no_text_reaches_the_terminal_unshown(text: str, width: int) -> None:
    printed = draw(lambda page: draw_all(page, text), width)
    assert not set(printed) & set(map(chr, (*range(10), *range(11, 32), *range(127, 160), 0x202E, 0x2066)))
    printed.encode("utf-8")


def test_markup_of_the_terminal_library_is_only_text() -> None:
    assert "[red]the :smile:" in draw_claims([make_claim(1, content="[red]the :smile: mayor[/red]")])
