"""The ledger: a line for each claim with what has to be said of it, and an address for everything asked of it."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.web.legs import draw_legs
from sayso.web.ranges import draw_figures
from sayso.web.spark import draw_spark, say_length
from tests.corroborate.stories_told import article, said
from tests.findings import FIGURE
from tests.hostile import texts
from tests.web.told_case import open_app, tell_story

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from starlette.testclient import TestClient

    from sayso.records import FigureTold

FILTERS = (
    "q", "party", "outlet", "origins", "outlets", "disputed", "since", "until", "place", "stance", "certainty",
    "naming", "check", "story", "sort", "page", "reverse", "nothing",
)  # fmt: skip
NASTY = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


@pytest.fixture(scope="module", params=["memory", "file"])
def client(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The pages of the flood's case."""
    folder: Path | None = tmp_path_factory.mktemp("case") if request.param == "file" else None
    with open_app(folder, *tell_story()) as client:
        yield client


def list_lines(text: str) -> list[str]:
    """Return the lines of the table, each without its markup."""
    rows = re.findall(r"<tr data-open=.*?</tr>", text, re.DOTALL)
    return [
        " ".join(html.unescape(re.sub(r"<[^>]+>", " ", row)).split()).replace(" ,", ",").replace(" ;", ";")
        for row in rows
    ]


def find_line(client: TestClient, words: str, query: str = "/") -> str:
    (line,) = [line for line in list_lines(client.get(query).text) if words in line]
    return line


def test_a_line_says_who_through_whom_how_widely_and_on_how_many_legs(client: TestClient) -> None:
    line = find_line(client, "burst its banks")
    assert "Jan Roth denies “denied”" in line or "Ilse Brandt says" in line
    assert "disputed" in line
    assert "origin" in line
    assert "2 outlets" in line
    assert "first 4 May 2024, 08:00, over 4 hours" in line


def test_the_route_and_the_other_speakers_stand_with_who_says_it(client: TestClient) -> None:
    line = find_line(client, "burst its banks", "/?party=Radio+Amsel")
    assert "Ilse Brandt says through Radio Amsel in Coast Daily" in line
    assert "also said by Otto Lamm" in find_line(client, "hurt", "/?party=nurse")
    assert "denies “denied” in Orlby Week; said by Ilse Brandt" in find_line(client, "burst its banks")


def test_figures_of_one_thing_are_drawn_on_one_axis(client: TestClient) -> None:
    text = client.get("/?q=hurt").text
    assert 'class="plot" role="img" aria-label="Figures told: people: 12 (2), 19 (1)"' in text


def test_outlets_over_time_are_drawn_with_words_for_those_who_cannot_see(client: TestClient) -> None:
    text = client.get("/?q=banks").text
    spark = text.partition('class="spark" role="img"')[2].partition("</svg>")[0]
    assert "<title>The Post, 4 May 2024, 08:00; Coast Daily, 4 May 2024, 12:00; Orlby Week" in spark


@pytest.mark.parametrize(
    ("query", "is_there"),
    [
        ("q=banks", True),
        ("q=banks+mill+bridge", True),
        ("q=%22its+banks%22", True),
        ("q=bridges", False),
        ("party=brandt", True),
        ("party=nobody", False),
        ("outlet=coast", True),
        ("disputed=1", True),
        ("outlets=2", True),
        ("outlets=4", False),
        ("origins=0", False),
        ("since=2024-05-05&party=brandt", False),
        ("until=2024-05-04", True),
        ("stance=denies", True),
        ("stance=asks", False),
        ("stance=asks&stance=denies", True),
        ("naming=vague", False),
        ("check=1", False),
        ("story=sty-0000", False),
    ],
)
def test_a_filter_of_the_address_holds(client: TestClient, query: str, *, is_there: bool) -> None:
    found = list_lines(client.get(f"/?{query}").text)
    assert any("burst its banks" in line for line in found) is is_there


def test_what_is_asked_stands_in_the_form_and_can_be_taken_back_one_by_one(client: TestClient) -> None:
    text = client.get("/?q=banks&party=Brandt&sort=tellings&disputed=1").text
    assert 'name="q" value="banks"' in text
    assert 'name="party" value="Brandt"' in text
    assert '<option value="tellings" selected>' in text
    assert 'value="1" checked> disputed' in text
    assert "without: who: Brandt" in text
    assert 'href="/?q=banks&amp;sort=tellings&amp;disputed=1"' in text


def test_what_a_form_leaves_empty_is_not_in_the_address(client: TestClient) -> None:
    answer = client.get("/?q=banks&party=&outlet=&sort=&stance=denies&stance=", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/?q=banks&stance=denies")
    assert client.get("/?party=", follow_redirects=False).headers["location"] == "/"


@pytest.mark.parametrize(
    "query",
    [
        "sort=best", "page=0", "page=-1", "page=x", "page=1e3", "page=99999999", "page=%D9%A3", "origins=many",
        "outlets=0",
        "stance=loves", "certainty=1", "naming=x", "since=yesterday", "until=2024-13", f"q={'x' * 301}",
    ],
)  # fmt: skip
def test_what_is_not_understood_is_said_and_never_guessed(client: TestClient, query: str) -> None:
    answer = client.get(f"/?{query}")
    assert answer.status_code == 400
    assert "That did not work" in answer.text
    assert query.partition("=")[0] in answer.text


def test_every_order_lists_the_same_lines(client: TestClient) -> None:
    usual = sorted(list_lines(client.get("/").text))
    assert len(usual) >= 2
    for order in ("published", "added", "confidence", "source", "outlet", "origins", "outlets", "tellings"):
        found = list_lines(client.get(f"/?sort={order}").text)
        assert len(found) == len(usual)
        assert len(list_lines(client.get(f"/?sort={order}&reverse=1").text)) == len(usual)
        assert f'value="{order}" selected' in client.get(f"/?sort={order}").text


def test_a_heading_sorts_and_sorts_the_other_way_round(client: TestClient) -> None:
    assert 'aria-sort="descending"' in client.get("/").text
    assert 'aria-sort="ascending"' in client.get("/?sort=origins&reverse=1").text
    assert "/?q=banks&amp;sort=origins" in client.get("/?q=banks&page=1").text


def test_pages_lead_to_one_another_and_keep_what_is_asked() -> None:
    many = [
        article(
            f"Paper {n}",
            *(
                said("Ilse Brandt", f"the wo{n}x{row} of Orlby would be zu{n}v{row} and mo{row}n{n}")
                for row in range(10)
            ),
            at=f"2024-05-{n + 1:02}",
        )
        for n in range(11)
    ]
    with open_app(None, *many) as client:
        first, last = client.get("/?party=Ilse"), client.get("/?party=Ilse&page=3")
        assert [len(list_lines(one.text)) for one in (first, last)] == [50, 10]
        assert 'rel="next" href="/?party=Ilse&amp;page=2"' in first.text
        assert 'rel="prev"' not in first.text
        assert 'rel="prev" href="/?party=Ilse&amp;page=2"' in last.text
        assert 'rel="next"' not in last.text
        past = client.get("/?party=Ilse&page=4")
        assert "There is no page 4" in past.text
        assert 'href="/?party=Ilse&amp;page=3"' in past.text


def test_an_empty_case_says_what_to_do() -> None:
    with open_app(None) as client:
        assert "Add articles" in client.get("/").text
        assert "Nothing fits" in client.get("/?q=x").text


def test_words_from_outside_are_never_markup() -> None:
    reading = article(NASTY, said(NASTY, f"the bridge {NASTY} fell", role=NASTY), at="2024-05-04")
    with open_app(None, reading) as client:
        for page in ("/", "/?q=bridge", f"/?{urlencode({'party': NASTY})}", f"/?{urlencode({'q': NASTY})}"):
            text = client.get(page).text
            assert "<script>alert" not in text
            assert "<img src=x" not in text
        assert "&lt;script&gt;" in client.get("/").text


@settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(
    asked=st.lists(
        st.tuples(
            st.sampled_from(FILTERS),
            st.one_of(st.sampled_from(["1", "2", "asserts", "vague", "2024"]), texts(max_size=4)),
        ),
        max_size=5,
    )
)
def test_no_address_breaks_the_ledger(client: TestClient, asked: list[tuple[str, str]]) -> None:
    answer = client.get(f"/?{urlencode(asked, errors='replace')}")
    assert answer.status_code in {200, 400, 404}
    assert "</html>" in answer.text


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(raw=st.text("%&=;+?/\\<>\"'\u00e9abc0123456789", max_size=40))
def test_no_raw_query_breaks_the_ledger(client: TestClient, raw: str) -> None:
    assert client.get(f"/?{raw}".replace("#", "")).status_code in {200, 400, 404}


# What is drawn.


def test_legs_that_are_known_are_solid_and_many_are_counted() -> None:
    assert draw_legs(1, 3).count('class="leg"') == 1
    assert draw_legs(1, 3).count('class="hollow"') == 2
    assert "+12" in draw_legs(2, 20)
    assert "at least 0, at most 0" in draw_legs(0, 0)


def told(low: str | None, high: str | None, **more: object) -> FigureTold:
    return replace(FIGURE, low=low, high=high, words=f"{low}–{high}", **more)  # type: ignore[arg-type]


def test_figures_that_cannot_be_compared_share_no_axis() -> None:
    assert "plot" not in draw_figures([told("4", "4")])
    assert "plot" not in draw_figures([told("4", "4"), told("31", "31", unit="h")])
    assert "plot" not in draw_figures([told("4", "4"), told("31", "31", counts="tanks")])
    assert "plot" not in draw_figures([told("4", "4"), told("4", "4")])
    assert draw_figures([]) == ""
    assert '<span class="of">boats</span>' in draw_figures([told("4", "4")])
    assert "of" not in draw_figures([told("4", "4", counts=None)])
    assert "…" in draw_figures([told("4", "4", counts="boats " * 20)])
    both = draw_figures([told("12", "12"), told("19", "19")])
    assert both.count("<circle") == 2
    assert "span" in draw_figures([told("12", "12"), told("4", None)])
    assert "span" in draw_figures([told("4", "12"), told("5", "5")])


@given(
    st.lists(
        st.builds(
            told,
            st.one_of(st.none(), st.decimals(allow_nan=False).map(str), st.just("9" * 400), st.just("x")),
            st.one_of(st.none(), st.decimals(allow_nan=False).map(str), st.just("-" + "9" * 390)),
            n_tellings=st.integers(0, 10**9),
        ),
        max_size=5,
    )
)
def test_no_figure_breaks_its_drawing(figures: list[FigureTold]) -> None:
    drawn = draw_figures(figures)
    assert "nan" not in re.sub(r'aria-label="[^"]*"|<span.*?</span>', "", drawn)
    for number in re.findall(r'cx="([-0-9.]+)"', drawn):
        assert 0 <= float(number) <= 150


def test_how_long_it_took_is_said_in_round_words() -> None:
    start = "2024-05-04T08:00:00Z"
    for end, length in (
        ("2024-05-04T08:01:00Z", "over 1 minute"),
        ("2024-05-04T12:00:00Z", "over 4 hours"),
        ("2024-05-20", "over 16 days"),
        ("2024-11-04", "over 6 months"),
        ("2034-05-04", "over 10 years"),
        (start, ""),
        ("2023", ""),
        (None, ""),
        ("soon", ""),
    ):
        assert say_length(start, end) == length


def test_without_two_times_there_is_no_line() -> None:
    assert draw_spark([]) == ""
