"""The progress bar."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

from sayso.cli._progress import Progress

if TYPE_CHECKING:
    import pytest


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def open_terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Make standard error a terminal; from within a test, because pytest sets it again before each."""
    stream = Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setenv("TERM", "xterm-256color")
    return stream


def test_a_bar_counts_inputs_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = open_terminal(monkeypatch)
    with Progress(3, no_color=True) as bar:
        bar.advance(2)
    assert "2/3" in terminal.getvalue()


def test_a_bar_steps_aside_for_what_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = open_terminal(monkeypatch)
    printed: list[str] = []
    with Progress(2, no_color=True) as bar:
        bar.above(lambda words: printed.append(f"{words}{terminal.getvalue()[-1:]!r}"))("page")
        assert "reading" in terminal.getvalue()
    assert len(printed) == 1


def test_there_is_no_bar_for_one_input(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = open_terminal(monkeypatch)
    with Progress(1, no_color=True) as bar:
        bar.above(lambda: None)()
        bar.advance(1)
    assert terminal.getvalue() == ""


def test_there_is_no_bar_where_nobody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    with Progress(9, no_color=True) as bar:
        bar.advance(9)
    assert stream.getvalue() == ""
