"""Opens a case with everything in it joined: what was added or judged since is joined first."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from sayso.cli._open import open_ledger
from sayso.cli._print import print_error
from sayso.cli._progress import Progress
from sayso.errors import BusyCase, UnwritableCase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sayso.ledger.case import Ledger
    from sayso.ledger.lists import Lists


@contextmanager
def open_joined(case: str | None) -> Iterator[Lists]:
    """Open a case to look at what its documents have in common.

    Raises:
        CaseError: There is none, several, or none that can be read.
    """
    with open_ledger(case) as ledger:
        join_rest(ledger)
        with ledger.look() as lists:
            yield lists


def join_rest(ledger: Ledger, *, quiet: bool = False) -> None:
    """Join what waits, with a bar; where the case cannot be written it is told that something waits."""
    n_waiting = ledger.count_waiting()
    if not n_waiting:
        return
    try:
        with Progress(n_waiting, no_color=False, doing="joining") as bar:
            for n_done in ledger.join():
                bar.advance(n_done)
    except (BusyCase, UnwritableCase) as error:
        if not quiet:
            print_error(f"{n_waiting:,} articles or stories are not joined with the rest yet: {error}")
