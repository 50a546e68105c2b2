"""``sayso stamp``: a time stamp over a case, from an authority that the user names."""

from __future__ import annotations

from pathlib import Path

import click

from sayso.cli._open import case_option

EPILOG = """\b
Examples:
  sayso stamp --authority https://stamps.example/tsr  ask, and keep the answer
  sayso stamp --authority https://stamps.example/tsr --roots root.pem
      and check who answered
  sayso stamp --list
      what is stamped, and when
  sayso stamp --check --roots root.pem                check all again

\b
What is sent: a hash (SHA-256) of the hash of the log's last entry, and a
random number that the answer must repeat. No name, no address, no word of the
case. It goes to the address that you give, and to no other: there is no
default. Who is there sees from which connection Sayso asks, and when. What
comes back is kept in the case. Each entry of the log holds the hash of the
one before, so a time stamp over one says that it and all before it existed
then.

\b
Without --roots the time stamp is checked against the certificate that it
brings itself: then nothing was changed since, but whoever made it may have
made that certificate, too. Get the authority's root from the authority, as a
PEM file.

\b
Needs pip install 'sayso[timestamp]'. Whether the log is still what it was,
`sayso verify` tells. Exit code 3: a time stamp of the case does not hold."""


@click.command(epilog=EPILOG, no_args_is_help=True, short_help="Have an authority stamp a case with the time.")
@click.option("--authority", metavar="URL", help="Ask the time-stamping authority (RFC 3161) at this address.")
@click.option("--list", "as_list", is_flag=True, help="Show the time stamps of the case. Sends nothing.")
@click.option("--check", is_flag=True, help="Check the time stamps of the case. Sends nothing.")
@click.option(
    "--roots",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="PEM",
    help="Root certificates that you trust; with others between them and the authority's. May be given several times.",
)
@case_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
@click.pass_context
def stamp(
    ctx: click.Context, /, *, authority: str | None, as_list: bool, check: bool, case: str | None, **options: object
) -> None:
    """Have an authority stamp a case with the time.

    This is the one command that sends something of a case: a hash, to the address that you give, when you give one.
    The answer proves that all that is in the case now existed at that time.
    """
    from sayso.cli import _stamp_run  # noqa: PLC0415  loads what asks and prints, which --help does not need

    if sum((authority is not None, as_list, check)) != 1:
        message = "give one of --authority URL, --list and --check."
        raise click.UsageError(message)
    as_json = bool(options["as_json"])
    roots: tuple[Path, ...] = options["roots"]  # type: ignore[assignment]  # Click has checked it
    if as_list:
        ctx.exit(_stamp_run.print_list(case, as_json=as_json))
    if check:
        ctx.exit(_stamp_run.check(case, roots=roots, as_json=as_json))
    if authority is not None:
        ctx.exit(_stamp_run.ask(case, authority, roots=roots, as_json=as_json))
