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

from sayso.extract.routes import same_medium, sentence_start, sentence_stop
from sayso.extract.rulebook import load_rules
from sayso.extract.weighing import find_best, head_log_odds, score
from sayso.records import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sayso.extract.pairs import RowView
    from sayso.extract.routes import Medium

# Occasions further off than this many rows are over; before its own medium is named, one reaches back less far.
REACH, REACH_BACK = 25, 4
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
        is_elsewhere: Whether its sentence says that it was said on another occasion.
    """

    party: int
    is_open: bool
    carried: float
    is_elsewhere: bool = False


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
    same_way: Callable[[int, int], float],
    weights: Mapping[str, float],
) -> list[tuple[Sequence[Medium], str]]:
    """Return each row's media, and the rule by which they were carried on; empty where they were its own or none.

    Args:
        media: Each row's own media.
        standings: What decides, row by row.
        views: What is read of each row.
        same_way: Gives the probability that two rows came the same way, the earlier one first.
        weights: Of the features.
    """
    talk = Talk(media, standings, views)
    out: list[tuple[Sequence[Medium], str]] = []
    for i, own in enumerate(media):
        if own or not standings[i].is_open:
            out.append((own, ""))
            continue
        found = talk.near(i)
        table = talk.features_of(found, i, same_way)
        scores = [score(row, weights) for row in table]
        best = find_best(scores)
        if best == len(found):
            out.append(((), ""))
            continue
        talk.join(found[best], i)
        out.append((media[found[best].first], "rule:goes-on"))
    return out


class Talk:
    """The occasions of an article, as far as they have been followed.

    Attributes:
        occasions: All of them, in order of the rows that name them.
    """

    def __init__(
        self, media: Sequence[Sequence[Medium]], standings: Sequence[Standing], views: Sequence[RowView]
    ) -> None:
        """Meet the occasions that rows name."""
        self.media, self.standings, self.views = media, standings, views
        named = [i for i, own in enumerate(media) if own]
        self.occasions = [Occasion(i, [i], {standings[i].party}) for i in named]
        self.live: list[Occasion] = []
        self.met = 0

    def join(self, occasion: Occasion, i: int) -> None:
        """Let a row belong to an occasion."""
        occasion.rows.append(i)
        occasion.parties.add(self.standings[i].party)

    def near(self, i: int) -> list[Occasion]:
        """Return the occasions that a row may belong to; rows are asked for in order."""
        while self.met < len(self.occasions) and self.occasions[self.met].first <= i + REACH_BACK:
            self.live.append(self.occasions[self.met])
            self.met += 1
        self.live = [occasion for occasion in self.live if i - occasion.rows[-1] <= REACH]
        return [occasion for occasion in self.live if occasion.first != i]

    def features_of(
        self, found: Sequence[Occasion], i: int, same_way: Callable[[int, int], float] | None
    ) -> list[dict[str, float]]:
        """Return the features of belonging to each occasion, and last those of belonging to none."""
        view = self.views[i]
        newest = max((occasion.first for occasion in found if occasion.first < i), default=-1)
        table = []
        for occasion in found:
            who, first = self.standings[i].party, occasion.first
            same = who == self.standings[first].party
            group = "same" if same else "met" if who in occasion.parties else "other"
            raw = self._where(occasion, i) | self._what(occasion, i) | {"newest": float(first == newest)}
            features = {f"{group}:{name}": value for name, value in raw.items() if value}
            if same_way is not None:
                features["head:pair"] = head_log_odds(same_way(min(first, i), max(first, i)))
                features["head:carry"] = max(-4.0, min(4.0, self.standings[i].carried))
            table.append(features)
        none = {
            "none:bias": 1.0,
            "none:lean": 1.0,
            "none:quoted": float(view.is_quoted),
            "none:headline": float(view.paragraph == 0),
            "none:plain": float(bool(PLAIN.search(view.cue))),
            "none:occasions": math.log1p(len(found)),
        }
        return [*table, none]

    def _where(self, occasion: Occasion, i: int) -> dict[str, float]:
        """Return how far off an occasion was, and who spoke in between."""
        before = [r for r in occasion.rows if r < i]
        last = before[-1] if before else occasion.first
        low, high = min(last, i), max(last, i)
        who = self.standings[i].party
        passed = [self.standings[r] for r in range(low + 1, high) if self.standings[r].is_open]
        between = [standing.party for standing in passed]
        paragraphs = abs(self.views[i].paragraph - self.views[last].paragraph)
        return {
            "bias": 1.0,
            "back": float(not before),
            "rows": math.log1p(1 + len(between)),
            "paragraphs": math.log1p(paragraphs),
            "same-paragraph": float(paragraphs == 0),
            "next-paragraph": float(paragraphs == 1),
            "next-row": float(not between),
            "others-between": math.log1p(sum(p != who for p in between)),
            "own-between": math.log1p(sum(p == who for p in between)),
            # Whoever has since been heard elsewhere is not simply back.
            "left": float(any(standing.is_elsewhere and standing.party == who for standing in passed)),
            "length": math.log1p(len(before)),
            "both-quoted": float(self.views[i].is_quoted and self.views[last].is_quoted),
        }

    def _what(self, occasion: Occasion, i: int) -> dict[str, float]:
        """Return what an occasion was, and how the row is put."""
        own, view = self.media[occasion.first], self.views[i]
        words = f"{self.views[occasion.first].cue} {' '.join(m.name for m in own)}".casefold()
        return {
            "talk": float(bool(TALK.search(words))),
            "post": float(bool(POST.search(words))),
            "paper": float(all(m.kind is Kind.DOCUMENT for m in own)),
            "headline": float(view.paragraph == 0),
            "quoted": float(view.is_quoted),
            "elsewhere": float(self.standings[i].is_elsewhere),
            "perfect": float(bool(re.search(load_rules("en", "routes")["elsewhere"]["perfect"], view.cue))),
            "goes-on": float(bool(GOES_ON.search(view.cue))),
            "plain": float(bool(PLAIN.search(view.cue))),
        }


def say_once(
    media: Sequence[tuple[Sequence[Medium], str]], within: Sequence[int | None]
) -> list[tuple[Sequence[Medium], str]]:
    """Return each row's media without those by which a row that holds it came: these are in its route already."""
    out: list[tuple[Sequence[Medium], str]] = []
    for i, (own, carrier) in enumerate(media):
        above, at = [], within[i]
        while at is not None:
            above += [medium.name for medium in media[at][0]]
            at = within[at]
        out.append(([m for m in own if not any(same_medium(m.name, name) for name in above)], carrier))
    return out


def is_elsewhere(text: str, cue: Sequence[tuple[int, int]], content: Sequence[tuple[int, int]]) -> bool:
    """Return whether a row's sentence, but for what is said, tells of another occasion ("in a speech in May")."""
    begin, end = sentence_start(text, cue[0][0]), sentence_stop(text, cue[-1][1])
    pattern = re.compile(load_rules("en", "routes")["elsewhere"]["pattern"], re.IGNORECASE)
    hits = pattern.finditer(text, begin, end)
    return any(not any(s < hit.end() and hit.start() < e for s, e in content) for hit in hits)
