"""The forms in which words make a time: levels of patterns over kinds of items, each match one item for the next level.

The patterns are data (``rules/en/times.toml``). A line of items becomes a line of characters, one for each set of
kinds, and a form a regular expression over them. No form repeats anything: reading is linear.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from sayso.extract.dating.makers import MAKERS
from sayso.extract.dating.making import Match
from sayso.extract.dating.words import OTHER, Item
from sayso.extract.rulebook import load_rules

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sayso.extract.dating.making import Made

LEVELS: Final = ("numbers", "points", "joined", "clocks", "counted", "ranges")
PART = re.compile(
    r"<(?P<role>\w+)(?:=(?P<kind>\w+))?>|(?P<look>\(\?(?:<?[=!]))|(?P<mark>[()|?])|(?:\w+=)?(?P<bare>\w+)"
)
FIRST_CHAR = 0x4E00
NEVER = "\uffff"


@dataclass(frozen=True, slots=True)
class Form:
    """One compiled form: its pattern, the kind that each role was asked as, and what makes a value of it.

    `needs` are the characters of which the line must have one each, lest the pattern be tried in vain.
    """

    pattern: re.Pattern[str]
    needs: tuple[frozenset[str], ...]
    kinds: dict[str, tuple[str, ...]]
    make: Callable[[Match], Made | None]


class Alphabet:
    """One character for each set of kinds that an item may have."""

    def __init__(self, sets: Sequence[frozenset[str]]) -> None:
        """Give each set its character."""
        self.chars = {kinds: chr(FIRST_CHAR + number) for number, kinds in enumerate(dict.fromkeys((OTHER, *sets)))}
        self.classes: dict[str, tuple[str, ...]] = {
            name: tuple(kinds) for name, kinds in load_rules("en", "times")["classes"].items()
        }

    def spell(self, kinds: frozenset[str]) -> str:
        """Return the character of a set of kinds."""
        return self.chars.get(kinds, self.chars[OTHER])

    def expand(self, name: str) -> tuple[str, ...]:
        """Return the kinds that a name stands for."""
        return self.classes.get(name, (name,))

    def collect(self, name: str) -> str:
        """Return the pattern of any item that is of a kind or class."""
        wanted = set(self.expand(name))
        return f"[{''.join(char for kinds, char in self.chars.items() if kinds & wanted) or NEVER}]"

    def need(self, form: str) -> tuple[frozenset[str], ...]:
        """Return the characters of each item that a form cannot do without: outside brackets, and not optional."""
        parts, depth, out = list(PART.finditer(form)), 0, []
        for number, part in enumerate(parts):
            following = parts[number + 1]["mark"] if number + 1 < len(parts) else None
            depth += bool(part["look"]) + (part["mark"] == "(") - (part["mark"] == ")")
            name = part["kind"] or part["role"] or part["bare"]
            if name and not depth and following != "?":
                out.append(frozenset(self.collect(name)))
        return tuple(out)

    def compile(self, form: str) -> tuple[re.Pattern[str], dict[str, tuple[str, ...]]]:
        """Return the regular expression of a form and the kinds of its roles."""
        out, roles = [], {}
        for part in PART.finditer(form):
            if part["role"]:
                kind = part["kind"] or part["role"]
                roles[part["role"]] = self.expand(kind)
                out.append(f"(?P<{part['role']}>{self.collect(kind)})")
            else:
                ends = r"\Z" if part["bare"] == "end" else ""
                out.append(part["look"] or part["mark"] or ends or self.collect(part["bare"]))
        return re.compile("".join(out)), roles


def read_items(text: str, items: list[Item], sets: Sequence[frozenset[str]]) -> list[Item]:
    """Return the items with every time in them read to one item of kind ``time``."""
    alphabet, levels = _grammar(tuple(sets))
    for forms in levels:
        items = _rewrite(text, items, alphabet, forms)
    return items


def _rewrite(text: str, items: list[Item], alphabet: Alphabet, forms: Sequence[Form]) -> list[Item]:
    """Return the items after one level: of matches that overlap the longest wins, then the first form."""
    line = "".join([alphabet.spell(item.kinds) for item in items])
    present = frozenset(line)
    found = [
        (match.end() - match.start(), -number, match, form)
        for number, form in enumerate(forms)
        if not any(present.isdisjoint(need) for need in form.needs)
        for match in form.pattern.finditer(line)
    ]
    found.sort(key=lambda entry: (-entry[0], -entry[1], entry[2].start()))
    taken = bytearray(len(items) + 1)
    made: dict[int, tuple[int, Item]] = {}
    for length, _, match, form in found:
        first, last = match.start(), match.end()
        if not length or any(taken[first:last]):
            continue
        item = _make(text, items, match, form)
        if item is not None:
            taken[first:last] = b"\1" * (last - first)
            made[first] = (last, item)
    if not made:
        return items
    out, number = [], 0
    while number < len(items):
        if number in made:
            number, item = made[number]
            out.append(item)
        else:
            out.append(items[number])
            number += 1
    return out


def _make(text: str, items: list[Item], match: re.Match[str], form: Form) -> Item | None:
    """Return the item that a match makes; None where its maker refuses."""
    roles: dict[str, Item] = {}
    for role, kinds in form.kinds.items():
        place = match.start(role)
        if place >= 0:
            item = items[place]
            kind = next((kind for kind in kinds if kind in item.kinds), kinds[0])
            roles[role] = Item(item.start, item.end, item.kinds, item.worth(kind), item.number)
    first, last = items[match.start()], items[match.end() - 1]
    before = items[match.start() - 1] if match.start() else None
    made = form.make(Match(text, roles, first.start, last.end, before))
    if made is None:
        return None
    return Item(made.start if made.start is not None else first.start, last.end, made.kinds, made.value, first.number)


@cache
def _grammar(sets: tuple[frozenset[str], ...]) -> tuple[Alphabet, tuple[tuple[Form, ...], ...]]:
    """Return the alphabet and the forms of each level."""
    alphabet, rules = Alphabet(sets), load_rules("en", "times")
    levels = []
    for level in LEVELS:
        forms = []
        for entry in rules[level]:
            pattern, roles = alphabet.compile(entry["form"])
            forms.append(Form(pattern, alphabet.need(entry["form"]), roles, MAKERS[entry["make"]]))
        levels.append(tuple(forms))
    return alphabet, tuple(levels)
