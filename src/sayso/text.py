"""Sentences, paragraphs and quotations of a text, as offsets into it.

Nothing here changes the text: every result is a pair of code point offsets, the end excluded. Bad material (a
quotation that never ends) comes back as a `Problem`, never as an exception.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache, wraps
from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar

from sentencex import get_sentence_boundaries

from sayso.errors import Problem
from sayso.records import Span

if TYPE_CHECKING:
    from collections.abc import Callable

Found = TypeVar("Found")

# Atomic: a carriage return and line feed are one break, never two.
LINE_END = r"(?>\r\n|\n|\r)"
PARAGRAPH_BREAK = re.compile(rf"(?:{LINE_END}|[\u2028\u2029])\s*")
BLANK = re.compile(r"\s")
BLANK_LINE = re.compile(rf"{LINE_END}[^\S\n\r]*(?:{LINE_END}[^\S\n\r]*)+|[\u2028\u2029]+")
LINE_BREAK = re.compile(rf"{LINE_END}|[\u2028\u2029]")

# Opening mark -> the marks that close it. The straight marks close themselves. Two single marks side by side are the
# typewriter's and the wire services' double mark.
CLOSERS = {
    "\u201c": {"\u201d", "\u201c", '"'},
    "\u201e": {"\u201c", "\u201d"},
    "\u00ab": {"\u00bb"},
    '"': {'"', "\u201d"},
    "``": {"''", '"', "\u201d"},
    "''": {"''", '"'},
    "\u2018": {"\u2019"},
    "'": {"'", "\u2019"},
}
# Text wrapped by hand or by a wire's terminal: hardly a line is longer than this, and most are nearly as long.
WRAPPED_MAX_CHARS, WRAPPED_MIN_CHARS = 100, 45
WRAPPED_SHARE = 0.6
WRAPPED_MIN_LINES = 5
SURROGATE = re.compile("[\ud800-\udfff]")
DOUBLE = ("\u201c", "\u201e", "\u00ab", '"', "``", "''")
MARK = re.compile("``|''|[\u201c\u201d\u201e\u00ab\u00bb\"\u2018\u2019']")
# What is never both at once: one of these opens where it can, whatever it could close.
ONLY_OPEN_HERE = {"\u201c", "\u2018", "\u201e", "\u00ab", "``"}
OPENS_AFTER = " \t\r\n\u00a0([{\u2014\u2013-/\u201c\u2018\"'"
# A single-marked stretch longer than this is an apostrophe that found another one.
SINGLE_MAX_CHARS = 600
# A mark closes one of the innermost so many that are open: nobody nests deeper, and the search stays linear.
NESTED_MAX = 16
# Of a few texts, for each thread its own; none that would fill the memory.
MAX_REMEMBERED = 8
MAX_REMEMBERED_CHARS = 50_000


@dataclass(frozen=True, slots=True)
class Quotation:
    """One quotation within one paragraph.

    Attributes:
        start: The opening mark.
        end: One past the closing mark; the paragraph's end where the quotation runs on into the next paragraph.
        mark: The opening mark.
        runs_on: Whether it goes on in the next paragraph, which opens with a mark of its own.
    """

    start: int
    end: int
    mark: str
    runs_on: bool = False


def span_at(text: str, start: int, end: int) -> Span:
    """Return a place in a text as a span."""
    return Span(start=start, end=end, exact=text[start:end])


def _remember(find: Callable[[str], Found]) -> Callable[[str], Found]:
    """Let a function keep what it found in the last few texts: in one reading the same is asked several times."""
    remembered = lru_cache(maxsize=MAX_REMEMBERED)(find)

    @wraps(find)
    def find_or_recall(text: str) -> Found:
        return remembered(text) if len(text) <= MAX_REMEMBERED_CHARS else find(text)

    return find_or_recall


def find_paragraphs(text: str) -> list[tuple[int, int]]:
    """Return the paragraphs, without the blank space around them.

    A line break ends a paragraph, but for text wrapped to a fixed width, where only a blank line does.
    """
    return list(_find_paragraphs(text))


@_remember
def _find_paragraphs(text: str) -> tuple[tuple[int, int], ...]:
    spans = []
    start = 0
    separator = BLANK_LINE if is_wrapped(text) else PARAGRAPH_BREAK
    for found in [*separator.finditer(text), None]:
        end = found.start() if found else len(text)
        lead = len(text[start:end]) - len(text[start:end].lstrip())
        tail = len(text[start:end].rstrip())
        if tail > lead:
            spans.append((start + lead, start + tail))
        start = found.end() if found else end
    return tuple(spans)


def is_wrapped(text: str) -> bool:
    """Return whether the text's lines were broken to a fixed width."""
    lines = [line.rstrip() for line in LINE_BREAK.split(text)]
    followed = [len(line) for line, following in pairwise(lines) if line and following]
    if len(followed) < WRAPPED_MIN_LINES or max(followed) > WRAPPED_MAX_CHARS:
        return False
    return sum(size >= WRAPPED_MIN_CHARS for size in followed) >= WRAPPED_SHARE * len(followed)


def find_sentences(text: str) -> list[tuple[int, int]]:
    """Return the sentences, without the blank space around them; none crosses a paragraph's end."""
    return list(_find_sentences(text))


@_remember
def _find_sentences(text: str) -> tuple[tuple[int, int], ...]:
    spans = []
    for start, end in find_paragraphs(text):
        # The splitter takes no code points that are no characters, takes a line break within a paragraph for an end,
        # and breaks down over some blank characters outside of ASCII ("A", no-break space, stop). One for one, so
        # that the places stay.
        paragraph = BLANK.sub(" ", SURROGATE.sub("\ufffd", text[start:end]))
        for found in get_sentence_boundaries("en", paragraph):
            sentence = found["text"]
            low = start + found["start_index"] + len(sentence) - len(sentence.lstrip())
            spans.append((low, low + len(sentence.strip())))
    return tuple((low, high) for low, high in spans if low < high)


def find_quotations(text: str) -> tuple[list[Quotation], list[Problem]]:
    """Return the quotations in order of their opening, nested ones too, and what was wrong with the marks.

    Marks are told apart by type and by what stands on either side of them, not counted in pairs, so one odd mark
    spoils nothing but itself. A quotation is closed at the latest by its paragraph's end. It runs on if the next
    paragraph opens with a double mark too (the printers' convention for quotations of several paragraphs).
    """
    quotations, problems = _find_quotations(text)
    return list(quotations), list(problems)


@_remember
def _find_quotations(text: str) -> tuple[tuple[Quotation, ...], tuple[Problem, ...]]:
    quotations: list[Quotation] = []
    problems: list[Problem] = []
    paragraphs = find_paragraphs(text)
    for i, (start, end) in enumerate(paragraphs):
        goes_on = i + 1 < len(paragraphs) and text.startswith(DOUBLE, paragraphs[i + 1][0])
        found, unclosed, lost = _scan_paragraph(text, start, end)
        for place, mark in unclosed[:1]:
            found.append(Quotation(place, end, mark, goes_on))
        odd = sorted([*lost, *([] if goes_on else unclosed[:1])])
        problems.extend(_make_problem(place, mark) for place, mark in odd)
        quotations.extend(sorted(found, key=lambda q: (q.start, -q.end)))
    return tuple(quotations), tuple(problems)


def _make_problem(place: int, mark: str) -> Problem:
    """Return the problem of a mark that nothing closes."""
    message = "This quotation mark is never closed; the quotation is taken to end with its paragraph."
    return Problem(code="unclosed-quotation", message=message, start=place, end=place + len(mark))


def _scan_paragraph(
    text: str, start: int, end: int
) -> tuple[list[Quotation], list[tuple[int, str]], list[tuple[int, str]]]:
    """Return one paragraph's closed quotations, its double marks left open, and those inside a closed quotation."""
    found: list[Quotation] = []
    stack: list[tuple[int, str]] = []
    lost: list[tuple[int, str]] = []
    for hit in MARK.finditer(text, start, end):
        place, mark = hit.start(), hit.group()
        before = text[place - 1] if place > start else " "
        after = text[hit.end()] if hit.end() < end else " "
        if mark in {"'", "\u2019"} and before.isalnum() and after.isalnum():
            continue
        opens = mark in CLOSERS and before in OPENS_AFTER and not after.isspace()
        closes = (not before.isspace() or mark in {"\u201d", "\u00bb"}) and not (opens and mark in ONLY_OPEN_HERE)
        level = _find_open(stack, mark) if closes else None
        if level is not None:
            place_open, mark_open = stack[level]
            if mark_open in DOUBLE or place - place_open <= SINGLE_MAX_CHARS:
                found.append(Quotation(place_open, hit.end(), mark_open))
            lost.extend(inner for inner in stack[level + 1 :] if inner[1] in DOUBLE)
            del stack[level:]
        elif opens:
            stack.append((place, mark))
    return found, [(place, mark) for place, mark in stack if mark in DOUBLE], lost


def _find_open(stack: list[tuple[int, str]], mark: str) -> int | None:
    """Return the place in the stack of the innermost mark that this one can close.

    A single mark, which may be an apostrophe, never reaches past an open double one.
    """
    for level in range(len(stack) - 1, max(-1, len(stack) - 1 - NESTED_MAX), -1):
        open_mark = stack[level][1]
        if mark in CLOSERS[open_mark]:
            return level
        if mark in {"'", "\u2019"} and open_mark in DOUBLE:
            return None
    return None
