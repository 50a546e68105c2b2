"""The rules of this room, read from the TOML files beside it, each once and only when wanted."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from sayso.records import CreditKind

if TYPE_CHECKING:
    from collections.abc import Sequence


READ_FORMATS = ("plain", "markdown", "html", "mhtml", "pdf", "docx", "mail")


@dataclass(frozen=True, slots=True, kw_only=True)
class Magic:
    """Bytes by which a format is known.

    Attributes:
        prefix: The bytes.
        at: Where they stand.
        name: The format, for a person.
        is_binary: Whether it can hold no article at all; else it may, and is not read yet.
    """

    prefix: bytes
    at: int
    name: str
    is_binary: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Formats:
    """How formats and encodings are told.

    Attributes:
        endings: Format by file ending, with the dot.
        unsupported: Name for a person, by the ending of a format that is not read.
        magics: Bytes that tell a format.
        zip_members: Pairs of a member's name and the format of a zip archive that has it.
        text_magics: Pairs of the first words and the text format that begins so.
        encodings: Codec by the label that a page may declare.
        containers: Format of what is no text of its own, by media type.
        message_openings: How mails and MHTML begin, in small letters.
    """

    endings: dict[str, str]
    unsupported: dict[str, str]
    magics: tuple[Magic, ...]
    zip_members: tuple[tuple[bytes, str], ...]
    text_magics: tuple[tuple[str, str], ...]
    encodings: dict[str, str]
    containers: dict[str, str]
    message_openings: tuple[bytes, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LineRule:
    """One rule about a line of an article.

    Attributes:
        id: Its name.
        kind: What the line credits; None if it is only no prose.
        form: ``whole`` line, its ``prefix`` or its ``suffix``.
        zone: ``head``, ``tail`` or ``any``: where in the article the line may stand.
        max_chars: Longer lines are not tried.
        names_only: Whether every word must begin with a capital or be one of the small words of a name line.
        pattern: Group ``name`` is the party credited, ``place`` and ``date`` are those of a dateline.
    """

    id: str
    kind: CreditKind | None
    form: str
    zone: str
    max_chars: int
    names_only: bool
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditRules:
    """How credits are told in running text.

    Attributes:
        lines: The rules, in the order in which they are tried.
        agencies: Finds the name of a news agency.
        small_words: Lower-case words that may stand in a line of names.
        no_places: Words in capitals that open a line like a dateline and are no place.
    """

    lines: tuple[LineRule, ...]
    agencies: re.Pattern[str]
    small_words: frozenset[str]
    no_places: frozenset[str]


@cache
def load_table(name: str) -> dict[str, Any]:
    """Return the TOML file of this name, without its ending."""
    return tomllib.loads(resources.files(f"{__package__}.rules").joinpath(f"{name}.toml").read_text("utf-8"))


@cache
def get_formats() -> Formats:
    """Return how formats and encodings are told."""
    table = load_table("formats")
    endings = table["endings"]
    return Formats(
        endings={end: format_ for format_ in READ_FORMATS for end in endings[format_]},
        unsupported=endings["unsupported"],
        magics=tuple(
            Magic(prefix=bytes.fromhex(m["hex"]), at=m.get("at", 0), name=m["name"], is_binary=m["kind"] == "binary")
            for m in table["magic"]
        ),
        zip_members=tuple((m["member"].encode(), m["name"]) for m in table["zip_member"]),
        text_magics=tuple((m["start"], m["name"]) for m in table["text_magic"]),
        encodings=table["encodings"],
        containers=table["container"]["media"],
        message_openings=tuple(opening.encode() for opening in table["container"]["openings"]),
    )


@cache
def get_credit_rules() -> CreditRules:
    """Return how credits are told in running text."""
    table = load_table("credits")
    agencies = load_table("agencies")
    parts = {
        "MONTH": any_of(table["words"]["months"]),
        "ROLE": any_of(table["words"]["roles"]),
        "AGENCY": any_of([*agencies["names"], *agencies["initials"]]),
    }
    parts["DATE"] = table["words"]["date"].replace("<MONTH>", parts["MONTH"])
    return CreditRules(
        lines=tuple(_make_line_rule(rule, parts) for rule in table["rule"]),
        agencies=re.compile(rf"(?<!\w)(?:the\s)?(?P<name>{parts['AGENCY']})(?!\w)"),
        small_words=frozenset(table["words"]["small"]),
        no_places=frozenset(table["words"]["no_places"]),
    )


def any_of(words: Sequence[str]) -> str:
    """Return a pattern for any of the words, the longest first; a space stands for any blank space."""
    ordered = sorted(words, key=len, reverse=True)
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s") for word in ordered) + ")"


def _make_line_rule(rule: dict[str, Any], parts: dict[str, str]) -> LineRule:
    """Return the rule with the named parts of its pattern filled in."""
    pattern = rule["pattern"]
    for part, value in parts.items():
        pattern = pattern.replace(f"<{part}>", value)
    return LineRule(
        id=rule["id"],
        kind=CreditKind(rule["kind"]) if "kind" in rule else None,
        form=rule["form"],
        zone=rule.get("zone", "any"),
        max_chars=rule.get("max_chars", 300),
        names_only=rule.get("names_only", False),
        pattern=re.compile(pattern),
    )
