"""How the time of a function grows with its input: what a slow machine or a tracer changes, it changes for both."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

SMALL, TIMES = 8_000, 4
# Four times the text may take up to ten times as long, and half a second more: squared it would take sixteen times.
MOST, GRACE_S = 10, 0.5


def grows_no_faster_than_its_input(work: Callable[[str], object], run: str) -> bool:
    """Return whether work on a long text made of one run of characters takes about as much longer as the text is."""
    small, large = (_measure(work, run * (size // len(run))) for size in (SMALL, SMALL * TIMES))
    return large < MOST * small + GRACE_S


def _measure(work: Callable[[str], object], text: str) -> float:
    began = time.process_time()
    work(text)
    return time.process_time() - began
