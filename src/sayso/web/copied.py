"""Which stretches of an article also stand in other articles of its story, and where there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sayso.export.marked_text import COPIED, PERHAPS_COPIED
from sayso.export.visible import show
from sayso.records import ReuseDirection

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sayso.records import ArticleRow, Reuse, Span

LONGEST_CHARS = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """Where a stretch stands in another article.

    Attributes:
        document: Its id.
        span: The place there.
        is_certain: False where it may be chance.
    """

    document: str
    span: Span
    is_certain: bool

    @property
    def address(self) -> str:
        """The address of the place."""
        return f"/article/{self.document}?from={self.span.start}&to={self.span.end}#here"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A stretch that stands elsewhere, too.

    Attributes:
        number: Counted from 1, in the order of the text.
        start: First character.
        end: One past the last.
        words: How it begins.
        is_certain: False where it may be chance.
        places: Where it, or a part of it, stands; of each other article the first.
    """

    number: int
    start: int
    end: int
    words: str
    is_certain: bool
    places: tuple[Elsewhere, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What an article and another have in common.

    Attributes:
        edge: What was found.
        other: Id of the other.
        share: The part of this article's words that is in common, 0..1.
        is_taker: Whether this one took it from the other, as far as is known.
        is_giver: Whether the other took it from this one.
    """

    edge: Reuse
    other: str
    share: float
    is_taker: bool
    is_giver: bool


def list_shared(edges: Sequence[Reuse], document: str) -> list[Shared]:
    """Return with which others an article has text in common, the most words first."""
    found = []
    for edge in edges:
        if document in {edge.document, edge.other}:
            is_first = edge.document == document
            is_from = edge.direction is ReuseDirection.FROM_OTHER
            found.append(
                Shared(
                    edge=edge,
                    other=edge.other if is_first else edge.document,
                    share=edge.share if is_first else edge.other_share,
                    is_taker=is_from and is_first,
                    is_giver=is_from and not is_first,
                )
            )
    return sorted(found, key=lambda one: (not one.edge.is_certain, -one.edge.words, one.other))


def list_stretches(shared: Sequence[Shared], document: str, text: str) -> list[Stretch]:
    """Return the stretches of an article that stand elsewhere; what overlaps or touches is one."""
    certain, possible = (
        _join([one for one in _iter_places(shared, document) if one[1].is_certain is is_certain], text)
        for is_certain in (True, False)
    )
    found = sorted([*((one, True) for one in certain), *((one, False) for one in possible)], key=lambda one: one[0][:2])
    return [
        Stretch(
            number=number,
            start=start,
            end=end,
            words=_begin(text[start:end]),
            is_certain=is_certain,
            places=tuple({place.document: place for place in reversed(places)}.values())[::-1],
        )
        for number, ((start, end, places), is_certain) in enumerate(found, 1)
    ]


def list_spans(stretches: Sequence[Stretch]) -> list[tuple[int, int, tuple[str, int]]]:
    """Return the stretches as spans to be marked."""
    return [(one.start, one.end, (COPIED if one.is_certain else PERHAPS_COPIED, one.number)) for one in stretches]


def _join(found: Iterable[tuple[Span, Elsewhere]], text: str) -> list[tuple[int, int, list[Elsewhere]]]:
    """Return stretches with their places elsewhere; those with nothing but blanks of one paragraph between are one."""
    groups: list[tuple[int, int, list[Elsewhere]]] = []
    for here, place in sorted(found, key=lambda one: (one[0].start, one[0].end)):
        if here.start >= here.end:
            continue
        between = text[groups[-1][1] : here.start] if groups else ""
        if groups and not between.strip() and "\n" not in between:
            start, end, places = groups[-1]
            groups[-1] = (start, max(end, here.end), [*places, place])
        else:
            groups.append((here.start, here.end, [place]))
    return groups


def list_others(shared: Sequence[Shared], rows: Sequence[ArticleRow]) -> dict[str, ArticleRow]:
    """Return those of the articles with which another has text in common, by id."""
    wanted = {one.other for one in shared}
    return {row.id: row for row in rows if row.id in wanted}


def _iter_places(shared: Sequence[Shared], document: str) -> Iterator[tuple[Span, Elsewhere]]:
    for one in shared:
        for stretch in one.edge.stretches:
            is_first = one.edge.document == document
            here, there = (stretch.here, stretch.there) if is_first else (stretch.there, stretch.here)
            yield here, Elsewhere(document=one.other, span=there, is_certain=one.edge.is_certain)


def _begin(words: str) -> str:
    shown = show(words)
    return shown if len(shown) <= LONGEST_CHARS else f"{shown[:LONGEST_CHARS].rstrip()}…"
