"""Keys of a terminal, and lines where there is none."""

from __future__ import annotations

import sys

import click
import pytest

from sayso.cli._keys import KeyAnswers, LineAnswers, find_answers


@pytest.mark.parametrize(
    ("typed", "key"),
    [("a", "a"), ("A", "a"), ("\r", ""), ("\n", ""), ("\x1b[C", "n"), ("\x1b[D", "b"), ("\x1b", "\x1b"), ("é", "é")],
)
def test_keys_are_what_they_mean(monkeypatch: pytest.MonkeyPatch, typed: str, key: str) -> None:
    monkeypatch.setattr(click, "getchar", lambda: typed)
    assert KeyAnswers().key() == key


def test_control_c_interrupts_and_control_d_is_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    def raise_end() -> str:
        raise EOFError

    monkeypatch.setattr(click, "getchar", lambda: "\x03")
    with pytest.raises(KeyboardInterrupt):
        KeyAnswers().key()
    monkeypatch.setattr(click, "getchar", raise_end)
    assert KeyAnswers().key() is None


def test_a_line_is_asked_for_and_leaving_it_interrupts(monkeypatch: pytest.MonkeyPatch) -> None:
    def leave(*_args: object, **_options: object) -> str:
        raise click.Abort

    monkeypatch.setattr(click, "prompt", lambda *_args, **_options: "  a reason ")
    assert KeyAnswers().line("Why?") == "a reason"
    monkeypatch.setattr(click, "prompt", leave)
    with pytest.raises(KeyboardInterrupt):
        KeyAnswers().line("Why?")


def test_keys_are_for_terminals(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal:
        def isatty(self) -> bool:
            return True

    assert isinstance(find_answers(), LineAnswers)
    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr(sys, "stdout", Terminal())
    assert isinstance(find_answers(), KeyAnswers)
