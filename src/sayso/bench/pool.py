"""What processes gain over threads: the same articles through `Reader` and `ReaderPool`, by turns, in one run.

Both are warm, and both have as many cores as they have threads or processes. Other work on the machine slows both; the
processor time beside the rate tells how much of a difference was the machine's.
"""

from __future__ import annotations

import os
import statistics
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sayso.bench.child import CORES, WARM_UP, limit_cores, peak_memory_mb
from sayso.bench.corpora import load_polnear_texts, require_shared
from sayso.config import Settings
from sayso.ingest import from_text
from sayso.ledger import Reader
from sayso.ledger.pool import ReaderPool

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.bench.corpora import Article

PROC = Path("/proc")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pass:
    """All articles once.

    Attributes:
        per_s: Articles a second.
        cpu_ms: Milliseconds of processor time for an article, of all processes; 0 where the system does not say.
        load: How much else wanted to run, of a minute; 0 where the system does not say.
    """

    per_s: float
    cpu_ms: float
    load: float


def measure_pass(reader: Reader | ReaderPool, articles: Sequence[Article]) -> Pass:
    """Return what one pass over the articles costs, from text to reading."""
    pids = reader.process_ids if isinstance(reader, ReaderPool) else []
    cpu = time.process_time() + sum(map(cpu_seconds, pids))
    began = time.perf_counter()
    count = sum(1 for _ in reader.read_many(from_text(article.text, name=article.name) for article in articles))
    took = time.perf_counter() - began
    cpu = time.process_time() + sum(map(cpu_seconds, pids)) - cpu
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    return Pass(per_s=count / took, cpu_ms=1000 * cpu / count, load=load)


def cpu_seconds(pid: int) -> float:
    """Return the processor time that a process has used; 0 where the system does not say."""
    try:
        numbers = (PROC / str(pid) / "stat").read_text("ascii").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(numbers[11]) + int(numbers[12])) / os.sysconf("SC_CLK_TCK")


def memory_mb(pid: int) -> tuple[float, float]:
    """Return the most that a process has held, and what it holds now with its share of what it shares; 0 if unknown."""
    try:
        lines = [
            *(PROC / str(pid) / "status").read_text("ascii").splitlines(),
            *(PROC / str(pid) / "smaps_rollup").read_text("ascii").splitlines(),
        ]
    except OSError:
        return 0.0, 0.0
    found = {line.split()[0]: line.split()[1] for line in lines if line.startswith(("VmHWM:", "Pss:"))}
    return int(found.get("VmHWM:", 0)) / 1024, int(found.get("Pss:", 0)) / 1024


def show_passes(name: str, passes: Sequence[Pass]) -> str:
    """Return the medians in a line."""
    rate, cpu, load = (
        statistics.median(getattr(one, field) for one in passes) for field in ("per_s", "cpu_ms", "load")
    )
    each = " ".join(f"{one.per_s:.2f}" for one in passes)
    return f"{name}: {rate:.2f} articles a second ({each}), {cpu:.0f} ms of processor each, load {load:.1f}"


@click.command("pool")
@click.option("--rounds", default=5, show_default=True, type=click.IntRange(min=1), help="Passes of each.")
@click.option("--processes", default=CORES, show_default=True, type=click.IntRange(min=1), help="And threads.")
@click.option("--limit", type=click.IntRange(min=WARM_UP), help="Only that many articles.")
def pool_command(*, rounds: int, processes: int, limit: int | None) -> None:
    """Articles a second of threads against processes, by turns."""
    articles = load_polnear_texts(require_shared(), "dev")[:limit]
    if not articles:
        click.secho("SKIPPED: nothing was measured. PolNeAR is not beside the checkout.", fg="yellow")
        return
    cores = limit_cores(processes)
    settings = Settings(threads=processes)
    passes: dict[str, list[Pass]] = {"threads": [], "processes": []}
    with ReaderPool(settings, processes=processes) as pool:
        readers: dict[str, Reader | ReaderPool] = {"threads": Reader(settings), "processes": pool}
        for reader in readers.values():
            measure_pass(reader, articles[: WARM_UP * processes])
        for turn in range(rounds):
            for name in sorted(readers, reverse=bool(turn % 2)):
                passes[name].append(measure_pass(readers[name], articles))
        held = [memory_mb(pid) for pid in pool.process_ids]
    words = sum(len(article.text.split()) for article in articles) / len(articles)
    click.echo(f"{len(articles)} articles of {words:.0f} words, {cores} cores, {processes} threads or processes")
    for name, done in passes.items():
        click.echo(show_passes(name, done))
    gains = [many.per_s / one.per_s for one, many in zip(passes["threads"], passes["processes"], strict=True)]
    click.echo(f"processes are {statistics.median(gains):.2f} times as fast (median of {rounds} pairs)")
    click.echo(f"memory of this process, which has a reader too: {peak_memory_mb() or 0:.0f} MB at most")
    for most, share in held:
        click.echo(f"memory of a process of the pool: {most:.0f} MB at most, {share:.0f} MB with its share at the end")
