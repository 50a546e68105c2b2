"""Number words and digits added up to one number: "three hundred and twelve thousand", "twenty-first"."""

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
LARGEST = Decimal(10) ** MAX_DIGITS
HYPHENS = ("-", "\u2010", "\u2011", "\u2013")
ONE, TEN, HUNDRED = Decimal(1), Decimal(10), Decimal(100)
JOINERS = frozenset({"and", ",", *HYPHENS})
MULTIPLES = ("hundred", "scale", "dozen")


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
        last: The class of its last word.
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
    last: str = ""
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
    for tens in (word for word, value in rules["cardinals"].items() if value >= 20):  # noqa: PLR2004
        for unit, (kind, value) in list(found.items()):
            if kind in ("unit", "ordinal-unit"):
                found[tens + unit] = (kind.replace("unit", "teen"), value + found[tens][1])
    found["hundred"] = ("hundred", HUNDRED)
    found.update({word: ("scale", Decimal(value)) for word, value in rules["scales"].items()})
    found.update({word: ("dozen", Decimal(value)) for word, value in rules["dozens"].items()})
    # "Two millions", "three dozens"; without a number in front they are vague.
    found.update({f"{word}s": found[word] for word in ("hundred", *rules["scales"], *rules["dozens"])})
    return found


def _place_of(value: int) -> str:
    """Return the class of a number word by its value."""
    bounds = ((1, "zero"), (10, "unit"), (20, "teen"), (100, "tens"), (101, "hundred"))
    return next((name for bound, name in bounds if value < bound), "scale")


@dataclass(slots=True)
class Sum:
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
            after = {"unit": ("", "tens", "hundred", "scale"), "zero": ("",), "digits": ("", "hundred")}
            if self.last not in after.get(kind, ("", "hundred", "scale")):
                return False
            self.current = value if self.current is None else EXACT.add(self.current, value)
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
            if self.last == "scale" and kind == "scale" and self.total < LARGEST:
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


def add_up(words: Words, i: int) -> tuple[Sum, int]:
    """Return the words from a token on, added up as far as they make one number, and where that ends."""
    added, j = Sum(), i
    kept: tuple[Sum, int] | None = None  # what stood before an "and" or a comma that may join nothing
    needs_multiple = False
    while True:
        kind, value = class_of(words, j)
        before = replace(added)
        if not kind or not added.take(kind, value):
            if kept and (
                kind in MULTIPLES
                or needs_multiple
                or j == kept[1] + 1
                or _is_part(words, j, before.value - kept[0].value)
            ):
                return kept
            return before, j
        j += 1
        needs_multiple = needs_multiple and kind not in MULTIPLES
        if added.ordinal or kind in ("dozen", "zero"):
            return added, j
        joiner = _find_joiner(words, j, added)
        if joiner and words.low[j] in ("and", ","):
            kept, needs_multiple = (replace(added), j), words.low[j] == ","
        elif not words.is_near(j):
            return kept if kept and needs_multiple else (added, j)
        j += joiner


def _is_part(words: Words, j: int, above: Decimal) -> bool:
    """Return whether a number over the plural at a token is less than one: "two hundred and fifty-four hundredths"."""
    kind, below = class_of(words, j)
    parts = load_rules("en", "quantities")["parts"]
    below = below if kind.startswith("ordinals-") else Decimal(parts.get(words.low[j].removesuffix("s"), 0))
    return 0 < above < below


def class_of(words: Words, j: int) -> tuple[str, Decimal]:
    """Return what a token is within a number."""
    if words.kind[j] == "number":
        return ("digits", Decimal(words.value[j])) if len(words.value[j]) <= MAX_DIGITS else ("", ONE)
    if words.kind[j] == "part":
        return "digits", Decimal(str(round(unicodedata.numeric(words.low[j]), 6)))
    if words.low[j] in ("score", "scores") and words.low[j + 1] not in ("of", "and"):
        return "", ONE
    return lexicon().get(words.low[j], ("", ONE))


def _find_joiner(words: Words, j: int, added: Sum) -> int:
    """Return how many tokens join what is before and behind them to one number; 0 where none do."""
    word = words.low[j]
    if word not in JOINERS or not words.is_near(j) or not words.is_near(j + 1):
        return 0
    kind, _ = lexicon().get(words.low[j + 1], ("", ONE))
    if word in HYPHENS:
        if words.low[j + 1] == "and" and words.low[j + 2] in HYPHENS and words.low[j + 3] in lexicon():
            return 3 * words.is_glued(j) * words.is_glued(j + 1)  # "two-hundred-and-five"
        is_tight = words.is_glued(j) and words.is_glued(j + 1)
        is_loose = added.last == "tens" and kind in ("unit", "ordinal-unit") and not words.is_glued(j)
        return int(kind != "" and (is_tight or (is_loose and not words.is_glued(j + 1))))
    if word == "and" and added.last == "hundred" and words.kind[j + 1] == "number":
        return int(len(words.value[j + 1]) <= 2)  # noqa: PLR2004  "3 hundred and 21"
    if word == "and" and added.last in ("hundred", "scale"):
        return int(kind not in ("", "scale"))
    return int(word == "," and added.last == "scale" and kind not in ("", "scale") and "ordinal" not in kind)


def to_plain(value: Decimal) -> str:
    """Return a number as plain digits: "5000", "0.5", "-3"."""
    written = f"{value:f}"
    if "." in written:
        written = written.rstrip("0").rstrip(".")
    return "0" if written in ("-0", "") else written
