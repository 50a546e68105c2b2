"""Who speaks: the list of sources, and everything that one party said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.responses import RedirectResponse
from starlette.routing import Route

from sayso.export.list_words import say_source
from sayso.records import COUNTED, Filter, Kind, Naming, SourceOrder
from sayso.web.asked import (
    LONGEST_CHARS,
    MOST_PAGES,
    ON_A_PAGE,
    count_pages,
    read_choice,
    read_choices,
    read_number,
    read_words,
)
from sayso.web.claims import change_query
from sayso.web.legs import draw_legs
from sayso.web.render import render

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from sayso.records import PartyClaim, PartyView

ORDERS: Final = (
    (SourceOrder.CLAIMS, "most claims"),
    (SourceOrder.ARTICLES, "most articles"),
    (SourceOrder.NAME, "name"),
)
CLAIMS_SHOWN: Final = 50
OTHERS_SHOWN: Final = 30
NOT_FOUND: Final = 404


def list_sources(request: Request) -> Response:
    """Answer with a page of those who speak."""
    query = request.query_params
    if any(not value for _, value in query.multi_items()):
        return RedirectResponse(change_query(query, {}, "/who"), 303)
    page = read_number(query, "page", least=1, most=MOST_PAGES, default=1)
    order = read_choice(query, "sort", SourceOrder, default=SourceOrder.CLAIMS)
    asked = Filter(
        party=read_words(query, "q"),
        kind=read_choices(query, "kind", Kind),
        naming=read_choices(query, "naming", Naming),
        outlet=read_words(query, "outlet"),
    )
    with request.app.state.ledger.look() as lists:
        found = lists.sources(asked, order, limit=ON_A_PAGE, offset=(page - 1) * ON_A_PAGE)
    most = max((row.n_claims for row in found.rows), default=1)
    return render(
        request,
        "sources.html",
        page="sources",
        sources=[(row, say_source(row), row.n_claims / most) for row in found.rows],
        total=found.total,
        number=page,
        n_pages=count_pages(found.total),
        has_more=found.total >= COUNTED and len(found.rows) == ON_A_PAGE,
        orders=ORDERS,
        order=order,
        query=query,
        is_asked=any(name not in {"sort", "page"} for name in query),
        choices=(("naming", Naming), ("kind", Kind)),
        with_query=lambda **changes: change_query(query, changes, "/who"),
    )


def show_party(request: Request) -> Response:
    """Answer with one party: by a source's id, by its name, or by a part of it."""
    given = request.path_params["party"].strip()
    if not given or len(given) > LONGEST_CHARS:
        return RedirectResponse("/who", 303)
    page = read_number(request.query_params, "page", least=1, most=MOST_PAGES, default=1)
    start = (page - 1) * CLAIMS_SHOWN
    with request.app.state.ledger.look() as lists:
        found = request.app.state.parties.find(lists, given)
        shown = found[0].claims[start : start + CLAIMS_SHOWN] if found else ()
        lines = {claim.number: lists.view.find_claim(claim.number) for claim in shown}
    if not found:
        what = f"Nobody whose name contains “{given}” speaks in this case."
        return render(request, "error.html", page="sources", status=NOT_FOUND, title="Not there", what=what)
    party = found[0]
    return render(
        request,
        "who.html",
        page="sources",
        given=given,
        party=party,
        part=_say_part(party),
        claims=[(claim, _say_role(claim), lines[claim.number]) for claim in shown],
        draw_legs=draw_legs,
        number=page,
        n_pages=count_pages(len(party.claims), CLAIMS_SHOWN),
        others=found[1 : OTHERS_SHOWN + 1],
        n_others=len(found) - 1,
        say_part=_say_part,
        with_query=lambda **changes: change_query(request.query_params, changes, request.url.path),
    )


def _say_part(view: PartyView) -> str:
    said = f"has a part in {view.n_claims:,} claim{'' if view.n_claims == 1 else 's'}"
    return f"{said}; the only leg of {view.n_only_leg:,}" if view.n_only_leg else said


def _say_role(claim: PartyClaim) -> str:
    """Return what part a party has in a claim."""
    parts = [
        "the only leg" if claim.is_only_leg else "says it" if claim.is_root else "",
        "stands against it" if claim.is_against else "",
        "passes it on" if claim.is_carrier else "",
    ]
    return ", ".join(filter(None, parts)) or "says it after another"


ROUTES: Final = [Route("/who", list_sources), Route("/who/{party:path}", show_party)]
