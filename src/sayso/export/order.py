"""The order in which a page shows the rows of a ledger.

A row stands under the row it is within, and a row that disputes another stands right after it; for the rest the order
is the article's. Every row comes once, whatever the relations say, loops included.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sayso.records import RelationType, Stance

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sayso.records import Attribution, Reading


@dataclass(frozen=True, slots=True)
class Line:
    """One row in its place.

    Attributes:
        number: Counted from 1, as shown.
        depth: How many rows it is within.
        att: The row.
        is_dispute: Whether it stands here because it disputes what is right above.
    """

    number: int
    depth: int
    att: Attribution
    is_dispute: bool


def is_said(att: Attribution) -> bool:
    """Return whether somebody says, thinks or wants the content: deeds are no claims."""
    return att.stance is not Stance.OTHER


def order_rows(reading: Reading) -> list[Line]:
    """Return the rows that somebody says, in the order of the page. Linear in rows and relations."""
    every = {att.id: att for att in reading.attributions}
    rows = {att_id: att for att_id, att in every.items() if is_said(att)}
    parents = {att_id: _parent(att, every) for att_id, att in rows.items()}
    tops = {att_id: _top(att_id, parents) for att_id in rows}
    children: dict[str, list[str]] = defaultdict(list)
    for att_id, parent in parents.items():
        if tops[att_id] != att_id and parent is not None:
            children[parent].append(att_id)
    blocks = [att_id for att_id in rows if tops[att_id] == att_id]
    lines: list[Line] = []
    for block, is_dispute in _order_blocks(blocks, _attach(reading, tops)):
        for att_id, depth in _walk(block, children):
            lines.append(Line(len(lines) + 1, depth, rows[att_id], is_dispute and depth == 0))
    return lines


def _parent(att: Attribution, rows: dict[str, Attribution]) -> str | None:
    """Return the nearest row around this one that is shown."""
    seen = {att.id}
    within = att.within
    while within in rows and within not in seen:
        if is_said(rows[within]):
            return within
        seen.add(within)
        within = rows[within].within
    return None


def _top(att_id: str, parents: dict[str, str | None]) -> str:
    """Return the outermost row around a row; a row in a loop is its own."""
    seen = [att_id]
    while (parent := parents[seen[-1]]) is not None:
        if parent in seen:
            return min(seen[seen.index(parent) :])
        seen.append(parent)
    return seen[-1]


def _attach(reading: Reading, tops: dict[str, str]) -> dict[str, str]:
    """Return, for each outermost row that disputes something outside itself, the outermost row of that."""
    found: dict[str, str] = {}
    for link in reading.relations:
        if link.type is RelationType.DISPUTES and link.from_id in tops and link.to_id in tops:
            block, target = tops[link.from_id], tops[link.to_id]
            if block != target:
                found.setdefault(block, target)
    return found


def _order_blocks(blocks: Iterable[str], attached: dict[str, str]) -> Iterator[tuple[str, bool]]:
    """Yield each outermost row, and whether it follows what it disputes."""
    followers: dict[str, list[str]] = defaultdict(list)
    done: set[str] = set()
    blocks = list(blocks)
    for block in blocks:
        if block in attached:
            followers[attached[block]].append(block)

    for block in blocks:
        start, seen = block, {block}
        while (target := attached.get(start)) is not None and target not in seen and target not in done:
            seen.add(target)
            start = target
        stack = [] if start in done else [(start, False)]
        while stack:
            one, is_dispute = stack.pop()
            if one in done:
                continue
            done.add(one)
            yield one, is_dispute
            stack.extend((other, True) for other in reversed(followers[one]))


def _walk(block: str, children: dict[str, list[str]]) -> Iterator[tuple[str, int]]:
    stack = [(block, 0)]
    done: set[str] = set()
    while stack:
        att_id, depth = stack.pop()
        if att_id in done:
            continue
        done.add(att_id)
        yield att_id, depth
        stack.extend((child, depth + 1) for child in reversed(children[att_id]))
