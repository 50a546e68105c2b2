"""``sayso trace``: how one claim went from its roots to the outlets."""

from __future__ import annotations

import click

from sayso.cli._open import case_option

EPILOG = """\b
Examples:
  sayso claims                  shows the numbers of claims
  sayso trace C3
  sayso trace C3 --why          with the reason of every merge and step
  sayso trace C3 --json | jq .lanes

\b
Each lane begins with a root: ● named, ◐ described, ○ vague. A solid line is
certain, a dotted one only possible. Under each telling stands the sentence in
which it is told. Roots that may be one count once at the least and apart at
the most: that is the range."""


@click.command(epilog=EPILOG)
@click.argument("claim", metavar="CLAIM")
@click.option("--why", "has_why", is_flag=True, help="Say why: of each step, of each merge, of the range.")
@click.option("--all", "has_all", is_flag=True, help="Print all tellings, also where many have it in the same way.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead, ids in full.")
@click.option("--no-color", is_flag=True, help="Print without colour. NO_COLOR does the same.")
@case_option
def trace(*, claim: str, case: str | None, has_why: bool, has_all: bool, as_json: bool, no_color: bool) -> None:
    """Show how one claim went from its roots to the outlets.

    CLAIM is its number: C3.
    """
    from sayso.cli._joining import open_joined  # noqa: PLC0415  loads what joins and prints: not for --help
    from sayso.cli._page import make_console  # noqa: PLC0415  the same
    from sayso.cli._print import print_bytes  # noqa: PLC0415  the same
    from sayso.cli._trace_page import TracePage  # noqa: PLC0415  the same
    from sayso.export.finding_json import write_record  # noqa: PLC0415  the same

    with open_joined(case) as rooms:
        found = rooms.trace(claim)
    if as_json:
        print_bytes(write_record(found))
    else:
        TracePage(make_console(no_color=no_color), has_why=has_why, has_all=has_all).print(found)
