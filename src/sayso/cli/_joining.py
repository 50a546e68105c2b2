"""Joins what waits in a case: before its stories are shown, and after something was added, judged or read again."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from sayso.cli._open import open_ledger
from sayso.cli._print import print_error
from sayso.cli._progress import Progress
from sayso.errors import SaysoError
from sayso.export.list_words import count

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


def join_rest(ledger: Ledger) -> None:
    """Join what waits, with a bar; where that cannot be done, as nobody may write here, it is told that some waits."""
    n_left = ledger.count_waiting()
    if not n_left:
        return
    try:
        with Progress(n_left, no_color=False, doing="joining") as bar:
            for n_done in ledger.join():
                # A document that is entered brings its stories along: these wait then.
                n_now = ledger.count_waiting()
                bar.expect(n_now + n_done - n_left)
                bar.advance(n_done)
                n_left = n_now
    except SaysoError as error:
        waiting = count(n_left, "article or story is", "articles or stories are")
        print_error(f"{waiting} not joined with the rest yet: what is told of stories and origins may lack it. {error}")
