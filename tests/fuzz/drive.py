"""Damaged files through everything that ingest reads: ``python -m tests.fuzz.drive SECONDS``.

What may come out is documents, items, captures, problems or a `SaysoError`, in 5 seconds and 500 MB; all else is a
finding: it is printed, and the input is kept. With ``--atheris`` that fuzzer chooses the inputs, by what they reach, if
it is installed; without it they are drawn by chance, and the same seed draws the same.
"""

from __future__ import annotations

import argparse
import random
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from sayso import ingest
from sayso.config import Settings
from sayso.errors import SaysoError
from sayso.ingest.feed_child import read_feed_bytes
from tests.fuzz import seeds

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

LIMIT_S, HANG_S = 5.0, 30
LIMIT_MEMORY_BYTES = 500_000_000
MAX_BYTES = 6_000_000
SETTINGS = Settings()
MEDIA = (
    None,
    None,
    "text/html; charset=shift_jis",
    "text/plain; charset=utf-16",
    "application/xhtml+xml",
    "x/y",
    ";;=",
)
IN_PROCESSES = {"a.pdf", "feed"}  # each input starts a process


class TooSlowError(Exception):
    """An input takes longer than anything may."""


@dataclass
class Drive:
    """What was tried and found so far."""

    folder: Path
    chance: random.Random
    counts: Counter[str] = field(default_factory=Counter)
    findings: Counter[str] = field(default_factory=Counter)
    slowest: dict[str, float] = field(default_factory=dict)
    most_memory: int = LIMIT_MEMORY_BYTES

    def try_one(self, target: str, data: bytes) -> None:
        """Give one input to one target and keep it if it is a finding."""
        began = time.process_time()
        signal.alarm(HANG_S)
        try:
            self._run(target, data)
        except SaysoError:
            pass
        except RecursionError as error:
            self._keep(target, data, error)
        except Exception as error:  # noqa: BLE001  that is what is looked for
            self._keep(target, data, error)
        finally:
            signal.alarm(0)
        took = time.process_time() - began
        self.counts[target] += 1
        self.slowest[target] = max(took, self.slowest.get(target, 0.0))
        if took > LIMIT_S:
            self._keep(target, data, TooSlowError(f"{took:.1f} s"))
        if (peak := _get_peak()) > self.most_memory:
            self.most_memory = peak + LIMIT_MEMORY_BYTES // 5
            self._keep(target, data, MemoryError(f"{peak / 1e6:.0f} MB"))

    def _run(self, target: str, data: bytes) -> None:
        if target == "feed":
            ingest.read_feed(data, name="feed", url="https://northwire.example/feed")
        elif target == "feed-child":
            read_feed_bytes(data[:10_000_000], name="feed", media=self.chance.choice(MEDIA))
        elif target == "archive":
            path = self.folder / "archive"
            path.write_bytes(data)
            for _ in ingest.read_archive(str(path), settings=SETTINGS):
                pass
        elif target == "list":
            text = data.decode("utf-8", "replace")
            ingest.is_url_list(text)
            ingest.read_url_list(text)
        elif target == "kind":
            ingest.find_input_kind(data, name="a")
            ingest.find_feed_links(data.decode("utf-8", "replace"))
        else:
            for doc in ingest.read_all_bytes(data, name=target, settings=SETTINGS, media=self.chance.choice(MEDIA)):
                doc.text.encode()

    def _keep(self, target: str, data: bytes, error: Exception) -> None:
        last = next((f for f in reversed(traceback.extract_tb(error.__traceback__)) if "sayso" in f.filename), None)
        what = (
            f"{target}: {type(error).__name__} at {Path(last.filename).name}:{last.lineno}"
            if last
            else f"{target}: {error}"
        )
        self.findings[what] += 1
        if self.findings[what] == 1:
            path = self.folder / f"finding-{len(self.findings)}-{target}"
            path.write_bytes(data)
            sys.stdout.write(f"{what}: {error!r:.200} kept as {path}\n")
            sys.stdout.flush()


TARGETS: dict[str, Sequence[bytes]] = {
    **seeds.DOCUMENTS,
    "feed": seeds.FEEDS,
    "feed-child": seeds.FEEDS,
    "archive": seeds.ARCHIVES,
    "list": seeds.LISTS,
    "kind": [*seeds.FEEDS, *seeds.ARCHIVES[:1], *seeds.LISTS, *seeds.DOCUMENTS["a.html"]],
}
ALL_SEEDS = [seed for group in TARGETS.values() for seed in group]


def mutate(data: bytes, chance: random.Random) -> bytes:
    """Return the bytes with some damage."""
    for _ in range(chance.choice((1, 1, 2, 3, 6, 12))):
        at, size = chance.randrange(len(data) + 1), chance.choice((0, 1, 2, 8, 40, 300))
        change = chance.randrange(8)
        if change == 0:
            new = chance.choice(seeds.TOKENS)
        elif change == 1:
            new = chance.choice(seeds.TOKENS) * chance.choice((2, 50, 2_000, 20_000))
        elif change == 2:
            start = chance.randrange(len(data) + 1)
            new = data[start : start + chance.choice((4, 30, 300))] * chance.choice((1, 3, 100, 3_000))
        elif change == 3:
            other = chance.choice(ALL_SEEDS)
            start = chance.randrange(len(other))
            new = other[start : start + chance.choice((10, 200, 5_000))]
        elif change == 4:
            new = chance.randbytes(chance.choice((1, 2, 4, 64)))
        elif change == 5:
            data, new = data[:at], b""
        else:
            new = bytes(byte ^ (1 << chance.randrange(8)) for byte in data[at : at + size])
        data = (data[:at] + new + data[at + size :])[:MAX_BYTES]
    return data


def run_by_chance(drive: Drive, seconds: float, only: str | None) -> None:
    """Draw inputs until the time is over; what starts a process gets its turn less often."""
    stop = time.monotonic() + seconds
    names = [only] if only else [name for name in TARGETS for _ in range(1 if name in IN_PROCESSES else 8)]
    while time.monotonic() < stop:
        target = drive.chance.choice(names)
        drive.try_one(target, mutate(drive.chance.choice(TARGETS[target]), drive.chance))


def run_atheris(drive: Drive, seconds: float, only: str | None) -> None:
    """Let atheris choose the inputs; it ends the process itself."""
    import atheris  # noqa: PLC0415 - not in the environment of the tests

    atheris.instrument_all()
    names = [only] if only else [name for name in TARGETS if name not in IN_PROCESSES]
    corpus = drive.folder / "corpus"
    corpus.mkdir(exist_ok=True)
    for i, name in enumerate(names):
        for j, seed in enumerate(TARGETS[name]):
            (corpus / f"{i}-{j}").write_bytes(bytes([i]) + seed)

    def give(data: bytes) -> None:
        if data:
            drive.try_one(names[data[0] % len(names)], data[1:])

    atheris.Setup([sys.argv[0], str(corpus), f"-max_total_time={int(seconds)}", "-max_len=100000", "-timeout=60"], give)
    atheris.Fuzz()


def report(drive: Drive) -> int:
    """Print what was tried; return how many findings there are."""
    for target, count in sorted(drive.counts.items()):
        sys.stdout.write(f"{target:12}{count:9,} inputs, the slowest {drive.slowest[target]:.2f} s\n")
    sys.stdout.write(f"{sum(drive.counts.values()):,} inputs, {len(drive.findings)} findings\n")
    return len(drive.findings)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run as the command line asks; the exit code is 1 where something was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("seconds", type=float)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", choices=sorted(TARGETS))
    parser.add_argument("--keep", type=Path, help="folder for the findings; else one for temporary files")
    parser.add_argument("--atheris", action="store_true")
    asked = parser.parse_args(arguments)
    folder = asked.keep or Path(tempfile.mkdtemp(prefix="sayso-fuzz-"))
    folder.mkdir(parents=True, exist_ok=True)
    drive = Drive(folder=folder, chance=random.Random(asked.seed))  # noqa: S311 - no secret
    signal.signal(signal.SIGALRM, _stop)
    runner: Callable[[Drive, float, str | None], None] = run_atheris if asked.atheris else run_by_chance
    try:
        runner(drive, asked.seconds, asked.only)
    except KeyboardInterrupt:
        pass
    finally:
        found = report(drive)
    return 1 if found else 0


def _stop(*_: object) -> None:
    raise TooSlowError


def _get_peak() -> int:
    """Return the most memory that this process has had, in bytes; 0 where that is not known."""
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


if __name__ == "__main__":
    sys.exit(main())
