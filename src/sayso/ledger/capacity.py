"""How many processes may read side by side on this machine."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sayso.config import Settings

# What one process takes that reads the longest articles, measured; most have half of it. See docs/decisions/0037.
NEED_BYTES = 350_000_000
# Of what is free: the rest is for who asked, and for the system's own copies of files.
FREE_SHARE = 0.8
# Where the system does not say what is free.
MOST_BLINDLY = 8
MEMINFO = Path("/proc/meminfo")
CGROUP = Path("/sys/fs/cgroup")


def count_processes(settings: Settings) -> int:
    """Return how many processes to read with: as many as are set or as there are cores, and there is memory for."""
    wanted = settings.threads or count_cores()
    free = find_free_memory()
    most = MOST_BLINDLY if free is None else int(free * FREE_SHARE) // NEED_BYTES
    return max(1, min(wanted, most))


def count_cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def find_free_memory() -> int | None:
    """Return how many bytes are free, of the machine and of the container it may be; None where nobody says."""
    found = [size for size in (_free_in_machine(), _free_in_container()) if size is not None]
    return min(found, default=None)


def _free_in_machine() -> int | None:
    """Return what Linux has available; where there is no such file, half of what is built in."""
    try:
        for line in MEMINFO.read_text("ascii").splitlines():
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) * 1024
    except (OSError, ValueError, IndexError):
        pass
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2
    except (AttributeError, OSError, ValueError):  # Windows has no sysconf
        return None


def _free_in_container() -> int | None:
    """Return what a control group (version 2) leaves; None where there is none, or it sets no limit."""
    try:
        limit = int((CGROUP / "memory.max").read_text("ascii"))
        used = int((CGROUP / "memory.current").read_text("ascii"))
    except (OSError, ValueError):  # "max" is no number
        return None
    return max(0, limit - used)
