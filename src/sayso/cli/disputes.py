"""``sayso disputes``: where tellings stand against one another."""

from __future__ import annotations

import click

from sayso.cli._open import case_option
from sayso.cli._story_options import form_options, story_argument

EPILOG = """\b
Examples:
  sayso disputes
  sayso disputes C3
  sayso disputes depot fire
  sayso disputes --json | jq .kind

\b
A later, higher figure of what only grows is an update and no dispute. A
correction is followed to every article that still carries the old figure."""


@click.command(epilog=EPILOG)
@story_argument
@form_options
@case_option
def disputes(*, query: tuple[str, ...], case: str | None, as_json: bool, no_color: bool) -> None:
    """Show where tellings stand against one another.

    Figures that cannot both hold, denials, doubts, refusals, and figures that took others’ places.

    Both sides stand with their sentences; nobody is said to be right. CLAIM is a number (C3), STORY words or an id.
    Without either all stories are shown, the largest first.
    """
    from sayso.cli._joining import open_joined  # noqa: PLC0415  loads what joins and prints: not for --help
    from sayso.cli._page import make_console  # noqa: PLC0415  the same
    from sayso.cli._story_run import show_disputes  # noqa: PLC0415  the same

    with open_joined(case) as rooms:
        show_disputes(rooms, " ".join(query), make_console(no_color=no_color), as_json=as_json)
