"""Lines in reading order to paragraphs: where one ends, and which hyphens at lines' ends are the printer's."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sayso.ingest.pdf_lines import Line

SENTENCE_END = re.compile(r"[.!?:][\"'”’)\]]{0,3}$")
BULLET = re.compile(r"(?:[•▪●◦‣■□–—*]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s")
WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
# Letters, a hyphen (soft ones too) at the end of a line, and letters at the next one's head.
BROKEN = re.compile(r"(?P<head>[^\W_]+)(?P<mark>[-\u2010\u00ad])$")
HEAD_WORD = re.compile(r"[^\W_]+")
SOFT_HYPHEN = "\u00ad"
MIN_INDENT = 0.7
MAX_INDENT = 6
WIDE_PITCH = 1.35
SIZE_STEP = 0.08
HEADING_SIZE = 1.12
HEADING_WORDS = 16


@dataclass(slots=True)
class Paragraph:
    """A paragraph.

    Attributes:
        lines: Its lines.
        text: On one line.
    """

    lines: list[Line] = field(default_factory=list)
    text: str = ""

    @property
    def size(self) -> float:
        """The size of its letters."""
        return max(line.size for line in self.lines)

    @property
    def is_bold(self) -> bool:
        """Whether all of it is in bold letters."""
        return all("b" in line.look for line in self.lines)


def find_paragraphs(
    lines: list[Line], *, body_size: float, load_words: Callable[[], frozenset[str]]
) -> list[Paragraph]:
    """Return the paragraphs of a document's lines.

    Args:
        lines: In reading order.
        body_size: Size of most letters.
        load_words: Gives the words that are known, where a hyphen at a line's end needs them.
    """
    edges = _find_edges(lines)
    pitches = _find_pitches(lines)
    paragraphs: list[Paragraph] = []
    for i, line in enumerate(lines):
        before = lines[i - 1] if i else None
        if before is None or _is_break(before, line, edges=edges, pitches=pitches, body_size=body_size):
            paragraphs.append(Paragraph())
        paragraphs[-1].lines.append(line)
    words = _Words(paragraphs, load_words)
    for paragraph in paragraphs:
        paragraph.text = _join(paragraph.lines, words)
    return paragraphs


def is_heading(paragraph: Paragraph, *, body_size: float) -> bool:
    """Tell whether a paragraph is a heading by its look: larger or bolder letters, few words, no sentence."""
    words = paragraph.text.split()
    is_large = paragraph.size > HEADING_SIZE * body_size
    is_short = len(words) <= HEADING_WORDS and SENTENCE_END.search(paragraph.text) is None
    return len(paragraph.text) > 1 and is_short and (is_large or paragraph.is_bold)


def _find_edges(lines: list[Line]) -> dict[int, tuple[float, float]]:
    """Return the left and right edge of each block."""
    blocks: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        blocks[line.block].append(line)
    edges = {}
    for block, members in blocks.items():
        lefts = Counter(round(line.left) for line in members)
        edges[block] = (float(lefts.most_common(1)[0][0]), max(line.right for line in members))
    return edges


def _find_pitches(lines: list[Line]) -> dict[int, float]:
    """Return how far apart lines of a size stand, by the size in points."""
    steps: dict[int, list[float]] = defaultdict(list)
    for one, other in pairwise(lines):
        step = other.bottom - one.bottom
        if one.block == other.block and round(one.size) == round(other.size) and 0 < step < 3 * one.height:
            steps[round(one.size)].append(step)
    # Below the middle: a text of short paragraphs has nearly as many gaps between them as lines in them.
    return {size: min(median(found), sorted(found)[len(found) // 4] * 1.15) for size, found in steps.items()}


def _is_break(
    one: Line, other: Line, *, edges: dict[int, tuple[float, float]], pitches: dict[int, float], body_size: float
) -> bool:
    """Tell whether a new paragraph begins with the second of two lines."""
    if abs(one.size - other.size) > max(1.0, SIZE_STEP * one.size) or BULLET.match(other.text[:8]):
        return True
    ends = SENTENCE_END.search(one.text[-8:]) is not None
    if one.block != other.block or other.bottom <= one.bottom:
        # In the next column or on the next page a sentence goes on; after one there is no telling.
        return ends or (_is_short(one, edges) and not (other.text[0].islower() or other.text[0].isdigit()))
    if other.bottom - one.bottom > WIDE_PITCH * pitches.get(round(one.size), one.height * 1.2):
        return True
    if one.size > HEADING_SIZE * body_size:
        return False
    is_new_look = ("b" in one.look) != ("b" in other.look) and (_is_short(one, edges) or ends)
    may_end = ends or (_is_short(one, edges) and not other.text[0].islower() and not BROKEN.search(one.text[-60:]))
    return is_new_look or _is_indented(one, other, edges) or (may_end and _has_room(one, other, edges))


def _is_indented(one: Line, other: Line, edges: dict[int, tuple[float, float]]) -> bool:
    """Tell whether the second line is indented and the first is not; by more than that it is a centred line."""
    indent = other.left - edges[other.block][0]
    is_indent = MIN_INDENT * other.size < indent < MAX_INDENT * other.size
    return is_indent and one.left - edges[other.block][0] < MIN_INDENT * one.size


def _has_room(one: Line, other: Line, edges: dict[int, tuple[float, float]]) -> bool:
    """Tell whether the second line's first word would have stood in the first, had that not been a paragraph's last."""
    letter = (other.right - other.left) / max(len(other.text), 1)
    return one.right + (len(other.text.split(" ", 1)[0]) + 2) * letter < edges[one.block][1]


def _is_short(line: Line, edges: dict[int, tuple[float, float]]) -> bool:
    """Tell whether a line stops well before the edge of its block."""
    left, right = edges[line.block]
    return line.right < right - 0.2 * (right - left)


class _Words:
    """The words of a document, with those that are known anyway, to judge hyphens by."""

    def __init__(self, paragraphs: Iterable[Paragraph], load: Callable[[], frozenset[str]]) -> None:
        """Gather the words inside the lines."""
        self._own: set[str] = set()
        self._load = load
        for paragraph in paragraphs:
            for line in paragraph.lines:
                self._own.update(word.lower() for word in WORD.findall(line.text.rstrip("-\u2010\u00ad")))

    def is_split(self, head: str, tail: str) -> bool:
        """Tell whether head and tail are one word that a printer divided, and no compound."""
        joined = (head + tail).lower()
        if f"{head}-{tail}".lower() in self._own:
            return False
        known = self._load()
        # "govern-ment" is one word; of "long-term" both parts are words, and the whole is none; "tions" is no word.
        return joined in self._own or joined in known or tail.lower() not in known


def _join(lines: list[Line], words: _Words) -> str:
    """Return the text of the lines on one line."""
    parts: list[str] = []
    for line in lines:
        text = " ".join(line.text.replace("\0", " ").split())
        if not text:
            continue
        broken = BROKEN.search(parts[-1][-60:]) if parts else None
        tail = HEAD_WORD.match(text)
        if parts and broken and tail:
            is_word = broken["head"].isalpha() and tail.group().isalpha() and tail.group()[0].islower()
            if broken["mark"] == SOFT_HYPHEN or (is_word and words.is_split(broken["head"], tail.group())):
                parts[-1] = parts[-1][:-1]
            parts.append(text)
        else:
            parts.extend([" ", text] if parts else [text])
    return "".join(parts).replace(SOFT_HYPHEN, "")
