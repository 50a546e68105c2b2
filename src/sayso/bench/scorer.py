"""The official scorer, loaded where it stands, and what it counts for one article.

The scorer is not part of the package and is never copied: it is loaded by path at run time. It adds up over a corpus;
here it is run article by article, so that articles can be resampled, and each row carries its id in the one field that
the scorer hands through without looking at it (``certainty``), so that the rows it judged right are known.
"""

from __future__ import annotations

import importlib.util
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, cast

if TYPE_CHECKING:
    from pathlib import Path

    from sayso.bench.corpora import Article

LABELS = ("stance", "certainty", "endorsement", "kind", "naming")
ROLES = ("source_spans", "cue_spans", "content_spans")
EMPTY_READING: dict[str, Any] = {"sources": [], "attributions": [], "relations": [], "origins": []}

Parts = tuple[dict[str, Any], list[dict[str, Any]], dict[str, Any], list[Any], list[Any]]


class Counter(Protocol):
    """The scorer's counter: hits among the predicted, predicted, hits among the gold, gold."""

    n: list[int]


class Scorer(Protocol):
    """What is used of the scorer's module."""

    Tally: type[Counter]

    def normalise(self, doc: dict[str, Any], text: str, flat: bool = ...) -> Parts: ...  # noqa: D102, FBT001
    def score_article(  # noqa: D102
        self, text: str, gold: Parts, pred: Parts, tallies: dict[str, Counter], labels: dict[str, list[Any]]
    ) -> None: ...
    def align(  # noqa: D102
        self, gs: dict[str, Any], gm: dict[str, Any], ps: dict[str, Any], pm: dict[str, Any]
    ) -> dict[str, str | None]: ...
    def names_agree(self, a: str | None, b: str | None) -> bool: ...  # noqa: D102
    def overlap(self, a: Any, b: Any) -> bool: ...  # noqa: ANN401, D102 (lists or tuples of pairs)
    def macro(self, pairs: list[Any]) -> dict[str, float]: ...  # noqa: D102
    def route(self, row: dict[str, Any], rows: dict[str, Any]) -> list[str]: ...  # noqa: D102


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleScore:
    """What the scorer counted for one article.

    Attributes:
        name: The article's.
        counts: Per measure: hits among the predicted, predicted, hits among the gold, gold.
        labels: Per label: (gold, predicted) for each row that is right.
        right: (gold row id, predicted row id) for each row that is right by the measure ``ledger``.
    """

    name: str
    counts: dict[str, tuple[int, int, int, int]]
    labels: dict[str, list[tuple[str | None, str | None]]]
    right: list[tuple[str, str]]


def load_scorer(shared: Path) -> Scorer:
    """Return the scorer's module from the shared folder.

    Raises:
        FileNotFoundError: There is no scorer in that folder.
    """
    path = shared / "score" / "score_reading.py"
    spec = importlib.util.spec_from_file_location("score_reading", path)
    if spec is None or spec.loader is None or not path.is_file():
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return cast("Scorer", module)


def score_reading(scorer: Scorer, article: Article, reading: dict[str, Any], *, flat: bool) -> ArticleScore:
    """Return what the scorer counts for one reading against the article's gold."""
    gold = scorer.normalise(article.gold or EMPTY_READING, article.text)
    try:
        predicted = scorer.normalise(reading, article.text, flat)
    except (ValueError, KeyError, TypeError, AttributeError):
        predicted = scorer.normalise(EMPTY_READING, article.text)
    for row in [*gold[1], *predicted[1]]:
        row["certainty"] = (str(row["id"]), row.get("certainty"))
    tallies: dict[str, Counter] = defaultdict(scorer.Tally)
    labels: dict[str, list[Any]] = defaultdict(list)
    scorer.score_article(article.text, gold, predicted, tallies, labels)
    marks = labels["certainty"]
    labels["certainty"] = [(a[1], b[1]) for a, b in marks]
    return ArticleScore(
        name=article.name,
        counts={measure: _four(tally.n) for measure, tally in tallies.items()},
        labels={label: labels[label] for label in LABELS},
        right=[(a[0], b[0]) for a, b in marks],
    )


def split_sources(reading: dict[str, Any]) -> dict[str, Any]:
    """Return the reading with one source per row, for gold in which sources are not joined (``ledger`` by spans)."""
    rows = []
    sources = []
    for number, row in enumerate(reading.get("attributions") or []):
        mentions = row.get("source_spans") or []
        source = f"source-of-{number}" if mentions else None
        if source:
            sources.append({"id": source, "name": None, "kind": None, "naming": None, "mentions": mentions})
        rows.append({**row, "source": source, "via": []})
    return {**reading, "sources": sources, "attributions": rows, "relations": [], "origins": []}


def _four(counts: list[int]) -> tuple[int, int, int, int]:
    """Return the counter's four numbers."""
    first, second, third, fourth = counts
    return first, second, third, fourth
