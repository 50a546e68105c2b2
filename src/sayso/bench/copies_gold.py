"""Who copied whom, against labelled pairs of articles: relations, and who took it from whom.

The labels' relation is read off the edges: a whole text before a part, a part before a possible rewriting, that before
quoted speech; phrases alone or nothing are independent. Few of these texts have a date or an outlet, so most directions
cannot be known.
"""

from __future__ import annotations

import csv
import importlib.util
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from sayso.bench.readings import open_reader
from sayso.bench.shares import Share, is_seen
from sayso.corroborate.reuse import find_reuse
from sayso.ingest import from_text
from sayso.records import Kind, Naming, ReuseDirection, ReuseExtent

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from sayso.records import Document, Reuse

RELATIONS = {
    ReuseExtent.WHOLE: "whole_copy",
    ReuseExtent.PART: "partial_copy",
    ReuseExtent.REWRITE: "rewrite",
    ReuseExtent.QUOTES: "common_quotes",
}
NOTHING = "independent"
LEAST_PAIRS = 10
ROUNDS, SEED = 1000, 20261125
HALVES = ("looked at", "unseen")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """One labelled pair and what was read of it.

    Attributes:
        half: The half that it belongs to.
        relation: As labelled.
        found: As read off the edges.
        direction: As labelled.
        claimed: As the deciding edge has it, or a certain one where that is only possible: ``a->b``, ``b->a``,
            ``common`` or ``unknown``.
        feature: The feature that decided the direction.
    """

    half: str
    relation: str
    found: str
    direction: str
    claimed: str
    feature: str


def load_texts(shared: Path) -> Any:  # noqa: ANN401 - a module, loaded where it stands
    """Return the module that brings the labelled pairs' texts back, loaded where it stands."""
    path = shared / "gold" / "reuse_texts.py"
    spec = importlib.util.spec_from_file_location("reuse_texts", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def load_documents(shared: Path, module: Any, gold: Sequence[dict[str, Any]]) -> dict[tuple[str, str], Document]:  # noqa: ANN401
    """Return the documents of the labelled pairs, with outlet and date where the corpus has them."""
    texts = module.texts(str(shared))
    known = load_metadata(shared / "data" / "polnear" / "metadata.tsv")
    documents = {}
    for pair in gold:
        for side in "ab":
            key = (pair[side]["corpus"], pair[side]["doc"])
            if key in texts and key not in documents:
                name = key[1].rpartition("/")[2].removesuffix(".txt")
                about = known.get(name, {}) if key[0] == "polnear" else {}
                document = from_text(texts[key], name="/".join(key), **about)
                # Two files with the same text are still two articles.
                documents[key] = replace(document, id=f"{document.id}/{'/'.join(key)}")
    return documents


def load_metadata(path: Path) -> dict[str, dict[str, str]]:
    """Return outlet and date of PolNeAR's articles, by file name."""
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t")
        return {
            row["filename"].removesuffix(".txt"): {"outlet": row["publisher"], "published": row["publication_date"]}
            for row in rows
        }


def read_names(documents: Iterable[Document]) -> dict[str, list[str]]:
    """Return by document the named outlets to which a reading of it attributes something."""
    kept = list(documents)
    readings = open_reader().read_many(kept)
    return {
        document.id: sorted(
            {source.name for source in reading.sources if source.kind is Kind.OUTLET and source.naming is Naming.NAMED}
        )
        for document, reading in zip(kept, readings, strict=True)
    }


def judge_pairs(
    gold: Iterable[dict[str, Any]], documents: dict[tuple[str, str], Document], named: dict[str, list[str]]
) -> list[Pair]:
    """Return the labelled pairs with what was read of them; pairs of which a text is missing are left out."""
    pairs = []
    for labels in gold:
        keys = [(labels[side]["corpus"], labels[side]["doc"]) for side in "ab"]
        if not all(key in documents for key in keys):
            continue
        one, two = (documents[key] for key in keys)
        edges = find_reuse(one, [two], named=named)
        found, edge = read_relation(edges)
        edge = pick_directed(edges, edge)
        pairs.append(
            Pair(
                half=HALVES[0 if is_seen("|".join("/".join(key) for key in keys)) else 1],
                relation=labels["relation"],
                found=found,
                direction=labels["direction"],
                claimed=read_direction(edge, one.id),
                feature=edge.reasons[-1].feature if edge else "",
            )
        )
    return pairs


def read_relation(edges: Sequence[Reuse]) -> tuple[str, Reuse | None]:
    """Return the relation between two documents and the edge that decides it."""
    by_extent = {edge.extent: edge for edge in edges}
    for extent, relation in RELATIONS.items():
        if extent in by_extent:
            return relation, by_extent[extent]
    return NOTHING, None


def pick_directed(edges: Sequence[Reuse], deciding: Reuse | None) -> Reuse | None:
    """Return the edge whose direction is read: the deciding one, or a certain one where that claims none."""
    if deciding is None or deciding.is_certain or deciding.direction is not ReuseDirection.UNKNOWN:
        return deciding
    return next((edge for edge in edges if edge.is_certain), deciding)


def read_direction(edge: Reuse | None, first: str) -> str:
    """Return the direction of an edge as the labels put it."""
    if edge is None or edge.direction is ReuseDirection.UNKNOWN:
        return "unknown"
    if edge.direction is ReuseDirection.COMMON:
        return "common"
    return "b->a" if edge.document == first else "a->b"


def macro_f1(pairs: Sequence[Pair], relations: Sequence[str]) -> float:
    """Return the mean F1 over the relations, in per cent."""
    counts = Counter((pair.relation, pair.found) for pair in pairs)
    gold, found = Counter(pair.relation for pair in pairs), Counter(pair.found for pair in pairs)
    scores = [2 * counts[name, name] / max(1, gold[name] + found[name]) for name in relations]
    return 100 * sum(scores) / len(scores) if scores else 0.0


def print_gold(pairs: Sequence[Pair]) -> None:
    """Print relations and directions, for each half and for both."""
    counted = Counter(pair.relation for pair in pairs)
    relations = sorted(name for name, count in counted.items() if count >= LEAST_PAIRS)
    for half in (*HALVES, "both"):
        part = [pair for pair in pairs if half in {pair.half, "both"}]
        low, high = find_interval(part, relations)
        print(f"\n{half}: macro F1 over {', '.join(relations)}")
        print(f"{'':<58} {macro_f1(part, relations):5.1f}    [{low:.1f}, {high:.1f}]  n={len(part)}")
        for name in relations:
            found = sum(pair.found == name for pair in part)
            right = sum(pair.found == name == pair.relation for pair in part)
            print(Share(of=f"{name}: recall", right=right, n=sum(pair.relation == name for pair in part)))
            print(Share(of=f"{name}: precision", right=right, n=found))
        print_directions(part)


def find_interval(pairs: Sequence[Pair], relations: Sequence[str]) -> tuple[float, float]:
    """Return the 95 % interval of macro F1: pairs are drawn again."""
    draw = np.random.default_rng(SEED)
    drawn = [
        macro_f1([pairs[place] for place in draw.integers(0, len(pairs), len(pairs))], relations)
        for _ in range(ROUNDS if pairs else 0)
    ]
    low, high = np.percentile(drawn, (2.5, 97.5)) if drawn else (0.0, 0.0)
    return float(low), float(high)


def print_directions(pairs: Sequence[Pair]) -> None:
    """Print how many claimed directions are right, and of how many that can be known one is claimed."""
    claimed = [pair for pair in pairs if pair.claimed != "unknown"]
    arrows = [pair for pair in claimed if "->" in pair.claimed]
    known = [pair for pair in pairs if pair.direction != "unknown"]
    for words, part in (("who from whom, or common", claimed), ("who from whom", arrows)):
        right = sum(pair.claimed == pair.direction for pair in part)
        print(Share(of=f"direction claimed ({words}): precision", right=right, n=len(part)))
    print(Share(of="direction: coverage", right=sum(pair.claimed != "unknown" for pair in known), n=len(known)))
    arrows_known = [pair for pair in known if "->" in pair.direction]
    right = sum("->" in pair.claimed for pair in arrows_known)
    print(Share(of="direction: coverage of who from whom", right=right, n=len(arrows_known)))
    for (feature, is_right), count in sorted(Counter((p.feature, p.claimed == p.direction) for p in claimed).items()):
        print(f"  by {feature}: {count} {'right' if is_right else 'wrong'}")
