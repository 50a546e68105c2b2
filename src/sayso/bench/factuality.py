"""How well `rate_event` agrees with people: mean absolute error and Pearson's r, beside "everything happened".

Sentences are resampled, not events: the events of one sentence are not independent.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click
import numpy as np
from rich.console import Console
from rich.table import Table

from sayso.bench.corpora import require_shared
from sayso.bench.figures import BOUNDS, draw_weights
from sayso.extract.factuality import rate_event

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

CORPORA = ("UW", "MEANTIME", "UDS_IH2")
PARTS = ("train", "dev")
CONSTANT = 3.0
WIDTH = 120


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence and what people made of its events.

    Attributes:
        text: The sentence.
        events: For each, its place and its value, -3 … 3.
    """

    text: str
    events: tuple[tuple[tuple[int, int], float], ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How near to people's values some values are, each figure with its 95 % interval.

    Attributes:
        n: How many events.
        mae: Mean absolute error, with the interval's ends.
        r: Pearson's r, with the interval's ends; 0 where one side does not vary.
    """

    n: int
    mae: tuple[float, float, float]
    r: tuple[float, float, float]


def load_sentences(path: Path) -> list[Sentence]:
    """Return the sentences of a file of labelled tokens, one JSON object a line."""
    sentences = []
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        places: list[tuple[int, int]] = []
        at = 0
        for token in row["text"].split(" "):
            places.append((at, at + len(token)))
            at += len(token) + 1
        events = tuple(
            ((places[target["span1"][0]][0], places[target["span1"][1] - 1][1]), float(target["label"]))
            for target in row["targets"]
        )
        sentences.append(Sentence(row["text"], events))
    return sentences


def rate_sentences(sentences: Sequence[Sentence]) -> list[list[float]]:
    """Return the value of each event of each sentence."""
    return [[rate_event(s.text, at, (0, len(s.text))).value for at, _ in s.events] for s in sentences]


def measure_agreement(sentences: Sequence[Sentence], rated: Sequence[Sequence[float]]) -> Agreement:
    """Return how near the rated values are to people's, over sentences drawn again a thousand times."""
    table = np.array([_add_up([g for _, g in s.events], mine) for s, mine in zip(sentences, rated, strict=True)])
    table = table.reshape(-1, 7)
    sums = table.sum(0, keepdims=True)
    drawn = draw_weights(len(sentences)) @ table
    (mae,), (r,) = _mae(sums).tolist(), _pearson(sums).tolist()
    mae_low, mae_high = np.percentile(_mae(drawn), BOUNDS).tolist()
    r_low, r_high = np.percentile(_pearson(drawn), BOUNDS).tolist()
    return Agreement(int(sums[0, 0]), (mae, mae_low, mae_high), (r, r_low, r_high))


def _add_up(gold: Sequence[float], rated: Sequence[float]) -> list[float]:
    """Return the sums of one sentence from which both figures follow."""
    g, v = np.asarray(gold, dtype=np.float64), np.asarray(rated, dtype=np.float64)
    return [len(g), float(np.abs(g - v).sum()), g.sum(), v.sum(), (g * g).sum(), (v * v).sum(), (g * v).sum()]


def _mae(sums: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the mean absolute error of each row of sums."""
    return np.asarray(sums[:, 1] / np.maximum(sums[:, 0], 1))


def _pearson(sums: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return Pearson's r of each row of sums; 0 where one side does not vary."""
    n, _, g, v, gg, vv, gv = sums.T
    spread = (n * gg - g * g) * (n * vv - v * v)
    varies = spread > np.finfo(np.float64).eps * np.maximum(n, 1) ** 2
    r = np.divide(n * gv - g * v, np.sqrt(np.where(varies, spread, 1.0)), out=np.zeros(len(n)), where=varies)
    return np.asarray(r, dtype=np.float64)


@click.command("factuality")
def factuality_command() -> None:
    """Measure how surely events are put, against people, beside "everything happened"."""
    shared = require_shared()
    table = Table(title="Factuality, -3 … 3 (95 % interval; sentences resampled)")
    for column in ("corpus", "part", "events", "MAE", "MAE of constant 3", "Pearson r", "µs an event"):
        table.add_column(column, justify="left" if column in {"corpus", "part"} else "right")
    for corpus in CORPORA:
        for part in PARTS:
            path = shared / "data" / "factuality" / corpus / f"{part}.jsonl"
            if not path.is_file():
                click.secho(f"SKIPPED: {corpus} {part} is not there.", fg="yellow")
                continue
            table.add_row(corpus, part, *_measure_part(load_sentences(path)))
    Console(width=WIDTH).print(table)


def _measure_part(sentences: Sequence[Sentence]) -> list[str]:
    """Return one part's figures as they are printed."""
    began = time.process_time()
    rated = rate_sentences(sentences)
    spent = time.process_time() - began
    found = measure_agreement(sentences, rated)
    constant = measure_agreement(sentences, [[CONSTANT] * len(s.events) for s in sentences])
    return [
        f"{found.n:,}",
        *("{:.3f} ({:.3f} … {:.3f})".format(*figures) for figures in (found.mae, constant.mae, found.r)),
        f"{1e6 * spent / max(1, found.n):.0f}",
    ]
