"""Who copied whom: from documents to edges, each with its stretches, its kind, its direction and its reasons."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sayso.corroborate.direction import Edge, Finding, Way, find_direction, turn
from sayso.corroborate.extent import Traced, is_formula, judge_extent, judge_kind
from sayso.corroborate.overlap import count_words, find_overlap
from sayso.corroborate.sides import look_at_side
from sayso.corroborate.words import document_words
from sayso.ids import reuse_id
from sayso.records import Reuse, ReuseBasis, ReuseDirection, ReuseExtent, ReuseReason

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sayso.corroborate.sides import Side
    from sayso.records import Document, Span

NO_NAMES: Mapping[str, Sequence[str]] = {}
NO_BOILERPLATE: Mapping[str, Sequence[Span]] = {}
UNCERTAIN = {ReuseExtent.REWRITE, ReuseExtent.PHRASES}
DIRECTIONS = {
    Way.HERE_FROM_THERE: ReuseDirection.FROM_OTHER,
    Way.COMMON: ReuseDirection.COMMON,
    Way.UNKNOWN: ReuseDirection.UNKNOWN,
}


def find_reuse(
    doc: Document,
    others: Iterable[Document],
    *,
    named: Mapping[str, Sequence[str]] = NO_NAMES,
    boilerplate: Mapping[str, Sequence[Span]] = NO_BOILERPLATE,
) -> list[Reuse]:
    """Return what a document has in common with others, in order of their ids.

    The order of `others` makes no difference, nor does which document of a pair is asked about.

    Args:
        doc: The document.
        others: Documents that may share text with it, mostly the candidates of an `Index`; itself is passed over.
        named: By id of a document the outlets and agencies to which a reading of it attributes something.
        boilerplate: By id of a document the stretches that its outlet prints again and again; they are left out.
    """
    side = open_side(doc, named=named, boilerplate=boilerplate)
    apart = {other.id: other for other in others if other.id != doc.id}
    edges: list[Reuse] = []
    for name in sorted(apart):
        edges.extend(compare_sides(side, open_side(apart[name], named=named, boilerplate=boilerplate)))
    return edges


def open_side(
    document: Document,
    *,
    named: Mapping[str, Sequence[str]] = NO_NAMES,
    boilerplate: Mapping[str, Sequence[Span]] = NO_BOILERPLATE,
) -> Side:
    """Return a document as one side of a comparison; worth keeping where it is compared with many."""
    words = document_words(document, boilerplate.get(document.id, ()))
    return look_at_side(document, words, named.get(document.id, ()))


def compare_sides(one: Side, two: Side) -> list[Reuse]:
    """Return the edges between two documents: at most one of prose and one of quoted speech."""
    here, there = sorted((one, two), key=lambda side: side.document.id)
    overlap = find_overlap(here, there)
    edges = []
    if overlap.prose or overlap.retelling.is_rewriting:
        edges.append(judge_edge(Edge(overlap=overlap, stretches=overlap.prose, is_quoted=False)))
    if overlap.quotes:
        edges.append(judge_edge(Edge(overlap=overlap, stretches=overlap.quotes, is_quoted=True)))
    return edges


def judge_edge(edge: Edge) -> Reuse:
    """Return the edge with all that can be said of it."""
    finding = find_direction(edge)
    extent, extent_reason = judge_extent(edge)
    if extent is ReuseExtent.PHRASES:
        finding = tell_nothing("phrases", "phrases alone are not taken from anybody")
    elif extent is ReuseExtent.REWRITE and finding.basis is not ReuseBasis.CREDIT:
        # What follows one announcement looks the same; to have told it later is not to have it from the other.
        finding = tell_nothing("possible", "it is only possible that one is the other in other words")
    formula = None if finding.basis is ReuseBasis.CREDIT or extent in UNCERTAIN else is_formula(edge)
    if formula is not None:
        finding = Finding(way=Way.UNKNOWN, basis=ReuseBasis.NONE, reason=formula)
    kind, kind_reason = judge_kind(Traced(edge=edge, extent=extent, finding=finding))
    if finding.way is Way.THERE_FROM_HERE:
        edge, finding = turn(edge), replace(finding, way=Way.HERE_FROM_THERE)
    overlap, shared = edge.overlap, count_words(edge.stretches)
    documents = overlap.here.document.id, overlap.there.document.id
    return Reuse(
        id=reuse_id(first=documents[0], second=documents[1], is_quoted=edge.is_quoted),
        document=documents[0],
        other=documents[1],
        kind=kind,
        extent=extent,
        direction=DIRECTIONS[finding.way],
        basis=finding.basis,
        stretches=tuple(sorted(edge.stretches, key=lambda stretch: stretch.here.start)),
        words=shared,
        share=min(1.0, shared / max(1, len(overlap.here.words))),
        other_share=min(1.0, shared / max(1, len(overlap.there.words))),
        is_certain=extent not in UNCERTAIN and formula is None,
        reasons=(extent_reason, kind_reason, finding.reason),
    )


def tell_nothing(feature: str, words: str) -> Finding:
    """Return that it is unknown who took it from whom, and why."""
    return Finding(way=Way.UNKNOWN, basis=ReuseBasis.NONE, reason=ReuseReason(feature=feature, words=words))
