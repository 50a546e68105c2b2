"""Columns of text side by side. Does for this page what tables of rich do, a long page in a fraction of their time."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

GAP: Final = 2
NARROWEST_COLUMN: Final = 12


@dataclass(frozen=True, slots=True)
class Block:
    """Text to be wrapped, and how far it is moved in from its column's edge."""

    text: Text
    indent: int = 0


def lay_out(console: Console, width: int, margin: int, columns: Sequence[tuple[int, Sequence[Block]]]) -> list[Text]:
    """Return the lines of columns side by side, without blank space at their ends.

    Args:
        console: Tells how wide characters are.
        width: Of the whole, margin included.
        margin: Blank cells on the left.
        columns: For each its width and the blocks that stand in it, under one another. The last takes what is left.
    """
    left = width - margin - sum(one + GAP for one, _ in columns[:-1])
    widths = [one for one, _ in columns[:-1]] + [max(left, NARROWEST_COLUMN)]
    wrapped = [
        [line for block in blocks for line in _wrap(console, block, one)]
        for one, (_, blocks) in zip(widths, columns, strict=True)
    ]
    lines = []
    for cells in zip_longest(*wrapped):
        line = Text(" " * margin)
        for cell, one in zip(cells, widths, strict=True):
            if cell is not None:
                line.append_text(cell)
            line.append(" " * (one + GAP - (0 if cell is None else cell.cell_len)))
        line.rstrip()
        lines.append(line)
    return lines


def _wrap(console: Console, block: Block, width: int) -> list[Text]:
    """Return the lines of one block; none for an empty one. Words longer than a line are folded."""
    if not block.text.plain:
        return []
    wrapped = block.text.wrap(console, max(width - block.indent, NARROWEST_COLUMN), overflow="fold")
    for line in wrapped:
        line.rstrip()
        line.pad_left(block.indent)
    return list(wrapped)
