"""``sayso new``: makes a case."""

from __future__ import annotations

import click

from sayso.cli._passphrase import ask_passphrase
from sayso.config import get_passphrase

EPILOG = """\b
Examples:
  sayso new harbour            makes harbour.sayso in this folder
  sayso new ~/cases/harbour.sayso
  sayso new harbour --encrypt
      asks for a passphrase; needs: pip install 'sayso[encrypt]'

\b
The whole case is in the one file: copying it is the backup. Only you can read
it (mode 0600). A forgotten passphrase cannot be recovered by anybody.
SAYSO_PASSPHRASE gives it without asking."""


@click.command(epilog=EPILOG)
@click.argument("name")
@click.option("--encrypt", is_flag=True, help="Encrypt the whole file with a passphrase.")
def new(*, name: str, encrypt: bool) -> None:
    """Make a case: one file for one investigation.

    NAME is its name or its path, with or without .sayso.
    """
    from sayso.export.visible import show  # noqa: PLC0415  the same
    from sayso.ledger.case import Ledger  # noqa: PLC0415  loads what keeps and reads: not for --help
    from sayso.store.sqlite.encryption import load_sqlcipher  # noqa: PLC0415  the same

    passphrase = None
    if encrypt:
        # Said before somebody thinks of a passphrase and types it twice.
        load_sqlcipher()
        passphrase = get_passphrase() or ask_passphrase(twice=True)
    with Ledger.create(name, passphrase=passphrase) as ledger:
        path = ledger.path
    click.echo(f"{show(str(path))} is ready. Add to it: sayso add article.html")
