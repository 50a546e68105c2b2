"""The costs that must be measured in a process of their own: ``python -m sayso.bench.child throughput|memory COUNT``.

Prints one JSON object. The process keeps itself to two cores before anything starts threads.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

CORES = 2
WARM_UP = 8
STATUS = Path("/proc/self/status")


def limit_cores(count: int = CORES) -> int:
    """Keep this process to that many cores, where the system can, and return how many it may use."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, set(sorted(os.sched_getaffinity(0))[:count]))
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def peak_memory_mb() -> float | None:
    """Return the most memory this process has held so far, or None where the system does not say.

    On Linux from ``VmHWM``, which starts with the program; ``ru_maxrss`` also counts the parent that forked it.
    """
    if STATUS.is_file():
        found = [line.split()[1] for line in STATUS.read_text("ascii").splitlines() if line.startswith("VmHWM")]
        if found:
            return int(found[0]) / 1024
    try:
        import resource  # noqa: PLC0415 (not on Windows)
    except ImportError:
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak / 1024


def run_task(count: int | None) -> dict[str, float | int | None]:
    """Read that many articles, text to JSON, and return what it cost; None reads PolNeAR dev once, warm."""
    cores = limit_cores()
    # Imported here: the libraries below start their threads when they load, and must see the cores that are left.
    from sayso.bench.corpora import cycle_texts, find_shared, load_polnear_texts  # noqa: PLC0415
    from sayso.bench.readings import open_reader  # noqa: PLC0415
    from sayso.export.reading_json import write_line  # noqa: PLC0415
    from sayso.ingest import from_text  # noqa: PLC0415

    shared = find_shared()
    if shared is None:
        return {"cores": cores}
    articles = load_polnear_texts(shared, "dev")
    reader = open_reader()
    if count is None:
        warm_up = [from_text(article.text, name=article.name) for article in articles[:WARM_UP]]
        for reading in reader.read_many(warm_up):
            write_line(reading)
        chosen = articles
    else:
        chosen = list(cycle_texts([*load_polnear_texts(shared, "train"), *articles], count))
    begin = time.perf_counter()
    documents = (from_text(article.text, name=article.name) for article in chosen)
    size_bytes = sum(len(write_line(reading)) for reading in reader.read_many(documents))
    seconds = time.perf_counter() - begin
    return {
        "cores": cores,
        "articles": len(chosen),
        "seconds": seconds,
        "json_bytes": size_bytes,
        "peak_memory_mb": peak_memory_mb(),
    }


if __name__ == "__main__":
    wanted = int(sys.argv[2]) if sys.argv[1:2] == ["memory"] else None
    sys.stdout.write(json.dumps(run_task(wanted)) + "\n")
