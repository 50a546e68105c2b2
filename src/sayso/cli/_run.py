"""Articles in, readings out: what ``sayso read`` does once it is understood.

Rule 1: results come in the order of the inputs, and only a few documents are held at a time.
Rule 2: an input that cannot be read is reported, and the rest go on.
Rule 3: a line or a file is written whole or not at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from sayso.cli import _rooms
from sayso.cli._folder import Folder
from sayso.cli._page import Page, make_console
from sayso.cli._print import print_bytes, print_error
from sayso.cli._progress import Progress
from sayso.errors import InputError
from sayso.export.reading_json import write_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sayso.cli._rooms import Rooms
    from sayso.cli._wish import Wish
    from sayso.records import Document, Reading

# Documents handed to the reader together. The first goes alone, so that something is seen at once.
HELD_DOCUMENTS: Final = 8


class Batch:
    """One call of ``sayso read``: its inputs, and how many of them were bad."""

    def __init__(self, rooms: Rooms, names: Sequence[str]) -> None:
        """Find the inputs; a name without any counts as bad."""
        self.rooms = rooms
        self.n_bad = 0
        self.report: Callable[[str], None] = print_error
        self.inputs, errors = rooms.find(names)
        for error in errors:
            self._note(error)

    def read(self) -> Iterator[tuple[int, Reading]]:
        """Yield the place of each good input among all, and its reading, in order; of several articles in one, each."""
        waiting: list[tuple[int, Document]] = []
        size = 1
        for place, name in enumerate(self.inputs):
            try:
                waiting.extend((place, doc) for doc in self.rooms.load(name))
            except InputError as error:
                self._note(error)
            if len(waiting) >= size:
                yield from self._read_some(waiting)
                waiting, size = [], HELD_DOCUMENTS
        yield from self._read_some(waiting)

    def _read_some(self, waiting: list[tuple[int, Document]]) -> Iterator[tuple[int, Reading]]:
        """Yield the readings of a few documents; after a bad one, the rest one by one."""
        while waiting:
            n_read = 0
            try:
                for reading in self.rooms.read_many([doc for _, doc in waiting]):
                    place = waiting[n_read][0]
                    n_read += 1
                    yield place, reading
            except InputError as error:
                self._note(error)
                waiting = waiting[n_read + 1 :]
            else:
                return

    def _note(self, error: InputError) -> None:
        self.n_bad += 1
        self.report(str(error))


def run(names: Sequence[str], wish: Wish) -> int:
    """Read the inputs, give out each reading as wished, and return the exit code."""
    batch = Batch(_rooms.open_rooms(wish), names)
    if wish.is_about_one and len(batch.inputs) > 1:
        message = "--title, --outlet and --published are about one input: give one file, or -."
        raise click.UsageError(message)
    if wish.as_html and wish.out is None and len(batch.inputs) > 1:
        message = "--html prints one page: give one file, or --out DIR for a page each."
        raise click.UsageError(message)
    write = _find_writer(wish)
    folder = None if wish.out is None else Folder(wish.out, batch.inputs, ".html" if wish.as_html else ".json")
    page = None if write else Page(make_console(no_color=wish.no_color), has_offsets=wish.offsets)
    with Progress(len(batch.inputs), no_color=wish.no_color) as bar:
        batch.report = bar.above(print_error)
        if folder is not None:
            for note in folder.notes:
                batch.report(note)
        n_done = 0
        for place, reading in batch.read():
            if page is not None:
                bar.above(page.print)(reading)
            elif write is not None and folder is not None:
                further = folder.write(place, write(reading))
                if further:
                    batch.report(further)
            elif write is not None:
                bar.above(print_bytes)(write(reading))
            bar.advance(place + 1 - n_done)
            n_done = place + 1
    return 1 if batch.n_bad else 0


def _find_writer(wish: Wish) -> Callable[[Reading], bytes] | None:
    """Return what makes a file of a reading; None where the terminal's page is wished for."""
    if wish.as_html:
        from sayso.export.reading_html import write_page  # noqa: PLC0415  the template engine: only where it is used

        return write_page
    return write_line if wish.as_json else None
