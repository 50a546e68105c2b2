"""Options that more than one command takes, and checks of what was given."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable

F = TypeVar("F", bound="Callable[..., Any]")

ISO_TIME = re.compile(
    r"\d{4}(-\d{2}(-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?)?)?",
)


def page_options(command: F) -> F:
    """Add the options that say how a page looks."""
    command = click.option("--offsets", is_flag=True, help="Print where in the text each row stands.")(command)
    return click.option("--no-color", is_flag=True, help="Print without colour. NO_COLOR does the same.")(command)


def check_time(_ctx: click.Context, _param: click.Parameter, value: str | None) -> str | None:
    """Return the time as given, if it is ISO 8601 at any precision from the year down."""
    if value is not None and not ISO_TIME.fullmatch(value):
        message = f"{value!r} is no ISO 8601 time. Give 2024, 2024-03, 2024-03-14 or 2024-03-14T18:20+02:00."
        raise click.BadParameter(message)
    if value is not None:
        from sayso.ingest.moments import read_moment  # noqa: PLC0415  only where a time is given: --help stays quick

        if read_moment(value, stated_in="given") is None:
            message = f"{value!r} is on no calendar or clock: there is no such day or hour."
            raise click.BadParameter(message)
    return value


def check_address(_ctx: click.Context, _param: click.Parameter, value: str | None) -> str | None:
    """Return the address as given, if it is one of a page of the web."""
    if value is None:
        return None
    from sayso.ingest.addresses import find_address  # noqa: PLC0415  only where one is given: --help stays quick

    found = find_address(value)
    if found is None:
        message = f"{value!r} is no address of a page. Give it whole, like https://example.org/ferry."
        raise click.BadParameter(message)
    return found
