"""Lines of a text, as offsets into it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sayso.errors import UnreadableFile

# Of a text that is read as it stands. Credits are looked for in each line; the longest articles have some hundreds.
MAX_LINES = 100_000
LINE = re.compile("[^\\r\\n\\u2028\\u2029\\x0b\\x0c\\x85]+")
LINE_BREAK = re.compile("\\r\\n|[\\r\\n\\u2028\\u2029\\x0b\\x0c\\x85]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line with something on it, without the blank space and ornaments around it.

    Attributes:
        start: First code point.
        end: One past the last code point.
        text: ``document[start:end]``.
        ends_block: Whether a blank line or the text's end follows.
    """

    start: int
    end: int
    text: str
    ends_block: bool


def refuse_many_lines(text: str, *, name: str) -> None:
    """Refuse a text of more lines than any article has.

    Raises:
        UnreadableFile: It has.
    """
    if sum(1 for _ in LINE_BREAK.finditer(text)) > MAX_LINES:
        raise UnreadableFile(name, f"it has more than {MAX_LINES:,} lines, which no article has")


def find_lines(text: str, *, ornaments: str = "") -> list[Line]:
    """Return the lines that are not blank.

    Args:
        text: Where to look.
        ornaments: Characters that are dropped at both ends beside blank space, like Markdown's asterisks.
    """
    drop = ornaments + " \t\u00a0\u200b\ufeff\u2003\u3000"
    found = []
    for match in LINE.finditer(text):
        raw = match.group()
        lead = len(raw) - len(raw.lstrip(drop))
        tail = len(raw.rstrip(drop))
        if tail > lead and not raw.isspace():
            found.append((match.start() + lead, match.start() + tail))
    lines = []
    for i, (start, end) in enumerate(found):
        until = found[i + 1][0] if i + 1 < len(found) else len(text)
        breaks = len(LINE_BREAK.findall(text, end, until))
        ends_block = breaks > 1 or i + 1 == len(found)
        lines.append(Line(start=start, end=end, text=text[start:end], ends_block=ends_block))
    return lines
