"""How two mentions compare: a table of named features over who, what, where, when, how many, polarity and stance.

Each feature is a function of two mentions; what is not known on either side counts for nothing. ``_same`` and
``_other`` of a field are two features, as agreeing and differing need not weigh alike.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from sayso.corroborate.rulebook import load_rules
from sayso.records import Precision, QuantityKind

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Iterable

    from sayso.corroborate.claim_facts import MentionFacts
    from sayso.corroborate.rarity import Rarity
    from sayso.records import Quantity, Time

DAYS = frozenset({Precision.DAY, Precision.DAYPART, Precision.HOUR, Precision.MINUTE, Precision.SECOND})
NOT_COUNTED = frozenset({QuantityKind.ORDINAL, QuantityKind.NUMBER})


@dataclass(frozen=True, slots=True, eq=False)
class WeighedMention:
    """A mention with the weights of its words.

    Attributes:
        facts: What it says.
        words: Weight of each stem, of length one together.
        surroundings: The same of its whole sentences.
        rarity: How rare each of its stems is.
        total: The rarity of all its words together.
        places: Its places.
        group: What its stance amounts to: held, wanted or held off.
    """

    facts: MentionFacts
    words: dict[str, float]
    surroundings: dict[str, float]
    rarity: dict[str, float]
    total: float
    places: frozenset[str]
    group: str


def weigh_mention(facts: MentionFacts, rarity: Rarity) -> WeighedMention:
    """Return a mention with the weights of its words."""
    rare = {word: rarity.weigh(word) for word in {*facts.words, *facts.surroundings, *facts.names}}
    return WeighedMention(
        facts=facts,
        words=_normalise(facts.words, rare),
        surroundings=_normalise(facts.surroundings, rare),
        rarity=rare,
        total=sum(rare[word] for word in facts.words),
        places=_places(facts),
        group=_group_of(facts),
    )


def _normalise(counted: Counter[str], rare: dict[str, float]) -> dict[str, float]:
    """Return weights of counted words, of length one together."""
    weights = {word: (1 + math.log(n)) * rare[word] for word, n in counted.items()}
    length = math.sqrt(sum(weight * weight for weight in weights.values()))
    return {word: weight / length for word, weight in weights.items()} if length else weights


def compute_cosine(one: dict[str, float], other: dict[str, float]) -> float:
    """Return the sum of the products of shared words' weights."""
    if len(one) > len(other):
        one, other = other, one
    return sum([weight * other[word] for word, weight in one.items() if word in other])


def compute_share(one: WeighedMention, other: WeighedMention) -> float:
    """Return what share of the first one's weight of words the other has too."""
    return weigh_shared(one, other) / one.total if one.total else 0.0


def weigh_shared(one: WeighedMention, other: WeighedMention) -> float:
    """Return the weight of the words that both have."""
    rarity, others = one.rarity, other.facts.words
    return sum([rarity[word] for word in one.facts.words if word in others])


def _same(one: frozenset[str], other: frozenset[str]) -> float:
    return float(bool(one & other))


def _other(one: frozenset[str], other: frozenset[str]) -> float:
    return float(bool(one and other and not one & other))


def _group_of(mention: MentionFacts) -> str:
    groups = load_rules("claims")["stances"]
    return next((name for name, stances in groups.items() if mention.stance in stances), "")


def read_bounds(quantity: Quantity) -> tuple[Decimal | None, Decimal | None]:
    """Return the least and greatest that a figure can be; None where it is open."""
    try:
        low = None if quantity.low is None else Decimal(quantity.low)
        high = None if quantity.high is None else Decimal(quantity.high)
    except InvalidOperation:
        return None, None
    return low, high


def is_alike(one: Quantity, other: Quantity) -> bool:
    """Return whether two figures count or measure in the same way."""
    return one.kind is other.kind and one.unit == other.unit and one.is_change == other.is_change


def is_equal(one: Quantity, other: Quantity) -> bool:
    """Return whether two figures are alike and the same interval."""
    return is_alike(one, other) and read_bounds(one) == read_bounds(other) != (None, None)


def _counted(mention: MentionFacts) -> list[Quantity]:
    return [quantity for quantity in mention.quantities if quantity.kind not in NOT_COUNTED]


def _figures_same(a: WeighedMention, b: WeighedMention) -> float:
    return float(any(is_equal(q, r) for q in _counted(a.facts) for r in _counted(b.facts)))


def overlap_times(one: Iterable[Time], other: Iterable[Time]) -> bool | None:
    """Return whether any two placed times of both may be one; None where either has none."""
    here = [(t.earliest or "", t.latest or "9") for t in one if t.earliest or t.latest]
    there = [(t.earliest or "", t.latest or "9") for t in other if t.earliest or t.latest]
    if not here or not there:
        return None
    return any(_begins_before(a, d) and _begins_before(c, b) for a, b in here for c, d in there)


def _begins_before(start: str, end: str) -> bool:
    """Return whether a moment is not after another, as far as both are stated."""
    length = min(len(start), len(end))
    return start[:length] <= end[:length]


def _places(mention: MentionFacts) -> frozenset[str]:
    return frozenset(str(p.candidates[0].id) if p.candidates else p.span.exact.lower() for p in mention.places)


def is_part_of_name(one: str, other: str) -> bool:
    """Return whether all words of the shorter name stand in the longer one."""
    here, there = set(one.split()), set(other.split())
    return here <= there or there <= here


def _day_other(a: WeighedMention, b: WeighedMention) -> float:
    """Return 1 where both tell the same deed, each on days of its own."""
    here, there = _list_days(a.facts), _list_days(b.facts)
    is_apart = bool(here and there) and overlap_times(here, there) is False
    return float(is_apart and bool(a.facts.actions & b.facts.actions))


def _list_days(mention: MentionFacts) -> list[Time]:
    """Return the times that date what a mention tells; none where one of them is vaguer than a day."""
    is_vague = any(time.precision not in DAYS or time.is_approximate for time in mention.times)
    return [] if is_vague else list(mention.times)


def _one_more(a: WeighedMention, b: WeighedMention) -> float:
    """Return 1 where one mention tells of one more of a kind and the other of that kind, and not of the same one more.

    Who is dated to the same day may be the same, left uncounted by one of them.
    """
    if overlap_times(_list_days(a.facts), _list_days(b.facts)):
        return 0.0
    here, there = a.facts.further, b.facts.further
    is_new = any(kind in b.facts.words and there.get(kind) != which for kind, which in here.items())
    return float(is_new or any(kind in a.facts.words and here.get(kind) != which for kind, which in there.items()))


# A denied claim is the same claim, and so is one with another figure: neither counts against. Nor does it that another
# says so: whether several sources tell the same is what is asked.
FEATURES: dict[str, tuple[Callable[[WeighedMention, WeighedMention], float], str]] = {
    "sentences_root": (
        lambda a, b: math.sqrt(compute_cosine(a.surroundings, b.surroundings)),
        "how alike their whole sentences are, where even a little counts",
    ),
    "held_both": (lambda a, b: min(compute_share(a, b), compute_share(b, a)), "how much each holds of the other"),
    "shared": (lambda a, b: math.log1p(weigh_shared(a, b)), "how many words both have, rare ones weighing more"),
    "actor_same": (lambda a, b: _same(a.facts.actors, b.facts.actors), "who: the same actor"),
    "actor_other": (lambda a, b: _other(a.facts.actors, b.facts.actors), "who: another actor"),
    "action_same": (lambda a, b: _same(a.facts.actions, b.facts.actions), "what: the same deed"),
    "no_deed": (
        lambda a, b: float(bool(a.facts.actions) != bool(b.facts.actions)),
        "what: one tells a deed, the other only names something",
    ),
    "place_other": (lambda a, b: _other(a.places, b.places), "where: another place"),
    "time_other": (lambda a, b: float(overlap_times(a.facts.times, b.facts.times) is False), "when: another time"),
    "day_other": (_day_other, "when: the same deed on another day"),
    "one_more": (_one_more, "what: one of them says that it is one more of its kind"),
    "day_same": (lambda a, b: _same(a.facts.days, b.facts.days), "when: the same day, month or year is named"),
    "figures_same": (_figures_same, "how many: the same figure"),
    "stance_other": (
        lambda a, b: float(a.group != b.group),
        "stance: one holds it, the other wants it or holds it off",
    ),
}


def compare(a: WeighedMention, b: WeighedMention) -> list[float]:
    """Return the features of two mentions in the order of the table."""
    return [feature(a, b) for feature, _ in FEATURES.values()]
