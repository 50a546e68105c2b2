"""Timeline and map: when and where a story’s claims happened, drawn, and the same as lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.routing import Route

from sayso.records import EventKind
from sayso.web.asked import read_words
from sayso.web.place_map import draw_map, find_places, say_place
from sayso.web.render import render
from sayso.web.time_lanes import draw_mark, draw_time

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

STORIES_SHOWN: Final = 12
EVENTS_SHOWN: Final = 400
PLACES_SHOWN: Final = 100


def show_timeline(request: Request) -> Response:
    """Answer with the timeline of one story: the one that is asked for, else the largest."""
    asked = read_words(request.query_params, "story")
    with request.app.state.ledger.look() as lists:
        stories = [story for story in lists.stories(limit=STORIES_SHOWN).rows if story.n_documents > 1]
        story = lists.find_story(asked) if asked else stories[0] if stories else None
        events = () if story is None else lists.views(story.id).make_events()
    met = {event.kind for event in events}
    return render(
        request,
        "timeline.html",
        page="timeline",
        story=story,
        stories=stories,
        drawing=draw_time(events[:EVENTS_SHOWN]) + draw_time(events[:EVENTS_SHOWN], is_narrow=True),
        events=events[:EVENTS_SHOWN],
        n_more=max(0, len(events) - EVENTS_SHOWN),
        marks=[(kind, draw_mark(kind)) for kind in EventKind if kind in met],
    )


def show_map(request: Request) -> Response:
    """Answer with the places of one story's claims."""
    with request.app.state.ledger.look() as lists:
        story = lists.find_story(request.path_params["story"])
        views = lists.views(story.id)
    places = find_places(views.findings, views.readings)[:PLACES_SHOWN]
    return render(
        request, "map.html", page="timeline", story=story, places=places, drawing=draw_map(places), say_place=say_place
    )


ROUTES: Final = [Route("/timeline", show_timeline), Route("/map/{story}", show_map)]
