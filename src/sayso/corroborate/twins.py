"""Documents that are nearly the same article, as groups.

Each member is nearly the same as the group's leader. Connected components are never used: over partial copies they join
everything with everything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.corroborate.clock import find_window
from sayso.records import ReuseExtent, TwinGroup

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from sayso.records import Document, Reuse


def group_twins(documents: Iterable[Document], edges: Iterable[Reuse]) -> list[TwinGroup]:
    """Return the groups of at least two nearly identical documents, in order of their leaders.

    Documents are gone through from the earliest on: each that belongs to no group yet leads one of all those that are
    nearly the same as it and belong to none. The order in which they are given makes no difference.

    Args:
        documents: All documents.
        edges: Edges between them; those of whole texts count.
    """
    near: dict[str, set[str]] = {}
    for edge in edges:
        if edge.extent is ReuseExtent.WHOLE:
            near.setdefault(edge.document, set()).add(edge.other)
            near.setdefault(edge.other, set()).add(edge.document)
    grouped: set[str] = set()
    groups = []
    for document in sorted(documents, key=order_by_time):
        if document.id in grouped:
            continue
        members = {document.id, *near.get(document.id, ())} - grouped
        if len(members) > 1:
            groups.append(TwinGroup(leader=document.id, members=tuple(sorted(members))))
            grouped |= members
    return groups


def order_by_time(document: Document) -> tuple[bool, dt.datetime | int, str]:
    """Return what puts documents in order: those with a stated time first, by its latest meaning, then by id."""
    window = find_window(document.published)
    return (True, 0, document.id) if window is None else (False, window[1], document.id)
