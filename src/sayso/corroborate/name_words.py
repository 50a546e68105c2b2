"""A name taken apart: its words, titles, generation, legal form and figures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from sayso.corroborate.rulebook import load_rules
from sayso.corroborate.spelling import find_skeleton, fold_word, is_vowelless
from sayso.records import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_WORDS: Final = 10
"""Of a longer name only so many words are compared."""
MAX_CHARS: Final = 400
PART = re.compile(r"[^\W_]+(?:['’‘`´\u02bc\u02bb.][^\W_]+)*\.?|&")
JOINED = re.compile(r"(?<=[a-z\u00df-\u00f6\u00f8-\u00ff])(?=[A-Z])")
LETTERS_WITH_POINTS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]?\.?")
INITIALISM = re.compile(r"\b(?:[^\W\d_] ?\. ?)+(?:[^\W\d_]\b\.?)?")
POSSESSIVE = re.compile(r"['’]s?$")
FIGURES = re.compile("[0-9]+")
ORDINAL = re.compile("([0-9]+)(?:st|nd|rd|th)")
IN_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]{1,60}[)\]]\s*")
CAPITALS_IN_BRACKETS = re.compile(r"\s*[(\[][A-Z][A-Za-z.&]{0,9}[A-Z.][)\]]\s*")
ROMAN = re.compile("(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})")
ROMAN_VALUES: Final = {"I": 1, "V": 5, "X": 10}
CORPORATION: Final = "corporation"
ACRONYM_MAX: Final = 6


class Build(StrEnum):
    """How a name is built: a person's, or that of anything else."""

    PERSON = "person"
    BODY = "body"


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One word of a name.

    Attributes:
        text: Folded, and in the one spelling that the lists have for it.
        skeleton: The consonants of its sound.
        is_initial: Whether it is one letter that stands for a word.
        is_particle: Whether it is of those that come and go.
        is_generic: Whether half of all bodies have it in their name.
        is_vowelless: Whether it was written in a script that leaves vowels out.
    """

    text: str
    skeleton: str
    is_initial: bool = False
    is_particle: bool = False
    is_generic: bool = False
    is_vowelless: bool = False

    @property
    def weight(self) -> float:
        """How much it tells of who is meant: its letters, fewer for small and common words."""
        letters = float(min(len(self.text), 8))
        return letters * (0.25 if self.is_particle else 0.5 if self.is_generic else 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name taken apart.

    Attributes:
        written: As it was given.
        build: A person's or a body's.
        folded: Its words, one space between them.
        words: What it is compared by, in the order of the name (given name first where it was written behind a comma).
        titles: The titles that were taken off, folded.
        generation: ``jr``, ``sr``, ``2`` …; "" where none is written.
        legal_form: A class of the list of legal forms; "" where none is written.
        figures: The numbers in it, in order.
        is_acronym: Whether it is one word of a few capitals.
    """

    written: str
    build: Build
    folded: str
    words: tuple[Word, ...]
    titles: frozenset[str] = frozenset()
    generation: str = ""
    legal_form: str = ""
    figures: tuple[str, ...] = ()
    is_acronym: bool = False

    def __hash__(self) -> int:
        """Return the hash of what all the rest follows from."""
        return hash((self.written, self.build))

    @property
    def own_words(self) -> tuple[Word, ...]:
        """The words and initials without particles."""
        return tuple(word for word in self.words if not word.is_particle)


def build_of(kind: Kind) -> Build:
    """Return how names of this kind are built."""
    return Build.PERSON if kind is Kind.PERSON else Build.BODY


@lru_cache(maxsize=65_536)
def parse_name(written: str, build: Build) -> Name:
    """Return a name taken apart. A name of which nothing is left keeps its words as they are; it may have none."""
    short = written[:MAX_CHARS]
    return _parse_person(short, written) if build is Build.PERSON else _parse_body(short, written)


def _parse_person(short: str, written: str) -> Name:
    rules = load_rules("names")
    head, comma, tail = short.partition(",")
    ordered = f"{tail} {head}" if comma and len(tail.split()) and not _is_tail(tail) else short.replace(",", " ")
    parts = _split(IN_BRACKETS.sub(" ", ordered), build=Build.PERSON)
    titles: set[str] = set()
    generation = ""
    last = len(parts)
    while last > 1 and (parts[last - 1][0] in rules["generations"] or parts[last - 1][0] in rules["honours"]):
        last -= 1
        generation = rules["generations"].get(parts[last][0], generation)
    parts = parts[:last]
    titled = set(rules["titles"])
    while len(parts) > 1 and parts[0][0] in titled:
        titles.add(parts.pop(0)[0])
    words = _make_words(parts[:MAX_WORDS], Build.PERSON)
    return Name(
        written=written,
        build=Build.PERSON,
        folded=_join(words),
        words=words,
        titles=frozenset(titles),
        generation=generation,
    )


def _join(words: tuple[Word, ...]) -> str:
    return " ".join(word.text for word in words)


def _is_tail(tail: str) -> bool:
    """Return whether what stands behind a comma is "Jr." or the like, and no given name."""
    rules = load_rules("names")
    return all(fold_word(word) in {*rules["generations"], *rules["honours"]} for word in tail.split())


def _parse_body(short: str, written: str) -> Name:
    split = _split(CAPITALS_IN_BRACKETS.sub(" ", short), build=Build.BODY)
    parts = [text for text, _ in split]
    raw = dict(split)
    parts, legal_form = _take_legal_form(parts)
    rules = load_rules("names")
    kept = [text for text in parts if text not in {"the", "and", "mv", "ms"} or len(parts) == 1]
    kept = kept[:1] + [_read_roman(text, raw.get(text, text)) for text in kept[1:]]
    words = _make_words([(text, raw.get(text, text)) for text in kept[:MAX_WORDS]], Build.BODY)
    figures = [found for text in kept if (found := _find_figure(text, rules["numbers"]))]
    letters = POSSESSIVE.sub("", short.strip()).removeprefix("the ").removeprefix("The ").replace(".", "")
    is_acronym = letters.isupper() and letters.isalnum() and 1 < len(letters) <= ACRONYM_MAX
    return Name(
        written=written,
        build=Build.BODY,
        folded=_join(words),
        words=words,
        legal_form=legal_form,
        figures=tuple(figures),
        is_acronym=is_acronym,
    )


def _read_roman(text: str, whole: str) -> str:
    """Return the number that a word in capitals writes in Roman figures, up to thirty-nine; else the word."""
    if whole and ROMAN.fullmatch(whole):
        value = 0
        for letter, following in zip(whole, [*whole[1:], "I"], strict=True):
            value += -ROMAN_VALUES[letter] if ROMAN_VALUES[letter] < ROMAN_VALUES[following] else ROMAN_VALUES[letter]
        return str(value)
    return text


def _find_figure(text: str, numbers: dict[str, str]) -> str:
    """Return the number that a word is, or begins with; "" where it is none."""
    return numbers.get(text, "") or (found[0].lstrip("0") or "0" if (found := FIGURES.search(text)) else "")


def _split(name: str, *, build: Build) -> list[tuple[str, str]]:
    """Return the words of a name: folded, and as written."""
    if build is Build.BODY:
        name = INITIALISM.sub(lambda found: re.sub(r"[. ]", "", found[0]) + " ", name).replace("&", " and ")
    parts: list[tuple[str, str]] = []
    for found in PART.findall(JOINED.sub(" ", name) if build is Build.PERSON else name):
        whole = POSSESSIVE.sub("", found)
        pieces = whole.split(".") if build is Build.PERSON and LETTERS_WITH_POINTS.fullmatch(whole) else [whole]
        for piece in pieces:
            folded = fold_word(piece)
            if folded:
                parts.append((folded, piece))
    return parts


def _take_legal_form(parts: list[str]) -> tuple[list[str], str]:
    """Return the words without the legal form at their head or end, and which form it is."""
    kept, form = _strip_forms(parts, {f: c for f, c in _legal_forms().items() if c != CORPORATION})
    # "Corporation" is a legal form only where no other is written.
    return (kept, form) if form else _strip_forms(parts, _legal_forms())


def _strip_forms(parts: list[str], forms: Mapping[tuple[str, ...], str]) -> tuple[list[str], str]:
    """Return the words without any of these legal forms at their head or end, and the first that was found."""
    found = ""
    longest = max(len(form) for form in forms)
    size = min(longest, len(parts) - 1)
    while size > 0:
        ends = ((parts[-size:], parts[:-size]), (parts[:size], parts[size:]))
        taken = next(((forms[tuple(part)], rest) for part, rest in ends if tuple(part) in forms), None)
        if taken:
            found, parts = found or taken[0], taken[1]
            size = min(longest, len(parts) - 1)
        else:
            size -= 1
    return parts, found


@lru_cache(maxsize=1)
def _legal_forms() -> dict[tuple[str, ...], str]:
    """Return the legal forms by their words."""
    return {tuple(text.split()): form for form, texts in load_rules("names")["legal_forms"].items() for text in texts}


def _make_words(parts: list[tuple[str, str]], build: Build) -> tuple[Word, ...]:
    rules = load_rules("names")
    generic = set(rules["generic"]["words"])
    words = []
    for number, (folded, whole) in enumerate(parts):
        text = folded
        # In front a particle is a given name: Ben, Al.
        may_go = folded in rules["particles"] and len(folded) > 1 and (number > 0 or build is Build.BODY)
        if build is Build.PERSON:
            text = rules["particles"][text] if may_go else text
            text = _read_digits(text, rules["digits_for_letters"])
        else:
            ordinal = ORDINAL.fullmatch(text)
            text = ordinal[1] if ordinal else rules["numbers"].get(text, rules["variants"].get(text, text))
        words.append(
            Word(
                text=text,
                skeleton=find_skeleton(text),
                is_initial=build is Build.PERSON and len(text) == 1,
                is_particle=may_go,
                is_generic=build is Build.BODY and (text in generic or folded in generic),
                is_vowelless=is_vowelless(whole),
            )
        )
    return tuple(words)


def _read_digits(text: str, letters: dict[str, str]) -> str:
    """Return a person's word with letters for figures, where it has both."""
    if text.isalpha() or text.isdigit():
        return text
    return "".join(letters.get(letter, letter) for letter in text)
