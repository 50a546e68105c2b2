"""The ledger: a line for each claim, and what has to be said of it at a glance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from markupsafe import Markup
from starlette.responses import RedirectResponse
from starlette.routing import Route

from sayso.export.finding_words import say_speakers
from sayso.export.list_words import say_claim
from sayso.records import COUNTED, Certainty, ClaimOrder, Filter, Naming, Stance
from sayso.web.asked import MOST_PAGES, ON_A_PAGE, count_pages, read_filter, read_number, read_order
from sayso.web.legs import draw_legs
from sayso.web.ranges import draw_figures
from sayso.web.render import render
from sayso.web.spark import draw_spark, say_length

if TYPE_CHECKING:
    from starlette.datastructures import QueryParams
    from starlette.requests import Request
    from starlette.responses import Response

    from sayso.export.list_words import ClaimWords
    from sayso.ledger.lists import Lists
    from sayso.records import ClaimLine, ClaimRow

ORDERS: Final = (
    (ClaimOrder.OUTLETS, "most outlets"),
    (ClaimOrder.TELLINGS, "most tellings"),
    (ClaimOrder.ORIGINS, "fewest origins"),
    (ClaimOrder.PUBLISHED, "newest"),
    (ClaimOrder.ADDED, "added last"),
    (ClaimOrder.SOURCE, "who says it"),
    (ClaimOrder.OUTLET, "outlet"),
    (ClaimOrder.CONFIDENCE, "to be checked first"),
)
MOST_ARTICLES: Final = 200
"""So many of the articles that tell a claim are drawn, the newest."""

CHIPS: Final = {
    "q": "“{}”",
    "party": "who: {}",
    "outlet": "outlet: {}",
    "origins": "{} origins at most",
    "outlets": "{} outlets at least",
    "disputed": "disputed",
    "since": "since {}",
    "until": "until {}",
    "place": "place: {}",
    "stance": "{}",
    "certainty": "{}",
    "naming": "{}",
    "check": "the machine is unsure",
    "story": "one story",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerLine:
    """One line of the ledger.

    Attributes:
        row: The row that stands for it.
        line: The claim; None where the row tells none that could be compared.
        said: The row in words.
        others: Who else says it, in words; empty where nobody does.
        spark: Its outlets over time, drawn.
        figures: Its figures, drawn.
        legs: Its origins, drawn.
        length: How long it was from the first telling to the last; empty where that is nothing.
    """

    row: ClaimRow
    line: ClaimLine | None
    said: ClaimWords
    others: str
    spark: Markup
    figures: Markup
    legs: Markup
    length: str


def list_claims(request: Request) -> Response:
    """Answer with a page of the ledger."""
    query = request.query_params
    if any(not value for _, value in query.multi_items()):
        # A form sends what was left empty, too: an address that is passed on says only what was asked for.
        return RedirectResponse(change_query(query, {}), 303)
    asked, order = read_filter(query), read_order(query)
    page = read_number(query, "page", least=1, most=MOST_PAGES, default=1)
    is_reverse = query.get("reverse") == "1"
    with request.app.state.ledger.look() as lists:
        start = (page - 1) * ON_A_PAGE
        found = lists.claims(asked, order, limit=ON_A_PAGE, offset=start, reverse=is_reverse, once=True)
        lines = [_make_line(lists, row) for row in found.rows]
    return render(
        request,
        "claims.html",
        page="claims",
        lines=lines,
        total=found.total,
        number=page,
        n_pages=count_pages(found.total),
        has_more=found.total >= COUNTED and len(found.rows) == ON_A_PAGE,
        orders=ORDERS,
        order=order,
        is_reverse=is_reverse,
        query=query,
        is_asked=any(name not in {"sort", "page", "reverse"} for name in query),
        chips=list_chips(query),
        choices=(("stance", Stance), ("certainty", Certainty), ("naming", Naming)),
        with_query=lambda **changes: change_query(query, changes),
    )


def _make_line(lists: Lists, row: ClaimRow) -> LedgerLine:
    """Return a row and its claim, ready to be shown."""
    line = row.claim
    if line is None:
        nothing = Markup("")
        return LedgerLine(
            row=row, line=None, said=say_claim(row), others="", spark=nothing, figures=nothing, legs=nothing, length=""
        )
    # A claim of one document is one dot: there is nothing to look up.
    several = line.n_documents > 1
    articles = lists.articles(Filter(claim=line.number), limit=MOST_ARTICLES).rows if several else ()
    return LedgerLine(
        row=row,
        line=line,
        said=say_claim(row),
        others=_say_others(row, line),
        spark=draw_spark(articles),
        figures=draw_figures(line.figures),
        legs=draw_legs(line.least, line.most),
        length=say_length(line.first, line.last),
    )


def _say_others(row: ClaimRow, line: ClaimLine) -> str:
    """Return who says a claim beside the source of a row; the one of the same name is taken for that."""
    others = [one for one in line.speakers if one.name != row.source_name]
    n_others = line.n_speakers - (len(line.speakers) - len(others))
    return say_speakers(others, n_others, most=3) if others else ""


def list_chips(query: QueryParams) -> list[tuple[str, str]]:
    """Return what an address asks for, each thing in words and with the address without it."""
    chips = []
    pairs = query.multi_items()
    for place, (name, value) in enumerate(pairs):
        if name in CHIPS:
            left = [pair for at, pair in enumerate(pairs) if at != place and pair[0] != "page"]
            chips.append((CHIPS[name].format(value), f"/?{urlencode(left)}" if left else "/"))
    return chips


def change_query(query: QueryParams, changes: dict[str, object], path: str = "/") -> str:
    """Return the address of a list with something of it changed; nothing else is lost."""
    pairs = [(name, value) for name, value in query.multi_items() if name not in changes and value]
    pairs += [(name, str(value)) for name, value in changes.items() if value not in {None, ""}]
    return f"{path}?{urlencode(pairs)}" if pairs else path


ROUTES: Final = [Route("/", list_claims)]
