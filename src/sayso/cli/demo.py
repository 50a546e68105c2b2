"""``sayso demo``: an invented case, built and shown."""

from __future__ import annotations

import click

from sayso.cli._options import page_options

EPILOG = """\b
Examples:
  sayso demo
      builds demo.sayso in this folder and shows how one claim travels
  sayso demo --read                  the reading of one of its articles
  sayso demo --article > depot.html  that article itself, to hold beside it
  sayso demo --articles depot/       all of them, as files in a folder"""


@click.command(epilog=EPILOG)
@click.option("--read", "is_read", is_flag=True, help="Read one of the articles and show its ledger; no case is made.")
@click.option("--article", is_flag=True, help="Print that article itself, as HTML, and read nothing.")
@click.option(
    "--articles",
    "folder",
    type=click.Path(file_okay=False, path_type=str),
    metavar="DIR",
    help="Write all articles into this folder, and read nothing.",
)
@page_options
def demo(*, is_read: bool, article: bool, folder: str | None, **options: bool) -> None:
    """Build an invented case, and show how one claim travels in it.

    It comes with Sayso; its places, people and outlets are made up. Eight outlets tell of one fire in three days: an
    agency, its reprints and a rewriting that drops a hedge, two outlets that have it from one another, unnamed
    officials, denials, a toll that rises, a corrected figure that somebody still carries, one report of its own, a
    headline that promises more than the body bears; and another fire, elsewhere.
    """
    from sayso.cli import _demo  # noqa: PLC0415  loads what reads: not for --help

    if article:
        _demo.print_article()
    elif folder is not None:
        _demo.write_articles(folder)
    elif is_read:
        _demo.print_reading(**options)
    else:
        _demo.build_case()
