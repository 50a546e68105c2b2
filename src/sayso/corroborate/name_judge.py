"""Whether two names are one party's, by the names alone."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

from sayso.corroborate.name_features import find_name_features
from sayso.corroborate.name_words import Build, Name, parse_name
from sayso.corroborate.rulebook import load_rules
from sayso.records import Kind, PartyFeature, PartyRelation


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What the machine found of two names or sources.

    Attributes:
        relation: Same, different or unsure.
        score: 0..1, calibrated: how probable it is that they are one.
        features: What spoke for and against it.
    """

    relation: PartyRelation
    score: float
    features: tuple[PartyFeature, ...]

    def has(self, name: str) -> bool:
        """Return whether a feature is among them."""
        return any(feature.name == name for feature in self.features)


def judge_names(one: str, other: str, kind: Kind = Kind.PERSON) -> Finding:
    """Return whether two written names are one party's of this kind, as far as the names tell."""
    build = Build.PERSON if kind is Kind.PERSON else Build.BODY
    return compare_names(parse_name(one, build), parse_name(other, build))


@lru_cache(maxsize=262_144)
def compare_names(one: Name, other: Name) -> Finding:
    """Return what two names of one build have to do with one another; the same whichever stands first."""
    left, right = sorted((one, other), key=lambda name: (name.folded, name.written))
    features = tuple(find_name_features(left, right)) if left.words and right.words else ()
    if not features:
        return Finding(relation=PartyRelation.UNSURE, score=0.5, features=())
    score = score_features(features, left.build)
    return Finding(relation=settle(features, score, left.build), score=score, features=features)


def score_features(features: tuple[PartyFeature, ...], build: Build) -> float:
    """Return how probable it is that two names with these features are one party's."""
    weights = load_rules("name_weights")[build.value]["weights"]
    total = weights["bias"] + sum(weights.get(feature.name, 0.0) * feature.value for feature in features)
    return round(1 / (1 + math.exp(-max(-30.0, min(30.0, total)))), 4)


def settle(features: tuple[PartyFeature, ...], score: float, build: Build) -> PartyRelation:
    """Return the relation: of the features that settle the matter, else of the score."""
    rules = load_rules("name_weights")
    settling, thresholds = rules[build.value], rules["thresholds"]
    is_unsure = False
    for feature in features:
        if feature.name in settling["different"] and feature.value >= 1:
            return PartyRelation.DIFFERENT
        is_unsure = is_unsure or feature.name in settling["different"] or feature.name in settling["unsure"]
    if score <= thresholds["different_to"]:
        return PartyRelation.DIFFERENT
    if score >= thresholds[f"{build.value}_same_from"] and not is_unsure:
        return PartyRelation.SAME
    return PartyRelation.UNSURE
