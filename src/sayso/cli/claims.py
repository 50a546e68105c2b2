"""``sayso claims``: the ledger of a case."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import click

from sayso.cli._list_options import (
    FILTERS_HOLD,
    article_filter_options,
    claim_filter_options,
    finding_filter_options,
    form_options,
    limit_options,
    make_filter,
    make_wish,
    order_options,
    rows_option,
    text_option,
    versions_option,
)
from sayso.cli._open import case_option
from sayso.cli._sections import SectionedCommand
from sayso.records import ClaimOrder, ClaimRow

EPILOG = f"""\b
Examples:
  sayso claims                          told by most outlets first
  sayso claims --origins 1 --outlets 3  widely told, on one leg at the least
  sayso claims --disputed
  sayso claims --rows                   every row, the newest first
  sayso claims --stance denies --stance declines
      who says no, and who says nothing
  sayso claims --party "Interior Ministry" --since 2024-03
  sayso claims --quantity ">=100" --place Norvane
      figures of a hundred and more
  sayso claims --low --sort confidence  what a person should look at first
  sayso claims --csv > claims.csv       all of them, for a spreadsheet

{FILTERS_HOLD}

\b
A claim that several articles tell is listed once, with its number (C3), on
how many independent origins it stands at least and at most, and how often it
is told; sayso trace C3 shows how it travelled. Rows that tell nothing that
could be compared (refusals, deeds) stand for themselves.

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
@finding_filter_options
@rows_option
@versions_option
@text_option('Words that all stand in the claim; "in quotation marks" as they follow one another.')
@order_options(
    ClaimOrder,
    None,
    "the newest first, the least sure first, names from A on, the fewest origins first, the most outlets or tellings "
    "first. [default: outlets; with --rows published]",
)
@limit_options
@form_options
@case_option
def claims(*, case: str | None, sort: str | None, is_rows: bool, **options: object) -> None:
    """List what is claimed, by whom, and on how many legs it stands.

    Rows are as persons have them now: their corrections are in them, and what they rejected is crossed out.
    """
    from sayso.cli import _case  # noqa: PLC0415  loads what prints, which --help does not need
    from sayso.cli._claim_line import print_claim  # noqa: PLC0415  the same
    from sayso.cli._claim_row import print_alone, print_grouped  # noqa: PLC0415  the same
    from sayso.cli._list_run import Form, print_list  # noqa: PLC0415  the same
    from sayso.cli._listing import Listing  # noqa: PLC0415  the same

    wish = make_wish(options)
    order = ClaimOrder(sort) if sort else ClaimOrder.PUBLISHED if is_rows else ClaimOrder.OUTLETS
    print_row = print_grouped if order in GROUPING else print_alone
    form = Form(
        kind=ClaimRow,
        noun="row" if is_rows else "claim",
        print_row=print_row if is_rows else print_claim,
        nothing="No claim was found in the articles of this case.",
    )
    with _case.open_case_rooms(case, join=True) as rooms:
        story = options["story"]
        asked = replace(make_filter(options, rooms), story=rooms.find_story(str(story)).id if story else None)
        fetch = partial(rooms.claims, asked, order, reverse=wish.reverse, once=not is_rows)
        print_list(Listing(fetch, limit=wish.limit, offset=wish.offset), form, wish, rooms)
