"""Parties that were looked up lately: finding one means to weigh all that speak in its stories.

Rule 1: only what was found while nothing waited to be joined is remembered, under the case's log as it was: as long as
the log has no further entry, all of it is made of the same documents, readings and judgements.
"""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sayso.ledger.lists import Lists
    from sayso.records import PartyView

MOST: Final = 100


class RecentParties:
    """The parties of one case that were looked up last. Safe to share between threads."""

    def __init__(self) -> None:
        """Begin with none."""
        self._found: OrderedDict[str, list[PartyView]] = OrderedDict()
        self._log = ""
        self._lock = Lock()

    def find(self, lists: Lists, given: str) -> list[PartyView]:
        """Return the parties that are meant by a name or id, as the case is now.

        Raises:
            NotInCase: An id that the case does not have.
        """
        if lists.count_waiting():
            return lists.who(given)
        log = lists.info().log_head
        with self._lock:
            if log != self._log:
                self._found.clear()
                self._log = log
            if given in self._found:
                self._found.move_to_end(given)
                return self._found[given]
        found = lists.who(given)
        with self._lock:
            if log == self._log:
                self._found[given] = found
                while len(self._found) > MOST:
                    self._found.popitem(last=False)
        return found
