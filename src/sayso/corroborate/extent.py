"""How much of two documents is one text, and by which way it came: two tables of named features.

The first feature that answers decides. The limits are those of the labelling guide where it gives one (a whole copy
shares about four fifths of both, a partial copy at least 40 words of prose); the others were set on composed copies.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sayso.corroborate.correction_notes import list_figures
from sayso.corroborate.direction import Way
from sayso.corroborate.overlap import count_words
from sayso.corroborate.sides import is_agency
from sayso.records import ReuseBasis, ReuseExtent, ReuseKind, ReuseReason
from sayso.text import find_sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sayso.corroborate.direction import Edge, Finding

WHOLE_SHARE = 0.8
# In all, and in the longest stretch: fewer words than this are stock phrases, names and titles.
PART_WORDS, LONGEST_WORDS = 30, 20
# A stretch with more edits to a word that is the same is the same thing said in other words.
EDITED_MOST = 0.5
# Two texts of which one has fewer words than this are put alike by the event, if the figures in them differ.
SHORT_WORDS = 60
# Fewer quoted words than this anybody may quote.
QUOTED_WORDS = 12


def is_quotes(edge: Edge) -> ReuseReason | None:
    """All that is shared is quoted speech, and more than anybody may quote."""
    if not edge.is_quoted or count_words(edge.stretches) < QUOTED_WORDS:
        return None
    return ReuseReason(feature="only quotes", words="all that is shared stands in quotation marks")


def is_whole(edge: Edge) -> ReuseReason | None:
    """Most of both is shared."""
    overlap = edge.overlap
    if edge.is_quoted or min(overlap.share, overlap.other_share) < WHOLE_SHARE:
        return None
    words = f"{overlap.share:.0%} of the one and {overlap.other_share:.0%} of the other are the same"
    return ReuseReason(feature="shared words", words=words)


def is_part(edge: Edge) -> ReuseReason | None:
    """A good deal of prose is shared, or one long stretch."""
    close = [stretch for stretch in edge.stretches if stretch.edited <= EDITED_MOST * stretch.words]
    words = sum(stretch.words - stretch.quoted for stretch in close)
    longest = max((stretch.words for stretch in close), default=0)
    if edge.is_quoted or (words < PART_WORDS and longest < LONGEST_WORDS):
        return None
    told = f"{words} words of prose are the same, the longest stretch has {longest}"
    return ReuseReason(feature="shared prose", words=told)


def is_rewrite(edge: Edge) -> ReuseReason | None:
    """The same rarer words stand in the same order, also beyond what is shared word by word or quoted."""
    retelling = edge.overlap.retelling
    if edge.is_quoted or not retelling.is_rewriting:
        return None
    whole, left = retelling.whole, retelling.left
    words = (
        f"of {whole.words} words that both use once, {whole.concordance:.0%} of all pairs are in the same order, of "
        f"{left.words} outside of quotations and shared stretches {left.concordance:.0%}; "
        f"{whole.vocabulary:.0%} of the smaller vocabulary is in both"
    )
    return ReuseReason(feature="same order", words=words)


EXTENTS: Sequence[tuple[ReuseExtent, Callable[[Edge], ReuseReason | None]]] = (
    (ReuseExtent.QUOTES, is_quotes),
    (ReuseExtent.WHOLE, is_whole),
    (ReuseExtent.PART, is_part),
    (ReuseExtent.REWRITE, is_rewrite),
)


def judge_extent(edge: Edge) -> tuple[ReuseExtent, ReuseReason]:
    """Return how much of the two is one text, with the reason."""
    for extent, feature in EXTENTS:
        reason = feature(edge)
        if reason:
            return extent, reason
    words = f"no more than {count_words(edge.stretches)} words are the same, in phrases"
    return ReuseExtent.PHRASES, ReuseReason(feature="phrases", words=words)


def is_formula(edge: Edge) -> ReuseReason | None:
    """What is shared may be the way in which such an event is told: short, and the figures in it are others."""
    overlap, stretches = edge.overlap, edge.stretches
    here, there = overlap.here, overlap.there
    if edge.is_quoted or not stretches or (here.outlet is not None and here.outlet == there.outlet):
        return None
    spans = [
        (min(span.start for span in side), max(span.end for span in side))
        for side in ([stretch.here for stretch in stretches], [stretch.there for stretch in stretches])
    ]
    texts = [side.document.text[low:high] for side, (low, high) in zip((here, there), spans, strict=True)]
    figures, others = (list_figures(text) for text in texts)
    if not figures - others or not others - figures:
        return None
    is_short = min(len(here.words), len(there.words)) < SHORT_WORDS
    if not is_short and not any(len(find_sentences(text)) == 1 for text in texts):
        return None
    words = "what is shared is short and gives other figures: two own reports of one event can be put so much alike"
    return ReuseReason(feature="formula", words=words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Traced:
    """An edge of which extent and direction are decided.

    Attributes:
        edge: The edge.
        extent: How much of the two is one text.
        finding: Which way the text went.
    """

    edge: Edge
    extent: ReuseExtent
    finding: Finding


def is_common_source(traced: Traced) -> ReuseReason | None:
    """Quoted speech."""
    if traced.extent is not ReuseExtent.QUOTES:
        return None
    return ReuseReason(feature="quoted speech", words="both quote the same speaker or document")


def is_incidental(traced: Traced) -> ReuseReason | None:
    """Phrases alone."""
    if traced.extent is not ReuseExtent.PHRASES:
        return None
    return ReuseReason(feature="phrases", words="phrases that two reports can share by chance")


def is_own(traced: Traced) -> ReuseReason | None:
    """One outlet's text again."""
    here, there = traced.edge.overlap.here, traced.edge.overlap.there
    if here.outlet is None or here.outlet != there.outlet:
        return None
    return ReuseReason(feature="same outlet", words=f"both are published by {here.document.outlet or here.outlet}")


def is_press_release(traced: Traced) -> ReuseReason | None:
    """One of the two is a press release."""
    if not (traced.edge.overlap.here.is_release or traced.edge.overlap.there.is_release):
        return None
    return ReuseReason(feature="press release", words="one of the two is marked as a press release")


def is_credited_outlet(traced: Traced) -> ReuseReason | None:
    """One names the other, and the other is no agency and names none."""
    finding, overlap = traced.finding, traced.edge.overlap
    giver = {Way.HERE_FROM_THERE: overlap.there, Way.THERE_FROM_HERE: overlap.here}.get(finding.way)
    if giver is None or giver.agencies or is_agency(giver.outlet) or finding.basis is not ReuseBasis.CREDIT:
        return None
    name = giver.document.outlet or giver.outlet
    return ReuseReason(feature="credited outlet", words=f"it was taken from {name}, which credits no agency")


def is_wire(traced: Traced) -> ReuseReason | None:
    """An agency's mark on one of the two."""
    here, there = traced.edge.overlap.here, traced.edge.overlap.there
    marks = sorted(here.agencies | there.agencies)
    if not marks:
        return None
    name = (here.shown | there.shown).get(marks[0], marks[0])
    return ReuseReason(feature="agency", words=f"{name} is credited")


def is_outlet(traced: Traced) -> ReuseReason | None:
    """It is known who took it from whom, and no agency is in play."""
    finding = traced.finding
    if finding.way not in {Way.HERE_FROM_THERE, Way.THERE_FROM_HERE} or finding.basis is ReuseBasis.CONTAINMENT:
        return None
    return ReuseReason(feature="no agency", words="one took it from the other, and no agency is credited")


KINDS: Sequence[tuple[ReuseKind, Callable[[Traced], ReuseReason | None]]] = (
    (ReuseKind.COMMON_SOURCE, is_common_source),
    (ReuseKind.INCIDENTAL, is_incidental),
    (ReuseKind.OWN, is_own),
    (ReuseKind.PRESS_RELEASE, is_press_release),
    (ReuseKind.OUTLET, is_credited_outlet),
    (ReuseKind.WIRE, is_wire),
    (ReuseKind.OUTLET, is_outlet),
)


def judge_kind(traced: Traced) -> tuple[ReuseKind, ReuseReason]:
    """Return by which way the text came, with the reason."""
    for kind, feature in KINDS:
        reason = feature(traced)
        if reason:
            return kind, reason
    return ReuseKind.UNTRACED, ReuseReason(feature="untraced", words="nothing tells by which way the text came")
