"""Documents that are nearly the same article, as groups.

All members are nearly the same as one of them. Connected components are never used: over partial copies they join
everything with everything.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from sayso.corroborate.clock import find_window
from sayso.records import ReuseExtent, TwinGroup

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sayso.records import Document, Reuse

LAST = dt.datetime.max.replace(tzinfo=dt.UTC)


def group_twins(documents: Iterable[Document], edges: Iterable[Reuse]) -> list[TwinGroup]:
    """Return the groups of at least two nearly identical documents, in order of their leaders' ids.

    The document that most are nearly the same as comes first, and takes them along; then the next of those that belong
    to no group yet. The order in which documents and edges are given makes no difference.

    Args:
        documents: All documents.
        edges: Edges between them; those of whole texts count.
    """
    apart = {document.id: document for document in documents}
    near: dict[str, set[str]] = {}
    for edge in edges:
        if edge.extent is ReuseExtent.WHOLE and edge.document in apart and edge.other in apart:
            near.setdefault(edge.document, set()).add(edge.other)
            near.setdefault(edge.other, set()).add(edge.document)
    grouped: set[str] = set()
    groups = []
    for name in sorted(near, key=lambda name: (-len(near[name]), name)):
        members = {name, *near[name]} - grouped
        if name in grouped or len(members) < 2:  # noqa: PLR2004 - one alone is no group
            continue
        grouped |= members
        leader = min((apart[member] for member in members), key=order_by_time)
        groups.append(TwinGroup(leader=leader.id, members=tuple(sorted(members))))
    return sorted(groups, key=lambda group: group.leader)


def order_by_time(document: Document) -> tuple[bool, dt.datetime, str]:
    """Return what puts documents in order: those with a stated time first, by its latest meaning, then by id."""
    window = find_window(document.published)
    return (window is None, window[1] if window else LAST, document.id)
