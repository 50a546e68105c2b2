"""Reading ahead of the one who asks: side by side, in order, and only so much at a time."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from sayso.errors import InputError, SettingsError
from sayso.records import Document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Future

    from sayso.records import Reading

# Documents are read side by side until they hold this many characters: what is kept of a word is 1.5 kB.
CHARACTERS_AHEAD = 400_000


def check_batch_size(batch_size: int | None) -> None:
    """Refuse to read none at a time.

    Raises:
        SettingsError: If the batch size is less than one.
    """
    if batch_size is not None and batch_size < 1:
        setting = "batch_size"
        raise SettingsError(setting, str(batch_size), "one or more")


def size_of(given: Document | str) -> int:
    """Return how many characters there are to read; of what is no text, none."""
    if isinstance(given, Document):
        return len(given.text)
    return len(given) if hasattr(given, "__len__") else 0


def read_ahead(
    documents: Iterable[Document | str], submit: Callable[[Document | str], Future[Reading]], *, ahead: int
) -> Iterator[Reading | InputError]:
    """Yield what became of each document, in their order: its reading, or why it cannot be read.

    Args:
        documents: Taken one by one, as there is room for them.
        submit: Begins to read one.
        ahead: How many may be begun and not yet taken.

    Raises:
        SaysoError: What a reading raises besides InputError: then it is the machine that fails, and not a document.
    """
    waiting: deque[tuple[int, Future[Reading]]] = deque()
    held = 0
    try:
        for given in documents:
            size = size_of(given)
            while waiting and (len(waiting) >= ahead or held + size > CHARACTERS_AHEAD):
                freed, done = waiting.popleft()
                held -= freed
                yield _settle(done)
            waiting.append((size, submit(given)))
            held += size
        while waiting:
            yield _settle(waiting.popleft()[1])
    finally:
        for _, unwanted in waiting:
            unwanted.cancel()


def _settle(done: Future[Reading]) -> Reading | InputError:
    """Return what became of one document."""
    try:
        return done.result()
    except InputError as error:
        return error


def only_readings(found: Iterable[Reading | InputError]) -> Iterator[Reading]:
    """Yield the readings, up to the first document that cannot be read.

    Raises:
        InputError: Why it cannot.
    """
    for one in found:
        if isinstance(one, InputError):
            raise one
        yield one
