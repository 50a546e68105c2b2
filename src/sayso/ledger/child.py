"""A process that reads documents for another: ``python -m sayso.ledger.child``, started by `sayso.ledger.worker`.

It is given pickled jobs on standard input and gives pickled answers on standard output. It ends when the other end is
closed, whatever it is doing then, and so never outlives the process that started it; an error that is not the
project's own ends it too, and is told from what it leaves on standard error.
"""

from __future__ import annotations

import faulthandler
import os
import signal
import sys
import time
from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, BinaryIO

from sayso.errors import SaysoError
from sayso.ledger.frames import Job, Opening, read_frame, write_frame
from sayso.ledger.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Callable

# Loading takes a second; a cold disk or a busy machine makes it many.
OPEN_LIMIT_S = 300.0
# When nobody is there any more, what is being read may take this long to end by itself.
GRACE_S = 0.2


def serve(given: BinaryIO, answers: BinaryIO, open_reader: Callable[[Opening], Reader]) -> None:
    """Answer one job after the other until the other end is closed."""
    jobs: SimpleQueue[Opening | Job | None] = SimpleQueue()
    Thread(target=_listen, args=(given, jobs), daemon=True, name="sayso-listen").start()
    reader: Reader | None = None
    try:
        while (job := jobs.get()) is not None:
            try:
                if isinstance(job, Opening):
                    reader = open_reader(job)
                    faulthandler.cancel_dump_traceback_later()
                    write_frame(answers, None)
                elif reader is not None:
                    write_frame(answers, _read(reader, job))
            except SaysoError as error:
                write_frame(answers, error)
    except OSError:  # nobody takes the answers; each system has its own name for that
        return


def _read(reader: Reader, job: Job) -> object:
    """Return the reading of a job's document; this process ends where it takes longer than it may."""
    if job.limit_s is None:
        return reader.read(job.given)
    # Kept by a thread that does not need the interpreter, and so ends what holds it, too.
    faulthandler.dump_traceback_later(job.limit_s, exit=True)
    try:
        return reader.read(job.given)
    finally:
        faulthandler.cancel_dump_traceback_later()


def _listen(given: BinaryIO, jobs: SimpleQueue[Opening | Job | None]) -> None:
    """Take what is said from the pipe at once, so that its end is seen in the midst of reading."""
    try:
        while True:
            jobs.put(read_frame(given))
    except (EOFError, OSError):
        jobs.put(None)
        time.sleep(GRACE_S)
        os._exit(0)


def _open_reader(opening: Opening) -> Reader:
    return Reader(opening.settings, model_dir=opening.model_dir)


def main(open_reader: Callable[[Opening], Reader] = _open_reader) -> None:
    """Serve on standard input and output."""
    # An interruption from the keyboard reaches all processes; the one that started this one decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    faulthandler.dump_traceback_later(OPEN_LIMIT_S, exit=True)
    # What a library prints must not come between the answers.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    # Without a buffer, whose lock the listening thread would hold when the interpreter ends.
    given = os.fdopen(os.dup(sys.stdin.fileno()), "rb", buffering=0)
    serve(given, answers, open_reader)


if __name__ == "__main__":
    main()
