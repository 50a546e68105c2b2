"""What of an article tells its event: its words, names, numbers and days, each as counted terms.

Names are words written with a capital that the same text never writes without one. Nothing here compares.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from sayso.corroborate.rulebook import load_rules
from sayso.corroborate.story_dates import count_days

if TYPE_CHECKING:
    from sayso.records import Document

WORD = re.compile(r"[^\W_]+(?:['\u2019.\-][^\W_]+)*")
YEAR = re.compile(r"(?:19|20)\d\d")
FIGURE = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
# The hour is no figure that tells an event: of the articles of one day many share it by chance.
HOUR = re.compile(r"\b\d{1,2}: ?\d\d\b(?: ?[ap]\.?m\b\.?)?|\b\d{1,2} ?[ap]\.?m\b", re.IGNORECASE)
POSSESSIVE = re.compile(r"['\u2019]s$")
# A text longer than this is read to here: an event is told in its first pages, and the cost has a bound.
MAX_CHARS = 60_000
# Words of so few letters keep their last "e".
SHORT = 4


@dataclass(frozen=True, slots=True)
class StoryMarks:
    """What of one article tells its event. All terms are cut to their stems.

    Attributes:
        terms: How often each stands in the text, function words aside.
        names: The same, of names alone.
        head_terms: The same as `terms`, of the head of the text.
        head_names: The same as `names`, of the head.
        numbers: Figures in digits, years and hours aside; what stands between thousands, or is written close up to
            them, is left out (``1,200``, ``7.6-magnitude``, ``160MM``).
        years: Years.
        days: Days of the week, months, and days of a month.
        size: How many words the text has.
    """

    terms: Counter[str]
    names: Counter[str]
    head_terms: Counter[str]
    head_names: Counter[str]
    numbers: Counter[str]
    years: Counter[str]
    days: Counter[str]
    size: int


def mark_document(doc: Document) -> StoryMarks:
    """Return what of a document tells its event, credit lines and the like left out."""
    kept, at = [], 0
    for span in doc.not_prose:
        kept.append(doc.text[at : span.start])
        at = max(at, span.end)
    return mark_text(" ".join([*kept, doc.text[at:]]) if doc.not_prose else doc.text)


def mark_text(text: str) -> StoryMarks:
    """Return what of a text tells its event."""
    function_words, head_chars = list_function_words(), load_rules("stories")["head_chars"]
    text = text[:MAX_CHARS]
    words = [(found.group(), found.start() < head_chars) for found in WORD.finditer(text)]
    small = {word for word, _ in words if word[0].islower()}
    stems = [(cut_word(word.lower()), word, is_head) for word, is_head in words if word.lower() not in function_words]
    named = [(stem, head) for stem, word, head in stems if word[0].isupper() and _is_name(word, small)]
    figures = [figure.replace(",", "") for figure in FIGURE.findall(HOUR.sub(" ", text))]
    return StoryMarks(
        terms=Counter(stem for stem, _, _ in stems),
        names=Counter(stem for stem, _ in named),
        head_terms=Counter(stem for stem, _, head in stems if head),
        head_names=Counter(stem for stem, head in named if head),
        numbers=Counter(figure for figure in figures if not YEAR.fullmatch(figure)),
        years=Counter(figure for figure in figures if YEAR.fullmatch(figure)),
        days=count_days(text),
        size=len(words),
    )


@lru_cache(maxsize=1 << 16)
def cut_word(word: str) -> str:
    """Return the stem of a word in small letters: its possessive and commonest endings cut off."""
    word = POSSESSIVE.sub("", word)
    for ending, shortest in (("ing", 6), ("ied", 5), ("ed", 5), ("ies", 5), ("s", 4)):
        if word.endswith(ending) and len(word) >= shortest and not word.endswith("ss"):
            word = word[: -len(ending)] + ("y" if ending in {"ied", "ies"} else "")
            break
    return word[:-1] if word.endswith("e") and len(word) > SHORT else word


@cache
def list_function_words() -> frozenset[str]:
    """Return the words that tell nothing of an event."""
    return frozenset(load_rules("stories")["function_words"].split())


@cache
def list_days() -> frozenset[str]:
    """Return the names of days and months."""
    return frozenset(load_rules("stories")["days"].split())


def _is_name(word: str, small: set[str]) -> bool:
    """Return whether a word with a capital is a name: two letters at least, and never without one in this text."""
    return len(word) > 1 and word.lower() not in small
