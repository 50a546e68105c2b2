"""Targets and losses of the pair head: same source, same via, relation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from model import RELATIONS
from sayso.extract.mentions import is_all_capitals
from sayso.extract.pairs import MAX_ROWS_APART, Places, RowView, pair_features, view_row

if TYPE_CHECKING:
    from batches import Batch
    from examples import Example, RowTarget
    from model import Network


def row_views(example: Example) -> list[RowView]:
    """Return the views of an article's gold rows, in order."""
    text, words = example.article.text, example.words
    capitals = is_all_capitals(text)
    return [
        view_row(
            text, words, r.anchor, Places(r.row.source_spans, r.row.cue_spans, r.row.content_spans), capitals=capitals
        )
        for r in example.rows
    ]


def pair_targets(example: Example) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return pairs (n, 2), targets (n, 3): same source, same via (-1 unknown), relation; and features."""
    if "pairs" not in example.pair_cache:
        views, rows = row_views(example), example.rows
        relation = {frozenset((a, b)): RELATIONS.index(t) for a, b, t in example.article.relations}
        pairs, targets, features = [], [], []
        for i in range(len(rows)):
            for j in range(max(0, i - MAX_ROWS_APART), i):
                a, b = rows[j].row, rows[i].row
                via = int(a.via == b.via) if a.via or b.via else -1
                pairs.append((j, i))
                targets.append((int(a.source == b.source), via, relation.get(frozenset((a.id, b.id)), 0)))
                features.append(pair_features(views, j, i))
        example.pair_cache["pairs"] = np.array(pairs, dtype=np.int64).reshape(-1, 2)
        example.pair_cache["targets"] = np.array(targets, dtype=np.int64).reshape(-1, 3)
        example.pair_cache["features"] = np.array(features, dtype=np.float32).reshape(len(pairs), -1)
    c = example.pair_cache
    return c["pairs"], c["targets"], c["features"]


def pair_losses(
    net: Network, vectors: Tensor, refs: list[tuple[int, RowTarget]], out: dict[str, list[Tensor]], batch: Batch
) -> None:
    """Add the pair losses of a batch; `vectors` (rows, width) belong to `refs` (example number, row target)."""
    place = {(i, r.anchor): k for k, (i, r) in enumerate(refs)}
    for i, example in enumerate(batch.examples):
        if not example.article.is_gold or len(example.rows) < 2:
            continue
        pairs, targets, features = pair_targets(example)
        index = np.array([place.get((i, r.anchor), -1) for r in example.rows])
        logits = net.pairs(vectors[index[pairs[:, 0]]], vectors[index[pairs[:, 1]]], torch.from_numpy(features)).float()
        t = torch.from_numpy(targets)
        out["pair"].append(F.binary_cross_entropy_with_logits(logits[:, 0], t[:, 0].float()))
        keep = t[:, 1] >= 0
        if keep.any():
            out["pair"].append(0.5 * F.binary_cross_entropy_with_logits(logits[keep, 1], t[keep, 1].float()))
        weight = torch.tensor([1.0, 3.0, 3.0, 3.0])
        out["pair"].append(0.5 * F.cross_entropy(logits[:, 2:], t[:, 2], weight=weight, reduction="sum") / (len(t)) * 3)
