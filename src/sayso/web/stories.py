"""Stories: which articles tell of one event, what happened when, where tellings stand against one another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.routing import Route

from sayso.records import Filter
from sayso.web.asked import MOST_PAGES, count_pages, read_number, read_words
from sayso.web.render import render

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

ON_A_PAGE: Final = 20
CLAIMS_SHOWN: Final = 40


def list_stories(request: Request) -> Response:
    """Answer with a page of stories, the largest first, or those in which words stand."""
    query = request.query_params
    page = read_number(query, "page", least=1, most=MOST_PAGES, default=1)
    words = read_words(query, "q")
    with request.app.state.ledger.look() as lists:
        found = lists.stories(Filter(text=words), limit=ON_A_PAGE, offset=(page - 1) * ON_A_PAGE)
    return render(
        request,
        "stories.html",
        page="stories",
        stories=found.rows,
        total=found.total,
        number=page,
        n_pages=count_pages(found.total, ON_A_PAGE),
        asked_words=words or "",
    )


def show_story(request: Request) -> Response:
    """Answer with one story: its articles, claims, copies."""
    with request.app.state.ledger.look() as lists:
        story = lists.find_story(request.path_params["story"])
        views = lists.views(story.id)
        documents = [views.readings[document].document for document in views.findings.story.documents]
        claims = lists.claim_lines(views.findings)
    return render(
        request,
        "story.html",
        page="stories",
        story=story,
        documents=documents,
        claims=[claim for claim in claims if claim.n_speakers][:CLAIMS_SHOWN],
        copies=views.make_copies(),
        events=views.make_events(),
    )


ROUTES: Final = [
    Route("/stories", list_stories),
    Route("/story/{story}", show_story),
]
