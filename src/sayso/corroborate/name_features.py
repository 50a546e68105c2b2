"""What speaks for and against two names being one party's: a table of named features, each with its reason.

Every feature is a number; its weight stands in ``rules/name_weights.toml``, and what it means in the docstring of the
function that makes it. A feature that says nothing is 0.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from sayso.corroborate.name_pairs import Tie, lay_out
from sayso.corroborate.name_words import Build
from sayso.corroborate.rulebook import load_rules
from sayso.corroborate.spelling import CHEAP
from sayso.records import PartyFeature

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sayso.corroborate.name_pairs import Layout
    from sayso.corroborate.name_words import Name, Word

MANY_EDITS: Final = 4.0
# What a stretch of a name is when it is not in the middle.
CONFLICT_LEAST: Final = 1.0
SHORT_CHARS: Final = 4


def find_name_features(left: Name, right: Name) -> list[PartyFeature]:
    """Return the features of two names that say something, in the order of the table."""
    layout = lay_out(left, right)
    found = []
    for name, make in FEATURES.items():
        value, why = make(layout)
        if value:
            found.append(PartyFeature(name=name, value=round(value, 4), why=why))
    return found


def _say(words: Iterable[Word]) -> str:
    return " ".join(word.text for word in words)


def _share(layout: Layout, ties: frozenset[Tie]) -> float:
    """Return what part of both names is tied so."""
    tied = sum(layout.weigh(pair) for pair in layout.pairs if pair.tie in ties)
    total = sum(word.weight for word in (*layout.left.words, *layout.right.words))
    return tied / total if total else 0.0


def same_words(layout: Layout) -> tuple[float, str]:
    """How much of the two names is the same words, 0 to 1."""
    words = [layout.words_of(pair)[0] for pair in layout.pairs if pair.tie is Tie.EQUAL]
    return _share(layout, frozenset({Tie.EQUAL})), f"both have “{' '.join(words)}”"


def same_sound(layout: Layout) -> tuple[float, str]:
    """How much of the two names is words of one sound in two spellings, 0 to 1."""
    words = [" / ".join(layout.words_of(pair)) for pair in layout.pairs if pair.tie is Tie.SOUND]
    return _share(layout, frozenset({Tie.SOUND})), f"spellings of one sound: {', '.join(words)}"


def nickname(layout: Layout) -> tuple[float, str]:
    """How many given names stand in a short form on one side."""
    words = [" / ".join(layout.words_of(pair)) for pair in layout.pairs if pair.tie is Tie.NICKNAME]
    return float(len(words)), f"short forms: {', '.join(words)}"


def initial(layout: Layout) -> tuple[float, str]:
    """How many words are an initial on one side."""
    words = [" / ".join(layout.words_of(pair)) for pair in layout.pairs if pair.tie is Tie.INITIAL]
    return float(len(words)), f"initials: {', '.join(words)}"


def near_words(layout: Layout) -> tuple[float, str]:
    """How much of the two names is words that differ in a few letters, 0 to 1."""
    words = [" / ".join(layout.words_of(pair)) for pair in layout.pairs if pair.tie is Tie.NEAR]
    return _share(layout, frozenset({Tie.NEAR})), f"a few letters apart: {', '.join(words)}"


def unlike_words(layout: Layout) -> tuple[float, str]:
    """How far apart the least alike of the words that answer to one another are: 1 less their likeness."""
    near = [pair for pair in layout.pairs if pair.tie is Tie.NEAR]
    if not near:
        return 0.0, ""
    worst = min(near, key=lambda pair: (pair.likeness, pair.left))
    one, other = layout.words_of(worst)
    return 1.0 - worst.likeness, f"“{one}” and “{other}” are {worst.likeness:.0%} alike"


def edits(layout: Layout) -> tuple[float, str]:
    """In how many letters the words that answer to one another differ; over four it is four."""
    total = min(sum(pair.edits for pair in layout.pairs if pair.tie in {Tie.NEAR, Tie.SOUND}), MANY_EDITS)
    return total, f"{total:.1f} edits between the spellings"


def missing_words(layout: Layout) -> tuple[float, str]:
    """How much of the longer name the shorter one leaves out, where it has no other words instead, 0 to 1."""
    missing = _find_missing(layout)
    if not missing:
        return 0.0, ""
    total = max(_weigh(layout.left.words), _weigh(layout.right.words))
    return _weigh(missing) / total, f"“{_say(missing)}” stands in one name only"


def missing_count(layout: Layout) -> tuple[float, str]:
    """How many full words the shorter name leaves out, where it has no other words instead; over three it is three."""
    count = len(_full(_find_missing(layout)))
    return float(min(count, 3)), f"{count} words more in one name"


def _find_missing(layout: Layout) -> tuple[Word, ...]:
    """Return the words that one name leaves out; none where the other leaves out more than small words too."""
    lighter, heavier = sorted((layout.left_rest, layout.right_rest), key=_weigh)
    return () if _full(lighter) or any(word.is_initial for word in lighter) else heavier


def short_words(layout: Layout) -> tuple[float, str]:
    """How many short words differ in a letter, those of four in more than a vowel: as a rule these are two names."""
    short = [
        f"{one} / {other}"
        for pair in layout.pairs
        if pair.tie is Tie.NEAR
        for one, other in [layout.words_of(pair)]
        if max(len(one), len(other)) < SHORT_CHARS + (pair.edits > CHEAP)
    ]
    return float(len(short)), f"short words that differ: {', '.join(short)}"


def paired_endings(layout: Layout) -> tuple[float, str]:
    """How many words differ by an ending that makes a woman's name of a man's."""
    if layout.left.build is not Build.PERSON:
        return 0.0, ""
    apart = [layout.words_of(pair) for pair in layout.pairs if pair.tie in {Tie.NEAR, Tie.SOUND}]
    paired = [f"{one} / {other}" for one, other in apart if _are_paired(one, other)]
    return float(len(paired)), f"a man's name and a woman's: {', '.join(paired)}"


def _are_paired(one: str, other: str) -> bool:
    endings = load_rules("given_names")["paired_endings"]
    return any(
        a.endswith(plain) and b.endswith(marked) and a.removesuffix(plain) == b.removesuffix(marked)
        for plain, marked in endings
        for a, b in ((one, other), (other, one))
    )


def two_given_names(layout: Layout) -> tuple[float, str]:
    """How many words that answer to one another are two given names: Jane is not John."""
    if layout.left.build is not Build.PERSON:
        return 0.0, ""
    near = [layout.words_of(pair) for pair in layout.pairs if pair.tie is Tie.NEAR]
    two = [f"{one} / {other}" for one, other in near if {one, other} <= _given_names()]
    return float(len(two)), f"two given names: {', '.join(two)}"


@cache
def _given_names() -> frozenset[str]:
    return frozenset(load_rules("given_names")["names"].split())


def other_words(layout: Layout) -> tuple[float, str]:
    """How much of the names is words in which they contradict one another, 0 to 1."""
    one, other = _weigh(layout.left_rest), _weigh(layout.right_rest)
    if not _is_conflict(layout):
        return 0.0, ""
    share = 2 * min(one, other) / (_weigh(layout.left.words) + _weigh(layout.right.words))
    return share, f"“{_say(layout.left_rest)}” against “{_say(layout.right_rest)}”"


def contradiction(layout: Layout) -> tuple[float, str]:
    """Whether each name has a full word that the other lacks: 1 or 0."""
    one, other = _full(layout.left_rest), _full(layout.right_rest)
    return float(contradict(layout)), f"“{_say(one)}” against “{_say(other)}”"


def contradict(layout: Layout) -> bool:
    """Return whether each name has a full word that the other lacks."""
    return bool(_full(layout.left_rest)) and bool(_full(layout.right_rest)) and _is_conflict(layout)


def other_given_name(layout: Layout) -> tuple[float, str]:
    """Whether the persons' first words contradict one another while the last are one: 1 or 0."""
    if layout.left.build is not Build.PERSON or not _is_conflict(layout) or not layout.pairs:
        return 0.0, ""
    one, other = layout.left.words, layout.right.words
    given_differ = one[0] in layout.left_rest and other[0] in layout.right_rest
    last_same = any(len(one) - 1 in pair.left and len(other) - 1 in pair.right for pair in layout.pairs)
    return float(given_differ and last_same), f"one surname, the given names “{one[0].text}” and “{other[0].text}”"


def other_surname(layout: Layout) -> tuple[float, str]:
    """Whether the persons' last words contradict one another: 1 or 0."""
    if layout.left.build is not Build.PERSON or not _is_conflict(layout):
        return 0.0, ""
    one, other = layout.left.words[-1], layout.right.words[-1]
    is_other = one in layout.left_rest and other in layout.right_rest
    return float(is_other), f"the last names “{one.text}” and “{other.text}”"


def other_order(layout: Layout) -> tuple[float, str]:
    """Whether the words stand in another order: 1 or 0."""
    ends = [pair.right[0] for pair in layout.pairs]
    is_other = ends != sorted(ends)
    return float(is_other), "the same words in another order"


def surname_alone(layout: Layout) -> tuple[float, str]:
    """Whether one of two persons has one word only and the other more: 1 or 0."""
    if layout.left.build is not Build.PERSON:
        return 0.0, ""
    short, long = sorted((layout.left, layout.right), key=lambda name: len(name.own_words))
    is_alone = len(short.own_words) == 1 < len(long.own_words)
    return float(is_alone), f"“{short.written}” is one name only"


def only_common_words(layout: Layout) -> tuple[float, str]:
    """Whether all that two bodies share is words that half of all bodies have: 1 or 0."""
    if layout.left.build is Build.PERSON or not layout.pairs or not _full((*layout.left_rest, *layout.right_rest)):
        return 0.0, ""
    shared = [layout.left.words[n] for pair in layout.pairs for n in pair.left]
    is_common = all(word.is_generic or word.is_particle for word in shared)
    return float(is_common), f"only “{_say(shared)}” in common"


def other_common_words(layout: Layout) -> tuple[float, str]:
    """Whether two bodies that share a rare word contradict one another in a common one: 1 or 0."""
    if layout.left.build is Build.PERSON or not _is_conflict(layout):
        return 0.0, ""
    rest = (*layout.left_rest, *layout.right_rest)
    return float(any(word.is_generic for word in rest)), f"“{_say(layout.left_rest)}” or “{_say(layout.right_rest)}”"


def other_figures(layout: Layout) -> tuple[float, str]:
    """Whether the numbers in two bodies' names differ: 1, 0.5 where only one has any."""
    one, other = layout.left.figures, layout.right.figures
    if one == other:
        return 0.0, ""
    said = f"the numbers {' '.join(one) or 'none'} and {' '.join(other) or 'none'}"
    return (1.0 if one and other else 0.5), said


def other_legal_form(layout: Layout) -> tuple[float, str]:
    """Whether two firms are of two legal forms: 1 or 0."""
    one, other = layout.left.legal_form, layout.right.legal_form
    return float(bool(one and other and one != other)), f"the legal forms {one} and {other}"


def other_generation(layout: Layout) -> tuple[float, str]:
    """Whether two persons are of two generations: 1, 0.5 where only one name says which."""
    one, other = layout.left.generation, layout.right.generation
    if one == other:
        return 0.0, ""
    return (1.0 if one and other else 0.5), f"“{one or 'no word'}” and “{other or 'no word'}” for the generation"


def other_initial(layout: Layout) -> tuple[float, str]:
    """Whether an initial on one side stands against another initial or word: 1 or 0."""
    one, other = layout.left_rest, layout.right_rest
    is_initial = any(word.is_initial for word in (*one, *other)) and bool(one) and bool(other)
    return float(is_initial), f"the initials “{_say(one)}” and “{_say(other)}”"


def acronym(layout: Layout) -> tuple[float, str]:
    """Whether one body's name is the initials of the other's words: 1 or 0."""
    short, long = sorted((layout.left, layout.right), key=lambda name: len(name.words))
    is_initials = short.build is Build.BODY and spells(short, long)
    return float(is_initials), f"“{short.written}” is the initials of “{long.written}”"


def spells(short: Name, long: Name) -> bool:
    """Return whether a body's name of a few capitals is the initials of another's words, with or without "of"."""
    if not short.is_acronym or len(long.words) < 2 or not short.words:  # noqa: PLR2004 (one word has one initial)
        return False
    letters = short.words[0].text
    full = [word.text[0] for word in long.words]
    plain = [word.text[0] for word in long.words if not word.is_particle]
    return letters in {"".join(full), "".join(plain)}


def _full(words: Iterable[Word]) -> list[Word]:
    return [word for word in words if not word.is_particle and not word.is_initial]


def _weigh(words: Iterable[Word]) -> float:
    return sum(word.weight for word in words)


def _is_conflict(layout: Layout) -> bool:
    """Return whether each name has words of its own, and one is not merely the other's initials."""
    is_initials = spells(layout.left, layout.right) or spells(layout.right, layout.left)
    return not is_initials and min(_weigh(layout.left_rest), _weigh(layout.right_rest)) >= CONFLICT_LEAST


FEATURES: Final[dict[str, Callable[[Layout], tuple[float, str]]]] = {
    make.__name__.replace("_", "-"): make
    for make in (
        same_words,
        same_sound,
        near_words,
        nickname,
        initial,
        acronym,
        unlike_words,
        edits,
        other_order,
        surname_alone,
        missing_words,
        missing_count,
        short_words,
        paired_endings,
        two_given_names,
        other_words,
        contradiction,
        other_given_name,
        other_surname,
        other_initial,
        other_generation,
        other_figures,
        other_legal_form,
        only_common_words,
        other_common_words,
    )
}
