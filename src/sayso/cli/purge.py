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
    with open_ledger(case) as ledger:
        with ledger.look() as lists:
            found = lists.document(document)
        title = found.title.exact if found.title else found.name
        if not yes:
            click.confirm(f"Remove “{title}” ({found.id}) from the case for good?", abort=True, err=True)
        n_captures = ledger.purge(found.id)
        captures = "1 capture" if n_captures == 1 else f"{n_captures:,} captures"
        click.echo(f"{found.id} was purged, with {captures}.")
