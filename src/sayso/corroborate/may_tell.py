"""Which mentions of other claims may tell a claim, and what they change: the greatest number of origins alone.

That two mentions are of one claim is itself only likely. Two claims may be one where their mentions are not told apart
on average; and what one document alone tells may be of a claim where one mention of that is not told apart from it. So
the claim is looked at once more with all of those, and the greater number is told. They never add a leg.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from sayso.corroborate.origins import find_origins
from sayso.corroborate.rulebook import load_rules
from sayso.corroborate.unknown_texts import name_unknown_texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sayso.records import Bounds, Claim, ClaimLink, Corroboration, Mention, OriginCase

# Of more, those that are likeliest to tell it.
MOST_MENTIONS = 200


def find_may_tell(
    claims: Sequence[Claim], links: Iterable[ClaimLink], supporting: Mapping[str, Sequence[Mention]]
) -> dict[str, tuple[Mention, ...]]:
    """Return for each claim the mentions of others that may tell it, of documents that do not.

    Args:
        claims: The claims.
        links: What was decided about pairs of mentions.
        supporting: For each claim the mentions that tell it as its line puts it.
    """
    unsure_from = float(load_rules("claim_weights")["decision"]["different_below"])
    claim_of = {mention.id: claim.id for claim in claims for mention in supporting[claim.id]}
    between: dict[tuple[str, str], float] = defaultdict(float)
    near: dict[str, dict[str, float]] = defaultdict(dict)
    for link in links:
        one, other = claim_of.get(link.first), claim_of.get(link.second)
        if one is None or other is None or one == other:
            continue
        for ours, their, mention in ((one, other, link.second), (other, one, link.first)):
            between[ours, their] += link.likelihood
            near[ours][mention] = max(link.likelihood, near[ours].get(mention, 0.0))
    documents = {claim.id: {mention.document for mention in supporting[claim.id]} for claim in claims}
    telling = {mention.id: mention for some in supporting.values() for mention in some}
    found = {}
    for claim in claims:
        best: dict[str, float] = {}
        for mention, likelihood in near[claim.id].items():
            their = claim_of[mention]
            pairs = len(supporting[claim.id]) * len(supporting[their])
            is_alone = len(documents[their]) == 1
            measured = likelihood if is_alone else between[claim.id, their] / pairs
            if measured >= unsure_from and telling[mention].document not in documents[claim.id]:
                best[mention] = likelihood
        kept = sorted(best, key=lambda key: (-best[key], key))[:MOST_MENTIONS]
        found[claim.id] = tuple(telling[key] for key in sorted(kept))
    return found


def weigh_case(case: OriginCase, wider: OriginCase | None) -> Corroboration:
    """Return on how many legs a claim stands.

    Args:
        case: What is known of its tellings.
        wider: The same together with what may tell it too; None where nothing may.
    """
    found = name_unknown_texts(find_origins(case), case)
    return found if wider is None else raise_most(found, find_origins(wider))


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


def is_raised(found: Corroboration, raised: Corroboration) -> bool:
    """Return whether a corroboration is another one but for greatest numbers that are no smaller."""
    return raise_most(found, raised) == raised
