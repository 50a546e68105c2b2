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
PREPOSITION_WORDS, COMPLEMENT_WORDS = 6, 3
STOPS = frozenset({";", ":", ".", "!", "?", "``", "''", '"', "“", "”", "—", "–", "(", ")"})
# What a verb is not, on the way left from its object.
NO_VERBS = ("determiner", "preposition", "condition", "subordinate", "coordinate", "pronoun", "nothing", "adverbial")


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
    noun = word.endswith(load_lexicon().noun_endings) and word not in parts["verb"]
    if group.to is not None:
        return Shape.NOUN if noun and group.to == head - 1 else Shape.INFINITIVE
    if not group.is_bare or (before not in parts["determiner"] and (before in parts["pronoun"] or is_past(word))):
        return Shape.FINITE
    if before in parts["determiner"] or not is_gerund(word):
        return _judge_plain(words, head, before, is_noun=noun)
    return Shape.GERUND


def _judge_plain(words: Words, head: int, before: str, *, is_noun: bool) -> Shape:
    """Return how a word without auxiliary or ending hangs on what stands to its left."""
    parts = load_lexicon().particles
    word = words.low[head]
    after = words.low[head + 1] if head + 1 < len(words.low) else ""
    if before in parts["coordinate"] or before == ",":
        is_verb = not is_noun and not word.endswith("s") and after not in {"", ".", ",", "of"}
        return Shape.PARTNER if is_verb else Shape.NOUN
    if before in parts["determiner"] or before in parts["preposition"] or not before:
        return Shape.NOUN
    is_verb = word.endswith("s") and (after in parts["determiner"] or after in {"to", "that"})
    return Shape.FINITE if is_verb else Shape.NOUN


def is_gerund(word: str) -> bool:
    """Return whether a word looks like an -ing form: "going", not "ring"."""
    return word.endswith("ing") and any(letter in VOWELS for letter in word[:-3])


def find_partner(words: Words, group: Group) -> int | None:
    """Return the verb with which one that has no auxiliary shares one: "may sink the ferry *or damage* it"."""
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
    before = group.start - 1
    if before < 0 or group.to is None:
        return None
    word = words.low[before]
    if word in lexicon.modals:
        steps.extend(read_group(words, before + 1).steps)
    elif word == "yet":
        steps.append(Step(lexicon.structures["yet"], before))
    elif word != "used":
        found = _find_auxiliary(words, before) or _find_governor(words, "to", before, OBJECT_WORDS)
        steps.append(found or Step(lexicon.structures["purpose"], group.to))
        return found.at if found else None
    return None


def _find_auxiliary(words: Words, at: int) -> Step | None:
    """Return the step of a word that makes an auxiliary together with "to": "has to", "is to", "going to"."""
    lexicon = load_lexicon()
    word = words.low[at]
    if word in lexicon.particles["have"]:
        return Step(lexicon.structures["duty"], at)
    if word in lexicon.particles["be"]:
        return Step(lexicon.structures["appointed"], at)
    is_going = word == "going" and read_group(words, at).has_be
    return Step(lexicon.modals["will"], at) if is_going else None


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
    return _follow(found, steps)


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
        if word in lexicon.openings:
            return _leave_opening(words, i, steps, head=head, nearest=nearest)
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


def _leave_opening(words: Words, at: int, steps: list[Step], *, head: int, nearest: int) -> int | None:
    """Add what the word that opens a finite clause makes of it, and return what governs it from there."""
    lexicon = load_lexicon()
    word = words.low[at]
    if word in lexicon.particles["condition"]:
        if word != "until" or not is_past(words.low[head]):
            steps.append(Step(lexicon.structures["condition"], at))
    elif word in {"neither", "nor"}:
        if not any(words.low[step.at] == "nor" for step in steps):
            steps.append(Step(lexicon.structures["negation"], at))
    elif word == "that" and at < nearest:
        return _follow(_find_governor(words, "that", at - 1, PREPOSITION_WORDS), steps)
    return None


def _follow(found: Step | None, steps: list[Step]) -> int | None:
    """Add a step, if one was found, and return its place."""
    if found is None:
        return None
    steps.append(found)
    return found.at


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
    for i in range(head - 1, max(-1, head - 1 - PHRASE_WORDS), -1):
        word = words.low[i]
        deed = _find_deed(words, i, head, is_definite=is_definite)
        if deed:
            return _follow(deed, steps)
        if word in parts["preposition"]:
            return _leave_preposition(words, i, steps, head=head, is_definite=is_definite)
        if word in parts["condition"]:
            steps.append(Step(lexicon.structures["condition"], i))
            return None
        if _ends_phrase(words, i, head):
            break
        if word in parts["nothing"]:
            steps.append(Step(lexicon.structures["negation"], i))
        elif word in lexicon.modifiers and not is_definite:
            steps.append(Step(lexicon.modifiers[word], i))
        elif word in parts["determiner"]:
            is_definite = is_definite or word not in parts["indefinite"]
    if is_first:
        _add_predicate(words, head, steps, is_definite=is_definite)
        _add_question(words, head, steps)
    return None


def _find_deed(words: Words, at: int, head: int, *, is_definite: bool) -> Step | None:
    """Return the step of a word, if it is the verb whose object a noun is: a listed one, or one in an open group.

    What is definite ("the meeting") is there whether or not the deed is done; only listed verbs say something of it.
    """
    lexicon = load_lexicon()
    parts = lexicon.particles
    word = words.low[at]
    if word in lexicon.frames["object"]:
        signature = lexicon.frames["object"][word]
        # "denied allegations": these were made all the same.
        return None if signature.needs_that and words.low[head] in lexicon.frames["that"] else Step(signature, at)
    if is_definite or word in lexicon.modifiers or any(word in parts[name] for name in NO_VERBS):
        return None
    is_open = word[0].isalnum() and read_group(words, at).is_open
    return Step(lexicon.structures["object"], at) if is_open else None


def _ends_phrase(words: Words, at: int, head: int) -> bool:
    """Return whether a noun phrase does not reach as far left as this word."""
    parts = load_lexicon().particles
    word = words.low[at]
    if word in parts["coordinate"]:
        return at < head - 1
    return word in STOPS or word == "," or word in parts["subordinate"] or word in parts["pronoun"]


def _leave_preposition(words: Words, at: int, steps: list[Step], *, head: int, is_definite: bool) -> int | None:
    """Add what governs a noun by a preposition, and return its place."""
    lexicon = load_lexicon()
    word = words.low[at]
    if word == "without":
        steps.append(Step(lexicon.structures["without"], at))
        return None
    if word == "to":
        # "to enforce an order": no preposition, and the noun is the object of the verb after it.
        if is_definite or at + 1 == head or words.low[at + 1] in lexicon.particles["determiner"]:
            return None
        return _follow(Step(lexicon.structures["object"], at + 1), steps)
    return _follow(_find_governor(words, word, at - 1, PREPOSITION_WORDS), steps)


def _add_predicate(words: Words, head: int, steps: list[Step], *, is_definite: bool) -> None:
    """Add what is said of a noun that is the subject: "talks *will* resume", "a strike is *possible*"."""
    lexicon = load_lexicon()
    parts = lexicon.particles
    for i in range(head + 1, min(len(words.low), head + 1 + PREDICATE_WORDS)):
        word = words.low[i]
        if word in lexicon.openings or word in STOPS or word == ",":
            return
        if word in lexicon.modals:
            if not is_definite:
                steps.extend((Step(lexicon.structures["subject"], head), Step(lexicon.modals[word], i)))
            return
        if word in parts["be"] and word != "'s":
            _add_complement(words, i, steps)
            return


def _add_complement(words: Words, at: int, steps: list[Step]) -> None:
    """Add what follows a form of "be", with its negation, where it is listed."""
    lexicon = load_lexicon()
    parts = lexicon.particles
    negation: list[Step] = []
    for i in range(at + 1, min(len(words.low), at + 1 + COMPLEMENT_WORDS)):
        word = words.low[i]
        if word in lexicon.predicates:
            steps.extend((Step(lexicon.predicates[word], i), *negation))
            return
        if word in parts["negation"]:
            negation = [Step(lexicon.structures["negation"], i)]
        elif word not in parts["adverb"] and word not in parts["be"]:
            return
