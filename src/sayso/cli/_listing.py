"""A list, fetched a page at a time: however long it is, only a page of it is held."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Generic, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sayso.records import Page

T = TypeVar("T")

ROWS_HELD: Final = 500


class Fetch(Protocol[T]):
    """What gives a part of a list."""

    def __call__(self, *, limit: int, offset: int) -> Page[T]:
        """Return at most so many rows after so many others."""
        ...


class Listing(Generic[T]):
    """The rows that were asked for, in order.

    Attributes:
        total: How many there are in all, once the first was given; at most `records.COUNTED`.
        n_given: How many were given so far.
    """

    def __init__(self, fetch: Fetch[T], *, limit: int | None, offset: int) -> None:
        """Ask for at most so many (None for all) after so many others."""
        self.total = 0
        self.n_given = 0
        self.offset = offset
        self._fetch = fetch
        self._limit = limit

    def __iter__(self) -> Iterator[T]:
        """Yield the rows."""
        while (wanted := self._count_wanted()) > 0:
            page = self._fetch(limit=wanted, offset=self.offset + self.n_given)
            self.total = max(self.total, page.total)
            for row in page.rows:
                self.n_given += 1
                yield row
            if len(page.rows) < wanted:
                return

    def is_cut(self) -> bool:
        """Return whether there are more after those that were given."""
        return self.offset + self.n_given < self.total

    def _count_wanted(self) -> int:
        return ROWS_HELD if self._limit is None else min(ROWS_HELD, self._limit - self.n_given)
