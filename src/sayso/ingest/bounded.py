"""Work on hostile bytes in a process of its own, stopped at a limit of time, of memory and of output."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from contextlib import suppress
from typing import IO, Any

from sayso.config import make_child_environment
from sayso.errors import UnreadableFile

# Of the machine's clock. The most that is read of a PDF, two million characters, takes six to nine.
LIMIT_S = 20.0
LIMIT_MEMORY_BYTES = 2 << 30
LIMIT_OUTPUT_BYTES = 200_000_000


def run_bounded(module: str, data: bytes, *, name: str, limit_s: float = LIMIT_S) -> dict[str, Any]:
    """Return the JSON object that a module of ours prints when it is given the bytes.

    Memory is held to a limit on Linux; macOS and Windows have time and output alone.

    Raises:
        UnreadableFile: The process crashed, or went over a limit: the file is damaged, or made to do harm.
    """
    # Not from the current folder (-P): files that lie about there must not stand in for modules.
    command = [sys.executable, "-P", "-m", module]
    # Pipes and no files: what an encrypted case keeps must not lie in the clear in a folder for temporary files.
    try:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=make_child_environment(),
        )
    except OSError as error:
        raise UnreadableFile(name, f"no process could be started to read it ({error.strerror})") from error
    is_late = threading.Event()
    feeder = threading.Thread(target=_feed, args=(process.stdin, data), daemon=True)
    clock = threading.Timer(limit_s, _stop, (process, is_late))
    with process:
        try:
            feeder.start()
            clock.start()
            # What comes is counted while it comes, and no more is taken than may.
            printed = process.stdout.read(LIMIT_OUTPUT_BYTES + 1) if process.stdout else b""
            if len(printed) > LIMIT_OUTPUT_BYTES:
                raise UnreadableFile(name, "what is in it swells beyond all measure")
            code = process.wait()
        finally:
            clock.cancel()
            process.kill()
            feeder.join()
    if is_late.is_set():
        raise UnreadableFile(name, f"reading it takes longer than {limit_s:.0f} seconds")
    if code != 0:
        raise UnreadableFile(name, "it is damaged, or made so that reading it fails")
    return _load(printed, name=name)


def _feed(pipe: IO[bytes], data: bytes) -> None:
    """Hand the bytes over, as fast as they are taken; a process that has ended takes none."""
    with suppress(OSError), pipe:
        pipe.write(data)


def _stop(process: subprocess.Popen[bytes], is_late: threading.Event) -> None:
    is_late.set()
    process.kill()


def _load(printed: bytes, *, name: str) -> dict[str, Any]:
    """Return the object that was printed."""
    try:
        found = json.loads(printed)
    except ValueError as error:
        raise UnreadableFile(name, "reading it broke off") from error
    return dict(found)


def limit_memory() -> None:
    """Hold this process to the limits of memory and output, where the system knows such a thing. For the module run."""
    if sys.platform == "linux":
        import resource  # noqa: PLC0415 - not on Windows

        resource.setrlimit(resource.RLIMIT_AS, (LIMIT_MEMORY_BYTES, LIMIT_MEMORY_BYTES))
        resource.setrlimit(resource.RLIMIT_FSIZE, (LIMIT_OUTPUT_BYTES * 2, LIMIT_OUTPUT_BYTES * 2))


def limit_processor(seconds: int) -> None:
    """Hold this process to so much of a processor's time, where the system knows such a thing. For the module run.

    Unlike the machine's clock it does not go on while others work.
    """
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - not on Windows

        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
