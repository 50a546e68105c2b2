"""One claim from its roots to the outlets: the drawing, and the sentences behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from starlette.responses import Response
from starlette.routing import Route

from sayso.corroborate.tracing import make_trace
from sayso.web.drawing import draw_trace
from sayso.web.intervals import draw_intervals
from sayso.web.render import render
from sayso.web.shared_words import compare

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.requests import Request

    from sayso.records import Trace, TraceRoot, TraceStep, TraceTelling
    from sayso.web.shared_words import Piece


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One step with the two sentences that it joins.

    Attributes:
        place: Among the trace's steps.
        step: The step.
        before: The telling that has it first; None where that is a root.
        root: The root; None where it is a telling.
        after: The telling that has it from there.
        left: The first sentence in pieces; empty for a root.
        right: The second in pieces.
    """

    place: int
    step: TraceStep
    before: TraceTelling | None
    root: TraceRoot | None
    after: TraceTelling
    left: list[Piece]
    right: list[Piece]


def show_trace(request: Request) -> Response:
    """Answer with the page of a claim."""
    given = request.path_params["claim"]
    with request.app.state.ledger.look() as lists:
        line = lists.claim(given)
        views = lists.views(line.story)
        trace = make_trace(line, views.findings, views.readings)
        number = line.number
        disputes, updates, drifts = views.make_disputes(number), views.make_updates(number), views.make_drifts(number)
    return render(
        request,
        "trace.html",
        page="claims",
        trace=trace,
        line=trace.line,
        tellings={telling.id: telling for telling in trace.tellings},
        links=list(iter_links(trace)),
        drawing=draw_trace(trace),
        disputes=disputes,
        updates=updates,
        drifts=drifts,
        draw_intervals=draw_intervals,
    )


def show_drawing(request: Request) -> Response:
    """Answer with the drawing alone, as a file to keep."""
    with request.app.state.ledger.look() as lists:
        trace = lists.trace(request.path_params["claim"])
    headers = {"content-disposition": f'attachment; filename="C{trace.line.number}.svg"'}
    return Response(draw_trace(trace, is_alone=True), media_type="image/svg+xml", headers=headers)


def iter_links(trace: Trace) -> Iterator[Link]:
    """Yield the steps of a trace with the sentences that they join."""
    tellings = {telling.id: telling for telling in trace.tellings}
    roots = {lane.root.id: lane.root for lane in trace.lanes if lane.root.name is not None}
    for place, step in enumerate(trace.steps):
        after = tellings.get(step.telling)
        if after is None:
            continue
        before = tellings.get(step.taken_from)
        left, right = compare(_quote(before), _quote(after))
        yield Link(
            place=place,
            step=step,
            before=before,
            root=roots.get(step.taken_from) if before is None else None,
            after=after,
            left=left,
            right=right,
        )


def _quote(telling: TraceTelling | None) -> str:
    return telling.sentence.exact if telling is not None and telling.sentence is not None else ""


ROUTES: Final = [Route("/claim/{claim}", show_trace), Route("/claim/{claim}/trace.svg", show_drawing)]
