"""``sayso articles``: what a case holds, and what it could not get."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import click

from sayso.cli._list_options import (
    FILTERS_HOLD,
    WHICH,
    article_filter_options,
    claim_filter_options,
    form_options,
    limit_options,
    make_filter,
    make_wish,
    order_options,
    text_option,
)
from sayso.cli._open import case_option
from sayso.cli._sections import SectionedCommand, SectionedOption
from sayso.records import ArticleOrder, ArticleRow, RefusedRow

if TYPE_CHECKING:
    from sayso.cli._case import CaseRooms
    from sayso.cli._list_options import ListWish

EPILOG = f"""\b
Examples:
  sayso articles                the newest first
  sayso articles --outlet courier --since 2024-03-01 --until 2024-03-14
  sayso articles --sort claims  those with most claims first
  sayso articles --problems     those of which not all could be read
  sayso articles --refused
      what could not be had, why, and what to do instead

{FILTERS_HOLD}

\b
A filter about claims holds for an article that has such a claim."""


@click.command(cls=SectionedCommand, epilog=EPILOG)
@click.option(
    "--refused",
    cls=SectionedOption,
    section=WHICH,
    is_flag=True,
    help="Instead: the files and addresses without an article, the latest first, and what to do.",
)
@article_filter_options
@text_option('Words that all stand in the article; "in quotation marks" as they follow one another.')
@click.option("--problems", "problems_only", cls=SectionedOption, section=WHICH, is_flag=True, help="With a problem.")
@claim_filter_options
@order_options(ArticleOrder, ArticleOrder.PUBLISHED, "the newest first, most claims first, names from A on.")
@limit_options
@form_options
@case_option
def articles(*, case: str | None, sort: str, refused: bool, **options: object) -> None:
    """List the articles of a case."""
    from sayso.cli import _case  # noqa: PLC0415  loads what prints, which --help does not need
    from sayso.cli._case_rows import print_article  # noqa: PLC0415  the same
    from sayso.cli._list_run import Form, print_list  # noqa: PLC0415  the same
    from sayso.cli._listing import Listing  # noqa: PLC0415  the same

    wish = make_wish(options)
    if refused and wish.filters:
        message = f"--refused lists what has no article, so {', '.join(wish.filters)} can ask nothing of it."
        raise click.UsageError(message)
    with _case.open_case_rooms(case) as rooms:
        if refused:
            _print_refused(rooms, wish)
            return
        fetch = partial(rooms.articles, make_filter(options, rooms), ArticleOrder(sort), reverse=wish.reverse)
        nothing = "There is no article: sayso articles --refused tells why."
        form = Form(kind=ArticleRow, noun="article", print_row=print_article, nothing=nothing)
        print_list(Listing(fetch, limit=wish.limit, offset=wish.offset), form, wish, rooms)


def _print_refused(rooms: CaseRooms, wish: ListWish) -> None:
    from sayso.cli._case_rows import print_refused  # noqa: PLC0415  loads what prints
    from sayso.cli._list_run import Form, print_list  # noqa: PLC0415  the same
    from sayso.cli._listing import Listing  # noqa: PLC0415  the same

    nothing = "Nothing was refused: every file and address has its article."
    form = Form(kind=RefusedRow, noun="refusal", print_row=print_refused, nothing=nothing)
    print_list(Listing(rooms.refused, limit=wish.limit, offset=wish.offset), form, wish, rooms)
