"""Work on hostile bytes in a process of its own, stopped at a limit of time, of memory and of output."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from typing import Any, BinaryIO

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
    settings = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    # Files on both sides: nothing waits for a pipe, and what comes back is measured before it is taken.
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as printed:
        given.write(data)
        given.seek(0)
        try:
            code = subprocess.run(  # noqa: S603 - our own interpreter and module
                command,
                stdin=given,
                stdout=printed,
                stderr=subprocess.DEVNULL,
                env=settings,
                timeout=limit_s,
                check=False,
            ).returncode
        except subprocess.TimeoutExpired as error:
            raise UnreadableFile(name, f"reading it takes longer than {limit_s:.0f} seconds") from error
        except OSError as error:
            raise UnreadableFile(name, f"no process could be started to read it ({error.strerror})") from error
        if code != 0:
            raise UnreadableFile(name, "it is damaged, or made so that reading it fails")
        return _load(printed, name=name)


def _load(printed: BinaryIO, *, name: str) -> dict[str, Any]:
    """Return the object that was printed."""
    size = printed.seek(0, os.SEEK_END)
    if size > LIMIT_OUTPUT_BYTES:
        raise UnreadableFile(name, "what is in it swells beyond all measure")
    printed.seek(0)
    try:
        found = json.loads(printed.read())
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
