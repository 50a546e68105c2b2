"""Other names that an article itself gives: an acronym in brackets, "known as"."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from sayso.corroborate.name_features import spells
from sayso.corroborate.name_words import Build, parse_name
from sayso.corroborate.rulebook import load_rules
from sayso.records import Alias

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_WORDS: Final = 10
BEFORE_CHARS: Final = 160
BRACKETED = re.compile(r"[(\[]\s*(?:(?:or|the|hereafter)\s+)?[\"“‘']?([A-Z][A-Za-z.&-]{0,8}[A-Z.])[\"”’']?\s*[)\]]")
NAME = r"(?:[A-Z][\w’'.-]{0,30}(?: (?:of|the|for|and|de|bin|al|van|von) ){0,1} ?){1,6}"
WORD = re.compile(r"[^\W\d_]+(?:[’'.-][^\W\d_]+)*")
SMALL: Final = frozenset(
    {"of", "the", "for", "and", "on", "in", "to", "de", "du", "la", "des", "der", "di", "del", "e", "y"}
)


def find_aliases(text: str, *, document: str) -> list[Alias]:
    """Return the other names that a text gives, in order of place. Time is linear in the text's length."""
    found = [*_iter_acronyms(text, document), *_iter_known_as(text, document)]
    return sorted(found, key=lambda alias: (alias.start, alias.end))


def _iter_acronyms(text: str, document: str) -> Iterator[Alias]:
    """Yield what capitals in brackets stand for: the words before them that begin with its letters."""
    for match in BRACKETED.finditer(text):
        short = match[1]
        begin = max(0, match.start() - BEFORE_CHARS)
        words = list(WORD.finditer(text, begin, match.start()))
        for start in _iter_starts(text, words, short):
            long = text[start : match.start()].rstrip(" ,")
            yield Alias(short=short, long=long, document=document, start=start, end=match.end())
            break


def _iter_starts(text: str, words: list[re.Match[str]], short: str) -> Iterator[int]:
    """Yield where the words begin whose initials an acronym is; the shortest stretch first."""
    acronym = parse_name(short, Build.BODY)
    for count in range(2, min(MAX_WORDS, len(words)) + 1):
        first = words[-count]
        if first[0].casefold() in SMALL or not first[0][0].isupper():
            continue
        stretch = text[first.start() : words[-1].end()]
        if "." in stretch.replace("U.S.", "").replace("U.N.", "") or "\n" in stretch:
            return
        if spells(acronym, parse_name(stretch, Build.BODY)):
            yield first.start()


@lru_cache(maxsize=1)
def _known_as() -> re.Pattern[str]:
    """Return the pattern of the words that introduce another name."""
    phrases = "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in load_rules("aliases")["phrases"])
    return re.compile(rf"\b({NAME})\s?,?\s?(?:{phrases})\s+[\"“‘']?((?:the )?{NAME})")


def _iter_known_as(text: str, document: str) -> Iterator[Alias]:
    """Yield what "also known as" and its like give."""
    for match in _known_as().finditer(text):
        long, short = match[1].strip(" ,.'’"), match[2].strip(" ,.'’")
        if long and short and long.casefold() != short.casefold():
            yield Alias(short=short, long=long, document=document, start=match.start(1), end=match.end(2))
