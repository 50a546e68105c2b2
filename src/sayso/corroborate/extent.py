"""How much of two documents is one text, and by which way it came: two tables of named features.

The first feature that answers decides. The limits are those of the labelling guide where it gives one (a whole copy shares
about four fifths of both, a partial copy at least 40 words of prose); the others were set on composed copies.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.corroborate.direction import Way
from sayso.corroborate.overlap import count_words
from sayso.records import ReuseBasis, ReuseExtent, ReuseKind, ReuseReason

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sayso.corroborate.direction import Edge, Finding

    ExtentFeature = Callable[["Edge"], "tuple[ReuseExtent, ReuseReason] | None"]
    KindFeature = Callable[["Edge", "ReuseExtent", "Finding"], "tuple[ReuseKind, ReuseReason] | None"]

WHOLE_SHARE = 0.8
# In all, and in the longest stretch: fewer words than this are stock phrases, names and titles.
PART_WORDS, LONGEST_WORDS = 30, 20
# Fewer quoted words than this anybody may quote.
QUOTED_WORDS = 12


def is_quotes(edge: Edge) -> tuple[ReuseExtent, ReuseReason] | None:
    """All that is shared is quoted speech."""
    if not edge.is_quoted or count_words(edge.stretches) < QUOTED_WORDS:
        return None
    return ReuseExtent.QUOTES, ReuseReason(feature="only quotes", words="all that is shared stands in quotation marks")


def is_whole(edge: Edge) -> tuple[ReuseExtent, ReuseReason] | None:
    """Most of both is shared."""
    overlap = edge.overlap
    if edge.is_quoted or min(overlap.share, overlap.other_share) < WHOLE_SHARE:
        return None
    words = f"{overlap.share:.0%} of the one and {overlap.other_share:.0%} of the other are the same"
    return ReuseExtent.WHOLE, ReuseReason(feature="shared words", words=words)


def is_part(edge: Edge) -> tuple[ReuseExtent, ReuseReason] | None:
    """A good deal of prose is shared, or one long stretch."""
    words = edge.overlap.prose_words
    longest = max((stretch.words for stretch in edge.stretches), default=0)
    if edge.is_quoted or (words < PART_WORDS and longest < LONGEST_WORDS):
        return None
    reason = f"{words} words of prose are the same, the longest stretch has {longest}"
    return ReuseExtent.PART, ReuseReason(feature="shared prose", words=reason)


def is_rewrite(edge: Edge) -> tuple[ReuseExtent, ReuseReason] | None:
    """The same rarer words stand in the same order, beyond what is shared word by word."""
    if edge.is_quoted:
        return None
    likeness = edge.overlap.likeness
    if not likeness.is_rewriting:
        return None
    words = (
        f"of {likeness.words} words that both tell once, {likeness.concordance:.0%} of all pairs are in the same order; "
        f"{likeness.vocabulary:.0%} of the smaller vocabulary is in both"
    )
    return ReuseExtent.REWRITE, ReuseReason(feature="same order", words=words)


def is_phrases(edge: Edge) -> tuple[ReuseExtent, ReuseReason]:
    """Only a phrase or two is shared."""
    words = f"no more than {count_words(edge.stretches)} words are the same, in phrases"
    return ReuseExtent.PHRASES, ReuseReason(feature="phrases", words=words)


EXTENTS: Sequence[ExtentFeature] = (is_quotes, is_whole, is_part, is_rewrite, is_phrases)


def judge_extent(edge: Edge) -> tuple[ReuseExtent, ReuseReason]:
    """Return how much of the two is one text, with the reason."""
    return next(found for feature in EXTENTS if (found := feature(edge)))


def is_common_source(edge: Edge, extent: ReuseExtent, finding: Finding) -> tuple[ReuseKind, ReuseReason] | None:
    """Quoted speech."""
    if extent is not ReuseExtent.QUOTES:
        return None
    return ReuseKind.COMMON_SOURCE, ReuseReason(feature="quoted speech", words="both quote the same speaker or document")


def is_incidental(edge: Edge, extent: ReuseExtent, finding: Finding) -> tuple[ReuseKind, ReuseReason] | None:
    """Phrases alone."""
    if extent is not ReuseExtent.PHRASES:
        return None
    return ReuseKind.INCIDENTAL, ReuseReason(feature="phrases", words="phrases that two reports can share by chance")


def is_own(edge: Edge, extent: ReuseExtent, finding: Finding) -> tuple[ReuseKind, ReuseReason] | None:
    """One outlet's text again."""
    here, there = edge.overlap.here, edge.overlap.there
    if here.outlet is None or here.outlet != there.outlet:
        return None
    return ReuseKind.OWN, ReuseReason(feature="same outlet", words=f"both are published by {here.document.outlet}")


def is_press_release(edge: Edge, extent: ReuseExtent, finding: Finding) -> tuple[ReuseKind, ReuseReason] | None:
    """One of the two is a press release."""
    if not (edge.overlap.here.is_release or edge.overlap.there.is_release):
        return None
    return ReuseKind.PRESS_RELEASE, ReuseReason(feature="press release", words="one of the two is marked as a press release")


def is_wire(edge: Edge, extent: ReuseExtent, finding: Finding) -> tuple[ReuseKind, ReuseReason] | None:
    """An agency's mark."""
    here, there = edge.overlap.here, edge.overlap.there
    marks = sorted(here.agencies | there.agencies)
    if not marks:
        return None
    name = (here.shown | there.shown).get(marks[0], marks[0])
    return ReuseKind.WIRE, ReuseReason(feature="agency", words=f"{name} is credited")


def is_outlet(edge: Edge, extent: ReuseExtent, finding: Finding) -> tuple[ReuseKind, ReuseReason] | None:
    """It is known who took it from whom, and no agency is in play."""
    if finding.way not in {Way.HERE_FROM_THERE, Way.THERE_FROM_HERE} or finding.basis is ReuseBasis.CONTAINMENT:
        return None
    return ReuseKind.OUTLET, ReuseReason(feature="no agency", words="one took it from the other, and no agency is credited")


KINDS: Sequence[KindFeature] = (is_common_source, is_incidental, is_own, is_press_release, is_wire, is_outlet)


def judge_kind(edge: Edge, extent: ReuseExtent, finding: Finding) -> tuple[ReuseKind, ReuseReason]:
    """Return by which way the text came, with the reason."""
    for feature in KINDS:
        found = feature(edge, extent, finding)
        if found:
            return found
    return ReuseKind.UNTRACED, ReuseReason(feature="untraced", words="nothing tells by which way the text came")
