"""One request at a time to each host, with a pause between."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MAX_HOSTS = 2_000


class _Turn:
    """One host: who is asking it, and when the last answer was done with."""

    def __init__(self) -> None:
        """Nobody has asked yet."""
        self.lock = threading.Lock()
        self.last: float | None = None
        self.waiting = 0


class Pace:
    """Keeps requests to one host apart; different hosts go side by side."""

    def __init__(self, *, clock: Callable[[], float], sleep: Callable[[float], None]) -> None:
        """Take the time from the clock."""
        self._clock = clock
        self._sleep = sleep
        self._turns: dict[str, _Turn] = {}
        self._lock = threading.Lock()

    @contextmanager
    def turn(self, host: str, *, delay_s: float) -> Iterator[None]:
        """Wait until it is our turn at the host, and hold it."""
        with self._lock:
            if len(self._turns) >= MAX_HOSTS:
                self._forget()
            turn = self._turns.setdefault(host, _Turn())
            turn.waiting += 1
        try:
            with turn.lock:
                if turn.last is not None:
                    left = turn.last + delay_s - self._clock()
                    if left > 0:
                        self._sleep(left)
                try:
                    yield
                finally:
                    turn.last = self._clock()
        finally:
            with self._lock:
                turn.waiting -= 1

    def _forget(self) -> None:
        """Drop the older half of the hosts at which nobody waits."""
        idle = [(turn.last or 0.0, host) for host, turn in self._turns.items() if not turn.waiting]
        for _, host in sorted(idle)[: max(1, len(idle) // 2)]:
            del self._turns[host]
