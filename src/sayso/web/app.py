"""The app: routes, errors, and the guard around them."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from sayso.errors import BusyCase, NotInCase, SaysoError
from sayso.web import add, api, articles, claims, disputes, review, stories, timeline, trace, who
from sayso.web.guard import Guard
from sayso.web.jobs import Jobs
from sayso.web.joiner import Joiner
from sayso.web.recent import RecentParties
from sayso.web.render import render

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from sayso.ledger.case import Ledger

LOG = logging.getLogger(__name__)
NOT_FOUND: Final = 404
# The script of an article is that of its page by itself.
STATIC: Final[list[str | tuple[str, str]]] = [("sayso.web", "static"), ("sayso.export", "page/script")]


def make_app(ledger: Ledger, *, key: str) -> Starlette:
    """Return the app of one case.

    Args:
        ledger: The case, opened; the app uses it from several threads and does not close it.
        key: Whoever opens the app must bring it.
    """
    with ledger.look() as lists:
        name = lists.info().name
    app = Starlette(
        routes=[
            *claims.ROUTES,
            *trace.ROUTES,
            *stories.ROUTES,
            *articles.ROUTES,
            *who.ROUTES,
            *review.ROUTES,
            *add.ROUTES,
            *disputes.ROUTES,
            *timeline.ROUTES,
            *api.ROUTES,
            Mount("/static", StaticFiles(packages=STATIC), name="static"),
        ],
        middleware=[Middleware(Guard, key=key), Middleware(GZipMiddleware)],
        exception_handlers={SaysoError: answer_error, HTTPException: answer_status, Exception: answer_bug},
    )
    app.state.ledger = ledger
    app.state.case_name = name
    app.state.joiner = Joiner(ledger)
    app.state.jobs = Jobs(app.state.joiner)
    app.state.sitting = review.Sitting()
    app.state.parties = RecentParties()
    return app


async def answer_error(request: Request, error: Exception) -> Response:
    """Answer what went wrong on purpose: what is not there, what does not fit, what is busy."""
    status = NOT_FOUND if isinstance(error, NotInCase) else 503 if isinstance(error, BusyCase) else 400
    return render(
        request,
        "error.html",
        page="",
        status=status,
        title="Not there" if status == NOT_FOUND else "That did not work",
        what=str(error),
    )


async def answer_status(request: Request, error: Exception) -> Response:
    """Answer an address that leads nowhere, or a method that is none of a page's."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    return render(request, "error.html", page="", status=status, title="Not there", what="There is no such page.")


async def answer_bug(request: Request, error: Exception) -> Response:
    """Answer an error that nobody foresaw; the page does not say what it was, the log does."""
    LOG.error("a page could not be made", exc_info=error)
    what = "An error of Sayso\u2019s own. The terminal in which it runs says more; please report it."
    return render(request, "error.html", page="", status=500, title="That did not work", what=what)
