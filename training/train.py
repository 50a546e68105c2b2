"""Train the reader, on all of PolNeAR's train part with the gold labels where there are some (and those twice).

    python training/train.py --shared ../shared --base BASE_DIR --out runs/train

Interrupted, the same command resumes from the last checkpoint. Seeds are fixed.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import random
import sys
import time
from pathlib import Path

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

BASE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
WEIGHTS = {
    "cue": 1.0, "role": 1.0, "flat": 0.3, "entity": 0.2, "via": 0.5, "stance": 0.5, "certainty": 0.3, "endorsement": 0.3,
    "kind": 0.3, "naming": 0.3, "carry": 0.2, "pair": 0.5,
}  # fmt: skip


def load_base(folder: Path) -> tuple[dict, WordPieces]:
    """Return the base model's tensors, checked against their hash, and its word pieces."""
    path = folder / "model.safetensors"
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    if digest != BASE_SHA256:
        message = f"{path}: SHA-256 {digest}, expected {BASE_SHA256}"
        raise SystemExit(message)
    return load_file(path), WordPieces((folder / "vocab.txt").read_text("utf8").splitlines())


def groups(net: Network, encoder_rate: float, heads_rate: float, decay: float) -> list[dict]:
    """Return the optimiser's groups: the deeper the layer, the smaller its rate."""
    out = []
    n = len(net.encoder.layers)
    def add(parameters: list, rate: float) -> None:
        for wd, chosen in ((0.01, [p for p in parameters if p.ndim > 1]), (0.0, [p for p in parameters if p.ndim <= 1])):
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


def class_weights(examples: list) -> list[torch.Tensor]:
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
    """Exponential moving average of the weights."""

    def __init__(self, net: Network, decay: float) -> None:
        self.decay, self.steps = decay, 0
        self.values = {k: v.detach().clone() for k, v in net.state_dict().items()}

    @torch.no_grad()
    def update(self, net: Network) -> None:
        self.steps += 1
        d = min(self.decay, (1 + self.steps) / (10 + self.steps))
        torch._foreach_lerp_(list(self.values.values()), list(net.state_dict().values()), 1 - d)


def run_stage(net: Network, name: str, pool: list, *, epochs: int, rates: tuple[float, float], a: argparse.Namespace, dev: list, scorer, weights: dict, gamma: float) -> None:
    """Train one stage; `pool(epoch, rng)` gives its examples. Resumes from and writes checkpoints."""
    path = a.out / f"{name}.pt"
    opt = torch.optim.AdamW(groups(net, *rates, 0.9), betas=(0.9, 0.98), fused=True)
    average = Average(net, 0.998)
    cw = class_weights([e for e in pool(0, np.random.default_rng(0)) if e.article.is_gold])
    n_steps = epochs * math.ceil(len(pool(0, np.random.default_rng(0))) / a.articles)
    first, step = 0, 0
    if path.exists():
        state = torch.load(path, weights_only=False)
        net.load_state_dict(state["net"]); opt.load_state_dict(state["opt"])
        average.values, average.steps, first, step = state["average"], state["steps"], state["epoch"], state["step"]
        print(f"{name}: resumed at epoch {first}", flush=True)
    for epoch in range(first, epochs):
        rng = np.random.default_rng([a.seed, epoch, len(name)])
        torch.manual_seed(a.seed * 1000 + epoch)
        examples = pool(epoch, rng)
        order = rng.permutation(len(examples))
        total: dict[str, float] = {}
        began = time.time()
        net.train()
        for at in range(0, len(order), a.articles):
            batch = make_batch([examples[i] for i in order[at : at + a.articles]], rng, gamma=gamma)
            progress = step / n_steps
            scale = min(1.0, progress / 0.06) * max(0.0, (1 - progress) / 0.94 if progress > 0.06 else 1.0)
            for g in opt.param_groups:
                g["lr"] = g["peak"] * scale
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=a.bf16):
                parts = losses(net, batch, rng, weights, cw)
                loss = sum(weights[k] * v for k, v in parts.items())
            opt.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            opt.step()
            average.update(net)
            step += 1
            for k, v in parts.items():
                total[k] = total.get(k, 0.0) + float(v.detach())
            if step % 40 == 0:
                rate = (at + a.articles) / (time.time() - began)
                print(f"{name} epoch {epoch} step {step}/{n_steps} {rate:.1f} articles/s " + " ".join(f"{k} {v / (at // a.articles + 1):.3f}" for k, v in total.items()), flush=True)
        torch.save({"net": net.state_dict(), "opt": opt.state_dict(), "average": average.values, "steps": average.steps, "epoch": epoch + 1, "step": step}, path.with_suffix(".tmp"))
        path.with_suffix(".tmp").replace(path)
        if (epoch + 1) % a.every == 0 or epoch + 1 == epochs:
            report(net, average, dev, scorer, f"{name} epoch {epoch}", a)
    net.load_state_dict(average.values)


def report(net: Network, average: Average, dev: list, scorer, title: str, a: argparse.Namespace) -> None:
    """Print dev figures of the averaged weights."""
    kept = {k: v.clone() for k, v in net.state_dict().items()}
    net.load_state_dict(average.values)
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=a.bf16):
        figures = {"flat": evaluate(net, dev, scorer, flat=True), "gold": evaluate(net, [e for e in dev if e.article.is_gold], scorer, flat=False),
                   "labels": label_accuracy(net, [e for e in dev if e.article.is_gold])}
    print(title, json.dumps(figures), flush=True)
    net.load_state_dict(kept)


def main() -> None:
    """Parse, train, write the final weights."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--shared", type=Path, default=Path("../shared"))
    ap.add_argument("--base", type=Path, required=True)
    ap.add_argument("--out", type=Path, default=Path("runs/train"))
    ap.add_argument("--entities", type=Path)
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--epochs", type=int, default=4)
    ap.add_argument("--epochs-b", type=int, default=2)
    ap.add_argument("--epochs-c", type=int, default=2)
    ap.add_argument("--articles", type=int, default=4, help="articles a batch")
    ap.add_argument("--every", type=int, default=1)
    ap.add_argument("--limit", type=int)
    ap.add_argument("--threads", type=int, default=2)
    ap.add_argument("--fp32", dest="bf16", action="store_false")
    a = ap.parse_args()
    a.out.mkdir(parents=True, exist_ok=True)
    random.seed(a.seed); np.random.seed(a.seed); torch.manual_seed(a.seed)
    torch.set_num_threads(a.threads)
    tensors, cutter = load_base(a.base)
    entities = json.loads(a.entities.read_text()) if a.entities else {}
    def load(part: str) -> list:
        articles = load_articles(a.shared, part)[: a.limit]
        for article in articles:
            article.entities = entities.get(article.name, [])
        return [make_example(x, cutter, overlap=48 if part == "train" else 96) for x in articles]
    train, dev = load("train"), load("dev")
    # The shared layout keeps dev texts apart; dev figures never choose what is trained, only what is looked at.
    gold = [e for e in train if e.article.is_gold]
    plain = [e for e in train if not e.article.is_gold]
    net = Network()
    net.load_base(tensors)
    scorer = load_scorer(a.shared)
    after_a = a.out / "after_a.pt"
    if after_a.exists():
        net.load_state_dict(torch.load(after_a, weights_only=True))
    else:
        run_stage(net, "stage_a", lambda epoch, rng: train + gold, epochs=a.epochs, rates=(1.5e-4, 1e-3), a=a, dev=dev, scorer=scorer, weights=WEIGHTS, gamma=2.0)
        torch.save(net.state_dict(), after_a)
    if a.epochs_b:
        # A warm restart with the flat tagger at full weight, and the cue loss nearer to plain likelihood so that its
        # probabilities can be read as such.
        run_stage(net, "stage_b", lambda epoch, rng: train + gold, epochs=a.epochs_b, rates=(8e-5, 5e-4), a=a, dev=dev, scorer=scorer,
                  weights=WEIGHTS | {"flat": 1.0}, gamma=0.5)  # fmt: skip
    if a.epochs_c:
        # The gold, which alone has nested rows, twice, with as much of the rest as there is of it.
        def replay(_: int, rng: np.random.Generator) -> list:
            return gold + gold + [plain[i] for i in rng.permutation(len(plain))[: len(gold)]]

        run_stage(net, "stage_c", replay, epochs=a.epochs_c, rates=(4e-5, 4e-4), a=a, dev=dev, scorer=scorer,
                  weights=WEIGHTS | {"flat": 1.0}, gamma=0.5)  # fmt: skip
    torch.save(net.state_dict(), a.out / "final.pt")


if __name__ == "__main__":
    main()
