"""The case, as the commands that list it see it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from sayso.cli._joining import join_rest
from sayso.cli._open import open_ledger
from sayso.cli._print import print_error

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sayso.records import (
        ArticleOrder,
        ArticleRow,
        CaseInfo,
        ClaimOrder,
        ClaimRow,
        Filter,
        Hit,
        Page,
        RefusedRow,
        SourceOrder,
        SourceRow,
        StoryLine,
    )


class FindsIds(Protocol):
    """What makes the beginning of an id whole."""

    def find_id(self, prefix: str, given: str) -> str:
        """Return the whole id that begins as given.

        Raises:
            NotInCase: None or several begin so.
        """
        ...


class CaseRooms(FindsIds, Protocol):
    """What the lists need from below. All calls within one block see the case as it was when the block began."""

    def info(self) -> CaseInfo:
        """Return the case at a glance."""
        ...

    def claims(
        self,
        asked: Filter,
        order: ClaimOrder,
        *,
        limit: int,
        offset: int = 0,
        reverse: bool = False,
        once: bool = False,
    ) -> Page[ClaimRow]:
        """Return rows of the current readings; with `once` of each claim only the first."""
        ...

    def articles(
        self, asked: Filter, order: ArticleOrder, *, limit: int, offset: int = 0, reverse: bool = False
    ) -> Page[ArticleRow]:
        """Return documents."""
        ...

    def sources(
        self, asked: Filter, order: SourceOrder, *, limit: int, offset: int = 0, reverse: bool = False
    ) -> Page[SourceRow]:
        """Return sources."""
        ...

    def find_story(self, given: str) -> StoryLine:
        """Return the one story that is meant.

        Raises:
            NotInCase: None is, or several are.
        """
        ...

    def refused(self, *, limit: int, offset: int = 0) -> Page[RefusedRow]:
        """Return captures of which there is no article."""
        ...

    def search(self, asked: Filter, *, limit: int, offset: int = 0) -> Page[Hit]:
        """Return the articles in whose text all the words of ``asked.text`` stand."""
        ...


@contextmanager
def open_case_rooms(case: str | None, *, join: bool = False) -> Iterator[CaseRooms]:
    """Open a case to look at it: the one named, else the one in this folder.

    Args:
        case: Its path; None for the only one in this folder.
        join: Join what was added or judged since with the rest first.

    Raises:
        CaseError: There is none, several, or none that can be read.
    """
    with open_ledger(case) as ledger:
        if join:
            join_rest(ledger)
        with ledger.look() as lists:
            if join and (n_unread := lists.count_unread()):
                words = "article is" if n_unread == 1 else "articles are"
                print_error(f"{n_unread:,} {words} kept and not read yet, and not in what follows: sayso reread.")
            yield lists
