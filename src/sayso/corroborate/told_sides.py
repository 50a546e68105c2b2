"""Which mentions of a claim tell that it is so: who denies, doubts or asks is no origin of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sayso.corroborate.opposites import are_opposite, count_negations, denies, is_side_unclear, read_side, tells_beside
from sayso.records import DisputeKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sayso.corroborate.claim_facts import MentionFacts
    from sayso.records import Claim, Dispute, Mention

OPPOSED = frozenset({DisputeKind.POLARITY, DisputeKind.DENIAL})
# One that says the opposite is held against so many of the others.
MOST_HELD_AGAINST = 60


@dataclass(frozen=True, slots=True)
class Sides:
    """Who tells a claim.

    Attributes:
        telling: The mentions that tell it, or may.
        doubtful: Ids of those of which it cannot be told whether they say so or the opposite.
    """

    telling: tuple[Mention, ...]
    doubtful: frozenset[str]


def pick_supporting(claim: Claim, facts: Mapping[str, MentionFacts], disputes: Iterable[Dispute]) -> Sides:
    """Return the mentions that tell a claim as its line puts it.

    Where nobody does (all deny or doubt it), what all say is that, and all are returned.

    Args:
        claim: The claim.
        facts: What each mention says.
        disputes: Disputes in which mentions of it stand.
    """
    disputes = tuple(disputes)
    opposed: dict[str, set[str]] = {}
    for dispute in disputes:
        if dispute.kind in OPPOSED and dispute.second is not None:
            opposed.setdefault(dispute.first, set()).add(dispute.second)
            opposed.setdefault(dispute.second, set()).add(dispute.first)
    signs = {mention.id: read_side(facts.get(mention.id)) for mention in claim.mentions}
    side = _find_side(claim, facts, signs)
    # "There is no sign of it" leaves it open, whatever its clause says.
    signs |= {d.second: 0 for d in disputes if d.kind is DisputeKind.DOUBT and d.second in signs}
    telling = [mention for mention in claim.mentions if signs[mention.id] == side]
    ours = [mention.id for mention in telling if not denies(facts.get(mention.id))]
    doubtful = _find_doubtful(claim, ours, facts)
    held = [facts[key] for key in ours if key in facts][:MOST_HELD_AGAINST]
    for mention in claim.mentions:
        if signs[mention.id] != -side or denies(facts.get(mention.id)):
            continue
        # A negation that was read in the clause alone may be of something else than these tell.
        is_found = bool(opposed.get(mention.id, set()) & set(ours))
        if not is_found and not any(are_opposite(facts[mention.id], other) for other in held):
            telling.append(mention)
            if not any(tells_beside(facts[mention.id], other) for other in held):
                doubtful.add(mention.id)
    kept = {mention.id for mention in telling}
    found = tuple(mention for mention in claim.mentions if mention.id in kept)
    if not found:
        return Sides(claim.mentions, frozenset())
    return Sides(found, frozenset(doubtful) if len(doubtful) < len(found) else frozenset())


def _find_doubtful(claim: Claim, ours: Iterable[str], facts: Mapping[str, MentionFacts]) -> set[str]:
    """Return those whose reader and words disagree, and that do not negate as often as most of them do."""
    known = [facts[key] for key in ours if key in facts]
    counts = Counter(count_negations(one) for one in known)
    line = facts.get(claim.clearest)
    own = None if line is None else count_negations(line)
    usual = max(counts, key=lambda count: (counts[count], count == own), default=0)
    return {one.mention.id for one in known if is_side_unclear(one) and count_negations(one) != usual}


def _find_side(claim: Claim, facts: Mapping[str, MentionFacts], signs: Mapping[str, int]) -> int:
    """Return the sign of the claim as its line puts it; a denial's line is what it denies, if anybody tells that.

    Where reader and words disagree about the line, the first of the others says it.
    """
    plain = [mention.id for mention in claim.mentions if signs[mention.id] and not denies(facts.get(mention.id))]
    clear = [key for key in plain if key not in facts or not is_side_unclear(facts[key])] or plain
    if claim.clearest in clear or not clear:
        return signs[claim.clearest]
    return signs[clear[0]]


def leave_opposite(
    others: Iterable[Mention], own: Iterable[Mention], facts: Mapping[str, MentionFacts]
) -> tuple[Mention, ...]:
    """Return what may tell a claim too, without what says the opposite of it."""
    held = [facts[mention.id] for mention in own if mention.id in facts][:MOST_HELD_AGAINST]
    return tuple(
        mention
        for mention in others
        if mention.id not in facts or not any(are_opposite(facts[mention.id], one) for one in held)
    )
