"""Origins: bounds held against brute force over all worlds of small cases, and how long large cases take."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import click

from sayso.bench.origin_cases import make_hard_case, make_large_case, make_small_case
from sayso.bench.origin_worlds import Contradictory, find_range
from sayso.corroborate.origins import find_origins

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sayso.records import OriginCase

SHAPES = ("news", "copies", "chain", "ladder", "circle", "sources")
TIMES = 7


@dataclass(slots=True)
class Tightness:
    """How bounds compare with those of all worlds.

    Attributes:
        n: Pairs of bounds compared: two levels a case.
        false: Bounds that some world breaks.
        least: Least numbers that are the true minimum.
        most: Greatest numbers that are the true maximum.
        skipped: Cases whose ties leave no world.
        claimed: Bounds that were said to be reached and are not.
    """

    n: int = 0
    false: int = 0
    least: int = 0
    most: int = 0
    skipped: int = 0
    claimed: int = 0
    first_false: list[str] = field(default_factory=list)

    def add(self, case: OriginCase) -> None:
        """Compare one case on both levels."""
        got = find_origins(case)
        for bounds in (got.persons, got.organisations):
            try:
                least, most = find_range(case, bounds.level)
            except Contradictory:
                self.skipped += 1
                continue
            self.n += 1
            self.least += bounds.least == least
            self.most += bounds.most == most
            self.claimed += bounds.is_least_exact and bounds.least != least
            self.claimed += bounds.is_most_exact and bounds.most != most
            if bounds.least > least or bounds.most < most:
                self.false += 1
                self.first_false.append(case.claim)


def measure_tightness(make: Callable[[int], OriginCase], seeds: Sequence[int]) -> Tightness:
    """Return how the bounds of many small cases compare with those of all their worlds."""
    found = Tightness()
    for seed in seeds:
        found.add(make(seed))
    return found


def measure_time(shape: str, n: int) -> tuple[float, float]:
    """Return the least and the median of the seconds of processor time that a case of n tellings takes."""
    case = make_large_case(n, shape)
    times = []
    for _ in range(TIMES):
        start = time.process_time()
        find_origins(case)
        times.append(time.process_time() - start)
    times.sort()
    return times[0], times[len(times) // 2]


@click.command("origins")
@click.option("--graphs", default=10_000, show_default=True, help="How many small cases; as many hard ones a tenth.")
@click.option("--tellings", default=20_000, show_default=True, help="How many tellings a large case has.")
def origins_command(*, graphs: int, tellings: int) -> None:
    """Measure the bounds of origins against all worlds of small cases, and the time of large ones."""
    for name, make, count in (("random", make_small_case, graphs), ("hard", make_hard_case, max(1, graphs // 10))):
        found = measure_tightness(make, range(count))
        click.echo(
            f"{name}: {count} cases, n = {found.n} pairs of bounds, {found.false} false; least is the true minimum in "
            f"{100 * found.least / found.n:.2f} %, greatest the true maximum in {100 * found.most / found.n:.2f} %; "
            f"{found.claimed} wrongly said to be reached; {found.skipped} without a world"
        )
        if found.first_false:
            click.echo(f"  false: {', '.join(found.first_false[:5])}")
    for shape in SHAPES:
        small, (best, median) = measure_time(shape, max(1, tellings // 10))[0], measure_time(shape, tellings)
        growth = math.log10(best / small) if small else 0.0
        click.echo(
            f"{shape}: {tellings} tellings in {best:.3f} s of processor time (best of {TIMES}; median {median:.3f}); "
            f"from a tenth as many it grows with exponent {growth:.2f}"
        )
