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

    def __init__(self, n_inputs: int, *, no_color: bool) -> None:
        """Make the bar, if there is somebody to see it and something to wait for."""
        self._bar = _make_bar(no_color=no_color) if n_inputs > 1 and sys.stderr.isatty() else None
        self._task = self._bar.add_task("reading", total=n_inputs) if self._bar else None

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


def _make_bar(*, no_color: bool) -> Bar:
    from rich.console import Console  # noqa: PLC0415  a third of the start time, for a bar that is seldom there
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn  # noqa: PLC0415  the same
    from rich.progress import Progress as Bar  # noqa: PLC0415  the same

    console = Console(stderr=True, no_color=no_color or None, highlight=False)
    columns = (
        TextColumn("  reading"),
        BarColumn(complete_style=ACCENT, finished_style=ACCENT),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    return Bar(*columns, console=console, transient=True)
