"""One process that reads, from the side of the one that started it.

A process of our own module, and no child of `multiprocessing`: that one would import the caller's main module again,
which is not always there (a REPL) and not always made for it (a script without a guard).
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from sayso.config import make_child_environment
from sayso.errors import NoReadingProcess, SaysoError
from sayso.ledger.frames import Job, Opening, read_frame, write_frame

if TYPE_CHECKING:
    from sayso.records import Document, Reading

CHILD = "sayso.ledger.child"
# An idle process ends within this when its pipe is closed.
END_S = 2.0
MAX_REASON_CHARS = 200
LAST_WORDS_BYTES = 4096


class Died(Exception):
    """The process ended without an answer.

    Attributes:
        reason: What is known of why, for a person.
        is_late: Whether it had taken as long as it may.
    """

    def __init__(self, reason: str, *, is_late: bool = False) -> None:
        """Keep both."""
        super().__init__(reason)
        self.reason = reason
        self.is_late = is_late


class Worker:
    """A process that reads. Asked by one thread at a time; may be ended by any."""

    def __init__(self, opening: Opening, *, module: str = CHILD) -> None:
        """Start it, and wait until it can read.

        Raises:
            NoReadingProcess: If the system starts none.
            Died: If it did not live to say that it can read.
            SaysoError: What `Reader` raises there.
        """
        # Of what it writes there only the last line is looked at, and only if it dies.
        self._said = tempfile.TemporaryFile()  # noqa: SIM115  it lives as long as the process
        try:
            self._process = subprocess.Popen(  # noqa: S603  our own interpreter and module
                # Not from the current folder (-P): files that lie about there must not stand in for modules.
                [sys.executable, "-P", "-m", module],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._said,
                env=make_child_environment(),
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except OSError as error:
            self._said.close()
            raise NoReadingProcess(error.strerror or str(error)) from error
        try:
            self._ask(opening)
        except BaseException:
            self.end()
            raise

    @property
    def pid(self) -> int:
        """Return the id of the process."""
        return self._process.pid

    def read(self, given: Document | str, *, limit_s: float | None = None) -> Reading:
        """Return the reading of one document.

        Raises:
            Died: If the process ends over it.
            SaysoError: What `Reader.read` raises there.
        """
        began = time.monotonic()
        try:
            reading: Reading = self._ask(Job(given=given, limit_s=limit_s))
        except Died as death:
            is_late = limit_s is not None and time.monotonic() - began >= limit_s
            raise Died(death.reason, is_late=is_late) from death
        return reading

    def end(self) -> None:
        """End the process, whatever it does: it keeps nothing that could be lost."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout, self._said):
            if pipe is not None:
                with suppress(OSError):  # what was still to be written has nobody to read it
                    pipe.close()

    def _ask(self, question: Opening | Job) -> Any:  # noqa: ANN401  whatever answers that question
        """Return the answer to one question.

        Raises:
            Died: If there is none.
            SaysoError: If that is the answer.
        """
        try:
            write_frame(cast("BinaryIO", self._process.stdin), question)
            answer = read_frame(cast("BinaryIO", self._process.stdout))
        except (EOFError, OSError, ValueError) as error:
            raise Died(self._find_reason()) from error
        if isinstance(answer, SaysoError):
            raise answer
        return answer

    def _find_reason(self) -> str:
        """Return what is known of why the process ended."""
        try:
            code = self._process.wait(END_S)
        except subprocess.TimeoutExpired:
            return "it gave no answer"
        if code < 0:
            names = {number.value: number.name for number in signal.Signals}
            return names.get(-code, f"signal {-code}")
        return self._last_words() or f"exit code {code}"

    def _last_words(self) -> str:
        """Return the last line that the process wrote on standard error."""
        try:
            size = self._said.seek(0, os.SEEK_END)
            self._said.seek(max(0, size - LAST_WORDS_BYTES))
            lines = self._said.read().decode("utf-8", "replace").split("\n")
        except (OSError, ValueError):  # closed by the thread that ended the process
            return ""
        last = next((line for line in reversed(lines) if line.strip()), "")
        return "".join(char for char in last if char.isprintable())[:MAX_REASON_CHARS]
