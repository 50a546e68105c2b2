"""The words of a text as items of the time grammar: each has its place, its kinds and what it is worth.

An item's kinds are what it can be ("second" is an ordinal and a unit); the grammar decides. Words of no
kind are gathered into one item of kind ``other``, so that the grammar sees a short line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, NamedTuple

from sayso.extract.dating.almanac import FIRST_YEAR, LAST_YEAR
from sayso.extract.rulebook import load_rules

TOKEN: Final = re.compile(
    r"(?P<address>\b(?:https?://|www\.)\S+|[\w.+-]{1,64}@[\w-]+\.\S+)"
    r"|(?P<iso>(?<![0-9.,/])(?<![0-9]-)[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}"
    r"(?:[T ][0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?Z?)?(?![0-9]))"
    r"|(?P<slashed>(?<![0-9./])(?:[0-9]{1,2}/[0-9]{1,2}/[0-9]{2,5}|[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{2,5}"
    r"|(?<!-)[0-9]{1,2}-[0-9]{1,2}-[0-9]{2,4}(?!-)|[0-9]{4}/[0-9]{1,2}/[0-9]{1,2}|[0-9]{4}\.[0-9]{1,2}\.[0-9]{1,2})(?![0-9]|[/.][0-9]))"
    r"|(?P<year_pair>(?<![0-9./-])(?:1[5-9]|20)[0-9]{2}/[0-9]{2}(?![0-9/]|\.[0-9]))"
    r"|(?P<month_pair>(?<![0-9./-])(?:0?[1-9]|1[0-2])/(?:19|20)[0-9]{2}(?![0-9/]|\.[0-9]))"
    r"|(?P<short>(?<![0-9./])(?!00?/)[0-9]{1,2}/(?!00?(?![0-9]))[0-9]{1,2}(?![0-9/]|\.[0-9]))"
    r"|(?P<clock>(?<![0-9.:])[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?![0-9:]))"
    r"|(?P<decade>(?<![0-9])[0-9]{3}0['\u2019]?[sS]\b|['\u2019][0-9]0['\u2019]?[sS]\b|(?<![0-9])[1-9]0['\u2019]?[sS]\b)"
    r"|(?P<parted_year>\b[1-4][QqHh]['\u2019]?[0-9]{2}(?![0-9A-Za-z]))"
    r"|(?P<parted>\b[1-4][QqHh](?![0-9A-Za-z]))"
    r"|(?P<part>(?:\b|(?<=[0-9]{4}))[QqHh][1-4](?![0-9A-Za-z]))"
    r"|(?P<ordinal>[0-9]{1,2}(?:st|nd|rd|th|ST|ND|RD|TH)\b)"
    r"|(?P<meridiem>(?:\b|(?<=[0-9]))(?:[AaPp]\.\s?[Mm]\.|[AaPp]\.?\s?[Mm]\b))"
    r"|(?P<number>[0-9]+(?:[.,][0-9]+)*)"
    r"|(?P<own>['\u2019]s\b|(?<=s)['\u2019](?![^\W_]))"
    r"|(?P<short_year>['\u2019][0-9]{2}(?![0-9A-Za-z]))"
    r"|(?P<word>[^\W\d_]+(?:['\u2019](?!s\b)[^\W\d_]+)*)"
    r"|(?P<line>[\r\n\u2028\u2029]\s*)"
    r"|(?P<mark_>\S)"
)
MAX_FIGURES: Final = 6
# "22/04", with its naught: a date, where "3/4" may be a share.
PADDED_CHARS: Final = 5
DAYS_MAX, HOURS_MAX, SHORT_CHARS, YEAR_CHARS = 31, 24, 2, 4


@dataclass(frozen=True, slots=True)
class Item:
    """One word, or a phrase that the grammar has already read.

    Attributes:
        start: First code point.
        end: One past the last.
        kinds: What it can be.
        value: What it is worth: by its kind in a dict for a word, one thing for a figure or a phrase.
        number: Its place among the words of the text.
    """

    start: int
    end: int
    kinds: frozenset[str]
    value: Any
    number: int

    def worth(self, kind: str) -> Any:  # noqa: ANN401 (a figure, a name or an expression, by its kind)
        """Return what it is worth as a thing of this kind."""
        return self.value[kind] if isinstance(self.value, dict) else self.value


class Word(NamedTuple):
    """One token as written. A tuple: a text has a thousand of them, and they are made three times as fast."""

    start: int
    end: int
    text: str
    group: str


# What a word that must have its capital to be a name of the calendar can still be without it.
LOWER_TOO: Final = frozenset({"verb_month"})
FIGURE_GROUPS: Final = (
    "iso",
    "slashed",
    "short",
    "clock",
    "year_pair",
    "month_pair",
    "decade",
    "parted_year",
    "parted",
    "part",
    "meridiem",
    "own",
    "short_year",
)
OTHER: Final = frozenset({"other"})


def find_words(text: str) -> list[Word]:
    """Return the tokens of a text, in order."""
    return [
        Word(found.start(), found.end(), found.group(), found.lastgroup or "mark_") for found in TOKEN.finditer(text)
    ]


def make_items(text: str, words: list[Word], *, keeps_lines: bool) -> list[Item]:
    """Return the items of a text: known words and figures; a run of others is one item.

    Args:
        text: The text.
        words: Its tokens.
        keeps_lines: Whether a line break ends a sentence; in text wrapped by hand it does not.
    """
    lexicon, phrases = _lexicon(), _phrases()
    known = lexicon.keys() | phrases.keys()
    items: list[Item] = []
    number = 0
    while number < len(words):
        word = words[number]
        lower = word.text.casefold().replace("\u2019", "'")
        length, found = 1, None
        if word.group == "word" and lower not in known:
            found = (OTHER, None)
        elif word.group in {"word", "short"}:
            for phrase, kinds, value in phrases.get(lower, ()):
                if _stands_here(words, number, phrase):
                    length, found = len(phrase), (kinds, value)
                    break
            else:
                is_word = word.group == "word"
                found = _read_word(word.text, lower, lexicon) if is_word else _read_figure(text, word, lower, lexicon)
        elif word.group == "line":
            blank = word.text.count("\n") > 1
            found = (frozenset({"break"}), None) if keeps_lines or blank else (frozenset(), None)
        else:
            found = _read_figure(text, word, lower, lexicon)
        kinds, value = found
        if kinds is OTHER:
            if not (items and items[-1].kinds is OTHER):
                items.append(Item(word.start, word.end, OTHER, None, number))
        elif kinds:
            items.append(Item(word.start, words[number + length - 1].end, kinds, value, number))
        number += length
    return items


def _stands_here(words: list[Word], number: int, phrase: tuple[str, ...]) -> bool:
    """Return whether the words of a phrase follow one another from here."""
    here = words[number : number + len(phrase)]
    return len(here) == len(phrase) and all(
        word.text.casefold().replace("\u2019", "'") == part for word, part in zip(here, phrase, strict=True)
    )


def _read_word(text: str, lower: str, lexicon: dict[str, tuple[frozenset[str], Any]]) -> tuple[frozenset[str], Any]:
    """Return kinds and value of a word; a name of the calendar that is a word of another sort must have its capital."""
    entry = lexicon.get(lower)
    if entry is None:
        return OTHER, None
    if "capital" in entry[0] and not text[0].isupper():
        rest = entry[0] & LOWER_TOO
        return (rest, entry[1]) if rest else (OTHER, None)
    return entry


def _read_figure(
    text: str, word: Word, lower: str, lexicon: dict[str, tuple[frozenset[str], Any]]
) -> tuple[frozenset[str], Any]:
    """Return kinds and value of a figure or a mark."""
    group = word.group
    if group in FIGURE_GROUPS:
        glued = group in {"slashed", "short", "clock"} and _is_glued(text, word)
        kinds = {group, "padded"} if group == "short" and len(word.text) == PADDED_CHARS else {group}
        return (OTHER, None) if glued else (frozenset(kinds), word.text)
    if group == "ordinal":
        return frozenset({"ordinal", "figure_ordinal"}), int(word.text[:-2])
    if group != "number":
        return lexicon.get(lower, (OTHER, None))
    if _is_glued(text, word) or len(word.text) > MAX_FIGURES:
        return OTHER, None
    if not word.text.isdigit():
        tenths = word.text.replace(",", "") if "," in word.text else word.text
        return (frozenset({"decimal"}), float(tenths)) if tenths.count(".") == 1 else (OTHER, None)
    return figure_kinds(word.text), int(word.text)


def figure_kinds(figures: str) -> frozenset[str]:
    """Return what a whole number can be."""
    worth, kinds = int(figures), {"figure", "number"}
    if len(figures) <= SHORT_CHARS:
        kinds |= {"day"} if 1 <= worth <= DAYS_MAX else {"bad_day"}
        kinds |= {"hour"} if worth <= HOURS_MAX else set()
        kinds |= {"two"} if len(figures) == SHORT_CHARS else set()
    if len(figures) >= YEAR_CHARS:
        kinds.add("year" if FIRST_YEAR <= worth <= LAST_YEAR and len(figures) == YEAR_CHARS else "far_year")
    return frozenset(kinds)


def _is_glued(text: str, word: Word) -> bool:
    """Return whether a figure hangs on a letter or a mark that makes it no time."""
    before_marks, after_marks, units, letters = _glue()
    before, after = text[word.start - 1 : word.start], text[word.end : word.end + 1]
    if before and (before.isalnum() or before in before_marks):
        return True
    beyond = text[word.end + 1 : word.end + 2]
    if after in {"-", "\u2011"} and beyond.isalpha():
        return text[word.end + 1 : word.end + 12].casefold().startswith(units)
    if after and (after in after_marks):
        return True
    return after.isalpha() and text[word.end : word.end + 2].casefold() not in letters


@cache
def _glue() -> tuple[str, str, tuple[str, ...], frozenset[str]]:
    """Return what glues a figure from before and from behind, and what does not though it stands beside it."""
    rules = load_rules("en", "times")["glue"]
    return rules["before"], rules["after"], tuple(rules["units"]), frozenset(rules["letters"])


@cache
def _lexicon() -> dict[str, tuple[frozenset[str], Any]]:
    """Return word -> kinds and what it is worth as each of them, from the rules."""
    out: dict[str, dict[str, Any]] = {}
    for kind, words in load_rules("en", "times")["words"].items():
        pairs = words.items() if isinstance(words, dict) else ((word, kind) for word in words)
        for word, value in pairs:
            out.setdefault(word, {})[kind] = value
    return {word: (frozenset(values), values) for word, values in out.items()}


@cache
def _phrases() -> dict[str, tuple[tuple[tuple[str, ...], frozenset[str], Any], ...]]:
    """Return first word -> phrases with kinds and value, the longest first."""
    out: dict[str, list[tuple[tuple[str, ...], frozenset[str], Any]]] = {}
    for kind, phrases in load_rules("en", "times")["phrases"].items():
        for phrase, value in phrases.items():
            parts = tuple(found.group() for found in TOKEN.finditer(phrase))
            out.setdefault(parts[0], []).append((parts, frozenset({kind}), value))
    return {first: tuple(sorted(found, key=lambda entry: -len(entry[0]))) for first, found in out.items()}


@cache
def known_kinds() -> tuple[frozenset[str], ...]:
    """Return every set of kinds that an item made of words and figures can have."""
    words = [kinds for kinds, _ in _lexicon().values()]
    figures = [figure_kinds(f"{worth:0{width}}") for width in range(1, 5) for worth in (*range(100), 1000, 2500)]
    return (
        frozenset({"break"}),
        frozenset({"decimal"}),
        frozenset({"short", "padded"}),
        frozenset({"ordinal", "figure_ordinal"}),
        figure_kinds("1" * MAX_FIGURES),
        *words,
        *(kinds & LOWER_TOO for kinds in words),
        *figures,
        *(frozenset({kind}) for kind in (*FIGURE_GROUPS, *load_rules("en", "times")["phrases"])),
    )
