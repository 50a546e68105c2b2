"""Fit what stands between the heads and the records: thresholds, temperatures, and the weights of `extract.weighing`.

    python training/fit.py --model src/sayso/encoder/model --shared ../shared --out training/calibration.json

Thresholds, how much the heads count, and the row weights are fitted on every second gold dev article (and the PolNeAR
dev articles of that half); the other half is printed and nothing is chosen by it. Origin weights come from the gold
train labels.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))

from corpora import Article, load_articles
from evaluate import load_scorer
from sayso.bench import corpora as bench_corpora
from sayso.bench.breakdown import judge_confidences
from sayso.bench.scorer import score_reading
from sayso.encoder.card import load_card
from sayso.encoder.session import Model
from sayso.export.reading_json import to_object
from sayso.extract.assembly import confidence_features
from sayso.extract.pipeline import find_all, record_rows
from sayso.extract.weighing import origin_features
from sayso.ingest import from_text
from sayso.records import Attribution, Kind, Naming, Run, Source, Stance

if TYPE_CHECKING:
    from types import ModuleType

    from sayso.encoder.session import Encoded
    from sayso.records import Document

RUN = Run(engine="fit", model="", model_sha256="")
# A value moves for a gain worth a few rows, in points of all its measures together.
LEAST_GAIN = 0.5
HEATS = (0.7, 1.0, 1.4, 2.0, 2.8)
GRID = {
    "outside": (0.0, 0.4, 0.8, 1.2),
    "agreement": (0.0, 0.2, 0.4, 0.6),
    "cue": (0.35, 0.4, 0.45, 0.5, 0.55, 0.6),
    "nested": (0.4, 0.5, 0.6, 0.7, 0.8, 0.9),
    "second_look": (0.08, 0.15, 0.25),
    "content": (0.4, 0.55, 0.7, 0.85),
    "via": (0.35, 0.5, 0.7, 0.8),
    "refusal": (0.4, 0.6, 0.75, 0.9),
    "relation": (0.1, 0.15, 0.25, 0.35, 0.5),
}
# How much the heads count beside features that words give; `antecedents.py` and `occasions.py` fit the rest.
WEIGHTS = {
    ("antecedent", "head:pair"): (0.0, 0.2, 0.4, 0.7),
    ("occasion", "head:pair"): (0.0, 0.3, 0.6),
    ("occasion", "head:carry"): (0.0, 0.2, 0.4),
    ("occasion", "none:lean"): (0.0, -0.5, -1.0, -1.5),
}
# What each threshold is chosen by: measures of the scorer, added up.
ROWS = (
    "flat:linked",
    "flat:content.token",
    "flat:content.token",
    "flat:content.exact",
    "flat:source.exact",
    "ledger",
    "other_cues",
)
AIMS = {
    **dict.fromkeys(("outside", "agreement", "cue", "second_look", "content"), ROWS),
    "nested": (*ROWS, "routes"),
    "via": ("routes",),
    "antecedent": ("ledger", "same_party"),
    "occasion": ("routes",),
    "refusal": ("refusals", "stance"),
    "relation": ("relations",),
}


def gold_object(article: Article) -> dict[str, Any]:
    """Return an article's labels in the scorer's shape."""
    rows = [vars(r) | {"source": r.source or f"S{r.id}"} for r in article.rows]
    sources = article.sources or {f"S{r.id}": {"name": "", "kind": "person"} for r in article.rows}
    relations = [{"from": a, "to": b, "type": t} for a, b, t in article.relations]
    return {"sources": sources, "attributions": rows, "relations": relations, "origins": article.origins}


class Bench:
    """Some articles encoded once, read again and again with other thresholds."""

    def __init__(self, model: Model, articles: list[Article], scorer: ModuleType) -> None:
        self.model, self.articles, self.scorer = model, articles, scorer
        self.docs = [from_text(a.text, name=a.name) for a in articles]
        self.encoded = [model.encode([model.split(a.text)])[0] for a in articles]

    def predictions(self, half: int | None = None) -> list[dict[str, Any] | None]:
        """Return the readings as JSON objects; None for those of the other half."""
        return [
            self._read(d, e) if half is None or i % 2 == half else None
            for i, (d, e) in enumerate(zip(self.docs, self.encoded, strict=True))
        ]

    def _read(self, doc: Document, encoded: Encoded) -> dict[str, Any]:
        """Return one reading's rows as a JSON object."""
        return to_object(record_rows(doc, encoded, find_all(doc, encoded, self.model), self.model, RUN))

    def score(self, half: int | None = None) -> dict[str, float]:
        """Return the scorer's F1 (or macro F1) figures; ``flat:`` over all articles, the rest over the gold ones."""
        out: dict[str, float] = {}
        predictions = self.predictions(half)
        for flat in (True, False):
            tally, labels = defaultdict(self.scorer.Tally), defaultdict(list)
            for i, (a, p) in enumerate(zip(self.articles, predictions, strict=True)):
                if (flat or a.is_gold) and (half is None or i % 2 == half):
                    gold = self.scorer.normalise(gold_object(a), a.text)
                    self.scorer.score_article(a.text, gold, self.scorer.normalise(p, a.text, flat), tally, labels)
            out |= {("flat:" if flat else "") + k: t.prf()["F1"] for k, t in tally.items()}
            if not flat:
                out["other_cues"] = tally["other_cues"].prf()["R"]
                out |= {k: self.scorer.macro(v)["macro_F1"] for k, v in labels.items()}
        return out


def fit_thresholds(bench: Bench, half: int) -> dict[str, float]:
    """Choose one threshold after another, each by its own measures on one half."""
    best = dict(bench.model.card.thresholds)
    for name, grid in GRID.items():
        found = []
        for value in grid:
            bench.model.card = replace(bench.model.card, thresholds=best | {name: value})
            figures = bench.score(half)
            found.append((sum(figures.get(k, 0.0) for k in AIMS[name]), value))
            print(f"  {name} {value}: " + " ".join(f"{k} {figures.get(k, 0.0)}" for k in AIMS[name]), flush=True)
        best[name] = _settle(found, best.get(name))
        bench.model.card = replace(bench.model.card, thresholds=dict(best))
    return best


def _settle(found: list[tuple[float, float]], before: float | None) -> float:
    """Return the best value; the one before stays if it is nearly as good, for half of dev tells no more than that."""
    best = max(found)
    kept = [value for score, value in found if value == before and score > best[0] - LEAST_GAIN]
    return kept[0] if kept else best[1]


def fit_weights(bench: Bench, half: int) -> None:
    """Choose how much the heads count, one weight after another, each by its own measures on one half."""
    for (table, name), grid in WEIGHTS.items():
        found, before = [], bench.model.card.weights[table].get(name)
        for value in grid:
            _set_weight(bench, table, name, value)
            figures = bench.score(half)
            found.append((sum(figures.get(k, 0.0) for k in AIMS[table]), value))
            told = " ".join(f"{k} {figures.get(k, 0.0)}" for k in AIMS[table])
            print(f"  {table} {name} {value}: {told}", flush=True)
        _set_weight(bench, table, name, _settle(found, before))


def _set_weight(bench: Bench, table: str, name: str, value: float) -> None:
    weights = dict(bench.model.card.weights)
    weights[table] = {**weights[table], name: value}
    bench.model.card = replace(bench.model.card, weights=weights)


def fit_logistic(features: list[dict[str, float]], truth: list[bool], *, ridge: float = 1.0) -> dict[str, float]:
    """Return the weights of a logistic model with a ridge penalty, by Newton steps."""
    if not features:
        return {"bias": 0.0}
    names = sorted({k for f in features for k in f})
    x = np.array([[f.get(k, 0.0) for k in names] + [1.0] for f in features])
    y = np.array(truth, dtype=float)
    w = np.zeros(x.shape[1])
    penalty = np.full(x.shape[1], ridge)
    penalty[-1] = 1e-6
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ w))
        step = np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + np.diag(penalty), x.T @ (y - p) - penalty * w)
        w += step
        if np.abs(step).max() < 1e-8:
            break
    return {"bias": round(float(w[-1]), 4)} | {k: round(float(v), 4) for k, v in zip(names, w, strict=False)}


def origin_table(articles: list[Article]) -> tuple[list[dict[str, float]], list[bool]]:
    """Return features and truth of every gold source that speaks."""
    features, truth = [], []
    for a in articles:
        for key, s in a.sources.items():
            rows = [
                Attribution(id=r.id, source=key, within=r.within, stance=Stance(r.stance))
                for r in a.rows
                if r.source == key and r.stance
            ]
            if rows and s["kind"] in set(Kind) and s["naming"] in set(Naming):
                source = Source(id=key, name="", kind=Kind(s["kind"]), naming=Naming(s["naming"]))
                features.append(origin_features(source, rows))
                truth.append(key in a.origins)
    return features, truth


def row_table(bench: Bench, half: int) -> tuple[list[dict[str, float]], list[bool]]:
    """Return features and truth of every predicted row of one half's gold articles, `other` rows left out."""
    features, truth = [], []
    for i, (a, d, e) in enumerate(zip(bench.articles, bench.docs, bench.encoded, strict=True)):
        if not a.is_gold or i % 2 != half:
            continue
        found = find_all(d, e, bench.model)
        reading = to_object(record_rows(d, e, found, bench.model, RUN))
        labelled = bench_corpora.Article(name=a.name, text=a.text, gold=gold_object(a))
        right = {p for _, p in score_reading(bench.scorer, labelled, reading, flat=False).right}
        for k, row in enumerate(reading["attributions"]):
            if row["stance"] != "other":
                features.append(confidence_features(found, k))
                truth.append(row["id"] in right)
    return features, truth


def fit_temperatures(bench: Bench, half: int) -> dict[str, float]:
    """Choose each label head's temperature by the likelihood of being right on right rows of one half."""
    best: dict[str, float] = {}
    for heads in (("stance",), ("certainty",), ("endorsement",), ("kind", "naming")):
        found = []
        for heat in HEATS:
            bench.model.card = replace(bench.model.card, temperatures=best | dict.fromkeys(heads, heat))
            judged = _judge(bench, half, heads[0] if len(heads) == 1 else "kind and naming")
            loss = -sum(math.log(max(1e-4, c if ok else 1 - c)) for c, ok in judged) / max(1, len(judged))
            found.append((loss, heat))
        best |= dict.fromkeys(heads, min(found)[1])
        print("  temperature", heads, [(round(x, 4), t) for x, t in found], flush=True)
    bench.model.card = replace(bench.model.card, temperatures=best)
    return best


def _judge(bench: Bench, half: int, what: str) -> list[tuple[float, bool]]:
    """Return (confidence, was it right) of one label over the right rows of one half."""
    out = []
    for i, (a, p) in enumerate(zip(bench.articles, bench.predictions(half), strict=True)):
        if a.is_gold and i % 2 == half:
            labelled = bench_corpora.Article(name=a.name, text=a.text, gold=gold_object(a))
            score = score_reading(bench.scorer, labelled, p, flat=False)
            out += judge_confidences(labelled, p, score)[what]
    return out


def main() -> None:
    """Fit and write."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--model", type=Path, required=True)
    ap.add_argument("--shared", type=Path, default=Path("../shared"))
    ap.add_argument("--out", type=Path, default=Path(__file__).parent / "calibration.json")
    ap.add_argument("--threads", type=int, default=None)
    ap.add_argument("--limit", type=int, help="use the first gold articles only")
    a = ap.parse_args()
    scorer = load_scorer(a.shared)
    model = Model(load_card(a.model), threads=a.threads)
    origin = fit_logistic(*origin_table([x for x in load_articles(a.shared, "train") if x.is_gold]))
    dev = load_articles(a.shared, "dev")
    bench = Bench(model, [x for x in dev if x.is_gold][: a.limit] if a.limit else dev, scorer)
    fitted = json.loads(a.out.read_text())["weights"]
    model.card = replace(model.card, weights={**model.card.weights, **fitted, "origin": origin})
    thresholds = fit_thresholds(bench, 0)
    fit_weights(bench, 0)
    temperatures = fit_temperatures(bench, 0)
    row = fit_logistic(*row_table(bench, 0), ridge=2.0)
    for half in (0, 1):
        print(f"half {half}", json.dumps(bench.score(half)))
    card = json.loads(a.out.read_text())
    weights = {**bench.model.card.weights, "row": row, "origin": origin}
    card |= {"thresholds": thresholds, "temperatures": temperatures, "weights": weights}
    a.out.write_text(json.dumps(card, indent=1) + "\n")


if __name__ == "__main__":
    main()
