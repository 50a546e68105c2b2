"""Who copied whom among many documents at once: the index and the comparison together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.corroborate.boilerplate import find_boilerplate
from sayso.corroborate.candidates import Index
from sayso.corroborate.fingerprint import find_prints
from sayso.corroborate.reuse import NO_NAMES, compare_sides, open_side

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sayso.records import Document, Reuse, Span


def find_all_reuse(
    documents: Iterable[Document],
    *,
    named: Mapping[str, Sequence[str]] = NO_NAMES,
    boilerplate: Mapping[str, Sequence[Span]] | None = None,
) -> list[Reuse]:
    """Return all edges among the documents, in order of their ids.

    Of documents that are nearly the same the first by id stands for all: the others have an edge to it and to each
    other document that shares more with them than with it.

    Args:
        documents: The documents; of two with the same id the last counts.
        named: By id of a document the outlets and agencies to which a reading of it attributes something.
        boilerplate: By id of a document the stretches that its outlet prints again and again; None to find them among
            these documents.
    """
    apart = {document.id: document for document in documents}
    if boilerplate is None:
        boilerplate = find_boilerplate(apart.values())
    sides = {name: open_side(apart[name], named=named, boilerplate=boilerplate) for name in sorted(apart)}
    index = Index()
    edges: list[Reuse] = []
    for name, side in sides.items():
        for candidate in index.add_prints(name, find_prints(side.words.hashes)):
            edges.extend(compare_sides(sides[candidate.document], side))
    return sorted(edges, key=lambda edge: (edge.document, edge.other, edge.id))
