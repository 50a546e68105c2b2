"""A folder of files, one for each article, each written whole or not at all.

Names are settled before the first input is read; of an input that turns out to hold several articles, the first has the
name, and the others are numbered after it.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from sayso.errors import UnwritableOutput

if TYPE_CHECKING:
    from collections.abc import Sequence


class Folder:
    """Where readings are written, under names that were settled before the first was read.

    Attributes:
        path: The folder; made if it was not there.
        files: The file name for each input, in order.
        notes: One sentence for each input that could not have the name of its stem.
    """

    def __init__(self, path: str, inputs: Sequence[str], ending: str) -> None:
        """Make the folder and settle the names, which end so.

        Raises:
            UnwritableOutput: If the folder cannot be made, or a file would take the place of an input.
        """
        self.path = Path(path)
        try:
            self.path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UnwritableOutput(path, error.strerror or str(error)) from error
        self.files, self.notes = name_files(inputs, ending)
        self._ending = ending
        self._inputs = inputs
        self._given = {os.path.realpath(name) for name in inputs if name != "-"}
        self._taken = {name.casefold() for name in self.files}
        self._written: dict[int, int] = {}
        overwritten = next(filter(self._is_input, self.files), None)
        if overwritten:
            reason = "it is one of the inputs: choose another folder"
            raise UnwritableOutput(str(self.path / overwritten), reason)

    def write(self, place: int, content: bytes) -> str | None:
        """Write a reading of the input at this place; what was there before stays until the new file is whole.

        Returns:
            One sentence, where this is the second reading of the input and so has another name; else None.

        Raises:
            UnwritableOutput: If the file cannot be written.
        """
        n_before = self._written.get(place, 0)
        self._written[place] = n_before + 1
        name = self._name_next(place, n_before + 1) if n_before else self.files[place]
        target = self.path / name
        # In the same folder: only within one file system is a replacement one step. Opened by hand, because the
        # standard library's temporary files are for their owner's eyes only, and so would be the reading.
        temporary = self.path / f".sayso-{os.getpid()}-{place}.tmp"
        try:
            with temporary.open("xb") as file:
                file.write(content)
            temporary.replace(target)
        except OSError as error:
            raise UnwritableOutput(str(target), error.strerror or str(error)) from error
        finally:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
        if n_before != 1:
            return None
        return f"{self._inputs[place]}: holds several articles; the second is written as {name}, and so on."

    def _is_input(self, file: str) -> bool:
        """Return whether a file is one of the inputs: a page saved from the browser ends in .html, too."""
        return os.path.realpath(self.path / file) in self._given

    def _name_next(self, place: int, number: int) -> str:
        """Return a free name for a further reading of an input."""
        stem = self.files[place].removesuffix(self._ending)
        name = f"{stem}-{number}{self._ending}"
        while name.casefold() in self._taken or self._is_input(name):
            number += 1
            name = f"{stem}-{number}{self._ending}"
        self._taken.add(name.casefold())
        return name


def name_files(inputs: Sequence[str], ending: str) -> tuple[list[str], list[str]]:
    """Return a file name for each input, no two alike, and a note for each that is not its stem.

    The first input with a stem has it; later ones are numbered in order. Names that differ in case only are alike,
    because on many file systems they are.
    """
    stems = ["stdin" if name == "-" else PurePath(name).stem for name in inputs]
    first: dict[str, int] = {}
    for place, stem in enumerate(stems):
        first.setdefault(stem.casefold(), place)
    taken = set(first)
    files, notes = [], []
    for place, stem in enumerate(stems):
        chosen = stem
        number = 1
        while first.get(stem.casefold()) != place and chosen.casefold() in taken:
            number += 1
            chosen = f"{stem}-{number}"
        taken.add(chosen.casefold())
        files.append(chosen + ending)
        if chosen != stem:
            other = inputs[first[stem.casefold()]]
            notes.append(f"{inputs[place]}: written as {chosen}{ending}, because {other} has {stem}{ending}.")
    return files, notes
