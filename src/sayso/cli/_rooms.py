"""The rooms below, as the commands see them: find inputs, load one, read some."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from sayso.config import get_tool, load_settings
from sayso.errors import FetchRefused, InputError
from sayso.ingest import documents_of, find_files, from_text, load_all, means_address

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sayso.cli._wish import Wish
    from sayso.fetch import Fetcher
    from sayso.ledger import Reader
    from sayso.records import Document, Reading


class Rooms(Protocol):
    """What a command needs from below."""

    def find(self, names: Sequence[str]) -> tuple[list[str], list[InputError]]:
        """Return the inputs behind the names, in order, each once, and an error for each name that has none."""
        ...

    def load(self, name: str) -> list[Document]:
        """Return the documents of one input, nearly always one."""
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
        self._fetcher: Fetcher | None = None

    def find(self, names: Sequence[str]) -> tuple[list[str], list[InputError]]:
        """Return the inputs behind the names, in order, each once, and an error for each name that has none."""
        inputs: dict[str, None] = {}
        errors: list[InputError] = []
        for name in names:
            found, missing = ([name], []) if means_address(name) else find_files([name])
            inputs.update(dict.fromkeys(found))
            errors.extend(missing)
        return list(inputs), errors

    def load(self, name: str) -> list[Document]:
        """Return the documents of one input; what was said about it on the command line holds."""
        if means_address(name):
            return self._fetch(name)
        documents = load_all(name, settings=self.settings)
        return [self._add_given(doc) for doc in documents] if self.wish.is_about_one else documents

    def read_many(self, documents: Sequence[Document]) -> Iterator[Reading]:
        """Yield the reading of each document, in order."""
        if self._reader is None:
            from sayso.ledger import Reader  # noqa: PLC0415  the model: not before there is something to read

            self._reader = Reader(self.settings)
        return self._reader.read_many(documents)

    def _fetch(self, url: str) -> list[Document]:
        """Return the documents at an address; nothing of them is kept.

        Raises:
            FetchRefused: Nothing could or may be fetched.
        """
        if self._fetcher is None:
            from sayso.fetch import Fetcher, FetchSettings  # noqa: PLC0415  only where something is fetched

            settings = FetchSettings(no_network=self.wish.no_network, allow_private=self.wish.allow_private)
            self._fetcher = Fetcher(settings, tool=get_tool())
        captured = self._fetcher.fetch(url)
        refusal = captured.capture.refusal
        if refusal is not None:
            raise FetchRefused(url, refusal.code, refusal.message, refusal.advice)
        wish = self.wish
        return documents_of(
            captured, settings=self.settings, title=wish.title, outlet=wish.outlet, published=wish.published
        )

    def _add_given(self, doc: Document) -> Document:
        """Return a plain document with what the command line says of it."""
        if doc.format != "plain":
            message = (
                f"--title, --outlet and --published are for plain text; this is {doc.format}, and speaks for itself."
            )
            raise InputError(doc.name, message)
        wish = self.wish
        made = from_text(
            doc.text, name=doc.name, title=wish.title, outlet=wish.outlet or doc.outlet, published=wish.published
        )
        problems = tuple(dict.fromkeys((*doc.problems, *made.problems)))
        return replace(made, encoding=doc.encoding, problems=problems)


def open_rooms(wish: Wish) -> Rooms:
    """Return the rooms that a command works with."""
    return OwnRooms(wish)
