"""Articles: the list, and the preserved text set like a page with its rows beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.routing import Route

from sayso.export.head import say_published
from sayso.export.marked_text import mark_text
from sayso.export.order import order_rows
from sayso.export.row_words import iter_rows
from sayso.ledger.joining import read_as_judged
from sayso.records import ArticleOrder, Filter
from sayso.web.asked import MOST_PAGES, ON_A_PAGE, read_number, read_words
from sayso.web.render import render

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response


def list_articles(request: Request) -> Response:
    """Answer with a page of articles."""
    query = request.query_params
    page = read_number(query, "page", least=1, most=MOST_PAGES, default=1)
    words = read_words(query, "q")
    with request.app.state.ledger.look() as lists:
        found = lists.articles(
            Filter(text=words), ArticleOrder.PUBLISHED, limit=ON_A_PAGE, offset=(page - 1) * ON_A_PAGE
        )
    return render(
        request,
        "articles.html",
        page="articles",
        articles=found.rows,
        total=found.total,
        number=page,
        n_pages=max(1, -(-found.total // ON_A_PAGE)),
        asked_words=words or "",
    )


def show_article(request: Request) -> Response:
    """Answer with one article and its rows."""
    with request.app.state.ledger.look() as lists:
        doc = lists.document(request.path_params["document"])
        reading = read_as_judged(lists.view, doc.id)
        rows = lists.claims(Filter(document=doc.id), limit=0x7FFF).rows
        info = lists.articles(Filter(document=doc.id), limit=1).rows[0]
    lines = order_rows(reading)
    words = list(iter_rows(reading, lines))
    return render(
        request,
        "article.html",
        page="articles",
        doc=doc,
        info=info,
        published=say_published(doc),
        marked=mark_text(reading, words, ()),
        rows=words,
        claim_of={row.id: row.claim for row in rows},
    )


ROUTES: Final = [Route("/articles", list_articles), Route("/article/{document}", show_article)]
