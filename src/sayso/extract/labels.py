"""Stance, certainty, endorsement and directness of rows: the label head's scores, and rules of words as weights."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from sayso.encoder.features import SHAPES
from sayso.extract.rulebook import load_rules
from sayso.records import Directness

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from sayso.encoder.features import Words

    Floats = NDArray[np.float32]

NO_LIMITS: Mapping[str, float] = MappingProxyType({})
# A person who "refuses" is a serious thing to say: these stances need a rule, or more than a bare majority of the head.
REFUSING = ("denies", "doubts", "declines")
MARK = SHAPES.index("mark")
MOSTLY = 0.9
# What a cue's own words may have left out in front of them: "would not | confirm", "has yet to | verify".
NEGATION = re.compile(
    r"(?:\b(?:would|will|could|can|did|do|does|has|have|had|is|are|was|were|be|been|neither|nor|not|never|yet|to|also|"
    r"immediately|independently|either)\s+|(?:\w+)?n[\u2019']t\s+)+$",
    re.IGNORECASE,
)
NEGATION_CHARS = 40


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of words.

    Attributes:
        name: How `made_by` names it.
        label: The label it speaks for.
        weight: Added to the label's score, in nats.
        pattern: Over the cue with its neighbours, or over the content.
        where: ``cue`` or ``content``.
        cue: A pattern that the cue must have as well; None if any will do.
        stances: The stances it is for; empty for all.
    """

    name: str
    label: str
    weight: float
    pattern: re.Pattern[str]
    where: str
    cue: re.Pattern[str] | None
    stances: frozenset[str]


@dataclass(frozen=True, slots=True)
class Chosen:
    """One label: its name, its calibrated probability, and the rule that spoke for it, if any did."""

    label: str
    confidence: float
    rule: str | None


@cache
def label_rules(head: str) -> tuple[Rule, ...]:
    """Return the rules of one head."""
    return tuple(
        Rule(
            name=raw["name"],
            label=raw["label"],
            weight=float(raw["weight"]),
            pattern=re.compile(raw["pattern"], re.IGNORECASE),
            where=raw.get("where", "cue"),
            cue=re.compile(raw["cue"], re.IGNORECASE) if "cue" in raw else None,
            stances=frozenset(raw.get("stances", ())),
        )
        for raw in load_rules("en", "labels").get(head, ())
    )


def choose_label(
    head: str,
    scores: Floats,
    labels: Sequence[str],
    *,
    cue: str,
    content: str,
    stance: str = "",
    least: Mapping[str, float] = NO_LIMITS,
) -> Chosen:
    """Return the label with the best sum of the head's score and the rules' weights.

    A label of `least` needs that probability, or a rule that speaks for it; else the next best one stands.
    """
    total = scores.astype(np.float64)
    spoke: dict[str, str] = {}
    for rule in label_rules(head):
        if (rule.stances and stance not in rule.stances) or (rule.cue and not rule.cue.search(cue)):
            continue
        if rule.pattern.search(cue if rule.where == "cue" else content):
            total[labels.index(rule.label)] += rule.weight
            spoke.setdefault(rule.label, rule.name)
    chances = np.exp(total - total.max())
    chances /= chances.sum()
    order = [int(i) for i in np.argsort(-chances)]
    best = next(
        (i for i in order if labels[i] in spoke or float(chances[i]) >= least.get(labels[i], 0.0)),
        order[0],
    )
    return Chosen(labels[best], float(chances[best]), spoke.get(labels[best]))


def cue_context(text: str, cue: Sequence[tuple[int, int]]) -> str:
    """Return the cue's words, in lower case, with the auxiliaries and negations in front of them."""
    words = " ".join(text[start:end] for start, end in cue)
    before = text[max(0, cue[0][0] - NEGATION_CHARS) : cue[0][0]] if cue else ""
    hit = NEGATION.search(before)
    return f"{hit.group() if hit else ''}{words}".casefold()


def judge_directness(words: Words, content: Sequence[tuple[int, int]]) -> Directness:
    """Return how much of the content's words stand in quotation marks."""
    places = [p for low, high in content for p in range(low, high) if words.shape[p] != MARK]
    inside = sum(int(words.quotation[p] >= 0) for p in places)
    if not places or not inside:
        return Directness.INDIRECT
    return Directness.DIRECT if inside / len(places) >= MOSTLY else Directness.PARTIAL
