"""Two names laid side by side, word for word."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from sayso.corroborate.name_words import Build
from sayso.corroborate.rulebook import load_rules
from sayso.corroborate.spelling import MIN_CONSONANTS, count_edits, fold_sound, measure_likeness

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sayso.corroborate.name_words import Name, Word

NEAR: Final = 0.62
"""Under this likeness two words are two words."""


LONG: Final = 5
END_CHARS: Final = 2


class Tie(StrEnum):
    """What ties a word of one name to a word of the other."""

    EQUAL = "equal"
    SOUND = "sound"
    NICKNAME = "nickname"
    INITIAL = "initial"
    NEAR = "near"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Words of one name that answer to words of the other.

    Attributes:
        left: Numbers of the words in one name; two where one writes as two words what the other writes as one.
        right: Numbers of the words in the other.
        tie: What ties them.
        likeness: 0 to 1.
        edits: In how many edits they differ, as spelled or as sounded, whichever is fewer.
    """

    left: tuple[int, ...]
    right: tuple[int, ...]
    tie: Tie
    likeness: float
    edits: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Two names side by side.

    Attributes:
        left: One name.
        right: The other.
        pairs: The words that answer to one another, in the order of the left name.
        left_rest: Words of the one that nothing answers to.
        right_rest: Words of the other.
    """

    left: Name
    right: Name
    pairs: tuple[Pair, ...]
    left_rest: tuple[Word, ...]
    right_rest: tuple[Word, ...]

    def weigh(self, pair: Pair) -> float:
        """Return how much a pair's words tell, on both sides together."""
        return sum(self.left.words[n].weight for n in pair.left) + sum(self.right.words[n].weight for n in pair.right)

    def words_of(self, pair: Pair) -> tuple[str, str]:
        """Return a pair's words, for a person."""
        one = " ".join(self.left.words[n].text for n in pair.left)
        return one, " ".join(self.right.words[n].text for n in pair.right)


@lru_cache(maxsize=65_536)
def lay_out(left: Name, right: Name) -> Layout:
    """Return two names side by side: the most alike words are paired first.

    Time grows with the product of how many words they have, which are at most ten each.
    """
    free_left, free_right = set(range(len(left.words))), set(range(len(right.words)))
    pairs: list[Pair] = []
    for pair in sorted(_iter_ties(left, right), key=_rank):
        if free_left.issuperset(pair.left) and free_right.issuperset(pair.right):
            free_left.difference_update(pair.left)
            free_right.difference_update(pair.right)
            pairs.append(pair)
    return Layout(
        left=left,
        right=right,
        pairs=tuple(sorted(pairs, key=lambda pair: pair.left)),
        left_rest=_find_rest(left, free_left, is_other_whole=not free_right),
        right_rest=_find_rest(right, free_right, is_other_whole=not free_left),
    )


def _find_rest(name: Name, free: set[int], *, is_other_whole: bool) -> tuple[Word, ...]:
    """Return the words of a name that nothing answers to; none that repeats another, unless against one."""
    taken = {word.text for n, word in enumerate(name.words) if n not in free}
    return tuple(name.words[n] for n in sorted(free) if not (is_other_whole and name.words[n].text in taken))


def _rank(pair: Pair) -> tuple[float, int, int, tuple[int, ...], tuple[int, ...]]:
    apart = abs(pair.left[0] - pair.right[0])
    return -pair.likeness, -len(pair.left) - len(pair.right), apart, pair.left, pair.right


def _iter_ties(left: Name, right: Name) -> Iterator[Pair]:
    """Yield every two words, and every word and two neighbours, that may answer to one another."""
    for i, one in enumerate(left.words):
        for j, other in enumerate(right.words):
            tied = _tie(one, other, left.build)
            if tied:
                yield Pair(left=(i,), right=(j,), tie=tied[0], likeness=tied[1], edits=tied[2])
    yield from _iter_merged(left.words, right.words, swapped=False)
    yield from _iter_merged(right.words, left.words, swapped=True)


def _iter_merged(parted: Sequence[Word], whole: Sequence[Word], *, swapped: bool) -> Iterator[Pair]:
    """Yield two neighbours of one name that the other writes as one word."""
    for i in range(len(parted) - 1):
        text = parted[i].text + parted[i + 1].text
        for j, word in enumerate(whole):
            if len(word.text) < 4 or abs(len(text) - len(word.text)) > 1:  # noqa: PLR2004 (two initials are no word)
                continue
            likeness = measure_likeness(text, word.text)
            if likeness >= 0.9:  # noqa: PLR2004 (to find that a space is missing the letters must be there)
                tie = Tie.EQUAL if likeness == 1.0 else Tie.SOUND
                ends = ((i, i + 1), (j,))
                one, other = ends[::-1] if swapped else ends
                edits = count_edits(text, word.text)
                yield Pair(left=one, right=other, tie=tie, likeness=likeness - 0.001, edits=edits)


def _tie(one: Word, other: Word, build: Build) -> tuple[Tie, float, float] | None:
    """Return what ties two words, how alike they are, and in how many edits they differ; None where nothing does."""
    if one.text == other.text:
        return Tie.EQUAL, 1.0, 0.0
    if one.is_initial or other.is_initial:
        is_initial = one.text[:1] == other.text[:1] and build is Build.PERSON
        return (Tie.INITIAL, 0.6, 0.0) if is_initial else None
    if build is Build.PERSON and is_nickname(one.text, other.text):
        return Tie.NICKNAME, 0.94, 0.0
    if one.text.isdigit() or other.text.isdigit() or one.is_particle != other.is_particle:
        return None
    return _tie_consonants(one, other) if one.is_vowelless != other.is_vowelless else _tie_spellings(one, other)


def _tie_spellings(one: Word, other: Word) -> tuple[Tie, float, float] | None:
    """Return the tie of two words that may be spellings of one."""
    if min(len(one.text), len(other.text)) >= LONG and not _share_an_end(one, other):
        return None
    edits = min(count_edits(one.text, other.text), count_edits(fold_sound(one.text), fold_sound(other.text)) + 0.25)
    likeness = measure_likeness(one.text, other.text)
    if fold_sound(one.text) == fold_sound(other.text):
        return Tie.SOUND, max(likeness, 0.97), edits
    return (Tie.NEAR, likeness, edits) if likeness >= NEAR else None


def _share_an_end(one: Word, other: Word) -> bool:
    """Return whether two words begin with one sound or end in the same letters: two slips seldom hit both ends."""
    return one.skeleton[:1] == other.skeleton[:1] or one.text[-END_CHARS:] == other.text[-END_CHARS:]


def _tie_consonants(one: Word, other: Word) -> tuple[Tie, float, float] | None:
    """Return the tie of a word in a script without vowels to one with them."""
    if one.skeleton == other.skeleton and len(one.skeleton) >= MIN_CONSONANTS:
        return Tie.SOUND, 0.9, 0.5
    likeness = measure_likeness(one.skeleton, other.skeleton)
    return (Tie.NEAR, likeness * 0.9, 1.0) if likeness >= 0.75 else None  # noqa: PLR2004 (a letter of four)


@lru_cache(maxsize=1)
def _nicknames() -> dict[str, frozenset[str]]:
    """Return for each form of a given name the full names that it is a form of, itself included."""
    full: dict[str, set[str]] = {}
    for name, others in load_rules("nicknames").items():
        for form in (name, *others):
            full.setdefault(form, set()).add(name)
    return {form: frozenset(names) for form, names in full.items()}


def full_names(word: str) -> frozenset[str]:
    """Return the given names that a word is a form of; empty where it is none."""
    return _nicknames().get(word, frozenset())


def is_nickname(one: str, other: str) -> bool:
    """Return whether one word is a short form of the other. Two short forms of one name are not: Bob, Rob and Bert."""
    return one in full_names(other) or other in full_names(one)
