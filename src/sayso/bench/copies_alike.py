"""How often two reports of one event, and two articles at random, are taken for a possible rewriting.

Of two reports of one event (ECB+) few are rewritings of one another; that one follows the other's order all the same
happens, so the share is no pure count of mistakes. Of two articles at random none should be.
"""

from __future__ import annotations

import random
import re
from itertools import combinations
from typing import TYPE_CHECKING, Any

from sayso.bench.copies_composed import make_document
from sayso.bench.shares import Share
from sayso.corroborate.reuse import compare_sides, open_side
from sayso.records import ReuseExtent

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sayso.corroborate.sides import Side

    Key = tuple[str, str]
    Couple = tuple[Key, Key]

SEED = 20261126
EVENT_PAIRS, RANDOM_PAIRS = 1500, 4000
# `12_4ecb.xml` and `12_6ecbplus.xml` are of one topic and of two events.
EVENT = re.compile(r"(?P<topic>\d+)_\d+(?P<part>ecb(?:plus)?)\.xml")


def draw_event_pairs(keys: Iterable[Key], labelled: Iterable[frozenset[Key]]) -> list[Couple]:
    """Return pairs of reports of one event, none of them labelled."""
    events: dict[tuple[str, str], list[Key]] = {}
    for key in sorted(keys):
        found = EVENT.fullmatch(key[1])
        if found:
            events.setdefault((found["topic"], found["part"]), []).append(key)
    left_out = set(labelled)
    pairs = [pair for of in events.values() for pair in combinations(of, 2) if frozenset(pair) not in left_out]
    return random.Random(SEED).sample(pairs, min(EVENT_PAIRS, len(pairs)))  # noqa: S311 - no secret


def draw_random_pairs(keys: Iterable[Key]) -> list[Couple]:
    """Return pairs of articles drawn from all corpora."""
    among, draw = sorted(keys), random.Random(SEED)  # noqa: S311 - no secret
    if len(among) < 2:  # noqa: PLR2004 - a pair
        return []
    return [(one, two) for one, two in (draw.sample(among, 2) for _ in range(RANDOM_PAIRS))]


def count_rewritings(pairs: Sequence[Couple], texts: Mapping[Key, str], *, of: str) -> Share:
    """Return how many pairs are taken for a possible rewriting."""
    sides: dict[Key, Side] = {
        key: open_side(make_document("/".join(key), texts[key])) for key in {key for pair in pairs for key in pair}
    }
    found = sum(
        any(edge.extent is ReuseExtent.REWRITE for edge in compare_sides(sides[one], sides[two])) for one, two in pairs
    )
    return Share(of=of, right=found, n=len(pairs))


def print_alike(texts: Mapping[Key, str], gold: Iterable[dict[str, Any]]) -> None:
    """Print both shares."""
    labelled = [frozenset((pair[side]["corpus"], pair[side]["doc"]) for side in "ab") for pair in gold]
    print("\npossible rewritings")
    print(count_rewritings(draw_event_pairs(texts, labelled), texts, of="two reports of one event (ECB+), unlabelled"))
    print(count_rewritings(draw_random_pairs(texts), texts, of="two articles at random"))
