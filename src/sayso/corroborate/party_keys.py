"""Which nodes are compared at all: those that share a key.

A key holds the consonants of one word and the first sound of another, so that spellings of one name meet and the time
stays near-linear. Of a word's consonants one may be missing.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Final

from sayso.corroborate.name_pairs import full_names
from sayso.corroborate.name_words import Build
from sayso.corroborate.spelling import find_skeleton

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sayso.corroborate.name_words import Name, Word

END_WORDS: Final = 2
"""Of a longer name so many words at either end make keys: their number grows with the square."""
MIN_SKELETON: Final = 4
"""In a shorter skeleton no letter may be missing."""
MIN_ACRONYM: Final = 3


ALONE: Final = "alone:"
LAST: Final = "last:"


def find_partners(key: str) -> tuple[str, ...]:
    """Return the keys whose bearers a key's bearers are compared with: a surname alone with full names."""
    sort, _, rest = key.partition(":")
    if rest.startswith(ALONE):
        return key, f"{sort}:{LAST}{rest.removeprefix(ALONE)}"
    if rest.startswith(LAST):
        return (f"{sort}:{ALONE}{rest.removeprefix(LAST)}",)
    return (key,)


def find_keys(name: Name, sort: str) -> frozenset[str]:
    """Return the keys of a name of this sort of party."""
    make = _iter_person_keys if name.build is Build.PERSON else _iter_body_keys
    return frozenset(f"{sort}:{key}" for key in make(name))


def _iter_person_keys(name: Name) -> Iterator[str]:
    """Yield each word's consonants with the first sound of each other word; a name alone with its own."""
    words = _take_ends([word for word in name.own_words if word.skeleton or word.is_initial])
    full = [word for word in words if not word.is_initial]
    yield "all:" + " ".join(sorted(word.skeleton for word in full))
    yield "run:" + find_skeleton("".join(word.text for word in words))
    yield f"{ALONE if len(words) == 1 else LAST}{(full or words)[-1].skeleton}" if words else "none"
    for word in full:
        for other in words:
            if other is not word:
                for sound in _first_sounds(other):
                    for skeleton in _spellings(word.skeleton):
                        yield f"two:{skeleton}:{sound}"


def _take_ends(words: list[Word]) -> list[Word]:
    """Return the first and last words; all where they are few."""
    return words if len(words) <= 2 * END_WORDS else [*words[:END_WORDS], *words[-END_WORDS:]]


def _first_sounds(word: Word) -> frozenset[str]:
    """Return the first sounds of a word and of the names that it is a short form of."""
    return frozenset({word.skeleton[:1], *(find_skeleton(name)[:1] for name in full_names(word.text))})


def _spellings(skeleton: str) -> frozenset[str]:
    """Return the consonants of a word, and where they are many those without one of them."""
    if len(skeleton) < MIN_SKELETON:
        return frozenset({skeleton})
    return frozenset({skeleton, *(skeleton[:n] + skeleton[n + 1 :] for n in range(len(skeleton)))})


def _iter_body_keys(name: Name) -> Iterator[str]:
    """Yield each two words' consonants, each rare word's, and the initials."""
    all_words = [word for word in name.words if not word.is_particle]
    words = _take_ends(all_words)
    rare = [word for word in words if not word.is_generic]
    yield "all:" + " ".join(sorted(word.skeleton for word in words))
    yield "run:" + find_skeleton("".join(word.text for word in words))
    for word in rare:
        for skeleton in _spellings(word.skeleton):
            yield f"rare:{skeleton}"
    for one, other in combinations(sorted(words, key=lambda word: word.skeleton), 2):
        # Half of all ministries are of health: where there is a rarer word, it must be one of the two.
        if rare and one.is_generic and other.is_generic:
            continue
        yield f"two:{one.skeleton}:{other.skeleton}"
    if name.is_acronym and len(name.words[0].text) >= MIN_ACRONYM:
        yield f"initials:{name.words[0].text}"
    for initials in {"".join(w.text[0] for w in name.words), "".join(w.text[0] for w in all_words)}:
        if len(initials) >= MIN_ACRONYM:
            yield f"initials:{initials}"
