"""Where a reading is right and wrong: by head and rule, by route, by headline, by confidence.

Pure functions over one article's gold, reading and score; the caller adds up over the corpus.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from sayso.bench.calibration import LABEL_ORDER

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sayso.bench.calibration import Judged
    from sayso.bench.corpora import Article
    from sayso.bench.scorer import ArticleScore, Scorer

Row = dict[str, Any]
Counts = tuple[int, int, int, int]
LEFT_OUT = "other"


def judge_confidences(article: Article, reading: dict[str, Any], score: ArticleScore) -> dict[str, list[Judged]]:
    """Return (confidence, was it right) for rows, their labels and their sources, of one article.

    A row is right if the scorer's ``ledger`` says so (rows whose stance is ``other`` are outside it); a label is
    judged on right rows only.
    """
    rows = {str(row["id"]): row for row in reading["attributions"]}
    gold_rows = {str(row["id"]): row for row in (article.gold or {})["attributions"]}
    sources = by_id(reading["sources"])
    gold_sources = by_id((article.gold or {})["sources"])
    right = {predicted for _, predicted in score.right}
    judged: dict[str, list[Judged]] = {name: [] for name in ("row", *LABEL_ORDER, "kind and naming")}
    for name, row in rows.items():
        if row.get("stance") != LEFT_OUT and row.get("confidence") is not None:
            judged["row"].append((float(row["confidence"]), name in right))
    for gold_name, name in score.right:
        row, gold = rows[name], gold_rows[gold_name]
        for label, confidence in _label_confidences(row).items():
            judged[label].append((confidence, row.get(label) == gold.get(label)))
        source, gold_source = sources.get(row.get("source")), gold_sources.get(gold.get("source"))
        if source and gold_source and source.get("confidence") is not None:
            is_right = all(source.get(key) == gold_source.get(key) for key in ("kind", "naming"))
            judged["kind and naming"].append((float(source["confidence"]), is_right))
    return judged


def count_makers(reading: dict[str, Any], score: ArticleScore) -> Counter[tuple[str, bool]]:
    """Return per head or rule named in ``made_by`` how many rows it had a part in, right and wrong ones."""
    right = {predicted for _, predicted in score.right}
    return Counter(
        (maker, str(row["id"]) in right)
        for row in reading["attributions"]
        if row.get("stance") != LEFT_OUT
        for maker in row.get("made_by") or ["not said"]
    )


def count_headlines(pairs: Iterable[tuple[Article, dict[str, Any]]]) -> Counter[tuple[str, str]]:
    """Return the confusion table of the headline's support: (gold, predicted), ``absent`` where there is none."""
    return Counter((_support(article.gold or {}), _support(reading)) for article, reading in pairs)


def count_vias(scorer: Scorer, article: Article, reading: dict[str, Any], score: ArticleScore) -> dict[str, Counts]:
    """Return the scorer's four counts for each way a ``via`` comes into a row, of one article.

    A ``via`` is carried on when a row before it has the same one, else introduced. It is right where the row is right
    in ``ledger`` and the party is aligned with that of the gold row (or, where the gold party is never mentioned as a
    source, the names agree).
    """
    gold_sources, gold_rows, gold_mentions, _, _ = scorer.normalise(article.gold or {}, article.text)
    sources, rows, mentions, _, _ = scorer.normalise(reading, article.text)
    aligned = scorer.align(gold_sources, gold_mentions, sources, mentions)
    gold_ways, ways = find_ways(gold_rows), find_ways(rows)
    twins = dict(score.right)
    met: Counter[str] = Counter()
    met_gold: Counter[str] = Counter()
    for gold_row in gold_rows:
        twin = twins.get(str(gold_row["id"]))
        for via in gold_row["via"]:
            for other in [key for key in ways if key[0] == twin]:
                name = sources.get(other[1], {}).get("name")
                unmentioned = not gold_mentions.get(via)
                if aligned.get(other[1]) == via or (
                    unmentioned and scorer.names_agree(gold_sources.get(via, {}).get("name"), name)
                ):
                    met[ways[other]] += 1
                    met_gold[gold_ways[str(gold_row["id"]), via]] += 1
                    break
    predicted, gold = Counter(ways.values()), Counter(gold_ways.values())
    return {f"via.{way}": (met[way], predicted[way], met_gold[way], gold[way]) for way in ("introduced", "carried")}


def find_ways(rows: Sequence[Row]) -> dict[tuple[str, str], str]:
    """Return for each (row id, via) whether the via is ``introduced`` or ``carried``.

    Rows are taken in order of their first cue or content; those of stance ``other`` introduce but do not count.
    """
    ways: dict[tuple[str, str], str] = {}
    seen: set[str] = set()
    for row in sorted(rows, key=start_of):
        for via in row.get("via") or []:
            if row.get("stance") != LEFT_OUT:
                ways[str(row["id"]), via] = "carried" if via in seen else "introduced"
        seen.update(row.get("via") or [])
    return ways


def start_of(row: Row) -> int:
    """Return where a row begins: its first cue, else its first content."""
    spans = row.get("cue_spans") or row.get("content_spans") or row.get("source_spans") or [[0, 0]]
    return int(min(span[0] for span in spans))


def _label_confidences(row: Row) -> dict[str, float]:
    """Return the confidence of each label that has one: by name, or in the order of the labels."""
    given = row.get("label_confidence") or {}
    named = given if isinstance(given, dict) else dict(zip(LABEL_ORDER, given, strict=False))
    return {label: float(named[label]) for label in LABEL_ORDER if named.get(label) is not None}


def by_id(sources: Any) -> dict[Any, dict[str, Any]]:  # noqa: ANN401 (a list in readings, a mapping in gold)
    """Return sources by id."""
    return dict(sources) if isinstance(sources, dict) else {source["id"]: source for source in sources}


def _support(labels: dict[str, Any]) -> str:
    """Return the headline's support, or ``absent``."""
    return str((labels.get("headline") or {}).get("support") or "absent")
