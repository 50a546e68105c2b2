"""``sayso info``: a case at a glance."""

from __future__ import annotations

import click

from sayso.cli._list_options import form_options, make_wish
from sayso.cli._open import case_option
from sayso.cli._sections import SectionedCommand

EPILOG = """\b
Examples:
  sayso info
  sayso info --case depot.sayso --json | jq .claims"""


@click.command(cls=SectionedCommand, epilog=EPILOG, short_help="Show a case at a glance.")
@form_options
@case_option
def info(*, case: str | None, **options: object) -> None:
    """Show a case at a glance: how much is in it, from when, by whom, and how it is kept."""
    from sayso.cli import _case  # noqa: PLC0415  loads what prints, which --help does not need
    from sayso.cli._list_run import print_glance  # noqa: PLC0415  the same

    wish = make_wish(options)
    with _case.open_case_rooms(case) as rooms:
        print_glance(rooms.info(), wish)
