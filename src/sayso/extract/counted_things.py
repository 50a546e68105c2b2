"""Of whom or what a figure is: the nouns behind it, up to a boundary, careful rather than greedy."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from sayso.extract.calendar_words import load_days, load_months
from sayso.extract.number_sums import HYPHENS, lexicon
from sayso.extract.rulebook import load_rules
from sayso.records import QuantityKind

if TYPE_CHECKING:
    from sayso.extract.figure_bounds import Figure
    from sayso.extract.figure_tokens import Words

MAX_SKIPPED = 4
MIN_CHARS = 3


@cache
def _rules(key: str) -> frozenset[str]:
    """Return a list of words as a set."""
    rules = load_rules("en", "quantities")
    if key == "calendar":
        return (load_months() | load_days()) - {*rules["dates"]["common"]}
    return frozenset(rules["counted"][key])


def find_counted(words: Words, figure: Figure) -> tuple[int, int] | None:
    """Return the first token of what a figure counts and one past the last; None where none stands there."""
    j = _find_start(words, figure)
    if j is None:
        return None
    is_one = 1 in (figure.low, figure.high) or figure.kind is QuantityKind.ORDINAL
    end, has_plural = _read_nouns(words, j, is_one=is_one)
    if end > j and j == figure.end + 1 and words.low[figure.end] in HYPHENS and not has_plural:
        return j, j + 1  # "a 20-seat boat": what hangs at its number
    # A singular noun behind "two" is no noun, but for names ("30 Taliban").
    is_name = words.is_capital(j) and not words.is_capital(figure.numbers[-1].first)
    is_stuff = figure.kind in (QuantityKind.MEASURE, QuantityKind.MONEY, QuantityKind.PERCENT) or _is_share(
        words, figure, j
    )
    is_noun = has_plural or words.low[j] in _rules("states") or is_one or is_stuff or is_name
    return (j, end) if is_noun and end > j else None


def _is_share(words: Words, figure: Figure, j: int) -> bool:
    """Return whether a figure is a part of something, which may be one thing ("a third of the town")."""
    return figure.numbers[0].form == "share" and j > figure.end and words.low[figure.end] in _rules("skips")


def _find_start(words: Words, figure: Figure) -> int | None:
    """Return the token with which the name of what is counted begins."""
    j, has_unit = figure.end, figure.kind in (QuantityKind.MONEY, QuantityKind.PERCENT, QuantityKind.MEASURE)
    if not words.is_near(j):
        return None
    if has_unit:
        if words.low[j] == "in" and figure.kind is QuantityKind.MONEY:
            is_thing = words.kind[j + 1] == "word" and not words.is_capital(j + 1)
            return j + 1 if is_thing and words.low[j + 1] not in _rules("skips") else None
        return _skip(words, j + 1) if words.low[j] == "of" else None
    if words.low[j] in HYPHENS and words.is_glued(j) and words.is_glued(j + 1):
        return j + 1 if words.kind[j + 1] == "word" and figure.kind is QuantityKind.NUMBER else None
    is_one = figure.low == figure.high == 1 and figure.kind is QuantityKind.NUMBER
    return None if is_one and words.low[j] in ("of", "or", "more", "other") else _skip(words, j)


def _skip(words: Words, j: int) -> int | None:
    """Return the first token behind articles and the like, and behind a number of the whole ("12 of the 300 men")."""
    start = j
    while j - start < MAX_SKIPPED and words.is_near(j):
        is_number = j > start and _is_number(words, j)
        is_skipped = words.low[j] in _rules("skips") and not (words.low[j] == "new" and words.is_capital(j))
        is_behind = j > start and (words.low[j - 1] in _rules("skips") or _is_owner(words, j - 1))
        if not is_skipped and not (is_behind and (is_number or _is_owner(words, j))):
            break
        j += 1
    return j if words.is_near(j) and words.kind[j] == "word" else None


def _is_number(words: Words, j: int) -> bool:
    """Return whether a token is a number, in digits or as a word."""
    return words.kind[j] == "number" or words.low[j] in lexicon()


def _is_owner(words: Words, j: int) -> bool:
    """Return whether a word says whose the whole is: "three of the town's five bridges"."""
    return words.low[j].endswith("'s") and _is_number(words, j + 1)


def _read_nouns(words: Words, j: int, *, is_one: bool) -> tuple[int, bool]:
    """Return where the nouns that begin at a token end, and whether they hold a plural."""
    start, has_plural = j, False
    while j - start < _max_words() and words.kind[j] == "word" and (j == start or words.is_near(j)):
        word = words.low[j]
        if word in _rules("stops") or word in _rules("calendar") or word in lexicon():
            break
        if len(word) == 1 and words.low[j + 1] == "." and words.is_glued(j + 1):  # "U.S. members"
            j += 2
            continue
        is_plural = _is_plural(word)
        # Behind one thing, a word in -s is a verb ("one question asks").
        if (has_plural and not is_plural) or (is_one and is_plural and j > start):
            break
        if _is_verb(words, j, start) or (words.is_capital(j) and j > start and not words.is_capital(j - 1)):
            break
        has_plural = has_plural or is_plural
        j += 1
        j += _hyphen_length(words, j)
    while j > start and (words.low[j - 1] in HYPHENS or words.low[j - 1].endswith("'s")):
        j -= 1
    return j, has_plural


def _hyphen_length(words: Words, j: int) -> int:
    """Return how many tokens a hyphen binds to the word before it: "AB-15", "well-known", "coal- and gas-fired"."""
    if words.low[j] not in HYPHENS or not words.is_glued(j):
        return 0
    if words.is_glued(j + 1):
        return {"number": 2, "word": 1}.get(words.kind[j + 1], 0)
    return 2 * (words.low[j + 1] in ("and", "or"))


@cache
def _max_words() -> int:
    """Return how many words the name of what is counted can have."""
    return int(load_rules("en", "quantities")["counted"]["max_words"])


def _is_plural(word: str) -> bool:
    """Return whether a word looks like a noun in the plural."""
    if word in _rules("plurals"):
        return True
    is_s = (
        word.endswith("s")
        and not word.endswith("'s")
        and not word.endswith(("ss", "us", "is"))
        and len(word) > MIN_CHARS
    )
    return is_s and word not in _rules("singular")


def _is_verb(words: Words, j: int, start: int) -> bool:
    """Return whether a word is rather a verb or an adverb than part of a name."""
    word = words.low[j]
    is_tied = (words.is_glued(j) and words.low[j - 1] in HYPHENS) or (
        words.is_glued(j + 1) and words.low[j + 1] in HYPHENS
    )
    if words.is_capital(j) or is_tied:
        return False
    if word.endswith("ed") and word not in _rules("modifiers_ed") and word not in _rules("states"):
        # "12 abandoned cars": what follows a first word in -ed may still be what is counted.
        return j > start or not (words.kind[j + 1] == "word" and _is_plural(words.low[j + 1]))
    return word.endswith("ly") and word not in _rules("adverbs_ly")
