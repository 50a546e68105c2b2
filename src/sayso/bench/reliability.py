"""Whether a case keeps what it acknowledged: killed at random, written by several at once, on a full disk.

Each measure drives the command line in processes of its own, as a user does.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sayso.bench.invented import write_articles
from sayso.ledger.case import Ledger

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

EXIT_VIOLATION = 3
LEAST_SHARE = 0.9
MOUNT, UMOUNT = "/bin/mount", "/bin/umount"


def run_sayso(*arguments: str | Path) -> subprocess.Popen[bytes]:
    """Start the command line and return its process."""
    command = [sys.executable, "-m", "sayso.cli", *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=os.name != "nt")  # noqa: S603


@dataclass(slots=True)
class Kills:
    """What was seen over the rounds.

    Attributes:
        rounds: How often `add` was killed.
        cases: How many cases were brought to their end in between.
        acknowledged: Articles told as added.
        lost: Of these, those that the case does not have.
        torn: Findings of `verify` after a kill.
        unfinished: Runs that were left alone and did not complete.
    """

    rounds: int = 0
    cases: int = 0
    acknowledged: int = 0
    lost: list[str] = field(default_factory=list)
    torn: list[str] = field(default_factory=list)
    unfinished: list[str] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        """Whether nothing was lost or torn and every case came to its end."""
        return not (self.lost or self.torn or self.unfinished)


def measure_kills(folder: Path, *, rounds: int, articles: int, longest_s: float, seed: int) -> Iterator[Kills]:
    """Yield the count after each round: `add` of the articles is killed at a random moment, and the case looked at."""
    dice = random.Random(seed)  # noqa: S311  no secret hangs on it
    kills = Kills()
    inputs = folder / "articles"
    write_articles(inputs, articles)
    while kills.rounds < rounds:
        case = folder / f"case-{kills.cases}.sayso"
        Ledger.create(str(case)).close()
        told: set[str] = set()
        is_complete = False
        while not is_complete and kills.rounds < rounds:
            process = run_sayso("add", "--json", "--case", case, inputs)
            try:
                out, _ = process.communicate(timeout=dice.uniform(0.3, longest_s))
                is_complete = True
            except subprocess.TimeoutExpired:
                _kill(process)
                out, _ = process.communicate()
                kills.rounds += 1
            told |= _list_added(out)
            kills.acknowledged = max(kills.acknowledged, len(told))
            _look_at(case, told, kills)
            yield kills
        _finish(case, inputs, articles, kills)
        kills.cases += 1
        yield kills


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Kill the command itself, not its children: these must see to it themselves."""
    process.send_signal(signal.SIGKILL if os.name != "nt" else signal.SIGTERM)


def _list_added(out: bytes) -> set[str]:
    """Return the documents that whole lines tell as added or known."""
    lines = out.split(b"\n")[:-1]
    return {found["document"] for line in lines if (found := json.loads(line))["document"]}


def _look_at(case: Path, told: set[str], kills: Kills) -> None:
    """Count what of the acknowledged is missing or not as it was written."""
    with Ledger.open(str(case)) as ledger:
        kills.torn += [f"{case.name}: {finding.where}: {finding.what}" for finding in ledger.verify().findings]
        with ledger.store.view() as view:
            kills.lost += [doc for doc in told if not view.has_reading(doc)]


def _finish(case: Path, inputs: Path, articles: int, kills: Kills) -> None:
    """Let `add` run to its end and count what is missing then."""
    process = run_sayso("add", "--json", "--case", case, inputs)
    out, err = process.communicate()
    if process.returncode or len(_list_added(out)) != articles:
        kills.unfinished.append(f"{case.name}: exit code {process.returncode}: {err.decode(errors='replace')[-300:]}")


@click.command("kills")
@click.option("--rounds", default=100, show_default=True, help="How often it is killed.")
@click.option("--articles", default=200, show_default=True, help="How many are being added.")
@click.option("--longest", default=8.0, show_default=True, help="The latest moment of a kill, in seconds.")
@click.option("--seed", default=1, show_default=True)
def kills_command(*, rounds: int, articles: int, longest: float, seed: int) -> None:
    """Kill `sayso add` at random moments: is anything lost that was acknowledged?"""
    kills = Kills()
    with tempfile.TemporaryDirectory(prefix="sayso-kills-") as folder:
        for kills in measure_kills(Path(folder), rounds=rounds, articles=articles, longest_s=longest, seed=seed):
            click.echo(f"\r{kills.rounds} of {rounds}", nl=False, err=True)
    click.echo(err=True)
    click.echo(
        f"{kills.rounds} kills over {kills.cases} cases of {articles} articles: {len(kills.lost)} acknowledged "
        f"articles lost, {len(kills.torn)} records torn, {len(kills.unfinished)} runs that did not complete afterwards"
    )
    for line in (*kills.lost[:5], *kills.torn[:5], *kills.unfinished[:5]):
        click.echo(f"  {line}")
    sys.exit(0 if kills.is_clean else EXIT_VIOLATION)


@click.command("writers")
@click.option("--articles", default=40, show_default=True, help="How many each writer adds.")
@click.option("--writers", default=4, show_default=True)
def writers_command(*, articles: int, writers: int) -> None:
    """Let several add to one case at once while another reads it."""
    with tempfile.TemporaryDirectory(prefix="sayso-writers-") as folder:
        case = Path(folder, "case.sayso")
        Ledger.create(str(case)).close()
        paths = write_articles(Path(folder, "articles"), articles * writers)
        parts = [paths[start::writers] for start in range(writers)]
        running = [run_sayso("add", "--quiet", "--case", case, *part) for part in parts]
        reads, slowest_s = 0, 0.0
        while any(process.poll() is None for process in running):
            began = time.perf_counter()
            with Ledger.open(str(case)) as ledger, ledger.look() as lists:
                lists.claims(limit=20)
            slowest_s = max(slowest_s, time.perf_counter() - began)
            reads += 1
            time.sleep(0.05)
        errors = [process.communicate()[1].decode(errors="replace") for process in running]
        bad = [error for process, error in zip(running, errors, strict=True) if process.returncode]
        with Ledger.open(str(case)) as ledger, ledger.look() as lists:
            kept, findings = lists.info().n_documents, ledger.verify().findings
    click.echo(
        f"{writers} writers of {articles} articles each: {kept} of {len(paths)} kept, {len(bad)} writers failed, "
        f"{len(findings)} findings; meanwhile {reads} reads, the slowest {1000 * slowest_s:.0f} ms"
    )
    for error in bad:
        click.echo(f"  {error[-300:]}")
    sys.exit(0 if kept == len(paths) and not bad and not findings else EXIT_VIOLATION)


@click.command("full-disk")
@click.option("--size", default="3m", show_default=True, help="Of the disk, as `mount -o size=` takes it.")
def full_disk_command(*, size: str) -> None:
    """Add articles until a small disk is full: is the refusal clean, and what was kept whole?"""
    with tempfile.TemporaryDirectory(prefix="sayso-disk-") as folder:
        disk, inputs = Path(folder, "disk"), Path(folder, "articles")
        disk.mkdir()
        write_articles(inputs, 200)
        mounted = subprocess.run([MOUNT, "-t", "tmpfs", "-o", f"size={size}", "tmpfs", disk], check=False)  # noqa: S603
        if mounted.returncode:
            click.echo("SKIPPED: a small disk cannot be mounted here (root may).")
            return
        try:
            outcome = _fill(disk / "case.sayso", inputs)
        finally:
            subprocess.run([UMOUNT, disk], check=False)  # noqa: S603
    click.echo(outcome.say())
    sys.exit(0 if outcome.is_clean else EXIT_VIOLATION)


@dataclass(frozen=True, slots=True)
class Filled:
    """What happened on a full disk.

    Attributes:
        code: Exit code of `add`.
        message: The last line that it printed.
        told: Articles told as added.
        kept: Of these, those that the case has.
        findings: Of `verify`.
        has_trace: Whether a traceback was printed.
    """

    code: int
    message: str
    told: int
    kept: int
    findings: int
    has_trace: bool

    @property
    def is_clean(self) -> bool:
        """Whether it was refused in words, and nothing acknowledged was lost."""
        return self.code == 1 and not self.has_trace and self.told == self.kept and not self.findings

    def say(self) -> str:
        """Return it in a line."""
        return (
            f"exit code {self.code}, {self.kept} of {self.told} acknowledged articles kept, {self.findings} findings; "
            f"it said: {self.message}"
        )


def _fill(case: Path, inputs: Path) -> Filled:
    Ledger.create(str(case)).close()
    process = run_sayso("add", "--json", "--case", case, inputs)
    out, err = process.communicate()
    told = _list_added(out)
    lines = err.decode(errors="replace").strip().splitlines()
    with Ledger.open(str(case)) as ledger, ledger.store.view() as view:
        kept = sum(view.has_reading(doc) for doc in told)
        findings = len(ledger.verify().findings)
    return Filled(
        process.returncode,
        lines[-1] if lines else "",
        len(told),
        kept,
        findings,
        any("Traceback" in line for line in lines),
    )


@click.command("adding")
@click.option("--articles", default=120, show_default=True)
@click.option("--pairs", default=3, show_default=True, help="How often both are timed, turn about.")
def adding_command(*, articles: int, pairs: int) -> None:
    """Time `sayso add` against `sayso read --json` of the same articles."""
    shares = []
    with tempfile.TemporaryDirectory(prefix="sayso-adding-") as folder:
        inputs = Path(folder, "articles")
        write_long_articles(inputs, articles)
        for pair in range(pairs):
            case = Path(folder, f"case-{pair}.sayso")
            Ledger.create(str(case)).close()
            read_s = _time("read", "--json", "--out", Path(folder, f"out-{pair}"), inputs)
            add_s = _time("add", "--quiet", "--case", case, inputs)
            shares.append(read_s / add_s)
            click.echo(f"read {articles / read_s:.1f} articles/s, add {articles / add_s:.1f}: {100 * shares[-1]:.0f} %")
    share = sorted(shares)[len(shares) // 2]
    verdict = "enough" if share >= LEAST_SHARE else "TOO SLOW"
    click.echo(
        f"add is {100 * share:.0f} % as fast as read (median of {pairs}), at least {100 * LEAST_SHARE:.0f} %: {verdict}"
    )


def write_long_articles(folder: Path, count: int) -> None:
    """Write articles of the length of news, 600 words or so: real ones where the corpora are, else invented ones."""
    from sayso.bench.corpora import find_shared, load_polnear_texts  # noqa: PLC0415

    shared = find_shared()
    if shared is None:
        write_articles(folder, count)
        return
    folder.mkdir(parents=True, exist_ok=True)
    texts: Sequence[str] = [article.text for article in load_polnear_texts(shared, "dev")]
    for number in range(count):
        # The last line makes each text another one.
        (folder / f"{number:04}.txt").write_text(f"{texts[number % len(texts)]}\n\nNote {number}.\n", encoding="utf-8")


def _time(*arguments: str | Path) -> float:
    began = time.perf_counter()
    process = run_sayso(*arguments)
    process.communicate()
    return time.perf_counter() - began
