"""``sayso timeline``: what happened when."""

from __future__ import annotations

import click

from sayso.cli._open import case_option
from sayso.cli._story_options import form_options, story_argument

EPILOG = """\b
Examples:
  sayso timeline
  sayso timeline C3
  sayso timeline depot fire
  sayso timeline --json | jq .kind

\b
Times are those that the articles state; who told it first is only as sure as
these are: sayso trace C3 --why."""


@click.command(epilog=EPILOG)
@story_argument
@form_options
@case_option
def timeline(*, query: tuple[str, ...], case: str | None, as_json: bool, no_color: bool) -> None:
    """Show when claims were told, spread, denied, corrected.

    Claims that several articles tell, or the one that is named. CLAIM is a number (C3), STORY words or an id. Without
    either all stories are shown, the largest first.
    """
    from sayso.cli._joining import open_joined  # noqa: PLC0415  loads what joins and prints: not for --help
    from sayso.cli._page import make_console  # noqa: PLC0415  the same
    from sayso.cli._story_run import show_events  # noqa: PLC0415  the same

    with open_joined(case) as rooms:
        show_events(rooms, " ".join(query), make_console(no_color=no_color), as_json=as_json)
