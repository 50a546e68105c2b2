"""What finding copies costs as a case grows: articles composed from PolNeAR's sentences, added one by one.

Half of a sentence's words are drawn again from the corpus, so that sentences recur as words do and not as wholes; one
article in five carries a stretch of an earlier one. Only our own work is timed, by CPU.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sayso.bench.composed_copies import SEED
from sayso.bench.copies_composed import make_document
from sayso.corroborate.candidates import Index
from sayso.corroborate.reuse import find_reuse
from sayso.text import find_sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sayso.bench.corpora import Article

STEPS = (1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000)
SENTENCES = 25
DRAWN_AGAIN = 0.5
COPY_SHARE, COPIED = 0.2, 0.25
# One in so many is remembered to be copied from.
REMEMBERED = 16
MILLI = 1000
PERCENTILES = (50, 99)
COLUMNS = ("articles", "index s", "edges s", "edges", "MB", "median ms", "99 % ms", "worst ms")
HEADER = " ".join(f"{column:>9}" for column in COLUMNS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What it cost up to so many articles.

    Attributes:
        articles: How many were added.
        index_s: CPU time for reading words, fingerprints and the index.
        edges_s: CPU time for comparing with the candidates.
        edges: How many edges were found.
        size_bytes: What the index holds.
        median_ms: Of the last thousand additions.
        late_ms: 99 in a hundred of the last thousand additions are faster.
        worst_ms: The slowest addition so far.
    """

    articles: int
    index_s: float
    edges_s: float
    edges: int
    size_bytes: int
    median_ms: float
    late_ms: float
    worst_ms: float


def compose_articles(articles: Sequence[Article], count: int) -> Iterator[str]:
    """Yield that many composed articles, about as long as the real ones."""
    sentences = [
        np.array(article.text[start:end].split(), dtype=object)
        for article in articles
        for start, end in find_sentences(article.text)
    ]
    vocabulary = np.concatenate(sentences)
    draw = np.random.default_rng(SEED)
    earlier: list[list[str]] = []
    for number in range(count):
        mixed = np.concatenate([sentences[place] for place in draw.integers(0, len(sentences), SENTENCES)])
        changed = draw.random(len(mixed)) < DRAWN_AGAIN
        mixed[changed] = vocabulary[draw.integers(0, len(vocabulary), int(changed.sum()))]
        made: list[str] = mixed.tolist()
        if earlier and draw.random() < COPY_SHARE:
            taken = earlier[int(draw.integers(len(earlier)))]
            size = int(COPIED * len(taken))
            made[:size] = taken[:size]
        if number % REMEMBERED == 0:
            earlier.append(made)
        yield " ".join(made)


def measure_growth(articles: Sequence[Article], most: int) -> Iterator[Step]:
    """Yield what it cost at each step up to so many articles."""
    index, texts = Index(), {}
    spent = {"index": 0.0, "edges": 0.0}
    edges, times = 0, list[float]()
    for number, text in enumerate(compose_articles(articles, most), 1):
        document = make_document(str(number - 1), text)
        texts[document.id] = document.name, text
        begin = time.process_time()
        candidates = index.add(document)
        taken = time.process_time() - begin
        spent["index"] += taken
        times.append(taken * MILLI)
        begin = time.process_time()
        others = [make_document(*texts[candidate.document]) for candidate in candidates]
        edges += len(find_reuse(document, others)) if others else 0
        spent["edges"] += time.process_time() - begin
        if number in STEPS or number == most:
            median, late = np.percentile(times[-MILLI:], PERCENTILES)
            yield Step(
                articles=number,
                index_s=spent["index"],
                edges_s=spent["edges"],
                edges=edges,
                size_bytes=index.size_bytes,
                median_ms=float(median),
                late_ms=float(late),
                worst_ms=max(times),
            )


def fit_exponent(steps: Sequence[Step]) -> float:
    """Return by which power of the number of articles the time in all grows, by least squares of logarithms."""
    sizes = np.log([step.articles for step in steps])
    spent = np.log([step.index_s + step.edges_s for step in steps])
    return float(np.polyfit(sizes, spent, 1)[0])


def print_growth(articles: Sequence[Article], most: int) -> None:
    """Print the steps as they are reached, and the exponent."""
    print(f"\ngrowth, composed articles, CPU seconds; a thousand additions before each step\n{HEADER}")
    steps = []
    for step in measure_growth(articles, most):
        steps.append(step)
        print(
            f"{step.articles:>9,} {step.index_s:>9.1f} {step.edges_s:>9.1f} {step.edges:>9,}"
            f" {step.size_bytes / 1e6:>9.0f} {step.median_ms:>9.2f} {step.late_ms:>9.2f} {step.worst_ms:>9.0f}",
            flush=True,
        )
    if len(steps) > 1:
        print(f"exponent: {fit_exponent(steps):.3f} ({steps[0].articles:,} to {steps[-1].articles:,} articles)")
