"""Rows that stand against something by what they name: denials and refusals of a word or two, and implied ones.

"Has yet to verify the crossing", "found no sign of sabotage", "knows of no such plan", "declined to comment on the
report": such a content claims too little to be compared as a telling. What it names can still be looked for. To have
found no sign of a thing is not to deny it: that is a doubt, and the party's own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from sayso.corroborate.rulebook import load_rules
from sayso.corroborate.story_marks import POSSESSIVE, WORD, cut_word, list_function_words
from sayso.records import LOW_CONFIDENCE, DisputeKind, Stance
from sayso.text import span_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sayso.records import Attribution, Reading, Span

KINDS = {
    Stance.DENIES: DisputeKind.DENIAL,
    Stance.DOUBTS: DisputeKind.DOUBT,
    Stance.DECLINES: DisputeKind.REFUSAL,
}
# What is implied is read only where somebody says something, and not where he asks or wants it.
HOLDS = frozenset({Stance.ASSERTS, Stance.CONFIRMS, Stance.BELIEVES, Stance.DOUBTS})
# A full stop after a word of two letters may be that of a title.
ENDS_CHARS = re.compile(r"[,;:!?—–()\n]\s|(?<=[^\W\d_]{3})\.\s|[“”\"]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A row that stands against what it names.

    Attributes:
        row: The row.
        kind: As what.
        words: The stems of all that it names.
        head: Those of the first thing that it names, all of which must be there.
        names: What it names, as written.
        owner: Whose account it is of, the stems of that; empty where no account is named.
        saying: The stem of the word for something said that it names ("report"); None where it names a thing.
        is_such: Whether it is of the kind that was spoken of last ("no such plan").
        implied: The words by which it is only implied; None where the row's stance says so.
        span: From these words, or the row's content, on.
    """

    row: Attribution
    kind: DisputeKind
    words: tuple[str, ...]
    head: frozenset[str]
    names: str
    owner: frozenset[str]
    saying: str | None
    is_such: bool
    implied: str | None
    span: Span


def find_standing(reading: Reading) -> list[Standing]:
    """Return the rows of a document that stand against something; of two that overlap the inner one."""
    found: list[Standing] = []
    for row in reading.attributions:
        if row.confidence >= LOW_CONFIDENCE and row.content_spans:
            one = next(_read_row(reading, row), None)
            if one is not None:
                found.append(one)
    found.sort(key=lambda one: (one.row.content_spans[-1].end - one.row.content_spans[0].start, one.row.id))
    kept: list[Standing] = []
    for one in found:
        if not any(one.span.start < other.span.end and other.span.start < one.span.end for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: (one.span.start, one.row.id))


def implies_against(words: str) -> bool:
    """Return whether words imply that something is not so, or not known to be so."""
    return bool(_pattern("implied_doubt").search(words) or _pattern("implied_denial").search(words))


def _read_row(reading: Reading, row: Attribution) -> Iterator[Standing]:
    """Yield what a row stands against."""
    text = reading.document.text
    if row.stance in HOLDS:
        for span in row.content_spans:
            # "knows of | no such plan": the cue that stands right before belongs to it.
            cue = next((c for c in row.cue_spans if c.end <= span.start and not text[c.end : span.start].strip()), None)
            start = span.start if cue is None else cue.start
            for rule, kind in (("implied_doubt", DisputeKind.DOUBT), ("implied_denial", DisputeKind.POLARITY)):
                hit = _pattern(rule).search(text, start, span.end)
                if hit is None or len(WORD.findall(text[start : hit.start()])) > _rules()["before_most"]:
                    continue
                # "Found no sign of": what is named stands after the words that reach furthest.
                further = _pattern(rule).search(text, hit.start() + 1, span.end)
                end = hit.end() if further is None or further.start() >= hit.end() else further.end()
                yield from _make(reading, row, kind, (hit.start(), end, span.end), implied=text[hit.start() : end])
                break
    kind_read = KINDS.get(row.stance)
    if kind_read is not None:
        first = row.content_spans[0]
        at = first.start
        if row.stance is Stance.DECLINES:
            cue = next((c for c in row.cue_spans if c.end <= first.start), first)
            after = _after_pattern().search(text, cue.start, first.end)
            if after is None:
                return
            at = max(first.start, after.end())
        yield from _make(reading, row, kind_read, (first.start, at, first.end), implied=None)


def _make(
    reading: Reading, row: Attribution, kind: DisputeKind, places: tuple[int, int, int], *, implied: str | None
) -> Iterator[Standing]:
    """Yield a row with what it names; nothing where it names nothing, or takes it for granted.

    Args:
        reading: The document's reading.
        row: The row.
        kind: As what it stands against something.
        places: Where that begins, where what is named begins, and where the row's content ends.
        implied: The words by which it is implied.
    """
    start, begins, ends = places
    text = reading.document.text
    tokens = _cut_out(text, begins, ends)
    if not tokens:
        return
    small = [word.lower() for word, _ in tokens]
    if small[0] in _rules()["asks"] or any(
        word in _rules()["negates"] or word.endswith(("n't", "n’t")) for word in small
    ):
        return
    is_such = small[0] == "such"
    head, owner, saying, rest = _read_head(tokens)
    while saying is not None and len(rest) > 1 and rest[0].lower() in {"of", "that", "about"}:
        # "The report of a crossing" names the crossing.
        tokens = tokens[-len(rest) + 1 :]
        head, owner, saying, rest = _read_head(tokens)
    words = tuple(dict.fromkeys(_stem(word) for word, _ in tokens if _tells(word)))
    if not words and not is_such:
        return
    yield Standing(
        row=row,
        kind=kind,
        words=words,
        head=head,
        names=text[begins : tokens[-1][1]].strip(),
        owner=owner,
        saying=saying,
        is_such=is_such,
        implied=implied,
        span=span_at(text, start, max(tokens[-1][1], start + 1)),
    )


def _cut_out(text: str, begins: int, ends: int) -> list[tuple[str, int]]:
    """Return the words of what is named, each with its end: to the end of the clause."""
    stop = ENDS_CHARS.search(text, begins, ends)
    if stop is not None and not text[begins : stop.start()].strip():
        stop = ENDS_CHARS.search(text, stop.end(), ends)
    tokens: list[tuple[str, int]] = []
    for found in WORD.finditer(text, begins, ends if stop is None else stop.start()):
        if tokens and found.group().lower() in _rules()["ends"]:
            break
        tokens.append((found.group(), found.end()))
    return tokens[: _rules()["words_most"]]


def _read_head(tokens: list[tuple[str, int]]) -> tuple[frozenset[str], frozenset[str], str | None, list[str]]:
    """Return the stems of the first thing named, whose it is, what word for something said it is, and what follows."""
    words = [word for word, _ in tokens]
    first = next((i for i, word in enumerate(words) if _tells(word)), len(words))
    last = next((i for i in range(first, len(words)) if not _tells(words[i])), len(words))
    run = words[first:last]
    if not run or _stem(run[-1]) not in _list_sayings():
        return frozenset(_stem(word) for word in run), frozenset(), None, words[last:]
    owners = [i for i, word in enumerate(run) if POSSESSIVE.search(word)]
    owner = frozenset(_stem(word) for word in run[: owners[-1] + 1]) if owners else frozenset[str]()
    return frozenset(), owner, _stem(run[-1]), words[last:]


def _tells(word: str) -> bool:
    return word.lower() not in list_function_words() and word.lower() not in _rules()["empty"]


def _stem(word: str) -> str:
    return cut_word(POSSESSIVE.sub("", word.lower()))


def _rules() -> dict[str, Any]:
    return load_rules("disputes")["named"]  # type: ignore[no-any-return]


@cache
def _list_sayings() -> frozenset[str]:
    return frozenset(cut_word(word) for word in _rules()["sayings"].split())


@cache
def _pattern(rule: str) -> re.Pattern[str]:
    """Return the pattern of some words in order, an adverb between two of them or none."""
    between = r"(?:\s\w{2,20}ly)?\s"
    longest_first = sorted(_rules()[rule], key=len, reverse=True)
    phrases = [between.join(re.escape(word) for word in phrase.split()) for phrase in longest_first]
    return re.compile(rf"\b(?:{'|'.join(phrases)})\b", re.IGNORECASE)


@cache
def _after_pattern() -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(_rules()["declined_after"]) + r")\b", re.IGNORECASE)
