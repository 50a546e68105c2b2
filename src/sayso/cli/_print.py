"""What goes to standard output and standard error, and which exception ends with which exit code."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
from typing import TYPE_CHECKING, Any, Final

import click

from sayso.errors import SaysoError
from sayso.export.visible import show

if TYPE_CHECKING:
    from collections.abc import Iterator

EXIT_CODES: Final[tuple[tuple[type[BaseException], int], ...]] = (
    (KeyboardInterrupt, 130),
    (click.Abort, 130),
    # Whoever reads the output has had enough (``| head``): that is no error.
    (BrokenPipeError, 0),
    (SaysoError, 1),
    # Standard output on a full disk, and the like; files are opened in rooms that raise SaysoError.
    (OSError, 1),
)


def print_error(message: str) -> None:
    """Print one line on standard error."""
    click.echo(f"sayso: {show(message)}", err=True)


def print_bytes(content: bytes) -> None:
    """Write one whole line or page to standard output; an interrupt waits until it is out."""
    stream = sys.stdout.buffer
    with uninterrupted():
        stream.write(content)
        stream.flush()


@contextlib.contextmanager
def uninterrupted() -> Iterator[None]:
    """Hold back a first Ctrl-C until the block is done, so that nothing stays half written; a second one breaks in."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    waiting: list[int] = []

    def note(number: int, _frame: object) -> None:
        if waiting:
            raise KeyboardInterrupt
        waiting.append(number)

    before = signal.signal(signal.SIGINT, note)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if waiting:
        raise KeyboardInterrupt


class Translating(click.Group):
    """A group in which every expected exception ends in its exit code and one line, never in a traceback."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401  Click's own signature
        """Run the command, and make sure that its output is out before its exit code is decided."""
        try:
            try:
                return super().invoke(ctx)
            finally:
                sys.stdout.flush()
        except tuple(kind for kind, _ in EXIT_CODES) as error:
            code = next(code for kind, code in EXIT_CODES if isinstance(error, kind))
            _say_end(error)
            ctx.exit(code)


def _say_end(error: BaseException) -> None:
    if isinstance(error, BrokenPipeError):
        # Python flushes standard output once more at its end, and would complain.
        with contextlib.suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    elif isinstance(error, KeyboardInterrupt | click.Abort):
        click.echo("\nsayso: interrupted", err=True)
    else:
        print_error(str(error))
