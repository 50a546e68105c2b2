"""A text cut into numbers, words and marks: what the rules for figures look at.

Nothing here decides what a number means. Every pattern takes its time only from the text's length.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# Digits with their separators (a space only between groups of three), fractions of one sign, words, and single marks.
TOKEN = re.compile(
    r"(?P<code>(?:https?://|www\.)\S+)"
    r"|(?P<number>(?<![\w.,])\.[0-9]+(?![\w.])"
    r"|(?<![\w.,])[0-9]{1,3}"
    r"(?:(?:[\u00a0\u202f\u2009'\u2019][0-9]{3}){1,8}|(?: [0-9]{3}){2,8}|(?: 000))(?:\.[0-9]+)?(?!\w)"
    r"|[0-9]+(?:[.,][0-9]+)*)"
    r"|(?P<part>[\u00bc-\u00be\u2150-\u215e])"
    r"|(?P<word>[^\W\d_]+(?:['\u2019][^\W\d_]+)*)"
    r"|(?P<mark>\S)"
)
GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{2,3})*,[0-9]{3}(?:\.[0-9]+)?")
DOTTED = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3}){2,}")
# As much of Europe writes: "1.234,5", and "1,5".
COMMA = re.compile(r"(?:[0-9]+|[0-9]{1,3}(?:\.[0-9]{3})+),[0-9]{1,2}")
PLAIN = re.compile(r"[0-9]*(?:\.[0-9]+)?")
SPACES = re.compile("[ \u00a0\u202f\u2009'\u2019]")
PIECE = re.compile(r"[0-9]+(?:\.[0-9]+)*")
BLANK_LINE = re.compile(r"\n[^\S\n]*\n|\r[^\S\r\n]*\r|\r\n[^\S\n]*\r\n|[\u2028\u2029]")
CASED_SHARE = 0.2
# Rules look so far ahead without asking whether the text has ended.
PADDING = 6


@dataclass(slots=True)
class Words:
    """The tokens of a text, as columns of equal length; a few empty ones stand behind the last.

    Attributes:
        text: The text.
        low: Each token in lower case, with a straight apostrophe.
        kind: ``number``, ``code`` (digits that are no number), ``part`` (½), ``word``, ``mark``, or "" behind the end.
        start: First code points.
        end: One past the last code points.
        value: What a number's digits say, as a plain decimal; "" for others.
        is_cased: Whether the text has lower-case letters enough for capitals to tell something.
    """

    text: str
    low: list[str]
    kind: list[str]
    start: list[int]
    end: list[int]
    value: list[str]
    is_cased: bool

    def __len__(self) -> int:
        """Return how many tokens there are, without those behind the end."""
        return len(self.low) - PADDING

    def exact(self, i: int) -> str:
        """Return a token as written."""
        return self.text[self.start[i] : self.end[i]]

    def is_glued(self, i: int) -> bool:
        """Return whether nothing stands between a token and the one before it."""
        return 0 < i < len(self.low) - PADDING and self.start[i] == self.end[i - 1]

    def is_near(self, i: int) -> bool:
        """Return whether a token stands in the same paragraph as the one before it: no blank line between."""
        if not 0 < i < len(self.low) - PADDING:
            return False
        gap = self.text[self.end[i - 1] : self.start[i]]
        return len(gap) <= 1 or not BLANK_LINE.search(gap)

    def is_capital(self, i: int) -> bool:
        """Return whether a token is a word with a capital, in a text where capitals tell something."""
        return self.is_cased and self.kind[i] == "word" and self.text[self.start[i]].isupper()

    def matches(self, i: int, phrase: tuple[str, ...]) -> bool:
        """Return whether a phrase stands at a token."""
        return tuple(self.low[i : i + len(phrase)]) == phrase


@dataclass(slots=True)
class _Columns:
    """The columns of `Words` as they grow."""

    low: list[str]
    kind: list[str]
    start: list[int]
    end: list[int]
    value: list[str]

    def add(self, low: str, kind: str, start: int, end: int, value: str = "") -> None:
        """Add one token."""
        self.low.append(low)
        self.kind.append(kind)
        self.start.append(start)
        self.end.append(end)
        self.value.append(value)


def tokenize(text: str) -> Words:
    """Return the tokens of a text."""
    columns = _Columns([], [], [], [], [])
    for found in TOKEN.finditer(text):
        kind = found.lastgroup or "mark"
        start, end = found.span()
        if kind == "number":
            _add_number(columns, found.group(), start)
        else:
            columns.add(found.group().lower().replace("\u2019", "'"), kind, start, end)
    for _ in range(PADDING):
        columns.add("", "", len(text), len(text))
    return Words(text, columns.low, columns.kind, columns.start, columns.end, columns.value, is_cased=has_case(text))


def has_case(text: str) -> bool:
    """Return whether a text has lower-case letters enough for capitals to tell something."""
    lower = sum(map(str.islower, text[:2000]))
    upper = sum(map(str.isupper, text[:2000]))
    return lower > CASED_SHARE * (lower + upper)


def _add_number(columns: _Columns, written: str, start: int) -> None:
    """Add digits as one number, as several where commas only list them, or as a code where they are none."""
    plain = SPACES.sub("", written)
    if GROUPED.fullmatch(plain):
        columns.add(written, "number", start, start + len(written), plain.replace(",", ""))
    elif DOTTED.fullmatch(plain) and not _is_address(plain):
        columns.add(written, "number", start, start + len(written), plain.replace(".", ""))
    elif COMMA.fullmatch(plain):
        value = plain.replace(".", "").replace(",", ".")
        columns.add(written, "number", start, start + len(written), value)
    elif PLAIN.fullmatch(plain):
        columns.add(written, "number", start, start + len(written), plain)
    else:
        last = 0
        for piece in PIECE.finditer(written):
            if piece.start() > last:
                columns.add(written[last : piece.start()], "mark", start + last, start + piece.start())
            is_number = PLAIN.fullmatch(piece.group()) is not None
            kind = "number" if is_number else "code"
            value = piece.group() if is_number else ""
            columns.add(piece.group(), kind, start + piece.start(), start + piece.end(), value)
            last = piece.end()


def _is_address(written: str) -> bool:
    """Return whether dotted digits are an internet address."""
    parts = written.split(".")
    return len(parts) == 4 and all(int(part) <= 255 for part in parts)  # noqa: PLR2004  four bytes
