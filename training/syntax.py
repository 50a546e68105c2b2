"""Teach the syntax head: who governs whom, on the finished encoder, from spaCy's small English model.

    python training/syntax.py --model src/sayso/encoder/model --shared ../shared --silver runs/train/syntax.json

The encoder stays as it is: its states are read from the shipped files, so the head learns on just what it will see.
Writes ``syntax.onnx`` into the model's folder; the card is written anew afterwards. Dev is measured against the same
teacher: the figures say how much of it was learned, not how right it is.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime as ort
import torch
from torch import Tensor
from torch.nn import functional as F

sys.path.insert(0, str(Path(__file__).parent))

from corpora import load_articles
from export import halve_weights
from model import RELATION_TAGS, WORD_TAGS, Syntax
from rounding import FEEDS
from sayso.encoder.features import plan_windows, split_words
from sayso.encoder.session import Encoded, find_owners, window_inputs
from sayso.encoder.wordpiece import WordPieces

IGNORED = -100
RATE, EPOCHS, WINDOWS_A_STEP = 1e-3, 12, 4
OPSET = 17


@dataclass(frozen=True)
class Lesson:
    """One window with its targets.

    Attributes:
        states: Of its words, (n_words, width).
        sentence: The sentence of each word.
        head: The window's word that governs each; IGNORED where none is known.
        relation: Class in RELATION_TAGS.
        tag: Class in WORD_TAGS.
    """

    states: Tensor
    sentence: Tensor
    head: Tensor
    relation: Tensor
    tag: Tensor


def align(encoded: Encoded, tokens: list[list]) -> np.ndarray:
    """Return head (a word of the text), relation and tag of each word, (3, n_words).

    A token is its first word; the words after it in the same token hang on that one.
    """
    words = encoded.words
    out = np.full((3, len(words)), IGNORED)
    first = np.searchsorted(words.start, [t[0] for t in tokens])
    after = np.searchsorted(words.start, [t[1] for t in tokens])
    rel, tags = ({name: i for i, name in enumerate(names)} for names in (RELATION_TAGS, WORD_TAGS))
    for (_, _, head, relation, tag), low, high in zip(tokens, first, after, strict=True):
        if low >= high:
            continue
        governor = first[head]
        known = governor < after[head] and words.sentence[governor] == words.sentence[low]
        out[:, low] = (
            governor if known else IGNORED,
            rel.get(relation, rel["dep"]),
            tags.get(tag, tags["other"]),
        )
        out[0, low + 1 : high], out[1, low + 1 : high], out[2, low + 1 : high] = low, rel["part"], tags["other"]
    return out


class Reader:
    """The finished encoder, without the heads: the folder may not yet hold all of them."""

    def __init__(self, folder: Path) -> None:
        self.cutter = WordPieces((folder / "vocab.txt").read_text("utf8").splitlines())
        self.session = ort.InferenceSession(str(folder / "encoder.onnx"), providers=["CPUExecutionProvider"])

    def read(self, text: str) -> Encoded:
        """Return the states of a text's words."""
        words = split_words(text, self.cutter)
        plan = plan_windows(words)
        states = []
        for window in plan:
            rows, first = window_inputs(words, window)
            states.append(self.session.run(None, dict(zip(FEEDS, rows[:, None], strict=True)))[0][0][first])
        return Encoded(words, tuple(plan), tuple(states), find_owners(plan, len(words)))


def make_lessons(reader: Reader, shared: Path, part: str, silver: dict[str, list], limit: int | None) -> list[Lesson]:
    """Return every window of a part."""
    lessons = []
    for article in load_articles(shared, part)[:limit]:
        encoded = reader.read(article.text)
        targets = align(encoded, silver[article.name])
        for w, (window, state) in enumerate(zip(encoded.windows, encoded.states, strict=True)):
            low, high = window.low, window.high
            head, relation, tag = targets[:, low:high].copy()
            strange = encoded.owner[low:high] != w
            inside = (head >= low) & (head < high)
            # A token that our own sentences cut in two has no governor that could be found.
            inside &= encoded.words.sentence[np.where(inside, head, low)] == encoded.words.sentence[low:high]
            head = np.where(inside & ~strange, head - low, IGNORED)
            relation[strange | ~inside], tag[strange] = IGNORED, IGNORED
            sentence = encoded.words.sentence[low:high].astype(np.int64)
            lessons.append(
                Lesson(torch.from_numpy(state.copy()), *map(torch.from_numpy, (sentence, head, relation, tag)))
            )
    return lessons


def loss_of(net: Syntax, lesson: Lesson) -> Tensor:
    """Return the loss of one window; relations are learnt at the true heads."""
    arcs, left, right, tags = net.score(lesson.states, lesson.sentence)
    at = lesson.head.clamp(min=0)
    relations = net.relate(left, right[at])
    return (
        F.cross_entropy(arcs, lesson.head, ignore_index=IGNORED)
        + F.cross_entropy(relations, lesson.relation, ignore_index=IGNORED)
        + F.cross_entropy(tags, lesson.tag, ignore_index=IGNORED)
    )


@torch.no_grad()
def measure(net: Syntax, lessons: list[Lesson]) -> dict[str, float]:
    """Return the shares of heads, of heads with relation, of tags, and of subjects and objects that are as taught."""
    net.eval()
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for lesson in lessons:
        head, relation, tag = net(lesson.states, lesson.sentence)
        known = lesson.head >= 0
        sure = lesson.relation != RELATION_TAGS.index("punct")
        for name, told, given in (
            ("heads", head == lesson.head, known & sure),
            ("heads with relation", (head == lesson.head) & (relation == lesson.relation), known & sure),
            ("tags", tag == lesson.tag, lesson.tag >= 0),
        ):
            right[name] += int(told[given].sum())
            total[name] += int(given.sum())
        for name in ("nsubj", "nsubjpass", "dobj", "ccomp", "neg", "aux"):
            mine = known & (lesson.relation == RELATION_TAGS.index(name))
            right[name] += int(((head == lesson.head) & (relation == lesson.relation))[mine].sum())
            total[name] += int(mine.sum())
    net.train()
    return {name: round(100 * right[name] / max(1, n), 1) for name, n in total.items()}


def train(net: Syntax, lessons: list[Lesson], dev: list[Lesson], epochs: int) -> None:
    """Train in place."""
    rng = np.random.default_rng(1)
    steps = epochs * (len(lessons) // WINDOWS_A_STEP)
    optimiser = torch.optim.AdamW(net.parameters(), lr=RATE, betas=(0.9, 0.95), weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=steps, pct_start=0.1)
    began = time.time()
    for epoch in range(epochs):
        order = rng.permutation(len(lessons))
        total = 0.0
        for at in range(0, len(order) - WINDOWS_A_STEP + 1, WINDOWS_A_STEP):
            loss = sum(loss_of(net, lessons[i]) for i in order[at : at + WINDOWS_A_STEP]) / WINDOWS_A_STEP
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            total += float(loss.detach())
        print(
            f"epoch {epoch}: loss {total / (len(order) // WINDOWS_A_STEP):.3f}, {time.time() - began:.0f} s; dev",
            measure(net, dev),
            flush=True,
        )


def export(net: Syntax, out: Path, width: int) -> None:
    """Write the head as ONNX: one window's states and sentences to heads, relations and tags."""
    net.eval()
    torch.onnx.export(
        net, (torch.randn(12, width), torch.arange(12) // 5), str(out), input_names=["words", "sentence"],
        output_names=["head", "relation", "tag"], opset_version=OPSET, dynamo=False,
        dynamic_axes={name: {0: "words"} for name in ("words", "sentence", "head", "relation", "tag")},
    )  # fmt: skip
    halve_weights(out)


def main() -> None:
    """Train and write the head."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--model", type=Path, required=True)
    ap.add_argument("--shared", type=Path, default=Path("../shared"))
    ap.add_argument("--silver", type=Path, required=True)
    ap.add_argument("--epochs", type=int, default=EPOCHS)
    ap.add_argument("--limit", type=int, help="use the first articles only")
    a = ap.parse_args()
    torch.manual_seed(1)
    silver = json.loads(a.silver.read_text("utf8"))
    reader = Reader(a.model)
    dev, lessons = (make_lessons(reader, a.shared, part, silver, a.limit) for part in ("dev", "train"))
    print(f"{len(lessons)} windows to learn from, {len(dev)} to look at", flush=True)
    width = lessons[0].states.shape[1]
    net = Syntax(width)
    train(net, lessons, dev, a.epochs)
    export(net, a.model / "syntax.onnx", width)


if __name__ == "__main__":
    main()
