"""Who governs whom: the syntax head's answers as trees, one sentence each, over the words of a text.

The answers are looked up, never searched: whatever the head says (a circle, two roots), every function ends.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sayso.encoder.features import SHAPES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from sayso.encoder.features import Words
    from sayso.encoder.session import SyntaxScores

VERBS = frozenset(("VB", "VBD", "VBG", "VBN", "VBP", "VBZ"))
SUBJECTS = frozenset(("nsubj", "csubj"))
PASSIVE_SUBJECTS = frozenset(("nsubjpass", "csubjpass"))
PASSIVE = PASSIVE_SUBJECTS | {"auxpass"}
# A longer sentence is read in pieces: it is none.
MAX_WORDS = 300
# What hangs on a noun without being part of who it is.
LOOSE = ("relcl", "acl", "parataxis", "punct")


@dataclass(frozen=True, slots=True)
class Tree:
    """The words of one stretch of a text and what governs each.

    Attributes:
        words: Their numbers in the text, in order.
        head: For each word the word that governs it; itself for a root.
        relation: By what relation.
        tag: What the word is, in the tags of the Penn Treebank.
        below: For each word those that it governs, in order.
    """

    words: Sequence[int]
    head: dict[int, int]
    relation: dict[int, str]
    tag: dict[int, str]
    below: dict[int, list[int]]

    def children(self, word: int, relations: Collection[str]) -> list[int]:
        """Return the words that a word governs by one of these relations."""
        return [w for w in self.below.get(word, ()) if self.relation[w] in relations]

    def is_verb(self, word: int) -> bool:
        """Return whether a word is a verb, or does a verb's work (it has a subject)."""
        return self.tag[word] in VERBS or bool(self.children(word, SUBJECTS | PASSIVE_SUBJECTS))

    def descend(self, word: int, *, without: Iterable[str] = (), barred: Collection[int] = ()) -> list[int]:
        """Return a word and all that hangs on it, in order.

        Args:
            word: Where to begin.
            without: Relations that are not followed from `word` itself.
            barred: Words at which the descent stops.
        """
        left_out = frozenset(without)
        found, waiting = {word}, [w for w in self.below.get(word, ()) if self.relation[w] not in left_out]
        while waiting:
            here = waiting.pop()
            if here not in found and here not in barred:
                found.add(here)
                waiting.extend(self.below.get(here, ()))
        return sorted(found)


def grow_tree(scores: SyntaxScores, words: Sequence[int]) -> Tree:
    """Return the tree over some words of a text; a word whose governor is not among them is a root."""
    inside = set(words)
    head: dict[int, int] = {}
    below: dict[int, list[int]] = {}
    for word in words:
        governor = scores.head[word]
        head[word] = governor if governor in inside else word
        if head[word] != word:
            below.setdefault(governor, []).append(word)
    relation = {word: scores.relations[scores.relation[word]] for word in words}
    tag = {word: scores.tags[scores.tag[word]] for word in words}
    return Tree(words, head, relation, tag, below)


def split_sentences(scores: SyntaxScores, words: Words, places: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Return the words inside of some stretches of words, sentence by sentence, in order.

    Within a quotation the text's sentences are not told apart; the stops are, for the syntax head tells them from the
    points of abbreviations, after which a sentence goes on.
    """
    inside = sorted({word for low, high in places for word in range(low, high)})
    stop = scores.tags.index(".") if "." in scores.tags else -1
    part = scores.relations.index("part") if "part" in scores.relations else -1
    found: list[list[int]] = []
    has_stopped = False
    for place, word in enumerate(inside):
        before = inside[place - 1]
        is_next = place > 0 and words.sentence[word] != words.sentence[before] and scores.relation[before] != part
        is_full = bool(found) and len(found[-1]) >= MAX_WORDS
        is_opening = SHAPES[words.shape[word]] not in {"lower", "mark"}
        if not found or is_next or is_full or (has_stopped and is_opening):
            found.append([])
            has_stopped = False
        found[-1].append(word)
        is_mark = SHAPES[words.shape[word]] == "mark"
        has_stopped = scores.tag[word] == stop or (has_stopped and is_mark)
    return found


def name_of(tree: Tree, nouns: Sequence[int]) -> list[int]:
    """Return the words of a noun and what belongs to it: not its relative clause, nor what is set beside it."""
    if not nouns:
        return []
    noun = nouns[0]
    near = tree.descend(noun, without=LOOSE)
    words = [w for w in near if w <= noun or _belongs(tree, w, noun)]
    return [w for w in words if words[0] <= w <= words[-1]]


def _belongs(tree: Tree, word: int, noun: int) -> bool:
    """Return whether a word after a noun is part of its name or of a short tie ("the head of the union")."""
    while tree.head[word] not in {noun, word}:
        word = tree.head[word]
    return tree.relation[word] not in {"appos", "relcl", "acl"}
