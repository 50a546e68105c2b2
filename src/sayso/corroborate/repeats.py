"""Which tellings of a document only say again what another of its tellings of the same claim says.

A headline sums up the article below it, whomever it names. Where somebody says that somebody else said so, and both
stand in the case, the one whose word it is stands behind it, and not whoever passes it on.
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
    """Return the ids of the mentions of a claim that only say again what another one of their document says."""
    by_document: dict[str, list[Mention]] = {}
    for mention in mentions:
        by_document.setdefault(mention.document, []).append(mention)
    found: set[str] = set()
    for document, own in by_document.items():
        teller = tellers[document]
        found |= _find_headlines(own, teller)
        found |= {mention.id for mention in own if _passes_on(mention, own, teller)}
    return frozenset(found)


def _find_headlines(own: Sequence[Mention], teller: Teller) -> set[str]:
    """Return the mentions in the headline, where the text below it tells the claim and surely says who says it."""
    title = teller.document.title
    if title is None:
        return set()
    above = {mention.id for mention in own if mention.span.end <= title.end}
    below = [teller.rows.get(mention.attribution or "") for mention in own if mention.id not in above]
    return above if any(row is not None and row.confidence >= LOW_CONFIDENCE for row in below) else set()


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
