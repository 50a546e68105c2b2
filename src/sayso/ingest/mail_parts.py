"""Whose words stand where in a mail: passed on, answered, the frame of a mailing, a signature."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from sayso.ingest.mail_text import Piece, read_plain
from sayso.ingest.rulebook import load_table

if TYPE_CHECKING:
    from collections.abc import Iterator

LINE = re.compile(r"[^\n]+")
MAX_LINE_CHARS = 600
# A block of headers in a text has two lines of them at least.
LEAST_FIELDS = 2
MOSTLY = 0.8
QUOTE_MARK = re.compile(r"(?m)^> ?")
SIGNATURE = re.compile(r"--\s?")
KEYS = {"sent": "date"}


@dataclass(frozen=True, slots=True)
class Forwarded:
    """A mail that is passed on within the text of another.

    Attributes:
        pieces: Its text.
        fields: What its headers say: ``subject``, ``from``, ``date``.
    """

    pieces: list[Piece]
    fields: dict[str, str]


@cache
def _get_patterns(kind: str) -> tuple[re.Pattern[str], ...]:
    """Return the patterns of this name."""
    found = load_table("mail")[kind]
    return tuple(re.compile(pattern) for pattern in ([found] if isinstance(found, str) else found))


def find_forwarded(pieces: list[Piece], *, few_words: int) -> Forwarded | None:
    """Return the mail that this one passes on; None where the writer has something to say above it."""
    n_words = 0
    for i, piece in enumerate(pieces):
        lines = piece.text.split("\n")
        if any(_is(line, "forwarded") for line in lines):
            pieces = [*pieces[: i + 1], *_unquote(pieces[i + 1 :])]
        marked = any(_is(line, "forwarded") for line in lines)
        below = any(_is(line, "earlier") for line in lines)
        is_head = marked or below or any(_match_field(line) for line in lines)
        fields, rest = _read_fields(pieces, i) if is_head else ({}, i)
        if (marked or below or len(fields) > LEAST_FIELDS) and len(fields) >= LEAST_FIELDS and rest < len(pieces):
            # An answer with its own words above is an answer; a forward says that it is one.
            # All of it is marked as somebody else's: so it is, and it is what is read.
            passed_on = [replace(other, is_quoted=False) for other in pieces[rest:]]
            return Forwarded(passed_on, fields) if marked or n_words < few_words else None
        n_words += len(piece.text.split())
        if n_words >= few_words * 8:
            return None
    return None


def _unquote(pieces: list[Piece]) -> list[Piece]:
    """Return the pieces without the marks of quoted lines, where nearly all lines have one."""
    lines = [line for piece in pieces for line in piece.text.split("\n") if line.strip()]
    if sum(line.startswith(">") for line in lines) < MOSTLY * len(lines):
        return pieces
    whole = "\n\n".join(QUOTE_MARK.sub("", piece.text) for piece in pieces)
    return read_plain(whole, is_flowed=False)


def find_not_prose(
    text: str, pieces: list[Piece], stretches: list[tuple[int, int]], *, few_words: int
) -> Iterator[tuple[str, int, int]]:
    """Yield what is no prose of the mail: its kind (``earlier``, ``frame``, ``heading``), start and end."""
    n_words = 0
    for i, (piece, (start, end)) in enumerate(zip(pieces, stretches, strict=True)):
        if piece.is_quoted and n_words >= few_words:
            yield "earlier", start, end
            continue
        if n_words >= few_words and _begins_earlier(piece, pieces[i + 1 : i + 2]):
            yield "earlier", start, stretches[-1][1]
            return
        if piece.is_heading or piece.is_link:
            yield "heading", start, end
            continue
        for match in LINE.finditer(text, start, end):
            line = match.group()
            if SIGNATURE.fullmatch(line):
                yield "frame", match.start(), end
                break
            if line.lstrip().startswith(">"):
                yield "earlier", match.start(), match.end()
            elif _is(line, "frame"):
                yield "frame", match.start(), match.end()
        n_words += len(piece.text.split())


def _begins_earlier(piece: Piece, following: list[Piece]) -> bool:
    """Tell whether the mail that is answered begins with this piece."""
    lines = [line for line in piece.text.split("\n") if line.strip()]
    if lines and _is(lines[0], "earlier"):
        # A rule of underscores is one only if headers follow.
        after = [*lines[1:], *(line for other in following for line in other.text.split("\n"))]
        return "_" not in lines[0] or any(_match_field(line) for line in after[:3])
    return len([line for line in lines[:6] if _match_field(line)]) > LEAST_FIELDS


def _read_fields(pieces: list[Piece], i: int) -> tuple[dict[str, str], int]:
    """Return the headers in a piece and those right after it, and the number of the first piece below them."""
    fields: dict[str, str] = {}
    for number in range(i, min(i + 10, len(pieces))):
        lines = [line for line in pieces[number].text.split("\n") if line.strip()][:20]
        matches = [match for line in lines if (match := _match_field(line))]
        if not matches and (number > i or fields or len(lines) > 1 + len(matches)):
            return fields, number
        for match in matches:
            key = match["key"].lower()
            fields.setdefault(KEYS.get(key, key), match["value"].strip(" *"))
    return fields, min(i + 10, len(pieces))


def _match_field(line: str) -> re.Match[str] | None:
    """Return the match of a line that is a header within a text."""
    return _get_patterns("fields")[0].fullmatch(line.strip()[:MAX_LINE_CHARS])


def _is(line: str, kind: str) -> bool:
    """Tell whether the whole line is of this kind."""
    line = line.strip()
    return len(line) <= MAX_LINE_CHARS and any(pattern.fullmatch(line) for pattern in _get_patterns(kind))
