"""The numbers by which people call claims, kept while a story grows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from sayso.records import ClaimFindings, StoryFindings


NOTHING_RETIRED: Mapping[str, int] = {}


def keep_numbers(
    old: Iterable[ClaimFindings],
    new: StoryFindings,
    take: Callable[[int], range],
    retired: Mapping[str, int] = NOTHING_RETIRED,
) -> StoryFindings:
    """Return findings whose claims have numbers: each the old claim's with which it shares most mentions.

    A mention is shared if it is the same one or has the same words: a newer version of an article has mentions of its
    own. An old number goes to one claim only, the one that shares most; of claims that share as much the one with the
    same id, then the older number and the earlier claim. The rest take up a number that was retired, as its claim was
    part of another for a while, or fresh numbers in order.

    Args:
        old: The claims as they were, with their numbers.
        new: The findings anew.
        take: Takes so many numbers that were never given.
        retired: By a claim's id the number that it had before it became part of another.
    """
    shared, same = _count_shared(old, new)

    def rank(pair: tuple[int, int]) -> tuple[int, bool, int, int]:
        return -shared[pair], pair not in same, pair[1], pair[0]

    given: dict[int, int] = {}
    taken: set[int] = set()
    for place, number in sorted(shared, key=rank):
        if place not in given and number not in taken:
            given[place] = number
            taken.add(number)
    for place, found in enumerate(new.claims):
        number = retired.get(found.claim.id, 0)
        if place not in given and number and number not in taken:
            given[place] = number
            taken.add(number)
    missing = [place for place in range(len(new.claims)) if place not in given]
    if missing:
        given.update(zip(missing, take(len(missing)), strict=True))
    return replace(new, claims=tuple(replace(found, number=given[i]) for i, found in enumerate(new.claims)))


def _count_shared(
    old: Iterable[ClaimFindings], new: StoryFindings
) -> tuple[dict[tuple[int, int], int], set[tuple[int, int]]]:
    """Return how many mentions new claims share with old ones, by place and number; and the pairs of one id."""
    number_of: dict[str, int] = {}
    number_by_id: dict[str, int] = {}
    number_by_words: dict[str, int] = {}
    for found in sorted(old, key=lambda found: -found.number):
        if found.number > 0:
            number_by_id[found.claim.id] = found.number
            number_of.update((mention.id, found.number) for mention in found.claim.mentions)
            number_by_words.update((mention.span.exact, found.number) for mention in found.claim.mentions)
    shared: dict[tuple[int, int], int] = {}
    for place, found in enumerate(new.claims):
        for mention in found.claim.mentions:
            number = number_of.get(mention.id) or number_by_words.get(mention.span.exact)
            if number is not None:
                pair = place, number
                shared[pair] = shared.get(pair, 0) + 1
    return shared, {(place, number_by_id.get(found.claim.id, 0)) for place, found in enumerate(new.claims)}
