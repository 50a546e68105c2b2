"""``sayso verify``: whether a case is as it was written."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from sayso.cli._open import case_option, open_ledger
from sayso.errors import DamagedCase, DamagedRecord

if TYPE_CHECKING:
    from sayso.ledger.verifying import Checked
    from sayso.records import LogEntry

EPILOG = """\b
Examples:
  sayso verify
  sayso verify --case harbour.sayso --json
  sayso verify --head 9f86d081…  is the log that I was told of still in it?

\b
The hash of the log's last entry stands for the whole case: tell it to
somebody, and nobody can change the case unseen. Exit code 3 means that
something was changed; the places are printed."""

CHANGED = 3


@click.command(epilog=EPILOG)
@case_option
@click.option(
    "--head",
    metavar="HASH",
    help="A hash of the log that was told or printed before: is it still in the log, and where?",
)
@click.option("--json", "as_json", is_flag=True, help="Print what was checked and found as one JSON object.")
@click.pass_context
def verify(ctx: click.Context, /, *, case: str | None, head: str | None, as_json: bool) -> None:
    """Check that the case is as it was written.

    Every hash is made anew, the chain of the log followed, and every span held against its text.
    """
    from sayso.cli._print import print_error  # noqa: PLC0415  loads what prints: not for --help
    from sayso.cli._progress import Progress  # noqa: PLC0415  the same
    from sayso.export.list_words import count  # noqa: PLC0415  the same
    from sayso.plain import to_plain  # noqa: PLC0415  the same

    with open_ledger(case) as ledger:
        total = 0
        # How much there is to do is not worth stopping for.
        with suppress(DamagedCase, DamagedRecord), ledger.look() as lists:
            info = lists.info()
            total = info.log_length + info.n_captures + info.n_documents
        with Progress(total, no_color=False, doing="checking") as bar:
            checked = ledger.verify(tell=bar.move_to)
        if head is not None:
            entry = None
            with suppress(DamagedCase, DamagedRecord):
                entry = ledger.find_entry(head.strip().lower())
            checked = hold_against(checked, entry, head)
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


def hold_against(checked: Checked, entry: LogEntry | None, head: str) -> Checked:
    """Return what was found, and whether the log still has an entry of the hash that was told before."""
    if entry is None:
        from sayso.ledger.verifying import Finding  # noqa: PLC0415  loads what keeps cases: not for --help

        what = "no entry has this hash: the log was written anew since it was told"
        return replace(checked, findings=(*checked.findings, Finding(where=f"log head {head}", what=what)))
    click.echo(f"{head} is entry {entry.number:,} of the log, written {entry.at}.", err=True)
    return checked
