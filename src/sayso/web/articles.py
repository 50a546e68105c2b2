"""Articles: the list of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.routing import Route

from sayso.records import ArticleOrder, Filter
from sayso.web.article import show_article
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


ROUTES: Final = [Route("/articles", list_articles), Route("/article/{document}", show_article)]
