"""Parts of numbers: "two-thirds", "3/4", "one in five", "two and a half million"."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from sayso.extract.number_sums import (
    EXACT,
    HYPHENS,
    MULTIPLES,
    ONE,
    QUOTIENT,
    Number,
    Sum,
    add_up,
    lexicon,
)
from sayso.extract.rulebook import load_rules

if TYPE_CHECKING:
    from sayso.extract.figure_tokens import Words

# A slash between longer numbers makes no part of them.
MAX_SLASHED = 4
MIN_CALENDAR_DIGITS = 4
# Tens behind at least so many may belong to what is below the line.
HUNDREDTH_FLOOR = 99
MANY = ("hundred", "thousand", "million", "billion", "trillion")
LINKS = (("in", "every"), ("out", "of", "every"), ("of", "every"), ("out", "of"), ("in",), ("over",), ("of",))


def divide(above: Decimal, below: Decimal) -> Decimal:
    """Return a quotient, cut off after fifteen digits."""
    return QUOTIENT.divide(above, below)


def is_slashed(words: Words, i: int) -> bool:
    """Return whether a number, a slash and a number stand together, with no second slash."""
    return (
        words.low[i + 1] == "/"
        and words.kind[i + 2] == "number"
        and words.is_glued(i + 1)
        and words.is_glued(i + 2)
        and max(len(words.value[i]), len(words.value[i + 2])) <= MAX_SLASHED
        and not (words.low[i + 3] == "/" and words.is_glued(i + 3))
        and not (i > 1 and words.is_glued(i) and words.is_glued(i - 1) and words.kind[i - 2] == "number")
    )


def read_slashed(words: Words, number: Number, i: int, whole: Decimal) -> Number | None:
    """Return a number with the fraction that stands at a token."""
    below = Decimal(words.value[i + 2])
    if not below:
        return None
    value = EXACT.add(whole, divide(Decimal(words.value[i]), below))
    return _times(words, replace(number, end=i + 3, low=value, high=value, form="share"), i + 3)


def extend_mixed(words: Words, number: Number) -> Number | None:
    """Return "two and a half million", "five and two thirds"."""
    j = number.end
    if words.low[j] != "and" or not words.is_near(j) or not words.is_near(j + 1):
        return None
    part, end = read_part_behind(words, j + 1)
    if part is None:
        return None
    kind, multiple = lexicon().get(words.low[end], ("", ONE))
    if kind in MULTIPLES and words.is_near(end):
        is_split = number.scale > multiple  # one billion and a quarter million
        value = EXACT.multiply(part, multiple) if is_split else EXACT.multiply(EXACT.add(number.low, part), multiple)
        value = EXACT.add(number.low, value) if is_split else value
        return replace(number, end=end + 1, low=value, high=value, scale=multiple)
    is_multiplied = number.scale >= 1000 and part < 1  # noqa: PLR2004  "two million and a half"
    value = EXACT.add(number.low, EXACT.multiply(part, number.scale) if is_multiplied else part)
    return replace(number, end=end, low=value, high=value)


def read_part_behind(words: Words, i: int) -> tuple[Decimal | None, int]:
    """Return the part below one that stands at a token, "a half" or "two thirds", and where it ends."""
    parts = load_rules("en", "quantities")["parts"]
    if words.kind[i] == "number" and is_slashed(words, i) and int(words.value[i].split(".")[0] or 0) > 0:
        below = Decimal(words.value[i + 2])
        return (divide(Decimal(words.value[i]), below), i + 3) if Decimal(words.value[i]) < below else (None, i)
    if words.low[i] in ("a", "an"):
        word = words.low[i + 1]
        kind, below = lexicon().get(word, ("", ONE))
        if word in parts:
            return divide(ONE, Decimal(parts[word])), i + 2
        return (divide(ONE, below), i + 2) if kind.startswith("ordinal-") and below > 2 else (None, i)  # noqa: PLR2004
    if lexicon().get(words.low[i], ("", ONE))[0] not in ("unit", "teen", "tens"):
        return None, i
    added, end = add_up(words, i)
    number = Number(first=i, end=end, low=added.value, high=added.value, last=added.last)
    found = _read_over(words, number)
    if found is None or added.ordinal or not found[0] > number.low:
        return None, i
    return divide(number.low, found[0]), found[1]


def extend_share(words: Words, number: Number) -> Number | None:
    """Return "two-thirds", "three quarters", "one in five", "two out of three", "one over 20"."""
    found = _read_over(words, number)
    if found:
        above, below = (number.low, found[0]) if found[2] is None else (found[2], found[0])
        return _share(words, replace(number, low=above), found[1], below)
    j = number.end
    if not words.is_near(j) or number.low != number.low.to_integral_value():
        return None
    link = next((link for link in LINKS if words.matches(j, link) and words.is_near(j + len(link))), None)
    return _read_odds(words, number, link) if link and not _hangs(words, number.first, before=True) else None


def _read_odds(words: Words, number: Number, link: tuple[str, ...]) -> Number | None:
    """Return the share that a number behind a link makes of a number: "one in five", "one in a million"."""
    k = number.end + len(link)
    is_article = words.low[k] == "a" and words.low[k + 1] in MANY
    other, end = add_up(words, k + is_article)
    is_year = words.kind[k] == "number" and len(words.value[k]) >= MIN_CALENDAR_DIGITS
    is_over = link == ("over",)
    if link == ("of",) and other.value not in (10, 100):  # "nine of 10", but "two of five suspects"
        return None
    is_bare = other.is_bare and not is_article
    # The hyphen: "two in six-inch pipes"; in front of the first, "won 3-2 in seven matches".
    if end == k or other.ordinal or is_bare or not other.value or (is_year and not is_over):
        return None
    is_less = number.low < other.value or (is_over and words.kind[end] != "word" and other.value > 1)
    return _share(words, number, end, other.value) if is_less and not _hangs(words, end, before=False) else None


def _hangs(words: Words, i: int, *, before: bool) -> bool:
    """Return whether a hyphen ties what ends before a token, or begins at it, to something else."""
    k = i - 1 if before else i
    return k > 0 and words.low[k] in HYPHENS and words.is_glued(k) and words.is_glued(k + 1)


def _read_over(words: Words, number: Number) -> tuple[Decimal, int, Decimal | None] | None:
    """Return what a number is over ("fifths"), where that ends, and what is left above where it took a part of it.

    "One hundred thirty fifths" is a hundred over thirty-five: tens go with the ordinal.
    """
    parts, table, j = load_rules("en", "quantities")["parts"], lexicon(), number.end
    if not words.is_near(j):
        return None
    if words.low[j] in HYPHENS and (words.is_glued(j) == words.is_glued(j + 1)) and words.is_near(j + 1):
        j += 1
    word = words.low[j]
    below = Decimal(parts.get(word.removesuffix("s"), 0))
    if below and (number.low > 1 or word in ("half", "quarter")) and not (number.low > 1 and word == "quarter"):
        return below, j + 1, None
    kind, value = table.get(word, ("", ONE))
    is_whole = "and" in words.low[number.first : number.end] and not words.is_glued(j)
    if kind == "ordinals-unit" and number.last == "tens" and number.low > HUNDREDTH_FLOOR and not is_whole:
        tens = number.low % 100
        return tens + value, j + 1, number.low - tens
    if kind.startswith("ordinals-") or (number.low == 1 and kind.startswith("ordinal-") and value > 2):  # noqa: PLR2004
        return value, j + 1, None
    return _read_compound(words, j, kind)


def _read_compound(words: Words, i: int, kind: str) -> tuple[Decimal, int, Decimal | None] | None:
    """Return an ordinal of several words below a share: "three twenty-firsts", "one one hundred fifth"."""
    added, end = add_up(words, i) if kind in ("tens", "unit") else (Sum(), i)
    if end > i and added.ordinal == "ordinal":
        return added.value, end, None
    j = end + int(words.low[end] in HYPHENS)
    kind, last = lexicon().get(words.low[j], ("", ONE))
    if words.low[j] == "seconds" and j > end:  # "thirty-seconds", where a hyphen tells them from those of a clock
        kind, last = "ordinals-unit", ONE + ONE
    is_added = kind in ("ordinals-unit", "ordinals-teen")
    if end > i and kind.startswith("ordinals-") and (added.last != "unit" or not is_added):
        return (added.value + last if is_added else added.value * last), j + 1, None
    return None


def _share(words: Words, number: Number, end: int, below: Decimal) -> Number:
    """Return a number over another, multiplied by what follows ("three quarters of a million")."""
    value = divide(number.low, below)
    j = end + 2 if words.low[end] == "of" and words.low[end + 1] == "a" else end
    return _times(words, replace(number, end=end, low=value, high=value, form="share", scale=ONE), j)


def _times(words: Words, number: Number, j: int) -> Number:
    """Return a part multiplied by the multiple at a token, if one stands there."""
    kind, multiple = lexicon().get(words.low[j], ("", ONE))
    if kind != "scale" or not words.is_near(j):
        return number
    value = EXACT.multiply(number.low, multiple)
    return replace(number, end=j + 1, low=value, high=value, scale=multiple, form="number")
