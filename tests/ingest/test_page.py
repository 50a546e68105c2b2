"""Pages of several makes: the article, its credits, and pages that hold none."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sayso.errors import NoArticleInPage, UnsupportedLanguage

if TYPE_CHECKING:
    from sayso.records import Document
    from tests.ingest.conftest import Read

PAGES = Path(__file__).parent / "pages"
SENTENCE = "The mayor of Ardenna said on Monday that the bridge would be closed, and that nobody had asked her why. "


def read_page(read: Read, name: str) -> Document:
    return read((PAGES / f"{name}.html").read_bytes(), f"{name}.html")


def list_credits(document: Document, *, stated_in: str | None = None) -> list[tuple[str, str | None]]:
    return [(c.kind.value, c.name) for c in document.credits if stated_in in (None, c.stated_in)]


def make_page(body: str, head: str = "") -> str:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"


def test_blog_page_gives_the_article_and_nothing_around_it(read: Read) -> None:
    document = read_page(read, "wordpress")
    paragraphs = document.text.split("\n\n")
    assert paragraphs[0] == "Lisk ferry inquiry hears of ignored warnings"
    assert paragraphs[1].startswith("The company that ran the Lisk ferry was warned")
    assert "“We are still looking.”" in paragraphs
    for foreign in (
        "captain said",
        "minister said",
        "toll will rise",
        "Mayor denies",
        "newsletter",
        "has covered",
        "council admitted",
    ):
        assert foreign not in document.text
    assert [span.exact for span in document.not_prose] == ["What the inspectors knew", paragraphs[-1]]


def test_blog_page_gives_outlet_times_and_addresses(read: Read) -> None:
    document = read_page(read, "wordpress")
    assert (document.outlet, document.byline) == ("The Harbour Star", "Petra Oud")
    assert document.published is not None
    assert (document.published.value, document.published.precision.value) == ("2024-11-12T07:30:00+00:00", "second")
    assert document.urls.asked == "https://harbourstar.example/2024/11/lisk-ferry-inquiry/?amp=1"
    assert document.urls.final == document.urls.canonical == "https://harbourstar.example/2024/11/lisk-ferry-inquiry/"
    assert ("correction", None) in list_credits(document, stated_in="text")
    assert ("copyright", "Harbour Star Media Ltd") in list_credits(document, stated_in="html")


def test_broken_json_ld_gives_every_credit(read: Read) -> None:
    document = read_page(read, "newsarticle")
    stated = list_credits(document, stated_in="json-ld")
    for credit in (
        ("byline", "Ines Kall"),
        ("byline", "Rob Teague"),
        ("creditText", "Ardenna Post / Northwire"),
        ("sourceOrganization", "Northwire"),
        ("isBasedOn", "Northwire"),
        ("copyright", "Ardenna Post"),
        ("correction", None),
        ("agency", "Northwire"),
    ):
        assert credit in stated
    assert ("byline", "Nobody Here") not in stated
    assert (document.outlet, document.byline, document.dateline) == ("Ardenna Post", "Ines Kall, Rob Teague", "ARDENNA")
    assert document.published is not None
    assert document.modified is not None
    assert (document.published.value, document.published.precision.value) == ("2024-05-02", "day")
    assert (document.modified.value, document.modified.precision.value) == ("2024-05-03T09:05Z", "minute")
    assert document.urls.final == "https://post.example/ardenna/flood-records"
    assert "keep quiet" not in document.text
    assert ("copyright", "Northwire") in list_credits(document, stated_in="html")


def test_republished_wire_keeps_its_origin(read: Read) -> None:
    document = read_page(read, "republished")
    assert document.outlet == "Lisk Today"
    assert document.urls.final is not None
    assert document.urls.canonical is not None
    assert document.urls.final.startswith("https://lisktoday.example/")
    assert document.urls.canonical.startswith("https://northwire.example/")
    assert document.dateline == "MERROW, Feb 11"
    kinds = {credit.kind.value for credit in document.credits if credit.name == "Northwire"}
    assert {"dateline", "agency", "copyright"} <= kinds
    assert "isBasedOn" in {credit.kind.value for credit in document.credits}
    assert "said" not in "".join(span.exact for span in document.not_prose)


@pytest.mark.parametrize("name", ["script_shell", "paywall", "link_list"])
def test_page_without_an_article_says_why(read: Read, name: str) -> None:
    with pytest.raises(NoArticleInPage) as caught:
        read_page(read, name)
    assert caught.value.reason


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<p></p>",
        "<h1>Mayor quits</h1>",
        "<h1>404</h1><p>The page you are looking for could not be found on this server.</p>",
        "<script>document.write('x')</script>",
        "<img src=x>",
        '<main id="app"></main><p>Loading... the latest news from the coast for you.</p>',
    ],
)
def test_empty_and_error_pages_hold_no_article(read: Read, body: str) -> None:
    with pytest.raises(NoArticleInPage):
        read(make_page(body), "a.html")


def test_text_in_json_ld_is_read_where_the_page_shows_none(read: Read) -> None:
    item = '{"@type":"NewsArticle","headline":"Bridge to be closed","articleBody":"%s"}'
    body = SENTENCE + r"\n\n" + SENTENCE
    head = f'<script type="application/ld+json">{item % body}</script>'
    document = read(make_page('<div id="root"></div>', head), "a.html")
    assert document.text == f"Bridge to be closed\n\n{SENTENCE.strip()}\n\n{SENTENCE.strip()}"


def test_teaser_of_a_closed_article_is_read_and_said_to_be_cut_off(read: Read) -> None:
    paragraphs = "".join(f"<p>{SENTENCE} In ward {i} it was known.</p>" for i in range(9))
    document = read(
        make_page(f"<article><h1>Bridge to be closed</h1>{paragraphs}<p>Subscribe to continue reading.</p></article>"),
        "a.html",
    )
    assert [problem.code for problem in document.problems] == ["cut-off"]


def test_headline_is_the_heading_and_not_the_sites_name(read: Read) -> None:
    head = '<title>Bridge to be closed - Lisk Today</title><meta property="og:title" content="Bridge to be closed">'
    body = f"<h1>Lisk Today</h1><h1>Bridge to be closed for winter</h1><p>{SENTENCE}</p><p>{SENTENCE} She left.</p>"
    document = read(make_page(body, head), "a.html")
    assert document.title is not None
    assert document.title.exact == "Bridge to be closed for winter"
    no_heading = read(
        make_page(f"<p>{SENTENCE}</p><p>{SENTENCE} She left.</p>", "<title>Bridge to be closed - Lisk Today</title>"),
        "a.html",
    )
    assert no_heading.title is not None
    assert no_heading.title.exact == "Bridge to be closed"


def test_date_that_cannot_be_read_is_a_problem(read: Read) -> None:
    head = '<meta property="article:published_time" content="03/04/2024">'
    document = read(make_page(f"<h1>Bridge to be closed</h1><p>{SENTENCE * 3}</p>", head), "a.html")
    assert document.published is None
    assert [problem.code for problem in document.problems] == ["unreadable-date"]


def test_page_in_another_language_is_refused(read: Read) -> None:
    with pytest.raises(UnsupportedLanguage):
        read(
            make_page(
                "<h1>Brücke gesperrt</h1>"
                + "<p>Die Bürgermeisterin sagte am Montag, dass die Brücke geschlossen bleibt.</p>" * 6
            ),
            "a.html",
        )


@pytest.mark.parametrize(
    "page",
    [
        make_page("<div>" * 50_000 + f"<p>{SENTENCE}</p>"),
        make_page("<b>" * 50_000 + SENTENCE),
        make_page('<div class="related">' * 200 + f"<p>{SENTENCE}</p>"),
        make_page("<blockquote><p>" * 100 + SENTENCE * 3),
        make_page("<table><tr><td>" * 60 + SENTENCE * 3),
        make_page("<ul><li>" * 100 + SENTENCE * 3),
        make_page('<p class="byline">By Petra Oud</p>' * 3_000 + f"<p>{SENTENCE * 3}</p>"),
        "<!--" * 50_000,
        "<" * 100_000,
        '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><html><body><p>&b; '
        + SENTENCE * 3,
    ],
    ids=range(10),
)
def test_hostile_pages_are_survived(read: Read, page: str) -> None:
    try:
        document = read(page, "a.xhtml")
    except (NoArticleInPage, UnsupportedLanguage):
        return
    assert "aaaaaaaa" not in document.text


def test_external_entities_are_never_read(read: Read, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("a secret word", encoding="utf-8")
    page = (
        f'<!DOCTYPE html [<!ENTITY x SYSTEM "{secret.as_uri()}">]><html><body><p>&x; {SENTENCE * 3}</p></body></html>'
    )
    assert "secret word" not in read(page, "a.html").text


def test_characters_that_xml_forbids_do_not_hide_the_article(read: Read) -> None:
    document = read(make_page(f"<h1>Bridge &#xD800; closed</h1><p>&#1;&#0;\x02{SENTENCE * 3}</p>"), "a.html")
    assert SENTENCE.strip() in document.text


@pytest.mark.parametrize(
    "block",
    [
        "<h3>You may also like</h3><p>An actor claims that he was robbed at sea.</p>",
        "<h2>More from our site</h2><ul><li>An actor claims that he was robbed at sea.</li></ul>",
        "<p hidden>An actor claims that he was robbed at sea.</p>",
        '<div style="display: none"><p>An actor claims that he was robbed at sea.</p></div>',
    ],
)
def test_what_stands_beside_an_article_or_is_hidden_is_no_part_of_it(read: Read, block: str) -> None:
    body = (
        f"<article><h1>Bridge to close</h1>{'<p>' + SENTENCE + '</p>'}"
        + f"<p>{SENTENCE}</p>" * 4
        + block
        + "</article>"
    )
    text = read(make_page(body).encode(), "page.html").text
    assert "robbed" not in text
    assert "nobody had asked her why" in text


def test_a_subheading_with_one_of_those_words_in_a_sentence_stays(read: Read) -> None:
    told = "<h2>Most read the letter twice</h2><p>The council read the letter twice, and then a third time in May.</p>"
    body = f"<article><h1>Bridge to close</h1>{f'<p>{SENTENCE}</p>' * 4}{told}</article>"
    assert "a third time" in read(make_page(body).encode(), "page.html").text
