"""A case in memory for the commands by which persons judge, and ``sayso`` with it as a program.

Run as a program it is ``sayso`` over a case of two invented articles and a letter, for a look at it:
``python -m tests.cli.hand_case review``.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from sayso.cli import _review_rooms, main
from sayso.ledger.reread import find_outdated, reread_documents
from sayso.ledger.review import Review
from sayso.records import Capture, Captured, CaptureKind, Certainty, Run
from sayso.store.memory import MemoryStore
from tests.readings import RUN, demo_reading, small_reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sayso.ledger.reread import Reread
    from sayso.records import Document, Reading

AT = "2024-11-03T10:15:42Z"
NEWER = replace(RUN, engine="sayso 0.1")


def make_store(*readings: Reading) -> MemoryStore:
    """Return a case with these readings."""
    store = MemoryStore(name="harbour", at=AT)
    capture = Capture(
        id="cap-0000000000000001", kind=CaptureKind.FILE, name="a.txt", captured_at=AT, tool="test", sha256="0" * 64
    )
    with store.write() as writer:
        writer.add_capture(Captured(capture=capture, data=b"", warc=b""), at=AT)
        for reading in readings:
            writer.add_document(reading.document, capture.id, at=AT)
            writer.add_reading(reading, at=AT)
    return store


def doubt(reading: Reading) -> Reading:
    """Return a reading of which the machine is less sure, row by row."""
    rows = [
        replace(att, confidence=0.35 + (7 * n % 12) / 20, label_confidence=(0.6 + (n % 5) / 12, 0.5 + (n % 3) / 6, 0.8))
        for n, att in enumerate(reading.attributions)
    ]
    return replace(reading, attributions=tuple(rows))


def read_anew(doc: Document, run: Run = NEWER) -> Reading:
    """Return what a newer model reads: the first row hedged, the last one missing."""
    old = next(one for one in (demo_reading(), small_reading()) if one.document.id == doc.id)
    first, *rest = old.attributions
    rows = (replace(first, certainty=Certainty.POSSIBLE), *rest[:-1])
    return replace(old, attributions=rows, relations=(), run=run)


class HandRooms(Review):
    """Judging and reading again over one store, without a model."""

    def __init__(self, store: MemoryStore) -> None:
        """Keep the store."""
        super().__init__(store)
        self.store = store

    def find_outdated(self, documents: Iterable[str] | None = None) -> list[str]:
        """Return the documents that the newer run did not read."""
        return find_outdated(self.store, NEWER, documents)

    def reread(self, documents: Iterable[str]) -> Iterator[Reread]:
        """Read them by hand."""

        def read_many(docs: Sequence[Document]) -> Iterator[Reading]:
            return map(read_anew, docs)

        return reread_documents(self.store, documents, read_many, self.now)


def use_store(store: MemoryStore) -> HandRooms:
    """Let the commands open this case, whatever they are told."""
    rooms = HandRooms(store)

    @contextmanager
    def open_rooms(case: str | None) -> Iterator[HandRooms]:  # noqa: ARG001  there is but one
        yield rooms

    _review_rooms.open_review_rooms = open_rooms
    _review_rooms.open_reread_rooms = open_rooms
    return rooms


if __name__ == "__main__":
    use_store(make_store(doubt(demo_reading()), doubt(small_reading())))
    main(prog_name="sayso")
