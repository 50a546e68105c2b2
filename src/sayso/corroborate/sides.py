"""What a document says of itself and of others: who publishes it, and whom it credits."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from sayso.addresses import find_host, list_own_addresses
from sayso.corroborate.rulebook import load_rules
from sayso.records import CreditKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sayso.corroborate.words import Words
    from sayso.records import Document

NOT_NAME = re.compile(r"[\W_]+")
# What a name begins or ends with and can do without.
LOOSE = re.compile(r"^(?:the|www)\b[ .]*|\.(?:com|org|net|co\.uk)$|'s$|’s$", re.IGNORECASE)
NAME_AFTER = re.compile(
    r"\s{0,3}:?\s{0,3}(?:the\s|The\s)?(?P<name>[A-Z0-9@](?:[\w&'’-]|\.(?=\w)){0,30}(?:\s[A-Z0-9&](?:[\w&'’-]|\.(?=\w)){0,30}){0,4})"
)
# Credits that say whose the text is, not who wrote it down.
OWNERS = {
    CreditKind.AGENCY,
    CreditKind.DATELINE,
    CreditKind.CREDIT_TEXT,
    CreditKind.SOURCE_ORGANIZATION,
    CreditKind.SOURCE_LINE,
    CreditKind.COPYRIGHT,
    CreditKind.BYLINE,
    CreditKind.REPORTING_BY,
}
EDGE_CHARS = 1500
# What stands before the name in a host.
SUBDOMAINS = {"www", "m", "amp", "edition", "mobile", "news"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of two documents that are compared.

    Attributes:
        document: The document.
        words: Its words.
        outlet: Who publishes it, folded; None if not known.
        agencies: Agencies whose mark it carries, by their names in the rules.
        named: Outlets and agencies that it names as its sources, folded.
        shown: For each folded name how the document writes it.
        is_release: Whether it is marked as a press release.
        sends_on: Whether its foot sends the reader on to a fuller text ("read the full story").
    """

    document: Document
    words: Words
    outlet: str | None
    agencies: frozenset[str]
    named: frozenset[str]
    shown: dict[str, str]
    is_release: bool
    sends_on: bool


def fold_name(name: str) -> str:
    """Return the name of an outlet as it is compared; an agency by its name in the rules.

    Example: ``"The Lowmere Post"`` -> ``"lowmerepost"``, ``"AP"`` -> ``"associatedpress"``
    """
    bare = strip_name(name)
    return find_agency_names().get(bare, bare)


def strip_name(name: str) -> str:
    """Return a name without case, blanks and what it can do without."""
    plain = unicodedata.normalize("NFKC", name).strip()[:200]
    plain = LOOSE.sub("", LOOSE.sub("", plain))
    return NOT_NAME.sub("", plain).casefold()


@cache
def find_agency_names() -> dict[str, str]:
    """Return for every name of an agency, folded, the folded name that the rules list it by."""
    return {
        strip_name(name): strip_name(agency["name"])
        for agency in load_rules("reuse")["agency"]
        for name in (agency["name"], *agency["also"])
    }


def is_agency(folded: str | None) -> bool:
    """Return whether a folded name is an agency's."""
    return folded in find_agency_names().values()


def look_at_side(document: Document, words: Words, named: Iterable[str] = ()) -> Side:
    """Return what a document says of itself and of others.

    Args:
        document: The document.
        words: Its words.
        named: Outlets and agencies to which a reading of it attributes something.
    """
    owners = [credit.name for credit in document.credits if credit.name and credit.kind in OWNERS]
    agencies = {fold_name(part) for name in owners for part in split_names(name)}
    based = [credit.name for credit in document.credits if credit.name and credit.kind is CreditKind.IS_BASED_ON]
    shown = {fold_name(name): name for name in (*named, *find_credited(document.text), *based, *owners)}
    outlet = find_outlet_key(document)
    others = {fold_name(name) for name in (*named, *find_credited(document.text), *based)}
    others |= {fold_name(part) for name in owners for part in split_names(name)}
    canonical = name_host(document.urls.canonical)
    if canonical and document.urls.canonical not in list_own_addresses(document.urls):
        others.add(canonical)
        shown.setdefault(canonical, canonical)
    return Side(
        document=document,
        words=words,
        outlet=outlet,
        agencies=frozenset(name for name in agencies if is_agency(name)),
        named=frozenset(others - {outlet, ""}),
        shown=shown,
        is_release=is_press_release(document, outlet),
        sends_on=sends_reader_on(document),
    )


def find_outlet_key(document: Document) -> str | None:
    """Return who publishes a document, folded: by its name, else by its address; None if neither is known."""
    if document.outlet:
        return fold_name(document.outlet) or None
    return name_host(document.urls.final or document.urls.asked)


def split_names(name: str) -> list[str]:
    """Return the names that a credit joins, itself first: "A and B", "A/B", "A, B"."""
    return [name, *re.split(r"\s*(?:,|/|;|\band\b|&|\bfor\b|\bvia\b|\bof\b)\s*", name[:300])]


def name_host(url: str | None) -> str | None:
    """Return the folded name in the host of an address, without its subdomain and ending; None if there is none."""
    parts = [part for part in find_host(url or "").split(".") if part not in SUBDOMAINS]
    return fold_name(parts[0]) if parts and parts[0] else None


def find_credited(text: str) -> list[str]:
    """Return the names after words that give a text to somebody else ("originally published by …")."""
    folded = text.casefold()
    if not any(word in folded for word in load_rules("reuse")["credit"]["before"]):
        return []  # which is nearly always so, and told quickly
    names = []
    for found in credit_pattern().finditer(text):
        after = NAME_AFTER.match(text, found.end())
        if after:
            names.append(after.group("name").rstrip(".'’-&"))
    return names


@cache
def credit_pattern() -> re.Pattern[str]:
    """Return the pattern of the words before a credited name."""
    words: Sequence[str] = load_rules("reuse")["credit"]["before"]
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(re.escape(word) for word in longest_first)})(?=\W)", re.IGNORECASE)


def is_press_release(document: Document, outlet: str | None) -> bool:
    """Return whether a document is a press release: its outlet carries nothing else, or its head or foot says so."""
    rules = load_rules("reuse")["press_release"]
    services = {strip_name(name) for name in rules["services"]}
    credited = {strip_name(credit.name) for credit in document.credits if credit.name}
    edges = f"{document.text[:EDGE_CHARS]}\n{document.text[-EDGE_CHARS:]}".casefold()
    lines = [line.strip() for line in edges.splitlines()]
    return bool(services & {outlet, *credited}) or any(
        line.startswith(mark) for line in lines for mark in rules["marks"]
    )


def sends_reader_on(document: Document) -> bool:
    """Return whether a document's foot sends the reader on to a fuller text."""
    foot = document.text[-EDGE_CHARS:].casefold()
    return any(mark in foot for mark in load_rules("reuse")["excerpt"]["marks"])
