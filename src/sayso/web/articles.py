"""Articles: the list of them, with the stretch in which the words asked for stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.responses import RedirectResponse
from starlette.routing import Route

from sayso.export.list_words import say_article, say_hit
from sayso.records import COUNTED, ArticleOrder, Filter
from sayso.web.article import show_article
from sayso.web.asked import MOST_PAGES, ON_A_PAGE, count_pages, read_choice, read_number, read_words
from sayso.web.claims import change_query
from sayso.web.render import render

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from sayso.ledger.lists import Lists
    from sayso.records import ArticleRow, Piece

    Shown = tuple[ArticleRow, tuple[Piece, ...]]

ORDERS: Final = (
    (ArticleOrder.PUBLISHED, "newest"),
    (ArticleOrder.ADDED, "added last"),
    (ArticleOrder.OUTLET, "outlet"),
    (ArticleOrder.CLAIMS, "most claims"),
)


def list_articles(request: Request) -> Response:
    """Answer with a page of articles."""
    query = request.query_params
    if any(not value for _, value in query.multi_items()):
        return RedirectResponse(change_query(query, {}, "/articles"), 303)
    page = read_number(query, "page", least=1, most=MOST_PAGES, default=1)
    order = read_choice(query, "sort", ArticleOrder, default=ArticleOrder.PUBLISHED)
    asked = Filter(
        text=read_words(query, "q"),
        outlet=read_words(query, "outlet"),
        since=read_words(query, "since"),
        until=read_words(query, "until"),
        problems_only=query.get("problems") == "1",
    )
    with request.app.state.ledger.look() as lists:
        shown, total = _find(lists, asked, order, (page - 1) * ON_A_PAGE)
    return render(
        request,
        "articles.html",
        page="articles",
        articles=[(row, say_article(row), pieces) for row, pieces in shown],
        total=total,
        number=page,
        n_pages=count_pages(total),
        has_more=total >= COUNTED and len(shown) == ON_A_PAGE,
        orders=ORDERS,
        order=order,
        query=query,
        is_asked=any(name not in {"sort", "page"} for name in query),
        with_query=lambda **changes: change_query(query, changes, "/articles"),
    )


def _find(lists: Lists, asked: Filter, order: ArticleOrder, offset: int) -> tuple[list[Shown], int]:
    """Return articles, and of each the stretch in which the words asked for stand, as far as the order allows that."""
    if asked.text is not None and order is ArticleOrder.PUBLISHED:
        hits = lists.search(asked, limit=ON_A_PAGE, offset=offset)
        return [(hit.article, say_hit(hit)) for hit in hits.rows], hits.total
    found = lists.articles(asked, order, limit=ON_A_PAGE, offset=offset)
    return [(row, ()) for row in found.rows], found.total


ROUTES: Final = [Route("/articles", list_articles), Route("/article/{document}", show_article)]
