"""What governs an event: the way outwards from its word, without a parser.

Each turn looks at the shape that the word's surroundings give it (finite, infinitive, -ing, noun), finds the word that
governs such a shape, and goes on from there. Each turn moves left, so there are few and they end.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from sayso.extract.scope import Group, Step, is_adverb, is_past, read_group
from sayso.extract.signatures import VOWELS, load_lexicon

if TYPE_CHECKING:
    from sayso.extract.scope import Words

MOST_TURNS = 6
# How far the governing word may stand, in words: what lies between is a subject, an object, or a noun's description.
SUBJECT_WORDS, OBJECT_WORDS, PHRASE_WORDS, PARTNER_WORDS, PREDICATE_WORDS = 24, 8, 7, 14, 8
PREPOSITION_WORDS = 6
STOPS = frozenset({";", ":", ".", "!", "?", "``", "''", '"', "“", "”", "—", "–", "(", ")"})
NOUN_ENDINGS = ("tion", "sion", "ment", "ence", "ance", "ity", "ism", "ness", "ship", "tions", "ments")
PARTICLES = frozenset({"out", "off", "up", "down", "back", "forward"})


class Shape(StrEnum):
    """How a word hangs on what stands to its left."""

    FINITE = "finite"
    INFINITIVE = "infinitive"
    GERUND = "gerund"
    NOUN = "noun"
    PARTNER = "partner"


def find_steps(words: Words, head: int) -> list[Step]:
    """Return what stands over an event, the nearest first."""
    steps: list[Step] = []
    here: int | None = head
    for _ in range(MOST_TURNS):
        if here is None:
            break
        group = read_group(words, here)
        shape = judge_shape(words, here, group)
        if shape is Shape.NOUN:
            here = _leave_noun(words, here, steps, is_first=here == head)
            continue
        steps.extend(group.steps)
        if shape is Shape.PARTNER:
            here = find_partner(words, group)
        elif shape is Shape.INFINITIVE:
            here = _leave_infinitive(words, group, steps)
        elif shape is Shape.GERUND:
            here = _leave_gerund(words, group.start, steps)
        else:
            here = _leave_finite(words, here, group, steps)
    return steps


def judge_shape(words: Words, head: int, group: Group) -> Shape:
    """Return how a word hangs on what stands to its left."""
    parts = load_lexicon().particles
    word = words.low[head]
    before = words.low[group.start - 1] if group.start else ""
    noun = word.endswith(NOUN_ENDINGS) and word not in parts["verb"]
    if group.to is not None:
        return Shape.NOUN if noun and group.to == head - 1 else Shape.INFINITIVE
    if not group.is_bare:
        return Shape.FINITE
    if before in parts["determiner"]:
        return Shape.NOUN
    if before in parts["pronoun"] or is_past(word):
        return Shape.FINITE
    if is_gerund(word):
        return Shape.GERUND
    if before in parts["coordinate"] or before == ",":
        after = words.low[head + 1] if head + 1 < len(words.low) else ""
        object_follows = after in parts["determiner"] or after in parts["pronoun"] or after in PARTICLES
        plain = not (noun or word.endswith("s"))
        return Shape.PARTNER if plain and (object_follows or after not in {"", ".", ",", "of"}) else Shape.NOUN
    after = words.low[head + 1] if head + 1 < len(words.low) else ""
    verb = word.endswith("s") and (after in parts["determiner"] or after in {"to", "that"})
    return Shape.FINITE if verb and before and before not in parts["preposition"] else Shape.NOUN


def is_gerund(word: str) -> bool:
    """Return whether a word looks like an -ing form: "going", not "ring"."""
    return word.endswith("ing") and any(letter in VOWELS for letter in word[:-3])


def find_partner(words: Words, group: Group) -> int | None:
    """Return the verb with which one that has no auxiliary shares one: "might take him *or harm* him"."""
    lexicon = load_lexicon()
    parts = lexicon.particles
    for i in range(group.start - 1, max(-1, group.start - 1 - PARTNER_WORDS), -1):
        word = words.low[i]
        if word in STOPS or word in parts["condition"] or word in parts["subordinate"] or word in parts["pronoun"]:
            return None
        if word in lexicon.modals or word == "to" or word in parts["do"]:
            passed = parts["adverb"] | parts["negation"] | parts["be"]
            j = next((j for j in range(i + 1, group.start - 1) if words.low[j] not in passed), None)
            return None if j is None or is_past(words.low[j]) else j
    return None


def _leave_infinitive(words: Words, group: Group, steps: list[Step]) -> int | None:
    """Add what governs an infinitive and return its place."""
    lexicon = load_lexicon()
    parts, structures = lexicon.particles, lexicon.structures
    before = group.start - 1
    if before < 0 or group.to is None:
        return None
    word = words.low[before]
    if word in lexicon.modals:
        steps.extend(read_group(words, before + 1).steps)
        return None
    if word in parts["have"]:
        steps.append(Step(structures["duty"], before))
        return before
    if word in parts["be"]:
        steps.append(Step(structures["appointed"], before))
        return before
    if word == "going" and read_group(words, before).has_be:
        steps.append(Step(lexicon.modals["will"], before))
        return before
    if word == "used":
        return None
    if word == "yet":
        steps.append(Step(structures["yet"], before))
        return None
    found = _find_governor(words, "to", before, OBJECT_WORDS)
    if found is None:
        steps.append(Step(structures["purpose"], group.to))
    else:
        steps.append(found)
    return found.at if found else None


def _leave_gerund(words: Words, start: int, steps: list[Step]) -> int | None:
    """Add what governs an -ing form and return its place."""
    lexicon = load_lexicon()
    before = start - 1
    if before < 0:
        return None
    word = words.low[before]
    if word == "without":
        steps.append(Step(lexicon.structures["without"], before))
        return None
    found = None
    if word == "," or word in lexicon.particles["coordinate"]:
        places = range(before - 1, max(-1, before - 1 - PREDICATE_WORDS), -1)
        return next((i for i in places if is_gerund(words.low[i])), None)
    if word in lexicon.frames["ing"]:
        found = Step(lexicon.frames["ing"][word], before)
    elif word in lexicon.particles["preposition"]:
        found = _find_governor(words, word, before - 1, PREPOSITION_WORDS)
    if found:
        steps.append(found)
    return found.at if found else None


def _leave_finite(words: Words, head: int, group: Group, steps: list[Step]) -> int | None:
    """Add what stands over a clause with a finite verb, and return the governing word's place."""
    lexicon = load_lexicon()
    parts = lexicon.particles
    nearest = group.start - 1
    if head + 1 < len(words.low) and words.low[head + 1] == "no":
        steps.append(Step(lexicon.structures["no_object"], head + 1))
    for i in range(nearest, max(-1, nearest - SUBJECT_WORDS), -1):
        word = words.low[i]
        if word in STOPS or word == ",":
            break
        if word in parts["condition"]:
            if word != "until" or not is_past(words.low[head]):
                steps.append(Step(lexicon.structures["condition"], i))
            return None
        if word == "that" and i < nearest:
            found = _find_governor(words, "that", i - 1, PREPOSITION_WORDS)
            if found:
                steps.append(found)
            return found.at if found else None
        if word == "that" or word in parts["subordinate"] or (word in parts["coordinate"] and word != "nor"):
            return None
        if word in {"neither", "nor"}:
            if not any(words.low[step.at] == "nor" for step in steps):
                steps.append(Step(lexicon.structures["negation"], i))
            return None
        if word in parts["nothing"] and (not i or words.low[i - 1] not in parts["preposition"]):
            steps.append(Step(lexicon.structures["negation"], i))
        elif word in lexicon.modifiers and is_adverb(word):
            steps.append(Step(lexicon.modifiers[word], i))
        elif i < nearest and word in lexicon.frames["that"] and _begins_phrase(words, i + 1):
            signature = lexicon.frames["that"][word]
            if not (signature.needs_that and group.is_bare):
                steps.append(Step(signature, i))
                return i
    _add_question(words, head, steps)
    return None


def _add_question(words: Words, head: int, steps: list[Step]) -> None:
    """Add the question mark, if the sentence ends with one and asks whether."""
    parts = load_lexicon().particles
    for i in range(head - 1, -1, -1):
        if words.low[i] in STOPS:
            break
        if words.low[i] in parts["asking"]:
            return
    for i in range(head + 1, len(words.low)):
        if words.low[i] in {".", "!", ";"}:
            return
        if words.low[i] == "?":
            steps.append(Step(load_lexicon().structures["question"], i))
            return


def _begins_phrase(words: Words, i: int) -> bool:
    """Return whether a subject can begin here."""
    parts = load_lexicon().particles
    word = words.low[i]
    if word in parts["preposition"] or word in parts["coordinate"] or not word[0].isalnum():
        return False
    return word in parts["determiner"] or word in parts["pronoun"] or words.is_name[i] or word not in parts["adverb"]


def _find_governor(words: Words, frame: str, start: int, most: int) -> Step | None:
    """Return the nearest word to the left that governs by a frame."""
    lexicon = load_lexicon()
    parts = lexicon.particles
    forms = lexicon.frames.get(frame, {})
    for i in range(start, max(-1, start - most), -1):
        word = words.low[i]
        if word in forms:
            return Step(forms[word], i)
        if word in STOPS or word == "," or word in parts["condition"] or word in lexicon.modals:
            return None
        if word in parts["subordinate"] and word not in parts["determiner"]:
            return None
    return None


def _leave_noun(words: Words, head: int, steps: list[Step], *, is_first: bool) -> int | None:
    """Add what stands over a noun: its adjectives, "no", what it is the object of, or what is said of it."""
    lexicon = load_lexicon()
    parts = lexicon.particles
    is_definite = False
    i = head - 1
    while i >= 0 and head - i <= PHRASE_WORDS:
        word = words.low[i]
        if word in lexicon.frames["object"] and not (
            words.low[head] in lexicon.frames["that"] and lexicon.frames["object"][word].needs_that
        ):
            steps.append(Step(lexicon.frames["object"][word], i))
            return i
        if word in parts["nothing"]:
            steps.append(Step(lexicon.structures["negation"], i))
        elif word in lexicon.modifiers and not is_definite:
            steps.append(Step(lexicon.modifiers[word], i))
        elif word == "to":
            if i + 1 == head or words.low[i + 1] in parts["determiner"]:
                return None
            if not is_definite:
                steps.append(Step(lexicon.structures["object"], i + 1))
            return None if is_definite else i + 1
        elif word in parts["preposition"]:
            return _leave_preposition(words, i, steps)
        elif word in parts["determiner"]:
            is_definite = is_definite or word not in {"a", "an", "any", "some", "another", "more"}
        elif word in PARTICLES:
            pass
        elif word in parts["condition"]:
            steps.append(Step(lexicon.structures["condition"], i))
            return None
        elif word in parts["coordinate"] and i == head - 1:
            pass
        elif word in STOPS or word == "," or word in parts["subordinate"] or word in parts["coordinate"]:
            break
        elif word in parts["pronoun"]:
            break
        elif not is_definite and read_group(words, i).is_open:
            steps.append(Step(lexicon.structures["object"], i))
            return i
        i -= 1
    if is_first:
        _add_predicate(words, head, steps, is_definite=is_definite)
        _add_question(words, head, steps)
    return None


def _leave_preposition(words: Words, at: int, steps: list[Step]) -> int | None:
    """Add what governs a noun by a preposition, and return its place."""
    word = words.low[at]
    if word == "without":
        steps.append(Step(load_lexicon().structures["without"], at))
        return None
    found = _find_governor(words, word, at - 1, PREPOSITION_WORDS)
    if found:
        steps.append(found)
    return found.at if found else None


def _add_predicate(words: Words, head: int, steps: list[Step], *, is_definite: bool) -> None:
    """Add what is said of a noun that is the subject: "talks *will* resume", "a strike is *possible*"."""
    lexicon = load_lexicon()
    parts = lexicon.particles
    for i in range(head + 1, min(len(words.low), head + 1 + PREDICATE_WORDS)):
        word = words.low[i]
        if (
            word in STOPS
            or word == ","
            or word in parts["coordinate"]
            or word in parts["subordinate"]
            or word == "that"
        ):
            return
        if word in lexicon.modals:
            if not is_definite:
                steps.append(Step(lexicon.structures["subject"], head))
                steps.append(Step(lexicon.modals[word], i))
            return
        if word in parts["be"] and word != "'s":
            for j in range(i + 1, min(len(words.low), i + 4)):
                said = words.low[j]
                if said in lexicon.predicates:
                    steps.append(Step(lexicon.predicates[said], j))
                if said not in parts["negation"] and said not in parts["adverb"] and said not in parts["be"]:
                    return
                if said in parts["negation"]:
                    steps.append(Step(lexicon.structures["negation"], j))
            return
