"""The ledger: a line for each claim, and what has to be said of it at a glance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from starlette.routing import Route

from sayso.records import ClaimOrder
from sayso.web.asked import MOST_PAGES, ON_A_PAGE, read_filter, read_number, read_order
from sayso.web.legs import draw_legs
from sayso.web.render import render

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

ORDERS: Final = (
    (ClaimOrder.OUTLETS, "most outlets"),
    (ClaimOrder.TELLINGS, "most tellings"),
    (ClaimOrder.ORIGINS, "fewest origins"),
    (ClaimOrder.PUBLISHED, "newest"),
    (ClaimOrder.ADDED, "added last"),
)


def list_claims(request: Request) -> Response:
    """Answer with a page of the ledger."""
    query = request.query_params
    asked, order = read_filter(query), read_order(query)
    page = read_number(query, "page", least=1, most=MOST_PAGES, default=1)
    with request.app.state.ledger.look() as lists:
        found = lists.claims(asked, order, limit=ON_A_PAGE, offset=(page - 1) * ON_A_PAGE, once=True)
    return render(
        request,
        "claims.html",
        page="claims",
        rows=found.rows,
        total=found.total,
        number=page,
        n_pages=max(1, -(-found.total // ON_A_PAGE)),
        orders=ORDERS,
        order=order,
        query=query,
        with_query=lambda **changes: _change(query, changes),
        draw_legs=draw_legs,
    )


def _change(query: object, changes: dict[str, object]) -> str:
    """Return the address of the list with something of it changed; nothing else is lost."""
    pairs = [(name, value) for name, value in query.multi_items() if name not in changes]  # type: ignore[attr-defined]
    pairs += [(name, str(value)) for name, value in changes.items() if value not in {None, ""}]
    return "/?" + urlencode(pairs)


ROUTES: Final = [Route("/", list_claims)]
