"""One claim from its roots to the outlets: the drawing, and the sentences behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.responses import Response
from starlette.routing import Route

from sayso.web.drawing import draw_trace
from sayso.web.render import render

if TYPE_CHECKING:
    from starlette.requests import Request


def show_trace(request: Request) -> Response:
    """Answer with the page of a claim."""
    given = request.path_params["claim"]
    with request.app.state.ledger.look() as lists:
        trace = lists.trace(given)
        views = lists.views(trace.line.story)
        number = trace.line.number
        disputes, updates, drifts = views.make_disputes(number), views.make_updates(number), views.make_drifts(number)
    return render(
        request,
        "trace.html",
        page="claims",
        trace=trace,
        line=trace.line,
        tellings={telling.id: telling for telling in trace.tellings},
        drawing=draw_trace(trace),
        disputes=disputes,
        updates=updates,
        drifts=drifts,
    )


def show_drawing(request: Request) -> Response:
    """Answer with the drawing alone, as a file to keep."""
    with request.app.state.ledger.look() as lists:
        trace = lists.trace(request.path_params["claim"])
    headers = {"content-disposition": f'inline; filename="C{trace.line.number}.svg"'}
    return Response(draw_trace(trace, is_alone=True), media_type="image/svg+xml", headers=headers)


ROUTES: Final = [Route("/claim/{claim}", show_trace), Route("/claim/{claim}/trace.svg", show_drawing)]
