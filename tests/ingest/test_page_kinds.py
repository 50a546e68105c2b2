"""Pages that are no articles, and what pages say of themselves in two places."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sayso import ingest
from sayso.config import Settings
from sayso.errors import NoArticleInPage

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ingest.conftest import Read

LEAD = "The island council will close the Vessen ferry line in March, its chairwoman Ida Marlow said on Tuesday."
SECOND = "The drivers’ union denied that talks had begun, and said that it would wait for an answer in writing."
TEASER = (
    '<div class="card"><h3><a href="/{n}">Story number {n} of the day</a></h3><p>{text} It is number {n}.</p></div>'
)


def make_page(body: str, head: str = "") -> str:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"


def make_article(head: str = "", more: str = "") -> str:
    return make_page(f"<article><h1>Ferry line to close</h1>{more}<p>{LEAD}</p><p>{SECOND}</p></article>", head)


@pytest.mark.parametrize("kind", ["each in a box", "one after the other", "the box is the link"])
def test_front_page_is_no_article(read: Read, kind: str) -> None:
    teasers = "".join(TEASER.format(n=n, text=LEAD) for n in range(12))
    if kind == "one after the other":
        teasers = teasers.replace('<div class="card">', "").replace("</div>", "")
    if kind == "the box is the link":
        teasers = "".join(
            f'<div><a href="/{n}"><h3>Story number {n} of the day</h3></a><p>{LEAD} It is {n}.</p></div>'
            for n in range(12)
        )
    with pytest.raises(NoArticleInPage):
        read(make_page(f"<main><h1>The Harbour Post</h1>{teasers}</main>"), "a.html")


def test_article_with_teasers_below_is_read(read: Read) -> None:
    teasers = "".join(TEASER.format(n=n, text="Somebody said so.") for n in range(6))
    document = read(
        make_article(more=f"<p>{SECOND} {LEAD}</p>").replace("</article>", f"</article>{teasers}"), "a.html"
    )
    assert LEAD in document.text


def test_consent_notice_is_no_article(read: Read) -> None:
    notice = (
        "<div><h1>We value your privacy</h1><p>We and our partners store cookies on your device, and process personal "
        "data, to show you what you may like. You may object where legitimate interest is used.</p><p>By choosing "
        "accept all you agree. You can change your consent at any time, and read more in our privacy policy.</p></div>"
    )
    with pytest.raises(NoArticleInPage, match="cookies"):
        read(make_page(notice), "a.html")


def test_article_about_cookies_is_one(read: Read) -> None:
    page = make_article(more="<p>The council said that its site sets cookies, and asked for your consent to them.</p>")
    assert "cookies" in read(page, "a.html").text


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (
            '<link rel="canonical" href="/ferry"><meta property="og:url" content="https://p.example/a/b">',
            "https://p.example/ferry",
        ),
        ('<base href="https://q.example/x/"><link rel="canonical" href="ferry">', "https://q.example/x/ferry"),
        (
            '<link rel="canonical" href="//p.example/f"><meta property="og:url" content="https://p.example/a">',
            "https://p.example/f",
        ),
        ('<link rel="canonical" href="/ferry">', None),
        ('<link rel="canonical" href="javascript:x"><meta property="og:url" content="https://p.example/a">', None),
        ('<link rel="canonical" href="//[x"><meta property="og:url" content="https://p.example/a">', None),
    ],
)
def test_canonical_address_is_completed_where_its_place_is_known(read: Read, head: str, expected: str | None) -> None:
    assert read(make_article(head), "a.html").urls.canonical == expected


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("2024-11-03", "2024-11-03T10:15:00+01:00", "2024-11-03T10:15:00+01:00"),
        ("2024-11-03T10:15:00+01:00", "2024-11-03", "2024-11-03T10:15:00+01:00"),
        ("2024-11-03", "2024-11-09T10:15:00+01:00", "2024-11-03"),
    ],
)
def test_finer_of_two_times_that_agree_is_taken(read: Read, first: str, second: str, expected: str) -> None:
    head = (
        f'<script type="application/ld+json">{{"@type":"NewsArticle","datePublished":"{first}"}}</script>'
        f'<meta property="article:published_time" content="{second}">'
    )
    document = read(make_article(head), "a.html")
    assert document.published is not None
    assert document.published.value == expected


@pytest.mark.parametrize("between", [" | ", " ", " · ", "; "])
def test_line_with_both_times_gives_both(read: Read, between: str) -> None:
    line = f"Published: 3 November 2024 10:15{between}Updated: 4 November 2024 11:00"
    document = read(make_article(more=f"<p>{line}</p>"), "a.html")
    assert document.published is not None
    assert document.modified is not None
    assert (document.published.value, document.modified.value) == ("2024-11-03T10:15", "2024-11-04T11:00")
    assert line in [span.exact for span in document.not_prose]


def test_what_a_browser_saved_beside_a_page_is_not_searched(tmp_path: Path) -> None:
    for name in ("Ferry.html", "Ferry_files/frame.html", "Lisk.htm", "Lisk-Dateien/ad.html", "case_files/a.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(LEAD, encoding="utf-8")
    names, _ = ingest.find_files([str(tmp_path)])
    assert [name[len(str(tmp_path)) + 1 :].replace("\\", "/") for name in names] == [
        "Ferry.html",
        "Lisk.htm",
        "case_files/a.txt",
    ]


STORY = "<article><h2>Plan {0}</h2>{1}</article>"
SENTENCE = (
    "<p>The mayor of Orlby said on Tuesday that plan {0}{1} would cost forty million crowns, and nobody asked why.</p>"
)


def several(count: int, sentences: int) -> str:
    stories = (STORY.format(n, "".join(SENTENCE.format(n, k) for k in range(sentences))) for n in range(count))
    return f"<html><head><title>Plans</title></head><body>{''.join(stories)}</body></html>"


def codes(page: str) -> list[str]:
    document = ingest.read_bytes(page.encode(), name="page.html", settings=Settings())
    return [problem.code for problem in document.problems]


def test_several_articles_read_as_one_are_said_to_be() -> None:
    assert "several-articles" in codes(several(3, 6))


def test_one_article_is_not_several() -> None:
    assert "several-articles" not in codes(several(1, 6))
