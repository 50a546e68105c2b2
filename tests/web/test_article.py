"""An article: its text as it was preserved, who says what in it, what stands elsewhere too, and what changed."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.ids import document_id
from sayso.records import (
    Credit,
    CreditKind,
    Reuse,
    ReuseBasis,
    ReuseDirection,
    ReuseExtent,
    ReuseKind,
    Span,
    Stretch,
    Urls,
)
from sayso.web.copied import list_shared, list_spans, list_stretches
from tests.copied_readings import copy_reading
from tests.corroborate.stories_told import article, moment, said
from tests.hostile import texts
from tests.readings import claimed_reading, demo_reading, small_reading
from tests.web.told_case import open_app, tell_story

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.testclient import TestClient

    from sayso.records import Reading

NASTY = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


@pytest.fixture(scope="module")
def demo() -> Iterator[tuple[TestClient, Reading]]:
    """The pages of a case of one long article."""
    reading = demo_reading()
    with open_app(None, reading) as client:
        yield client, reading


def read(client: TestClient, document: str, query: str = "") -> str:
    answer = client.get(f"/article/{document}{query}")
    assert answer.status_code == 200
    return str(answer.text)


def take_text(page: str) -> str:
    """Return the text that a page sets, character for character."""
    title = re.search(r"<h1 class=\"t\".*?</h1>", page, re.DOTALL)
    paragraphs = re.findall(r"<p class=\"t[ a-z]*\">.*?</p>", page, re.DOTALL)
    whole = "".join([str(title[0]) if title else "", *paragraphs])
    return html.unescape(str(re.sub(r"<[^>]+>", "", whole)))


def take_note(page: str, words: str) -> str:
    notes = page.partition('<ol class="notes">')[2].partition("</aside>")[0].split('<li class="note')[1:]
    told = [" ".join(html.unescape(re.sub(r"<[^>]+>", " ", note.partition(">")[2])).split()) for note in notes]
    return next(note for note in told if words in note)


def test_the_text_is_set_character_for_character(demo: tuple[TestClient, Reading]) -> None:
    client, reading = demo
    assert take_text(read(client, reading.document.id)) == reading.document.text


def test_rows_stand_beside_the_text_and_lead_into_it_and_back(demo: tuple[TestClient, Reading]) -> None:
    client, reading = demo
    page = read(client, reading.document.id)
    ids = re.findall(r'<li class="note[^>]* id="(att-[0-9a-f]+)" data-k="(\d+)"', page)
    assert len(ids) == len({one for one, _ in ids}) > 10
    for row, number in ids:
        if f'id="t{number}"' in page:
            assert f'href="#{row}"' in page
            assert f'href="#t{number}"' in page
    nested = [row for row in reading.attributions if row.within]
    assert nested
    assert 'class="c d2' in page or " d2" in page
    assert re.search(r'<li class="note[^"]* in1"', page)


def test_the_route_stands_with_who_says_it() -> None:
    first, second, _ = tell_story()
    with open_app(None, first, second) as client:
        page = read(client, second.document.id)
        assert "named: Ilse Brandt says through Radio Amsel" in take_note(page, "Radio Amsel")
        assert "C1 1 origin" in take_note(page, "burst its banks")
        assert f'href="/who/{second.attributions[0].source}"' in page


def test_every_link_within_the_page_leads_somewhere(demo: tuple[TestClient, Reading]) -> None:
    client, reading = demo
    for page in (read(client, reading.document.id), read(client, reading.document.id, "?from=5&to=9")):
        ids = re.findall(r' id="([^"]+)"', page)
        assert len(ids) == len(set(ids))
        assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)
        assert set(re.findall(r'aria-labelledby="([^"]+)"', page)) <= set(ids)


def test_the_boxes_say_what_the_page_credits_and_what_bears_the_headline_out(demo: tuple[TestClient, Reading]) -> None:
    client, reading = demo
    page = read(client, reading.document.id)
    assert "What the page credits" in page
    assert "Additional reporting by Northwire" in page
    assert "Mira Tannic" in page
    assert "The headline" in page
    assert reading.headline is not None
    assert html.escape(reading.headline.why) in page or reading.headline.why in html.unescape(page)
    assert f"{len(reading.unsourced)} sentences" in page
    assert page.count('class="u"') > 1


def test_times_figures_and_places_are_explained() -> None:
    reading = claimed_reading()
    with open_app(None, reading) as client:
        page = read(client, reading.document.id)
    assert "Times, figures and places" in page
    assert 'id="l-values"' in page
    assert "GeoNames" in page


# Copies.


def list_copied() -> tuple[Reading, Reading]:
    story = tell_story()[0]
    return story, copy_reading(story, "Lorvenia Today", moment("2024-05-05T10:00:00Z"))


def test_stretches_lead_to_where_they_also_stand_and_back() -> None:
    first, second = list_copied()
    with open_app(None, first, second) as client:
        page = read(client, first.document.id)
        assert "Text that also stands elsewhere" in page
        assert "Lorvenia Today</a> <small>the whole text, 54 words; both have it from a third" in page
        assert 'id="l-copied">' in page
        (address,) = dict.fromkeys(re.findall(rf'href="(/article/{second.document.id}\?from=[^"]+)"', page))
        there = client.get(html.unescape(address).partition("#")[0])
        assert there.status_code == 200
        assert there.text.count('id="here"') == 1
        marked = "".join(re.findall(r'<(?:span|a)[^>]*class="[^"]*\bh\b[^"]*"[^>]*>([^<]*)<', there.text))
        assert "Amsel" in marked
        assert take_text(there.text) == second.document.text


def test_a_place_that_is_none_is_not_marked(demo: tuple[TestClient, Reading]) -> None:
    client, reading = demo
    for query in ("?from=9&to=9", "?from=9&to=3", "?from=99999999&to=999999990", "?to=9", "?from="):
        answer = client.get(f"/article/{reading.document.id}{query}")
        assert (answer.status_code, 'id="here"' in answer.text) in {(200, False), (400, False)}
    assert client.get(f"/article/{reading.document.id}?from=x").status_code == 400


def edge(direction: ReuseDirection, *places: tuple[int, int], is_certain: bool = True) -> Reuse:
    """Return text that two documents have in common; the other one has it a hundred characters further on."""
    stretches = tuple(
        Stretch(
            here=Span(start=start, end=end, exact=""),
            there=Span(start=start + 100, end=end + 100, exact=""),
            words=5,
            edited=0,
            quoted=0,
        )
        for start, end in places
    )
    return Reuse(
        id="reu-1",
        document="a",
        other="b",
        kind=ReuseKind.OUTLET,
        extent=ReuseExtent.PART,
        direction=direction,
        basis=ReuseBasis.TIME,
        stretches=stretches,
        words=5,
        share=0.5,
        other_share=0.25,
        is_certain=is_certain,
    )


def test_each_side_of_a_copy_is_told_from_its_own_end() -> None:
    found = edge(ReuseDirection.FROM_OTHER, (0, 10))
    (taker,), (giver,) = list_shared([found], "a"), list_shared([found], "b")
    assert (taker.other, taker.share, taker.is_taker, taker.is_giver) == ("b", 0.5, True, False)
    assert (giver.other, giver.share, giver.is_taker, giver.is_giver) == ("a", 0.25, False, True)
    assert list_shared([found], "c") == []
    (common,) = list_shared([edge(ReuseDirection.COMMON)], "a")
    assert not common.is_taker
    assert not common.is_giver
    assert list_stretches([giver], "b", "x" * 200)[0].places[0].address == "/article/a?from=0&to=10#here"


def test_stretches_that_overlap_or_touch_are_one_but_not_over_a_paragraph() -> None:
    text = "one two three four five\n\nsix seven eight nine ten"
    shared = list_shared([edge(ReuseDirection.UNKNOWN, (0, 7), (4, 13), (14, 23), (25, 30), (40, 40))], "a")
    assert [(one.start, one.end) for one in list_stretches(shared, "a", text)] == [(0, 23), (25, 30)]


def test_what_may_be_chance_is_kept_apart_from_what_is_certain() -> None:
    certain = edge(ReuseDirection.FROM_OTHER, (10, 20))
    possible = replace(
        edge(ReuseDirection.UNKNOWN, (5, 18), (30, 40), is_certain=False), id="reu-2", other="c", words=50
    )
    shared = list_shared([possible, certain], "a")
    assert [one.other for one in shared] == ["b", "c"]
    found = list_stretches(shared, "a", "x" * 200)
    assert [(one.number, one.start, one.end, one.is_certain) for one in found] == [
        (1, 5, 18, False),
        (2, 10, 20, True),
        (3, 30, 40, False),
    ]
    assert [key for _, _, key in list_spans(found)] == [("m", 1), ("y", 2), ("m", 3)]


def test_a_long_stretch_is_named_by_how_it_begins() -> None:
    shared = list_shared([edge(ReuseDirection.COMMON, (0, 180))], "a")
    (one,) = list_stretches(shared, "a", "word " * 40)
    assert one.words.startswith("word word")
    assert one.words.endswith("…")
    assert len(one.words) <= 91


# Versions.


def list_versions() -> tuple[Reading, Reading]:
    old = article("The Post", said("Ilse Brandt"), said("Otto Lamm", "the ferry was safe"), at="2024-05-04")
    new = article(
        "The Post", said("Ilse Brandt"), said("Otto Lamm", "nobody had drowned", certainty="possible"), at="2024-05-05"
    )
    return old, replace(new, document=replace(new.document, supersedes=old.document.id))


def test_versions_lead_to_one_another_and_say_what_changed() -> None:
    old, new = list_versions()
    with open_app(None, old, new) as client:
        older, newer = read(client, old.document.id), read(client, new.document.id)
    assert f'href="/article/{new.document.id}"' in older
    assert "This is an older version" in older
    assert "What changed in claims" not in older
    assert f'href="/article/{old.document.id}"' in newer
    changes = newer.partition('id="h-changes"')[2]
    assert "the ferry was safe" in changes
    assert "nobody had drowned" in changes


# Edges.


def test_what_is_not_there_is_said_to_be_not_there(demo: tuple[TestClient, Reading]) -> None:
    client, reading = demo
    for given_id in (
        "doc-0000000000000000",
        "doc-00",
        "doc-",
        "x",
        "%00",
        "..%2f..",
        "att-0000",
        "doc-" + "f" * 300,
        NASTY,
    ):
        answer = client.get(f"/article/{given_id}")
        assert answer.status_code == 404
        assert "<script>alert" not in answer.text
    assert client.get(f"/article/{reading.document.id[:12]}").status_code == 200
    assert client.head(f"/article/{reading.document.id}").content == b""
    assert client.head("/article/doc-0000").status_code == 404


def test_an_article_with_nothing_in_it_is_shown() -> None:
    for reading in (small_reading(), article(None), article(None, "Nobody said a thing")):
        with open_app(None, reading) as client:
            page = read(client, reading.document.id)
            assert "What the page credits" in page
            assert take_text(page) == reading.document.text


def test_words_from_outside_are_never_markup() -> None:
    reading = article(
        NASTY, said(NASTY, f"the bridge {NASTY} fell", role=NASTY, unresolved=NASTY), at="2024-05-04", byline=NASTY
    )
    doc = replace(
        reading.document,
        name=NASTY,
        language='en" onload="x',
        urls=Urls(canonical="javascript:alert(1)"),
        credits=(Credit(kind=CreditKind.COPYRIGHT, name=NASTY, text=NASTY, stated_in="text"),),
    )
    with open_app(None, replace(reading, document=doc)) as client:
        page = read(client, doc.id)
    for nasty in ("<script>alert", "<img src=x", 'en" onload', 'href="javascript'):
        assert nasty not in page


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=texts(), title=st.booleans())
def test_any_text_is_set_or_refused_but_never_breaks_the_page(text: str, *, title: bool) -> None:
    reading = small_reading()
    whole = f"Ä\n\n{text}" if title else text
    doc = replace(
        reading.document,
        id=document_id(text=whole, outlet=text[:40], published=None),
        text=whole,
        title=Span(start=0, end=1, exact="Ä") if title else None,
        outlet=text[:40] or None,
        byline=text[:40] or None,
    )
    bare = replace(
        reading, document=doc, sources=(), attributions=(), relations=(), origins=(), headline=None, unsourced=()
    )
    with open_app(None, bare) as client:
        page = read(client, doc.id)
        assert client.get("/articles").status_code == client.get("/").status_code == 200
    assert page.count("</html>") == 1
    assert "\x1b" not in page


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked=st.lists(st.tuples(st.sampled_from(["from", "to", "q", "page"]), texts(max_size=3)), max_size=3))
def test_no_address_breaks_an_article(demo: tuple[TestClient, Reading], asked: list[tuple[str, str]]) -> None:
    client, reading = demo
    for page in (f"/article/{reading.document.id}", "/articles"):
        assert client.get(f"{page}?{urlencode(asked, errors='replace')}").status_code in {200, 400}
