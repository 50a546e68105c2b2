"""Corrections, followed to every document that still carries the old figure.

A correction is a credit of that kind, or a sentence that says of itself or of another text that something in it was
wrong. Its old and new figure are read by the words between them ("40, not 14"; "from 14 to 40"; "an earlier version
gave 14"). What carries the old one still is found by the figure and by what is counted, within the same story.
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
from sayso.ids import finding_id
from sayso.records import CreditKind, Update, UpdateKind, WeighedFeature
from sayso.text import find_sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sayso.corroborate.claim_facts import MentionFacts
    from sayso.corroborate.disputes import Told
    from sayso.records import Document, Quantity, Reading, Story

# A note of correction is read to here; a sentence after it that belongs to it is read too.
NOTE_MAX_CHARS = 1_000
# The words after a figure that say what is counted.
THING_WORDS = 4
EITHER_SIDE_CHARS = 120
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
    return [one for key, one in found.items() if any(key) or len(found) == 1]


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


def _to_number(words: str) -> Decimal | None:
    """Return a figure as a number; None for no figure."""
    if not words:
        return None
    figure, _, scale = words.lower().partition(" ")
    small = _number_words().get(figure)
    number = Decimal(figure.replace(",", "")) if small is None else Decimal(small)
    return number * SCALES.get(scale.strip(), 1)


def follow_corrections(told: Told, stories: Iterable[Story] = ()) -> tuple[Update, ...]:
    """Return the corrections, each with every document of its story that still carries the old figure.

    Args:
        told: What the mentions of claims say.
        stories: Which documents tell of one event; without any, all are taken to.
    """
    story_of = {document: story.id for story in stories for document in story.documents}
    superseded = frozenset(doc.supersedes for doc in told.documents.values() if doc.supersedes)
    by_story: dict[str | None, list[MentionFacts]] = {}
    for facts in told.facts.values():
        by_story.setdefault(story_of.get(facts.mention.document), []).append(facts)
    updates = []
    for reading in told.readings.values():
        for correction in find_corrections(reading):
            near = by_story.get(story_of.get(reading.document.id), [])
            updates.append(_follow(correction, near, told.documents, superseded))
    return tuple(updates)


def _follow(
    correction: Correction,
    near: Sequence[MentionFacts],
    documents: Mapping[str, Document],
    superseded: frozenset[str],
) -> Update:
    """Return one correction with the mentions of its figures."""
    old = [facts for facts in near if _carries(facts, correction.old, correction.things)]
    new = [facts for facts in near if _carries(facts, correction.new, correction.things)]
    righted = {facts.mention.document for facts in new} | {correction.document}
    carriers = dict.fromkeys(
        facts.mention.document
        for facts in old
        if facts.mention.document not in righted and facts.mention.document not in superseded
    )
    elsewhere = next((f for f in old if f.mention.document != correction.document), old[0] if old else None)
    here = next((f for f in new if f.mention.document == correction.document), new[0] if new else None)
    features = [
        WeighedFeature(name="note", value=1.0, weight=0.0, why=f"{correction.why}: “{correction.text.strip()}”")
    ]
    features.extend(
        WeighedFeature(
            name="carried",
            value=1.0,
            weight=0.0,
            why=f"{documents[key].name} gives “{correction.old_words}” and not “{correction.new_words}”",
        )
        for key in carriers
    )
    first, second = (None if one is None else one.mention.id for one in (elsewhere, here))
    detail = f"{correction.document} {correction.old_words} {correction.new_words} {correction.text}"
    return Update(
        id=finding_id(kind=UpdateKind.CORRECTION, first=first, second=second, detail=detail),
        kind=UpdateKind.CORRECTION,
        old=first,
        new=second,
        old_words=correction.old_words,
        new_words=correction.new_words,
        stated_in=correction.document,
        carried_by=tuple(carriers),
        features=tuple(features),
    )


def _carries(facts: MentionFacts, figure: Decimal | None, things: frozenset[str]) -> bool:
    """Return whether a mention gives a figure of what was corrected."""
    if figure is None:
        return False
    return any(_is_figure(quantity, figure) and _is_of(facts, quantity, things) for quantity in facts.quantities)


def _is_figure(quantity: Quantity, figure: Decimal) -> bool:
    """Return whether a quantity is that number, as one of its bounds."""
    return figure in read_bounds(quantity)


def _is_of(facts: MentionFacts, quantity: Quantity, things: frozenset[str]) -> bool:
    """Return whether a quantity counts what was corrected, as far as it says what it counts."""
    own = find_things(quantity) or facts.actions | facts.targets
    return not own or bool(things & own)
