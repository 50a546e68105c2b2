"""``sayso drift``: what was lost or sharpened on a claim’s way."""

from __future__ import annotations

import click

from sayso.cli._open import case_option
from sayso.cli._story_options import form_options, story_argument

EPILOG = """\b
Examples:
  sayso drift C3
  sayso drift depot fire
  sayso drift --json | jq .kind"""


@click.command(epilog=EPILOG)
@story_argument
@form_options
@case_option
def drift(*, query: tuple[str, ...], case: str | None, as_json: bool, no_color: bool) -> None:
    """Show what was lost or sharpened on the way.

    Where a hedge, a figure, an actor or the attribution itself was dropped.

    Only between two tellings of which the later rests on the earlier. CLAIM is a number (C3), STORY words or an id.
    Without either all stories are shown, the largest first.
    """
    from sayso.cli._joining import open_joined  # noqa: PLC0415  loads what joins and prints: not for --help
    from sayso.cli._page import make_console  # noqa: PLC0415  the same
    from sayso.cli._story_run import show_drifts  # noqa: PLC0415  the same

    with open_joined(case) as rooms:
        show_drifts(rooms, " ".join(query), make_console(no_color=no_color), as_json=as_json)
