"""``sayso search``: the articles of a case in which words stand."""

from __future__ import annotations

from functools import partial

import click

from sayso.cli._list_options import (
    article_filter_options,
    form_options,
    limit_options,
    make_filter,
    make_wish,
    versions_option,
)
from sayso.cli._open import case_option
from sayso.cli._sections import SectionedCommand
from sayso.records import Hit

EPILOG = """\b
Examples:
  sayso search ammunition depot
      articles with both words, anywhere in the text
  sayso search '"ammunition depot"'  the two words one after the other
  sayso search depot --outlet courier --since 2024-03
  sayso search --json depot | jq -r .article.url

\b
sayso claims --text WORDS searches what is claimed, and tells who says it.
What was searched for is in colour; without colour it stands between « and »."""


@click.command(
    cls=SectionedCommand, epilog=EPILOG, no_args_is_help=True, short_help="Find the articles in which words stand."
)
@click.argument("words", nargs=-1, required=True, metavar="WORDS…")
@article_filter_options
@versions_option
@limit_options
@form_options
@case_option
def search(*, words: tuple[str, ...], case: str | None, **options: object) -> None:
    """Find the articles of a case in whose text all the WORDS stand, the newest first."""
    from sayso.cli import _case  # noqa: PLC0415  loads what prints, which --help does not need
    from sayso.cli._case_rows import print_hit  # noqa: PLC0415  the same
    from sayso.cli._list_run import Form, print_list  # noqa: PLC0415  the same
    from sayso.cli._listing import Listing  # noqa: PLC0415  the same

    text = " ".join(words).strip()
    if not any(map(str.isalnum, text)):
        message = "Give at least one word to search for."
        raise click.UsageError(message)
    wish = make_wish(options)
    nothing = "No article has all these words. Fewer words find more."
    form = Form(kind=Hit, noun="article", print_row=print_hit, nothing=nothing)
    with _case.open_case_rooms(case) as rooms:
        fetch = partial(rooms.search, make_filter({**options, "text": text}, rooms))
        print_list(Listing(fetch, limit=wish.limit, offset=wish.offset), form, wish, rooms)
