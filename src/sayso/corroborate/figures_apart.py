"""Figures of two mentions that count the same thing, and whether both can hold."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from sayso.corroborate.claim_features import NOT_COUNTED, is_alike, read_bounds
from sayso.corroborate.mentions import telling_words
from sayso.corroborate.rulebook import load_rules
from sayso.corroborate.story_marks import cut_word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sayso.corroborate.claim_facts import MentionFacts
    from sayso.records import Quantity

Bounds = tuple[Decimal | None, Decimal | None]


def pair_figures(one: MentionFacts, other: MentionFacts) -> Iterator[tuple[Quantity, Quantity]]:
    """Yield the figures of two mentions that count or measure the same thing in the same way."""
    for here in one.quantities:
        for there in other.quantities:
            if here.kind in NOT_COUNTED or not is_alike(here, there):
                continue
            if counts_same(one, here, other, there):
                yield here, there


def counts_same(one: MentionFacts, here: Quantity, other: MentionFacts, there: Quantity) -> bool:
    """Return whether two figures are of the same thing: by the words of what is counted, else by the deed.

    People who were killed are not those who were hurt.
    """
    ways, others = (_find_ways(facts, quantity) for facts, quantity in ((one, here), (other, there)))
    if ways and others and not ways & others:
        return False
    things, theirs = find_things(here), find_things(there)
    if things and theirs:
        return bool(things & theirs)
    return bool(one.actions & other.actions)


def _find_ways(facts: MentionFacts, quantity: Quantity) -> frozenset[int]:
    """Return in which ways a figure may count, by all that its mention says: the dead, the injured, the missing."""
    stems = find_things(quantity) | facts.words.keys()
    return frozenset(way for way, words in enumerate(_list_ways()) if words & stems)


@cache
def _list_ways() -> tuple[frozenset[str], ...]:
    """Return the stems of each way of counting."""
    return tuple(frozenset(cut_word(word) for word in line.split()) for line in load_rules("disputes")["counted"])


def find_things(quantity: Quantity) -> frozenset[str]:
    """Return the stems of what a figure counts; empty where that is not stated."""
    return frozenset(telling_words(quantity.of.exact)) if quantity.of is not None else frozenset()


def can_both_hold(here: Quantity, there: Quantity) -> bool:
    """Return whether some number lies within both intervals; an approximate one is widened first."""
    return do_overlap(widen(here), widen(there))


def do_overlap(here: Bounds, there: Bounds) -> bool:
    """Return whether two intervals share a number; None is open, and two that are open everywhere say nothing."""
    (a, b), (c, d) = here, there
    return (b is None or c is None or c <= b) and (d is None or a is None or a <= d)


def widen(quantity: Quantity) -> Bounds:
    """Return a figure's bounds, an approximate one's further apart."""
    low, high = read_bounds(quantity)
    if not quantity.is_approximate:
        return low, high
    share = Decimal(str(load_rules("disputes")["approximate_share"]))
    return (
        None if low is None else low - abs(low) * share,
        None if high is None else high + abs(high) * share,
    )


def is_within(inner: Quantity, outer: Quantity) -> bool:
    """Return whether one figure says all that the other does and more: a narrower interval, or exact for about."""
    (a, b), (c, d) = read_bounds(inner), read_bounds(outer)
    fits = (c is None or (a is not None and a >= c)) and (d is None or (b is not None and b <= d))
    return fits and ((a, b) != (c, d) or (outer.is_approximate and not inner.is_approximate))


def is_higher(here: Quantity, there: Quantity) -> bool:
    """Return whether all of one interval lies above all of the other."""
    low, high = widen(here)[0], widen(there)[1]
    return low is not None and high is not None and low > high


def only_grows(mention: MentionFacts, quantity: Quantity) -> bool:
    """Return whether what a figure counts can only become more while the event is told: a toll."""
    if quantity.is_change:
        return False
    return bool((find_things(quantity) | mention.actions | mention.targets) & _list_growing())


@cache
def _list_growing() -> frozenset[str]:
    """Return the stems of what only grows."""
    return frozenset(cut_word(word) for word in load_rules("disputes")["grows"].split())
