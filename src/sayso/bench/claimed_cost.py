"""What of reading's cost goes to what is claimed: assertions, times, figures, places, names.

One article after the other on one thread: the share is of work, not of waiting.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from sayso.bench.corpora import load_polnear_texts, require_shared
from sayso.extract.claimed import find_claimed
from sayso.extract.pipeline import find_all, record_rows
from sayso.ingest import from_text
from sayso.ledger import Reader

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sayso.bench.corpora import Article

MOST_ADDED = 0.25
WARM_UP = 4


@dataclass(frozen=True, slots=True)
class ClaimedCost:
    """Seconds over some articles.

    Attributes:
        articles: How many.
        whole_s: From text to reading.
        claimed_s: Of these, for what is claimed.
    """

    articles: int
    whole_s: float
    claimed_s: float

    @property
    def added(self) -> float:
        """What is claimed, as a share of the rest."""
        return self.claimed_s / (self.whole_s - self.claimed_s)


def measure_claimed(reader: Reader, articles: Iterable[Article]) -> ClaimedCost:
    """Return what the articles cost, in whole and for what is claimed; the syntax head counts for the latter."""
    count, whole, claimed = 0, 0.0, 0.0
    for article in articles:
        began = time.perf_counter()
        doc = from_text(article.text, name=article.name)
        (encoded,) = reader.model.encode([reader.model.split(doc.text)])
        found = find_all(doc, encoded, reader.model)
        reading = record_rows(doc, encoded, found, reader.model, reader.run)
        rows_done = time.perf_counter()
        find_claimed(reading, encoded.words, found, reader.gazetteer)
        done = time.perf_counter()
        reader.model.score_syntax(encoded)
        whole += done - began
        claimed += done - rows_done + time.perf_counter() - done
        count += 1
    return ClaimedCost(count, whole, claimed)


@click.command("share")
def share_command() -> None:
    """What of the cost goes to assertions, times, figures and places."""
    articles = load_polnear_texts(require_shared(), "dev")
    reader = Reader()
    measure_claimed(reader, articles[:WARM_UP])
    cost = measure_claimed(reader, articles)
    verdict = "enough" if cost.added <= MOST_ADDED else "TOO MUCH"
    click.echo(
        f"{cost.articles} articles: {1000 * cost.whole_s / cost.articles:.1f} ms each, of which "
        f"{1000 * cost.claimed_s / cost.articles:.1f} ms for what is claimed: "
        f"{100 * cost.added:.0f} % on top of the rest, at most {100 * MOST_ADDED:.0f} %: {verdict}"
    )
