"""What is claimed: for every row, and for every sentence in the article's own voice, who did what.

A content is cut into its sentences, a sentence into its main clauses (`clauses`). The syntax head says who governs
whom; what is a time, a figure or a place comes from the engines for them. One clause is claimed once: what a row within
another claims is not claimed by the other too, and what a row claims is not the article's own.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sayso.extract.clauses import find_clauses
from sayso.extract.factuality import rate_event
from sayso.extract.phrases import ADVERBS, NOUNS, PRONOUNS, RELATIVES, phrase_of
from sayso.extract.rulebook import load_rules
from sayso.extract.signatures import load_lexicon
from sayso.extract.subjects import NOBODY
from sayso.extract.syntax import MAX_WORDS, PASSIVE_SUBJECTS, SUBJECTS, grow_tree, split_sentences
from sayso.ids import assertion_id
from sayso.records import Assertion, Polarity, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sayso.encoder.features import Words
    from sayso.encoder.session import SyntaxScores
    from sayso.extract.clauses import Clause
    from sayso.extract.syntax import Tree
    from sayso.records import Attribution, Document, Place, Quantity, Reading, Time

    Stretch = tuple[int, int]
    Claim = tuple[Attribution | None, Clause, Tree, list[int]]

# How far before its content a cue may stand that says what becomes of an infinitive: "refused to leave".
MAX_CUE_CHARS = 200
BY = "by"
# Steps from a verb to the one whose subject it has.
MAX_STEPS = 4


@dataclass(frozen=True, slots=True)
class Figures:
    """The times, quantities and places of a document, each in order of the text."""

    times: Sequence[Time]
    quantities: Sequence[Quantity]
    places: Sequence[Place]

    def inside(self, words: Words, own: frozenset[int]) -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]:
        """Return the numbers of the times, quantities and places that begin within some words."""
        if not own:
            return (), (), ()
        low, high = int(words.start[min(own)]), int(words.end[max(own)])
        times, quantities, places = (
            tuple(k for k in range(_place_of(found, low), _place_of(found, high)) if _word_at(words, found[k]) in own)
            for found in (self.times, self.quantities, self.places)
        )
        return times, quantities, places


def _place_of(found: Sequence[Time | Quantity | Place], start: int) -> int:
    """Return how many of them begin before a place in the text."""
    return bisect_left(found, start, key=lambda one: one.span.start)


def _word_at(words: Words, one: Time | Quantity | Place) -> int:
    """Return the word in which a figure begins."""
    return int(np.searchsorted(words.end, one.span.start, side="right"))


def find_assertions(reading: Reading, words: Words, syntax: SyntaxScores, figures: Figures) -> list[Assertion]:
    """Return what the rows claim and what the article says in its own voice, in order of the text.

    Args:
        reading: The rows, and the sentences without a source.
        words: The document's words.
        syntax: Who governs whom.
        figures: The document's times, quantities and places.
    """
    doc = reading.document
    by = _find_by(doc, words, figures)
    claims = [
        claim for row in reading.attributions for claim in _find_claims(row, row.content_spans, words, syntax, by)
    ]
    told = {row.id for row, *_ in claims if row}
    claims = _claim_once(claims)
    spoken = {claim[1].verb for claim in claims}
    for row in reading.attributions:
        for span in (*row.cue_spans, *row.content_spans):
            spoken.update(range(*_word_stretch(words, span)))
    for sentence in reading.unsourced:
        own = _find_claims(None, (sentence,), words, syntax, by)
        claims += [claim for claim in own if claim[1].verb not in spoken]
    found = [_record(doc, words, syntax, claim, figures) for claim in claims]
    found += [_record_thing(doc, words, row, figures) for row in reading.attributions if row.id not in told]
    unique = {assertion.id: assertion for assertion in found}
    return sorted(unique.values(), key=lambda a: (a.span.start, a.span.end, a.attribution or ""))


def _find_claims(
    row: Attribution | None, spans: Sequence[Span], words: Words, syntax: SyntaxScores, by: frozenset[int]
) -> Iterator[Claim]:
    """Yield the clauses of some spans, each with its tree and the words of its sentence."""
    stretches = [_word_stretch(words, span) for span in spans]
    for sentence in split_sentences(syntax, words, stretches):
        tree = grow_tree(syntax, sentence)
        for clause in find_clauses(tree, by):
            yield row, clause, tree, sentence


def _find_by(doc: Document, words: Words, figures: Figures) -> frozenset[int]:
    """Return the words "by" that no time follows."""
    starts, ends = words.start.tolist(), words.end.tolist()
    dated = {_word_at(words, time) for time in figures.times}
    found = (k for k, (low, high) in enumerate(zip(starts, ends, strict=True)) if high - low == len(BY))
    return frozenset(k for k in found if doc.text[starts[k] : ends[k]].casefold() == BY and not {k, k + 1} & dated)


def _claim_once(claims: Sequence[Claim]) -> list[Claim]:
    """Return the claims, each once where rows within one another make it: the inner row's, if that has a source."""
    rows = {row.id: row for row, *_ in claims if row}
    by_verb: dict[int, list[Attribution]] = {}
    for row, clause, *_ in claims:
        if row is not None:
            by_verb.setdefault(clause.verb, []).append(row)
    kept = []
    for claim in claims:
        row, verb = claim[0], claim[1].verb
        others = [other for other in by_verb.get(verb, ()) if other is not row] if row else []
        if not any(row and _yields(row, other, rows) for other in others):
            kept.append(claim)
    return kept


def _yields(row: Attribution, other: Attribution, rows: dict[str, Attribution]) -> bool:
    """Return whether a row leaves what both claim to another: to one within it that has a source, or one around it."""
    if _is_within(other, row, rows):
        return bool(other.source_spans)
    return _is_within(row, other, rows) and not row.source_spans


def _is_within(row: Attribution, outer: Attribution, rows: dict[str, Attribution]) -> bool:
    """Return whether a row stands within another, at whatever depth."""
    for _ in range(len(rows)):
        if row.within is None:
            return False
        if row.within == outer.id:
            return True
        if row.within not in rows:
            return False
        row = rows[row.within]
    return False


def _record(doc: Document, words: Words, syntax: SyntaxScores, claim: Claim, figures: Figures) -> Assertion:
    """Return the record of one clause of a sentence."""
    row, clause, tree, sentence = claim
    span = _span(doc, words, clause.words)
    verb = (int(words.start[clause.verb]), int(words.end[clause.verb]))
    # "has to leave": whether they do is asked of leaving.
    is_duty = doc.text[slice(*verb)].casefold() in load_lexicon().particles["have"]
    event = clause.last if is_duty else clause.verb
    at = (int(words.start[event]), int(words.end[event]))
    denied = tuple(int(words.start[word]) for word in clause.denied)
    start = int(words.start[sentence[0]])
    begins = _begin_of_infinitive(doc, words, tree, clause, row)
    around = (start if begins is None else begins, int(words.end[sentence[-1]]))
    actor, target = _parties(doc, words, syntax, claim)
    doer = clause.target if clause.is_passive else clause.actor
    subject = _span(doc, words, doer) if doer and doer[-1] < clause.verb else None
    aside = (subject.start, subject.end) if subject else None
    rated = rate_event(doc.text, at, around, denied=denied, subject=aside)
    times, quantities, places = figures.inside(words, clause.own or frozenset((clause.verb,)))
    return Assertion(
        id=assertion_id(document=doc.id, attribution=row.id if row else None, start=span.start, verb=verb[0]),
        attribution=row.id if row else None,
        span=span,
        actor=actor,
        action=_span(doc, words, clause.deed),
        target=target,
        times=times,
        quantities=quantities,
        places=places,
        polarity=rated.polarity,
        factuality=rated.value,
        why=rated.explanation,
        made_by=("head:syntax", *rated.made_by),
    )


def _record_thing(doc: Document, words: Words, row: Attribution, figures: Figures) -> Assertion:
    """Return the record of a row whose content has no verb: a thing is named, and nothing is said of it."""
    span = row.content_spans[0]
    times, quantities, places = figures.inside(words, frozenset(range(*_word_stretch(words, span))))
    return Assertion(
        id=assertion_id(document=doc.id, attribution=row.id, start=span.start, verb=span.start),
        attribution=row.id,
        span=span,
        actor=None,
        action=None,
        target=None,
        times=times,
        quantities=quantities,
        places=places,
        polarity=Polarity.OPEN,
        factuality=0.0,
        why=load_rules("en", "factuality")["thing"],
        made_by=("head:syntax",),
    )


def _begin_of_infinitive(
    doc: Document, words: Words, tree: Tree, clause: Clause, row: Attribution | None
) -> int | None:
    """Return where the cue of a row begins that says what becomes of an infinitive: refusing to go is not going."""
    if row is None or not row.cue_spans or tree.tag[clause.deed[0]] != "TO":
        return None
    start, cue = int(words.start[clause.deed[0]]), row.cue_spans[0]
    is_near = cue.start < start and start - cue.start < MAX_CUE_CHARS and "\n\n" not in doc.text[cue.start : start]
    return cue.start if is_near else None


def _parties(doc: Document, words: Words, syntax: SyntaxScores, claim: Claim) -> tuple[Span | None, Span | None]:
    """Return who does it and to whom: those of the clause; of an infinitive or "who" whom the words around name."""
    row, clause, tree, _ = claim
    actor = _span(doc, words, clause.actor) if clause.actor else None
    target = _span(doc, words, clause.target) if clause.target else None
    doer = clause.target if clause.is_passive else clause.actor
    found: Span | None = None
    if not doer and tree.head[clause.verb] == clause.verb:
        named = _find_doer(syntax, words, clause)
        found = _span(doc, words, named) if named else None
        if found is None or found.exact.casefold() in NOBODY:
            found = _speaker(clause, row, tree)
    elif _is_relative(tree, doer):
        named = _find_antecedent(syntax, words, doer[0])
        found = _span(doc, words, named) if named else None
    if found is None:
        return actor, target
    is_apart = target is None or found.end <= target.start or target.end <= found.start
    if clause.is_passive:
        return actor, found
    return found, target if is_apart else None


def _find_doer(syntax: SyntaxScores, words: Words, clause: Clause) -> list[int]:
    """Return whose deed an infinitive is that hangs on a cue: "asked *them* to leave", "*they* seem to leave"."""
    governor = int(syntax.head[clause.verb])
    relation = syntax.relations[syntax.relation[clause.verb]]
    is_bare = clause.words[0] in clause.deed
    if governor == clause.verb or relation not in ({"xcomp", "conj"} if is_bare else {"xcomp"}):
        return []
    whole = grow_tree(syntax, _sentence_around(words, clause.verb))
    if governor not in whole.head:
        return []
    objects = whole.children(governor, {"dobj", "dative"})
    objects = [w for w in objects if governor < w < clause.deed[0] and whole.tag[w] in NOUNS | PRONOUNS]
    if objects and relation == "xcomp":
        return phrase_of(whole, objects, clause.deed)
    for _ in range(MAX_STEPS):
        nouns = whole.children(governor, SUBJECTS | PASSIVE_SUBJECTS)
        if nouns or whole.relation[governor] not in {"conj", "xcomp"} or whole.head[governor] == governor:
            named = _find_antecedent(syntax, words, nouns[0]) if _is_relative(whole, nouns) else []
            return named or phrase_of(whole, nouns, (governor,))
        governor = whole.head[governor]
    return []


def _is_relative(tree: Tree, nouns: Sequence[int]) -> bool:
    """Return whether some words are but one, "who" or "which"."""
    return len(nouns) == 1 and tree.tag[nouns[0]] in RELATIVES


def _find_antecedent(syntax: SyntaxScores, words: Words, pronoun: int) -> list[int]:
    """Return the words of the noun that "who" or "which" stands for; empty where the tree does not tell."""
    whole = grow_tree(syntax, _sentence_around(words, pronoun))
    verb = whole.head[pronoun]
    for _ in range(MAX_STEPS):
        if whole.relation[verb] == "relcl" and whole.head[verb] < pronoun:
            noun = whole.head[verb]
            return [] if whole.tag[noun] in RELATIVES else phrase_of(whole, [noun], (pronoun,))
        if whole.head[verb] == verb:
            return []
        verb = whole.head[verb]
    return []


def _sentence_around(words: Words, word: int) -> range:
    """Return the words of a word's sentence, of a very long one those around it."""
    low, high = np.searchsorted(words.sentence, [words.sentence[word], words.sentence[word] + 1])
    return range(max(int(low), word - MAX_WORDS), min(int(high), word + MAX_WORDS))


def _speaker(clause: Clause, row: Attribution | None, tree: Tree) -> Span | None:
    """Return the source of a row whose content has no subject of its own ("vowed to return": who vowed returns)."""
    first = next((word for word in clause.deed if tree.tag[word] not in ADVERBS), clause.verb)
    is_bare = tree.tag[first] in {"TO", "VB", "VBG"} and clause.deed[0] in tree.words[:2]
    return row.source_spans[0] if row and row.source_spans and is_bare else None


def _span(doc: Document, words: Words, numbers: Sequence[int]) -> Span:
    """Return the span from the first word to the last, a word with hyphens not cut at them."""
    start, end = int(words.start[numbers[0]]), int(words.end[numbers[-1]])
    first, last = numbers[0], numbers[-1]
    while (
        first > 1 and words.end[first - 1] == start and doc.text[start - 1] == "-" and words.end[first - 2] == start - 1
    ):
        first -= 2
        start = int(words.start[first])
    while (
        last + 2 < len(words)
        and words.start[last + 1] == end
        and doc.text[end] == "-"
        and words.start[last + 2] == end + 1
    ):
        last += 2
        end = int(words.end[last])
    return Span(start=start, end=end, exact=doc.text[start:end])


def _word_stretch(words: Words, span: Span) -> Stretch:
    """Return the words inside a span, [low, high)."""
    low, high = np.searchsorted(words.start, [span.start, span.end])
    return int(low), int(high)
