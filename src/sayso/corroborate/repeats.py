"""Which tellings of a document only say again what another of its tellings of the same claim says.

Where somebody says that somebody else said so, and both are mentions of the claim, the one whose word it is stands
behind it, and not whoever passes it on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.records import LOW_CONFIDENCE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sayso.corroborate.tellings import Teller
    from sayso.records import Mention

# So much of what somebody passes on must be another's word: else he says something of his own beside it.
MOSTLY = 0.5


def find_repeats(mentions: Sequence[Mention], tellers: Mapping[str, Teller]) -> frozenset[str]:
    """Return the ids of the mentions of a claim that only pass on what another one of their document says."""
    by_document: dict[str, list[Mention]] = {}
    for mention in mentions:
        by_document.setdefault(mention.document, []).append(mention)
    found: set[str] = set()
    for document, own in by_document.items():
        teller = tellers[document]
        found |= {mention.id for mention in own if _passes_on(mention, own, teller)}
    return frozenset(found)


def _passes_on(mention: Mention, own: Iterable[Mention], teller: Teller) -> bool:
    """Return whether most of a mention is what, by another mention, somebody within it said."""
    return any(
        other.attribution is not None
        and other.attribution != mention.attribution
        and teller.rows[other.attribution].within == mention.attribution is not None
        and teller.rows[other.attribution].confidence >= LOW_CONFIDENCE
        and teller.rows[other.attribution].source != teller.rows[mention.attribution].source
        and _measure(other) >= MOSTLY * _measure(mention)
        for other in own
    )


def _measure(mention: Mention) -> int:
    return mention.span.end - mention.span.start
