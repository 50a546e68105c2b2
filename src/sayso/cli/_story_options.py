"""Options that the commands about stories and claims share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable

F = TypeVar("F", bound="Callable[..., Any]")


def form_options(command: F) -> F:
    """Add the options that say in what form findings are given out."""
    command = click.option("--no-color", is_flag=True, help="Print without colour. NO_COLOR does the same.")(command)
    return click.option("--json", "as_json", is_flag=True, help="Print JSON instead, one object a line, ids in full.")(
        command
    )


def story_argument(command: F) -> F:
    """Add the argument that says which story or claim is meant."""
    return click.argument("query", nargs=-1, metavar="[CLAIM|STORY]…")(command)
