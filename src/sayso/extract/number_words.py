"""Numbers in digits and words, alone: "twenty-one thousand", "2.5 million", "two-thirds", "the 21st", "dozens".

Every number of a text is found, "one" and "a half" too. Which of them are figures that an article gives, and how far
they reach, is told elsewhere.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from sayso.extract.number_shares import divide, extend_mixed, extend_share, is_slashed, read_slashed
from sayso.extract.number_sums import (
    EXACT,
    HYPHENS,
    LARGEST,
    MAX_DIGITS,
    MULTIPLES,
    ONE,
    QUOTIENT,
    TEN,
    Number,
    add_up,
    class_of,
    lexicon,
)
from sayso.extract.rulebook import load_rules

if TYPE_CHECKING:
    from sayso.extract.figure_tokens import Words

# "6.2x10^4", "6.2 x 10^4".
TIMES = ("x", "\u00d7")
MINUS = ("-", "\u2212")
OPENING = frozenset('<>=~(["\u201c\u2264\u2265$\u20ac\u00a3')
MINUS_WORDS = ("minus", "negative")
HALF = Decimal("0.5")
MAX_POWER = 60
MILLION = Decimal(1_000_000)


@cache
def starts() -> frozenset[str]:
    """Return the words with which a number can begin."""
    rules = load_rules("en", "quantities")
    own = {"a", "an", "half", "quarter", "minus", "negative", "tens", *MINUS}
    return frozenset({*lexicon(), *rules["vague"], *rules["several"], *own})


def find_numbers(words: Words) -> list[Number]:
    """Return every number of a text, in order, not overlapping."""
    found, i, beginnings = [], 0, starts()
    low, kind = words.low, words.kind
    pronouns = load_rules("en", "quantities")["one"]["pronouns"]
    while i < len(words):
        number = None
        if kind[i] in ("number", "part") or low[i] in beginnings:
            number = read_number(words, i)
        if number is None or (low[i] == "one" and number.end == i + 1 and i and low[i - 1] in pronouns):
            i += 1
        else:
            found.append(number)
            i = number.end
    return found


def read_number(words: Words, i: int) -> Number | None:
    """Return the number that begins at a token; None where none does."""
    word = words.low[i]
    if word in MINUS_WORDS or word in MINUS:
        return _read_negative(words, i)
    vague = _read_vague(words, i)
    if vague is None and word in ("a", "an"):
        return _read_article(words, i)
    if word in ("half", "quarter"):
        return _read_part(words, i, i)
    return vague or _read_counted(words, i)


def _read_negative(words: Words, i: int) -> Number | None:
    """Return the number behind a sign, below zero."""
    is_sign = words.low[i] in MINUS
    if is_sign and not (words.kind[i + 1] in ("number", "part") and words.is_glued(i + 1) and _may_be_minus(words, i)):
        return None
    is_twice = words.low[i + 1] in MINUS or words.low[i + 1] in MINUS_WORDS
    inner = read_number(words, i + 1) if words.is_near(i + 1) and not is_twice else None
    if inner is None or inner.high is None or inner.is_bare or inner.form in ("ordinal", "vague"):
        return None
    return replace(inner, first=i, low=inner.high.copy_negate(), high=inner.low.copy_negate())


def _may_be_minus(words: Words, i: int) -> bool:
    """Return whether a dash is a sign: nothing hangs in front of it but a mark that opens something."""
    return not words.is_glued(i) or words.low[i - 1] in OPENING


def _read_vague(words: Words, i: int) -> Number | None:
    """Return "dozens", "tens of thousands", "several hundred" as what they hold at least."""
    rules = load_rules("en", "quantities")
    word, j = words.low[i], i
    if word in ("a", "the", "many"):
        j = i + 1
        word = words.low[j]
    if word in rules["several"] and words.is_near(j + 1):
        kind, value = lexicon().get(words.low[j + 1], ("", ONE))
        if kind not in MULTIPLES or words.low[j + 1] == "score":
            return None
        end = j + 2
        kind2, value2 = lexicon().get(words.low[end], ("", ONE))
        if kind == "hundred" and kind2 == "scale":
            end, value = end + 1, value * value2
        return Number(
            first=i, end=end, low=rules["several"][word] * value, high=10 * value, form="vague", scale=value,
            is_below_high=True, is_approximate=True, why=f"“{word}”: three or more, fewer than ten",
        )  # fmt: skip
    if j > i:
        return None
    base = TEN if word == "tens" else Decimal(rules["vague"].get(word, 0))
    end = j + 1
    while words.low[end] == "of" and words.low[end + 1] in rules["vague"] and base:
        base, end = base * rules["vague"][words.low[end + 1]], end + 2
    if not base or (word == "tens" and end == j + 1) or (word == "scores" and words.low[end] != "of"):
        return None
    return Number(
        first=i, end=end, low=2 * base, high=None, form="vague", scale=base, is_approximate=True,
        why=f"“{' '.join(words.low[i:end])}”: twice as many at least",
    )  # fmt: skip


def _read_article(words: Words, i: int) -> Number | None:
    """Return the number that begins with "a": "a dozen", "a third of", "a million and a half", "a couple"."""
    if not words.is_near(i + 1):
        return None
    word = words.low[i + 1]
    kind, _ = lexicon().get(word, ("", ONE))
    if word in ("half", "quarter"):
        return _read_part(words, i, i + 1)
    if word == "couple":
        return _read_couple(words, i)
    is_multiple = kind in MULTIPLES and (word != "score" or words.low[i + 2] == "of")
    is_ordinal = kind.startswith("ordinal-") or (kind == "tens" and words.low[i + 2] in HYPHENS)
    inner = _read_counted(words, i + 1) if is_multiple or is_ordinal else None
    if inner is None or is_multiple:
        return replace(inner, first=i, is_bare=False) if inner else None
    if inner.form != "ordinal" or inner.low <= 2 or not _is_part_of_one(words, inner, i):  # noqa: PLR2004  a second is no share
        return None
    part = divide(ONE, inner.low)
    return replace(inner, first=i, low=part, high=part, form="share")


def _is_part_of_one(words: Words, ordinal: Number, i: int) -> bool:
    """Return whether "a fifth" at a token is a share, not a fifth thing."""
    is_large = ordinal.low > 2 * TEN and words.kind[ordinal.end] != "word"
    before = words.low[i - 1] if i else ""
    leads = load_rules("en", "quantities")["share_leads"]["words"]
    return words.low[ordinal.end] == "of" or is_large or ordinal.low >= MILLION or before in leads


def _read_couple(words: Words, i: int) -> Number:
    """Return "a couple", with what it is a couple of where that is a number ("a couple of hundred")."""
    two, why = TEN / 5, "“a couple”: about two"
    end = i + 2 + (words.low[i + 2] == "of")
    kind, value = lexicon().get(words.low[end], ("", ONE))
    if kind in MULTIPLES and words.is_near(end):
        low = two * value
        return Number(first=i, end=end + 1, low=low, high=low, scale=value, is_approximate=True, why=why)
    return Number(first=i, end=i + 2, low=two, high=two, is_approximate=True, why=why)


def _read_part(words: Words, first: int, i: int) -> Number | None:
    """Return what begins with "half" or "quarter": "half a million", "a half", "quarter million", "half a dozen"."""
    part = HALF if words.low[i] == "half" else Decimal("0.25")
    j = i + 1
    if words.low[j] == "of" and words.low[j + 1] in ("a", "an"):
        j += 2
    elif words.low[j] in ("a", "an") or (words.low[j] in HYPHENS and words.is_glued(j)):
        j += 1
    kind, value = lexicon().get(words.low[j], ("", ONE))
    if kind in MULTIPLES and words.low[j] != "score":
        value = EXACT.multiply(part, value)
        return Number(first=first, end=j + 1, low=value, high=value, scale=value)
    return Number(first=first, end=i + 1, low=part, high=part, form="share")


def _read_counted(words: Words, i: int) -> Number | None:
    """Return a cardinal, an ordinal or a share that begins with digits or a number word."""
    added, end = add_up(words, i)
    if end == i:
        return None
    is_comma = words.low[i].rfind(",") > words.low[i].rfind(".") and "." in words.value[i]
    number = Number(
        first=i, end=end, low=added.value, high=added.value, scale=added.scale,
        is_digits=words.kind[i] in ("number", "part"), is_bare=added.is_bare, last=added.last,
        why="the comma taken as a decimal point" if is_comma else "",
    )  # fmt: skip
    if added.ordinal:
        return _read_ordinal(words, number)
    extended = (extend(words, number) for extend in (_extend_digits, _extend_point, extend_mixed, extend_share))
    return next((longer for longer in extended if longer is not None), number)


def _read_ordinal(words: Words, number: Number) -> Number:
    """Return an ordinal, or "one hundredth" where no noun makes it a place in an order."""
    is_counted = words.kind[number.end] == "word" and words.low[number.end] != "of"
    is_one = words.low[number.first] == "one" and number.end == number.first + 2
    if is_one and number.last in ("hundred", "scale") and not is_counted:
        part = divide(ONE, number.low)
        return replace(number, low=part, high=part, form="share")
    return replace(number, form="ordinal")


def _extend_digits(words: Words, number: Number) -> Number | None:
    """Return digits with what is glued to them: "12k", "21st", "3/4", "1 3/4", "2½"."""
    j, value = number.end, number.low
    if not number.is_digits or j != number.first + 1:
        return None
    word, is_glued = words.low[j], words.is_glued(j)
    if is_glued and word in ("st", "nd", "rd", "th") and value == value.to_integral_value():
        return replace(number, end=j + 1, form="ordinal")
    if is_glued and word in ("e", "^"):
        return _read_power(words, number)
    if word in TIMES:
        return _read_power(words, number)
    return _read_suffix(words, number) or _read_fraction(words, number)


def _read_suffix(words: Words, number: Number) -> Number | None:
    """Return digits with a letter that multiplies them: "12k"."""
    suffixes, j = load_rules("en", "quantities")["suffixes"], number.end
    is_fit = words.is_near(j) and (words.is_glued(j) or words.kind[j + 1] != "mark")
    if words.low[j] not in suffixes or not is_fit:
        return None
    scale = Decimal(suffixes[words.low[j]])
    value = EXACT.multiply(number.low, scale)
    return replace(number, end=j + 1, low=value, high=value, scale=scale)


def _read_fraction(words: Words, number: Number) -> Number | None:
    """Return digits with a fraction: "3/4", "1 3/4", "2½"."""
    j, value = number.end, number.low
    if words.kind[j] == "part" and words.is_near(j):
        value = EXACT.add(value, class_of(words, j)[1])
        return replace(number, end=j + 1, low=value, high=value)
    if is_slashed(words, j - 1):
        return read_slashed(words, number, j - 1, Decimal(0))
    if words.kind[j] == "number" and words.is_near(j) and is_slashed(words, j) and "." not in words.value[j - 1]:
        mixed = read_slashed(words, number, j, value)
        return replace(mixed, form="number") if mixed and mixed.low - value < 1 else None
    return None


def _read_power(words: Words, number: Number) -> Number | None:
    """Return "1.3e6", "2^10", "6.2x10^4" and "6.2 x 10^4"; None where the exponent is none that a text has."""
    j, base = number.end, number.low if words.low[number.end] == "^" else TEN
    if words.low[j] in TIMES:
        is_near = words.is_near(j) and words.is_near(j + 1) and words.is_glued(j) == words.is_glued(j + 1)
        if not (is_near and words.low[j + 1] == "10" and words.low[j + 2] == "^" and words.is_glued(j + 2)):
            return None
        j += 2
    j += 1
    sign = -1 if words.low[j] in MINUS else 1
    j += words.low[j] in MINUS or words.low[j] == "+"
    written = words.value[j]
    if not words.is_glued(j) or not written.isdigit() or int(written[:3]) > MAX_POWER or not base:
        return None
    value = QUOTIENT.power(base, sign * int(written[:3]))
    value = value if words.low[number.end] == "^" else EXACT.multiply(number.low, value)
    return replace(number, end=j + 1, low=value, high=value) if value < LARGEST else None


def _extend_point(words: Words, number: Number) -> Number | None:
    """Return "five point two", and what it is multiplied by."""
    j, table, digits = number.end, lexicon(), ""
    if words.low[j] != "point" or number.is_digits:
        return None
    j += 1
    while words.is_near(j) and len(digits) < MAX_DIGITS:
        kind, value = table.get(words.low[j], ("", ONE))
        if words.low[j] in HYPHENS and words.is_glued(j) and words.is_glued(j + 1):
            j += 1
            continue
        if kind not in ("zero", "unit", "teen", "tens"):
            break
        follows = table.get(words.low[j + 1 + (words.low[j + 1] in HYPHENS)], ("", ONE))
        digits += str(value / TEN if kind == "tens" and follows[0] == "unit" else value)
        j += 1
    if not digits:
        return None
    value, end, scale = number.low + Decimal(f"0.{digits}"), j, ONE
    kind, multiple = table.get(words.low[j], ("", ONE))
    if kind in ("hundred", "scale"):
        value, end, scale = EXACT.multiply(value, multiple), j + 1, multiple
    return replace(number, end=end, low=value, high=value, scale=scale)
