"""The words of ``words.toml``, looked up."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Protocol

from sayso.records import Naming

if TYPE_CHECKING:
    from sayso.records import Attribution, Certainty, Endorsement, Source, Stance


class Said(Protocol):
    """What a row of a reading and a row of a case's list have in common."""

    @property
    def stance(self) -> Stance:
        """What the source does with the content."""
        ...

    @property
    def certainty(self) -> Certainty:
        """How sure the source presents it."""
        ...

    @property
    def endorsement(self) -> Endorsement:
        """How the article puts it."""
        ...


@dataclass(frozen=True, slots=True)
class Noun:
    """One party in words, and several.

    Attributes:
        one: Singular.
        many: Plural.
    """

    one: str
    many: str

    def count(self, n: int, *, adjective: str = "") -> str:
        """Return ``2 named officials``."""
        return " ".join(part for part in (str(n), adjective, self.one if n == 1 else self.many) if part)


@cache
def load_words() -> dict[str, Any]:
    """Return the whole table."""
    file = resources.files(__package__).joinpath("words.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


def say(row: Said) -> str:
    """Return stance and certainty in words: ``says, as likely``."""
    words: str = load_words()["says"][row.stance.value][row.certainty.value]
    return words


def name_noun(source: Source) -> Noun:
    """Return what sort of party a source is, as finely as its role and name tell."""
    known = " ".join(part for part in (source.role, source.name, *(span.exact for span in source.mentions)) if part)
    for noun, kinds, pattern in _nouns():
        if source.kind.value in kinds and pattern.search(known):
            return noun
    plain = load_words()["kinds"][source.kind.value]
    return Noun(plain["one"], plain["many"])


def is_named(source: Source) -> bool:
    """Return whether a reader could tell who a source is."""
    return source.naming is Naming.NAMED and not source.unresolved


def is_own_post(att: Attribution) -> bool:
    """Return whether the cue says that the party itself put the content there."""
    words = {word for span in att.cue_spans for word in span.exact.casefold().split()}
    return not words.isdisjoint(load_words()["own_post"])


@cache
def _nouns() -> list[tuple[Noun, frozenset[str], re.Pattern[str]]]:
    return [
        (
            Noun(entry["one"], entry["many"]),
            frozenset(entry["kinds"]),
            re.compile(r"\b(?:" + "|".join(map(re.escape, entry["words"])) + r")\b", re.IGNORECASE),
        )
        for entry in load_words()["nouns"]
    ]
