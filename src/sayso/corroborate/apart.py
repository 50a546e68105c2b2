"""Which parties of a story the machine tells apart by their names alone.

Where a name may be an office's, a body's or a part of another's, they are not told apart: it is not known then.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from sayso.corroborate.name_judge import judge_names
from sayso.corroborate.name_words import Build, parse_name
from sayso.corroborate.rulebook import load_rules
from sayso.records import Kind, Naming, PartyRelation

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sayso.corroborate.casting_record import Casting
    from sayso.records import Party

# Of a party so many names are held against another's.
MOST_NAMES = 6
# From such confidence somebody is a person, and no firm that bears a person's name.
SURE_PERSON = 0.75
# A minister and a ministry share so many letters at the beginning.
STEM = 6
# "van", "al", "ibn": longer words that begin small are no part of a person's name.
MOST_PARTICLE = 3
DETERMINERS = frozenset({"the", "a", "an", "his", "her", "its", "their", "our", "my", "one", "another", "some"})


def is_sure(casting: Casting, key: str) -> bool:
    """Return whether a party is what it is taken for, and named in full: no "the head of …", no lone surname."""
    party = casting.parties[key]
    if party.kind is not Kind.PERSON:
        return any(word[:1].isupper() for word in party.name.split())
    sources = [casting.teller_of[source].sources[source] for source in party.sources]
    if any(source.kind is not Kind.PERSON for source in sources):
        return False
    if _may_be_body(casting, party):
        return False
    words = party.name.split()
    is_described = (
        _names_office(words)
        or words[0].casefold() in DETERMINERS
        or any(w[0].islower() and len(w) > MOST_PARTICLE for w in words)
    )
    parts = parse_name(party.name, Build.PERSON).own_words
    is_full = len(parts) > 1 and not all(part.is_initial for part in parts)
    return is_full and not is_described and max(source.confidence for source in sources) >= SURE_PERSON


def _may_be_body(casting: Casting, party: Party) -> bool:
    """Return whether a party that was read as a person may be a body: by a word of its name, or who belongs to it."""
    rules = load_rules("joining")
    for name in (party.name, *party.aliases[:MOST_NAMES]):
        words = name.casefold().split()
        if any(word.strip(".,") in rules["body_words"] for word in words):
            return True
        whole = f" {' '.join(words)} "
        if any(whole in about for about in casting.belonging):
            return True
    return False


def _names_office(words: Sequence[str]) -> bool:
    """Return whether a name is an office: "Finance Minister", "Governor of Tessel"."""
    offices = load_rules("joining")["offices"]
    small = [word.casefold().strip(".,") for word in words]
    return small[-1] in offices or "of" in small or ("for" in small and small[0] in offices)


def are_known_apart(casting: Casting, one: str, other: str) -> bool:
    """Return whether two parties are known to be different by what they are called, whatever a claim's texts say."""
    if one not in casting.parties or other not in casting.parties:
        return False
    left, right = casting.parties[one], casting.parties[other]
    return (
        left.kind is right.kind
        and left.naming is right.naming is Naming.NAMED
        and is_sure(casting, one)
        and is_sure(casting, other)
        and are_told_apart(casting, one, other)
    )


def are_told_apart(casting: Casting, one: str, other: str) -> bool:
    """Return whether the machine tells two named parties apart by their names."""
    low, high = sorted((one, other))
    if (low, high) not in casting.told_apart:
        casting.told_apart[low, high] = _tell_apart(casting, low, high)
    return casting.told_apart[low, high]


def _tell_apart(casting: Casting, one: str, other: str) -> bool:
    if frozenset((one, other)) in casting.unsure:
        return False
    left, right = casting.parties[one], casting.parties[other]
    if left.kind is Kind.PERSON and _speaks_for_other(casting, left, right):
        return False
    return all(
        judge_names(a, b, left.kind).relation is PartyRelation.DIFFERENT
        and (left.kind is Kind.PERSON or not _may_overlap(a, b))
        for a in (left.name, *left.aliases[:MOST_NAMES])
        for b in (right.name, *right.aliases[:MOST_NAMES])
    )


def _speaks_for_other(casting: Casting, left: Party, right: Party) -> bool:
    """Return whether one of two persons is a spokesman of the body that the other belongs to, or by the words may be.

    What a ministry's spokesman says may be his minister's word.
    """
    marks = load_rules("joining")["spokespersons"]
    about = [_list_about(casting, party) for party in (left, right)]
    if not any(mark in word for words in about for word in words for mark in marks):
        return False
    bodies = [{casting.bodies[source] for source in p.sources if source in casting.bodies} for p in (left, right)]
    if bodies[0] & bodies[1]:
        return True
    plain = set(load_rules("joining")["offices"]) - {"minister"}
    roots = [
        {word[:STEM] for word in words if len(word) >= STEM and word not in plain and not any(m in word for m in marks)}
        for words in about
    ]
    return bool(roots[0] & roots[1])


def _list_about(casting: Casting, party: Party) -> set[str]:
    """Return the words of a party's roles and bodies, in small letters."""
    sources = [casting.teller_of[source].sources[source] for source in party.sources]
    return {
        word.strip(".,")
        for source in sources
        for words in (source.role, source.affiliation)
        if words
        for word in words.casefold().split()
    }


@lru_cache(maxsize=65_536)
def _may_overlap(one: str, other: str) -> bool:
    """Return whether two bodies of different names may be one, or the one a part of the other.

    They may where they have a word of their own in common ("the Democratic Party", its "Democratic National
    Committee") and are not two kinds of institution (the hospital and the fire service of one place), where one is
    called by letters that the other's name may begin with, and where one is a government.
    """
    left, right = parse_name(one, Build.BODY), parse_name(other, Build.BODY)
    if any(f" {word} " in f" {name.casefold()} " for name in (one, other) for word in load_rules("joining")["rulers"]):
        return True
    if left.is_acronym != right.is_acronym:
        return left.folded[:1] == right.folded[:1]
    own = [{word.text for word in name.own_words if not word.is_generic} for name in (left, right)]
    return bool(own[0] & own[1]) and not _are_other_institutions(one, other)


def _are_other_institutions(one: str, other: str) -> bool:
    """Return whether two bodies are of kinds that do not hold one another: hospital and police of a place."""
    here, there = _list_institutions(one), _list_institutions(other)
    return bool(here and there and not here & there)


def _list_institutions(name: str) -> frozenset[str]:
    """Return what kinds of institution stand in a body's name."""
    words = f" {' '.join(name.casefold().replace('-', ' ').split())} "
    kinds: Mapping[str, Sequence[str]] = load_rules("joining")["institutions"]
    return frozenset(kind for kind, heads in kinds.items() if any(f" {head} " in words for head in heads))
