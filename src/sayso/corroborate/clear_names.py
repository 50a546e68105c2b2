"""Which names are clear enough to say that two parties are not one.

Another name is not another party: a government, its ministry and the building that it sits in go by many names, and
what was read as a person may be an initialism or a whole clause. Where this is not clear, it stays unknown.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sayso.corroborate.name_words import Build, parse_name
from sayso.corroborate.rulebook import load_rules
from sayso.corroborate.spelling import fold_word
from sayso.corroborate.story_marks import list_function_words

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

# A longer one is a description, or several persons.
MOST_WORDS = 4
INITIALISM_MOST = 6
CUTS = re.compile(r"[,;:()\[\]“”\"/—–&]")
# What stands before one of these is what sort of body it is: a ministry of health.
LINKS = ("of", "for", "on")


def is_clear_person(name: str) -> bool:
    """Return whether a name is written as persons' names are: a few words with capitals, titles and particles apart."""
    rules = load_rules("names")
    words = re.sub(r"['’]s$", "", name.strip()).split()
    told = [word for word in words if fold_word(word) not in rules["titles"]] or words
    if CUTS.search(name) or not 0 < len(told) <= MOST_WORDS:
        return False
    plain = [word for word in told if fold_word(word) not in rules["particles"] or word[0].isupper()]
    if not plain or not all(any(letter.isupper() for letter in word) for word in plain):
        return False
    letters = plain[0].replace(".", "")
    is_initialism = letters.isupper() and len(letters) <= INITIALISM_MOST
    return len(plain) > 1 or not (is_initialism or fold_word(plain[0]) in list_function_words())


def have_one_head(one: str, other: str) -> bool:
    """Return whether two bodies are of one sort by their names: two ministries, two parties, two companies."""
    left, right = _find_head(one), _find_head(other)
    return left is not None and left == right


def _find_head(name: str) -> str | None:
    """Return the word of a body's name that says what sort of body it is; None where it is of one word."""
    parsed = parse_name(name, Build.BODY)
    words = [word.text for word in parsed.words]
    if parsed.is_acronym or len([word for word in parsed.words if not word.is_particle]) < 2:  # noqa: PLR2004
        return None
    for place, word in enumerate(words):
        if place and word in LINKS:
            return words[place - 1]
    return words[-1]


def name_two_countries(one: Collection[str], other: Collection[str], countries: Mapping[str, int]) -> bool:
    """Return whether the names of two parties are those of two countries.

    Args:
        one: The names of the one.
        other: Those of the other.
        countries: The country that each name stands for where it was read as a country's.
    """
    left = {countries.get(fold_country(name)) for name in one}
    right = {countries.get(fold_country(name)) for name in other}
    return None not in left | right and len(left) == len(right) == 1 and left != right


def fold_country(name: str) -> str:
    """Return a name as countries are looked up by."""
    return name.casefold().removeprefix("the ").strip()
