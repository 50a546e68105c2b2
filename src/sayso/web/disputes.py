"""Disputes: both sides with their sentences, figures on one axis; what only became known later stands apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from starlette.routing import Route

from sayso.errors import NotInCase
from sayso.records import DisputeKind, Filter, UpdateKind
from sayso.web.asked import MOST_PAGES, count_pages, read_number
from sayso.web.intervals import draw_intervals
from sayso.web.render import render

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.requests import Request
    from starlette.responses import Response

    from sayso.ledger.lists import Lists
    from sayso.records import ClaimLine, DisputeView, StoryLine, UpdateView

ON_A_PAGE: Final = 10
Told: TypeAlias = "tuple[UpdateView, tuple[UpdateView, ...]]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Disputed:
    """What stands against what in a story.

    Attributes:
        story: The story.
        claims: Each disputed claim with its disputes.
        later: Figures that a later one took the place of, each with those who told it later.
        corrected: What was corrected, likewise.
        changed: What pages changed without saying so, likewise.
    """

    story: StoryLine
    claims: tuple[tuple[ClaimLine, tuple[DisputeView, ...]], ...]
    later: tuple[Told, ...]
    corrected: tuple[Told, ...]
    changed: tuple[Told, ...]


def list_disputes(request: Request) -> Response:
    """Answer with the disputes of the largest stories that have some."""
    page = read_number(request.query_params, "page", least=1, most=MOST_PAGES, default=1)
    with request.app.state.ledger.look() as lists:
        stories = lists.stories(Filter(disputed_only=True), limit=ON_A_PAGE, offset=(page - 1) * ON_A_PAGE)
        found = [find_disputed(lists, story) for story in stories.rows]
    return render(
        request,
        "disputes.html",
        page="disputes",
        stories=[one for one in found if one.claims or one.later or one.corrected or one.changed],
        draw_intervals=draw_intervals,
        number=page,
        n_pages=count_pages(stories.total, ON_A_PAGE),
        total=stories.total,
        has_figures={DisputeKind.FIGURES},
    )


def find_disputed(lists: Lists, story: StoryLine) -> Disputed:
    """Return what stands against what in a story, claim by claim."""
    views = lists.views(story.id)
    by_claim: dict[int, list[DisputeView]] = {}
    for dispute in views.make_disputes():
        by_claim.setdefault(dispute.claim, []).append(dispute)
    claims = []
    for number, disputes in by_claim.items():
        try:
            claims.append((lists.claim(str(number)), tuple(disputes)))
        except NotInCase:
            continue
    updates = views.make_updates()
    return Disputed(
        story=story,
        claims=tuple(claims),
        later=fold_updates(one for one in updates if one.kind is UpdateKind.LATER_FIGURE),
        corrected=fold_updates(one for one in updates if one.kind is UpdateKind.CORRECTION),
        changed=fold_updates(one for one in updates if one.kind is UpdateKind.CHANGED_VERSION),
    )


def fold_updates(updates: Iterable[UpdateView]) -> tuple[Told, ...]:
    """Return each change of a claim's figure once, with the others who tell of the same change."""
    found: dict[tuple[int | None, str, str], list[UpdateView]] = {}
    for one in updates:
        found.setdefault((one.claim, one.old_words.casefold(), one.new_words.casefold()), []).append(one)
    return tuple((first, tuple(also)) for first, *also in found.values())


ROUTES: Final = [Route("/disputes", list_disputes)]
