"""Live blogs: each post a document with its own time and author."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from sayso import ingest
from sayso.config import Settings
from sayso.errors import SeveralArticles
from tests.ingest.conftest import check_spans

if TYPE_CHECKING:
    from sayso.records import Document

LEAD = "The island council will close the Vessen ferry line in March, its chairwoman Ida Marlow said on Tuesday."
SECOND = "The drivers’ union denied that talks had begun, and said that it would wait for an answer in writing."
FOREIGN = (
    "Die Gewerkschaft der Fahrer hat am Dienstag bestritten, dass die Gespräche über die Linie schon begonnen haben."
)


def read_all(page: str, name: str = "blog.html") -> list[Document]:
    documents = ingest.read_all_bytes(page.encode(), name=name, settings=Settings())
    for document in documents:
        check_spans(document)
    return documents


def make_update(headline: str, when: str, body: str, **more: object) -> dict[str, object]:
    return {"@type": "BlogPosting", "headline": headline, "datePublished": when, "articleBody": body, **more}


def make_page(*updates: dict[str, object], body: str = "") -> str:
    blog = {
        "@type": "LiveBlogPosting",
        "headline": "Ferry: as it happened",
        "datePublished": "2024-11-03T08:00Z",
        "publisher": {"@type": "Organization", "name": "The Harbour Post"},
        "liveBlogUpdate": list(updates),
    }
    head = f'<title>Ferry: as it happened</title><script type="application/ld+json">{json.dumps(blog)}</script>'
    return f"<html><head>{head}</head><body><h1>Ferry: as it happened</h1>{body}</body></html>"


UPDATES = (
    make_update(
        "Union answers",
        "2024-11-03T11:15Z",
        f"<p>{SECOND}</p>",
        author={"name": "Jan Weir"},
        url="https://p.example/#2",
    ),
    make_update("Council decides", "2024-11-03T10:15Z", LEAD, author=[{"name": "Petra Oud"}, {"name": "Ilva Brenn"}]),
)


def test_posts_in_json_ld_are_documents_with_their_own_times_and_authors() -> None:
    first, second = read_all(make_page(*UPDATES))
    assert (first.name, first.text) == ("blog.html#1", f"Union answers\n\n{SECOND}")
    assert (second.name, second.text) == ("blog.html#2", f"Council decides\n\n{LEAD}")
    assert [d.published.value for d in (first, second) if d.published] == ["2024-11-03T11:15Z", "2024-11-03T10:15Z"]
    assert (first.byline, second.byline) == ("Jan Weir", "Petra Oud, Ilva Brenn")
    assert first.outlet == second.outlet == "The Harbour Post"
    assert first.urls.final == "https://p.example/#2"


def test_loading_one_document_of_several_is_refused() -> None:
    with pytest.raises(SeveralArticles) as caught:
        ingest.read_bytes(make_page(*UPDATES).encode(), name="blog.html", settings=Settings())
    assert caught.value.count == 2


def test_posts_marked_in_the_page_are_documents_too() -> None:
    post = '<article class="live-post"><time datetime="{}">now</time><h2>{}</h2><p>{}</p></article>'
    body = post.format("2024-11-03T11:15Z", "Union answers", SECOND) + post.format("2024-11-03T10:15Z", "Decided", LEAD)
    first, second = read_all(f'<html><body><h1>Ferry</h1><div class="c-liveblog">{body}</div></body></html>')
    assert first.text == f"Union answers\n\n{SECOND}"
    assert second.published is not None
    assert (second.published.value, second.published.stated_in) == ("2024-11-03T10:15Z", "html time")


def test_live_blog_that_cannot_be_parted_says_so() -> None:
    (document,) = read_all(make_page(body=f"<article><p>{LEAD}</p><p>{SECOND}</p></article>"))
    assert LEAD in document.text
    assert [problem.code for problem in document.problems] == ["live-blog"]


def test_article_that_only_mentions_a_live_blog_is_one_article() -> None:
    (document,) = read_all(
        f"<html><body><article><h1>Ferry</h1><p>{LEAD}</p><p>See our live blog. {SECOND}</p></article></body></html>"
    )
    assert document.problems == ()


def test_post_in_another_language_is_left_out_and_counted() -> None:
    documents = read_all(make_page(*UPDATES, make_update("Streit", "2024-11-03T12:15Z", FOREIGN)))
    assert len(documents) == 2
    assert [problem.code for problem in documents[0].problems] == ["unread-posts"]


@pytest.mark.parametrize(
    "updates", [None, {}, [None, 3, {"articleBody": {}}], "x", [{"articleBody": "", "author": 1}] * 3]
)
def test_odd_shapes_are_no_posts(updates: object) -> None:
    blog = {"@type": "LiveBlogPosting", "headline": "x", "liveBlogUpdate": updates}
    script = f'<script type="application/ld+json">{json.dumps(blog)}</script>'
    page = (
        f"<html><head>{script}</head><body><article><h1>Ferry</h1><p>{LEAD}</p><p>{SECOND}</p></article></body></html>"
    )
    assert len(read_all(page)) == 1
