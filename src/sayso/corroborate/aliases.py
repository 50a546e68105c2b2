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
WORD = re.compile(r"[^\W\d_]+(?:[’'.-][^\W\d_]+)*")
GAP_BEFORE = re.compile(r",? ?[(]?")
GAP_AFTER = re.compile(r" [\"“‘']?")
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
    phrases = sorted(load_rules("aliases")["phrases"], key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, phrases))})(?!\w)")


def _iter_known_as(text: str, document: str) -> Iterator[Alias]:
    """Yield what "also known as" and its like give: the names on either side of these words."""
    for match in _known_as().finditer(text):
        before = list(WORD.finditer(text, max(0, match.start() - BEFORE_CHARS), match.start()))
        after = list(WORD.finditer(text, match.end(), match.end() + BEFORE_CHARS))
        long = _take_name(
            text, before[::-1], GAP_BEFORE.fullmatch(text, before[-1].end(), match.start()) if before else None
        )
        is_article = bool(after) and after[0][0] in {"the", "The"}
        opened = GAP_AFTER.fullmatch(text, match.end(), after[0].start()) if after else None
        short = _take_name(text, after[is_article:], opened)
        if long and short and text[long[0] : long[1]].casefold() != text[short[0] : short[1]].casefold():
            start = after[0].start() if is_article else short[0]
            yield Alias(
                short=text[start : short[1]],
                long=text[long[0] : long[1]],
                document=document,
                start=long[0],
                end=short[1],
            )


def _take_name(text: str, words: list[re.Match[str]], opened: re.Match[str] | None) -> tuple[int, int] | None:
    """Return where the run of capitalised words ends or begins that these words open with; None where none does."""
    taken: list[re.Match[str]] = []
    for word in words[:MAX_WORDS] if opened else ():
        is_next = not taken or text[min(taken[-1].end(), word.end()) : max(taken[-1].start(), word.start())] == " "
        if not is_next or not (word[0][0].isupper() or word[0] in SMALL):
            break
        taken.append(word)
    while taken and not taken[-1][0][0].isupper():
        taken.pop()
    if not taken or not taken[0][0][0].isupper():
        return None
    return min(word.start() for word in taken), max(word.end() for word in taken)
