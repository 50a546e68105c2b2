"""``sayso sources``: who speaks in a case."""

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
from sayso.records import SourceOrder, SourceRow

EPILOG = f"""\b
Examples:
  sayso sources                       those with most claims first
  sayso sources --naming vague --naming described
  sayso sources --kind state --sort name
  sayso sources --party brenn --json
      with the ids of the sources behind each line

{FILTERS_HOLD}

\b
A line is not yet one party: named sources stand on one line because they have
the same name and kind, or because a person judged them the same. Unnamed
sources never share a line with those of another article: nobody knows whether
two of them are one."""


@click.command(cls=SectionedCommand, epilog=EPILOG)
@article_filter_options
@claim_filter_options
@versions_option
@text_option("Words that all stand in one of their claims.")
@order_options(SourceOrder, SourceOrder.CLAIMS, "most claims or articles first, names from A on.")
@limit_options
@form_options
@case_option
def sources(*, case: str | None, sort: str, **options: object) -> None:
    """List who speaks in the articles of a case, and how often."""
    from sayso.cli import _case  # noqa: PLC0415  loads what prints, which --help does not need
    from sayso.cli._case_rows import print_source  # noqa: PLC0415  the same
    from sayso.cli._list_run import Form, print_list  # noqa: PLC0415  the same
    from sayso.cli._listing import Listing  # noqa: PLC0415  the same

    wish = make_wish(options)
    nothing = "No source was found in the articles of this case."
    form = Form(kind=SourceRow, noun="source", print_row=print_source, nothing=nothing)
    with _case.open_case_rooms(case) as rooms:
        fetch = partial(rooms.sources, make_filter(options, rooms), SourceOrder(sort), reverse=wish.reverse)
        print_list(Listing(fetch, limit=wish.limit, offset=wish.offset), form, wish, rooms)
