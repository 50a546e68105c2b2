"""Asks for the passphrase of an encrypted case."""

from __future__ import annotations

import getpass
import warnings

import click

NONE_GIVEN = "no passphrase was given: the input ended. SAYSO_PASSPHRASE gives it without asking."


def ask_passphrase(*, twice: bool = False) -> str:
    """Return the passphrase that a person types, unseen where that can be.

    Args:
        twice: Whether it has to be typed again, so that a slip does not lock the case for ever.

    Raises:
        click.ClickException: There is none, because the input ended.
    """
    with warnings.catch_warnings():
        # Where there is no terminal, nobody sees what is typed.
        warnings.simplefilter("ignore", getpass.GetPassWarning)
        try:
            return str(click.prompt("Passphrase", hide_input=True, confirmation_prompt=twice, err=True))
        except click.Abort as error:
            # Click says the same of Ctrl-C and of an end of input.
            if isinstance(error.__context__, EOFError):
                raise click.ClickException(NONE_GIVEN) from error
            raise
