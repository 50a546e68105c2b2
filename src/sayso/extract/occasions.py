"""Which rows came the same way: an interview, post or paper that is named once and goes on being quoted.

An *occasion* is a row that names its medium. Every other row on its own level is held against the occasions around it,
by named features, and takes the media of the likeliest one, or none. The weights stand in the model's card, fitted by
``training/occasions.py`` on labelled rows; what the carry and pair heads say counts by weights of its own.

Source: gold/GUIDELINES, "`via` carries on": every row of the same interview, email, recording, post or statement.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sayso.records import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from sayso.extract.pairs import RowView
    from sayso.extract.routes import Medium

    Floats = NDArray[np.float32]

# Occasions further off than this many rows are over; before its own medium is named, one reaches back less far.
REACH, REACH_BACK = 25, 4
NONE = -1
TALK = re.compile(r"\b(?:interview\w*|told|tells|telling|spoke|speaking|call|show|podcast|program\w*)\b")
POST = re.compile(r"\b(?:re)?(?:tweet\w*|twitter|facebook|instagram|telegram|post(?:ed)?|weibo)\b")
GOES_ON = re.compile(
    r"\b(?:add(?:s|ed|ing)?|continu(?:es|ed|ing)|went on|goes on|also|conclud(?:es|ed|ing)|explain(?:s|ed|ing)?)\b"
)
PLAIN = re.compile(r"\b(?:sa(?:id|ys|y|ying)|told|tells)\b")


@dataclass(frozen=True, slots=True)
class Standing:
    """What decides whether a row belongs to an occasion.

    Attributes:
        party: Number of the row's source.
        is_open: Whether the row can carry on at all: it lies within no other and is no mere deed.
        carried: Log odds of the carry head.
    """

    party: int
    is_open: bool
    carried: float


@dataclass(slots=True)
class Occasion:
    """One occasion as far as it has been followed.

    Attributes:
        first: The row that names the medium.
        rows: The rows that belong to it so far, in order.
        parties: Who spoke on it so far.
    """

    first: int
    rows: list[int]
    parties: set[int]


def carry_on(
    media: Sequence[Sequence[Medium]],
    standings: Sequence[Standing],
    views: Sequence[RowView],
    same_via: Floats,
    weights: Mapping[str, float],
) -> list[tuple[Sequence[Medium], str]]:
    """Return each row's media, and the rule by which they were carried on; empty where they were its own or none.

    Args:
        media: Each row's own media.
        standings: What decides, row by row.
        views: What is read of each row.
        same_via: Probability that two rows came the same way, (n_rows, n_rows), the earlier one first.
        weights: Of the features.
    """
    occasions = meet_occasions([bool(own) for own in media], standings)
    out: list[tuple[Sequence[Medium], str]] = []
    for i, own in enumerate(media):
        if own or not standings[i].is_open:
            out.append((own, ""))
            continue
        found = near(occasions, i)
        table = features_of(occasions, found, i, media, standings, views, same_via)
        scores = [sum(weights.get(name, 0.0) * value for name, value in row.items()) for row in table]
        best = max(range(len(scores)), key=scores.__getitem__)
        if best == len(found):
            out.append(((), ""))
            continue
        join(occasions[found[best]], i, standings)
        out.append((media[occasions[found[best]].first], "rule:goes-on"))
    return out


def meet_occasions(own: Sequence[bool], standings: Sequence[Standing]) -> list[Occasion]:
    """Return the occasions that rows name, in order."""
    return [Occasion(i, [i], {standings[i].party}) for i, names in enumerate(own) if names]


def join(occasion: Occasion, i: int, standings: Sequence[Standing]) -> None:
    """Let a row belong to an occasion."""
    occasion.rows.append(i)
    occasion.parties.add(standings[i].party)


def near(occasions: Sequence[Occasion], i: int) -> list[int]:
    """Return the numbers of the occasions that a row may belong to."""
    return [
        k
        for k, occasion in enumerate(occasions)
        if 0 < i - max((r for r in occasion.rows if r < i), default=i) <= REACH or 0 < occasion.first - i <= REACH_BACK
    ]


def features_of(
    occasions: Sequence[Occasion],
    found: Sequence[int],
    i: int,
    media: Sequence[Sequence[Medium]],
    standings: Sequence[Standing],
    views: Sequence[RowView],
    same_via: Floats | None,
) -> list[dict[str, float]]:
    """Return the features of belonging to each occasion, and last those of belonging to none."""
    table = []
    newest = max((occasions[k].first for k in found if occasions[k].first < i), default=-1)
    for k in found:
        occasion = occasions[k]
        first, before = occasion.first, [r for r in occasion.rows if r < i]
        is_back = not before
        last = before[-1] if before else first
        low, high = min(last, i), max(last, i)
        who = standings[i].party
        same = who == standings[first].party
        group = "same" if same else "met" if who in occasion.parties else "other"
        between = [standings[r].party for r in range(low + 1, high) if standings[r].is_open]
        paragraphs = abs(views[i].paragraph - views[last].paragraph)
        words = f"{views[first].cue} {' '.join(m.name for m in media[first])}".casefold()
        raw = {
            "bias": 1.0,
            "back": float(is_back),
            "headline": float(views[i].paragraph == 0),
            "rows": math.log1p(high - low),
            "paragraphs": math.log1p(paragraphs),
            "same-paragraph": float(paragraphs == 0),
            "next-paragraph": float(paragraphs == 1),
            "next-row": float(high - low == 1),
            "others-between": math.log1p(sum(p != who for p in between)),
            "own-between": math.log1p(sum(p == who for p in between)),
            "newest": float(first == newest),
            "talk": float(bool(TALK.search(words))),
            "post": float(bool(POST.search(words))),
            "paper": float(all(m.kind is Kind.DOCUMENT for m in media[first])),
            "quoted": float(views[i].is_quoted),
            "both-quoted": float(views[i].is_quoted and views[last].is_quoted),
            "goes-on": float(bool(GOES_ON.search(views[i].cue))),
            "plain": float(bool(PLAIN.search(views[i].cue))),
            "length": math.log1p(len(before)),
        }
        features = {f"{group}:{name}": value for name, value in raw.items() if value}
        if same_via is not None:
            chance = float(same_via[min(first, i), max(first, i)])
            features["head:pair"] = math.log(min(0.98, max(0.02, chance)) / (1 - min(0.98, max(0.02, chance))))
            features["head:carry"] = max(-4.0, min(4.0, standings[i].carried))
        table.append(features)
    table.append(
        {
            "none:bias": 1.0,
            "none:lean": 1.0,
            "none:quoted": float(views[i].is_quoted),
            "none:headline": float(views[i].paragraph == 0),
            "none:plain": float(bool(PLAIN.search(views[i].cue))),
            "none:occasions": math.log1p(len(found)),
        }
    )
    return table
