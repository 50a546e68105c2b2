"""Examples to tensors, and the losses of one batch of whole articles."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from pairs import pair_losses
from sayso.encoder.geometry import relate

if TYPE_CHECKING:
    from examples import Example, RowTarget
    from model import Network
    from sayso.encoder.features import Window, Words

CLS, SEP, MASK = 101, 102, 103
# A wrong anchor need not be driven to nothing at all: that would silence the right ones that look like it.
FALSE_WEIGHT = 0.5
VIA_WEIGHT = 3.0
# The share of windows read without their capitals, and of those read as if set in capitals.
LOWERED, RAISED = 0.2, 0.05
# The share of windows in which words are hidden, and the largest share of words hidden in one.
HIDDEN_WINDOWS, HIDDEN_WORDS = 0.5, 0.2


@dataclass
class Batch:
    """Windows of some articles, padded."""

    examples: list[Example]
    windows: list[tuple[int, Window]]  # example number, window
    pieces: Tensor
    shape: Tensor
    inside: Tensor
    start: Tensor
    length: Tensor
    gamma: float  # of the cues' focal loss
    first: list[Tensor]  # per window: place of each word's first piece in the padded row


def window_arrays(words: Words, window: Window) -> tuple[np.ndarray, ...]:
    """Return pieces, shape, inside, start of one window with its special pieces, and each word's first piece."""
    low = words.first_piece[window.low]
    high = words.first_piece[window.high] if window.high < len(words) else len(words.piece_ids)
    high = min(high, low + 382)
    first = words.first_piece[window.low : window.high] - low + 1
    first = np.minimum(first, high - low)
    word_of = np.searchsorted(words.first_piece[: len(words)], np.arange(low, high), side="right") - 1
    pad = lambda a: np.concatenate([[0], a, [0]])  # noqa: E731
    pieces = np.concatenate([[CLS], words.piece_ids[low:high], [SEP]])
    begins = words.begins[word_of] * (words.first_piece[word_of] == np.arange(low, high))
    return pieces, pad(words.shape[word_of]), pad(words.double[word_of]), pad(begins), first


def make_batch(examples: list[Example], rng: np.random.Generator | None, *, gamma: float = 2.0) -> Batch:
    """Return the padded windows; with `rng`, capitals are dropped or raised, and words hidden, in some of them."""
    windows = [(i, w) for i, e in enumerate(examples) for w in e.windows]
    arrays = [window_arrays(examples[i].words, w) for i, w in windows]
    n = -(-max(len(a[0]) for a in arrays) // 32) * 32
    out = [np.zeros((len(arrays), n), np.int64) for _ in range(4)]
    for i, a in enumerate(arrays):
        for table, values in zip(out, a, strict=False):
            table[i, : len(values)] = values
        if rng is not None:
            if rng.random() < HIDDEN_WINDOWS:
                hide_words(out[0][i], a[4], len(a[0]) - 1, rng)
            dice = rng.random()
            if dice < LOWERED:
                out[1][i] = 0
            elif dice < LOWERED + RAISED:
                row = out[1][i]
                row[(row == 1) | (row == 2) | (row == 4)] = 3
    length = torch.tensor([len(a[0]) for a in arrays])
    return Batch(
        examples,
        windows,
        *(torch.from_numpy(t) for t in out),
        length,
        gamma,
        [torch.from_numpy(a[4]).long() for a in arrays],
    )


def hide_words(pieces: np.ndarray, first: np.ndarray, end: int, rng: np.random.Generator) -> None:
    """Put the mask in place of some words' pieces: what a word's neighbours tell must do for it."""
    hidden = rng.random(len(first)) < rng.random() * HIDDEN_WORDS
    for low, high in zip(first[hidden], np.append(first[1:], end)[hidden], strict=True):
        pieces[low:high] = MASK


def role_inputs(words: Words, window: Window, anchors: list[int]) -> tuple[Tensor, ...]:
    """Return anchors within the window and the three relations, as the role head takes them."""
    places = np.array(anchors, dtype=np.int32)
    relations = relate(words, places, window.low, window.high)
    return torch.from_numpy(places - window.low).long(), *(torch.from_numpy(r).long() for r in relations)


def central_window(windows: list[Window], place: int) -> int:
    """Return the window in which a word is most central."""
    return int(np.argmax([min(place - w.low, w.high - 1 - place) for w in windows]))


def pooled_rows(hidden: Tensor, window: Window, rows: list[RowTarget]) -> Tensor:
    """Return (rows, 4, width): the anchor and the means over cue, source and content; zeros where there are none."""
    share = np.zeros((len(rows), 4, window.high - window.low), np.float32)
    for i, row in enumerate(rows):
        share[i, 0, row.anchor - window.low] = 1.0
        for j, places in enumerate((row.cue_words, row.source_words, row.content_words), 1):
            inside = places[(places >= window.low) & (places < window.high)] - window.low
            if len(inside):
                share[i, j, inside] = 1.0 / len(inside)
    return torch.einsum("rkn,nw->rkw", torch.from_numpy(share), hidden)


def focal(logits: Tensor, target: Tensor, weight: Tensor, gamma: float) -> Tensor:
    """Return the focal binary loss, summed over positives' count."""
    p = torch.sigmoid(logits)
    bce = F.binary_cross_entropy_with_logits(logits, target, reduction="none")
    hard = (target * (1 - p) + (1 - target) * p) ** gamma
    return (bce * hard * weight).sum() / target.sum().clamp(min=1)


@dataclass
class Gathered:
    """What the windows of a batch give, until the losses over all of them can be taken.

    Attributes:
        parts: The losses by name, one entry for each time that one was taken.
        anchors: Per window: the cue logits, their targets and their weights.
        roles: Per window with rows or wrong anchors: the loss, and how many rows it is of.
        vias: Per window with gold rows: the loss.
        pooled: Of the gold rows, each in its most central window: the pooled states.
        rows: The rows that `pooled` belongs to, with their example's number.
    """

    parts: dict[str, list[Tensor]]
    anchors: list[tuple[Tensor, Tensor, Tensor]] = field(default_factory=list)
    roles: list[tuple[Tensor, int]] = field(default_factory=list)
    vias: list[Tensor] = field(default_factory=list)
    pooled: list[Tensor] = field(default_factory=list)
    rows: list[tuple[int, RowTarget]] = field(default_factory=list)


def losses(
    net: Network, batch: Batch, rng: np.random.Generator, weights: dict[str, float], class_weights: list[Tensor]
) -> dict[str, Tensor]:
    """Return the named losses of one batch."""
    hidden = net.encoder(batch.pieces, batch.shape, batch.inside, batch.start, batch.length).float()
    states = hidden.unbind(0)  # indexing `hidden` per window would give each its own gradient of the whole
    found = Gathered({name: [] for name in weights})
    for k, (i, window) in enumerate(batch.windows):
        example, words = batch.examples[i], states[k].index_select(0, batch.first[k])
        rows = [r for r in example.rows if window.low <= r.anchor < window.high]
        logit = _add_word_losses(net, example, window, words, found)
        wrong = _false_anchors(logit, example, window, len(rows), rng)
        if rows or wrong:
            _add_role_losses(net, example, window, words, rows, wrong, found)
            _pool_gold_rows(i, example, window, words, rows, found)
    logits, targets, anchor_weights = (torch.cat(tensors) for tensors in zip(*found.anchors, strict=True))
    found.parts["cue"].append(focal(logits, targets, anchor_weights, batch.gamma))
    if found.roles:
        n_rows = max(1, sum(n for _, n in found.roles))
        found.parts["role"].append(sum(loss for loss, _ in found.roles) / n_rows / 10)
    if found.vias:
        found.parts["via"].append(sum(found.vias) / len(found.vias) / 5)
    if found.pooled:
        _add_label_losses(net, batch, class_weights, found)
    return {name: torch.stack(parts).mean() for name, parts in found.parts.items() if parts}


def _add_word_losses(net: Network, example: Example, window: Window, words: Tensor, found: Gathered) -> Tensor:
    """Add what is asked of every word of a window: flat and entity tags, and the cue's parts. Return its logits."""
    here = slice(window.low, window.high)
    logit, flat, entity = net.cues(words)
    target, weight = torch.from_numpy(example.anchor[here]), torch.from_numpy(example.anchor_weight[here])
    found.anchors.append((logit.float(), target, weight))
    found.parts["flat"].append(F.cross_entropy(flat.float(), torch.from_numpy(example.flat[here])))
    if example.article.entities:
        found.parts["entity"].append(F.cross_entropy(entity.float(), torch.from_numpy(example.entity[here])))
    return logit


def _false_anchors(logit: Tensor, example: Example, window: Window, n: int, rng: np.random.Generator) -> list[int]:
    """Return wrong anchors, half of them those that the network likes best."""
    truth = {r.anchor for r in example.rows}
    width = window.high - window.low
    want = max(2, n)
    liked = torch.topk(logit.detach().float(), min(width, want + n)).indices.tolist()
    chosen = [p + window.low for p in liked if p + window.low not in truth][: want // 2 + 1]
    chosen += [int(p) + window.low for p in rng.integers(0, width, want // 2)]
    weight = example.anchor_weight
    return [p for p in dict.fromkeys(chosen) if p not in truth and weight[p] > 0]


def _add_role_losses(
    net: Network,
    example: Example,
    window: Window,
    words: Tensor,
    rows: list[RowTarget],
    wrong: list[int],
    found: Gathered,
) -> None:
    """Add the losses of the roles around the anchors of a window's rows and around wrong anchors."""
    here = slice(window.low, window.high)
    places = [r.anchor for r in rows] + wrong
    scores, via = net.roles(words, *role_inputs(example.words, window, places))
    target = np.zeros((len(places), window.high - window.low), np.int64)
    for j, r in enumerate(rows):
        target[j] = r.tags[here]
    loss = F.cross_entropy(scores.float().flatten(0, 1), torch.from_numpy(target).flatten(), reduction="none")
    loss = loss.view(len(places), -1).sum(1)
    found.roles.append((loss[: len(rows)].sum() + FALSE_WEIGHT * loss[len(rows) :].sum(), len(rows)))
    if example.article.is_gold and rows:
        truth = torch.from_numpy(np.stack([r.via[here] for r in rows]).astype(np.float32))
        heavy = torch.tensor(VIA_WEIGHT)
        bce = F.binary_cross_entropy_with_logits(via[: len(rows)].float(), truth, pos_weight=heavy, reduction="none")
        found.vias.append(bce.sum() / len(rows))


def _pool_gold_rows(
    i: int, example: Example, window: Window, words: Tensor, rows: list[RowTarget], found: Gathered
) -> None:
    """Pool those gold rows for which this window is the most central."""
    here = example.windows.index(window)
    mine = [r for r in rows if example.article.is_gold and central_window(example.windows, r.anchor) == here]
    if mine:
        found.pooled.append(pooled_rows(words, window, mine))
        found.rows += [(i, r) for r in mine]


def _add_label_losses(net: Network, batch: Batch, class_weights: list[Tensor], found: Gathered) -> None:
    """Add the losses of the rows' labels, and of the pairs if they are asked for."""
    logits = net.labels(torch.cat(found.pooled))
    for index, name in enumerate(("stance", "certainty", "endorsement", "kind", "naming")):
        target = torch.tensor([r.labels[index] for _, r in found.rows])
        keep = target >= 0
        if keep.any():
            loss = F.cross_entropy(logits[index][keep].float(), target[keep], weight=class_weights[index])
            found.parts[name].append(loss)
    carried = torch.tensor([r.carried for _, r in found.rows])
    keep = carried >= 0
    if keep.any():
        loss = F.binary_cross_entropy_with_logits(logits[5][keep, 0].float(), carried[keep].float())
        found.parts["carry"].append(loss)
    if "pair" in found.parts:
        pair_losses(net, logits[6], found.rows, found.parts, batch)
