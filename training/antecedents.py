"""Fit the weights by which a mention is taken to somebody: ``sayso.extract.antecedents``.

Each row of the gold train labels is one choice between those at hand and "nobody yet"; those before it are taken
from the labels. A linear model with a softmax over the choices, one set of weights for each group of mentions, with a
ridge penalty. Measured on the gold dev labels, where nothing is chosen by it.

    python training/antecedents.py --shared ../shared --base BASE_DIR --entities runs/train/entities.json
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import torch

sys.path.insert(0, str(Path(__file__).parent))

from corpora import load_articles
from examples import make_example
from pairs import row_views
from sayso.encoder.wordpiece import WordPieces
from sayso.extract.antecedents import (
    NOBODY,
    Page,
    Scene,
    candidates_of,
    features_of,
    make_scene,
    place_of,
    settle,
    take_row,
)
from sayso.extract.mentions import describe_mention, same_name
from sayso.extract.sources import find_people
from sayso.extract.weighing import find_best, score

if TYPE_CHECKING:
    from examples import Example

RIDGE = 1.0
STEPS = 300
# Weights that `fit.py` chooses on dev: the heads have seen the train labels, so there they seem surer than they are.
FITTED_LATER = frozenset(("head:pair", "head:carry", "none:lean"))
Choice = tuple[list[dict[str, float]], int]


def scene_of(example: Example) -> Scene:
    """Return the scene of an article's labelled rows."""
    words, text = example.words, example.article.text
    sentences = [int(words.start[i]) for i in range(len(words)) if words.begins[i]]
    persons = [(s, e) for s, e, label in example.article.entities if label == "PERSON"]
    views = row_views(example)
    around = []
    for i, view in enumerate(views):
        at = place_of(view)
        holding = [
            (sum(e - s for s, e in other.content), j)
            for j, other in enumerate(views)
            if j != i and any(s <= at < e for s, e in other.content)
        ]
        around.append([j for _, j in sorted(holding)])
    return make_scene(text, sentences, views, find_people(text, persons), around)


def walk(example: Example) -> tuple[list[Choice], Counter]:
    """Return the choices of one article, and how often a mention's words settle it rightly or wrongly."""
    scene = scene_of(example)
    names = {key: describe_mention(s.get("name") or "") for key, s in example.article.sources.items()}
    page = Page(scene)
    keys = [next((k for k, form in names.items() if same_name(form, c.forms[0])), None) for c in page.clusters]
    choices: list[Choice] = []
    settled: Counter = Counter()
    for i, row in enumerate(example.rows):
        right = keys.index(row.row.source) if row.row.source in keys else NOBODY
        words = settle(page, i)
        if words is not None:
            settled[words == right] += 1
        else:
            found = candidates_of(page, i)
            if found and (right == NOBODY or right in found):
                place = found.index(right) if right != NOBODY else len(found)
                choices.append((features_of(page, i, found, None), place))
        take_row(page, i, right, 1.0)
        if right == NOBODY:
            keys.append(row.row.source)
    return choices, settled


def fit_choices(choices: list[Choice]) -> dict[str, float]:
    """Return the weights that make the labelled choices likeliest, less a penalty."""
    names = sorted({name for table, _ in choices for row in table for name in row} - FITTED_LATER)
    index = {name: k for k, name in enumerate(names)}
    width = max(len(table) for table, _ in choices)
    x = torch.zeros(len(choices), width, len(names))
    mask = torch.full((len(choices), width), -1e4)
    target = torch.tensor([place for _, place in choices])
    for n, (table, _) in enumerate(choices):
        for k, row in enumerate(table):
            mask[n, k] = 0.0
            for name in row.keys() - FITTED_LATER:
                x[n, k, index[name]] = row[name]
    w = torch.zeros(len(names), requires_grad=True)
    opt = torch.optim.LBFGS([w], max_iter=STEPS, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        opt.zero_grad()
        value = torch.nn.functional.cross_entropy(x @ w + mask, target) + RIDGE * w.square().sum() / len(choices)
        value.backward()
        return value

    opt.step(loss)
    return {name: round(float(v), 3) for name, v in zip(names, w.detach(), strict=True) if abs(float(v)) >= 0.005}


def pick(table: list[dict[str, float]], weights: dict[str, float]) -> int:
    """Return which of some choices the weights find best."""
    return find_best([score(row, weights) for row in table])


def measure(examples: list[Example], weights: dict[str, float]) -> None:
    """Print how many choices are right, by group, the clusters before each being those of the labels."""
    right, total = Counter(), Counter()
    for example in examples:
        for table, place in walk(example)[0]:
            group = next(iter(table[0])).partition(":")[0]
            total[group] += 1
            right[group] += pick(table, weights) == place
    print({g: f"{right[g]}/{total[g]}" for g in total}, f"{sum(right.values()) / max(1, sum(total.values())):.3f}")


def main() -> None:
    """Fit, print, write."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--shared", type=Path, default=Path("../shared"))
    ap.add_argument("--base", type=Path, required=True)
    ap.add_argument("--entities", type=Path, required=True)
    ap.add_argument("--out", type=Path, default=Path(__file__).parent / "calibration.json")
    a = ap.parse_args()
    cutter = WordPieces((a.base / "vocab.txt").read_text("utf8").splitlines())
    entities = json.loads(a.entities.read_text())
    parts = {}
    for part in ("train", "dev"):
        articles = [x for x in load_articles(a.shared, part) if x.is_gold]
        for article in articles:
            article.entities = entities.get(article.name, [])
        parts[part] = [make_example(x, cutter) for x in articles]
    choices, settled = [], Counter()
    for example in parts["train"]:
        found, by_words = walk(example)
        choices += found
        settled += by_words
    print("choices", len(choices), "settled by words", dict(settled))
    weights = fit_choices(choices)
    for part, examples in parts.items():
        print(part, end=" ")
        measure(examples, weights)
    card = json.loads(a.out.read_text())
    card["weights"]["antecedent"] = weights
    a.out.write_text(json.dumps(card, indent=1) + "\n")


if __name__ == "__main__":
    main()
