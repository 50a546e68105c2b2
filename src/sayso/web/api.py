"""The case as JSON: the same methods as the pages, each answer a record with every field by its name.

Reading alone: what changes a case goes through its pages and the command line. ``/api/openapi.json`` describes it all.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from starlette.responses import JSONResponse
from starlette.routing import Route

from sayso.config import get_tool
from sayso.errors import BusyCase, InputError, NotInCase, SaysoError
from sayso.plain import to_plain
from sayso.records import (
    ArticleOrder,
    ArticleRow,
    CaseInfo,
    ClaimRow,
    DisputeView,
    DriftView,
    Event,
    Filter,
    PartyView,
    SourceOrder,
    SourceRow,
    StoryFindings,
    StoryLine,
    Trace,
    UpdateView,
)
from sayso.web.asked import MOST_PAGES, ON_A_PAGE, read_filter, read_number, read_order, read_words
from sayso.web.record_schema import describe_records, make_reference

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from sayso.ledger.lists import Lists

Answer = Callable[["Lists", "Request"], Any]
PART: Final = re.compile(r"\{(\w+)\}")
LIMIT: Final = {"page": "Which page, from 1.", "limit": f"How many on a page, at most 500; {ON_A_PAGE} if not said."}
MOST_ON_A_PAGE: Final = 500
CLAIM_FILTERS: Final = {
    "q": "Words that all stand in the claim.",
    "party": "Who speaks, or who carried it: a part of the name.",
    "outlet": "Who published: a part of the name.",
    "since": "First day of publication.",
    "until": "Last day.",
    "disputed": "1 for disputed claims alone.",
    "origins": "Claims with at most so many origins at the least.",
    "outlets": "Claims that at least so many outlets tell.",
    "sort": "By what they are sorted, as `sayso claims --sort`.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """One address of the API.

    Attributes:
        path: The address; parts in braces are given.
        says: What it answers with, in a sentence.
        answer: Makes the answer.
        kind: The record that the answer is, or is a list of.
        is_list: Whether it is a list of them.
        is_paged: Whether it is a page: an object of ``rows`` and ``total``.
        query: What may stand behind the question mark, and what it means.
    """

    path: str
    says: str
    answer: Answer
    kind: type
    is_list: bool = False
    is_paged: bool = False
    query: dict[str, str] | None = None


def _window(request: Request) -> tuple[int, int]:
    limit = read_number(request.query_params, "limit", least=1, most=MOST_ON_A_PAGE, default=ON_A_PAGE)
    page = read_number(request.query_params, "page", least=1, most=MOST_PAGES, default=1)
    return limit, (page - 1) * limit


def _claims(lists: Lists, request: Request) -> object:
    query, (limit, offset) = request.query_params, _window(request)
    once = query.get("rows") != "1"
    return lists.claims(read_filter(query), read_order(query), once=once, limit=limit, offset=offset)


def _articles(lists: Lists, request: Request) -> object:
    asked, (limit, offset) = Filter(text=read_words(request.query_params, "q")), _window(request)
    return lists.articles(asked, ArticleOrder.PUBLISHED, limit=limit, offset=offset)


def _sources(lists: Lists, request: Request) -> object:
    asked, (limit, offset) = Filter(party=read_words(request.query_params, "party")), _window(request)
    return lists.sources(asked, SourceOrder.CLAIMS, limit=limit, offset=offset)


def _stories(lists: Lists, request: Request) -> object:
    asked, (limit, offset) = Filter(text=read_words(request.query_params, "q")), _window(request)
    return lists.stories(asked, limit=limit, offset=offset)


def _story(lists: Lists, request: Request) -> StoryFindings:
    return lists.story(lists.find_story(request.path_params["story"]).id)


def _disputes(lists: Lists, request: Request) -> object:
    return lists.views(lists.find_story(request.path_params["story"]).id).make_disputes()


def _updates(lists: Lists, request: Request) -> object:
    return lists.views(lists.find_story(request.path_params["story"]).id).make_updates()


def _drifts(lists: Lists, request: Request) -> object:
    return lists.views(lists.find_story(request.path_params["story"]).id).make_drifts()


def _events(lists: Lists, request: Request) -> object:
    return lists.views(lists.find_story(request.path_params["story"]).id).make_events()


def _who(lists: Lists, request: Request) -> object:
    name = read_words(request.query_params, "name")
    if name is None:
        field, message = "name", "it is missing: who is meant?"
        raise InputError(field, message)
    return lists.who(name)


ENDPOINTS: Final = (
    Endpoint(path="/api/info", says="The case at a glance.", answer=lambda lists, _: lists.info(), kind=CaseInfo),
    Endpoint(
        path="/api/claims",
        says="Each claim once, by the row that comes first; `rows=1` for every row.",
        answer=_claims,
        kind=ClaimRow,
        is_paged=True,
        query={**CLAIM_FILTERS, "rows": "1 for every row.", **LIMIT},
    ),
    Endpoint(
        path="/api/claims/{claim}/trace",
        says="How one claim went from its roots to the outlets.",
        answer=lambda lists, request: lists.trace(request.path_params["claim"]),
        kind=Trace,
    ),
    Endpoint(
        path="/api/articles",
        says="Articles, the newest first.",
        answer=_articles,
        kind=ArticleRow,
        is_paged=True,
        query={"q": "Words that all stand in the text.", **LIMIT},
    ),
    Endpoint(
        path="/api/sources",
        says="Who speaks, those with most rows first.",
        answer=_sources,
        kind=SourceRow,
        is_paged=True,
        query={"party": "A part of the name.", **LIMIT},
    ),
    Endpoint(
        path="/api/stories",
        says="Stories, those with most articles first.",
        answer=_stories,
        kind=StoryLine,
        is_paged=True,
        query={"q": "Words that all stand in an article of it.", **LIMIT},
    ),
    Endpoint(
        path="/api/stories/{story}",
        says="Everything that was found about a story: claims, parties, copies.",
        answer=_story,
        kind=StoryFindings,
    ),
    Endpoint(
        path="/api/stories/{story}/disputes",
        says="Where its tellings stand against one another.",
        answer=_disputes,
        kind=DisputeView,
        is_list=True,
    ),
    Endpoint(
        path="/api/stories/{story}/updates",
        says="Later figures and corrections.",
        answer=_updates,
        kind=UpdateView,
        is_list=True,
    ),
    Endpoint(
        path="/api/stories/{story}/drifts",
        says="What was lost or sharpened on the way.",
        answer=_drifts,
        kind=DriftView,
        is_list=True,
    ),
    Endpoint(
        path="/api/stories/{story}/events",
        says="What happened when.",
        answer=_events,
        kind=Event,
        is_list=True,
    ),
    Endpoint(
        path="/api/who",
        says="The parties of a name, with all that each said.",
        answer=_who,
        kind=PartyView,
        is_list=True,
        query={"name": "The name, a part of it, or a source's id."},
    ),
)


def make_route(endpoint: Endpoint) -> Route:
    """Return the route of an endpoint; what goes wrong is told as JSON, too."""

    def answer(request: Request) -> Response:
        try:
            with request.app.state.ledger.look() as lists:
                return JSONResponse(to_plain(endpoint.answer(lists, request)))
        except SaysoError as error:
            status = 404 if isinstance(error, NotInCase) else 503 if isinstance(error, BusyCase) else 400
            return JSONResponse({"error": type(error).__name__, "message": str(error)}, status)

    return Route(endpoint.path, answer, name=endpoint.path)


def describe(_request: Request) -> Response:
    """Answer with the description of the API (OpenAPI 3.1)."""
    return JSONResponse(write_description())


def write_description() -> dict[str, Any]:
    """Return the description of the API as plain data."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "A case of Sayso", "version": get_tool().rpartition(" ")[2] or "0"},
        "paths": {endpoint.path: {"get": _describe_endpoint(endpoint)} for endpoint in ENDPOINTS},
        "components": {"schemas": describe_records(endpoint.kind for endpoint in ENDPOINTS)},
    }


def _describe_endpoint(endpoint: Endpoint) -> dict[str, Any]:
    schema: dict[str, Any] = make_reference(endpoint.kind)
    if endpoint.is_list:
        schema = {"type": "array", "items": schema}
    if endpoint.is_paged:
        rows = {"type": "array", "items": schema}
        schema = {
            "type": "object",
            "required": ["rows", "total"],
            "properties": {"rows": rows, "total": {"type": "integer"}},
        }
    given = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in PART.findall(endpoint.path)
    ]
    given += [
        {"name": name, "in": "query", "description": means, "schema": {"type": "string"}}
        for name, means in (endpoint.query or {}).items()
    ]
    return {
        "summary": endpoint.says,
        "parameters": given,
        "responses": {
            "200": {"description": endpoint.says, "content": {"application/json": {"schema": schema}}},
            "400": {"description": "Something in the address is not understood."},
            "404": {"description": "The case has no such record."},
        },
    }


ROUTES: Final = [*map(make_route, ENDPOINTS), Route("/api/openapi.json", describe, name="openapi")]
