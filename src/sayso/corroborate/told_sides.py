"""Which mentions of a claim tell that it is so: who denies, doubts or asks is no origin of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.records import DisputeKind, Polarity, Stance

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sayso.corroborate.claim_facts import MentionFacts
    from sayso.records import Claim, Dispute, Mention

OPEN = frozenset({Stance.DOUBTS, Stance.ASKS, Stance.DECLINES, Stance.OTHER})
OPPOSED = frozenset({DisputeKind.POLARITY, DisputeKind.DENIAL})


def pick_supporting(
    claim: Claim, facts: Mapping[str, MentionFacts], disputes: Iterable[Dispute]
) -> tuple[Mention, ...]:
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
    signs = {mention.id: _read_sign(facts.get(mention.id)) for mention in claim.mentions}
    side = _find_side(claim, facts, signs)
    # "There is no sign of it" leaves it open, whatever its clause says.
    signs |= {d.second: 0 for d in disputes if d.kind is DisputeKind.DOUBT and d.second in signs}
    telling = [mention for mention in claim.mentions if signs[mention.id] == side]
    ours = {mention.id for mention in telling if not _denies(facts.get(mention.id))}
    for mention in claim.mentions:
        # A negation that was read in the clause alone counts only where it was found to stand against one of these.
        is_read = signs[mention.id] == -side and not _denies(facts.get(mention.id))
        if is_read and not opposed.get(mention.id, set()) & ours:
            telling.append(mention)
    kept = {mention.id for mention in telling}
    return tuple(mention for mention in claim.mentions if mention.id in kept) or claim.mentions


def _find_side(claim: Claim, facts: Mapping[str, MentionFacts], signs: Mapping[str, int]) -> int:
    """Return the sign of the claim as its line puts it; a denial's line is what it denies, if anybody tells that."""
    plain = [mention.id for mention in claim.mentions if signs[mention.id] and not _denies(facts.get(mention.id))]
    if claim.clearest in plain or not plain:
        return signs[claim.clearest]
    return signs[plain[0]]


def _denies(facts: MentionFacts | None) -> bool:
    return facts is not None and facts.stance is Stance.DENIES


def _read_sign(facts: MentionFacts | None) -> int:
    """Return 1 where a mention says that it is so, -1 where it says that it is not, 0 where it leaves that open."""
    if facts is None:
        return 1
    if facts.stance in OPEN:
        return 0
    sign = -1 if facts.polarity is Polarity.NEGATIVE else 1
    return -sign if facts.stance is Stance.DENIES else sign
