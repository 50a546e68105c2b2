"""Opens the case that a command is about."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, TypeVar

import click

from sayso.cli._passphrase import ask_passphrase
from sayso.errors import LockedCase

if TYPE_CHECKING:
    from collections.abc import Callable

    from sayso.ledger.case import Ledger

F = TypeVar("F", bound="Callable[..., Any]")


def case_option(command: F) -> F:
    """Add the option that names the case."""
    return click.option(
        "--case",
        envvar="SAYSO_CASE",
        metavar="FILE",
        help="The case. [default: SAYSO_CASE, else the only one in this folder]",
    )(command)


def network_options(command: F) -> F:
    """Add the options that say what may be fetched."""
    command = click.option(
        "--allow-private", is_flag=True, help="Fetch from addresses of private networks and of this machine, too."
    )(command)
    return click.option("--no-network", is_flag=True, help="Fetch nothing; addresses are refused.")(command)


def open_ledger(case: str | None, *, no_network: bool = False, allow_private: bool = False, **settings: Any) -> Ledger:  # noqa: ANN401
    """Return the case that is meant, opened; of an encrypted one the passphrase is asked for.

    Args:
        case: Its path; None for the only one in this folder.
        no_network: Fetch nothing.
        allow_private: Fetch from private networks, too.
        settings: As for `sayso.config.load_settings`.
    """
    from sayso.config import get_passphrase, load_settings  # noqa: PLC0415  loads what keeps and reads: not for --help
    from sayso.fetch import FetchSettings  # noqa: PLC0415  the same
    from sayso.ledger.case import Ledger  # noqa: PLC0415  the same

    chosen = load_settings(**settings)
    fetching = FetchSettings.of(chosen, no_network=no_network, allow_private=allow_private)
    how = {"settings": chosen, "fetching": fetching}
    passphrase = get_passphrase()
    try:
        return Ledger.open(case, passphrase=passphrase, **how)
    except LockedCase:
        if passphrase or not sys.stdin.isatty():
            raise
        return Ledger.open(case, passphrase=ask_passphrase(), **how)
