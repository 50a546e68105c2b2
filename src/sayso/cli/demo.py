"""``sayso demo``: an invented article, read."""

from __future__ import annotations

import click

from sayso.cli._options import page_options

EPILOG = """\b
Examples:
  sayso demo                              the reading of the invented article
  sayso demo --article > depot.html       the article itself, to hold beside it
  sayso read --json depot.html            the same reading as JSON"""


@click.command(epilog=EPILOG)
@click.option("--article", is_flag=True, help="Print the invented article itself, as HTML, and read nothing.")
@page_options
def demo(*, article: bool, **options: bool) -> None:
    """Read an invented article that comes with Sayso.

    Its places, people and outlets are made up. It was written to hold what makes sourcing hard to follow: an agency
    citing a service, unnamed sources, a claim told by one party about another, a denial, a refusal, a headline that
    promises more than the body bears.
    """
    from sayso.cli._demo import print_demo, print_demo_article  # noqa: PLC0415  loads what reads: not for --help

    if article:
        print_demo_article()
    else:
        print_demo(**options)
