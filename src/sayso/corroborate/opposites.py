"""Whether of two mentions one says that something is so, and the other that it is not.

What a reader made of the deed ("negative") and the words of the text must go together: where only one of them negates,
it cannot be told.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from sayso.corroborate.rulebook import load_rules
from sayso.corroborate.story_marks import WORD, cut_word
from sayso.records import Polarity, Stance

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sayso.corroborate.claim_facts import MentionFacts

VOWELS = re.compile("[aeiou]")
OPEN = frozenset({Stance.DOUBTS, Stance.ASKS, Stance.DECLINES, Stance.OTHER})


def denies(facts: MentionFacts | None) -> bool:
    """Return whether a mention is what somebody denies."""
    return facts is not None and facts.stance is Stance.DENIES


def read_side(facts: MentionFacts | None) -> int:
    """Return 1 where a mention says that it is so, -1 where it says that it is not, 0 where it leaves that open."""
    if facts is None:
        return 1
    if facts.stance in OPEN:
        return 0
    sign = -1 if facts.polarity is Polarity.NEGATIVE or is_framed(facts) else 1
    return -sign if facts.stance is Stance.DENIES else sign


def is_framed(facts: MentionFacts) -> bool:
    """Return whether all that a mention says is negated before it begins: "it is not true that …", "no one was …"."""
    return facts.polarity is Polarity.POSITIVE and _frame_pattern().match(facts.mention.span.exact) is not None


def count_negations(facts: MentionFacts) -> int:
    """Return how many words of a mention negate."""
    return len(_negation_pattern().findall(facts.mention.span.exact))


def is_side_unclear(facts: MentionFacts) -> bool:
    """Return whether reader and words disagree: a negation that no word bears, or right before a deed read as done."""
    if facts.polarity is Polarity.NEGATIVE:
        return not count_negations(facts)
    if facts.polarity is not Polarity.POSITIVE or is_framed(facts):
        return False
    reach = load_rules("disputes")["negation"]["reach"]
    text = facts.mention.span.exact
    for found in _negation_pattern().finditer(text):
        near = [word.group().lower() for word in WORD.finditer(text, found.end())][:reach]
        if any(cut_word(word) in facts.deed for word in near):
            return True
    return False


def are_opposite(one: MentionFacts, other: MentionFacts) -> bool:
    """Return whether two mentions stand against one another in the same words, one of them with one negation more."""
    if read_side(one) * read_side(other) >= 0:
        return False
    if denies(one) or denies(other):
        return True
    negative, positive = (one, other) if read_side(one) < 0 else (other, one)
    if count_negations(negative) != 1 or count_negations(positive):
        return False
    if negative.deed and not _has_deed(negative.deed, positive.words):
        # "Nobody slept while …" negates something else.
        return False
    shared_from: float = load_rules("disputes")["shared_from"]
    return measure_shared(negative, positive) >= shared_from


def tells_beside(one: MentionFacts, other: MentionFacts) -> bool:
    """Return whether one mention tells the other's deed in a clause of its own: "no one died, but 12 were treated"."""
    if not other.deed or one.deed & other.deed:
        return False
    for clause in _clause_pattern().split(one.mention.span.exact):
        stems = {cut_word(found.group().lower()) for found in WORD.finditer(clause)}
        if other.deed <= stems and _negation_pattern().search(clause) is None:
            return True
    return False


def _has_deed(deed: Iterable[str], words: Iterable[str]) -> bool:
    """Return whether a deed is among some words, in whatever form: "take", "took", "taken"."""
    cut = {VOWELS.sub("", word) for word in words}
    bare = [VOWELS.sub("", word) for word in deed]
    return any(
        min(len(one), len(other)) > 1 and one[: len(other)] == other[: len(one)] for one in bare for other in cut
    )


def measure_shared(one: MentionFacts, other: MentionFacts) -> float:
    """Return which share of the telling words of the shorter of two mentions the other has; too few words have none."""
    fewest = min(len(one.words), len(other.words))
    if fewest < load_rules("disputes")["negation"]["fewest_words"]:
        return 0.0
    return len(one.words.keys() & other.words.keys()) / fewest


@cache
def _negation_pattern() -> re.Pattern[str]:
    words = "|".join(load_rules("disputes")["negation"]["words"])
    return re.compile(rf"\b(?:{words})\b|n['’]t\b", re.IGNORECASE)


@cache
def _clause_pattern() -> re.Pattern[str]:
    return re.compile(r"[,;:–—]|\b(?:but|and|while|although|though)\b", re.IGNORECASE)


@cache
def _frame_pattern() -> re.Pattern[str]:
    """Return the pattern of what negates all that follows, at the beginning of a mention."""
    frames = "|".join(re.escape(words) for words in load_rules("disputes")["negation"]["frames"])
    return re.compile(rf"[\s\"“'‘]*(?:that\s)?(?:{frames})\b", re.IGNORECASE)
