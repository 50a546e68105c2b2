"""What the syntax head knows of a row's source: who it is where the heads found none, and where its name ends.

"The minister denied it but pledged a review": whoever denies pledges, too. A passive cue has no such subject: it is not
the city that expects where "the city is expected to act".
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sayso.extract.signatures import load_lexicon
from sayso.extract.syntax import PASSIVE, SUBJECTS, VERBS, grow_tree, name_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from sayso.encoder.features import Words
    from sayso.encoder.session import SyntaxScores
    from sayso.extract.rows import RawRow
    from sayso.extract.syntax import Tree

# By what a verb hangs on another whose subject it shares.
SHARING = frozenset(("conj", "xcomp"))
MAX_STEPS = 4
# By what words behind a noun tell who is meant: "sources | close to the meeting", "the head | of the union".
TIES = frozenset(("prep", "amod"))
# "It is unclear": nobody. "Which" and "who" stand for somebody, whom the antecedents find.
NOBODY = frozenset(("it", "there", "this", "that", "what"))


def add_subjects(rows: Sequence[RawRow], words: Words, text: str, syntax: SyntaxScores) -> list[RawRow]:
    """Return the rows, those without a source with the subject of their cue's verb, where it has one of its own."""
    return [row if row.source else _add_subject(row, words, text, syntax) for row in rows]


def complete_sources(
    rows: Sequence[RawRow], words: Words, syntax: SyntaxScores, is_time: NDArray[np.bool_]
) -> list[RawRow]:
    """Return the rows, a source that breaks off before what its noun is tied to reaching over that.

    "Sources close | to the meeting": but not "prosecutors | in April", which is when they spoke.

    Args:
        rows: The rows.
        words: The text's words.
        syntax: Who governs whom.
        is_time: Which words name a time, (n_words,).
    """
    return [_complete(row, words, syntax, is_time) if len(row.source) == 1 else row for row in rows]


def _complete(row: RawRow, words: Words, syntax: SyntaxScores, is_time: NDArray[np.bool_]) -> RawRow:
    """Return the row with its source's last tie."""
    low, high = row.source[0]
    sentence = _sentence_of(words, low)
    if high not in sentence or syntax.relations[syntax.relation[high]] not in TIES:
        return row
    tree = grow_tree(syntax, sentence)
    tie = tree.descend(high)
    taken = {word for a, b in (*row.cue, *row.content) for word in range(a, b)}
    is_whole = tie == list(range(high, tie[-1] + 1)) and not taken & set(tie)
    governor = tree.head[high]
    if not (low <= governor < high and is_whole) or tree.tag[governor] in VERBS or is_time[high : tie[-1] + 1].any():
        return row
    return replace(row, source=((low, tie[-1] + 1),))


def _add_subject(row: RawRow, words: Words, text: str, syntax: SyntaxScores) -> RawRow:
    """Return the row with its cue's subject as the source, if that is outside of its cue and content."""
    tree = grow_tree(syntax, _sentence_of(words, row.anchor))
    if tree.tag[row.anchor] != "VBG" and _has_be(row, words, text, tree):
        return row
    subject = find_subject(tree, row.anchor)
    taken = {word for low, high in (*row.cue, *row.content) for word in range(low, high)}
    if not subject or taken & set(subject):
        return row
    if text[words.start[subject[0]] : words.end[subject[-1]]].casefold() in NOBODY:
        return row
    return replace(row, source=((subject[0], subject[-1] + 1),), by_subject=True)


def _has_be(row: RawRow, words: Words, text: str, tree: Tree) -> bool:
    """Return whether a form of "be" stands in the cue or helps its verb: then it is passive, whatever the head says."""
    forms = load_lexicon().particles["be"]
    near = [word for low, high in row.cue for word in range(low, high)] + tree.children(row.anchor, ("aux", "auxpass"))
    return any(text[words.start[word] : words.end[word]].casefold() in forms for word in near if word != row.anchor)


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
