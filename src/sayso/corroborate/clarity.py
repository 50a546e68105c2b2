"""Which mention of a claim puts it most fully in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.records import Naming, Stance

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.corroborate.claim_facts import MentionFacts

# A line of so many telling words says who did what; a longer one says more than one thing.
FEW, MANY = 4, 22


def find_clearest(mentions: Sequence[MentionFacts]) -> MentionFacts:
    """Return the clearest mention; of equally clear ones the first."""
    return max(mentions, key=weigh_clarity)


def weigh_clarity(facts: MentionFacts) -> float:
    """Return how clearly a mention puts its claim: a deed, its actor, a line's length, plainly held."""
    size = len(facts.sequence)
    return (
        2.0 * bool(facts.actions)
        + 1.5 * bool(facts.actors)
        + 0.5 * bool(facts.targets)
        + 1.0 * (FEW <= size <= MANY)
        + 0.5 * bool(facts.names)
        + 0.25 * bool(facts.quantities)
        + 0.5 * (facts.stance in {Stance.ASSERTS, Stance.CONFIRMS})
        + 0.25 * (facts.source is not None and facts.source.naming is Naming.NAMED)
        - 0.05 * max(0, size - MANY)
    )
