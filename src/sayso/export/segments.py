"""Overlapping spans laid flat: stretches of text that lie side by side, each knowing everything that covers it.

Markup cannot overlap; what was read in a text does. Nothing here looks at the text but for where its paragraphs are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from sayso.text import find_paragraphs

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Sequence

Key = TypeVar("Key", bound="Hashable")


@dataclass(frozen=True, slots=True)
class Segment(Generic[Key]):
    """A stretch of text over which nothing begins or ends.

    Attributes:
        start: First code point.
        end: One past the last.
        keys: Of the spans that cover it, in the order in which they were given.
        first: Those of the keys of which no earlier segment has anything.
        last: Those of which no later segment has anything.
    """

    start: int
    end: int
    keys: tuple[Key, ...]
    first: tuple[Key, ...] = ()
    last: tuple[Key, ...] = ()


def flatten(size: int, spans: Iterable[tuple[int, int, Key]], cuts: Iterable[int] = ()) -> list[Segment[Key]]:
    """Return segments that together are the whole text, cut wherever a span begins or ends.

    A sweep: its cost is that of sorting the ends, and of what it gives back.

    Args:
        size: Of the text, in code points.
        spans: Start, end and key; a key may have several. What lies outside the text, or is empty, counts for nothing.
        cuts: Where else to cut.
    """
    order: dict[Key, int] = {}
    opening: dict[int, list[Key]] = {}
    closing: dict[int, list[Key]] = {}
    for start, end, key in spans:
        low, high = max(0, start), min(size, end)
        if low < high:
            order.setdefault(key, len(order))
            opening.setdefault(low, []).append(key)
            closing.setdefault(high, []).append(key)
    edges = sorted({0, size, *opening, *closing, *(cut for cut in cuts if 0 < cut < size)})
    # How often a key is open: spans of one key may overlap or touch.
    depth: dict[Key, int] = {}
    found: list[tuple[int, int, tuple[Key, ...]]] = []
    for i, edge in enumerate(edges[:-1]):
        for key in closing.get(edge, ()):
            depth[key] -= 1
            if not depth[key]:
                del depth[key]
        for key in opening.get(edge, ()):
            depth[key] = depth.get(key, 0) + 1
        found.append((edge, edges[i + 1], tuple(sorted(depth, key=order.__getitem__))))
    return list(_mark_ends(found))


def _mark_ends(found: Sequence[tuple[int, int, tuple[Key, ...]]]) -> Iterator[Segment[Key]]:
    """Yield the segments, each with the keys that it is the first or the last to have."""
    last = {key: i for i, (_, _, keys) in enumerate(found) for key in keys}
    met: set[Key] = set()
    for i, (start, end, keys) in enumerate(found):
        first = tuple(key for key in keys if key not in met)
        met.update(first)
        yield Segment(start, end, keys, first, tuple(key for key in keys if last[key] == i))


def find_blocks(text: str) -> list[tuple[int, int]]:
    """Return the paragraphs, each with the blank space after it, so that together they are the whole text."""
    starts = [start for start, _ in find_paragraphs(text)]
    if not starts:
        return [(0, len(text))] if text else []
    starts[0] = 0
    return list(zip(starts, [*starts[1:], len(text)], strict=True))
