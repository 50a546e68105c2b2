"""The command line: a command parses, calls the reader, prints; it decides nothing about an article.

Exit codes: 0 fine; 1 an error, also a batch that finished with bad items; 2 wrong usage; 3 a case or time stamp that
was changed; 130 interrupted.

Nothing heavy is imported here: ``sayso --help`` answers before the model's run time could be loaded.
"""

from __future__ import annotations

import click

from sayso.cli._sections import Sectioned
from sayso.cli.add import add
from sayso.cli.articles import articles
from sayso.cli.claims import claims
from sayso.cli.demo import demo
from sayso.cli.disputes import disputes
from sayso.cli.drift import drift
from sayso.cli.info import info
from sayso.cli.judge import judge
from sayso.cli.new import new
from sayso.cli.open import open_
from sayso.cli.purge import purge
from sayso.cli.read import read
from sayso.cli.reread import reread
from sayso.cli.review import review
from sayso.cli.search import search
from sayso.cli.sources import sources
from sayso.cli.stamp import stamp
from sayso.cli.story import story
from sayso.cli.timeline import timeline
from sayso.cli.trace import trace
from sayso.cli.verify import verify
from sayso.cli.watch import watch
from sayso.cli.who import who

EPILOG = """\b
Examples:
  sayso demo                        see an invented case built and listed
  sayso read article.html           read a page saved from your browser
  sayso new harbour
      make a case, one file for one investigation
  sayso add article.html links.txt  preserve and read what belongs to it
  pbpaste | sayso read -            read what is on standard input
  sayso read --json articles/ > all.jsonl
  sayso claims --stance denies      who in the case of this folder denies what

\b
Exit codes: 0 fine, 1 error (also a batch with bad items), 2 wrong usage, 3 a
case or time stamp that was changed, 130 interrupted. Nothing leaves this
machine but requests for the addresses that you name."""


@click.group(cls=Sectioned, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(None, "--version", package_name="sayso", message="sayso %(version)s")
def main() -> None:
    """Tell, for every claim in an article, on whose say-so it stands.

    Sayso says who says a thing, through whom it reached the page and how sure they are. It never says whether the
    thing is true, and it never scores an outlet.
    """


for command in (
    read,
    demo,
    new,
    open_,
    add,
    watch,
    info,
    claims,
    trace,
    story,
    who,
    timeline,
    disputes,
    drift,
    articles,
    sources,
    search,
    review,
    judge,
    reread,
    verify,
    stamp,
    purge,
):
    main.add_command(command)
