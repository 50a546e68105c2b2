"""A quick look at a network on labelled articles: spans by the scorer, labels on gold anchors."""

from __future__ import annotations

import importlib.util
from collections import defaultdict
from typing import TYPE_CHECKING, Any

import numpy as np
import torch

from batches import central_window, make_batch, pooled_rows, role_inputs
from sayso.extract.decode import CONTENT, CUE, SOURCE, best_tags, segments

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

    from examples import Example
    from model import Network


def load_scorer(shared: Path) -> ModuleType:
    """Return the scorer as a module."""
    spec = importlib.util.spec_from_file_location("score_reading", shared / "score" / "score_reading.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@torch.no_grad()
def predict(net: Network, example: Example, threshold: float) -> list[dict[str, Any]]:
    """Return raw rows: anchor, score, spans of words."""
    batch = make_batch([example], None)
    hidden = net.encoder(batch.pieces, batch.shape, batch.inside, batch.start, batch.length).float()
    states = [hidden[k, batch.first[k]] for k in range(len(batch.windows))]
    score = np.zeros(len(example.words))
    owner = np.array([central_window(example.windows, w) for w in range(len(example.words))])
    for k, window in enumerate(example.windows):
        logit = torch.sigmoid(net.cues(states[k])[0]).float().numpy()
        mine = owner[window.low : window.high] == k
        score[window.low : window.high][mine] = logit[mine]
    rows = []
    for k, window in enumerate(example.windows):
        anchors = [int(a) for a in np.flatnonzero((score > threshold) & (owner == k))]
        if not anchors:
            continue
        scores, _ = net.roles(states[k], *role_inputs(example.words, window, anchors))
        tags = best_tags(scores.float().numpy())
        for a, t in zip(anchors, tags, strict=True):
            spans = {
                n: [(x + window.low, y + window.low) for x, y in segments(t, b)]
                for n, b in (("source", SOURCE), ("content", CONTENT), ("cue", CUE))
            }
            if spans["content"]:
                rows.append({"anchor": a, "score": float(score[a]), **spans})
    return sorted(rows, key=lambda r: r["anchor"])


def as_prediction(example: Example, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the scorer's prediction format, with one source per distinct surname."""
    words, text = example.words, example.article.text
    chars = lambda spans: [[int(words.start[a]), int(words.end[b - 1])] for a, b in spans]  # noqa: E731
    sources: dict[str, dict] = {}
    out = []
    for i, r in enumerate(rows):
        s = chars(r["source"])
        name = text[s[0][0] : s[0][1]] if s else ""
        key = name.split()[-1].casefold() if name.split() else f"none{i}"
        sources.setdefault(
            key, {"id": key, "name": name, "kind": "person" if s else "unknown", "naming": "named", "mentions": []}
        )
        out.append(
            {
                "id": f"R{i}",
                "source": key,
                "source_spans": s,
                "cue_spans": chars(r["cue"]),
                "content_spans": chars(r["content"]),
                "within": None,
                "via": [],
                "stance": "asserts",
                "certainty": "certain",
                "endorsement": "neutral",
            }
        )
    return {
        "document": {"text": text},
        "sources": list(sources.values()),
        "attributions": out,
        "relations": [],
        "origins": [],
    }


def gold_of(example: Example) -> dict[str, Any]:
    """Return the gold in the scorer's format."""
    a = example.article
    rows = [
        {
            "id": r.id,
            "source": r.source or f"S{r.id}",
            "source_spans": r.source_spans,
            "cue_spans": r.cue_spans,
            "content_spans": r.content_spans,
            "within": r.within,
            "via": r.via,
            "stance": r.stance,
            "certainty": r.certainty,
            "endorsement": r.endorsement,
        }
        for r in a.rows
    ]
    sources = a.sources or {
        f"S{r.id}": {"name": " ".join(a.text[s:e] for s, e in r.source_spans), "kind": "person"} for r in a.rows
    }
    return {"sources": sources, "attributions": rows, "relations": [], "origins": []}


def evaluate(
    net: Network, examples: list[Example], scorer: ModuleType, *, flat: bool, threshold: float = 0.5
) -> dict[str, float]:
    """Return the scorer's F1 figures."""
    net.eval()
    tally, labels = defaultdict(scorer.Tally), defaultdict(list)
    for e in examples:
        text = e.article.text
        gold = scorer.normalise(gold_of(e), text)
        pred = scorer.normalise(as_prediction(e, predict(net, e, threshold)), text, flat)
        scorer.score_article(text, gold, pred, tally, labels)
    keys = (
        "content.token",
        "source.token",
        "cue.token",
        "content.exact",
        "source.exact",
        "linked",
        "linked_loose",
        "ledger",
    )
    return {k: tally[k].prf()["F1"] for k in keys} | {"P": tally["linked"].prf()["P"], "R": tally["linked"].prf()["R"]}


@torch.no_grad()
def label_accuracy(net: Network, examples: list[Example]) -> dict[str, float]:
    """Return macro F1 of the label heads on gold rows."""
    net.eval()
    got: dict[str, list] = defaultdict(list)
    for e in examples:
        batch = make_batch([e], None)
        hidden = net.encoder(batch.pieces, batch.shape, batch.inside, batch.start, batch.length).float()
        for r in e.rows:
            k = central_window(e.windows, r.anchor)
            logits = net.labels(pooled_rows(hidden[k, batch.first[k]], e.windows[k], [r]))
            for j, name in enumerate(("stance", "certainty", "endorsement", "kind", "naming")):
                if r.labels[j] >= 0:
                    got[name].append((r.labels[j], int(logits[j].argmax())))
    out = {}
    for name, pairs in got.items():
        f1 = []
        for c in {g for g, _ in pairs}:
            tp = sum(g == p == c for g, p in pairs)
            f1.append(2 * tp / (sum(g == c for g, _ in pairs) + sum(p == c for _, p in pairs)))
        out[name] = round(100 * sum(f1) / len(f1), 1)
    return out
