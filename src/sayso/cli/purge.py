"""``sayso purge``: removes a document for good."""

from __future__ import annotations

import click

from sayso.cli._open import case_option, open_ledger

EPILOG = """\b
Examples:
  sayso articles                       shows the ids
  sayso purge doc-3fa9c1
  sayso purge doc-3fa9c1 --yes         without asking

\b
What remains is an entry in the log that something was purged, and when.
Copies of the case that were made before (and case.sayso.backup-N, if a newer
version of Sayso made one) still hold it."""


@click.command(epilog=EPILOG)
@click.argument("document", metavar="DOC")
@case_option
@click.option("--yes", is_flag=True, help="Do not ask.")
def purge(*, document: str, case: str | None, yes: bool) -> None:
    """Remove a document for good.

    Its bytes, its text, its readings, and what was judged about it. DOC is its id, or the beginning of it.
    """
    from sayso.cli._joining import join_rest  # noqa: PLC0415  loads what joins and prints: not for --help
    from sayso.cli._print import print_error  # noqa: PLC0415  the same

    with open_ledger(case) as ledger:
        with ledger.look() as lists:
            found = lists.document(document)
            shared = lists.list_beside(found.id)
        title = found.title.exact if found.title else found.name
        if shared:
            names = ", ".join(shared[:5])
            print_error(
                f"its bytes stay: other articles came in the same file ({names}). Purge these, too, to remove them."
            )
        if ledger.feeds():
            print_error(
                "a feed of the case that still names this article will bring it back: see `sayso watch --forget`."
            )
        if not yes:
            click.confirm(f"Remove “{title}” ({found.id}) from the case for good?", abort=True, err=True)
        n_captures = ledger.purge(found.id)
        captures = "1 capture" if n_captures == 1 else f"{n_captures:,} captures"
        click.echo(f"{found.id} was purged, with {captures}.")
        join_rest(ledger)
