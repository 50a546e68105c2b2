"""Where engines that outlive a process keep what they remember: named shelves of small values under keys.

An engine asks for all keys of a step at once and gives what changed at once. A case keeps shelves in its file; a corpus
that is gone through once needs none, or `MemoryShelves`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Shelves(Protocol):
    """Values under keys on named shelves. What is held is seen at once by whoever asks the same shelves."""

    def find_held(self, shelf: str, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        """Return what is held on a shelf under these keys; keys that are not there are left out."""
        ...

    def hold(self, shelf: str, items: Mapping[bytes, bytes | None]) -> None:
        """Hold these values under their keys, in place of what was there; None takes a key away."""
        ...


class MemoryShelves:
    """Shelves in memory."""

    def __init__(self) -> None:
        """Start with empty shelves."""
        self.shelves: dict[str, dict[bytes, bytes]] = {}

    def find_held(self, shelf: str, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        """Return what is held on a shelf under these keys; keys that are not there are left out."""
        held = self.shelves.get(shelf)
        return {key: held[key] for key in keys if key in held} if held else {}

    def hold(self, shelf: str, items: Mapping[bytes, bytes | None]) -> None:
        """Hold these values under their keys, in place of what was there; None takes a key away."""
        held = self.shelves.setdefault(shelf, {})
        for key, data in items.items():
            if data is None:
                held.pop(key, None)
            else:
                held[key] = data
