"""``sayso who``: everything that one party said, and what rests on it."""

from __future__ import annotations

import click

from sayso.cli._open import case_option
from sayso.cli._story_options import form_options

EPILOG = """\b
Examples:
  sayso who Marenko
  sayso who "State Security Bureau"
  sayso who src-4f2a91c0       one source, by the id that sayso sources shows
  sayso who Marenko --json | jq .spellings

\b
A name that several parties have is listed; more of the name, or an id, says
which is meant. Sources without a name are each a party of their own: the
machine never says who they are, nor that two of them are one."""


@click.command(epilog=EPILOG)
@click.argument("party", nargs=-1, required=True, metavar="PARTY…")
@form_options
@case_option
def who(*, party: tuple[str, ...], case: str | None, as_json: bool, no_color: bool) -> None:
    """Show everything that one party said.

    To whom it said it, and how often it is the only leg that a claim stands on.

    PARTY is a name, a part of one, or a source’s id.
    """
    from sayso.cli._joining import open_joined  # noqa: PLC0415  loads what joins and prints: not for --help
    from sayso.cli._page import make_console  # noqa: PLC0415  the same
    from sayso.cli._print import print_bytes  # noqa: PLC0415  the same
    from sayso.cli._who_page import WhoPage  # noqa: PLC0415  the same
    from sayso.export.finding_json import write_records  # noqa: PLC0415  the same

    given = " ".join(party)
    with open_joined(case) as rooms:
        found = rooms.who(given)
    if as_json:
        for line in write_records(found):
            print_bytes(line)
    else:
        WhoPage(make_console(no_color=no_color)).print(given, found)
