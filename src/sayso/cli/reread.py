"""``sayso reread``: the articles of a case, read again with the model at hand."""

from __future__ import annotations

import click

from sayso.cli._open import case_option

EPILOG = """\b
Examples:
  sayso reread
      all articles that another version or model read last
  sayso reread --verbose       with every row in which something changed
  sayso reread --doc doc-4f2a  one article

\b
The old readings stay in the case, and so does every judgement. A judgement
holds for the new reading where that has the same row, words for words; else
it is orphaned: kept, shown with review --list, and applied to nothing."""


@click.command(epilog=EPILOG)
@click.option("--document", "--doc", metavar="ID", multiple=True, help="Only this article; may be given several times.")
@click.option("--verbose", "-v", is_flag=True, help="Print the rows in which something changed.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line, one for each article.")
@click.option("--no-color", is_flag=True, help="Print without colour. NO_COLOR does the same.")
@case_option
@click.pass_context
def reread(
    ctx: click.Context, /, *, case: str | None, document: tuple[str, ...], verbose: bool, as_json: bool, no_color: bool
) -> None:
    """Read the articles again, and tell what changed.

    Read again is what another version of Sayso or another model read last. Each article's new reading is kept as soon
    as it is made; interrupted, the rest can be read later.
    """
    from sayso.cli import _review_rooms  # noqa: PLC0415  loads what prints, which --help does not need
    from sayso.cli._reread_run import reread_case  # noqa: PLC0415  the same

    with _review_rooms.open_reread_rooms(case) as rooms:
        documents = [rooms.find_id("doc", given) for given in document] if document else None
        code = reread_case(rooms, documents, is_verbose=verbose, as_json=as_json, no_color=no_color)
    ctx.exit(code)
