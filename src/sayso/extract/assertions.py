"""What is claimed: for every row, and for every sentence in the article's own voice, who did what.

A content is cut into its sentences, a sentence into its main clauses (one for each verb that stands beside the main
one). The syntax head says who governs whom; what is a time, a figure or a place comes from the engines for them.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sayso.extract.factuality import rate_event
from sayso.extract.syntax import PASSIVE_SUBJECTS, SUBJECTS, VERBS, grow_tree, name_of, split_sentences
from sayso.ids import assertion_id
from sayso.records import Assertion, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.encoder.features import Words
    from sayso.encoder.session import SyntaxScores
    from sayso.extract.syntax import Tree
    from sayso.records import Attribution, Document, Place, Quantity, Reading, Time

    Stretch = tuple[int, int]

OBJECTS = frozenset(("dobj", "attr", "acomp", "oprd"))
# A verb whose own verb follows ("began to fire", "is to meet"): both are the deed.
CHAINED = frozenset(("xcomp",))
DEED_PARTS = frozenset(("aux", "auxpass", "neg", "prt"))
MAX_CHAIN = 3


@dataclass(frozen=True, slots=True)
class Clause:
    """One main clause, as numbers of words.

    Attributes:
        words: All of it, in order.
        verb: The main verb, or whatever stands at the root of a clause without one.
        deed: The words of the deed: auxiliaries, negation, verb, particle, a verb that hangs on it.
        actor: Words of who does it; empty where nobody stands there.
        target: Words of to whom or what it is done.
    """

    words: list[int]
    verb: int
    deed: list[int]
    actor: list[int]
    target: list[int]


@dataclass(frozen=True, slots=True)
class Figures:
    """The times, quantities and places of a document, each in order of the text."""

    times: Sequence[Time]
    quantities: Sequence[Quantity]
    places: Sequence[Place]

    def inside(self, span: Span) -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]:
        """Return the numbers of the times, quantities and places that begin inside of a span."""
        times, quantities, places = (
            tuple(range(_place_of(found, span.start), _place_of(found, span.end)))
            for found in (self.times, self.quantities, self.places)
        )
        return times, quantities, places


def _place_of(found: Sequence[Time | Quantity | Place], start: int) -> int:
    """Return how many of them begin before a place in the text."""
    return bisect_left(found, start, key=lambda one: one.span.start)


def find_assertions(reading: Reading, words: Words, syntax: SyntaxScores, figures: Figures) -> list[Assertion]:
    """Return what the rows claim and what the article says in its own voice, in order of the text.

    Args:
        reading: The rows, and the sentences without a source.
        words: The document's words.
        syntax: Who governs whom.
        figures: The document's times, quantities and places.
    """
    doc = reading.document
    claimed: list[tuple[Attribution | None, Sequence[Span]]] = [
        (row, row.content_spans) for row in reading.attributions
    ]
    claimed += [(None, (sentence,)) for sentence in reading.unsourced]
    found: list[Assertion] = []
    for row, spans in claimed:
        stretches = [_word_stretch(words, span) for span in spans]
        for sentence in split_sentences(words, stretches):
            about = _span(doc, words, sentence)
            clauses = find_clauses(grow_tree(syntax, sentence))
            found += [_record(doc, words, clause, about, row, figures) for clause in clauses]
    unique = {assertion.id: assertion for assertion in found}
    return sorted(unique.values(), key=lambda a: (a.span.start, a.span.end, a.attribution or ""))


def find_clauses(tree: Tree) -> list[Clause]:
    """Return the main clauses of a tree: its main verb's, and those of the verbs beside that one."""
    main = _find_main(tree)
    if main is None:
        return []
    verbs = [main, *_beside(tree, main)]
    clauses = []
    shared: list[int] = []
    for verb in verbs:
        barred = [v for v in verbs if v != verb]
        within = tree.descend(verb, barred=barred) if verb != main else _all_but(tree, barred)
        clause = _make_clause(tree, verb, within, shared)
        shared = clause.actor or shared
        clauses.append(clause)
    return clauses


def _find_main(tree: Tree) -> int | None:
    """Return the main verb: of the roots that are verbs the one with a subject, or the first; None without a verb."""
    roots = [w for w in tree.words if tree.head[w] == w and tree.is_verb(w)]
    with_subject = [w for w in roots if tree.children(w, SUBJECTS | PASSIVE_SUBJECTS)]
    return next(iter(with_subject or roots), None)


def _beside(tree: Tree, verb: int) -> list[int]:
    """Return the verbs joined to one by "and", "but" or a comma, and those joined to them."""
    found, here = [], [verb]
    while here:
        here = [w for v in here for w in tree.children(v, ("conj",)) if w not in found and tree.tag[w] in VERBS]
        found += here
    return found


def _all_but(tree: Tree, barred: Sequence[int]) -> list[int]:
    """Return all words but those that hang on a barred one; the marks that then stand at the ends are left out."""
    away = {w for verb in barred for w in tree.descend(verb)}
    kept = [w for w in tree.words if w not in away]
    while kept and tree.relation[kept[-1]] in {"punct", "cc"}:
        kept.pop()
    while kept and tree.relation[kept[0]] in {"punct", "mark", "cc"}:
        kept.pop(0)
    return kept


def _make_clause(tree: Tree, verb: int, words: list[int], shared: list[int]) -> Clause:
    """Return the clause of a verb; one without a subject of its own has that of the verb before it."""
    subjects = tree.children(verb, SUBJECTS)
    patients = tree.children(verb, PASSIVE_SUBJECTS)
    deed = _deed_of(tree, verb)
    objects = [w for v in _chain(tree, verb) for w in tree.children(v, OBJECTS)]
    if patients:
        agents = [w for agent in tree.children(verb, ("agent",)) for w in tree.children(agent, ("pobj",))]
        actor, target = name_of(tree, agents), name_of(tree, patients)
    else:
        actor, target = name_of(tree, subjects) or list(shared), name_of(tree, objects)
    return Clause(words or [verb], verb, deed, actor, target)


def _chain(tree: Tree, verb: int) -> list[int]:
    """Return a verb and the verbs that hang on it in turn ("wants to begin to talk")."""
    chain = [verb]
    while len(chain) <= MAX_CHAIN:
        following = [w for w in tree.children(chain[-1], CHAINED) if tree.tag[w] in VERBS and w not in chain]
        if not following:
            break
        chain.append(following[0])
    return chain


def _deed_of(tree: Tree, verb: int) -> list[int]:
    """Return the words of the deed, in order."""
    deed = [w for link in _chain(tree, verb) for w in (link, *tree.children(link, DEED_PARTS))]
    return sorted({*deed, *(part for word in deed for part in tree.children(word, ("part",)))})


def _record(
    doc: Document, words: Words, clause: Clause, sentence: Span, row: Attribution | None, figures: Figures
) -> Assertion:
    """Return the record of one clause of a sentence."""
    span = _span(doc, words, clause.words)
    verb = (int(words.start[clause.verb]), int(words.end[clause.verb]))
    rated = rate_event(doc.text, verb, (sentence.start, sentence.end))
    actor = _span(doc, words, clause.actor) if clause.actor else _speaker(clause, row)
    times, quantities, places = figures.inside(span)
    return Assertion(
        id=assertion_id(document=doc.id, attribution=row.id if row else None, start=span.start, verb=verb[0]),
        attribution=row.id if row else None,
        span=span,
        actor=actor,
        action=_span(doc, words, clause.deed),
        target=_span(doc, words, clause.target) if clause.target else None,
        times=times,
        quantities=quantities,
        places=places,
        polarity=rated.polarity,
        factuality=rated.value,
        why=rated.explanation,
        made_by=("head:syntax", *rated.made_by),
    )


def _speaker(clause: Clause, row: Attribution | None) -> Span | None:
    """Return the source of a row whose content has no subject of its own ("vowed to return": who vowed returns)."""
    is_bare = clause.words[0] in clause.deed
    return row.source_spans[0] if row and row.source_spans and is_bare and clause.verb in clause.deed else None


def _span(doc: Document, words: Words, numbers: Sequence[int]) -> Span:
    """Return the span from the first word to the last."""
    start, end = int(words.start[numbers[0]]), int(words.end[numbers[-1]])
    return Span(start=start, end=end, exact=doc.text[start:end])


def _word_stretch(words: Words, span: Span) -> Stretch:
    """Return the words inside a span, [low, high)."""
    low, high = np.searchsorted(words.start, [span.start, span.end])
    return int(low), int(high)
