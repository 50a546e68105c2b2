"""Whom a speaker has it from, where the text says so: "the minister said, citing the general".

Who is behind a speaker is the root, and the speaker carries it. Where it cannot be found who that is, what the speaker
says is not known to be his own: his attribution is only possible.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from sayso.corroborate.rulebook import load_rules
from sayso.text import find_sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sayso.records import Attribution, Source

# Between the words that rely on somebody and his name: "the report in", "General".
REACH = 40
WORD = re.compile(r"[\w’'-]+")


def find_relied(text: str, sources: Mapping[str, Source], row: Attribution) -> tuple[bool, Source | None]:
    """Return whether the text says that a row's speaker has it from somebody, and whom, if that is a source of it.

    Args:
        text: The text.
        sources: Its sources, by id.
        row: The row.
    """
    if not row.cue_spans:
        return False, None
    cue = row.cue_spans[0]
    sentences = _split(text)
    place = bisect_right(sentences, (cue.start, len(text))) - 1
    if place < 0 or cue.start >= sentences[place][1]:
        return False, None
    start, end = sentences[place]
    for found in _relying_pattern().finditer(text, start, end):
        if any(span.start <= found.start() < span.end for span in row.content_spans):
            continue
        before = _list_named(sources, start, found.start())
        named = _list_named(sources, found.end(), min(end, found.end() + REACH))
        if (before and before[-1].id != row.source) or any(source.id == row.source for source in named):
            # Somebody else relies on him: who carries it from there was read already.
            continue
        if named:
            return True, named[0]
        if _is_party(text[found.end() : end]):
            return True, None
    return _was_told(text, sentences[place : place + 2]), None


@lru_cache(maxsize=256)
def _split(text: str) -> tuple[tuple[int, int], ...]:
    """Return the sentences of a text, which is asked about row by row."""
    return tuple(find_sentences(text))


def _list_named(sources: Mapping[str, Source], start: int, end: int) -> list[Source]:
    """Return the sources that are named between two places, the first first."""
    found: list[tuple[int, Source]] = [
        (span.start, source) for source in sources.values() for span in source.mentions if start <= span.start < end
    ]
    return [source for _, source in sorted(found, key=lambda item: (item[0], item[1].id))]


def _is_party(after: str) -> bool:
    """Return whether words behind "citing" may be somebody, and no reason: "citing safety concerns"."""
    words = [found.group().casefold() for found in WORD.finditer(re.split(r"[,;:.]", after, maxsplit=1)[0])]
    reasons = set(load_rules("joining")["relying"]["reasons"])
    return bool(words) and not reasons.intersection(words[:4])


def _was_told(text: str, sentences: Sequence[tuple[int, int]]) -> bool:
    """Return whether a sentence, or the one behind it if it goes on about the same speaker, says who told him."""
    for number, (start, end) in enumerate(sentences):
        if number and _goes_on_pattern().match(text, start, end) is None:
            continue
        if _told_pattern().search(text, start, end) is not None:
            return True
    return False


def _join_words(words: Iterable[str]) -> str:
    return "|".join(re.escape(one) for one in sorted(words, key=len, reverse=True))


@cache
def _relying_pattern() -> re.Pattern[str]:
    words = _join_words(load_rules("joining")["relying"]["words"])
    # "The general was quoted by the paper" turns it round.
    after = _join_words(load_rules("joining")["relying"]["passive"])
    return re.compile(rf"\b(?:{words})\s(?!(?:{after})\b)", re.IGNORECASE)


@cache
def _told_pattern() -> re.Pattern[str]:
    rules = load_rules("joining")["relying"]
    return re.compile(
        rf"\b(?:{_join_words(rules['told'])})\s(?:him|her|them|it)\s(?:{_join_words(rules['so'])})\b"
        rf"|\b(?:{_join_words(rules['from'])})\b",
        re.IGNORECASE,
    )


@cache
def _goes_on_pattern() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:{_join_words(load_rules('joining')['relying']['goes_on'])})\b", re.IGNORECASE)
