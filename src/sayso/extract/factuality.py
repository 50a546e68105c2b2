"""How surely a clause puts an event: certainly so, perhaps, certainly not. Who says it is left aside.

There is no parser. From the event's word the way leads outwards, through its verb group or noun phrase to the word that
governs it, and on from there (`governors`). What was met on the way is then applied from the outside in: "did not
manage to flee" is a negated implicative, so they certainly did not flee.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sayso.extract.governors import find_steps
from sayso.extract.scope import Step, split_clause
from sayso.extract.signatures import FULL, load_lexicon
from sayso.records import Polarity

if TYPE_CHECKING:
    from sayso.extract.scope import Words

# Up to "should": neither so nor not so.
OPEN_MOST = 1.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One word that had a say.

    Attributes:
        rule: The rule that it fired.
        start: Where it begins in the text.
        end: Where it ends (excluded).
        exact: The word as written.
    """

    rule: str
    start: int
    end: int
    exact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Factuality:
    """How surely a clause puts an event.

    Attributes:
        value: -3 (certainly not) … 3 (certainly so).
        polarity: ``open`` where it is put neither as so nor as not so.
        why: The words that decided, the nearest to the event first; empty where it is put plainly.
    """

    value: float
    polarity: Polarity
    why: tuple[Reason, ...] = ()

    @property
    def explanation(self) -> str:
        """The words that decided, for a person; empty where it is put plainly."""
        return ", ".join(f"“{reason.exact}”: {reason.rule.replace('-', ' ')}" for reason in self.why)

    @property
    def made_by(self) -> tuple[str, ...]:
        """The rules that fired, as records name them."""
        return tuple(dict.fromkeys(f"rule:factuality.{reason.rule}" for reason in self.why))


def rate_event(
    text: str,
    at: tuple[int, int],
    clause: tuple[int, int],
    *,
    denied: tuple[int, ...] = (),
    subject: tuple[int, int] | None = None,
) -> Factuality:
    """Return how surely a clause puts an event.

    Cost is linear in the clause, and bounded: of a very long one only the words around the event are looked at.

    Args:
        text: The document's text.
        at: The event's words, a verb group or a noun: "did not attend", "attack". Nothing but blank space or outside of
            the clause: the event is taken to be put plainly.
        clause: What may be looked at: the sentence, or within a row the content's sentence. A wider one lets the
            governing words be seen ("hopes that …"); what stands outside of it is left aside.
        denied: Where words begin that deny the event, as far as that is known: "is *not* ready". They are counted once.
        subject: Where the event's subject stands, as far as that is known: nothing in it governs the event, but it may
            deny it ("*no one* came").
    """
    words, head = split_clause(text, at, clause)
    steps = find_steps(words, head) if head is not None else []
    steps = [*_find_missed(words, steps, denied), *_leave_subject(words, steps, subject)]
    value = weigh_steps(steps)
    why = tuple(
        Reason(
            rule=step.signature.name,
            start=words.start[step.at],
            end=words.end[step.at],
            exact=text[words.start[step.at] : words.end[step.at]],
        )
        for step in steps
    )
    return Factuality(value=value, polarity=judge_polarity(value), why=why)


def _leave_subject(words: Words, steps: list[Step], subject: tuple[int, int] | None) -> list[Step]:
    """Return the steps up to the first that took a word of the event's own subject for what governs it."""
    if subject is None:
        return steps
    kept: list[Step] = []
    for step in steps:
        is_inside = subject[0] <= words.start[step.at] < subject[1]
        if is_inside and step.signature is not load_lexicon().structures["negation"]:
            break
        kept.append(step)
    return kept


def _find_missed(words: Words, steps: list[Step], denied: tuple[int, ...]) -> list[Step]:
    """Return the negations at some places of the text that the way outwards did not meet."""
    lexicon = load_lexicon()
    met = {step.at for step in steps}
    return [
        Step(lexicon.structures["negation"], i)
        for i, low in enumerate(words.low)
        if i not in met
        and low in lexicon.particles["negation"]
        and any(words.start[i] <= place < words.end[i] for place in denied)
        and not lexicon.particles["focus"] & set(words.low[i + 1 : i + 2])
    ]


def weigh_steps(steps: list[Step]) -> float:
    """Return the event's value: the steps, the nearest to the event first, applied from the outermost in."""
    value = FULL
    for step in reversed(steps):
        value = step.signature.apply(value)
    return round(value, 3) + 0.0


def judge_polarity(value: float) -> Polarity:
    """Return whether a value says that it is so, that it is not, or neither."""
    if abs(value) <= OPEN_MOST:
        return Polarity.OPEN
    return Polarity.POSITIVE if value > 0 else Polarity.NEGATIVE
