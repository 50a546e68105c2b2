"""Which mentions of other claims may tell a claim, and what they change: the greatest number of origins alone.

That two mentions are of one claim is itself only likely. What is left out of a claim although it is as likely as not of
one claim with some mention of it may bring an origin more. So the claim is looked at once more with all of those, and
the greater number is told. They never add a leg.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from sayso.corroborate.rulebook import load_rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sayso.records import Bounds, Claim, ClaimLink, Corroboration, Mention

# Of more, those that are likeliest to tell it.
MOST_MENTIONS = 200


def find_may_tell(
    claims: Iterable[Claim], links: Iterable[ClaimLink], supporting: Mapping[str, Sequence[Mention]]
) -> dict[str, tuple[Mention, ...]]:
    """Return for each claim the mentions of others that may tell it, of documents that do not tell it.

    Args:
        claims: The claims.
        links: What was decided about pairs of mentions.
        supporting: For each claim the mentions that tell it as its line puts it.
    """
    least = float(load_rules("claim_weights")["decision"]["joined_from"])
    near: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for link in links:
        if link.likelihood >= least:
            near[link.first].append((link.second, link.likelihood))
            near[link.second].append((link.first, link.likelihood))
    telling = {mention.id: mention for some in supporting.values() for mention in some}
    found = {}
    for claim in claims:
        own = {mention.id for mention in claim.mentions}
        documents = {mention.document for mention in supporting[claim.id]}
        best: dict[str, float] = {}
        for mention in supporting[claim.id]:
            for other, likelihood in near[mention.id]:
                if other not in own and other in telling and telling[other].document not in documents:
                    best[other] = max(likelihood, best.get(other, 0.0))
        kept = sorted(best, key=lambda key: (-best[key], key))[:MOST_MENTIONS]
        found[claim.id] = tuple(telling[key] for key in sorted(kept))
    return found


def raise_most(found: Corroboration, wider: Corroboration) -> Corroboration:
    """Return a corroboration with the greatest numbers that it has together with what may tell it too."""
    return replace(
        found,
        persons=_raise_bounds(found.persons, wider.persons),
        organisations=_raise_bounds(found.organisations, wider.organisations),
    )


def _raise_bounds(found: Bounds, wider: Bounds) -> Bounds:
    if wider.most <= found.most:
        return found
    return replace(found, most=wider.most, is_most_exact=wider.is_most_exact)
