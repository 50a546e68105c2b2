"""A clause as words, and the verb group around one of them: auxiliaries, modals, negation, "to"."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from sayso.extract.signatures import load_lexicon

if TYPE_CHECKING:
    from sayso.extract.signatures import Signature

# A contracted "not" and the other clitics are words of their own. Every alternative takes what it looked at.
WORD = re.compile(
    r"can(?=not\b)|\w+?(?=n['’]t\b)|n['’]t\b|['’](?:s|ll|d|re|ve|m)\b|\w+(?:-\w+)*|``|''|[^\w\s]",
    re.IGNORECASE,
)
# Of a very long clause so much is looked at, before and after the event.
CHARS_BEFORE, CHARS_AFTER = 1200, 400
GROUP_WORDS = 10
# A word of so many letters that begins with a small one stands in no headline of capitals.
HEADLINE_SMALL = 5
# "Minister No Sang Hyon" is somebody: no list has this.
NAME_NO = "no (name)"
# A month, and names of people: "on 6 May", "Will".
MONTH = "may"
NAMES_TOO = frozenset((MONTH, "will"))


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a clause, with their places in the text.

    Attributes:
        low: In lower case, apostrophes straight.
        start: Where each begins.
        end: Where each ends.
        is_name: Whether it is written with a capital letter.
    """

    low: tuple[str, ...]
    start: tuple[int, ...]
    end: tuple[int, ...]
    is_name: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One word on the way outwards from the event, and what it makes of what lies within."""

    signature: Signature
    at: int


@dataclass(slots=True)
class Group:
    """The verb group left of a verb.

    Attributes:
        start: Its first word.
        steps: Its modals, negations and hedges, the innermost first.
        to: Where its "to" stands; None for none.
        is_open: Whether it has a modal, a negation or a "do".
        has_be: Whether it has a form of "be".
        has_have: Whether it has a form of "have".
        negation: A "not" whose modal is not reached yet.
    """

    start: int
    steps: list[Step] = field(default_factory=list)
    to: int | None = None
    is_open: bool = False
    has_be: bool = False
    has_have: bool = False
    negation: Step | None = None

    @property
    def is_bare(self) -> bool:
        """Whether there is no auxiliary and no "to"."""
        return self.to is None and not (self.is_open or self.has_be or self.has_have)


def split_clause(text: str, at: tuple[int, int], clause: tuple[int, int]) -> tuple[Words, int | None]:
    """Return the clause's words, or those around the event where it is very long, and which of them is the event's."""
    low = max(0, clause[0], at[0] - CHARS_BEFORE)
    high = min(len(text), clause[1], at[1] + CHARS_AFTER)
    if low > clause[0]:
        low = text.find(" ", low, at[0]) if " " in text[low : at[0]] else at[0]
    words = _split(text[low:high], low) if low < high else _split("", 0)
    return words, find_head(words, at)


def find_head(words: Words, at: tuple[int, int]) -> int | None:
    """Return which word is the event, the auxiliaries before it passed over; None if no word is there."""
    lexicon = load_lexicon()
    parts = lexicon.particles
    inside = [i for i in range(len(words.low)) if at[0] <= words.start[i] and words.end[i] <= at[1]]
    inside = inside or [i for i in range(len(words.low)) if words.start[i] < at[1] and at[0] < words.end[i]]
    inside = [i for i in inside if words.low[i][0].isalnum()]
    passed = parts["be"] | parts["have"] | parts["do"] | parts["negation"] | parts["adverb"] | lexicon.modals.keys()
    passed |= parts["determiner"] | {"to"}
    content = [i for i in inside if words.low[i] not in passed and not words.low[i].endswith("ly")]
    if not content:
        return inside[-1] if inside else None
    while len(content) > 1 and _describes_next(words, content[0]):
        content.pop(0)
    head = content[0]
    for i in content[1:]:
        # "refused to attend" is about attending.
        if words.low[i - 1] == "to" and words.low[i - 2] in lexicon.frames["to"] and i - 2 == head:
            head = i
    return head


def _describes_next(words: Words, i: int) -> bool:
    """Return whether a word is an adjective of the next one: "alleged attack", but not "planned an attack"."""
    lexicon = load_lexicon()
    parts = lexicon.particles
    after = words.low[i + 1] if i + 1 < len(words.low) else "to"
    return words.low[i] in lexicon.modifiers and after not in parts["determiner"] | parts["preposition"]


def read_group(words: Words, head: int) -> Group:
    """Return the verb group that ends at a verb."""
    lexicon = load_lexicon()
    negations = lexicon.particles["negation"]
    group = Group(start=head)
    for i in range(head - 1, max(-1, head - 1 - GROUP_WORDS), -1):
        word = words.low[i]
        if word in negations:
            if words.low[i + 1] in lexicon.particles["focus"]:
                break
            group.negation = Step(lexicon.structures["negation"], i)
        elif group.to is not None or not _add_word(group, words, i, head):
            break
        group.start = i
    if group.negation is not None:
        group.steps.append(group.negation)
        group.is_open = True
    return group


def _add_word(group: Group, words: Words, i: int, head: int) -> bool:
    """Add a word to a group, and return whether it belongs there."""
    lexicon = load_lexicon()
    parts = lexicon.particles
    word = words.low[i]
    if word in lexicon.modals:
        _add_modal(group, lexicon.modals.get(f"{word}+have" if group.has_have else word, lexicon.modals[word]), i)
    elif word in parts["be"] and not _is_possessive(words, i, head):
        group.has_be = True
    elif word in parts["have"]:
        group.has_have = True
    elif word in parts["do"]:
        group.is_open = True
    elif word == "to" and not group.is_open:
        group.to = i
    elif word in lexicon.modifiers and is_adverb(word):
        group.steps.append(Step(lexicon.modifiers[word], i))
    else:
        return word in parts["adverb"] or word.endswith("ly")
    return True


def is_adverb(word: str) -> bool:
    """Return whether a modifier is an adverb, not an adjective before a noun."""
    return word.endswith("ly") or word in load_lexicon().particles["hedge"]


def is_past(word: str) -> bool:
    """Return whether a word looks like a past tense or past participle."""
    return word.endswith("ed") or word in load_lexicon().particles["past"]


def _add_modal(group: Group, signature: Signature, at: int) -> None:
    """Add a modal with the negation after it, in the order of their scope."""
    steps = [Step(signature, at)]
    if group.negation is not None:
        steps.insert(1 if signature.is_under_negation else 0, group.negation)
        group.negation = None
    group.steps.extend(steps)
    group.is_open = True


def _is_possessive(words: Words, i: int, head: int) -> bool:
    """Return whether an apostrophe and s at this place marks a possessor, not "is"."""
    return words.low[i] == "'s" and not (words.low[head].endswith("ing") or is_past(words.low[head]))


def _is_name_here(low: list[str], is_name: tuple[bool, ...], i: int, *, is_told: bool) -> bool:
    """Return whether a modal is a month or somebody: with a capital letter amid a sentence, or beside a day."""
    if low[i - 1].isdigit() or (i + 1 < len(low) and low[i + 1].isdigit()):
        return low[i] == MONTH
    return is_told and is_name[i] and (low[i - 1].isalnum() or low[i - 1] == ",")


@lru_cache(maxsize=64)
def _split(clause: str, offset: int) -> Words:
    """Return the words of a stretch of text that begins at an offset."""
    hits = list(WORD.finditer(clause))
    is_name = tuple(hit.group()[:1].isupper() for hit in hits)
    low = [hit.group().lower().replace("’", "'") for hit in hits]
    # Not in a headline, in which every longer word has a capital letter.
    is_told = any(low[i].isalpha() and len(low[i]) >= HEADLINE_SMALL and not is_name[i] for i in range(len(hits)))
    for i in range(1, len(hits)):
        if low[i] == "no" and is_told and is_name[i] and is_name[i + 1 : i + 2] == (True,):
            low[i] = NAME_NO
        elif low[i] in NAMES_TOO and _is_name_here(low, is_name, i, is_told=is_told):
            low[i] += " (name)"
    return Words(
        low=tuple(low),
        start=tuple(offset + hit.start() for hit in hits),
        end=tuple(offset + hit.end() for hit in hits),
        is_name=is_name,
    )
