"""``sayso story``: the articles that tell of one event, what they claim, and who has text in common."""

from __future__ import annotations

import click

from sayso.cli._open import case_option
from sayso.cli._story_options import form_options

MOST_CLAIMS = 12
EPILOG = """\b
Examples:
  sayso story                   the stories of the case, the largest first
  sayso story depot fire        the stories in which these words stand
  sayso story C3                the story of a claim
  sayso story doc-3fa9c1        the story of an article
  sayso story C3 --json | jq .copies

\b
Which articles tell of the same event is the machine’s reading: words, names
and dates that they share. One story is shown whole, several as a list."""


@click.command(epilog=EPILOG)
@click.argument("query", nargs=-1, metavar="[STORY]…")
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="At most so many in a list.")
@form_options
@case_option
def story(*, query: tuple[str, ...], case: str | None, limit: int, as_json: bool, no_color: bool) -> None:
    """Show a story: its articles, claims and copies.

    STORY is words, a claim’s number, or the id of a story or article. Without it the stories are listed.
    """
    from sayso.cli._joining import open_joined  # noqa: PLC0415  loads what joins and prints: not for --help
    from sayso.cli._page import make_console  # noqa: PLC0415  the same
    from sayso.cli._story_run import list_stories, show_story  # noqa: PLC0415  the same

    with open_joined(case) as rooms:
        given = " ".join(query)
        found = rooms.find_stories(given, limit=limit) if given else list(rooms.stories(limit=limit).rows)
        if given and len(found) == 1:
            show_story(rooms, found[0], make_console(no_color=no_color), as_json=as_json)
        else:
            list_stories(found, given, make_console(no_color=no_color), as_json=as_json)
