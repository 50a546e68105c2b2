"""The rooms below, as the commands see them: find inputs, load one, read some."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Protocol

from sayso.config import load_settings
from sayso.ingest import find_files, load

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sayso.cli._wish import Wish
    from sayso.ledger import Reader
    from sayso.records import Document, Reading


class Rooms(Protocol):
    """What a command needs from below."""

    def find(self, name: str) -> list[str]:
        """Return the inputs behind one name: a folder's files in order, else the name itself."""
        ...

    def load(self, name: str) -> Document:
        """Return one input as a document."""
        ...

    def read_many(self, documents: Sequence[Document]) -> Iterator[Reading]:
        """Yield the reading of each document, in order."""
        ...


class OwnRooms:
    """The package's own rooms, with one reader that is made when the first document needs it."""

    def __init__(self, wish: Wish) -> None:
        """Build the settings: those given on the command line win."""
        self.settings = load_settings(max_bytes=wish.max_bytes)
        self.wish = wish
        self._reader: Reader | None = None

    def find(self, name: str) -> list[str]:
        """Return the inputs behind one name: a folder's files in order, else the name itself."""
        return find_files(name)

    def load(self, name: str) -> Document:
        """Return one input as a document; what was said about it on the command line holds."""
        return load(
            name,
            settings=self.settings,
            stdin=sys.stdin.buffer,
            title=self.wish.title,
            outlet=self.wish.outlet,
            published=self.wish.published,
        )

    def read_many(self, documents: Sequence[Document]) -> Iterator[Reading]:
        """Yield the reading of each document, in order."""
        if self._reader is None:
            from sayso.ledger import Reader  # noqa: PLC0415  the model: not before there is something to read

            self._reader = Reader(self.settings)
        return self._reader.read_many(documents)


def open_rooms(wish: Wish) -> Rooms:
    """Return the rooms that a command works with."""
    return OwnRooms(wish)
