"""How well mentions of the same claim are found: pairs of stretches of NewsWCL50, labelled by hand.

``claim_pairs.json`` holds names and offsets alone. The weights are set by hand: the terms of this corpus allow to
measure and look, so that no weight fitted on it may be shipped. Four events may be looked at while developing; the
other four are only measured. A pair on which the two readers differ, or that was left unsure, is not
counted. For the interval pairs are resampled.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import click
import numpy as np

from sayso.bench.corpora import load_newswcl50, require_shared
from sayso.bench.figures import Figure, draw_weights, measure_counts
from sayso.corroborate.claim_features import compute_cosine
from sayso.corroborate.claims import find_claims, judge_pair, weigh_mentions
from sayso.encoder.word_list import load_common_words
from sayso.ingest import from_text
from sayso.ledger.reader import Reader
from sayso.records import Story

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from sayso.corroborate.claim_features import WeighedMention
    from sayso.records import Reading

LEAST_OVERLAP = 0.5
EVEN = 0.5
SAME, DIFFERENT = "same", "different"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """One labelled pair.

    Attributes:
        event: The event that both articles tell.
        drawn: How it was drawn: by ``bands`` of likeness, or by ``likelihood`` for looking alone.
        first: Name of the article, first code point and one past the last.
        second: The same of the other.
        labels: The label of each reader.
    """

    event: str
    drawn: str
    first: tuple[str, int, int]
    second: tuple[str, int, int]
    labels: tuple[str, ...]

    @property
    def answer(self) -> bool | None:
        """Return whether both are of one claim; None where the readers differ or it was left unsure."""
        agreed = set(self.labels)
        return None if len(agreed) > 1 or not agreed <= {SAME, DIFFERENT} else agreed == {SAME}


@dataclass(frozen=True, slots=True, eq=False)
class Matched:
    """A labelled pair with the mentions that were read at its stretches.

    Attributes:
        pair: The pair.
        first: The mention at the one.
        second: The mention at the other.
    """

    pair: Pair
    first: WeighedMention
    second: WeighedMention


def load_pairs() -> tuple[list[Pair], frozenset[str]]:
    """Return the labelled pairs, and the events that may be looked at while developing."""
    kept: dict[str, Any] = json.loads((files("sayso.bench") / "claim_pairs.json").read_text("utf-8"))
    pairs = [
        Pair(
            event=row["event"],
            drawn=row["drawn"],
            first=tuple(row["first"]),
            second=tuple(row["second"]),
            labels=tuple(row["labels"]),
        )
        for row in kept["pairs"]
    ]
    return pairs, frozenset(kept["looked_at_events"])


def compute_kappa(pairs: Iterable[Pair]) -> tuple[float, float, int]:
    """Return the share of equal labels of two readers, Cohen's kappa, and over how many pairs."""
    labels = [pair.labels for pair in pairs if len(pair.labels) == 2]  # noqa: PLR2004  two readers
    count = len(labels)
    observed = sum(one == other for one, other in labels) / count
    first, second = Counter(one for one, _ in labels), Counter(other for _, other in labels)
    expected = sum(first[label] * second[label] for label in first) / count**2
    return observed, (observed - expected) / (1 - expected), count


def read_events(shared: Path) -> dict[str, Reading]:
    """Return the reading of each article, by its name."""
    articles = load_newswcl50(shared)
    readings = Reader().read_many([from_text(article.text) for article in articles])
    return {article.name: reading for article, reading in zip(articles, readings, strict=True)}


def match_pairs(pairs: Sequence[Pair], readings: Mapping[str, Reading], common_words: Sequence[str]) -> list[Matched]:
    """Return the pairs at both of whose stretches a mention was read."""
    by_event: dict[str, list[Reading]] = {}
    names = {reading.document.id: name for name, reading in readings.items()}
    for name, reading in readings.items():
        by_event.setdefault(name.split("_")[0], []).append(reading)
    near: dict[str, list[WeighedMention]] = {}
    for block in by_event.values():
        for mention in weigh_mentions(block, {}, common_words):
            near.setdefault(names[mention.facts.mention.document], []).append(mention)
    matched = []
    for pair in pairs:
        first, second = _find_mention(near, pair.first), _find_mention(near, pair.second)
        if first is not None and second is not None:
            matched.append(Matched(pair, first, second))
    return matched


def _find_mention(near: Mapping[str, Sequence[WeighedMention]], place: tuple[str, int, int]) -> WeighedMention | None:
    """Return the mention at a stretch of an article: the one that overlaps most, by half at least."""
    name, start, end = place

    def overlap(mention: WeighedMention) -> float:
        span = mention.facts.mention.span
        shared = min(end, span.end) - max(start, span.start)
        return shared / (max(end, span.end) - min(start, span.start))

    best = max(near.get(name, ()), key=overlap, default=None)
    return best if best is not None and overlap(best) >= LEAST_OVERLAP else None


def measure_decisions(decided: Sequence[bool], answers: Sequence[bool]) -> Figure:
    """Return precision, recall and F1 of decisions that pairs are of one claim."""
    counts = [(int(d and a), int(d), int(d and a), int(a)) for d, a in zip(decided, answers, strict=True)]
    return measure_counts("same claim", counts, draw_weights(len(counts)))


def find_best_threshold(scores: NDArray[np.float64], answers: Sequence[bool]) -> float:
    """Return the threshold with the best F1."""
    thresholds = [step / 100 for step in range(5, 90)]
    return max(thresholds, key=lambda t: measure_decisions(list(scores >= t), answers).value)


def group_events(readings: Mapping[str, Reading], common_words: Sequence[str]) -> dict[str, str]:
    """Return the claim of each mention, by id, the events given as stories."""
    documents: dict[str, list[str]] = {}
    for name, reading in readings.items():
        documents.setdefault(name.split("_")[0], []).append(reading.document.id)
    stories = [Story(id=event, documents=tuple(ids), words=(), members=()) for event, ids in documents.items()]
    claims, _ = find_claims(list(readings.values()), stories=stories, common_words=common_words)
    return {mention.id: claim.id for claim in claims for mention in claim.mentions}


def show(name: str, figure: Figure) -> None:
    """Print a figure on one line."""
    interval = f"[{figure.low:.1f}, {figure.high:.1f}]"
    parts = f"P {figure.precision:5.1f}  R {figure.recall:5.1f}  F1 {figure.value:5.1f} {interval}"
    click.echo(f"{name:<52} {parts}  n {figure.n}")


@click.command("claims")
@click.option("--calibration", is_flag=True, help="Print how often pairs of a likelihood are of one claim.")
def claims_command(*, calibration: bool) -> None:
    """Measure how mentions of the same claim are found across articles."""
    shared = require_shared()
    pairs, looked_at_events = load_pairs()
    observed, kappa, count = compute_kappa(pairs)
    click.echo(f"{len(pairs)} pairs; two readers apart: {100 * observed:.1f} % equal, kappa {kappa:.2f}, n {count}")
    readings, common_words = read_events(shared), load_common_words()
    matched = match_pairs(pairs, readings, common_words)
    click.echo(f"read again at both stretches: {len(matched)} of {len(pairs)}")
    counted = [one for one in matched if one.pair.answer is not None]
    looked_at = [one for one in counted if one.pair.event in looked_at_events]
    measured = [one for one in counted if one.pair.event not in looked_at_events]
    claim_of = group_events(readings, common_words)
    _show_looked_at(looked_at)
    _show_measured(looked_at, measured, claim_of)
    if calibration:
        _show_calibration(measured)


def _show_looked_at(looked_at: Sequence[Matched]) -> None:
    """Print the figures of the events that may be looked at."""
    decided = [judge_pair(one.first, one.second).likelihood >= EVEN for one in looked_at]
    show("looked-at events, pair by pair", measure_decisions(decided, [bool(one.pair.answer) for one in looked_at]))


def _show_measured(looked_at: Sequence[Matched], measured: Sequence[Matched], claim_of: Mapping[str, str]) -> None:
    """Print the figures of the events that are only measured, beside the likeness of words alone."""
    answers = [bool(one.pair.answer) for one in measured]
    likely = [judge_pair(one.first, one.second).likelihood for one in measured]
    grouped = [claim_of[one.first.facts.mention.id] == claim_of[one.second.facts.mention.id] for one in measured]
    show("measured events, pair by pair", measure_decisions([value >= EVEN for value in likely], answers))
    show("measured events, in one claim after grouping", measure_decisions(grouped, answers))
    before = np.array([compute_cosine(one.first.words, one.second.words) for one in looked_at])
    words = np.array([compute_cosine(one.first.words, one.second.words) for one in measured])
    threshold = find_best_threshold(before, [bool(one.pair.answer) for one in looked_at])
    show(
        f"TF-IDF alone, best of the looked-at events ({threshold:.2f})",
        measure_decisions(list(words >= threshold), answers),
    )
    best = find_best_threshold(words, answers)
    show(f"TF-IDF alone, best of the measured events ({best:.2f})", measure_decisions(list(words >= best), answers))
    ranked = f"{rank_pairs(np.array(likely), answers):.3f}, by TF-IDF alone {rank_pairs(words, answers):.3f}"
    click.echo(f"area under the curve {ranked}")


def rank_pairs(scores: NDArray[np.float64], answers: Sequence[bool]) -> float:
    """Return how often a pair of one claim stands above one of two: the area under the ROC curve."""
    same, other = scores[np.array(answers)], scores[~np.array(answers)]
    above = (same[:, None] > other[None, :]).mean() + 0.5 * (same[:, None] == other[None, :]).mean()
    return float(above)


def _show_calibration(measured: Sequence[Matched]) -> None:
    """Print how often pairs of a likelihood are of one claim."""
    judged = [(judge_pair(one.first, one.second).likelihood, bool(one.pair.answer)) for one in measured]
    for low in (0.0, 0.2, 0.4, 0.6, 0.8):
        inside = [(value, answer) for value, answer in judged if low <= value < low + 0.2 or (low, value) == (0.8, 1.0)]
        if inside:
            mean = sum(value for value, _ in inside) / len(inside)
            right = sum(answer for _, answer in inside) / len(inside)
            click.echo(
                f"likelihood {low:.1f} to {low + 0.2:.1f}: mean {mean:.2f}, of one claim {right:.2f}, n {len(inside)}"
            )
