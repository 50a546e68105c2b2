"""``sayso read``: the reading of articles, on the terminal, as JSON or as a page for the browser."""

from __future__ import annotations

import click

from sayso.cli._open import network_options
from sayso.cli._options import check_time, page_options
from sayso.cli._wish import Wish

EPILOG = """\b
Examples:
  sayso read article.html                      one page, saved from a browser
  sayso read notes.txt --outlet "The Courier" --published 2024-03-14
  sayso read - < article.txt                   standard input
  sayso read https://example.org/ferry
      a page of the web, if its robots.txt allows it
  sayso read articles/ more.md | less -R
      folders and files, in this order
  sayso read --json articles/ | jq .origins    one JSON object a line
  sayso read --json --out readings/ articles/  one readings/NAME.json each
  sayso read --html article.html > reading.html
      one page with the article and its ledger

\b
Two inputs with the same stem (a/index.html, b/index.html) become index.json
and index-2.json, and standard error says so. Standard input becomes
stdin.json. With --html it is the same with .html. A file that holds several
articles (a live blog, a digest of mails) gives a reading for each: blog.json,
blog-2.json."""


@click.command(epilog=EPILOG, no_args_is_help=True)
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option("--json", "as_json", is_flag=True, help="Print the whole reading as JSON, one article a line.")
@click.option("--html", "as_html", is_flag=True, help="Print one page that needs nothing but itself, for the browser.")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=str),
    metavar="DIR",
    help="With --json or --html: write one NAME.json or NAME.html per article into this folder instead.",
)
@page_options
@click.option("--max-bytes", type=int, metavar="N", help="Refuse larger inputs. [default: 20000000]")
@click.option(
    "--title",
    metavar="TEXT",
    help="The title of the one plain-text input; put before a text that does not begin with it.",
)
@click.option("--outlet", metavar="NAME", help="Who published the one plain-text input.")
@click.option("--published", metavar="TIME", callback=check_time, help="When: 2024-03-14, or finer or coarser.")
@network_options
@click.pass_context
def read(ctx: click.Context, /, files: tuple[str, ...], **options: object) -> None:
    """Read articles: who says what, through whom, how surely.

    FILE is plain text, Markdown, HTML, MHTML, PDF, DOCX or a mail (.eml), a folder of them, an address (fetched, and
    nothing of it kept), or - for standard input.
    A file that cannot be read is reported and the rest go on; the exit code is then 1.
    """
    from sayso.cli._run import run  # noqa: PLC0415  loads what reads and prints, which --help does not need

    wish = Wish(**options)  # type: ignore[arg-type]  # Click has checked each by its own declaration
    if wish.as_json and wish.as_html:
        message = "--json and --html are two ways to write a reading: give one of them."
        raise click.UsageError(message)
    if wish.out is not None and not (wish.as_json or wish.as_html):
        message = "--out writes files: give --json or --html with it."
        raise click.UsageError(message)
    ctx.exit(run(files, wish))
