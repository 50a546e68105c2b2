"""A sentence's main clauses, from its tree: which verbs stand on their own, and who does what to whom.

The trees are imperfect. What rests on one doubtful link is held against what the words are and where they stand:
auxiliaries stand beside their verb, whoever acts before it, and a verb without a subject takes that of the one before
only where nothing else stands between them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sayso.extract.phrases import (
    ADVERBS,
    NOUNS,
    PRONOUNS,
    QUOTES,
    RELATIVES,
    find_after,
    find_before,
    is_subject_here,
    phrase_of,
)
from sayso.extract.syntax import PASSIVE_SUBJECTS, SUBJECTS, VERBS

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sayso.extract.syntax import Tree

OBJECTS = frozenset(("dobj", "attr", "acomp", "oprd"))
# A verb whose own verb follows ("began to fire", "is to meet", "is mistaken"): both are the deed.
CHAINED = frozenset(("xcomp", "attr", "acomp"))
DEED_PARTS = frozenset(("aux", "auxpass", "neg", "prt"))
# What may stand between a helper and its verb, a few words at most: "would *at last* see".
PARENTHETIC = frozenset(("advmod", "prep", "pobj", "npadvmod", "punct", "intj"))
MAX_GAP = 4
MAX_CHAIN = 3
# A verb that hangs on a noun so makes no main clause, unless the relative pronoun is its subject.
ON_NOUNS = frozenset(("relcl", "acl", "amod", "compound", "nmod"))
# Under these a verb has a clause of its own, with its own times and figures.
SUBORDINATE = frozenset(("relcl", "ccomp", "parataxis", "advcl"))


@dataclass(frozen=True, slots=True)
class Clause:
    """One main clause, as numbers of words.

    Attributes:
        words: All of it, in order.
        verb: The main verb, or whatever stands at the root of a clause without one.
        deed: The words of the deed, in one piece: auxiliaries, negation, verb, particle, a verb that hangs on it.
        actor: Words of who does it; empty where nobody stands there.
        target: Words of to whom or what it is done.
        own: Of its words those that are in no clause under it.
        last: The verb that hangs on the main verb last, itself if none does.
        is_passive: Whether the deed is done to its subject.
        denied: The words that deny the deed.
    """

    words: list[int]
    verb: int
    deed: list[int]
    actor: list[int]
    target: list[int]
    own: frozenset[int]
    last: int
    is_passive: bool = False
    denied: tuple[int, ...] = ()


def find_clauses(tree: Tree, by: Collection[int] = ()) -> list[Clause]:
    """Return the main clauses of a tree: its main verb's, those of other roots, and of the verbs beside these.

    Args:
        tree: The tree.
        by: Words that name who does what is done, if a passive governs them: "by", but not "by Friday".
    """
    mains = _find_mains(tree)
    verbs: list[int] = []
    for main in mains:
        verbs += [verb for verb in (main, *_beside(tree, main)) if verb not in verbs]
    clauses = []
    shared: list[int] = []
    for verb in sorted(verbs):
        barred = [v for v in verbs if v != verb]
        within = _all_but(tree, barred) if verb == mains[0] else tree.descend(verb, barred=barred)
        clause, subject = _make_clause(tree, verb, _trim(tree, within), shared, by)
        shared = subject or shared
        clauses.append(clause)
    return clauses


def _find_mains(tree: Tree) -> list[int]:
    """Return the main verb, one of the roots with a subject if any has; then the other roots that state something."""
    roots = [w for w in tree.words if tree.head[w] == w and tree.is_verb(w) and _is_main(tree, w)]
    if not roots:
        return []
    with_subject = [w for w in roots if tree.children(w, SUBJECTS | PASSIVE_SUBJECTS)]
    free = [w for w in with_subject if tree.relation[w] != "advcl"]
    main = next(iter(free or with_subject or roots))
    return [main, *(w for w in free if w != main and tree.relation[w] == "ROOT")]


def _is_main(tree: Tree, verb: int) -> bool:
    """Return whether a root may make a main clause: one on a noun, or without a tense, only where all begins."""
    helpers = tree.children(verb, DEED_PARTS)
    subjects = tree.children(verb, SUBJECTS | PASSIVE_SUBJECTS)
    on_noun = tree.relation[verb] in ON_NOUNS
    is_participle = tree.tag[verb] in {"VBG", "VBN"} and not helpers
    if not on_noun and (subjects or not is_participle):
        return True
    first = next((w for w in tree.words if tree.relation[w] not in {"punct", "mark", "cc", "advmod"}), verb)
    if first == verb or first in helpers:
        return True
    if is_participle:
        # "insisted they go": the head takes what has no ending for a participle, too.
        return tree.relation[verb] == "ccomp" and bool(find_before(tree, verb, from_start=True))
    return any(tree.tag[w] in RELATIVES or first in phrase_of(tree, [w], (verb,)) for w in subjects)


def _beside(tree: Tree, verb: int) -> list[int]:
    """Return the verbs joined to one by "and", "but" or a comma, and those joined to them."""
    found, here = [], [verb]
    while here:
        here = [w for v in here for w in tree.children(v, ("conj",)) if w not in found and _is_beside(tree, w, verb)]
        found += here
    return found


def _is_beside(tree: Tree, word: int, verb: int) -> bool:
    """Return whether a word is a verb of the same kind as another: no participle beside a finite verb."""
    if tree.tag[word] not in VERBS:
        return False
    has_own = tree.children(word, DEED_PARTS | SUBJECTS | PASSIVE_SUBJECTS)
    return bool(has_own) or tree.tag[word] not in {"VBG", "VBN"} or tree.tag[word] == tree.tag[verb]


def _all_but(tree: Tree, barred: Sequence[int]) -> list[int]:
    """Return all words but those that hang on a barred one."""
    away = {w for verb in barred for w in tree.descend(verb)}
    return [w for w in tree.words if w not in away]


def _trim(tree: Tree, kept: list[int]) -> list[int]:
    """Return the words of a clause without the marks, and the words that join it to others, at its ends."""
    while kept and tree.relation[kept[-1]] in {"punct", "cc"}:
        kept.pop()
    while kept and tree.relation[kept[0]] in {"punct", "mark", "cc"}:
        kept.pop(0)
    return kept


def _make_clause(
    tree: Tree, verb: int, words: list[int], shared: list[int], by: Collection[int]
) -> tuple[Clause, list[int]]:
    """Return the clause of a verb, and its subject; one without has that of the verb before it."""
    chain = _chain(tree, verb)
    deed, denied = _deed_of(tree, chain)
    is_passive = bool(tree.children(chain[-1], ("auxpass",)))
    nouns = [*tree.children(verb, SUBJECTS), *tree.children(verb, PASSIVE_SUBJECTS)]
    subject = phrase_of(tree, _before(nouns, verb), deed)
    if not subject and (tree.tag[deed[0]] not in {"VBG", "VBN"} or tree.relation[verb] == "ccomp"):
        subject = find_before(tree, deed[0], from_start=tree.tag[deed[0]] == "TO")
        subject = subject or ([] if shared else _find_loose(tree, deed))
    if not subject and (_may_share(tree, deed[0]) or tree.tag[deed[0]] == "TO"):
        subject = list(shared)
    if is_passive:
        actor, target = phrase_of(tree, _agents_of(tree, chain, by), deed), subject
    else:
        actor, target = subject, _target_of(tree, chain, deed)
    if set(actor) & set(target):
        target = []
    own = frozenset(_own_words(tree, verb, words))
    return Clause(words or [verb], verb, deed, actor, target, own, chain[-1], is_passive, denied), subject


def _agents_of(tree: Tree, chain: Sequence[int], by: Collection[int]) -> list[int]:
    """Return by whom a deed is done, the likeliest first."""
    links = [w for v in chain for w in tree.children(v, ("agent",))]
    links += [w for v in chain for w in tree.children(v, ("prep",)) if w in by and w > v]
    nouns = [w for link in links for w in tree.children(link, ("pobj",))]
    return [w for w in nouns if tree.tag[w] in NOUNS | PRONOUNS]


def _find_loose(tree: Tree, deed: Sequence[int]) -> list[int]:
    """Return the phrase at the head of a tree that hangs on nothing and stands before a verb, if that one lacks it."""
    loose = [w for w in tree.words if tree.head[w] == w and w < deed[0] and tree.tag[w] in NOUNS | PRONOUNS]
    if not loose or tree.relation[loose[0]] == "npadvmod" or tree.tag[deed[0]] == "TO":
        return []
    first = next((w for w in tree.words if tree.relation[w] not in {"punct", "mark", "cc"}), deed[0])
    found = phrase_of(tree, loose, deed)
    return found if found and first == found[0] else []


def _before(nouns: Sequence[int], verb: int) -> list[int]:
    """Return the nouns, those before a verb if there are any, the first one first."""
    return [noun for noun in nouns if noun < verb] or list(nouns)


def _may_share(tree: Tree, first: int) -> bool:
    """Return whether a verb may have another's subject: nothing stands between it and what joins the two."""
    place = tree.words.index(first)
    while place and tree.tag[tree.words[place - 1]] in ADVERBS | QUOTES:
        place -= 1
    return place == 0 or tree.tag[tree.words[place - 1]] in {"CC", ",", ":", "IN", "-RRB-"}


def _target_of(tree: Tree, chain: Sequence[int], deed: Sequence[int]) -> list[int]:
    """Return the words of to whom or what a deed is done."""
    spoken = set(deed)
    for link in reversed(chain):
        objects = [w for w in tree.children(link, OBJECTS) if w not in spoken and _may_be_object(tree, w, deed)]
        objects.sort(key=lambda w: tree.relation[w] != "dobj")
        if objects and (found := phrase_of(tree, objects, deed)) and not is_subject_here(tree, found):
            return found
    return find_after(tree, deed)


def _may_be_object(tree: Tree, word: int, deed: Sequence[int]) -> bool:
    """Return whether a word may be what a deed is done to: it stands behind the deed, but for "what" and the like."""
    return tree.tag[word] not in {"IN", "TO"} and (word > deed[0] or tree.tag[word] in RELATIVES)


def _chain(tree: Tree, verb: int) -> list[int]:
    """Return a verb and the verbs that hang on it in turn, one behind the other ("wants to begin to talk")."""
    chain = [verb]
    while len(chain) <= MAX_CHAIN:
        following = [w for w in tree.children(chain[-1], CHAINED) if _follows(tree, chain[-1], w)]
        if not following:
            break
        chain.append(following[0])
    return chain


def _follows(tree: Tree, verb: int, word: int) -> bool:
    """Return whether a word is a verb that stands right behind another, but for "to", helpers and adverbs."""
    if word <= verb or tree.tag[word] not in VERBS:
        return False
    if tree.relation[word] in OBJECTS and tree.tag[word] not in {"VBG", "VBN"}:
        return False
    return all(_is_filling(tree, w) for w in tree.words if verb < w < word)


def _is_filling(tree: Tree, word: int) -> bool:
    """Return whether a word may stand within a deed."""
    is_helper = tree.relation[word] in DEED_PARTS and tree.tag[word] in VERBS | {"MD", "TO", "RB", "RP", "POS", "other"}
    return is_helper or tree.tag[word] in ADVERBS | QUOTES | {"TO", "RP", "other"} or tree.relation[word] == "neg"


def _is_between(tree: Tree, word: int, verb: int) -> bool:
    """Return whether a word may stand between a helper and its verb: whatever belongs to that verb, but no subject."""
    if _is_filling(tree, word):
        return True
    steps = 0
    while word != verb and tree.relation[word] in PARENTHETIC and steps < MAX_GAP:
        word = tree.head[word]
        steps += 1
    return word == verb


def _clitic_of(tree: Tree, order: Sequence[int], verb: int) -> list[int]:
    """Return the apostrophe of a contracted "not" right behind a verb, whatever relation the head gave it."""
    place = order.index(verb) + 1
    is_adverb = place < len(order) and tree.tag[order[place]] == "RB"
    return [order[place]] if is_adverb and tree.children(order[place], ("part",)) else []


def _deed_of(tree: Tree, chain: Sequence[int]) -> tuple[list[int], tuple[int, ...]]:
    """Return the words of the deed, in one piece around its verb, and those that deny it.

    What stands apart from it is left out: the auxiliary of a question, a particle behind an object.
    """
    parts = {w for link in chain for w in (link, *tree.children(link, DEED_PARTS))}
    order = list(tree.words)
    clitics = {w for link in chain for w in _clitic_of(tree, order, link)}
    parts |= clitics
    parts |= {part for word in parts for part in tree.children(word, ("part",))}
    low = order.index(chain[0])
    high = order.index(chain[-1])
    at = low - 1
    while at >= 0 and low - at <= MAX_GAP and (order[at] in parts or _is_between(tree, order[at], chain[0])):
        low = at if order[at] in parts else low
        at -= 1
    if low and tree.tag[order[low - 1]] == "TO":
        low -= 1
    at = high + 1
    while at < len(order) and (order[at] in parts or tree.relation[order[at]] == "part"):
        high = at
        at += 1
    # "are the main ones, not all": what is denied there is another noun.
    held = set(order[: high + 1])
    denied = {w for link in chain for w in tree.children(link, ("neg",))} | clitics
    return order[low : high + 1], tuple(sorted(denied & held))


def _own_words(tree: Tree, verb: int, words: Sequence[int]) -> set[int]:
    """Return the words of a clause that are in no clause under it."""
    own = set(words)
    for word in words:
        if word == verb or tree.relation[word] not in SUBORDINATE or not tree.is_verb(word):
            continue
        has_subject = tree.children(word, SUBJECTS | PASSIVE_SUBJECTS)
        if (has_subject or tree.relation[word] == "relcl") and tree.head[word] != word:
            under = set(tree.descend(word))
            if verb not in under:
                own -= under
    return own
