"""Records that were restored lately, by the bytes that they were kept as: the same bytes are the same record.

Restoring what was found about a story takes far longer than reading it from the file, and a person who looks at a case
asks for the same few stories again and again. Nothing here can be stale: what changed has other bytes.
"""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING, Final, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

R = TypeVar("R")
BYTES_MAX: Final = 1_000_000
"""Of compressed bytes in all: what they are restored to takes some seventy times as much memory."""


class Restored(Generic[R]):
    """The records restored last, as many as a number of bytes allows. Safe to share between threads."""

    def __init__(self, bytes_max: int = BYTES_MAX) -> None:
        """Begin with none."""
        self._bytes_max = bytes_max
        self._n_bytes = 0
        self._records: OrderedDict[tuple[str, bytes], R] = OrderedDict()
        self._lock = Lock()

    def get(self, name: str, data: bytes, restore: Callable[[], R]) -> R:
        """Return the record of this name that was kept as these bytes; what cannot be restored is not remembered.

        Args:
            name: Its id: what is wrong in the bytes for one may be right for another.
            data: As it was kept.
            restore: Restores it.
        """
        key = (name, data)
        with self._lock:
            found = self._records.get(key)
            if found is not None:
                self._records.move_to_end(key)
                return found
        made = restore()
        with self._lock:
            if len(data) <= self._bytes_max // 2 and key not in self._records:
                self._records[key] = made
                self._n_bytes += len(data)
                while self._n_bytes > self._bytes_max:
                    (_, old), _ = self._records.popitem(last=False)
                    self._n_bytes -= len(old)
        return made
