"""The command line: a command parses, calls the reader, prints; it decides nothing about an article.

Exit codes: 0 fine; 1 an error, also a batch that finished with bad items; 2 wrong usage; 130 interrupted.

Nothing heavy is imported here: ``sayso --help`` answers before the model's run time could be loaded.
"""

from __future__ import annotations

import click

from sayso.cli._print import Translating
from sayso.cli.demo import demo
from sayso.cli.read import read
from sayso.cli.stamp import stamp

EPILOG = """\b
Examples:
  sayso demo                             see an invented article read
  sayso read article.html                read a page saved from your browser
  pbpaste | sayso read -                 read what is on standard input
  sayso read --json articles/ > all.jsonl

\b
Exit codes: 0 fine, 1 error (also a batch with bad items), 2 wrong usage, 130 interrupted.
Nothing leaves this machine."""


@click.group(cls=Translating, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(None, "--version", package_name="sayso", message="sayso %(version)s")
def main() -> None:
    """Tell, for every claim in an article, on whose say-so it stands.

    Sayso says who says a thing, through whom it reached the page and how sure they are. It never says whether the
    thing is true, and it never scores an outlet.
    """


main.add_command(read)
main.add_command(demo)
main.add_command(stamp)
