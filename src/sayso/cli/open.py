"""``sayso open``: the web app."""

from __future__ import annotations

import click

from sayso.cli._open import case_option

EPILOG = """\b
Examples:
  sayso open                    the case in this folder, in the browser
  sayso open --case depot.sayso --no-browser

\b
It listens on this machine alone (127.0.0.1), and only whoever has the address
that it prints gets in. It works without any network. Ctrl-C ends it. It takes
a few packages more: pip install 'sayso[web]'."""


@click.command("open", epilog=EPILOG)
@case_option
@click.option("--port", type=click.IntRange(0, 65535), default=0, metavar="N", help="Where to listen. [default: any]")
@click.option("--no-browser", is_flag=True, help="Print the address and open no browser.")
def open_(*, case: str | None, port: int, no_browser: bool) -> None:
    """Open the case in the browser."""
    from sayso.cli._joining import join_rest  # noqa: PLC0415  loads what keeps and serves: not for --help
    from sayso.cli._open import open_ledger  # noqa: PLC0415  the same
    from sayso.errors import MissingExtra  # noqa: PLC0415  the same

    try:
        from sayso.web.serve import serve  # noqa: PLC0415  the same
    except ModuleNotFoundError as error:
        raise MissingExtra("web") from error  # noqa: EM101  the extra's name

    def tell(address: str) -> None:
        click.echo(f"{address}\nCtrl-C ends it.")
        if not no_browser:
            click.launch(address)

    with open_ledger(case) as ledger:
        join_rest(ledger)
        serve(ledger, port=port, tell=tell)
