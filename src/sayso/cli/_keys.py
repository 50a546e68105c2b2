"""What a person answers: single keys on a terminal, lines where standard input is none."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final, Protocol

import click

if TYPE_CHECKING:
    from collections.abc import Mapping

# Arrows as terminals send them, on Windows too; Enter, Escape, Ctrl-C where the terminal hands it on, Ctrl-D.
NAMED_KEYS: Final[Mapping[str, str]] = {
    "\x1b[C": "n",
    "\x1bOC": "n",
    "\xe0M": "n",
    "\x1b[D": "b",
    "\x1bOD": "b",
    "\xe0K": "b",
    "\r": "",
    "\n": "",
}


class Answers(Protocol):
    """Where answers come from."""

    def key(self) -> str | None:
        """Return the next key in lower case, empty for Enter; None where there will be no more."""
        ...

    def line(self, prompt: str) -> str | None:
        """Return the next line without blank space at its ends; None where there will be no more."""
        ...


class KeyAnswers:
    """A person at a terminal."""

    def key(self) -> str | None:
        """Return the next key in lower case, empty for Enter; None after Ctrl-D."""
        try:
            typed = click.getchar()
        except EOFError:
            return None
        if typed == "\x03":
            raise KeyboardInterrupt
        return NAMED_KEYS.get(typed, typed).lower()

    def line(self, prompt: str) -> str | None:
        """Return what is typed up to Enter; None after Ctrl-D."""
        try:
            return str(click.prompt(f"  {prompt}", default="", show_default=False, prompt_suffix=" ")).strip()
        except click.Abort:
            # Click says the same of Ctrl-C and of Ctrl-D; both leave, and nothing that was decided is lost.
            raise KeyboardInterrupt from None


class LineAnswers:
    """Lines of standard input: a pipe, a file, a test."""

    def key(self) -> str | None:
        """Return the next line's first character in lower case, empty for an empty line; None at the end."""
        line = self._next()
        return None if line is None else line[:1].lower()

    def line(self, prompt: str) -> str | None:
        """Return the next line; the prompt is shown, so that a log of the sitting can be read."""
        click.echo(f"  {prompt} ", nl=False)
        line = self._next()
        click.echo(line or "")
        return line

    def _next(self) -> str | None:
        line = sys.stdin.readline()
        return line.strip() if line else None


def find_answers() -> Answers:
    """Return a person's keys where there is a terminal on both sides, else lines."""
    return KeyAnswers() if sys.stdin.isatty() and sys.stdout.isatty() else LineAnswers()
