"""``sayso claims``: the ledger of a case."""

from __future__ import annotations

from functools import partial

import click

from sayso.cli._list_options import (
    FILTERS_HOLD,
    article_filter_options,
    claim_filter_options,
    form_options,
    limit_options,
    make_filter,
    make_wish,
    order_options,
    text_option,
    versions_option,
)
from sayso.cli._open import case_option
from sayso.cli._sections import SectionedCommand
from sayso.records import ClaimOrder, ClaimRow

EPILOG = f"""\b
Examples:
  sayso claims                          the newest first, by article
  sayso claims --stance denies --stance declines
      who says no, and who says nothing
  sayso claims --party "Interior Ministry" --since 2024-03
  sayso claims --quantity ">=100" --place Norvane
      figures of a hundred and more
  sayso claims --low --sort confidence  what a person should look at first
  sayso claims --csv > claims.csv       all of them, for a spreadsheet

{FILTERS_HOLD}

\b
Signs before a name: ● named, ◐ described but not named, ○ vague or nobody. ✎
is what a person judged. An id is shown by its first digits; commands take
these for it. --json and --csv have it whole. Lines are wrapped to the width
of the terminal, in a pipe to COLUMNS, else 80; none is cut off. Only a very
long claim is shortened, and says so. What was searched for is in colour;
without colour between « and »."""

# In these the rows of an article stand together.
GROUPING = frozenset({ClaimOrder.PUBLISHED, ClaimOrder.ADDED, ClaimOrder.OUTLET})


@click.command(cls=SectionedCommand, epilog=EPILOG)
@article_filter_options
@claim_filter_options
@versions_option
@text_option('Words that all stand in the claim; "in quotation marks" as they follow one another.')
@order_options(ClaimOrder, ClaimOrder.PUBLISHED, "the newest first, the least sure first, names from A on.")
@limit_options
@form_options
@case_option
def claims(*, case: str | None, sort: str, **options: object) -> None:
    """List who says what, through whom, in the articles of a case.

    Rows are as persons have them now: their corrections are in them, and what they rejected is crossed out.
    """
    from sayso.cli import _case  # noqa: PLC0415  loads what prints, which --help does not need
    from sayso.cli._claim_row import print_alone, print_grouped  # noqa: PLC0415  the same
    from sayso.cli._list_run import Form, print_list  # noqa: PLC0415  the same
    from sayso.cli._listing import Listing  # noqa: PLC0415  the same

    wish, order = make_wish(options), ClaimOrder(sort)
    form = Form(
        kind=ClaimRow,
        noun="claim",
        print_row=print_grouped if order in GROUPING else print_alone,
        nothing="No claim was found in the articles of this case.",
    )
    with _case.open_case_rooms(case) as rooms:
        fetch = partial(rooms.claims, make_filter(options, rooms), order, reverse=wish.reverse)
        print_list(Listing(fetch, limit=wish.limit, offset=wish.offset), form, wish, rooms)
