"""Pairs of names: whether Sayso, rigour and nomenklatura tell that they are one party's, on the same rows.

A pair is *merged* where Sayso says "same"; "unsure" and "different" both leave it apart. For a rival it is merged where
its score reaches a threshold: the one that its users are told (0.7), and the one that gives it its best F1 on these
very rows, which is kinder to it than anything it could know. A *false merge* is a merged pair that is labelled as two;
its share is of all pairs that are labelled as two.
"""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from sayso.bench.corpora import require_shared
from sayso.bench.rival import INTERPRETER_VARIABLE
from sayso.bench.shares import Share, is_seen
from sayso.corroborate.name_judge import Finding, judge_names
from sayso.records import Kind, PartyRelation

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

EXIT_VIOLATION: Final = 3
MOST_FALSE_MERGES: Final = 2.0
USUAL: Final = 0.7
STEPS: Final = 200
BINS: Final = 10
LIMIT_S: Final = 900
CHILD: Final = Path(__file__).with_name("names_child.py")


@dataclass(frozen=True, slots=True, kw_only=True)
class NamePair:
    """One labelled pair.

    Attributes:
        schema: ``Person``, ``Company`` …
        left: The one name.
        right: The other.
        is_same: Whether it is labelled as one party's.
    """

    schema: str
    left: str
    right: str
    is_same: bool

    @property
    def kind(self) -> Kind:
        """The kind of party."""
        return Kind.PERSON if self.schema == "Person" else Kind.ORGANISATION

    @property
    def is_seen(self) -> bool:
        """Whether it is of the half that may be looked at."""
        return is_seen("\n".join(sorted((self.left, self.right))))


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How pairs were merged.

    Attributes:
        true_merges: One party, merged.
        false_merges: Two parties, merged.
        missed: One party, left apart.
        kept_apart: Two parties, left apart.
    """

    true_merges: int
    false_merges: int
    missed: int
    kept_apart: int

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall, in per cent."""
        return 200 * self.true_merges / max(1, 2 * self.true_merges + self.false_merges + self.missed)

    @property
    def shares(self) -> tuple[Share, Share, Share, Share]:
        """Precision, recall, accuracy, and the share of false merges."""
        merged, same = self.true_merges + self.false_merges, self.true_merges + self.missed
        different = self.false_merges + self.kept_apart
        right = self.true_merges + self.kept_apart
        return (
            Share(of="precision", right=self.true_merges, n=merged),
            Share(of="recall", right=self.true_merges, n=same),
            Share(of="accuracy", right=right, n=same + different),
            Share(of="false merges", right=self.false_merges, n=different),
        )


def load_pairs(shared: Path) -> list[NamePair]:
    """Return the labelled pairs, in the order of the file."""
    with (shared / "data" / "names" / "name_bench_dev.csv").open(encoding="utf-8", newline="") as file:
        return [
            NamePair(schema=row["schema"], left=row["name1"], right=row["name2"], is_same=row["is_match"] == "true")
            for row in csv.DictReader(file)
        ]


def tally(pairs: Sequence[NamePair], merged: Sequence[bool]) -> Tally:
    """Return how these pairs were merged."""
    counts = [(pair.is_same, is_merged) for pair, is_merged in zip(pairs, merged, strict=True)]
    return Tally(
        true_merges=counts.count((True, True)),
        false_merges=counts.count((False, True)),
        missed=counts.count((True, False)),
        kept_apart=counts.count((False, False)),
    )


def find_best_threshold(pairs: Sequence[NamePair], scores: Sequence[float]) -> float:
    """Return the threshold that gives the best F1 on these pairs."""
    steps = [step / STEPS for step in range(1, STEPS + 1)]
    return max(steps, key=lambda least: tally(pairs, [score >= least for score in scores]).f1)


def run_rivals(pairs: Sequence[NamePair]) -> tuple[dict[str, str], dict[str, list[float]], str]:
    """Return the rivals' versions and scores; no scores and the reason where they are not installed."""
    interpreter = os.environ.get(INTERPRETER_VARIABLE) or sys.executable
    rows = json.dumps([[pair.schema, pair.left, pair.right] for pair in pairs])
    try:
        done = subprocess.run(  # noqa: S603 (our own program, by the interpreter that the caller chose)
            [interpreter, str(CHILD)], input=rows.encode(), capture_output=True, timeout=LIMIT_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return {}, {}, str(error)
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines() or [f"exit code {done.returncode}"]
        return {}, {}, f"{interpreter}: {said[-1]}"
    answer = json.loads(done.stdout)
    return answer["versions"], answer["scores"], ""


def measure_calibration(pairs: Sequence[NamePair], findings: Sequence[Finding]) -> float:
    """Return the expected calibration error of our score, in per cent."""
    error = 0.0
    for number in range(BINS):
        low, high = number / BINS, (number + 1) / BINS
        inside = [
            (finding.score, pair.is_same)
            for pair, finding in zip(pairs, findings, strict=True)
            if low <= finding.score < high or (high == 1.0 and finding.score == 1.0)
        ]
        error += abs(sum(score for score, _ in inside) - sum(is_same for _, is_same in inside))
    return 100 * error / max(1, len(pairs))


GROUPS: Final[dict[str, Callable[[NamePair], bool]]] = {
    "all pairs": lambda _: True,
    "persons": lambda pair: pair.kind is Kind.PERSON,
    "companies and other bodies": lambda pair: pair.kind is not Kind.PERSON,
    "the half that was looked at": lambda pair: pair.is_seen,
    "the half that was only measured": lambda pair: not pair.is_seen,
    "only measured, persons": lambda pair: not pair.is_seen and pair.kind is Kind.PERSON,
    "only measured, bodies": lambda pair: not pair.is_seen and pair.kind is not Kind.PERSON,
}


def make_methods(
    pairs: Sequence[NamePair], findings: Sequence[Finding], scores: Mapping[str, Sequence[float]]
) -> dict[str, list[bool]]:
    """Return for each method which pairs it merges."""
    methods = {"sayso": [finding.relation is PartyRelation.SAME for finding in findings]}
    for name, values in scores.items():
        best = find_best_threshold(pairs, values)
        methods[f"{name} from {USUAL}"] = [value >= USUAL for value in values]
        methods[f"{name} from {best:.3f} (its best F1)"] = [value >= best for value in values]
    return methods


def show_group(pairs: Sequence[NamePair], methods: Mapping[str, Sequence[bool]], numbers: Sequence[int]) -> list[str]:
    """Return the lines of one group of pairs."""
    lines = []
    for name, merged in methods.items():
        found = tally([pairs[n] for n in numbers], [merged[n] for n in numbers])
        said = [
            f"{100 * share.right / max(1, share.n):5.1f} [{share.interval[0]:.1f}, {share.interval[1]:.1f}]"
            for share in found.shares
        ]
        lines.append(f"  {name:<36} {found.f1:5.1f}  " + "  ".join(f"{text:<20}" for text in said))
    return lines


def is_ahead(pairs: Sequence[NamePair], methods: Mapping[str, Sequence[bool]]) -> bool:
    """Return whether Sayso merges at most two in a hundred falsely, and has the best F1 and accuracy of all."""
    ours, *others = [tally(pairs, merged) for merged in methods.values()]
    false = ours.shares[3]
    is_careful = 100 * false.right <= MOST_FALSE_MERGES * false.n
    right = [found.true_merges + found.kept_apart for found in others]
    return is_careful and all(ours.f1 > found.f1 for found in others) and all(ours.shares[2].right > n for n in right)


@click.command("names")
@click.option("--misses", is_flag=True, help="Print what was told wrong in the half that may be looked at.")
def names_command(*, misses: bool) -> None:
    """Measure which pairs of names are told to be one party's, beside rigour and nomenklatura."""
    pairs = load_pairs(require_shared())
    findings = [judge_names(pair.left, pair.right, pair.kind) for pair in pairs]
    versions, scores, skipped = run_rivals(pairs)
    methods = make_methods(pairs, findings, scores)
    for title, belongs in GROUPS.items():
        numbers = [n for n, pair in enumerate(pairs) if belongs(pair)]
        same = sum(pairs[n].is_same for n in numbers)
        click.echo(f"\n{title}: {len(numbers)} pairs, {same} the same, {len(numbers) - same} different")
        click.echo(f"  {'':<36} {'F1':>5}  {'precision':<22}{'recall':<22}{'accuracy':<22}{'false merges':<22}")
        click.echo("\n".join(show_group(pairs, methods, numbers)))
        relations = [findings[n].relation for n in numbers]
        split = sum(pairs[n].is_same and findings[n].relation is PartyRelation.DIFFERENT for n in numbers)
        calibration = measure_calibration([pairs[n] for n in numbers], [findings[n] for n in numbers])
        click.echo(
            f"  sayso says unsure {relations.count(PartyRelation.UNSURE)} times, and different of {split} pairs that "
            f"are the same; its score is off by {calibration:.1f} points on average"
        )
    if skipped:
        click.secho(f"\nrigour and nomenklatura SKIPPED: {skipped}", fg="yellow")
    else:
        click.echo("\n" + ", ".join(f"{name} {version}" for name, version in versions.items()))
    if misses:
        show_misses(pairs, findings)
    if not is_ahead(pairs, methods):
        click.secho("more false merges than allowed, or a rival is ahead", fg="red", err=True)
        sys.exit(EXIT_VIOLATION)


def show_misses(pairs: Sequence[NamePair], findings: Sequence[Finding]) -> None:
    """Print the pairs of the half that may be looked at which were told wrong, with their features."""
    for pair, finding in zip(pairs, findings, strict=True):
        if pair.is_seen and (finding.relation is PartyRelation.SAME) != pair.is_same:
            label = "same" if pair.is_same else "different"
            click.echo(f"\n{pair.left} | {pair.right}: {label}, told {finding.relation} ({finding.score:.2f})")
            for feature in finding.features:
                click.echo(f"  {feature.name} {feature.value:g}: {feature.why}")
