"""On how many origins claims of NewsWCL50 stand, as two readers labelled it apart, and how far they agree.

``origin_ranges.json`` holds names and offsets alone: neither the words of an article nor those of a claim.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence

LABELS: Final = "origin_ranges.json"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Range:
    """At least so many independent origins, at most so many.

    Attributes:
        least: The fewest.
        most: The most.
    """

    least: int
    most: int

    @property
    def width(self) -> int:
        """How much is left open."""
        return self.most - self.least

    def contains(self, other: Range) -> bool:
        """Return whether all that the other allows is allowed here."""
        return self.least <= other.least and other.most <= self.most

    def __str__(self) -> str:
        """Return it as lists show it."""
        return f"{self.least}-{self.most}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A stretch of an article that tells a claim.

    Attributes:
        article: Its name.
        start: First code point.
        end: One past the last.
    """

    article: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledClaim:
    """A claim of one event, with the labels of both readers.

    Attributes:
        event: The event that the articles tell.
        number: Which claim of it.
        places: Every stretch that tells it.
        persons: The range that each reader gave, persons counted.
        organisations: The same, with those who speak for one body counted once.
    """

    event: str
    number: int
    places: tuple[Place, ...]
    persons: tuple[Range, Range]
    organisations: tuple[Range, Range]

    @property
    def articles(self) -> frozenset[str]:
        """The articles that tell it, each of another outlet."""
        return frozenset(place.article for place in self.places)


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How far two readers agree.

    Attributes:
        count: How many claims.
        equal: The share with the same range.
        within_one: The share in which neither end is more than one away.
        kappa_least: Cohen's kappa of the least number.
        kappa_most: The same of the most.
        apart: How many ranges neither overlap nor touch: such a claim is not counted.
    """

    count: int
    equal: float
    within_one: float
    kappa_least: float
    kappa_most: float
    apart: int


def load_claims() -> tuple[list[LabelledClaim], frozenset[str]]:
    """Return the labelled claims, and the events that may be looked at while developing."""
    kept: dict[str, Any] = json.loads((files("sayso.bench") / LABELS).read_text("utf-8"))
    claims = [
        LabelledClaim(
            event=row["event"],
            number=row["claim"],
            places=tuple(Place(article=article, start=start, end=end) for article, start, end in row["places"]),
            persons=_read_pair(row["persons"]),
            organisations=_read_pair(row["organisations"]),
        )
        for row in kept["claims"]
    ]
    return claims, frozenset(kept["looked_at_events"])


def _read_pair(kept: Sequence[Sequence[int]]) -> tuple[Range, Range]:
    """Return the ranges of both readers."""
    (least, most), (other_least, other_most) = kept
    return Range(least=least, most=most), Range(least=other_least, most=other_most)


def agree(pair: tuple[Range, Range]) -> Range | None:
    """Return what both ranges allow together where they overlap or touch, else None: then there is no agreed label."""
    one, other = pair
    if max(one.least, other.least) > min(one.most, other.most) + 1:
        return None
    return Range(least=min(one.least, other.least), most=max(one.most, other.most))


def measure_agreement(pairs: Sequence[tuple[Range, Range]]) -> Agreement:
    """Return how far the readers agree on these ranges."""
    count = len(pairs)
    near = [abs(one.least - other.least) <= 1 and abs(one.most - other.most) <= 1 for one, other in pairs]
    return Agreement(
        count=count,
        equal=sum(one == other for one, other in pairs) / max(1, count),
        within_one=sum(near) / max(1, count),
        kappa_least=compute_kappa([(one.least, other.least) for one, other in pairs]),
        kappa_most=compute_kappa([(one.most, other.most) for one, other in pairs]),
        apart=sum(agree(pair) is None for pair in pairs),
    )


def compute_kappa(labels: Iterable[tuple[Hashable, Hashable]]) -> float:
    """Return Cohen's kappa of two labellings; 1 where both give one label to all."""
    rows = list(labels)
    observed = sum(one == other for one, other in rows) / max(1, len(rows))
    first, second = Counter(one for one, _ in rows), Counter(other for _, other in rows)
    expected = sum(first[label] * second[label] for label in first) / max(1, len(rows)) ** 2
    return 1.0 if expected == 1 else (observed - expected) / (1 - expected)
