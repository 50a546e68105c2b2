"""Who took a text from whom: explicit credit first, then time with slack, then containment, else it stays unknown.

Each feature looks at one edge and either answers, with its reason in words, or has nothing to say; the first that
answers decides. They are asked in the order of the table at the end.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from sayso.corroborate.clock import is_before
from sayso.corroborate.overlap import count_words
from sayso.corroborate.sides import is_agency
from sayso.records import ReuseBasis, ReuseReason

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sayso.corroborate.overlap import Overlap
    from sayso.records import Stretch

    Feature = Callable[["Edge"], "Finding | None"]

# From so many quoted words on two documents have them from their speaker, and not the one from the other.
QUOTED_WORDS = 24
# A text is contained in another when so much of it stands there, and the other has so much more.
CONTAINED, AT_MOST = 0.8, 0.5


class Way(StrEnum):
    """Which way a text went between the two sides of an edge."""

    HERE_FROM_THERE = "here-from-there"
    THERE_FROM_HERE = "there-from-here"
    COMMON = "common"
    UNKNOWN = "unknown"


OPPOSITE = {Way.HERE_FROM_THERE: Way.THERE_FROM_HERE, Way.THERE_FROM_HERE: Way.HERE_FROM_THERE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """One edge that is being decided.

    Attributes:
        overlap: What the two documents have in common.
        stretches: The stretches of this edge.
        is_quoted: Whether they are only quoted speech.
    """

    overlap: Overlap
    stretches: tuple[Stretch, ...]
    is_quoted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a feature answers."""

    way: Way
    basis: ReuseBasis
    reason: ReuseReason


def turn(edge: Edge) -> Edge:
    """Return the edge seen from the other side."""
    overlap = edge.overlap
    stretches = tuple(turn_stretch(stretch) for stretch in edge.stretches)
    return replace(edge, overlap=replace(overlap, here=overlap.there, there=overlap.here), stretches=stretches)


def turn_stretch(stretch: Stretch) -> Stretch:
    """Return a stretch seen from the other side."""
    return replace(stretch, here=stretch.there, there=stretch.here)


def find_direction(edge: Edge) -> Finding:
    """Return which way the text went, by the first feature that answers."""
    for feature in FEATURES:
        finding = feature(edge)
        if finding:
            return finding
    return Finding(
        way=Way.UNKNOWN,
        basis=ReuseBasis.NONE,
        reason=ReuseReason(feature="unknown", words="no credit, time or containment tells who took it from whom"),
    )


def from_either(find: Feature) -> Feature:
    """Return a feature that asks about here-from-there, asked both ways; if both sides say yes it answers nothing."""

    def ask(edge: Edge) -> Finding | None:
        ours, theirs = find(edge), find(turn(edge))
        if ours and theirs:
            return None
        if theirs:
            return replace(theirs, way=OPPOSITE[theirs.way])
        return ours

    return ask


def credits_other(edge: Edge) -> Finding | None:
    """Here names the other's outlet as where it has it from."""
    here, there = edge.overlap.here, edge.overlap.there
    if there.outlet is None or there.outlet == here.outlet or there.outlet not in here.named:
        return None
    name = here.shown.get(there.outlet, there.outlet)
    return _taken(ReuseBasis.CREDIT, "credits other", f"it names {name}, which published the other")


def shares_agency(edge: Edge) -> Finding | None:
    """Both carry the mark of one agency, and neither is that agency."""
    here, there = edge.overlap.here, edge.overlap.there
    shared = sorted(here.agencies & there.agencies - {here.outlet, there.outlet})
    if not shared or _is_own(edge):
        return None
    name = here.shown.get(shared[0], shared[0])
    return _common("shared agency", f"both carry the mark of {name}")


def credits_agency(edge: Edge) -> Finding | None:
    """One carries an agency's mark and the other names that agency: both have it from there."""
    here, there = edge.overlap.here, edge.overlap.there
    for one, two in ((here, there), (there, here)):
        shared = sorted(one.agencies & two.named - {here.outlet, there.outlet})
        if shared and one.outlet and not _is_own(edge):
            name = one.shown.get(shared[0], shared[0])
            return _common("credited agency", f"one carries the mark of {name}, and the other names it")
    return None


def shares_third(edge: Edge) -> Finding | None:
    """Both name the same third outlet or agency as their source, and it is known that neither is that one."""
    here, there = edge.overlap.here, edge.overlap.there
    shared = sorted(here.named & there.named - {here.outlet, there.outlet})
    if not shared or here.outlet is None or there.outlet in {None, here.outlet}:
        return None
    names = ", ".join(here.shown.get(name, name) for name in shared[:3])
    return _common("third party", f"both name {names}")


def quotes_speech(edge: Edge) -> Finding | None:
    """Much quoted speech has its own speaker or paper: both have it from there.

    A short quotation may as well be lifted from the one report to which it was said; then nothing tells.
    """
    if not edge.is_quoted or count_words(edge.stretches) < QUOTED_WORDS:
        return None
    return _common("quoted speech", "all that is shared stands in quotation marks: its speaker is the common source")


def carries_agency(edge: Edge) -> Finding | None:
    """One carries an agency's mark and the other none: the text is the agency's, which both may have had."""
    here, there = edge.overlap.here, edge.overlap.there
    if bool(here.agencies) == bool(there.agencies) or _is_own(edge):
        return None
    marked = here if here.agencies else there
    if marked.outlet is None or is_agency(marked.outlet):
        return None  # it may be the agency's own page
    name = marked.shown.get(min(marked.agencies), min(marked.agencies))
    return _common("agency's text", f"one carries the mark of {name}, whose text both may have had")


def has_agency_text(edge: Edge) -> Finding | None:
    """The other is the agency's own text, or carries its mark, and here has no mark of its own."""
    here, there = edge.overlap.here, edge.overlap.there
    if not (there.outlet and is_agency(there.outlet)) or (here.outlet and is_agency(here.outlet)):
        return None
    return _taken(ReuseBasis.CREDIT, "agency's own", f"the other is published by {there.document.outlet}")


def is_later(edge: Edge) -> Finding | None:
    """The other was published first, beyond what clocks and zones can differ by.

    Of quoted speech it tells nothing: to have printed a speaker's words later is not to have lifted them.
    """
    here, there = edge.overlap.here, edge.overlap.there
    if edge.is_quoted:
        return None
    if not is_before(there.document.published, here.document.published, is_same_clock=_is_own(edge)):
        return None
    when = there.document.published.value if there.document.published else ""
    return _taken(ReuseBasis.TIME, "published later", f"the other was published before it, {when}")


def is_contained(edge: Edge) -> Finding | None:
    """Here is nearly all in the other, which is at least twice as long, and sends its reader on: an excerpt.

    Without such words it tells nothing: of one agency's text one outlet prints all, the other the first half.
    """
    overlap = edge.overlap
    if edge.is_quoted or overlap.share < CONTAINED or overlap.other_share > AT_MOST:
        return None
    if not overlap.here.sends_on:
        return None
    words = f"{overlap.share:.0%} of it stand in the other, which is much longer, and it sends its reader on"
    return _taken(ReuseBasis.CONTAINMENT, "contained", words)


def _is_own(edge: Edge) -> bool:
    """Return whether one outlet published both."""
    return edge.overlap.here.outlet is not None and edge.overlap.here.outlet == edge.overlap.there.outlet


def _taken(basis: ReuseBasis, feature: str, words: str) -> Finding:
    return Finding(way=Way.HERE_FROM_THERE, basis=basis, reason=ReuseReason(feature=feature, words=words))


def _common(feature: str, words: str) -> Finding:
    return Finding(way=Way.COMMON, basis=ReuseBasis.CREDIT, reason=ReuseReason(feature=feature, words=words))


def is_own_later(edge: Edge) -> Finding | None:
    """One outlet's text again, later: whatever agencies it names, it has it from itself."""
    return is_later(edge) if _is_own(edge) else None


FEATURES: Sequence[Feature] = (
    from_either(is_own_later),
    from_either(credits_other),
    quotes_speech,
    shares_agency,
    from_either(has_agency_text),
    credits_agency,
    shares_third,
    carries_agency,
    from_either(is_later),
    from_either(is_contained),
)
