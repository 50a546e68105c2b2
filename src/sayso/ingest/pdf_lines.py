"""A page's stretches of text to lines in reading order: columns are found by the white between them.

Rows are gone through from the top. As long as one gap goes through all of them, they are one band, and if both sides
of the gap hold lines enough, the band is read column by column; a row that crosses the gap (a headline, a picture's
caption over the whole width) begins a new band. Places are in points, y downwards.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

# Of the letters' height: what is nearer in a row is one line; what is further apart may be two columns.
WORD_GAP = 0.15
LINE_GAP = 0.6
ANY_GAP = float("inf")
SAME_ROW = 0.4
MIN_GUTTER = 7.0
MAX_GUTTERS = 20
MAX_DEPTH = 4
# So many rows may pass before there must be lines enough on both sides of a gap.
MAX_ROWS_AHEAD = 30
# Fewer lines on either side are a table or a page's head, not columns.
COLUMN_LINES = 4


@dataclass(slots=True)
class Line:
    """A line of a page.

    Attributes:
        left: Its place, as the next three.
        right: See `left`.
        top: See `left`.
        bottom: See `left`.
        size: Of its letters, in points.
        look: ``b`` for bold, ``i`` for invisible, both or nothing.
        text: What it says.
        page: The page's number, from 1.
        block: Number of the column that it stands in, counted through the document.
    """

    left: float
    right: float
    top: float
    bottom: float
    size: float
    look: str
    text: str
    page: int
    block: int = 0

    @property
    def height(self) -> float:
        """How high the line is."""
        return max(self.bottom - self.top, 1.0)


Row = list[Line]
Gap = tuple[float, float]


def find_lines(page: dict[str, Any]) -> list[Line]:
    """Return the lines of a page, from the top; stretches side by side are joined.

    Args:
        page: As `sayso.ingest.pdf_child` gives it.
    """
    height = page["height"]
    lines = [
        Line(x0, x1, height - y1, height - y0, _get_size(size, y1 - y0), look, text, page["number"])
        for x0, y0, x1, y1, size, look, text in page["runs"]
    ]
    return [line for row in _find_rows(lines) for line in _join(row, LINE_GAP)]


def order_lines(lines: list[Line], *, block: int) -> tuple[list[Line], int]:
    """Return the lines of a page in the order in which they are read, and the number of the last block.

    Args:
        lines: Of one page, without what surrounds its text.
        block: Number of the last block before.
    """
    ordered: list[Line] = []
    for members in _order(_find_rows(lines), MAX_DEPTH):
        block += 1
        for line in members:
            line.block = block
        ordered.extend(members)
    return ordered, block


def _order(rows: list[Row], depth: int) -> list[list[Line]]:
    """Return the blocks of rows, in order; in each column it is looked for columns again."""
    blocks: list[list[Line]] = []
    is_open = False
    for band, gutters in _find_bands(rows):
        if gutters and depth:
            for column in _split(band, gutters):
                blocks.extend(_order(column, depth - 1))
        else:
            if not is_open:
                blocks.append([])
            blocks[-1].extend(line for row in band for line in _join(row, ANY_GAP))
        is_open = not (gutters and depth)
    return blocks


def _find_rows(lines: list[Line]) -> list[Row]:
    """Return the lines by rows from the top, each from the left."""
    rows: list[Row] = []
    for line in sorted(lines, key=lambda line: (line.bottom, line.left)):
        if rows and abs(line.bottom - rows[-1][0].bottom) < SAME_ROW * min(line.height, rows[-1][0].height):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda line: line.left) for row in rows]


def _get_size(size: float, height: float) -> float:
    """Return the letters' size; some files set size 1 and scale it, so that only the height tells."""
    return size if 0.4 * height < size < 2.5 * height else height / 1.2


def _join(row: Row, most: float) -> Row:
    """Return the row with neighbours joined that no more than so many heights of a letter keep apart."""
    joined: Row = []
    for line in row:
        last = joined[-1] if joined else None
        gap = line.left - last.right if last else 0.0
        if last is None or gap > most * last.height or (gap < -last.height and most == LINE_GAP):
            joined.append(line)
            continue
        last.text += (" " if gap > WORD_GAP * last.height else "") + line.text
        last.right = max(last.right, line.right)
        last.top, last.bottom = min(last.top, line.top), max(last.bottom, line.bottom)
        last.size = max(last.size, line.size)
    return joined


def _find_bands(rows: list[Row]) -> list[tuple[list[Row], list[Gap]]]:
    """Return the bands of a page, each with the gaps between its columns; none where it is read by rows."""
    if not rows:
        return []
    left = min(line.left for row in rows for line in row)
    right = max(line.right for row in rows for line in row)
    free = [_find_gaps(row, left, right) for row in rows]
    bands: list[tuple[list[Row], list[Gap]]] = []
    start = 0
    while start < len(rows):
        end, gaps = _find_band_end(rows, free, start)
        bands.append((rows[start:end], gaps))
        start = end
    return bands


def _find_band_end(rows: list[Row], free: list[list[Gap]], start: int) -> tuple[int, list[Gap]]:
    """Return where the band of columns that begins at a row ends, and its gaps; else the next row, and none."""
    gaps = free[start]
    real: list[Gap] = []
    end = start + 1
    while end < len(rows) and gaps and (real or end - start < MAX_ROWS_AHEAD):
        common = _intersect(gaps, free[end])
        # A row that leaves nothing of a gap between columns begins something else.
        if not common or any(not any(a < gap[1] and gap[0] < b for a, b in common) for gap in real):
            break
        end += 1
        gaps = common
        # Once there are columns, only their gaps count: what is white at the edge for some rows is not.
        real = _keep_real(rows[start : min(end, start + MAX_ROWS_AHEAD)], gaps)
    return (end, real) if real else (start + 1, [])


def _find_gaps(row: Row, left: float, right: float) -> list[Gap]:
    """Return the white stretches of a row, those at its ends too, the widest few."""
    gaps, place = [], left
    for line in row:
        if line.left - place >= MIN_GUTTER:
            gaps.append((place, line.left))
        place = max(place, line.right)
    if right - place >= MIN_GUTTER:
        gaps.append((place, right))
    return _keep_widest(gaps)


def _intersect(one: list[Gap], other: list[Gap]) -> list[Gap]:
    """Return the white that two rows have in common."""
    common = [(max(a, c), min(b, d)) for a, b in one for c, d in other]
    return _keep_widest([gap for gap in common if gap[1] - gap[0] >= MIN_GUTTER])


def _keep_widest(gaps: list[Gap]) -> list[Gap]:
    """Return the widest gaps, from the left."""
    return sorted(sorted(gaps, key=lambda gap: gap[0] - gap[1])[:MAX_GUTTERS])


def _keep_real(band: list[Row], gaps: list[Gap]) -> list[Gap]:
    """Return the gaps with lines enough on both sides to be columns."""
    if len(band) < COLUMN_LINES:
        return []
    kept = []
    for gap in gaps:
        middle = (gap[0] + gap[1]) / 2
        n_left = sum(any(line.right <= middle for line in row) for row in band)
        n_right = sum(any(line.left >= middle for line in row) for row in band)
        if min(n_left, n_right) >= COLUMN_LINES:
            kept.append(gap)
    return kept


def _split(band: list[Row], gutters: list[Gap]) -> list[list[Row]]:
    """Return the rows of a band by columns."""
    middles = [(a + b) / 2 for a, b in gutters]
    columns: list[list[Row]] = [[] for _ in range(len(middles) + 1)]
    for row in band:
        parts: list[Row] = [[] for _ in columns]
        for line in row:
            parts[sum(middle < (line.left + line.right) / 2 for middle in middles)].append(line)
        for column, part in zip(columns, parts, strict=True):
            if part:
                column.append(part)
    return columns
