"""How rows of one article bear on one another: disputes, supports, repeats."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sayso.records import Relation, RelationType, Stance

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.extract.pairs import RowView
    from sayso.extract.sources import PairScores
    from sayso.records import Attribution

# A row bears on few others: more is a scorer that fell in love with a word.
MAX_PER_ROW = 2


def find_relations(
    rows: Sequence[Attribution],
    views: Sequence[RowView],
    scores: PairScores,
    labels: Sequence[str],
    *,
    threshold: float,
) -> list[Relation]:
    """Return the relations between rows, the later row bearing on the earlier one.

    The same party never supports or disputes itself, and different parties never repeat one another.
    """
    found: list[tuple[float, int, int, RelationType]] = []
    likely = scores.relation > threshold
    likely[..., labels.index("none")] = False
    for i, apart, k in np.argwhere(likely).tolist():
        j = i - apart - 1
        if _is_possible(rows[j], rows[i], RelationType(labels[k])):
            found.append((float(scores.relation[i, apart, k]), i, j, RelationType(labels[k])))
    found.sort(key=lambda item: (-item[0], item[1], item[2]))
    used: dict[int, int] = {}
    pairs: set[tuple[int, int]] = set()
    out = []
    for chance, i, j, kind in found:
        if (i, j) in pairs or used.get(i, 0) >= MAX_PER_ROW:
            continue
        pairs.add((i, j))
        used[i] = used.get(i, 0) + 1
        why = _explain(views[j], views[i], rows[i])
        out.append(
            (i, j, Relation(from_id=rows[i].id, to_id=rows[j].id, type=kind, why=why, confidence=round(chance, 4)))
        )
    return [relation for _, _, relation in sorted(out, key=lambda item: item[:2])]


def _is_possible(earlier: Attribution, later: Attribution, kind: RelationType) -> bool:
    """Return whether the parties allow this relation."""
    if Stance.OTHER in (earlier.stance, later.stance):
        return False
    # A claim that somebody passes on does not contradict them: they are its route.
    if later.within == earlier.id or earlier.within == later.id:
        return False
    same = earlier.source == later.source
    return same if kind is RelationType.REPEATS else not same


def _explain(earlier: RowView, later: RowView, row: Attribution) -> str:
    """Return the features behind a relation, for a person."""
    shared = sorted(earlier.words & later.words, key=lambda w: (-len(w), w))[:4]
    parts = [f"{row.stance.value}: “{later.cue}”"] if later.cue else [row.stance.value]
    if shared:
        parts.append(f"both speak of {', '.join(shared)}")
    apart = later.sentence - earlier.sentence
    parts.append("in one sentence" if apart == 0 else f"{abs(apart)} sentence{'s' if abs(apart) > 1 else ''} apart")
    return "; ".join(parts)
