"""What reading costs: articles a second, seconds to first output, peak memory. Each in a fresh process.

Two cores, whatever the machine has. The figures depend on the machine; the report names it.
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sayso.bench.child import CORES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.bench.corpora import Article

RUNS = 5
MEMORY_ARTICLES = 1000
LIMIT_S = 3600
FIRST_OUTPUT = "first output"
START = f"""
import os, sys
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, set(sorted(os.sched_getaffinity(0))[:{CORES}]))
from sayso.cli import main
sys.exit(main())
"""


class ChildFailed(RuntimeError):
    """A process that was to measure something ended badly."""

    def __init__(self, task: str, code: int, said: str) -> None:
        """Keep what was measured, the exit code and what the process said."""
        self.task = task
        self.code = code
        super().__init__(f"{task}: exit code {code}: {said.strip()[-2000:]}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What reading costs on this machine.

    Attributes:
        machine: Processor, system and cores used.
        articles_per_second: PolNeAR dev, warm, text to JSON.
        first_output_s: One article of median length through ``sayso read --json``, fresh process, median of the runs.
        first_output_runs_s: Each run, in order; the first may find the files not yet in the system's memory.
        peak_memory_mb: Over `memory_articles` articles in one process; None where the system does not say.
        memory_articles: How many they were.
        memory_articles_per_second: On that long run.
    """

    machine: str
    articles_per_second: float
    first_output_s: float
    first_output_runs_s: tuple[float, ...]
    peak_memory_mb: float | None
    memory_articles: int
    memory_articles_per_second: float


def measure_cost(articles: Sequence[Article], *, memory_articles: int = MEMORY_ARTICLES) -> Cost:
    """Return what reading costs; takes some minutes.

    Raises:
        ChildFailed: A measuring process ended badly.
    """
    speed = run_child("throughput")
    firsts = measure_first_output(pick_median(articles), runs=RUNS)
    memory = run_child("memory", memory_articles)
    return Cost(
        machine=describe_machine(int(speed["cores"])),
        articles_per_second=speed["articles"] / speed["seconds"],
        first_output_s=statistics.median(firsts),
        first_output_runs_s=tuple(firsts),
        peak_memory_mb=memory["peak_memory_mb"],
        memory_articles=int(memory["articles"]),
        memory_articles_per_second=memory["articles"] / memory["seconds"],
    )


def run_child(task: str, count: int | None = None) -> dict[str, Any]:
    """Return what `sayso.bench.child` measured.

    Raises:
        ChildFailed: It ended badly.
    """
    command = [sys.executable, "-m", "sayso.bench.child", task, *([] if count is None else [str(count)])]
    done = subprocess.run(command, capture_output=True, timeout=LIMIT_S, check=False)  # noqa: S603 (our own module)
    if done.returncode:
        raise ChildFailed(task, done.returncode, done.stderr.decode("utf-8", "replace"))
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def measure_first_output(article: Article, *, runs: int) -> list[float]:
    """Return the seconds from the start of ``sayso read --json FILE`` to its first byte of output, for each run.

    Raises:
        ChildFailed: The program ended badly.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "article.txt"
        path.write_bytes(article.text.encode("utf-8"))
        return [_time_first_byte([sys.executable, "-c", START, "read", "--json", str(path)]) for _ in range(runs)]


def pick_median(articles: Sequence[Article]) -> Article:
    """Return the article of median length."""
    return sorted(articles, key=lambda article: (len(article.text), article.name))[len(articles) // 2]


def describe_machine(cores: int) -> str:
    """Return the processor and system, and how many of its cores were used."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text("utf-8", "replace").splitlines() if info.is_file() else []
    named = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    processor = next(iter(named), platform.processor() or platform.machine())
    python = platform.python_version()
    return f"{processor}, {cores} of {os.cpu_count()} cores, {platform.system()}, Python {python}"


def _time_first_byte(command: list[str]) -> float:
    """Return the seconds to a command's first byte of output."""
    begin = time.perf_counter()
    with tempfile.TemporaryFile() as said:
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=said, bufsize=0) as process:  # noqa: S603
            first = b"" if process.stdout is None else process.stdout.read(1)
            seconds = time.perf_counter() - begin
            process.communicate()
        if process.returncode or not first:
            said.seek(0)
            raise ChildFailed(FIRST_OUTPUT, process.returncode, said.read().decode("utf-8", "replace"))
    return seconds
