"""What goes through the pipes between this process and those that read for it: one length, one pickled object.

Both ends are this package, one started by the other with the same interpreter, so a pickle is as good as a call.
"""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    from pathlib import Path

    from sayso.config import Settings
    from sayso.records import Document

LENGTH_BYTES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """The first thing that is said to a process: what to read with.

    Attributes:
        settings: Its settings.
        model_dir: Folder of another model than the one that comes with the package.
    """

    settings: Settings
    model_dir: Path | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A document to read.

    Attributes:
        given: The document, or a text.
        limit_s: How many seconds it may take; None for any number.
    """

    given: Document | str
    limit_s: float | None


def write_frame(pipe: BinaryIO, value: object) -> None:
    """Write one object.

    Raises:
        OSError: If nobody is at the other end.
        ValueError: If this end is closed.
    """
    data = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    pipe.write(len(data).to_bytes(LENGTH_BYTES, "little") + data)
    pipe.flush()


def read_frame(pipe: BinaryIO) -> Any:  # noqa: ANN401  whatever was written
    """Return the next object.

    Raises:
        EOFError: If nobody is at the other end, or it went away in the middle of a word.
        OSError: The same, as some systems have it.
        ValueError: If this end is closed.
    """
    length = int.from_bytes(_read_exactly(pipe, LENGTH_BYTES), "little")
    return pickle.loads(_read_exactly(pipe, length))  # noqa: S301  see above


def _read_exactly(pipe: BinaryIO, length: int) -> bytes:
    """Return so many bytes, from a pipe with or without a buffer."""
    parts = []
    while length:
        part = pipe.read(length)
        if not part:
            raise EOFError
        parts.append(part)
        length -= len(part)
    return b"".join(parts)
