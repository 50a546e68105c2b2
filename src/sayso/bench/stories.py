"""How well articles are grouped by the event that they tell of: ECB+, its sub-topics as events, no dates.

The weights are set by hand: the terms of this corpus allow to measure and look, so that no weight fitted on it may be
shipped. Half of the subjects of the measured part, by the hash of their number, may
be looked at while developing; both halves are printed. Whole subjects are resampled for the interval: they hold two
events of one kind each, and a mistake is mostly made between these two.
"""

from __future__ import annotations

import hashlib
import random
import re
import statistics
import time
from typing import TYPE_CHECKING

import click
import numpy as np

from sayso.bench.clusterings import BCubed, measure_bcubed
from sayso.bench.corpora import load_newswcl50, require_shared
from sayso.bench.ecb_plus import load_ecb_plus
from sayso.corroborate.rarity import Rarity
from sayso.corroborate.stories import StoryIndex
from sayso.corroborate.story_marks import StoryMarks, mark_text
from sayso.encoder.word_list import load_common_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from sayso.bench.ecb_plus import EventArticle

ORDERS = 20
GROWTH = (1_000, 2_500, 5_000, 10_000, 20_000)
TIMED_LAST = 200
PAIRS_SHOWN = 2


def group_articles(articles: Sequence[EventArticle], common_words: Sequence[str]) -> list[int]:
    """Return the story of each article, the articles added in their order."""
    index = StoryIndex(common_words)
    for article in articles:
        index.add_marks(article.name, mark_text(article.text))
    return [index.story_of(article.name) for article in articles]


def group_by_words(articles: Sequence[EventArticle], threshold: float) -> list[int]:
    """Return the group of each article by the cosine of its words to the groups so far: TF-IDF alone, online."""
    rarity = Rarity()
    marks = [mark_text(article.text) for article in articles]
    for mark in marks:
        rarity.count(mark.terms)
    sums: list[tuple[dict[str, float], int]] = []
    found = []
    for mark in marks:
        weights = {term: (1 + np.log(n)) * rarity.weigh(term) for term, n in mark.terms.items()}
        length = float(np.sqrt(sum(weight**2 for weight in weights.values()))) or 1.0
        vector = {term: float(weight) / length for term, weight in weights.items()}
        likeness = [sum(w * s.get(t, 0.0) for t, w in vector.items()) / n for s, n in sums]
        best = int(np.argmax(likeness)) if likeness else 0
        if not likeness or likeness[best] < threshold:
            sums.append((vector, 1))
            found.append(len(sums) - 1)
            continue
        summed, count = sums[best]
        for term, weight in vector.items():
            summed[term] = summed.get(term, 0.0) + weight
        sums[best] = (summed, count + 1)
        found.append(best)
    return found


def measure(articles: Sequence[EventArticle], group: Callable[[Sequence[EventArticle]], list[int]]) -> BCubed:
    """Return B-cubed of one way of grouping."""
    return measure_bcubed(group(articles), [a.event for a in articles], [a.subject for a in articles])


def is_looked_at(subject: str) -> bool:
    """Return whether a subject belongs to the half that may be looked at while developing."""
    return hashlib.sha256(f"ecb+ subject {subject}".encode()).digest()[0] % 2 == 0


def shuffle_articles(articles: Sequence[EventArticle], seed: int) -> list[EventArticle]:
    """Return the articles in another order, the same for the same seed."""
    shuffled = list(articles)
    random.Random(seed).shuffle(shuffled)  # noqa: S311  an order, no secret
    return shuffled


def measure_orders(articles: Sequence[EventArticle], common_words: Sequence[str]) -> tuple[list[BCubed], list[BCubed]]:
    """Return B-cubed in different orders, and of each order's groups against the next one's."""
    scores, between = [], []
    before: dict[str, int] | None = None
    for seed in range(ORDERS):
        shuffled = shuffle_articles(articles, seed)
        found = group_articles(shuffled, common_words)
        scores.append(measure_bcubed(found, [a.event for a in shuffled], [a.subject for a in shuffled]))
        if before is not None:
            between.append(measure_bcubed(found, [before[a.name] for a in shuffled], [a.subject for a in shuffled]))
        before = {article.name: group for article, group in zip(shuffled, found, strict=True)}
    return scores, between


def compose_marks(articles: Sequence[EventArticle], count: int) -> list[StoryMarks]:
    """Return marks of that many made-up articles.

    Each takes half of its sentences from one article and half from another at random; every pair is in effect a story
    of its own, and each tenth article takes up an earlier one.
    """
    draw = random.Random(7)  # noqa: S311  an order, no secret
    split = [re.split(r"(?<=[.!?]) ", article.text) for article in articles]
    texts: list[str] = []
    for number in range(count):
        if number and number % 10 == 0:
            base = draw.choice(texts).split("\n")
        else:
            base = [s for sentences in draw.sample(split, 2) for s in draw.sample(sentences, (len(sentences) + 1) // 2)]
            base.insert(0, f"Case{number % 9973} Place{number % 7919} Name{number % 6133}.")
        texts.append("\n".join(base))
    return [mark_text(text) for text in texts]


def measure_growth(articles: Sequence[EventArticle], common_words: Sequence[str], most: int) -> list[tuple[int, float]]:
    """Return for growing numbers of articles the median milliseconds that adding one more takes."""
    index, timed, sizes = StoryIndex(common_words), [], []
    marks = compose_marks(articles, most)
    for number, mark in enumerate(marks, start=1):
        began = time.perf_counter()
        index.add_marks(str(number), mark)
        timed.append(1000 * (time.perf_counter() - began))
        if number in GROWTH or number == most:
            sizes.append((number, statistics.median(timed[-TIMED_LAST:])))
    return sizes


def find_threshold(articles: Sequence[EventArticle]) -> float:
    """Return the threshold at which the words alone do best on some articles."""
    thresholds = [step / 100 for step in range(6, 32, 2)]
    return max(thresholds, key=lambda threshold: measure(articles, lambda a: group_by_words(a, threshold)).f1)


def measure_web_articles(shared: Path, common_words: Sequence[str]) -> tuple[BCubed, BCubed]:
    """Return B-cubed on the events of NewsWCL50, without dates and with the days that stand in the addresses."""
    articles = load_newswcl50(shared)
    days = _read_days(shared / "data/newswcl50/urls.tsv")
    right = [article.name.split("_")[0] for article in articles]
    figures = []
    for dated in (False, True):
        index = StoryIndex(common_words)
        for article in articles:
            index.add_marks(article.name, mark_text(article.text), day=days.get(article.name) if dated else None)
        figures.append(measure_bcubed([index.story_of(article.name) for article in articles], right))
    return figures[0], figures[1]


def _read_days(path: Path) -> dict[str, float]:
    """Return the days that stand in the addresses of the articles, counted; those without one are left out."""
    import datetime as dt  # noqa: PLC0415  for this alone

    days = {}
    for line in path.read_text("utf-8").splitlines()[1:]:
        event, outlet, address = line.split("\t")
        found = re.search(r"/(\d{4})/(\d{2})/(\d{2})/", address)
        if found:
            days[f"{event}_{outlet}"] = float(dt.date(*map(int, found.groups())).toordinal())
    return days


@click.command("stories")
@click.option(
    "--most", default=5_000, show_default=True, help="How many articles the growth in time is measured up to."
)
def stories_command(*, most: int) -> None:
    """Measure how articles are grouped by the event that they tell of."""
    shared = require_shared()
    common_words = load_common_words()
    training, dev = load_ecb_plus(shared, "train"), load_ecb_plus(shared, "dev")
    click.echo("B-cubed on ECB+ (events are its sub-topics; no dates); 95 % interval over subjects")
    threshold = find_threshold(training)
    rows = [("train (looked at)", training), ("dev", dev)]
    rows += [(f"dev, {name}", [a for a in dev if is_looked_at(a.subject) is half]) for name, half in HALVES]
    for name, articles in rows:
        click.echo(f"{name:<24} stories      {measure(articles, lambda a: group_articles(a, common_words))}")
        click.echo(f"{'':<24} TF-IDF alone {measure(articles, lambda a: group_by_words(a, threshold))}")
    scores, between = measure_orders(dev, common_words)
    f1s = [score.f1 for score in scores]
    spread = f"mean {statistics.mean(f1s):.1f}, standard deviation {statistics.stdev(f1s):.1f}"
    click.echo(f"dev in {ORDERS} orders: {spread}, least {min(f1s):.1f}, most {max(f1s):.1f}")
    click.echo(f"groups of one order against the next one's: mean F1 {statistics.mean(b.f1 for b in between):.1f}")
    plain, dated = measure_web_articles(shared, common_words)
    click.echo(f"NewsWCL50, no dates      stories      {plain}")
    click.echo(f"NewsWCL50, with days     stories      {dated}")
    sizes = measure_growth(training, common_words, most)
    for size, milliseconds in sizes:
        click.echo(f"adding one to {size:>6}: {milliseconds:.2f} ms")
    if len(sizes) > 1:
        slope = np.polyfit(np.log([s for s, _ in sizes]), np.log([m for _, m in sizes]), 1)[0]
        click.echo(f"time for one article grows with the number of articles to the power of {slope:.2f}")


HALVES = (("looked-at half", True), ("measured half", False))
