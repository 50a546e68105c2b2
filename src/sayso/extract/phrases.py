"""Who or what a noun names, in words: the noun with what belongs to it, mended where the tree went astray.

The syntax head hangs one noun in eight on a wrong word, and most often the last one of a phrase; what each word *is* it
hardly ever mistakes. So a phrase that breaks off ("the sting of") is carried on over the nouns that follow it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.extract.syntax import VERBS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.extract.syntax import Tree

NOUNS = frozenset(("NN", "NNS", "NNP", "NNPS", "CD"))
PRONOUNS = frozenset(("PRP", "EX"))
# What stands before a noun as part of its phrase; a participle may too ("a planned stop").
BEFORE_NOUN = NOUNS | {"DT", "PDT", "PRP$", "JJ", "JJR", "JJS", "POS", "VBN", "VBG", "HYPH", "$"}
# The rest of a word that is cut at its marks ("U.S.") is tagged so.
REST = "other"
ADVERBS = frozenset(("RB", "RBR", "RBS"))
QUOTES = frozenset(("``", "''"))
# A verb in a tense, or its modal: no phrase goes on over it.
FINITE = frozenset(("VBD", "VBP", "VBZ", "MD"))
# What hangs on a noun without being part of who it is, on however long a way.
LOOSE = frozenset(("relcl", "acl", "parataxis", "appos", "advcl", "ccomp"))
# A phrase does not end with one of these.
DANGLING = frozenset(("IN", "TO", "CC", ",", ":", "``", "-LRB-", "HYPH", "DT", "WDT", "."))
RELATIVES = frozenset(("WDT", "WP"))


def phrase_of(tree: Tree, nouns: Sequence[int], deed: Sequence[int] = ()) -> list[int]:
    """Return the words of the first noun's phrase, in one piece; empty without a noun.

    Args:
        tree: The tree.
        nouns: Nouns, the first of them is taken.
        deed: Words of the verb: no phrase reaches over them.
    """
    if not nouns or nouns[0] in deed:
        return []
    noun = nouns[0]
    order = {word: place for place, word in enumerate(tree.words)}
    held = {w for w in tree.descend(noun) if w == noun or _belongs(tree, w, noun)} - set(deed)
    low = high = order[noun]
    blocked = {order[word] for word in deed if word in order}
    first = min(order[w] for w in held)
    while low > first and low - 1 not in blocked:
        low -= 1
    # What stands between two words of the phrase is of it, but for what the phrase is not: a relative clause, the verb.
    last = max(order[w] for w in held)
    while high < last and high + 1 not in blocked and _goes_on(tree, tree.words[high + 1], held, noun):
        high += 1
    low = _begin(tree, low, blocked)
    high = _carry_on(tree, order[noun], high, blocked)
    return _trim(tree, list(tree.words[low : high + 1]), noun)


def find_run(tree: Tree, place: int, blocked: frozenset[int] | set[int] = frozenset()) -> tuple[int, int] | None:
    """Return the places of the run of nouns, and what stands before them, that begins at a place; None for none."""
    tags, words = tree.tag, tree.words
    if place < len(words) and tags[words[place]] in PRONOUNS:
        return place, place
    end, last = place, -1
    while end < len(words) and end not in blocked and (end > place) >= (tags[words[end]] == REST):
        if tags[words[end]] in NOUNS:
            last = end
        elif tags[words[end]] == REST:
            last = end if last == end - 1 else last
        elif tags[words[end]] not in BEFORE_NOUN or (last >= 0 and not _is_inside(tree, end)):
            break
        end += 1
    return (place, last) if last >= 0 else None


def find_before(tree: Tree, first: int, *, from_start: bool = False) -> list[int]:
    """Return the words of a phrase that fills all between a clause's start and a verb: who does it, most likely.

    Args:
        tree: The tree.
        first: The first word of the verb.
        from_start: Whether it must begin where the tree begins, and end where the verb begins.
    """
    words, tags = tree.words, tree.tag
    end = words.index(first)
    skipped = ADVERBS | QUOTES
    while end and tags[words[end - 1]] in skipped:
        end -= 1
    start = end
    while start and (
        tags[words[start - 1]] in BEFORE_NOUN | PRONOUNS | QUOTES | ADVERBS | {REST}
        or tree.relation[words[start - 1]] == "prep"
    ):
        start -= 1
    is_opening = start == 0 or tags[words[start - 1]] in {",", ":", "CC", "IN"}
    while start < end and tags[words[start]] in skipped | {"IN", "POS", "HYPH"}:
        if tags[words[start]] == "IN" and tree.relation[words[start]] != "mark":
            return []
        start += 1
    found = find_run(tree, start) if start < end and tags[words[start]] != "EX" else None
    if from_start and (words[end - 1] != first - 1 or any(tree.relation[w] != "mark" for w in words[:start])):
        return []
    if found is None or not is_opening or found[1] >= end or tree.relation[words[found[1]]] == "npadvmod":
        return []
    return list(words[start:end]) if tags[words[end - 1]] in NOUNS | PRONOUNS | {REST} else []


def find_after(tree: Tree, deed: Sequence[int]) -> list[int]:
    """Return the words of the nouns right after a verb: to whom it is done, if the tree tells not."""
    words = tree.words
    place = words.index(deed[-1]) + 1
    while place < len(words) and tree.tag[words[place]] in QUOTES:
        place += 1
    if place >= len(words) or tree.tag[words[place]] not in (BEFORE_NOUN | PRONOUNS) - {"EX", "VBG", "VBN", "POS"}:
        return []
    found = find_run(tree, place)
    if found is None:
        return []
    noun = words[found[1]]
    governor = tree.head[noun]
    is_others = tree.relation[noun].startswith(("nsubj", "csubj")) and governor > noun and tree.tag[governor] in VERBS
    if is_others or tree.relation[noun] in {"npadvmod", "advmod", "poss"}:
        return []
    if is_subject_here(tree, words[place : found[1] + 1]):
        return []
    whole = phrase_of(tree, [noun], deed)
    last = max(found[1], words.index(whole[-1]) if whole and whole[0] <= words[place] <= noun else 0)
    return _trim(tree, list(words[place : last + 1]), noun)


def is_subject_here(tree: Tree, phrase: Sequence[int]) -> bool:
    """Return whether another verb stands right behind a phrase: it is that one's subject, whatever the tree says."""
    if tree.tag[phrase[-1]] in RELATIVES:
        return False
    behind = tree.words.index(phrase[-1]) + 1
    return behind < len(tree.words) and tree.tag[tree.words[behind]] in FINITE


def _belongs(tree: Tree, word: int, noun: int) -> bool:
    """Return whether a word is part of a noun's phrase: nothing loose stands on the way between them."""
    seen = 0
    while word != noun and seen < len(tree.words):
        if tree.relation[word] in LOOSE or (tree.relation[word] == "punct" and tree.head[word] == noun):
            return tree.tag[word] == "HYPH"
        word = tree.head[word]
        seen += 1
    return True


def _goes_on(tree: Tree, word: int, held: set[int], noun: int) -> bool:
    """Return whether a phrase goes on over its next word: its own, or a mark within it that no verb follows."""
    if tree.tag[word] in FINITE and tree.relation[word] not in {"conj", "amod", "compound"}:
        return False
    if word in held:
        return tree.tag[word] not in RELATIVES
    return tree.relation[word] not in LOOSE and tree.tag[word] in {",", "``", "''", "HYPH", "POS", REST} and word > noun


def _begin(tree: Tree, low: int, blocked: set[int]) -> int:
    """Return where a phrase begins that lost its article: "[the] latest versions"."""
    words, tags = tree.words, tree.tag
    if (
        low
        and low - 1 not in blocked
        and tags[words[low]] not in {"DT", "PRP$", "PRP"}
        and tags[words[low - 1]] == "DT"
    ):
        return low - 1
    return low


def _carry_on(tree: Tree, noun: int, high: int, blocked: set[int]) -> int:
    """Return where a phrase ends that broke off after "of" and the like."""
    words, tags = tree.words, tree.tag
    is_of = high > noun and tags[words[high]] == "IN" and high + 1 < len(words)
    end = high + 1
    while end < len(words) and end not in blocked and tags[words[end]] in NOUNS and tags[words[end - 1]] in NOUNS:
        end += 1
    if end - 1 > high and end in blocked:
        return end - 1
    if noun < high + 1 < len(words) and (joined := _join_others(tree, high, blocked)):
        return joined
    if is_of and (found := find_run(tree, high + 1, blocked)) is not None:
        return found[1]
    return high


def _join_others(tree: Tree, high: int, blocked: set[int]) -> int:
    """Return where a subject ends that goes on with "and" up to its verb ("Orla, Venn and the crew left"); 0 if not."""
    words, tags = tree.words, tree.tag
    end = high + 1
    while end < len(words) and end not in blocked and tags[words[end]] in BEFORE_NOUN | {"CC", ",", REST, "RB"}:
        end += 1
    last = end - 1
    while last > high and tags[words[last]] not in NOUNS | {REST}:
        last -= 1
    is_joined = any(tags[words[k]] == "CC" for k in range(high, last))
    return last if end in blocked and is_joined and {tags[words[high]], tags[words[high + 1]]} & {"CC", ","} else 0


def _is_inside(tree: Tree, place: int) -> bool:
    """Return whether what stands after a noun goes on its phrase: a mark, or what an owner stands before."""
    before = tree.words[place - 1]
    if tree.tag[tree.words[place]] in {"POS", "HYPH"}:
        return True
    return tree.tag[before] in {"POS", "HYPH", "CD", REST} or tree.relation[before] == "poss"


def _trim(tree: Tree, words: list[int], noun: int) -> list[int]:
    """Return a phrase without what it cannot end or begin with; the noun stays."""
    while words and words[-1] != noun and (tree.tag[words[-1]] in DANGLING):
        words.pop()
    while words and words[0] != noun and tree.tag[words[0]] in {",", ":", "``", "''", "CC", "IN", "."}:
        words.pop(0)
    return words
