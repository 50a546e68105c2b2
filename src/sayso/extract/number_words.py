"""Numbers in digits and words, alone: "twenty-one thousand", "2.5 million", "two-thirds", "the 21st", "dozens".

Every number of a text is found, "one" and "a half" too. Which of them are figures that an article gives, and how far
they reach, is told elsewhere.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field, replace
from decimal import Context, Decimal
from functools import cache
from typing import TYPE_CHECKING

from sayso.extract.rulebook import load_rules

if TYPE_CHECKING:
    from sayso.extract.figure_tokens import Words

# Sums and products stay exact; quotients are cut off.
EXACT = Context(prec=200)
QUOTIENT = Context(prec=15)
# Longer digits are no figure that anybody counts.
MAX_DIGITS = 60
HYPHENS = ("-", "\u2010", "\u2011", "\u2013")
MINUS = ("-", "\u2212")
ONE, HALF, TEN, HUNDRED = Decimal(1), Decimal("0.5"), Decimal(10), Decimal(100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """One number of a text.

    Attributes:
        first: Its first token.
        end: One past its last token.
        low: The least it can be.
        high: The greatest it can be; None where it is open above ("dozens").
        form: ``number``, ``share`` (a part of one: "two-thirds", "one in five"), ``ordinal`` or ``vague``.
        scale: By what its last part was multiplied: a million in "3 million". 1 where nothing was.
        is_digits: Whether it begins with digits.
        is_bare: Whether it is a multiple without a number or an article in front ("hundred").
        is_below_high: Whether it is below `high`, not up to it.
        is_approximate: Whether it is vague by itself.
        why: How it was read; empty where it is plain.
    """

    first: int
    end: int
    low: Decimal
    high: Decimal | None
    form: str = "number"
    scale: Decimal = ONE
    is_digits: bool = False
    is_bare: bool = False
    is_below_high: bool = False
    is_approximate: bool = False
    why: str = ""


@cache
def lexicon() -> dict[str, tuple[str, Decimal]]:
    """Return what each word of a number is: its class and its value."""
    rules = load_rules("en", "quantities")
    found: dict[str, tuple[str, Decimal]] = {}
    for word, value in rules["cardinals"].items():
        found[word] = (_place_of(value), Decimal(value))
    for word, value in rules["ordinals"].items():
        found[word] = (f"ordinal-{_place_of(value)}", Decimal(value))
        found[f"{word}s"] = (f"ordinals-{_place_of(value)}", Decimal(value))
    del found["seconds"]
    found["hundred"] = ("hundred", HUNDRED)
    found.update({word: ("scale", Decimal(value)) for word, value in rules["scales"].items()})
    found.update({word: ("dozen", Decimal(value)) for word, value in rules["dozens"].items()})
    return found


def _place_of(value: int) -> str:
    """Return the class of a number word by its value."""
    bounds = ((1, "zero"), (10, "unit"), (20, "teen"), (100, "tens"), (101, "hundred"))
    return next((name for bound, name in bounds if value < bound), "scale")


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
    while i < len(words):
        number = None
        if kind[i] in ("number", "part") or low[i] in beginnings:
            number = read_number(words, i)
        if number is None:
            i += 1
        else:
            found.append(number)
            i = number.end
    return found


def read_number(words: Words, i: int) -> Number | None:
    """Return the number that begins at a token; None where none does."""
    word = words.low[i]
    if word in ("minus", "negative") or (word in MINUS and words.is_glued(i + 1) and not words.is_glued(i)):
        if word in MINUS and words.kind[i + 1] not in ("number", "part"):
            return None
        inner = read_number(words, i + 1) if words.is_near(i + 1) and words.low[i + 1] not in MINUS else None
        if inner is None or inner.high is None or inner.is_bare or inner.form in ("ordinal", "vague"):
            return None
        return replace(inner, first=i, low=-inner.high, high=-inner.low)
    vague = _read_vague(words, i)
    if vague:
        return vague
    if word in ("a", "an"):
        return _read_article(words, i)
    if word in ("half", "quarter"):
        return _read_part(words, i, i)
    return _read_counted(words, i)


def _read_vague(words: Words, i: int) -> Number | None:
    """Return "dozens", "tens of thousands", "several hundred" as what they hold at least."""
    rules = load_rules("en", "quantities")
    word, j = words.low[i], i
    if word in ("a", "the", "many"):
        j = i + 1
        word = words.low[j]
    if word in rules["several"] and words.is_near(j + 1):
        kind, value = lexicon().get(words.low[j + 1], ("", ONE))
        if kind not in ("hundred", "scale", "dozen") or words.low[j + 1] == "score":
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
    if word == "couple":
        two = Decimal(2)
        end = i + 2
        more, value = lexicon().get(words.low[end], ("", ONE))
        if more in ("hundred", "scale", "dozen"):
            return Number(
                first=i, end=end + 1, low=two * value, high=two * value, scale=value, is_approximate=True,
                why="“a couple”: about two",
            )  # fmt: skip
        return Number(first=i, end=end, low=two, high=two, is_approximate=True, why="“a couple”: about two")
    if word in ("half", "quarter"):
        return _read_part(words, i, i + 1)
    if kind in ("hundred", "scale", "dozen") or (word in ("few", "several")):
        if word == "score" and words.low[i + 2] != "of":
            return None
        inner = _read_counted(words, i + 1)
        return replace(inner, first=i, is_bare=False) if inner else None
    if kind.startswith("ordinal-") and kind != "ordinal-zero":
        ordinal = _read_counted(words, i + 1)
        if ordinal is None or ordinal.form != "ordinal":
            return None
        follows = words.low[ordinal.end]
        is_share = follows == "of" or (not follows.isalpha() and ordinal.low >= 1000) or ordinal.low >= 1000000  # noqa: PLR2004
        if is_share and ordinal.low > 2:  # noqa: PLR2004  a second is no share
            part = _divide(ONE, ordinal.low)
            return replace(ordinal, first=i, low=part, high=part, form="share")
    return None


def _read_part(words: Words, first: int, i: int) -> Number | None:
    """Return what begins with "half" or "quarter": "half a million", "a half", "quarter million", "half a dozen"."""
    part = HALF if words.low[i] == "half" else Decimal("0.25")
    j = i + 1
    if words.low[j] == "of" and words.low[j + 1] in ("a", "an"):
        j += 2
    elif words.low[j] in ("a", "an") or (words.low[j] in HYPHENS and words.is_glued(j)):
        j += 1
    kind, value = lexicon().get(words.low[j], ("", ONE))
    if kind in ("hundred", "scale", "dozen") and words.low[j] != "score":
        value = EXACT.multiply(part, value)
        return Number(first=first, end=j + 1, low=value, high=value, scale=value)
    return Number(first=first, end=i + 1, low=part, high=part, form="share")


@dataclass(slots=True)
class _Sum:
    """A number as it is added up, word by word."""

    total: Decimal = Decimal(0)
    current: Decimal | None = None
    last: str = ""
    floor: Decimal = field(default_factory=lambda: Decimal("Infinity"))
    scale: Decimal = ONE
    ordinal: str = ""
    is_bare: bool = False

    @property
    def value(self) -> Decimal:
        """Return what was added up."""
        return EXACT.add(self.total, self.current if self.current is not None else Decimal(0))

    def take(self, kind: str, value: Decimal) -> bool:
        """Add one word; return whether it fits behind what is there."""
        plain = kind
        if "-" in kind:
            ordinal, plain = kind.split("-")
            if ordinal == "ordinals":
                return False
            self.ordinal = ordinal
        fits = self._add(plain, value)
        if not fits:
            self.ordinal = ""
        return fits

    def _add(self, kind: str, value: Decimal) -> bool:
        """Add one word by its class."""
        if kind in ("unit", "teen", "tens", "zero", "digits"):
            after = {"unit": ("", "tens", "hundred", "scale"), "zero": ("",), "digits": ("",)}
            if self.last not in after.get(kind, ("", "hundred", "scale")):
                return False
            self.current = value if self.current is None else self.current + value
        elif kind == "hundred":
            if self.last in ("hundred", "scale", "dozen") or (self.current is not None and self.current >= HUNDRED):
                return False
            self.is_bare = self.current is None
            self.current = EXACT.multiply(self.current or ONE, value) if not self.is_bare else value
            self.scale = value
        elif kind in ("scale", "dozen"):
            return self._multiply(kind, value)
        self.last = kind
        return True

    def _multiply(self, kind: str, value: Decimal) -> bool:
        """Close the group that is open with its multiple."""
        if self.current is None:
            if self.last == "scale" and kind == "scale":
                self.total = EXACT.multiply(self.total, value)
            elif not self.last:
                self.is_bare, self.total = True, value
            else:
                return False
        else:
            group = EXACT.multiply(self.current, value)
            if group >= self.floor or self.last == "dozen":
                return False
            self.total = EXACT.add(self.total, group)
        self.floor, self.scale = value, value if self.last != "scale" else self.scale * value
        self.current, self.last = None, kind
        return True


def _read_counted(words: Words, i: int) -> Number | None:
    """Return a cardinal, an ordinal or a share that begins with digits or a number word."""
    if words.kind[i] == "number" and len(words.value[i]) > MAX_DIGITS:
        return None
    added, end = _add_up(words, i)
    if end == i:
        return None
    number = Number(
        first=i, end=end, low=added.value, high=added.value, scale=added.scale,
        is_digits=words.kind[i] in ("number", "part"), is_bare=added.is_bare,
    )  # fmt: skip
    if added.ordinal == "ordinal":
        return replace(number, form="ordinal")
    if added.ordinal:
        return None
    for extend in (_extend_digits, _extend_point, _extend_mixed, _extend_share):
        extended = extend(words, number)
        if extended is not None:
            return extended
    return number


def _add_up(words: Words, i: int) -> tuple[_Sum, int]:
    """Return the words from a token on, added up as far as they make one number, and where that ends."""
    added, j, table = _Sum(), i, lexicon()
    kept: tuple[_Sum, int] | None = None  # what stood before an "and" or a comma that may join nothing
    needs_multiple = False
    while True:
        kind, value = _class_of(words, j, table)
        before = replace(added)
        # Plurals make shares ("twenty thirds"), which are read once the number is over.
        if not kind or not added.take(kind, value):
            is_multiple = kind in ("hundred", "scale", "dozen")
            if kept and (is_multiple or needs_multiple or j == kept[1] + 1):
                return kept
            return before, j
        j += 1
        if kind in ("hundred", "scale", "dozen"):
            needs_multiple = False
        if added.ordinal or kind in ("dozen", "zero"):
            return added, j
        joiner = _find_joiner(words, j, added, table)
        if joiner and words.low[j] in ("and", ","):
            kept, needs_multiple = (replace(added), j), words.low[j] == ","
        if not joiner and not words.is_near(j):
            return (kept if kept and needs_multiple else (added, j))
        j += joiner


def _class_of(words: Words, j: int, table: dict[str, tuple[str, Decimal]]) -> tuple[str, Decimal]:
    """Return what a token is within a number."""
    if words.kind[j] == "number":
        return ("digits", Decimal(words.value[j])) if len(words.value[j]) <= MAX_DIGITS else ("", ONE)
    if words.kind[j] == "part":
        return "digits", Decimal(str(round(unicodedata.numeric(words.low[j]), 6)))
    kind, value = table.get(words.low[j], ("", ONE))
    if words.low[j] == "score" and words.low[j + 1] not in ("of", "and"):
        return "", ONE
    return kind, value


def _find_joiner(words: Words, j: int, added: _Sum, table: dict[str, tuple[str, Decimal]]) -> int:
    """Return 1 where the token joins what is before and behind it to one number, else 0."""
    word = words.low[j]
    kind, _ = table.get(words.low[j + 1], ("", ONE))
    if not kind or not words.is_near(j) or not words.is_near(j + 1):
        return 0
    if word in HYPHENS and words.is_glued(j) and words.is_glued(j + 1):
        return 1
    if word == "and" and added.last in ("hundred", "scale") and kind != "scale":
        return 1
    return int(word == "," and added.last == "scale" and "ordinal" not in kind)


def _extend_digits(words: Words, number: Number) -> Number | None:
    """Return digits with what is glued to them: "12k", "21st", "3/4", "1 3/4", "2½"."""
    rules, j, value = load_rules("en", "quantities"), number.end, number.low
    if not number.is_digits or j != number.first + 1:
        return None
    word = words.low[j]
    if words.is_glued(j) and word in ("st", "nd", "rd", "th") and value == value.to_integral_value():
        return replace(number, end=j + 1, form="ordinal")
    if word in rules["suffixes"] and words.is_near(j) and (words.is_glued(j) or not words.kind[j + 1] == "mark"):
        scale = Decimal(rules["suffixes"][word])
        value = EXACT.multiply(value, scale)
        return replace(number, end=j + 1, low=value, high=value, scale=scale)
    if words.kind[j] == "part" and words.is_near(j):
        value += _class_of(words, j, {})[1]
        return replace(number, end=j + 1, low=value, high=value)
    if _is_slashed(words, j - 1):
        return _slashed(words, number, j - 1, Decimal(0))
    if words.kind[j] == "number" and words.is_near(j) and _is_slashed(words, j) and "." not in words.value[j - 1]:
        part = _slashed(words, number, j, value)
        return replace(part, form="number") if part and part.low - value < 1 else None
    return None


def _is_slashed(words: Words, i: int) -> bool:
    """Return whether a number, a slash and a number stand together, with no second slash."""
    return (
        words.low[i + 1] == "/"
        and words.kind[i + 2] == "number"
        and words.is_glued(i + 1)
        and words.is_glued(i + 2)
        and len(words.value[i] + words.value[i + 2]) <= MAX_DIGITS
        and not (words.low[i + 3] == "/" and words.is_glued(i + 3))
    )


def _slashed(words: Words, number: Number, i: int, whole: Decimal) -> Number | None:
    """Return a number with the fraction that stands at a token."""
    below = Decimal(words.value[i + 2])
    if not below:
        return None
    value = whole + _divide(Decimal(words.value[i]), below)
    return replace(number, end=i + 3, low=value, high=value, form="share")


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


def _extend_mixed(words: Words, number: Number) -> Number | None:
    """Return "two and a half million", "five and two thirds"."""
    j = number.end
    if words.low[j] != "and" or not words.is_near(j) or not words.is_near(j + 1):
        return None
    part, end = _read_fraction(words, j + 1)
    if part is None:
        return None
    kind, multiple = lexicon().get(words.low[end], ("", ONE))
    if kind in ("hundred", "scale", "dozen") and words.is_near(end):
        is_split = number.scale > multiple  # one billion and a quarter million
        value = number.low + part * multiple if is_split else EXACT.multiply(number.low + part, multiple)
        return replace(number, end=end + 1, low=value, high=value, scale=multiple)
    value = number.low + part * (number.scale if number.scale >= 1000 and part < 1 else ONE)  # noqa: PLR2004
    return replace(number, end=end, low=value, high=value)


def _read_fraction(words: Words, i: int) -> tuple[Decimal | None, int]:
    """Return the part that stands at a token, "a half" or "two thirds", and where it ends."""
    rules = load_rules("en", "quantities")
    kind, above = lexicon().get(words.low[i], ("", ONE))
    if words.low[i] in ("a", "an"):
        kind, above = "unit", ONE
    if kind != "unit":
        return None, i
    j = i + 1
    if words.low[j] in HYPHENS and words.is_glued(j):
        j += 1
    word = words.low[j]
    below = Decimal(rules["parts"].get(word.removesuffix("s"), 0))
    if not below:
        kind, below = lexicon().get(word, ("", ONE))
        is_fit = kind.startswith("ordinals-") if above > 1 else kind.startswith("ordinal-")
        if not is_fit or below <= 2:  # noqa: PLR2004  seconds are no halves
            return None, i
    return _divide(above, below), j + 1


def _extend_share(words: Words, number: Number) -> Number | None:
    """Return "two-thirds", "three quarters", "one in five", "two out of three", "one over 20"."""
    j, rules = number.end, load_rules("en", "quantities")
    if not words.is_near(j):
        return None
    hyphen = int(words.low[j] in HYPHENS and words.is_glued(j) and words.is_glued(j + 1))
    below = Decimal(rules["parts"].get(words.low[j + hyphen].removesuffix("s"), 0))
    if below and (number.low > 1 or words.low[j + hyphen] in ("half", "quarter")):
        return _share(words, number, j + hyphen + 1, below)
    denominator, end = _read_denominator(words, j + hyphen, is_one=number.low == 1)
    if denominator:
        return _share(words, number, end, denominator)
    links = (("in", "every"), ("out", "of", "every"), ("of", "every"), ("out", "of"), ("in",), ("over",))
    for link in links:
        if words.matches(j, link) and number.form == "number" and number.low == number.low.to_integral_value():
            other = _read_counted(words, j + len(link)) if words.is_near(j + len(link)) else None
            if other and other.form == "number" and other.low > number.low and not other.is_bare:
                is_year = link == ("in",) and other.is_digits and len(words.value[other.first]) >= 4  # noqa: PLR2004
                if not is_year and not (link == ("over",) and other.low > HUNDRED):
                    return _share(words, number, other.end, other.low)
    return None


def _read_denominator(words: Words, i: int, *, is_one: bool) -> tuple[Decimal | None, int]:
    """Return the ordinal below a share, "fifths" or behind "one" also "fifth", and where it ends."""
    table = lexicon()
    kind, value = table.get(words.low[i], ("", ONE))
    if kind.startswith("ordinals-") or (is_one and kind.startswith("ordinal-") and value > 2):  # noqa: PLR2004
        return value, i + 1
    added, end = _add_up(words, i) if kind in ("tens", "unit") else (_Sum(), i)
    if end > i and added.ordinal == "ordinal":
        return added.value, end
    j = end + int(words.low[end] in HYPHENS)
    kind, last = table.get(words.low[j], ("", ONE))
    if end > i and kind.startswith("ordinals-") and added.last in ("tens", "hundred", "scale"):
        return (added.value + last if kind in ("ordinals-unit", "ordinals-teen") else added.value * last), j + 1
    return None, i


def _share(words: Words, number: Number, end: int, below: Decimal) -> Number:
    """Return a number over another, multiplied by what follows ("three quarters of a million")."""
    value, scale = _divide(number.low, below), ONE
    j = end + 2 if words.low[end] == "of" and words.low[end + 1] == "a" else end
    kind, multiple = lexicon().get(words.low[j], ("", ONE))
    if kind == "scale" and words.is_near(j):
        return replace(number, end=j + 1, low=value * multiple, high=value * multiple, scale=multiple)
    return replace(number, end=end, low=value, high=value, form="share", scale=scale)


def _divide(above: Decimal, below: Decimal) -> Decimal:
    """Return a quotient, cut off after fifteen digits."""
    return QUOTIENT.divide(above, below)
