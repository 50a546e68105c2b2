"""Reading many documents in processes side by side, so that all cores are busy and one bad document stops nothing."""

from __future__ import annotations

import sys
import weakref
from dataclasses import replace
from functools import cached_property
from itertools import chain, islice
from typing import TYPE_CHECKING, Self

from sayso.config import Settings, load_settings
from sayso.encoder.card import load_card
from sayso.ledger.ahead import check_batch_size, only_readings, read_ahead, size_of
from sayso.ledger.capacity import count_processes
from sayso.ledger.frames import Opening
from sayso.ledger.lanes import Lanes
from sayso.ledger.reader import Reader, make_run
from sayso.ledger.worker import CHILD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from types import TracebackType

    from sayso.errors import InputError
    from sayso.records import Document, Reading, Run

# Fewer, and all of them together no longer than so many articles, are read in this process: starting others costs more.
FEW_DOCUMENTS = 8
FEW_CHARACTERS = 60_000
LIMIT_S = 120.0


class ReaderPool:
    """Reads documents as `Reader` does, and many of them in processes of their own.

    Few documents are read in this process, by a `Reader` that is made when they come: a single article pays nothing for
    the pool, but has none of its protection either. Of many each is read by some process; one over which the process
    dies is read once more, alone, and if that one dies too, it cannot be read; all others are. A process takes 200 to
    350 MB. Closing the pool ends its processes; they end with this one, too, however it ends.
    """

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        model_dir: Path | None = None,
        processes: int | None = None,
        limit_s: float | None = LIMIT_S,
        module: str = CHILD,
    ) -> None:
        """Start nothing yet: what is wrong with the model is said when the first document is read.

        Args:
            settings: None for those in force (defaults, file, environment).
            model_dir: Folder of another model than the one that comes with the package.
            processes: How many; None for as many as the setting ``threads`` or the machine has cores, and less where
                there is not the memory for so many.
            limit_s: How many seconds a document may take, and one more for each 1000 characters; None for any number.
            module: What the processes run.

        Raises:
            SettingsError: If a setting is impossible.
        """
        self.settings = settings or load_settings()
        self.processes = processes or count_processes(self.settings)
        self._model_dir = model_dir
        opening = Opening(settings=replace(self.settings, threads=1), model_dir=model_dir)
        self._lanes = Lanes(opening, count=self.processes, limit_s=limit_s, module=module)
        self._end = weakref.finalize(self, self._lanes.close)

    def __enter__(self) -> Self:
        """Return the pool."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None:
        """End its processes."""
        self.close()

    def close(self) -> None:
        """End its processes at once, whatever they are reading."""
        self._end()

    @cached_property
    def run(self) -> Run:
        """What makes the readings; told by the model's card, which is all of the model that is loaded for it.

        Raises:
            ModelError: If the model is missing or damaged.
        """
        return make_run(load_card(self._model_dir))

    @property
    def process_ids(self) -> list[int]:
        """Return the ids of the processes that are there."""
        return self._lanes.process_ids

    def read_many(self, documents: Iterable[Document | str], *, batch_size: int | None = None) -> Iterator[Reading]:
        """Yield the readings in the documents' order, the same that `Reader.read_many` yields.

        Args:
            documents: Any number, texts among them too; only a few are held at a time.
            batch_size: How many to read ahead, side by side; None for the setting, or more where there are processes.

        Raises:
            InputError: If a text holds nothing that can be read, or a process dies over it.
            UnsupportedLanguage: If the model does not read a document's language.
            NoReadingProcess: If no process can be kept, or the pool was closed.
            ModelError: If the model is missing, damaged or another than its card says.
            GazetteerError: The same of the names of places.
            SettingsError: If the batch size is less than one.
        """
        return only_readings(self.try_many(documents, batch_size=batch_size))

    def try_many(
        self, documents: Iterable[Document | str], *, batch_size: int | None = None
    ) -> Iterator[Reading | InputError]:
        """Yield as `read_many` does, and in the place of a document that cannot be read the reason.

        Raises:
            SaysoError: As `read_many`, but for InputError.
        """
        check_batch_size(batch_size)
        return self._try_many(iter(documents), batch_size or max(self.settings.batch_size, 2 * self.processes))

    def _try_many(self, documents: Iterator[Document | str], ahead: int) -> Iterator[Reading | InputError]:
        first = list(islice(documents, min(ahead, FEW_DOCUMENTS)))
        is_few = len(first) < FEW_DOCUMENTS and sum(map(size_of, first)) < FEW_CHARACTERS
        if (is_few and not self._lanes.has_started) or not sys.executable:
            yield from self._reader.try_many(chain(first, documents), batch_size=ahead)
            return
        try:
            yield from read_ahead(chain(first, documents), self._lanes.submit, ahead=ahead)
        except KeyboardInterrupt:
            self.close()
            raise

    @cached_property
    def _reader(self) -> Reader:
        """The reader of few documents."""
        return Reader(self.settings, model_dir=self._model_dir)
