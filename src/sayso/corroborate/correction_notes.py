"""What documents say was wrong in them or elsewhere, and which figures that is.

A correction is a credit of that kind, or a sentence that says of itself or of another text that something in it was
wrong. Its old and new figure are read by the words between them ("40, not 14"; "from 14 to 40"; "an earlier version
gave 14").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from sayso.corroborate.claim_features import read_bounds
from sayso.corroborate.figures_apart import find_things
from sayso.corroborate.mentions import telling_words
from sayso.corroborate.rulebook import load_rules
from sayso.records import CreditKind
from sayso.text import find_sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sayso.corroborate.claim_facts import MentionFacts
    from sayso.records import Document, Quantity, Reading

# A note of correction is read to here; a sentence after it that belongs to it is read too.
NOTE_MAX_CHARS = 1_000
# The words after a figure that say what is counted.
THING_WORDS = 4
EITHER_SIDE_CHARS = 120
WORD_OR_FIGURE = re.compile(r"[a-z]+|\d[\d,]{0,20}(?:\.\d{1,9})?", re.IGNORECASE)
SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What a document says was wrong.

    Attributes:
        document: Id of the document that says so.
        text: The note, as written.
        old: The wrong figure; None where none could be read.
        new: The right one; None where none is given.
        old_words: The wrong figure as written; empty where none could be read.
        new_words: The right one as written; empty where none is given.
        things: Stems of the words behind the figures: what is counted; of the whole note where none stand there.
        why: By which words it was read.
    """

    document: str
    text: str
    old: Decimal | None
    new: Decimal | None
    old_words: str
    new_words: str
    things: frozenset[str]
    why: str


def find_corrections(reading: Reading) -> list[Correction]:
    """Return what a document says was wrong in it or elsewhere, each note once."""
    found: dict[tuple[str, str], Correction] = {}
    for text, why in _iter_notes(reading.document):
        read = _read_note(reading.document.id, text[:NOTE_MAX_CHARS], why)
        found.setdefault((read.old_words, read.new_words), read)
    whole = {part for key in found if all(key) for part in (("old", key[0]), ("new", key[1]))}
    return [
        one
        for (old, new), one in found.items()
        # A note that gives one figure of another note says the same.
        if (old and new) or ((old or new or len(found) == 1) and not {("old", old), ("new", new)} & whole)
    ]


def _iter_notes(doc: Document) -> Iterator[tuple[str, str]]:
    """Yield the texts that correct something, with how they were known."""
    for credit in doc.credits:
        if credit.kind is CreditKind.CORRECTION:
            yield credit.text, "the page has a note of correction"
    pattern = _compile_marks()
    sentences = find_sentences(doc.text)
    for i, (start, end) in enumerate(sentences):
        mark = pattern.search(doc.text, start, end)
        if mark is not None:
            last = sentences[i + 1][1] if i + 1 < len(sentences) else end
            yield doc.text[start:last], f"it says “{mark.group()}”"


@cache
def _compile_marks() -> re.Pattern[str]:
    """Return the pattern of the words by which a text corrects something."""
    marks = sorted(load_rules("disputes")["correction_marks"], key=len, reverse=True)
    return re.compile("|".join(rf"\b{re.escape(mark)}" for mark in marks), re.IGNORECASE)


@cache
def _compile_turns() -> tuple[re.Pattern[str], ...]:
    """Return the patterns that hold an old and a new figure, the surest first; all of them in linear time."""
    words = "|".join(sorted(_number_words(), key=len, reverse=True))
    scale = "|".join(SCALES)
    figure = rf"(?:(?:\d{{1,12}}(?:,\d{{3}}){{0,4}}(?:\.\d{{1,4}})?|\b(?:{words})\b)(?:\s(?:{scale})\b)?)"
    old, new = rf"(?P<old>{figure})", rf"(?P<new>{figure})"
    gap = rf"[^.;:?!]{{0,{EITHER_SIDE_CHARS}}}?"
    return tuple(
        re.compile(pattern, re.IGNORECASE)
        for pattern in (
            rf"{new}(?:\s+[\w\u2019'-]+){{0,3}},?\s+(?:and\s+|but\s+)?(?:not|rather than|instead of)\s+{old}",
            rf"not\s+{old}(?:\s+[\w\u2019'-]+){{0,3}}\s*,?\s+but\s+{new}",
            rf"\bfrom\s+{old}{gap}\bto\s+{new}",
            rf"\b(?:version|report|story|article|misstated|incorrectly|wrongly)\b{gap}{old}{gap}[.;:]\s.{{0,{EITHER_SIDE_CHARS}}}?{new}",
            rf"\b(?:version|report|story|article|misstated|incorrectly|wrongly)\b{gap}{old}",
            rf"\b(?:should have|to say|to read|is now|in fact)\b{gap}{new}",
            rf"\bcorrect\w*\b{gap}\bto\s+{new}",
        )
    )


@cache
def _number_words() -> dict[str, int]:
    """Return the small numbers that are written as words."""
    return {word: value for value, word in enumerate(load_rules("disputes")["number_words"].split())}


def _read_note(document: str, text: str, why: str) -> Correction:
    """Return a note's old and new figure, by the first pattern that holds."""
    for pattern in _compile_turns():
        found = pattern.search(text)
        if found is None:
            continue
        parts = found.groupdict()
        old, new = parts.get("old") or "", parts.get("new") or ""
        ends = [found.end(name) for name in parts if parts[name]]
        things = frozenset(word for end in ends for word in _find_following(text, end))
        return Correction(
            document=document,
            text=text,
            old=_to_number(old),
            new=_to_number(new),
            old_words=old,
            new_words=new,
            things=things or frozenset(telling_words(text)),
            why=why,
        )
    return Correction(
        document=document, text=text, old=None, new=None, old_words="", new_words="", things=frozenset(), why=why
    )


def _find_following(text: str, end: int) -> list[str]:
    """Return the stems of the words right behind a figure, to the end of its clause."""
    behind = re.split(r"[.,;:?!]", text[end : end + EITHER_SIDE_CHARS])[0]
    return [word for word in telling_words(" ".join(behind.split()[:THING_WORDS])) if not word[0].isdigit()]


def list_figures(text: str) -> frozenset[str]:
    """Return the numbers that stand in a text, those written as words too, in digits."""
    small = _number_words()
    words = (found.group().casefold() for found in WORD_OR_FIGURE.finditer(text))
    return frozenset(
        str(small[word]) if word in small else word.replace(",", "")
        for word in words
        if word in small or word[0].isdigit()
    )


def fold_figure(words: str) -> str:
    """Return a figure as written in small letters and digits, to compare it with others: ``at least 12``."""
    return " ".join(str(_number_words().get(word, word)) for word in words.casefold().split())


def _to_number(words: str) -> Decimal | None:
    """Return a figure as a number; None for no figure."""
    if not words:
        return None
    figure, _, scale = words.lower().partition(" ")
    small = _number_words().get(figure)
    number = Decimal(figure.replace(",", "")) if small is None else Decimal(small)
    return number * SCALES.get(scale.strip(), 1)


def carries(facts: MentionFacts, figure: Decimal | None, things: frozenset[str]) -> bool:
    """Return whether a mention gives a figure of what was corrected."""
    return any(carries_figure(facts, figure, things, quantity) for quantity in facts.quantities)


def carries_figure(facts: MentionFacts, figure: Decimal | None, things: frozenset[str], quantity: Quantity) -> bool:
    """Return whether one of a mention's quantities is a figure of what was corrected."""
    return figure is not None and _is_figure(quantity, figure) and _is_of(facts, quantity, things)


def _is_figure(quantity: Quantity, figure: Decimal) -> bool:
    """Return whether a quantity is that number, as one of its bounds."""
    return figure in read_bounds(quantity)


def _is_of(facts: MentionFacts, quantity: Quantity, things: frozenset[str]) -> bool:
    """Return whether a quantity counts what was corrected, as far as it says what it counts."""
    own = find_things(quantity) or facts.actions | facts.targets
    return not own or bool(things & own)
