"""Attributions that a page sets out without a verb: turns of a transcript, and quotations that are signed.

A transcript gives a speaker's name and a colon at the head of a paragraph; a signed quotation has a dash and a name
behind it. Both are set by whole paragraphs, further than a model of sentences looks, and always read the same way. What
is found here stands; `lay_over` fits the model's rows to it.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from sayso.extract.rows import RawRow, find_holders, size_of, without_words, words_at
from sayso.extract.rulebook import load_rules
from sayso.text import find_paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from collections.abc import Set as AbstractSet

    import numpy as np
    from numpy.typing import NDArray

    from sayso.encoder.features import Words

    Floats = NDArray[np.float32]

    Place = tuple[int, int]
    Stretch = tuple[int, int]

OPENING = "\u201c\u201d\"\u2018'"
NAME_WORD = r"[A-Z][\w.\u2019'-]*"
TURN = re.compile(
    rf"[{OPENING}]?(?P<who>{NAME_WORD}(?:,? (?:{NAME_WORD}|of|the|de|van|von|al|bin)){{0,5}})"
    r"(?: ?[(\[][^()\[\]\n]{1,40}[)\]])?(?P<cue>:)\s+(?=[^\n]*[^\W\d_]{2})"
)
SIGNED = re.compile(
    rf"(?P<said>[{OPENING}](?:(?!\n\n)[^\u2015]){{4,4000}}?[.!?,\u2026]?[\u201d\"\u2019'])\s{{0,3}}"
    r"(?P<cue>\u2015|\u2014|\u2013|--|-)\s*(?P<who>[A-Z][^\n\u201c\u201d\"]{2,90}?)[*_]*$"
)
# "(CROSSTALK)", "[laughter]", "END VIDEO CLIP": what happens, not what is said.
DIRECTION = re.compile(r"[\u201c\"]?(?:[(\[][^()\[\]]*[)\]]|(?:BEGIN|END) [A-Z ]+)[.\u201d\"]*")
# A list of one remark each is no conversation: somebody must speak again, and not only they.
MIN_TURNS = 3
# Paragraphs from one turn to the next, at most; beyond that somebody tells a story in between.
MAX_APART = 4
MAX_SIGNED_WORDS = 6
# What the confidence is reckoned from, where no head was asked.
SURE, MARGIN = 0.9, 0.95
# A model's row that covers this much of what is laid out here is the same row.
SAME = 0.6


@dataclass(frozen=True, slots=True)
class Laid:
    """One attribution as the page sets it out; places in the text.

    Attributes:
        source: The name.
        cue: The colon or dash.
        content: What is said, a place for each paragraph.
        rule: How `made_by` names it.
    """

    source: Place
    cue: Place
    content: tuple[Place, ...]
    rule: str


def find_laid(text: str) -> list[Laid]:
    """Return the attributions that a text sets out by its layout, in order; linear in its length."""
    paragraphs = find_paragraphs(text)
    found = _find_turns(text, paragraphs) + _find_signed(text, paragraphs)
    return sorted(found, key=lambda laid: min(laid.source, laid.content[0]))


def _find_turns(text: str, paragraphs: Sequence[Place]) -> list[Laid]:
    """Return the turns of every conversation."""
    turns = [
        (i, hit) for i, place in enumerate(paragraphs) if (hit := TURN.match(text, *place)) and _is_speaker(hit["who"])
    ]
    found: list[Laid] = []
    talk: list[tuple[int, re.Match[str]]] = []
    for turn in [*turns, None]:
        if turn is None or (talk and turn[0] - talk[-1][0] > MAX_APART):
            found += _lay_turns(text, paragraphs, talk) if _is_conversation(talk) else []
            talk = []
        if turn is not None:
            talk.append(turn)
    return found


@cache
def _never() -> tuple[str, ...]:
    return tuple(load_rules("en", "layouts")["turns"]["never"])


def _is_speaker(label: str) -> bool:
    """Return whether a label in front of a colon can name who speaks."""
    low = label.casefold()
    return low not in _never() and low.split()[-1] not in _never()


def _is_conversation(talk: Sequence[tuple[int, re.Match[str]]]) -> bool:
    """Return whether turns are a conversation: several speakers, one of whom speaks again."""
    speakers = Counter(_last_word(hit["who"]) for _, hit in talk)
    return len(talk) >= MIN_TURNS and len(speakers) > 1 and max(speakers.values()) > 1


def _last_word(label: str) -> str:
    """Return the word that a speaker is known by."""
    return label.casefold().split()[-1].strip(".,")


def _lay_turns(text: str, paragraphs: Sequence[Place], talk: Sequence[tuple[int, re.Match[str]]]) -> list[Laid]:
    """Return the turns of one conversation, each with the paragraphs in which its speaker goes on."""
    found = []
    for k, (i, hit) in enumerate(talk):
        # Nobody goes on after the last turn, nor after a headline.
        following = talk[k + 1][0] if i and k + 1 < len(talk) else i + 1
        content = [(hit.end(), paragraphs[i][1])]
        for place in paragraphs[i + 1 : following]:
            if DIRECTION.fullmatch(text, *place):
                continue
            if not _goes_on(text, hit, place):
                break
            content.append(place)
        if not DIRECTION.fullmatch(text, *content[0]):
            found.append(Laid(hit.span("who"), hit.span("cue"), tuple(content), "speaker-turn"))
    return found


def _goes_on(text: str, turn: re.Match[str], place: Place) -> bool:
    """Return whether a paragraph after a turn is still its speaker's: set like it, and not telling of them."""
    same_marks = (turn.group()[0] in OPENING) == (text[place[0]] in OPENING)
    name = re.escape(_last_word(turn["who"]))
    return same_marks and not re.compile(rf"\b{name}\b", re.IGNORECASE).search(text, *place)


def _find_signed(text: str, paragraphs: Sequence[Place]) -> list[Laid]:
    """Return the quotations that make up a paragraph, or two, and end in a dash and a name."""
    found: list[Laid] = []
    for i, (start, end) in enumerate(paragraphs):
        hit = SIGNED.fullmatch(text, start, end)
        if hit is None and i + 1 < len(paragraphs) and text[paragraphs[i + 1][0]] in "\u2015\u2014\u2013-":
            hit = SIGNED.fullmatch(text, start, paragraphs[i + 1][1])
        if hit and _is_signature(hit["who"]):
            who = re.compile(r"[^,(]*[^\s,(.]").match(text, *hit.span("who"))
            if who:
                found.append(Laid(who.span(), hit.span("cue"), (hit.span("said"),), "signed-quotation"))
    return found


@cache
def _particles() -> frozenset[str]:
    return frozenset(load_rules("en", "layouts")["signed"]["particles"])


def _is_signature(words: str) -> bool:
    """Return whether words are a name and what its bearer is, not a sentence that goes on behind a dash."""
    name = re.split(r"[,(]", words)[0].split()
    is_name = all(w[0].isupper() or w in _particles() for w in name)
    is_described = name[0] in ("A", "An", "The") and words[-1] not in ".!?"
    return 0 < len(name) <= MAX_SIGNED_WORDS and (is_name or is_described)


def make_laid_rows(laid: Iterable[Laid], words: Words, anchors: Floats, *, blocked: NDArray[np.bool_]) -> list[RawRow]:
    """Return laid-out attributions as raw rows; none in what is no prose.

    Args:
        laid: What the layout sets out.
        words: The text's words.
        anchors: The cue head's probabilities, (n_words,).
        blocked: Words that are no prose, (n_words,).
    """
    rows = []
    for at in laid:
        source, cue, *content = (words_at(words, *place) for place in (at.source, at.cue, *at.content))
        stretches = tuple(c for c in content if c and not blocked[c[0] : c[1]].any())
        if source and cue and stretches and not blocked[cue[0]]:
            score = max(SURE, float(anchors[cue[0]]))
            rows.append(RawRow(cue[0], score, MARGIN, (source,), (cue,), stretches, (), 0.0, at.rule))
    return rows


def lay_over(rows: Iterable[RawRow], laid: Sequence[RawRow]) -> list[RawRow]:
    """Return the laid-out rows and those of the model that go with them, in order of their anchors.

    A row of the model that hangs on a laid-out one's name or mark, or says the same, gives way to it. One that hangs
    within what is said stays within it; one from outside keeps out of it.
    """
    if not laid:
        return list(rows)
    heads = {word for other in laid for low, high in (*other.source, *other.cue) for word in range(low, high)}
    holders = find_holders(laid)
    taken = heads | holders.keys()
    kept = []
    for row in rows:
        around = holders.get(row.anchor)
        if row.anchor in heads:
            continue
        fitted = _fit_within(row, laid[around[0]]) if around else _keep_out(row, taken)
        if fitted is not None:
            kept.append(fitted)
    return sorted([*kept, *laid], key=lambda row: row.anchor)


def _fit_within(row: RawRow, around: RawRow) -> RawRow | None:
    """Return a row that hangs within what is laid out, kept within it; None if it says the same."""
    content = _within(row.content, around.content)
    if not content or size_of(content) > SAME * size_of(around.content):
        return None
    source, via = _within(row.source, around.content), _within(row.via, around.content)
    return replace(row, content=content, source=source[:1], via=via)


def _keep_out(row: RawRow, taken: AbstractSet[int]) -> RawRow | None:
    """Return a row without the words that are laid out as others'; None if nothing is left."""
    content = without_words(row.content, taken)
    return replace(row, content=content) if content else None


def _within(stretches: Iterable[Stretch], bounds: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """Return the parts of stretches that lie within bounds."""
    cut = ((max(a, low), min(b, high)) for a, b in stretches for low, high in bounds)
    return tuple(s for s in cut if s[0] < s[1])
