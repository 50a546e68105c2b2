"""Train the reader, on all of PolNeAR's train part with the gold labels where there are some (and those twice).

    python training/train.py --shared ../shared --base BASE_DIR --out runs/train

Interrupted, the same command resumes from the last checkpoint. Seeds are fixed.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from safetensors.torch import load_file

sys.path.insert(0, str(Path(__file__).parent))

from batches import losses, make_batch
from corpora import load_articles
from evaluate import evaluate, label_accuracy, load_scorer
from examples import make_example
from model import LABEL_SIZES, Network
from sayso.encoder.wordpiece import WordPieces
from variants import Names, Openings, vary

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from batches import Batch
    from examples import Example

BASE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
WEIGHTS = {
    "cue": 1.0, "role": 1.0, "flat": 0.3, "entity": 0.2, "via": 0.5, "stance": 0.5, "certainty": 0.3,
    "endorsement": 0.3, "kind": 0.3, "naming": 0.3, "carry": 0.2, "pair": 0.5,
}  # fmt: skip
LAYER_DECAY = 0.9
AVERAGE_DECAY = 0.998
# The share of a stage's steps over which the rate rises; over the rest it falls to nothing.
WARM_UP = 0.06
STEPS_A_LINE = 40
TRAIN_OVERLAP = 48


@dataclass(frozen=True)
class Options:
    """How to train, the same in every stage.

    Attributes:
        out: The folder of the checkpoints.
        seed: Of all draws.
        articles: How many make a batch.
        every: After how many epochs the dev figures are printed.
        bf16: Whether products are taken in bfloat16.
    """

    out: Path
    seed: int = 1
    articles: int = 4
    every: int = 1
    bf16: bool = True


@dataclass(frozen=True)
class Session:
    """What every stage works on.

    Attributes:
        net: The network; each stage goes on from what the one before left in it.
        dev: Articles to look at.
        scorer: The scorer's module.
        options: How to train.
    """

    net: Network
    dev: list[Example]
    scorer: ModuleType
    options: Options


@dataclass(frozen=True)
class Stage:
    """One stretch of training, with a rise and fall of the rate.

    Attributes:
        name: Of its checkpoint, and part of its seed by its length.
        epochs: How many.
        rates: The encoder's and the heads' highest learning rate.
        weights: Of the losses, by name.
        gamma: Of the cues' focal loss.
        pool: Gives an epoch's examples.
    """

    name: str
    epochs: int
    rates: tuple[float, float]
    weights: dict[str, float]
    gamma: float
    pool: Callable[[np.random.Generator], list[Example]]


def load_base(folder: Path) -> tuple[dict[str, torch.Tensor], WordPieces]:
    """Return the base model's tensors, checked against their hash, and its word pieces."""
    path = folder / "model.safetensors"
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    if digest != BASE_SHA256:
        message = f"{path}: SHA-256 {digest}, expected {BASE_SHA256}"
        raise SystemExit(message)
    return load_file(path), WordPieces((folder / "vocab.txt").read_text("utf8").splitlines())


def groups(net: Network, encoder_rate: float, heads_rate: float, decay: float) -> list[dict[str, Any]]:
    """Return the optimiser's groups: the deeper the layer, the smaller its rate."""
    out = []
    n = len(net.encoder.layers)

    def add(parameters: list[torch.Tensor], rate: float) -> None:
        for wd, chosen in (
            (0.01, [p for p in parameters if p.ndim > 1]),
            (0.0, [p for p in parameters if p.ndim <= 1]),
        ):
            if chosen:
                out.append({"params": chosen, "lr": rate, "peak": rate, "weight_decay": wd})

    e = net.encoder
    new = {id(p) for m in (e.shape, e.inside, e.start) for p in m.parameters()}
    inner = {id(p) for layer in e.layers for p in layer.parameters()}
    add([p for p in e.parameters() if id(p) not in inner | new], encoder_rate * decay ** (n + 1))
    add([p for p in e.parameters() if id(p) in new], heads_rate)
    for i, layer in enumerate(e.layers):
        add(list(layer.parameters()), encoder_rate * decay ** (n - i))
    add([p for name, p in net.named_parameters() if not name.startswith("encoder.")], heads_rate)
    return out


def class_weights(examples: list[Example]) -> list[torch.Tensor]:
    """Return n^-0.5, capped at five times the most frequent class's, per label."""
    out = []
    for j, size in enumerate(LABEL_SIZES[:5]):
        n = np.ones(size)
        for e in examples:
            for r in e.rows:
                if r.labels[j] >= 0:
                    n[r.labels[j]] += 1
        w = n**-0.5
        out.append(torch.tensor(np.minimum(w / w.min(), 5.0), dtype=torch.float32))
    return out


class Average:
    """Exponential moving average of the weights of `net`; early on it forgets faster than by `decay`."""

    def __init__(self, net: Network, decay: float) -> None:
        self.decay, self.steps = decay, 0
        self.values = {k: v.detach().clone() for k, v in net.state_dict().items()}

    @torch.no_grad()
    def update(self, net: Network) -> None:
        """Take in the weights as they are after one more step."""
        self.steps += 1
        d = min(self.decay, (1 + self.steps) / (10 + self.steps))
        torch._foreach_lerp_(list(self.values.values()), list(net.state_dict().values()), 1 - d)


def rate_scale(progress: float) -> float:
    """Return the share of the highest rate at a share of a stage's steps."""
    if progress > WARM_UP:
        return max(0.0, (1 - progress) / (1 - WARM_UP))
    return progress / WARM_UP


class Course:
    """A stage under way: its optimiser, its averaged weights, and how far it has come."""

    def __init__(self, stage: Stage, session: Session) -> None:
        self.stage, self.net, self.options = stage, session.net, session.options
        self.path = session.options.out / f"{stage.name}.pt"
        self.opt = torch.optim.AdamW(groups(self.net, *stage.rates, LAYER_DECAY), betas=(0.9, 0.98), fused=True)
        self.average = Average(self.net, AVERAGE_DECAY)
        pool = stage.pool(np.random.default_rng(0))
        self.class_weights = class_weights([e for e in pool if e.article.is_gold])
        self.n_steps = stage.epochs * math.ceil(len(pool) / self.options.articles)
        self.epoch, self.step = 0, 0

    def resume(self) -> None:
        """Go on from the checkpoint, if there is one."""
        if not self.path.exists():
            return
        state = torch.load(self.path, weights_only=False)
        self.net.load_state_dict(state["net"])
        self.opt.load_state_dict(state["opt"])
        self.average.values, self.average.steps = state["average"], state["steps"]
        self.epoch, self.step = state["epoch"], state["step"]
        print(f"{self.stage.name}: resumed at epoch {self.epoch}", flush=True)

    def save(self) -> None:
        """Write the checkpoint: whole or not at all."""
        state = {
            "net": self.net.state_dict(),
            "opt": self.opt.state_dict(),
            "average": self.average.values,
            "steps": self.average.steps,
            "epoch": self.epoch,
            "step": self.step,
        }
        unfinished = self.path.with_suffix(".tmp")
        torch.save(state, unfinished)
        unfinished.replace(self.path)

    def train_epoch(self) -> dict[str, float]:
        """Go once through the pool; return the losses, summed over the steps. Every epoch has seeds of its own."""
        seed, size = self.options.seed, self.options.articles
        rng = np.random.default_rng([seed, self.epoch, len(self.stage.name)])
        torch.manual_seed(seed * 1000 + self.epoch)
        examples = self.stage.pool(rng)
        order = rng.permutation(len(examples))
        total: dict[str, float] = {}
        began = time.time()
        self.net.train()
        for at in range(0, len(order), size):
            batch = make_batch([examples[i] for i in order[at : at + size]], rng, gamma=self.stage.gamma)
            for name, loss in self.take_step(batch, rng).items():
                total[name] = total.get(name, 0.0) + loss
            if self.step % STEPS_A_LINE == 0:
                speed = (at + size) / (time.time() - began)
                self.print_losses({name: loss / (at // size + 1) for name, loss in total.items()}, speed)
        self.epoch += 1
        return total

    def take_step(self, batch: Batch, rng: np.random.Generator) -> dict[str, float]:
        """Train on one batch; return its losses."""
        scale = rate_scale(self.step / self.n_steps)
        for group in self.opt.param_groups:
            group["lr"] = group["peak"] * scale
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.options.bf16):
            parts = losses(self.net, batch, rng, self.stage.weights, self.class_weights)
            loss = sum(self.stage.weights[name] * part for name, part in parts.items())
        self.opt.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.net.parameters(), 1.0)
        self.opt.step()
        self.average.update(self.net)
        self.step += 1
        return {name: float(part.detach()) for name, part in parts.items()}

    def print_losses(self, means: dict[str, float], speed: float) -> None:
        """Print one line on how it goes."""
        title = f"{self.stage.name} epoch {self.epoch} step {self.step}/{self.n_steps} {speed:.1f} articles/s"
        print(title, " ".join(f"{name} {mean:.3f}" for name, mean in means.items()), flush=True)


def run_stage(stage: Stage, session: Session) -> None:
    """Train one stage and leave its averaged weights in the network. Resumes from and writes checkpoints."""
    course = Course(stage, session)
    course.resume()
    while course.epoch < stage.epochs:
        course.train_epoch()
        course.save()
        if course.epoch % session.options.every == 0 or course.epoch == stage.epochs:
            report(session, course.average, f"{stage.name} epoch {course.epoch - 1}")
    session.net.load_state_dict(course.average.values)


def report(session: Session, average: Average, title: str) -> None:
    """Print dev figures of the averaged weights."""
    net, dev, scorer = session.net, session.dev, session.scorer
    gold = [e for e in dev if e.article.is_gold]
    kept = {k: v.clone() for k, v in net.state_dict().items()}
    net.load_state_dict(average.values)
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=session.options.bf16):
        figures = {
            "flat": evaluate(net, dev, scorer, flat=True),
            "gold": evaluate(net, gold, scorer, flat=False),
            "labels": label_accuracy(net, gold),
        }
    print(title, json.dumps(figures), flush=True)
    net.load_state_dict(kept)


def plan_stages(train: list[Example], cutter: WordPieces, epochs: tuple[int, int, int]) -> tuple[Stage, Stage, Stage]:
    """Return the three stages over the training articles."""
    gold = [e for e in train if e.article.is_gold]
    plain = [e for e in train if not e.article.is_gold]
    articles = [e.article for e in train]
    names, openings = Names(articles), Openings([e.article for e in plain])

    def vary_each(examples: list[Example], rng: np.random.Generator) -> list[Example]:
        made = [vary(e.article, rng, names, openings) for e in examples]
        return [
            e if article is e.article else make_example(article, cutter, overlap=TRAIN_OVERLAP)
            for e, article in zip(examples, made, strict=True)
        ]

    def everything(rng: np.random.Generator) -> list[Example]:
        return vary_each(train + gold, rng)

    # The gold, which alone has nested rows, twice, with as much of the rest as there is of it.
    def replay(rng: np.random.Generator) -> list[Example]:
        chosen = [plain[i] for i in rng.permutation(len(plain))[: len(gold)]]
        return vary_each(gold + gold + chosen, rng)

    # After the first, a warm restart with the flat tagger at full weight, and the cue loss nearer to plain likelihood
    # so that its probabilities can be read as such.
    heavy = WEIGHTS | {"flat": 1.0}
    return (
        Stage("stage_a", epochs[0], (1.5e-4, 1e-3), WEIGHTS, 2.0, everything),
        Stage("stage_b", epochs[1], (8e-5, 5e-4), heavy, 0.5, everything),
        Stage("stage_c", epochs[2], (4e-5, 4e-4), heavy, 0.5, replay),
    )


def run_stages(stages: tuple[Stage, Stage, Stage], session: Session) -> None:
    """Train all stages and write the final weights; the first is skipped if its outcome is there already."""
    first, *rest = stages
    after_a = session.options.out / "after_a.pt"
    if after_a.exists():
        session.net.load_state_dict(torch.load(after_a, weights_only=True))
    else:
        run_stage(first, session)
        torch.save(session.net.state_dict(), after_a)
    for stage in rest:
        if stage.epochs:
            run_stage(stage, session)
    torch.save(session.net.state_dict(), session.options.out / "final.pt")


def load_examples(
    shared: Path, part: str, entities: dict[str, list[Any]], cutter: WordPieces, limit: int | None
) -> list[Example]:
    """Return the examples of ``train`` or ``dev``, the first `limit` of them."""
    articles = load_articles(shared, part)[:limit]
    for article in articles:
        article.entities = entities.get(article.name, [])
    return [make_example(x, cutter, overlap=TRAIN_OVERLAP if part == "train" else 96) for x in articles]


def parse_arguments() -> argparse.Namespace:
    """Return what the command line asks for."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--shared", type=Path, default=Path("../shared"))
    ap.add_argument("--base", type=Path, required=True)
    ap.add_argument("--out", type=Path, default=Path("runs/train"))
    ap.add_argument("--entities", type=Path)
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--epochs", type=int, default=5)
    ap.add_argument("--epochs-b", type=int, default=3)
    ap.add_argument("--epochs-c", type=int, default=0, help="of a third stage on the gold; measured: no better")
    ap.add_argument("--articles", type=int, default=4, help="articles a batch")
    ap.add_argument("--every", type=int, default=1)
    ap.add_argument("--limit", type=int)
    ap.add_argument("--threads", type=int, default=2)
    ap.add_argument("--fp32", dest="bf16", action="store_false")
    return ap.parse_args()


def main() -> None:
    """Parse, train, write the final weights."""
    a = parse_arguments()
    a.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(a.seed)
    torch.set_num_threads(a.threads)
    tensors, cutter = load_base(a.base)
    entities = json.loads(a.entities.read_text()) if a.entities else {}
    # Dev figures never choose what is trained, only what is looked at.
    train, dev = (load_examples(a.shared, part, entities, cutter, a.limit) for part in ("train", "dev"))
    net = Network()
    net.load_base(tensors)
    options = Options(out=a.out, seed=a.seed, articles=a.articles, every=a.every, bf16=a.bf16)
    session = Session(net, dev, load_scorer(a.shared), options)
    run_stages(plan_stages(train, cutter, (a.epochs, a.epochs_b, a.epochs_c)), session)


if __name__ == "__main__":
    main()
