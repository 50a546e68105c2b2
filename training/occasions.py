"""Fit the weights by which a row belongs to an occasion: ``sayso.extract.occasions``.

Each open row of the gold train labels that names no medium is one choice between the occasions around it and none.

    python training/occasions.py --shared ../shared --base BASE_DIR --out training/calibration.json
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))

from antecedents import fit_choices, pick
from corpora import load_articles
from examples import make_example
from pairs import row_views
from sayso.encoder.wordpiece import WordPieces
from sayso.extract.occasions import Standing, Talk, is_elsewhere
from sayso.extract.routes import Medium
from sayso.records import Kind

if TYPE_CHECKING:
    from examples import Example

GAPS = 0.35
TURNS = 4
Choice = tuple[list[dict[str, float]], int]


def walk(example: Example, rng: np.random.Generator) -> list[Choice]:
    """Return the choices of one article, the rows before each being those of the labels."""
    views, rows, sources = row_views(example), example.rows, example.article.sources
    ways = [tuple(r.row.via) for r in rows]
    keys = {key: k for k, key in enumerate(dict.fromkeys(r.row.source for r in rows))}
    names = [bool(way) and r.carried == 0 for way, r in zip(ways, rows, strict=True)]
    media = [
        [_medium(sources.get(key, {})) for key in way] if is_own else []
        for way, is_own in zip(ways, names, strict=True)
    ]
    text = example.article.text
    standings = [
        Standing(
            keys[r.row.source],
            is_open=r.row.within is None and r.row.stance != "other",
            carried=0.0,
            is_elsewhere=bool(r.row.cue_spans) and is_elsewhere(text, r.row.cue_spans, r.row.content_spans),
        )
        for r in rows
    ]
    talk = Talk(media, standings, views)
    choices = []
    for i, way in enumerate(ways):
        if names[i] or not standings[i].is_open:
            continue
        found = talk.near(i)
        # The nearest of those that came the same way.
        right = sorted((o for o in found if ways[o.first] == way), key=lambda o: abs(o.rows[-1] - i))
        if found and (right or not way):
            choices.append((talk.features_of(found, i, None), found.index(right[0]) if right else len(found)))
        # Read by the machine a chain has gaps; the weights are fitted to such chains.
        if right and rng.random() > GAPS:
            talk.join(right[0], i)
    return choices


def _medium(source: dict[str, str | None]) -> Medium:
    kind = Kind.DOCUMENT if source.get("kind") == "document" else Kind.OUTLET
    return Medium(source.get("name") or "", None, kind, "gold")


def main() -> None:
    """Fit, print, write."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--shared", type=Path, default=Path("../shared"))
    ap.add_argument("--base", type=Path, required=True)
    ap.add_argument("--out", type=Path, default=Path(__file__).parent / "calibration.json")
    a = ap.parse_args()
    cutter = WordPieces((a.base / "vocab.txt").read_text("utf8").splitlines())
    rng = np.random.default_rng(0)
    parts = {}
    for part in ("train", "dev"):
        examples = [make_example(x, cutter) for x in load_articles(a.shared, part) if x.is_gold]
        parts[part] = [c for _ in range(TURNS) for example in examples for c in walk(example, rng)]
    weights = fit_choices(parts["train"])
    for part, choices in parts.items():
        right = sum(pick(table, weights) == place for table, place in choices)
        carried = [(pick(t, weights), place, len(t) - 1) for t, place in choices]
        hits = sum(got == place != none for got, place, none in carried)
        print(part, f"{right}/{len(choices)}", "carried: right", hits, "of", sum(g != n for g, _, n in carried),
              "found, of", sum(p != n for _, p, n in carried))  # fmt: skip
    card = json.loads(a.out.read_text())
    card["weights"]["occasion"] = weights
    a.out.write_text(json.dumps(card, indent=1) + "\n")


if __name__ == "__main__":
    main()
