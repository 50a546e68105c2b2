"""The page of a reading."""

from __future__ import annotations

import base64
import hashlib
import re
import time
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html

from sayso.errors import Problem
from sayso.export.order import order_rows
from sayso.export.reading_html import write_page
from sayso.export.visible import IN_PLACE, show_in_place
from sayso.export.words import load_words
from sayso.records import (
    Assertion,
    Credit,
    CreditKind,
    GeoName,
    NameNote,
    Place,
    PlaceScale,
    Polarity,
    Precision,
    Quantity,
    QuantityKind,
    Reading,
    Span,
    Stance,
    Time,
    TimeBasis,
    Urls,
)
from tests.readings import Builder, demo_reading, demo_text, small_reading

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
HOSTILE = (
    '<script>alert(1)</script><img src=x onerror=alert(1)>"\'><a href="https://evil.example">&amp;{{ 7*7 }}</style>'
)


def parse(page: bytes) -> html.HtmlElement:
    return html.document_fromstring(page.decode(), parser=html.HTMLParser(encoding="utf-8"))


def article_text(page: bytes) -> str:
    return "".join(one.text_content() for one in parse(page).find_class("t"))


def span_of(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start=start, end=start + len(words), exact=words)


def valued_reading() -> Reading:
    """Return the invented article with every kind of value."""
    reading = demo_reading()
    text = reading.document.text
    dorn = GeoName(
        id=1,
        name="Dorn",
        scale=PlaceScale.CITY,
        country="XX",
        region="Upper March",
        latitude=1,
        longitude=2,
        population=3,
    )
    return replace(
        reading,
        times=(
            Time(
                span=span_of(text, "on Tuesday"),
                earliest="2024-03-12",
                latest="2024-03-12",
                precision=Precision.DAY,
                basis=TimeBasis.RELATIVE,
                why="the Tuesday before publication",
            ),
            Time(
                span=span_of(text, "by May"),
                earliest=None,
                latest="2024-05-31",
                precision=Precision.MONTH,
                basis=TimeBasis.COMPLETED,
                why="year not stated: the May after publication",
            ),
        ),
        quantities=(
            Quantity(span=span_of(text, "14 of the depot’s 22 tanks"), low="14", high="14", kind=QuantityKind.COUNT),
            Quantity(
                span=span_of(text, "six men"), low="6", high="6", kind=QuantityKind.COUNT, of=span_of(text, "men")
            ),
            Quantity(span=span_of(text, "58 percent"), low="58", high="58", kind=QuantityKind.PERCENT, unit="percent"),
        ),
        places=(
            Place(
                span=span_of(text, "Dorn"),
                candidates=(dorn, replace(dorn, id=2, region="Lower March")),
                is_ambiguous=True,
                stands_for=None,
                why="two towns of this name",
                confidence=0.4,
            ),
            Place(
                span=span_of(text, "Sestria"),
                candidates=(),
                is_ambiguous=False,
                stands_for=None,
                why="",
                confidence=0.0,
            ),
        ),
        name_notes=(NameNote(span=span_of(text, "Pavel Ostrin"), likely="Pavel Ostryn", why="so in the caption"),),
        assertions=(
            Assertion(
                id="one",
                attribution=reading.attributions[0].id,
                span=span_of(text, "The blaze that destroyed the Callan fuel depot on Tuesday"),
                actor=span_of(text, "The blaze"),
                action=span_of(text, "destroyed"),
                target=span_of(text, "the Callan fuel depot"),
                times=(0, 99),
                polarity=Polarity.POSITIVE,
            ),
            Assertion(
                id="two",
                attribution=None,
                span=span_of(text, "There is no camp at Dorn"),
                actor=None,
                action=span_of(text, "is"),
                target=None,
                places=(0,),
                polarity=Polarity.NEGATIVE,
                why="“no”",
            ),
        ),
    )


def hostile_reading(text: str) -> Reading:
    """Return a reading in which every text from outside is this one."""
    reading = valued_reading()
    every = Span(start=0, end=len(text), exact=text)
    part = Span(start=len(text) // 3, end=len(text), exact=text[len(text) // 3 :])
    return replace(
        reading,
        document=replace(
            reading.document,
            text=text,
            name=text,
            title=part,
            outlet=text,
            byline=text,
            dateline=text,
            format=text,
            language=text,
            credits=(Credit(kind=CreditKind.CORRECTION, name=text, text=text, stated_in=text),),
            urls=Urls(canonical=text),
            not_prose=(part,),
        ),
        sources=tuple(replace(one, name=text, role=text, affiliation=text, unresolved=text) for one in reading.sources),
        attributions=tuple(
            replace(one, source_spans=(part,), cue_spans=(part, every), content_spans=(every, part))
            for one in reading.attributions
        ),
        unsourced=(every,),
        problems=(Problem(code="odd", message=text, start=0, end=1),),
        run=replace(reading.run, engine=text, model=text, model_sha256=text, settings=((text, text),)),
        times=tuple(replace(one, span=part, why=text, earliest=text) for one in reading.times),
        quantities=tuple(replace(one, span=part, low=text, unit=text, of=part, why=text) for one in reading.quantities),
        places=tuple(replace(one, span=part, stands_for=text, why=text) for one in reading.places),
        name_notes=(NameNote(span=every, likely=text, why=text),),
        assertions=tuple(replace(one, actor=every, action=every, target=part, why=text) for one in reading.assertions),
    )


READINGS = (
    demo_reading(),
    valued_reading(),
    small_reading(),
    replace(small_reading(), headline=None, attributions=(), relations=(), sources=(), origins=()),
    hostile_reading(HOSTILE),
)


@pytest.mark.parametrize("reading", READINGS, ids=["demo", "valued", "small", "empty", "hostile"])
def test_the_articles_text_stands_in_the_page_character_for_character(reading: Reading) -> None:
    assert article_text(write_page(reading)) == reading.document.text


@pytest.mark.parametrize("reading", READINGS, ids=["demo", "valued", "small", "empty", "hostile"])
def test_the_same_reading_gives_the_same_bytes(reading: Reading) -> None:
    assert write_page(reading) == write_page(reading)


@pytest.mark.parametrize("reading", READINGS, ids=["demo", "valued", "small", "empty", "hostile"])
def test_nothing_is_fetched_and_nothing_leads_out(reading: Reading) -> None:
    page = parse(write_page(reading))
    for one in page.iter(etree.Element):
        for name, value in one.attrib.items():
            assert name not in {"src", "srcset", "style", "action", "background", "poster"}
            assert not name.startswith("on")
            assert name != "href" or re.fullmatch(r"#\w+", value)
    assert not page.xpath("//link | //img | //iframe | //object | //embed | //base | //form | //svg")
    style = page.xpath("string(//style)")
    assert "url(" not in style
    assert "@import" not in style
    assert "http" not in style + page.xpath("string(//script)")


@pytest.mark.parametrize("reading", READINGS, ids=["demo", "valued", "small", "empty", "hostile"])
def test_the_policy_allows_our_own_style_and_script_and_nothing_else(reading: Reading) -> None:
    page = parse(write_page(reading))
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    for tag in ("style", "script"):
        (one,) = page.xpath(f"//{tag}")
        digest = base64.b64encode(hashlib.sha256(one.text.encode()).digest()).decode()
        assert rules[f"{tag}-src"] == f"'sha256-{digest}'"


VOID = {"meta", "br", "hr", "link", "img", "input"}
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:\s+[a-zA-Z-]+(?:=\"[^\"<]*\")?)*)\s*>")


def iter_tags(page: str) -> Iterator[tuple[str, str, str]]:
    """Yield every tag; the contents of style and script are no tags."""
    bare = re.sub(r"(<(style|script)>).*?(</\2>)", r"\1\3", page, flags=re.DOTALL)
    bare = bare.removeprefix("<!DOCTYPE html>\n")
    found = TAG.findall(bare)
    assert len(found) == bare.count("<"), "a character < that begins no tag"
    yield from found


@pytest.mark.parametrize("reading", READINGS, ids=["demo", "valued", "small", "empty", "hostile"])
def test_the_page_is_well_formed_and_its_ids_are_its_own(reading: Reading) -> None:
    page = write_page(reading).decode()
    stack: list[str] = []
    for closing, name, _ in iter_tags(page):
        if closing:
            assert stack.pop() == name
        elif name not in VOID:
            assert not (name == "a" and "a" in stack)
            assert not (name in {"p", "ul", "ol", "dl", "div", "section"} and {"p", "h1", "h2"} & set(stack))
            stack.append(name)
    assert not stack
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    for target in re.findall(r'href="#([^"]+)"', page):
        assert target in ids, target


def luminance(colour: str) -> float:
    """Return the relative luminance (WCAG 2.2)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dark + 0.05)


def lay(over: str, under: str) -> str:
    """Return the colour of a see-through one (``rgba(…)``) laid over another."""
    *rgb, alpha = (float(part) for part in re.findall(r"[\d.]+", over))
    base = [int(under[i : i + 2], 16) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(a * alpha + b * (1 - alpha)):02x}" for a, b in zip(rgb, base, strict=True))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_stands_out_as_wcag_aa_asks(scheme: str) -> None:
    style = parse(write_page(small_reading())).xpath("string(//style)")
    light, dark = style.split("prefers-color-scheme:dark", 1)
    colours = dict(
        re.findall(r"--([\w-]+):(#\w{6}|rgba\([^)]*\))", {"light": light, "dark": dark.split("}}")[0]}[scheme])
    )
    paper = colours["paper"]
    grounds = [paper, *(lay(colours[name], paper) for name in ("lit", "own"))]
    for ground in grounds:
        for name in ("ink", "accent"):
            assert contrast(colours[name], ground) >= 4.5, (name, ground)
    assert contrast(colours["quiet"], paper) >= 4.5
    assert contrast(colours["quiet"], lay(colours["lit"], paper)) >= 4.5
    assert contrast(colours["ink"], lay(colours["lit-who"], paper)) >= 4.5


def test_headings_and_landmarks_are_in_order() -> None:
    page = parse(write_page(valued_reading()))
    assert page.get("lang") == "en"
    assert len(page.xpath("//h1")) == len(page.xpath("//main")) == len(page.xpath("//title[text()]")) == 1
    levels = [int(one.tag[1]) for one in page.xpath("//h1 | //h2 | //h3")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    for landmark in page.xpath("//section | //aside | //article | //nav"):
        label = landmark.get("aria-labelledby")
        assert landmark.get("aria-label") or page.get_element_by_id(label).text_content()


def test_every_row_is_in_the_ledger_and_in_the_text() -> None:
    reading = demo_reading()
    page = parse(write_page(reading))
    assert len(page.xpath("//li[starts-with(@id, 'r')]")) == len(reading.attributions)
    for n in range(1, len(reading.attributions) + 1):
        assert page.xpath(f"//a[@id='t{n}'][@href='#r{n}']")
        assert page.xpath(f"//li[@id='r{n}']//a[@href='#t{n}']")


def test_each_row_lights_exactly_its_own_source_cue_and_content() -> None:
    reading = valued_reading()
    page = parse(write_page(reading))
    for line in order_rows(reading):
        att = line.att
        for role, spans in (("c", att.content_spans), ("q", att.cue_spans), ("s", att.source_spans)):
            lit = "".join(one.text_content() for one in page.find_class(f"{role}{line.number}"))
            assert lit == "".join(span.exact for span in sorted(spans, key=lambda span: span.start))


def test_a_claim_within_a_claim_is_deeper() -> None:
    page = parse(write_page(demo_reading()))
    assert "that an alarm rang at 2:40 a.m." in "".join(one.text_content() for one in page.find_class("d2"))


def test_the_articles_own_words_stand_by_every_denial_doubt_and_refusal() -> None:
    reading = demo_reading()
    page = parse(write_page(reading))
    cues = [one.text_content().strip("“”") for one in page.find_class("cue")]
    wanted = [row for row in reading.attributions if row.stance in {Stance.DENIES, Stance.DOUBTS, Stance.DECLINES}]
    assert sorted(cues) == sorted(row.cue_spans[0].exact for row in wanted)


def test_a_row_to_check_says_so_in_ledger_and_text() -> None:
    reading = small_reading()
    rows = tuple(replace(row, confidence=0.3) for row in reading.attributions)
    page = parse(write_page(replace(reading, attributions=rows)))
    assert len(page.xpath("//ol//*[@class='check']")) == 2
    assert page.xpath("//p//*[contains(@class, ' lo ')]")
    assert not parse(write_page(reading)).xpath("//ol//*[@class='check']")


def test_no_confidence_is_printed_as_a_number() -> None:
    reading = demo_reading()
    rows = tuple(replace(row, confidence=0.4321, label_confidence=(0.4321,) * 3) for row in reading.attributions)
    assert b"4321" not in write_page(replace(reading, attributions=rows))


def test_head_says_roots_headline_and_credits() -> None:
    text = " ".join(parse(write_page(demo_reading())).xpath("string(//main/div[1])").split())
    for words in (
        "Rests on 2 named officials",
        "the body bears it out in part",
        "What the page credits",
        "Additional reporting by Northwire",
        "2 sentences of the article’s own",
    ):
        assert words in text


def test_values_say_in_the_text_and_in_the_list_what_they_were_resolved_to() -> None:
    page = parse(write_page(valued_reading()))
    notes = {one.text_content(): one.get("data-note") for one in page.xpath("//*[@data-note]")}
    assert notes["on Tuesday"] == "12 March 2024 — the Tuesday before publication"
    assert notes["58 percent"] == "58 per cent"
    assert notes["Dorn"].startswith("may be: Dorn, Upper March, XX (city); Dorn, Lower March, XX (city)")
    listed = " ".join(page.xpath("string(//*[@class='kinds'])").split())
    for words in ("31 May 2024 or earlier", "6 of men", "in no gazetteer", "garbled form of “Pavel Ostryn”"):
        assert words in listed
    assert "GeoNames" in page.xpath("string(//main)")
    table = " ".join(page.xpath("string(//table)").split())
    assert "the article" in table
    assert "said not to be so “no”" in table
    assert "GeoNames" not in write_page(demo_reading()).decode()


def test_a_place_named_twice_is_listed_once_with_both_numbers() -> None:
    reading = valued_reading()
    (dorn,) = [place for place in reading.places if place.candidates]
    again = reading.document.text.index("Dorn", dorn.span.end)
    twice = replace(dorn, span=Span(start=again, end=again + 4, exact="Dorn"))
    page = parse(write_page(replace(reading, places=(*reading.places, twice))))
    listed = [one for one in page.iter("dt") if one.text_content().split()[-1:] == ["Dorn"]]
    assert len(listed) == 1
    numbers = [link.text for link in listed[0].iter("a")]
    assert len(numbers) == 2
    assert all(page.get_element_by_id(f"v{number}") is not None for number in numbers)


def test_deeds_and_problems_are_noted() -> None:
    reading = small_reading()
    deed = replace(reading.attributions[0], stance=Stance.OTHER)
    problem = Problem(code="odd", message="A quotation is not closed.", start=3, end=4)
    page = write_page(replace(reading, attributions=(deed, reading.attributions[1]), problems=(problem,))).decode()
    assert "A quotation is not closed. (at 3)" in page
    assert "1 row that nobody says (a deed) is" in page


def test_the_footer_names_the_run_and_the_published_error_rates() -> None:
    footer = parse(write_page(demo_reading())).xpath("string(//footer)")
    assert "sayso 0.0" in footer
    assert "0" * 64 in footer
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for name, key in (
        ("rows: claim and party", "rows"),
        ("**denials, doubts, refusals**", "refusals"),
        ("**whole routes", "routes"),
    ):
        (line,) = [line for line in readme.splitlines() if line.startswith(f"| {name}")]
        right = line.split("|")[3].strip(" *")
        assert load_words()["errors"][key] == int(right)
        assert right in footer


def test_marks_of_direction_and_controls_are_replaced_one_for_one() -> None:
    text = "He said \u202eevil\u202c \x1b[31m \x00 and \u2066left\u2069.\r\nThe mayor said no\x85more\ud800."
    reading = replace(small_reading(), document=replace(small_reading().document, text=text, title=None))
    page = write_page(replace(reading, attributions=(), relations=(), unsourced=()))
    assert article_text(page) == show_in_place(text)
    assert len(show_in_place(text)) == len(text)
    assert not set(page.decode()) & {chr(code) for code, to in IN_PLACE.items() if chr(code) != to}


def test_a_pile_of_combining_marks_is_folded_and_still_there() -> None:
    text = "The mayor said a" + "\u0301" * 50 + "b."
    reading = replace(small_reading(), document=replace(small_reading().document, text=text, title=None))
    page = write_page(replace(reading, attributions=(), relations=()))
    assert article_text(page) == text
    assert b'class="pile"' in page


@settings(max_examples=120, deadline=None)
@given(st.text(st.characters(exclude_categories=()), min_size=1, max_size=80))
def test_no_text_disturbs_the_page(text: str) -> None:
    page = write_page(hostile_reading(text)).decode()
    assert not set(page) & {chr(code) for code, to in IN_PLACE.items() if chr(code) != to}
    tags = [name for _, name, _ in iter_tags(page)]
    assert tags.count("script") == 2
    assert article_text(page.encode()) == show_in_place(text)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 90), st.integers(0, 90)), min_size=2, max_size=10))
def test_overlapping_spans_light_their_own_characters(ends: list[tuple[int, int]]) -> None:
    text = ("abcdefghi \n\n" * 8)[:90]
    spans = [Span(start=min(pair), end=max(pair), exact=text[min(pair) : max(pair)]) for pair in ends]
    reading = small_reading()
    one, two = reading.attributions
    half = len(spans) // 2
    rows = (replace(one, content_spans=tuple(spans[:half])), replace(two, content_spans=tuple(spans[half:])))
    doc = replace(reading.document, text=text, title=None)
    page = write_page(replace(reading, document=doc, attributions=rows, relations=()))
    assert article_text(page) == text
    for number, some in ((1, spans[:half]), (2, spans[half:])):
        wanted = sorted({place for span in some for place in range(span.start, span.end)})
        lit = "".join(one.text_content() for one in parse(page).find_class(f"c{number}"))
        assert lit == "".join(text[place] for place in wanted)


def test_a_long_article_is_linear_to_make() -> None:
    def made(n: int) -> tuple[float, int]:
        paragraphs = [f"The mayor of town {i} said that the harbour {i} is closed." for i in range(n)]
        text = "\n\n".join(paragraphs)
        build = Builder(text)
        build.source("mayor", "The mayor of town 0 ", "person", "described")
        build.row("a", "mayor", "said", "that the harbour 0 is closed")
        reading = build.build()
        row, size = reading.attributions[0], 0
        rows = []
        for i, paragraph in enumerate(paragraphs):
            cue, content = (paragraph.index(words) for words in ("said", "that"))
            rows.append(
                replace(
                    row,
                    id=f"{i}",
                    cue_spans=(Span(start=size + cue, end=size + cue + 4, exact="said"),),
                    content_spans=(
                        Span(start=size + content, end=size + len(paragraph) - 1, exact=paragraph[content:-1]),
                    ),
                )
            )
            size += len(paragraph) + 2
        start = time.process_time()
        page = write_page(replace(reading, attributions=tuple(rows)))
        return time.process_time() - start, len(page)

    made(10)
    (few, small), (many, large) = made(1_000), made(10_000)
    assert large < 12 * small
    assert many < 30 * few + 0.5
    assert demo_text()
