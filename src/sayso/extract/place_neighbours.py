"""What the words around a name tell: which place is meant, whether a division is, and whether it is a place at all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from sayso.extract.rulebook import load_rules

if TYPE_CHECKING:
    from collections.abc import Iterable

# A name behind the comma, or in brackets: "Alder Mills, Ohio", "Alder Mills (Ohio)"; at most four words of it.
BEHIND = re.compile(r"(?:,\s{1,2}|\s{1,2}\(|,?\s{1,2}in\s)((?:[A-Z][\w.’'-]{0,30}[ ]?){1,4})")
NEXT_WORD = re.compile(r"[ \u00a0]([\w’'-]{1,30}\.?)(?:[ \u00a0]([\w’'-]{1,30}))?")
LAST_WORDS = re.compile(r"(?:([\w’'.-]{1,30})[ \u00a0])?([\w’'.-]{1,30})[ \u00a0]$")
AGE_OR_WHO = re.compile(r",[ ](?:\d{1,2},|who\b|whose\b)")
# "PORT ELLERY, Ohio (Coast Wire) — "; bounded, so that a hostile line costs nothing.
DATELINE = re.compile(
    r"^[ \t]{0,8}(?P<place>[A-Z][A-Z.’' -]{2,40}?)(?:,[ ](?P<within>[A-Z][\w. ]{1,25}?))?"
    r"(?:,[ ](?:[A-Z][a-z]{2,8}\.?[ ]\d{1,2}))?[ ]{0,2}(?:\([^)\n]{1,40}\)[ ]{0,2})?(?:--|[—–]|-[ ])",
    re.MULTILINE,
)
REACH = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Lists:
    """The lists of ``places.toml`` in the form in which they are asked.

    Attributes:
        before: Words in front of a name that are no part of it, the longest first.
        division: Words behind a name that make it a division.
        second: Those that make it one of the second order.
        settlement: Words behind a name that make it a town's.
        governed: Words behind a name of who governs a region.
        compass: Points of the compass, shortened.
        where: Words in front of a name of where something is.
        within: Those of them that hardly stand before a person's name.
        bodies: Words behind a name that make it a body's.
        bodies_before: Words in front of a name that do.
        given: Given names that are also places.
        people: Given names of people.
        titles: Titles of people.
        no_surname: Capitalised words that are no surname.
        areas: Names of areas that hold many countries and are none of the gazetteer's places.
        no_mention: Capitalised words that a place is called too, and that mean something else nearly always.
        initials: Names of countries that are two capitals.
        short: Shortened names of regions.
        nicknames: Other names, with the name in the gazetteer and where it lies.
        demonyms: Each with its country.
    """

    before: tuple[str, ...]
    division: frozenset[str]
    second: frozenset[str]
    settlement: frozenset[str]
    governed: frozenset[str]
    compass: dict[str, str]
    where: frozenset[str]
    within: frozenset[str]
    bodies: frozenset[str]
    bodies_before: tuple[str, ...]
    given: frozenset[str]
    people: frozenset[str]
    titles: frozenset[str]
    no_surname: frozenset[str]
    areas: frozenset[str]
    no_mention: frozenset[str]
    initials: frozenset[str]
    short: dict[str, str]
    nicknames: dict[str, str]
    demonyms: dict[str, str]


@cache
def load_lists(language: str = "en") -> Lists:
    """Return the lists of a language."""
    rules: dict[str, Any] = load_rules(language, "places")
    words = rules["words"]
    names = load_rules(language, "mentions")["words"]
    places = frozenset(words["given"])
    return Lists(
        before=tuple(sorted(words["before"], key=len, reverse=True)),
        division=frozenset(words["division"]),
        second=frozenset(words["second"]),
        settlement=frozenset(words["settlement"]),
        governed=frozenset(words["governed"]),
        compass=dict(rules["compass"]),
        where=frozenset(words["where"]),
        within=frozenset(words["within"]),
        bodies=frozenset(words["bodies"]),
        bodies_before=tuple(words["bodies_before"]),
        given=places,
        people=frozenset((*names["her_names"], *names["his_names"])) - places,
        titles=frozenset(names["titles"]) - frozenset(words["titles_of_places"]),
        no_surname=frozenset(words["no_surname"]),
        areas=frozenset(words["areas"]),
        no_mention=frozenset(words["no_mention"]) | places_only(names, places),
        initials=frozenset(words["initials"]),
        short=dict(rules["short"]),
        nicknames=dict(rules["by_another_name"]),
        demonyms={name: country for country, group in rules["demonyms"].items() for name in group},
    )


def places_only(names: dict[str, list[str]], places: frozenset[str]) -> frozenset[str]:
    """Return the given names and titles that are no well-known place."""
    return frozenset((*names["her_names"], *names["his_names"], *names["titles"])) - places


def find_behind(text: str, end: int) -> list[str]:
    """Return what stands behind a name where its region or country would, the longest reading first."""
    found = BEHIND.match(text, end, min(len(text), end + REACH))
    if not found:
        return []
    words = found[1].split()
    return [" ".join(words[:n]).rstrip(",;:") for n in range(len(words), 0, -1)]


def find_person(text: str, start: int, end: int, lists: Lists) -> str | None:
    """Return what shows that a name is a person's, for a person; None where nothing does."""
    name = text[start:end]
    if " " in name.strip() or name.isupper():
        return None
    before = LAST_WORDS.search(text, max(0, start - 64), start)
    behind = NEXT_WORD.match(text, end)
    if before:
        last = before[2]
        low = last.rstrip(".").casefold()
        is_name = low in lists.people or (low in lists.titles and not (behind and behind[1][0].isupper()))
        if last[:1].isupper() and is_name:
            return f"“{last}” in front: a person's name"
    if behind and name.casefold() in lists.given:
        word = behind[1]
        is_last = not (behind[2] and behind[2][0].isupper())
        if word[0].isupper() and word[1:2].islower() and is_last and is_surname(word, lists):
            return f"a given name before “{word}”"
    if AGE_OR_WHO.match(text, end) and text[max(0, start - 2) : start] != ", " and not is_where(text, start, lists):
        return "spoken of as a person"
    return None


def is_surname(word: str, lists: Lists) -> bool:
    """Return whether a capitalised word behind a given name may be a surname."""
    bare = word.rstrip(".")
    return bare not in lists.no_surname and bare not in lists.bodies and bare not in lists.demonyms


def find_body(text: str, start: int, end: int, lists: Lists) -> str | None:
    """Return what shows that a name is part of a body's, a paper's or a team's; None where nothing does."""
    behind = NEXT_WORD.match(text, end)
    if behind:
        both = f"{behind[1]} {behind[2]}" if behind[2] else ""
        word = behind[1].rstrip(".")
        if word in lists.bodies or both in lists.bodies:
            return f"“{word}” behind: a body's name"
    before = text[max(0, start - 24) : start]
    for words in lists.bodies_before:
        if before.endswith(words + " "):
            return f"“{words}” in front: a body's name or a title"
    return None


def is_where(text: str, start: int, lists: Lists) -> bool:
    """Return whether a word of where something is stands in front of a name."""
    before = LAST_WORDS.search(text, max(0, start - 64), start)
    if not before:
        return False
    last, prior = before[2].casefold(), (before[1] or "").casefold()
    return last in lists.where or (last in {"the", *lists.before} and prior in lists.where)


def is_within(text: str, start: int, lists: Lists) -> bool:
    """Return whether the word in front of a name can hardly stand before a person's."""
    before = LAST_WORDS.search(text, max(0, start - 64), start)
    return before is not None and before[2].casefold() in lists.within


def find_known_surnames(text: str, lists: Lists) -> frozenset[str]:
    """Return the words that stand somewhere in the text behind a person's given name."""
    found: set[str] = set()
    for match in re.finditer(r"\b([A-Z][a-z]{1,20})[ ](?:[A-Z]\.[ ])?([A-Z][\w’'-]{1,30})", text):
        if match[1].casefold() in lists.people:
            found.add(match[2].removesuffix("'s").removesuffix("’s"))
    return frozenset(found)


def find_dateline(text: str) -> tuple[tuple[int, int], str | None] | None:
    """Return where the dateline's place stands, and the region or country in it; None without a dateline."""
    found = DATELINE.search(text, 0, 1500)
    if not found:
        return None
    return found.span("place"), found["within"]


def find_demonyms(text: str, lists: Lists) -> dict[str, int]:
    """Return how often the people and things of each country are named."""
    return _count(lists.demonyms[word] for word in re.findall(_demonym_pattern(), text))


@cache
def _demonym_pattern() -> re.Pattern[str]:
    words = sorted(load_lists().demonyms, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b")


def _count(found: Iterable[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for name in found:
        counts[name] = counts.get(name, 0) + 1
    return counts
