"""Interrupts, and which exception ends with which exit code."""

from __future__ import annotations

import signal
import threading

import click
import pytest
from click.testing import CliRunner

from sayso.cli._print import EXIT_CODES, Translating, uninterrupted
from sayso.errors import ModelError, SaysoError


def test_an_interrupt_waits_for_the_end_of_the_block() -> None:
    done = []
    with pytest.raises(KeyboardInterrupt):  # noqa: PT012  the block is what is tested
        with uninterrupted():
            signal.raise_signal(signal.SIGINT)
            done.append("whole")
        done.append("never")
    assert done == ["whole"]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_a_second_interrupt_breaks_in() -> None:
    done = []
    with pytest.raises(KeyboardInterrupt), uninterrupted():  # noqa: PT012  the block is what is tested
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)
        done.append("never")
    assert done == []


def test_outside_the_main_thread_signals_are_left_alone() -> None:
    done = []

    def work() -> None:
        with uninterrupted():
            done.append("whole")

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == ["whole"]


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (ModelError("model.onnx", "its hash is another"), 1, "model.onnx"),
        (SaysoError("odd\x1b[31m"), 1, "odd␛[31m"),
        (KeyboardInterrupt(), 130, "interrupted"),
        (click.Abort(), 130, "interrupted"),
        (OSError(28, "No space left on device"), 1, "No space left"),
        (click.UsageError("wrong"), 2, "wrong"),
    ],
)
def test_expected_errors_end_in_their_code_and_one_line(error: BaseException, code: int, words: str) -> None:
    @click.group(cls=Translating)
    def group() -> None:
        """Stand in for the command line."""

    @group.command()
    def fail() -> None:
        """Fail."""
        raise error

    result = CliRunner().invoke(group, ["fail"])
    assert result.exit_code == code
    assert words in result.stderr
    assert "Traceback" not in result.output


def test_every_error_of_the_package_has_an_exit_code() -> None:
    kinds = [SaysoError]
    for kind in kinds:
        kinds.extend(kind.__subclasses__())
    assert all(any(issubclass(kind, known) for known, _ in EXIT_CODES) for kind in kinds)
