"""Scores pairs of names with rigour and nomenklatura; run by an interpreter that has them, never by Sayso's own.

Reads a JSON list of ``[schema, name, name]`` from standard input and writes a JSON object: the versions, and for each
rival one score from 0 to 1 for each pair.

rigour has no score for two whole names: parts that share a symbol count as equal, as its own documentation intends,
`compare_parts` scores the rest, and the mean over all alignments is taken, each weighing as much as it has letters.
"""

from __future__ import annotations

import importlib.metadata
import json
import logging
import sys
from typing import Any

from followthemoney import model
from followthemoney.names import schema_type_tag
from nomenklatura.matching import get_algorithm
from nomenklatura.matching.types import ScoringConfig
from rigour.names import NamePart, NameTypeTag, align_person_name_order, analyze_names, compare_parts, pair_symbols

ALGORITHMS = ("logic-v2", "name-based")


def make_entity(schema: str, name: str, identifier: str) -> Any:  # noqa: ANN401 (followthemoney's entity)
    """Return an entity that has a name and nothing else."""
    return model.get_proxy({"id": identifier, "schema": schema, "properties": {"name": [name]}})


def score_rigour(schema: str, left: str, right: str) -> float:
    """Return the best mean over rigour's alignments of two names."""
    tag = schema_type_tag(model.schemata[schema])
    best = 0.0
    for one in analyze_names(tag, [left]):
        for two in analyze_names(tag, [right]):
            for edges in pair_symbols(one, two):
                done = {id(part) for edge in edges for part in (*edge.qps, *edge.rps)}
                used = [part for edge in edges for part in (*edge.qps, *edge.rps)]
                rest_one = [part for part in one.parts if id(part) not in done and part not in used]
                rest_two = [part for part in two.parts if id(part) not in done and part not in used]
                if tag == NameTypeTag.PER:
                    rest_one, rest_two = align_person_name_order(rest_one, rest_two)
                else:
                    rest_one, rest_two = NamePart.tag_sort(rest_one), NamePart.tag_sort(rest_two)
                total = scored = 0.0
                for alignment, score in [
                    *((edge, 1.0) for edge in edges),
                    *((found, found.score) for found in compare_parts(rest_one, rest_two)),
                ]:
                    weight = float(sum(len(part.comparable) for part in (*alignment.qps, *alignment.rps)))
                    total, scored = total + weight, scored + weight * score
                best = max(best, scored / total if total else 0.0)
    return best


def main() -> None:
    """Score the pairs of standard input."""
    logging.disable(logging.WARNING)
    pairs = json.load(sys.stdin)
    config = ScoringConfig.defaults()
    scores: dict[str, list[float]] = {"rigour": [score_rigour(*pair) for pair in pairs]}
    for name in ALGORITHMS:
        algorithm = get_algorithm(name)
        if algorithm is None:
            continue
        # Each entity has an id of its own: nomenklatura remembers the names of an id.
        scores[name] = [
            algorithm.compare(make_entity(schema, left, f"a{n}"), make_entity(schema, right, f"b{n}"), config).score
            for n, (schema, left, right) in enumerate(pairs)
        ]
    versions = {name: importlib.metadata.version(name) for name in ("rigour", "nomenklatura")}
    json.dump({"versions": versions, "scores": scores}, sys.stdout)


if __name__ == "__main__":
    main()
