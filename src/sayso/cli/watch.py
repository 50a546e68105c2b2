"""``sayso watch``: follows the feeds of a case."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import click

from sayso.cli._open import case_option, network_options, open_ledger

EPILOG = """\b
Examples:
  sayso add https://example.org/feed.xml  adds what is in it, and follows it
  sayso watch                             polls every 15 minutes, until Ctrl-C
  sayso watch --once
      polls what is due, and ends (for cron)
  sayso watch --every 2h
  sayso watch --list
  sayso watch --forget https://example.org/feed.xml

\b
A feed that did not change is not sent again. A broken one is told and asked
again later, each time after a longer pause; the others go on."""

PERIOD = re.compile(r"(?P<number>\d{1,6})\s*(?P<unit>s|m|h|d)?")
UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
LEAST = timedelta(seconds=60)


def read_period(_ctx: click.Context, _param: click.Parameter, value: str) -> timedelta:
    """Return a period like ``15m``, ``2h``, ``90s``, ``1d``; a bare number is minutes."""
    found = PERIOD.fullmatch(value.strip().lower())
    if found is None:
        message = f"{value!r} is no period. Give 90s, 15m, 2h or 1d."
        raise click.BadParameter(message)
    period = timedelta(**{UNITS[found["unit"] or "m"]: int(found["number"])})
    if period < LEAST:
        message = "feeds are not polled more often than once a minute."
        raise click.BadParameter(message)
    return period


@click.command(epilog=EPILOG)
@case_option
@click.option("--once", is_flag=True, help="Poll each feed that is due (see --every) once, and end.")
@click.option(
    "--every",
    default="15m",
    show_default=True,
    metavar="PERIOD",
    callback=read_period,
    help="How often each is polled.",
)
@click.option("--list", "is_list", is_flag=True, help="Show the feeds that the case follows, and end.")
@click.option("--forget", metavar="ADDRESS", help="Follow this feed no longer, and end.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for each new item (with --list, feed).")
@network_options
@click.pass_context
def watch(
    ctx: click.Context,
    /,
    *,
    case: str | None,
    is_list: bool,
    forget: str | None,
    as_json: bool,
    **options: Any,  # noqa: ANN401  Click has checked each by its declaration
) -> None:
    """Follow the feeds of the case, and add what is new.

    They are polled politely. Feeds come into the case by `sayso add ADDRESS`.
    """
    from sayso.cli._watching import Watch, forget_feed, list_feeds  # noqa: PLC0415  loads what prints: not for --help

    once, every = options.pop("once"), options.pop("every")
    with open_ledger(case, **options) as ledger:
        if is_list:
            list_feeds(ledger, as_json=as_json)
            return
        if forget is not None:
            ctx.exit(forget_feed(ledger, forget))
        watching = Watch(ledger, every=every, as_json=as_json)
        ctx.exit(watching.run_once() if once else watching.run())
