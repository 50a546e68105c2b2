"""Joins the case anew after something was added or judged, one join at a time."""

from __future__ import annotations

import logging
from threading import Lock
from typing import TYPE_CHECKING

from sayso.errors import BusyCase, UnwritableCase

if TYPE_CHECKING:
    from sayso.ledger.case import Ledger

LOG = logging.getLogger(__name__)


class Joiner:
    """Joins one case."""

    def __init__(self, ledger: Ledger) -> None:
        """Take the case."""
        self._ledger = ledger
        self._lock = Lock()

    def join(self) -> None:
        """Join what waits; where the case cannot be written now, it waits for the next time."""
        with self._lock:
            try:
                for _ in self._ledger.join():
                    pass
            except (BusyCase, UnwritableCase):
                LOG.warning("the case is not joined anew: it cannot be written now")
