"""Spans as persons give them: offsets (``12-40 55-60``), or words that stand in the text.

Rule 1: spans are kept normalised: in order, joined where they touch, without blank space at their ends.
Rule 2: words that stand in several places are no span until a person says which is meant.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sayso.errors import BadJudgement
from sayso.text import span_at

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sayso.records import Span

ONE: Final = re.compile(r"(\d{1,9})-(\d{1,9})", re.ASCII)
SPANS_MAX: Final = 50
FOUND_MAX: Final = 100


def is_spans(given: str) -> bool:
    """Return whether what was given looks like offsets, not like words."""
    parts = given.split()
    return bool(parts) and all(ONE.fullmatch(part) for part in parts)


def read_spans(text: str, given: str, subject: str) -> tuple[Span, ...]:
    """Return the spans that are given as offsets, normalised; none for nothing.

    Raises:
        BadJudgement: About the subject: if these are no spans, more than `SPANS_MAX`, or not of this text.
    """
    parts = given.split()
    if len(parts) > SPANS_MAX:
        reason = f"more than {SPANS_MAX} stretches"
        raise BadJudgement(subject, reason)
    pairs = []
    for part in parts:
        found = ONE.fullmatch(part)
        if not found:
            reason = f"{part[:40]!r} is no stretch of text: give 12-40, the end excluded"
            raise BadJudgement(subject, reason)
        pairs.append(_check_span(text, int(found[1]), int(found[2]), subject))
    return tuple(span_at(text, start, end) for start, end in join_spans(text, pairs))


def join_spans(text: str, pairs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the stretches in order; those that overlap, or have nothing but blank space between them, are one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(pairs):
        if joined and (start <= joined[-1][1] or text[joined[-1][1] : start].isspace()):
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def find_words(text: str, words: str, *, near: int = 0) -> list[Span]:
    """Return where the words stand, the place nearest to `near` first; at most `FOUND_MAX`.

    Blank space of any kind and length matches any other; letter case and the shape of quotation marks and apostrophes
    count for nothing where the words as given stand nowhere.
    """
    parts = words.split()
    if not parts:
        return []
    exact = re.compile(r"\s+".join(map(re.escape, parts)))
    loose = re.compile(r"\s+".join(map(_loosen, parts)), re.IGNORECASE)
    for pattern in (exact, loose):
        found = [(hit.start(), hit.end()) for hit in pattern.finditer(text)]
        if found:
            nearest = sorted(found, key=lambda place: (abs(place[0] - near), place))[:FOUND_MAX]
            return [span_at(text, start, end) for start, end in nearest]
    return []


def split_words(given: str) -> list[str]:
    """Return the stretches that a person quotes, which are parted by ``…`` or ``...``."""
    return [part.strip() for part in re.split(r"…|\.\.\.", given) if part.strip()]


def _check_span(text: str, start: int, end: int, subject: str) -> tuple[int, int]:
    if not start < end <= len(text):
        reason = f"{start}-{end} is no stretch of this text, which has {len(text):,} characters"
        raise BadJudgement(subject, reason)
    words = text[start:end]
    if words.isspace():
        reason = f"at {start}-{end} there is blank space only"
        raise BadJudgement(subject, reason)
    return start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())


DOUBLE: Final = '[\u201c\u201d\u201e\u00ab\u00bb"]'
SINGLE: Final = "[\u2018\u2019']"


def _loosen(part: str) -> str:
    """Return a pattern for a word in which one quotation mark stands for another."""
    pieces = []
    for one in part:
        if one in DOUBLE[1:-1]:
            pieces.append(DOUBLE)
        elif one in SINGLE[1:-1]:
            pieces.append(SINGLE)
        else:
            pieces.append(re.escape(one))
    return "".join(pieces)
