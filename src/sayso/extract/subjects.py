"""Who does what a cue says, where the heads found no source: the cue's subject, by the syntax head.

"The minister denied it but pledged a review": whoever denies pledges, too. A passive cue has no such subject: it is not
the city that expects where "the city is expected to act".
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sayso.extract.syntax import PASSIVE, SUBJECTS, VERBS, grow_tree, name_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.encoder.features import Words
    from sayso.encoder.session import SyntaxScores
    from sayso.extract.rows import RawRow
    from sayso.extract.syntax import Tree

# By what a verb hangs on another whose subject it shares.
SHARING = frozenset(("conj", "xcomp"))
MAX_STEPS = 4
# "It is unclear": nobody. "Which" and "who" stand for somebody, whom the antecedents find.
NOBODY = frozenset(("it", "there", "this", "that", "what"))


def add_subjects(rows: Sequence[RawRow], words: Words, text: str, syntax: SyntaxScores) -> list[RawRow]:
    """Return the rows, those without a source with the subject of their cue's verb, where it has one of its own."""
    return [row if row.source else _add_subject(row, words, text, syntax) for row in rows]


def _add_subject(row: RawRow, words: Words, text: str, syntax: SyntaxScores) -> RawRow:
    """Return the row with its cue's subject as the source, if that is outside of its cue and content."""
    tree = grow_tree(syntax, _sentence_of(words, row.anchor))
    subject = find_subject(tree, row.anchor)
    taken = {word for low, high in (*row.cue, *row.content) for word in range(low, high)}
    if not subject or taken & set(subject):
        return row
    if text[words.start[subject[0]] : words.end[subject[-1]]].casefold() in NOBODY:
        return row
    return replace(row, source=((subject[0], subject[-1] + 1),), by_subject=True)


def find_subject(tree: Tree, verb: int) -> list[int]:
    """Return the words of who does what a verb says; empty if it is passive or nobody stands there."""
    for _ in range(MAX_STEPS):
        if tree.tag[verb] not in VERBS or tree.children(verb, PASSIVE):
            return []
        found = name_of(tree, tree.children(verb, SUBJECTS))
        if found:
            return found
        if tree.relation[verb] not in SHARING or tree.head[verb] == verb:
            return []
        verb = tree.head[verb]
    return []


def _sentence_of(words: Words, word: int) -> range:
    """Return the words of a word's sentence."""
    number = words.sentence[word]
    low = int(words.sentence.searchsorted(number, side="left"))
    high = int(words.sentence.searchsorted(number, side="right"))
    return range(low, high)
