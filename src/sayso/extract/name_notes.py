"""Names that look like garbled forms of others in the same text, or of better-known ones; never replaced.

A note needs a reason that two people would share: the same given name with a surname that is an edit or two away, or
one spelling that stands there often beside another that stands there once. Families, plurals, and people with different
given names are two names in earnest.

Source: Damerau, A technique for computer detection and correction of spelling errors (CACM 1964): four of five
misspellings are one insertion, deletion, substitution or transposition.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

from sayso.extract.rulebook import load_rules
from sayso.records import NameNote

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sayso.records import Span

WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
POSSESSIVE = re.compile(r"['\u2019]s?$")
# Shorter words are too easily another name; longer ones are no names.
MIN_CHARS, MIN_CHARS_ALONE, MAX_CHARS = 5, 6, 40
# From so many letters on, two edits, or three against a name of the alias data.
TWO_EDITS, THREE_EDITS = 6, 9
# How often the other spelling stands there, at least, and how many times as often.
MIN_OTHERS, MIN_ODDS = 2, 2
MIN_OTHERS_ALONE = 3
# Of more different names only the first are compared: the time is quadratic in them.
MAX_NAMES = 400


@dataclass(frozen=True, slots=True)
class _Name:
    """One name as compared.

    Attributes:
        words: Its words in lower case, without titles and possessive.
        written: The same as written.
    """

    words: tuple[str, ...]
    written: str

    @property
    def given(self) -> tuple[str, ...]:
        """Return all words but the last."""
        return self.words[:-1]

    @property
    def last(self) -> str:
        """Return the last word."""
        return self.words[-1]


def find_name_notes(text: str, names: Sequence[Span], *, aliases: Mapping[str, str] | None = None) -> list[NameNote]:
    """Return the names that look like garbled forms of others, in the order given.

    Args:
        text: The text; the spans are of it.
        names: Names of persons and places, each where it stands.
        aliases: Spelling to usual spelling. A name that is a key, or nearly a usual spelling, is pointed out.
    """
    known = {span: name for span in names if (name := _describe(text[span.start : span.end]))}
    counts = Counter(name.words for name in known.values())
    # A surname alone counts for those who bear it.
    lasts = Counter(name.last for name in known.values())
    shown = {name.words: name.written for name in reversed(known.values())}
    forms = [_Name(words, shown[words]) for words in list(dict.fromkeys(n.words for n in known.values()))[:MAX_NAMES]]
    usual = [name for name in map(_describe, dict.fromkeys((aliases or {}).values())) if name]
    by_key = {name.words: likely for key, likely in (aliases or {}).items() if (name := _describe(key))}
    found: dict[tuple[str, ...], tuple[str, str]] = {}
    for form in forms:
        note = _note_alias(form, usual, by_key) or _note_other(form, forms, counts, lasts)
        if note:
            found[form.words] = note
    return [
        NameNote(span=span, likely=found[name.words][0], why=found[name.words][1])
        for span, name in known.items()
        if name.words in found
    ]


def find_place_notes(unplaced: Sequence[Span], known: frozenset[str]) -> list[NameNote]:
    """Return the names in no gazetteer that look like garbled forms of one that all the world knows.

    Args:
        unplaced: Names of places that the gazetteer does not have, each where it stands.
        known: Names that may be meant. A name is left alone if it is near to several.
    """
    usual = _by_first_letter(known)
    notes = []
    for span in unplaced:
        name = _describe(span.exact)
        if name is None or len(name.words) > 1:
            continue
        near = [other for other in usual.get(name.last[0], ()) if _is_near_alone(name.last, other.last)]
        if len(near) == 1:
            why = f"no place of that name is in the gazetteer, and “{near[0].written}” is all but the same"
            notes.append(NameNote(span=span, likely=near[0].written, why=why))
    return notes


@lru_cache(maxsize=4)
def _by_first_letter(known: frozenset[str]) -> dict[str, tuple[_Name, ...]]:
    """Return the names of one word by their first letter: the same thousands of names are asked for every text."""
    names = sorted(
        (name for name in map(_describe, known) if name and len(name.words) == 1),
        key=lambda name: (name.last[0], name.written),
    )
    return {letter: tuple(group) for letter, group in groupby(names, key=lambda name: name.last[0])}


def _describe(written: str) -> _Name | None:
    """Return a name without titles and possessive; None where no name is left."""
    rules = load_rules("en", "name_notes")
    words = [POSSESSIVE.sub("", word) for word in WORD.findall(written)]
    while words and words[0].casefold() in rules["titles"]:
        words.pop(0)
    while words and words[-1].casefold() in rules["tails"]:
        words.pop()
    if not words or any(len(word) > MAX_CHARS for word in words) or not words[-1]:
        return None
    return _Name(tuple(word.casefold() for word in words), " ".join(words))


def _note_alias(form: _Name, usual: Sequence[_Name], by_key: Mapping[tuple[str, ...], str]) -> tuple[str, str] | None:
    """Return the usual spelling that the alias data has for a name, and why."""
    likely = by_key.get(form.words)
    if likely and _describe(likely) != form and likely.casefold() != form.written.casefold():
        return likely, f"the alias data has “{likely}” for “{form.written}”"
    if any(form.words == name.words for name in usual):
        return None
    for name in usual:
        why = _tell_near(form, name, is_known=True)
        if why:
            return name.written, f"the alias data has “{name.written}”: {why}"
    return None


def _note_other(
    form: _Name, forms: Sequence[_Name], counts: Counter[tuple[str, ...]], lasts: Counter[str]
) -> tuple[str, str] | None:
    """Return the more frequent spelling in the text that a name may stand for, and why."""
    is_introduced = len(form.words) > 1 or any(other.last == form.last and len(other.words) > 1 for other in forms)
    alone = len(form.words) == 1 and not is_introduced
    for other in forms:
        times = counts[other.words] if other.last == form.last else lasts[other.last]
        own = counts[form.words]
        if other.last[0] != form.last[0] or other.words == form.words or times < max(MIN_OTHERS, MIN_ODDS * own):
            continue
        if alone and (times < MIN_OTHERS_ALONE or not _is_near_alone(form.last, other.last)):
            continue
        why = f"one edit from “{other.last}”" if alone else _tell_near(form, other, is_known=False)
        if why:
            return (
                other.written,
                f"“{other.written}”, or its last word, stands in the text {times} times: {why}",
            )
    return None


def _tell_near(form: _Name, other: _Name, *, is_known: bool) -> str:
    """Return why two full names are likely one; "" where they are not."""
    if len(form.words) != len(other.words) or len(form.words) == 1:
        return ""
    same_given = [_fold(word) for word in form.given] == [_fold(word) for word in other.given]
    if not same_given or _is_kin(form.last, other.last) or form.last[0] != other.last[0]:
        return ""
    if _strip_marks(" ".join(form.words)) == _strip_marks(" ".join(other.words)):
        return ""  # without its accents a name is not garbled
    if _fold(form.last) == _fold(other.last):
        return "the same name in another spelling"
    length = min(len(form.last), len(other.last))
    limit = (length >= MIN_CHARS) + (length >= TWO_EDITS) + (is_known and length >= THREE_EDITS)
    edits = count_edits(_fold(form.last), _fold(other.last), limit)
    said = "one edit" if edits == 1 else f"{edits} edits"
    return f"the same given name, and {said} in the surname" if edits <= limit else ""


def _is_near_alone(word: str, other: str) -> bool:
    """Return whether a name of one word is likely another: one edit, in a long word, that makes no ending."""
    if min(len(word), len(other)) < MIN_CHARS_ALONE or word[0] != other[0] or _is_kin(word, other):
        return False
    if _strip_marks(word) == _strip_marks(other):
        return False
    return count_edits(word, other, 1) == 1 or _fold(word) == _fold(other)


def _is_kin(word: str, other: str) -> bool:
    """Return whether two words differ by an ending that makes another name of one: a plural, a sister, a people."""
    rules = load_rules("en", "name_notes")
    short, long = sorted((word, other), key=len)
    if long.startswith(short) and long[len(short) :] in rules["endings"]:
        return True
    return any(
        a.endswith(one) and b.endswith(two) and a.removesuffix(one) == b.removesuffix(two)
        for one, two in rules["paired_endings"]
        for a, b in ((word, other), (other, word))
    )


def _strip_marks(word: str) -> str:
    """Return the letters of a word without accents, hyphens and apostrophes."""
    return "".join(c for c in unicodedata.normalize("NFKD", word) if c.isalpha())


@lru_cache(maxsize=4096)
def _fold(word: str) -> str:
    """Return a word without marks and with one spelling for each sound."""
    plain = _strip_marks(word)
    for written, taken in load_rules("en", "name_notes")["sounds"]:
        plain = plain.replace(written, taken)
    # At the end a Russian surname is written with v, f or ff.
    return plain[:-1] + "v" if plain.endswith(("of", "ef")) else plain


def count_edits(a: str, b: str, limit: int) -> int:
    """Return how many insertions, deletions, substitutions and neighbours exchanged part two words; over `limit` any.

    Time grows with the product of the lengths.
    """
    if abs(len(a) - len(b)) > limit:
        return limit + 1
    before: list[int] = []
    last = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        row = [i]
        for j, y in enumerate(b, 1):
            best = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                best = min(best, before[j - 2] + 1)
            row.append(best)
        if min(row) > limit:
            return limit + 1
        before, last = last, row
    return last[-1]
