"""``sayso add``: adds articles to a case."""

from __future__ import annotations

import sys
from typing import Any

import click

from sayso.cli._open import case_option, network_options, open_ledger
from sayso.cli._options import check_address, check_time

EPILOG = """\b
Examples:
  sayso add article.html more/            files and folders
  sayso add https://example.org/ferry     one page, fetched and preserved
  sayso add links.txt                     a list of addresses, one a line
  sayso add https://example.org/feed.xml
      a feed: its items, and followed by `sayso watch`
  sayso add crawl.warc.gz pages.wacz      archives of the web
  pbpaste | sayso add --paste --outlet "The Courier" --published 2024-03-14 --url https://…

\b
What is printed as added is kept. Broken off at any moment, the same command
goes on where it was. Adding the same thing twice changes nothing. A page that
changed becomes a new version of the old one. robots.txt is obeyed; what is
refused is kept in the case with what to do instead: sayso articles --refused."""


@click.command(epilog=EPILOG)
@click.argument("names", nargs=-1, metavar="[FILE|ADDRESS]…")
@case_option
@click.option("--paste", is_flag=True, help="Add the text on standard input as one article.")
@click.option("--url", metavar="ADDRESS", callback=check_address, help="Where the one file or pasted text is from.")
@click.option("--title", metavar="TEXT", help="Its title, if it does not say so itself.")
@click.option("--outlet", metavar="NAME", help="Who published it, if it does not say so itself.")
@click.option("--published", metavar="TIME", callback=check_time, help="When: 2024-03-14, or finer or coarser.")
@network_options
@click.option("--max-bytes", type=int, metavar="N", help="Refuse larger inputs. [default: 20000000]")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for each thing instead.")
@click.option("--quiet", "-q", is_flag=True, help="Print only what went wrong, and the sum.")
@click.pass_context
def add(
    ctx: click.Context,
    /,
    *,
    names: tuple[str, ...],
    case: str | None,
    paste: bool,
    as_json: bool,
    quiet: bool,
    **options: Any,  # noqa: ANN401  Click has checked each by its declaration
) -> None:
    """Add articles to the case: preserve and read them.

    FILE is any file that `sayso read` reads, a list of addresses, a feed, a WARC or WACZ archive, a folder, a pattern,
    or - for standard input. Of what cannot be added the reason is told and the rest go on; the exit code is then 1.
    """
    from sayso.cli._adding import tell_all  # noqa: PLC0415  loads what prints: not for --help
    from sayso.cli._joining import join_rest  # noqa: PLC0415  the same
    from sayso.ingest import read_stream  # noqa: PLC0415  the same
    from sayso.ledger.intake import Given  # noqa: PLC0415  the same

    given = Given(**{name: options.pop(name) for name in ("url", "title", "outlet", "published")})
    check_names(names, paste=paste, is_given=not given.is_empty)
    with open_ledger(case, **options) as ledger:
        if paste:
            data = read_stream(sys.stdin.buffer, name="pasted", limit_bytes=ledger.settings.max_bytes)
            n_bad = tell_all(lambda _expect: ledger.paste(data, given), as_json=as_json, quiet=quiet)
        else:
            n_bad = tell_all(lambda expect: ledger.add(names, given, expect=expect), as_json=as_json, quiet=quiet)
        join_rest(ledger)
    ctx.exit(1 if n_bad else 0)


def check_names(names: tuple[str, ...], *, paste: bool, is_given: bool) -> None:
    """Raise a usage error for what does not go together."""
    message = None
    if paste and names:
        message = "--paste adds the text on standard input: give no files with it."
    elif not paste and not names:
        message = "Give files, folders or addresses to add, or --paste."
    elif is_given and len(names) > 1:
        message = "--url, --title, --outlet and --published are about one thing: give one file, or --paste."
    if message:
        raise click.UsageError(message)
