"""A progress bar on standard error: only on a terminal, only for more than one input."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, ParamSpec, Self

from sayso.cli._row import ACCENT

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from rich.progress import Progress as Bar

P = ParamSpec("P")


class Progress:
    """How many of the inputs are done; steps aside while something is printed."""

    def __init__(self, n_inputs: int, *, no_color: bool, doing: str = "reading") -> None:
        """Make the bar, if there is somebody to see it and something to wait for.

        Args:
            n_inputs: How many there are; 0 where that turns out on the way (see `expect`).
            no_color: Show it without colour.
            doing: What is done with them.
        """
        self._bar = _make_bar(doing, no_color=no_color) if n_inputs != 1 and sys.stderr.isatty() else None
        self._task = self._bar.add_task(doing, total=n_inputs) if self._bar else None

    def __enter__(self) -> Self:
        """Show the bar."""
        if self._bar:
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take the bar away."""
        if self._bar:
            self._bar.stop()

    def advance(self, n: int) -> None:
        """Count inputs as done."""
        if self._bar and self._task is not None:
            self._bar.advance(self._task, n)

    def expect(self, n: int) -> None:
        """Note that so many more inputs are to come than was known so far."""
        if self._bar and self._task is not None:
            total = self._bar.tasks[0].total or 0
            self._bar.update(self._task, total=total + n)

    def move_to(self, n: int) -> None:
        """Count so many inputs as done in all."""
        if self._bar and self._task is not None:
            self._bar.update(self._task, completed=n)

    def above(self, write: Callable[P, None]) -> Callable[P, None]:
        """Return the function with the bar out of its way."""
        bar = self._bar
        if bar is None:
            return write

        def stepping_aside(*args: P.args, **kwargs: P.kwargs) -> None:
            bar.stop()
            write(*args, **kwargs)
            bar.start()

        return stepping_aside


def _make_bar(doing: str, *, no_color: bool) -> Bar:
    from rich.console import Console  # noqa: PLC0415  a third of the start time, for a bar that is seldom there
    from rich.progress import (  # noqa: PLC0415  the same
        BarColumn,
        MofNCompleteColumn,
        ProgressColumn,
        Task,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.progress import Progress as Bar  # noqa: PLC0415  the same
    from rich.text import Text  # noqa: PLC0415  the same

    class RateColumn(ProgressColumn):
        """How many are done in a second."""

        def render(self, task: Task) -> Text:
            """Return the rate; empty before there is one."""
            return Text(f"{task.speed:.1f}/s" if task.speed else "", "dim")

    console = Console(stderr=True, no_color=no_color or None, highlight=False)
    columns = (
        TextColumn(f"  {doing}"),
        BarColumn(complete_style=ACCENT, finished_style=ACCENT),
        MofNCompleteColumn(),
        RateColumn(),
        TimeRemainingColumn(),
    )
    return Bar(*columns, console=console, transient=True)
