"""What a person's time in `review` finds: of the rows that are wrong, how many come among the first that are asked.

A row is wrong if the scorer's ``ledger`` says so, or if one of its labels or its source's is another than the guide's.
Rows whose stance is ``other`` are outside the ledger and left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import click

from sayso.bench.breakdown import LEFT_OUT, by_id
from sayso.bench.calibration import LABEL_ORDER
from sayso.bench.corpora import load_gold, require_shared
from sayso.bench.readings import make_documents, open_reader
from sayso.bench.scorer import load_scorer, score_reading
from sayso.bench.shares import Share
from sayso.export.reading_json import to_object
from sayso.ledger.queue import REFUSALS, rank_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sayso.bench.corpora import Article
    from sayso.bench.readings import ManyReader
    from sayso.bench.scorer import ArticleScore, Scorer
    from sayso.records import Attribution, Reading

PARTS: Final = (0.1, 0.2, 0.3, 0.5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What one order of asking finds.

    Attributes:
        order: Its name.
        wrong: For each part of the rows, how many of the wrong ones are in it.
        wrong_refusals: The same of denials, doubts and refusals.
    """

    order: str
    wrong: tuple[Share, ...]
    wrong_refusals: tuple[Share, ...]


def find_wrong(article: Article, reading: Mapping[str, Any], score: ArticleScore) -> dict[str, bool]:
    """Return for each row of the ledger whether anything about it is wrong."""
    rows = {str(row["id"]): row for row in reading["attributions"]}
    gold = article.gold or {"attributions": [], "sources": []}
    gold_rows = {str(row["id"]): row for row in gold["attributions"]}
    sources, gold_sources = by_id(reading["sources"]), by_id(gold["sources"])
    wrong = {name: True for name, row in rows.items() if row["stance"] != LEFT_OUT}
    for gold_name, name in score.right:
        row, labelled = rows[name], gold_rows[gold_name]
        source, party = sources.get(row["source"], {}), gold_sources.get(labelled.get("source"), {})
        is_same = all(row.get(label) == labelled.get(label) for label in LABEL_ORDER)
        is_same = is_same and all(source.get(label) == party.get(label) for label in ("kind", "naming"))
        if name in wrong:
            wrong[name] = not is_same
    return wrong


def measure_order(order: str, rows: Sequence[str], wrong: Mapping[str, bool], refusals: frozenset[str]) -> Found:
    """Return what is found in the first parts of an order of rows."""

    def share(part: float, among: frozenset[str] | None) -> Share:
        first = set(rows[: round(part * len(rows))])
        faulty = [row for row, is_wrong in wrong.items() if is_wrong and (among is None or row in among)]
        return Share(of=f"{order}, first {part:.0%}", right=sum(row in first for row in faulty), n=len(faulty))

    return Found(
        order=order,
        wrong=tuple(share(part, None) for part in PARTS),
        wrong_refusals=tuple(share(part, refusals) for part in PARTS),
    )


def measure_review(reader: ManyReader, scorer: Scorer, articles: Sequence[Article]) -> list[Found]:
    """Return what the queue finds, and what simpler orders do."""
    by_name = {article.name: article for article in articles}
    wrong: dict[str, bool] = {}
    readings: list[Reading] = []
    for reading in reader.read_many(make_documents(articles)[0]):
        article, written = by_name[reading.document.name], to_object(reading)
        wrong |= find_wrong(article, written, score_reading(scorer, article, written, flat=False))
        readings.append(reading)
    rows = [att for reading in readings for att in reading.attributions if att.id in wrong]
    refusals = frozenset(att.id for att in rows if att.stance in REFUSALS)
    queue = [asked.row for asked in rank_rows(((reading, ()) for reading in readings), wanted=wrong.keys())]
    orders = {
        "as review asks": queue,
        "least row confidence": _order(rows, lambda att: att.confidence),
        "least of all confidences": _order(rows, lambda att: min(att.confidence, *att.label_confidence)),
        "as they stand": [att.id for att in rows],
    }
    return [measure_order(name, order, wrong, refusals) for name, order in orders.items()]


def _order(rows: Sequence[Attribution], key: Callable[[Attribution], float]) -> list[str]:
    return [att.id for att in sorted(rows, key=lambda att: (key(att), att.id))]


@click.command("review")
def review_command() -> None:
    """Measure how much of what is wrong comes among the rows that `sayso review` asks about first."""
    shared = require_shared()
    for found in measure_review(open_reader(), load_scorer(shared), load_gold(shared, "dev")):
        click.echo(f"\n{found.order}")
        for share in found.wrong:
            click.echo(f"  {share}")
        for share in found.wrong_refusals:
            click.echo(f"  denials, doubts, refusals: {share}")
