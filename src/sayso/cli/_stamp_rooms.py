"""The time stamps of a case, as ``sayso stamp`` sees them."""

from __future__ import annotations

import datetime as dt
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from sayso.cli._open import open_ledger
from sayso.ledger import stamps

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sayso.ledger.stamps import CaseStamp
    from sayso.store.base import Store


class StampRooms(Protocol):
    """What the command needs from below."""

    def stamp(self, authority: str, roots: Sequence[bytes] | None) -> CaseStamp:
        """Ask an authority for a time stamp over the last entry of the log, and keep it."""
        ...

    def list_stamps(self) -> Iterator[CaseStamp]:
        """Yield the time stamps of the case."""
        ...

    def check_stamps(self, roots: Sequence[bytes] | None) -> Iterator[CaseStamp]:
        """Yield the time stamps of the case, each checked."""
        ...


class StoreRooms:
    """The time stamps of a case that is open."""

    def __init__(self, store: Store) -> None:
        """Keep the store."""
        self.store = store

    def stamp(self, authority: str, roots: Sequence[bytes] | None) -> CaseStamp:
        """Ask an authority for a time stamp over the last entry of the log, and keep it."""
        return stamps.stamp(self.store, authority, clock=_tell_time, roots=roots)

    def list_stamps(self) -> Iterator[CaseStamp]:
        """Yield the time stamps of the case."""
        with self.store.view() as view:
            yield from stamps.list_stamps(view)

    def check_stamps(self, roots: Sequence[bytes] | None) -> Iterator[CaseStamp]:
        """Yield the time stamps of the case, each checked."""
        with self.store.view() as view:
            yield from stamps.iter_stamps(view, roots=roots)


@contextmanager
def open_stamp_rooms(case: str | None) -> Iterator[StampRooms]:
    """Open a case: the one named, else the one in this folder.

    Raises:
        CaseError: There is none, several, or none that can be read.
    """
    with open_ledger(case) as ledger:
        yield StoreRooms(ledger.store)


def _tell_time() -> str:
    return dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
