"""What surrounds the text of pages: running heads and feet, page numbers, footnotes, and what a browser prints."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from sayso.ingest.rulebook import load_table

if TYPE_CHECKING:
    from sayso.ingest.pdf_lines import Line

# How many lines at the head and the foot of a page may be furniture.
MARGIN_LINES = 3
# And how much of the page's height they may stand in.
MARGIN_SHARE = 0.14
REPEATED_SHARE = 0.3
DIGITS = re.compile(r"\d+")
ADDRESS = re.compile(r"https?://[^\s<>\"']{3,2000}")
# Smaller than this, by the body's letters, is a footnote at the foot of a page.
NOTE_SIZE = 0.92
NOTE_SHARE = 0.6


def drop_furniture(pages: list[list[Line]], heights: list[float]) -> tuple[list[list[Line]], str | None]:
    """Return the pages' lines without heads, feet and page numbers; and the address that a browser printed there."""
    patterns = [re.compile(pattern) for pattern in load_table("pdf")["furniture"]["patterns"]]
    margins = [_find_margins(lines, height) for lines, height in zip(pages, heights, strict=True)]
    repeated = _find_repeated(margins)
    address = None
    kept: list[list[Line]] = []
    for lines, margin in zip(pages, margins, strict=True):
        dropped = set()
        for line in margin:
            is_told = any(pattern.fullmatch(line.text[:400]) for pattern in patterns)
            if is_told or _fold(line) in repeated:
                dropped.add(id(line))
                found = ADDRESS.search(line.text)
                address = address or (found.group() if found else None)
        kept.append([line for line in lines if id(line) not in dropped])
    return kept, address


def part_notes(pages: list[list[Line]], heights: list[float], *, body_size: float) -> tuple[list[Line], list[Line]]:
    """Return the lines of all pages, and apart from them the footnotes: small letters under the last of the body."""
    lines: list[Line] = []
    notes: list[Line] = []
    for page, height in zip(pages, heights, strict=True):
        lowest = max((line.bottom for line in page if line.size > NOTE_SIZE * body_size), default=height)
        for line in page:
            is_note = line.top >= lowest - 1 and line.size <= NOTE_SIZE * body_size and line.top > NOTE_SHARE * height
            (notes if is_note else lines).append(line)
    return lines, notes


def measure_body(pages: list[list[Line]]) -> float:
    """Return the size of most letters."""
    sizes: Counter[float] = Counter()
    for lines in pages:
        for line in lines:
            sizes[round(line.size * 2) / 2] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def _find_margins(lines: list[Line], height: float) -> list[Line]:
    """Return the lines at a page's head and foot."""
    ordered = sorted(lines, key=lambda line: line.top)
    head = [line for line in ordered[: MARGIN_LINES * 3] if line.bottom < MARGIN_SHARE * height]
    foot = [line for line in ordered[-MARGIN_LINES * 3 :] if line.top > (1 - MARGIN_SHARE) * height]
    tops = sorted({round(line.top) for line in head})[:MARGIN_LINES]
    feet = sorted({round(line.top) for line in foot})[-MARGIN_LINES:]
    return [line for line in head if round(line.top) in tops] + [line for line in foot if round(line.top) in feet]


def _find_repeated(margins: list[list[Line]]) -> set[tuple[str, int]]:
    """Return what stands at the same place of the margin on several pages, page numbers left out."""
    seen: dict[tuple[str, int], set[int]] = defaultdict(set)
    for i, margin in enumerate(margins):
        for line in margin:
            seen[_fold(line)].add(i)
    least = max(2, REPEATED_SHARE * sum(bool(margin) for margin in margins))
    return {key for key, where in seen.items() if len(where) >= least}


def _fold(line: Line) -> tuple[str, int]:
    """Return what a margin's line has in common with those of other pages."""
    return DIGITS.sub("#", line.text[:200].casefold()), round(line.top / 6)
