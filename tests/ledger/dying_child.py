"""A process that reads with a model of dice, and dies in the manner that a text asks for."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from sayso.encoder import session
from sayso.ledger.child import main
from sayso.ledger.reader import Reader
from tests.extract.dice import open_dice

if TYPE_CHECKING:
    from sayso.ledger.frames import Opening
    from sayso.records import Document, Reading


class DyingReader(Reader):
    """A reader that some texts kill."""

    def read(self, document: Document | str) -> Reading:
        """Read, or die as the text's last line says."""
        text = document if isinstance(document, str) else document.text
        order, _, rest = text.rpartition("\n")[2].partition(" ")
        if order == "SIGNAL":
            os.kill(os.getpid(), signal.Signals[rest])
        elif order == "MEMORY":
            raise MemoryError
        elif order == "FAULT":
            raise IndexError(rest)
        elif order == "SLEEP":
            time.sleep(float(rest))
        elif order == "HOLD":
            _hold_interpreter()
        elif order == "ONCE" and not Path(rest).exists():
            Path(rest).touch()
            os._exit(7)
        elif order == "PRINT":
            print(rest, flush=True)  # noqa: T201  what a library might do
        return super().read(document)


def _hold_interpreter() -> None:
    """Stay in one step of C that lets no other thread run."""
    sys.setswitchinterval(1000)
    sum(range(10**12))


def open_reader(opening: Opening) -> DyingReader:
    """Return a reader with dice."""
    if opening.settings.max_bytes == 1:
        os._exit(9)
    vars(session)["_open"] = open_dice
    return DyingReader(opening.settings, model_dir=opening.model_dir)


if __name__ == "__main__":
    main(open_reader)
