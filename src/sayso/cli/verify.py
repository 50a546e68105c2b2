"""``sayso verify``: whether a case is as it was written."""

from __future__ import annotations

import json

import click

from sayso.cli._open import case_option, open_ledger

EPILOG = """\b
Examples:
  sayso verify
  sayso verify --case harbour.sayso --json

\b
The hash of the log's last entry stands for the whole case: tell it to somebody, and nobody can change
the case unseen. Exit code 3 means that something was changed; the places are printed."""

CHANGED = 3


@click.command(epilog=EPILOG)
@case_option
@click.option("--json", "as_json", is_flag=True, help="Print what was checked and found as one JSON object.")
@click.pass_context
def verify(ctx: click.Context, /, *, case: str | None, as_json: bool) -> None:
    """Check that the case is as it was written.

    Every hash is made anew, the chain of the log followed, and every span held against its text.
    """
    from sayso.cli._print import print_error  # noqa: PLC0415  loads what prints: not for --help
    from sayso.cli._progress import Progress  # noqa: PLC0415  the same
    from sayso.export.list_words import count  # noqa: PLC0415  the same
    from sayso.plain import to_plain  # noqa: PLC0415  the same

    with open_ledger(case) as ledger:
        with ledger.look() as lists:
            info = lists.info()
        with Progress(info.log_length + info.n_captures + info.n_documents, no_color=False, doing="checking") as bar:
            checked = ledger.verify(tell=bar.move_to)
    if as_json:
        click.echo(json.dumps(to_plain(checked), separators=(",", ":")))
    else:
        for finding in checked.findings:
            print_error(f"{finding.where}: {finding.what}")
        if checked.n_unchecked_stamps:
            stamps = count(checked.n_unchecked_stamps, "time stamp was", "time stamps were")
            print_error(f"{stamps} not checked: pip install 'sayso[timestamp]'.")
        parts = [
            count(checked.n_entries, "log entry", "log entries"),
            count(checked.n_captures, "capture"),
            count(checked.n_documents, "document"),
            f"{count(checked.n_readings, 'reading')} with {count(checked.n_spans, 'span')}",
            count(checked.n_stamps, "time stamp"),
        ]
        more = f"; {count(checked.n_purged, 'record was', 'records were')} purged" if checked.n_purged else ""
        click.echo(f"Checked: {', '.join(parts)}{more}.")
        if checked.findings:
            click.echo(f"{count(len(checked.findings), 'place was', 'places were')} changed.")
        else:
            click.echo(f"All is as it was written. Head of the log: {checked.head}")
    ctx.exit(CHANGED if checked.findings else 0)
