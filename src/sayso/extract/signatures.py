"""What a word makes of the event that it stands over: the signatures of `rules/en/factuality.toml`, by form and frame.

A signature maps how surely the governing word itself holds, -3 … 3, to how surely the event does. "managed to flee"
and "failed to flee" differ in nothing else, so one small composition serves implicatives, factives, negation, modals
and questions alike.

Source: L. Karttunen, Implicative verbs, Language 47 (1971), for the idea of two-way and one-way verbs; R. Nairn, C.
Condoravdi and L. Karttunen, Computing relative polarity for textual inference, ICoS-5 (2006), for carrying polarity
down through them; R. Saurí and J. Pustejovsky, FactBank, LRE 43 (2009), for degrees of certainty beside polarity.
The lists and values are our own.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from sayso.extract.rulebook import load_rules

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FULL = 3.0
VOWELS = "aeiou"


@dataclass(frozen=True, slots=True)
class Signature:
    """What a word makes of the event under it.

    Attributes:
        name: How `made_by` names it.
        holds: The event's value where the word itself certainly holds, -3 … 3.
        fails: The event's value where the word itself certainly does not hold.
        is_under_negation: Whether a "not" beside it denies it, and not the event alone: "could not" against "may not".
        needs_that: Whether its clause begins with "that": "denied that they came", never "denied they came".
    """

    name: str
    holds: float
    fails: float
    is_under_negation: bool = False
    needs_that: bool = False

    def apply(self, value: float) -> float:
        """Return the event's value where the word itself has this one."""
        return self.holds * value / FULL if value >= 0 else self.fails * -value / FULL


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The rules, by form.

    Attributes:
        frames: For each frame (``to``, ``that``, ``ing``, ``object``, a preposition) the signature of each form.
        modals: Of modal verbs; ``must+have`` for one with "have".
        modifiers: Of adverbs, and of adjectives before a noun.
        predicates: Of what is said of an event that is the subject.
        structures: Of ways of hanging on a sentence: ``purpose``, ``question`` …
        particles: The closed classes of words.
        openings: The words at which a finite clause begins.
        noun_endings: What nouns that are made of verbs end in.
    """

    frames: Mapping[str, Mapping[str, Signature]]
    modals: Mapping[str, Signature]
    modifiers: Mapping[str, Signature]
    predicates: Mapping[str, Signature]
    structures: Mapping[str, Signature]
    particles: Mapping[str, frozenset[str]]
    openings: frozenset[str]
    noun_endings: tuple[str, ...]


@cache
def load_lexicon() -> Lexicon:
    """Return the rules of `rules/en/factuality.toml`, every form written out."""
    rules = load_rules("en", "factuality")
    irregular: dict[str, str] = rules["irregular"]
    frames: dict[str, dict[str, Signature]] = {}
    for raw in rules["signature"]:
        signature = _read_signature(raw)
        for frame, lemmas in raw.items():
            if frame in {"name", "holds", "fails", "needs_that"}:
                continue
            forms = frames.setdefault(frame, {})
            for lemma in lemmas.split():
                for form in inflect(lemma, irregular.get(lemma, "")):
                    forms.setdefault(form, signature)
    particles = {name: frozenset(words) for name, words in rules["particle"].items()}
    return Lexicon(
        frames=frames,
        modals=_read_words(rules["modal"]),
        modifiers=_read_words(rules["modifier"]),
        predicates=_read_words(rules["predicate"]),
        structures={name: Signature(name, holds, fails) for name, (holds, fails) in rules["frame"].items()},
        particles=particles,
        openings=particles["condition"] | particles["subordinate"] | particles["coordinate"] | {"that", "neither"},
        noun_endings=tuple(rules["particle"]["noun_ending"]),
    )


def inflect(lemma: str, irregular: str = "") -> Iterator[str]:
    """Yield a word's forms as a verb or a noun; some that do not exist among them, which no text contains."""
    yield lemma
    yield from irregular.split()
    if lemma.endswith("y") and lemma[-2:-1] not in VOWELS:
        yield from (lemma[:-1] + "ies", lemma[:-1] + "ied", lemma + "ing")
    elif lemma.endswith("e"):
        yield from (lemma + "s", lemma + "d", lemma[:-1] + "ing")
    elif lemma.endswith(("s", "sh", "ch", "x", "z")):
        yield from (lemma + "es", lemma + "ed", lemma + "ing")
    else:
        yield from (lemma + "s", lemma + "ed", lemma + "ing")


def _read_signature(raw: Mapping[str, Any]) -> Signature:
    """Return the signature of one table of the rules."""
    return Signature(
        raw["name"], raw["holds"], raw["fails"], raw.get("is_under_negation", False), raw.get("needs_that", False)
    )


def _read_words(tables: list[dict[str, Any]]) -> dict[str, Signature]:
    """Return the signature of each word of tables that list plain forms."""
    return {word: _read_signature(raw) for raw in tables for word in raw["words"].split()}
