"""How far two words are spellings of one name.

A word is folded to small ASCII letters whatever script it came in, and then to one way of writing each sound
(Khinshtein and Hinstein both become ``hinstein``). What is left is counted in edits, of which some are cheap: a vowel
for a vowel, a letter for one of the same sound, a doubled letter.

Source: Damerau, A technique for computer detection and correction of spelling errors (CACM 1964), for the four edits.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import groupby
from typing import Final

from anyascii import anyascii

from sayso.corroborate.rulebook import load_rules

MAX_CHARS: Final = 24
"""Of a longer word only so much is compared: the time is quadratic in it."""
NOT_WORD = re.compile(r"[^a-z0-9]+")
CHEAP: Final = 0.5
DOUBLED: Final = 0.35
SWAPPED: Final = 0.9
LEAST_SHARED: Final = 0.3
"""Words that share a smaller part of their letters are not looked at more closely."""
FAR: Final = 0.4
"""Words that differ in more than this part of their letters are two."""
# Under so many consonants in common a word in a script without vowels is no spelling of another.
MIN_CONSONANTS: Final = 3
VOWELLESS = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
"""Hebrew, Arabic and their kin, which leave most vowels out."""


@lru_cache(maxsize=65_536)
def fold_word(word: str) -> str:
    """Return a word in small ASCII letters and figures, without marks and points; "" where none is left."""
    plain = unicodedata.normalize("NFKD", word[: 4 * MAX_CHARS])
    if plain.isascii():
        return NOT_WORD.sub("", plain.lower())[:MAX_CHARS]
    marked = "".join(c for c in plain if not unicodedata.combining(c)) if _is_latin(plain) else word[: 4 * MAX_CHARS]
    return NOT_WORD.sub("", anyascii(unicodedata.normalize("NFC", marked)).lower())[:MAX_CHARS]


def _is_latin(plain: str) -> bool:
    """Return whether a word's first letter is a Latin one: only there a mark may go without changing the letter."""
    first = next((c for c in plain if c.isalpha()), "")
    return "LATIN" in unicodedata.name(first, "") if first else False


@lru_cache(maxsize=65_536)
def fold_sound(word: str) -> str:
    """Return a folded word with one spelling for each sound, no letter doubled."""
    rules = load_rules("sounds")
    sound = word
    for written, taken in rules["rules"]:
        sound = sound.replace(written, taken)
    for written, taken in rules["endings"]:
        if sound.endswith(written) and len(sound) > len(written) + 2:
            sound = sound.removesuffix(written) + taken
            break
    return "".join(letter for letter, _ in groupby(sound))


@lru_cache(maxsize=65_536)
def find_skeleton(word: str) -> str:
    """Return the consonants of a folded word's sound; a vowel at its head counts as one letter, whichever it is.

    Example: khinshtein and hinstein -> "hnstn"; yevgeny and evgeni -> "avgn".
    """
    sound = fold_sound(word)
    vowels = load_rules("sounds")["vowels"]
    head = "a" if sound[:1] in {*vowels, "j"} else sound[:1]
    rest = "".join(letter for letter in sound[1:] if letter not in vowels and letter != "h")
    joined = head + rest.lstrip("j") if head == "a" else head + rest
    return "".join(letter for letter, _ in groupby(joined))


@lru_cache(maxsize=1)
def _near_letters() -> frozenset[tuple[str, str]]:
    pairs = load_rules("sounds")["near"]
    return frozenset((a, b) for one in pairs for a, b in (tuple(one), tuple(one[::-1])))


@lru_cache(maxsize=131_072)
def count_edits(a: str, b: str) -> float:
    """Return by how many edits two words differ: 1 for a letter, less where it hardly changes sound.

    Where so many differ that these are two words for certain, it returns at least as many as make them so.

    Time grows with the product of the lengths, which are at most `MAX_CHARS`.
    """
    if a == b:
        return 0.0
    longest = max(len(a), len(b))
    if len(set(a) & set(b)) < LEAST_SHARED * max(len(set(a)), len(set(b))):
        return float(longest)
    near, limit = _near_letters(), 1 + FAR * longest
    before: list[float] = []
    last = [0.0]
    for j in range(len(b)):
        last.append(last[j] + _slip(b, j))
    for i, x in enumerate(a):
        row = [last[0] + _slip(a, i)]
        for j, y in enumerate(b):
            swap = 0.0 if x == y else CHEAP if (x, y) in near else 1.0
            best = min(last[j + 1] + _slip(a, i), row[j] + _slip(b, j), last[j] + swap)
            if i and j and x == b[j - 1] and a[i - 1] == y:
                best = min(best, before[j - 1] + SWAPPED)
            row.append(best)
        if min(row) > limit:
            return float(longest)
        before, last = last, row
    return last[-1]


def _slip(word: str, place: int) -> float:
    """Return what it costs that a letter stands in one word alone."""
    letter = word[place]
    if place and word[place - 1] == letter:
        return DOUBLED
    return CHEAP if letter == "h" and place else 1.0


@lru_cache(maxsize=131_072)
def measure_likeness(a: str, b: str) -> float:
    """Return how alike two folded words are, 0 to 1, by spelling or by sound, whichever is the greater."""
    if a == b:
        return 1.0
    if not a or not b:
        return 0.0
    longest = max(len(a), len(b))
    spelled = 1 - count_edits(a, b) / longest
    one, two = fold_sound(a), fold_sound(b)
    sounded = 0.97 if one == two else 1 - (count_edits(one, two) + 0.3) / max(len(one), len(two), 1)
    return max(0.0, spelled, sounded)


def is_vowelless(word: str) -> bool:
    """Return whether a word as written is in a script that leaves vowels out."""
    return VOWELLESS.search(word) is not None
