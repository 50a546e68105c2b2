"""JSON-LD of a page: what parses is read, what is broken is mended where that is safe and said to be broken.

Values have any shape a page's author (or enemy) likes: everything is checked, nothing recurses, and how much is looked
at is bounded.
"""

from __future__ import annotations

import json
import re
from collections import deque
from typing import TYPE_CHECKING

from sayso.errors import Problem
from sayso.ingest.rulebook import load_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Item = dict[str, object]

TELLING_KEYS = ("headline", "datePublished", "author", "publisher", "articleBody", "creditText")
MAX_CHARS = 4_000_000
MAX_NODES = 50_000
MAX_VALUES = 50
MAX_TEXT_CHARS = 2_000
WRAPPING = re.compile(
    r"^\s{0,50}(?:<!--|//\s?<!\[CDATA\[|/\*\s?<!\[CDATA\[\s?\*/|<!\[CDATA\[)"
    r"|(?:-->|//\s?\]\]>|/\*\s?\]\]>\s?\*/|\]\]>)\s{0,50};?\s{0,50}$"
)
TRAILING_COMMA = re.compile(r",(\s{0,200}[}\]])")
# What is saved from JSON that cannot be mended: plain strings under these keys.
SALVAGE = re.compile(
    r'"(?P<key>@type|headline|datePublished|dateModified|dateline|creditText|copyrightNotice|url)"'
    r'\s{0,20}:\s{0,20}"(?P<value>(?:[^"\\]|\\.){1,500})"'
)


def read_json_ld(scripts: Iterable[str]) -> tuple[list[Item], tuple[Problem, ...]]:
    """Return the objects of all scripts, outer ones first, and a problem for each script that is broken."""
    items: list[Item] = []
    problems: list[Problem] = []
    left = MAX_CHARS
    for script in scripts:
        left -= len(script)
        if left < 0:
            message = "The page's JSON-LD is too large; a part is not read."
            problems.append(Problem(code="large-json-ld", message=message))
            break
        value, is_whole = _parse(script)
        if not is_whole:
            problems.append(Problem(code="broken-json-ld", message="The page's JSON-LD is broken; a part is not read."))
        items.extend(_iter_items(value))
    return items, tuple(problems)


def find_article(items: list[Item], *, titles: Iterable[str]) -> Item:
    """Return the item that is this page's article; an empty one if there is none.

    Pages list other articles too, so one whose headline is among the page's titles goes first, then the one that says
    most about itself, then the first.
    """
    types = set(load_table("page")["article_types"])
    folded = {_fold(title) for title in titles}
    best: Item = {}
    best_rank = (-1, -1)
    for item in items:
        if not types.intersection(get_strings(item, "@type")):
            continue
        headline = get_string(item, "headline") or get_string(item, "name")
        known = sum(key in item for key in TELLING_KEYS)
        rank = (int(headline is not None and _fold(headline) in folded), known)
        if rank > best_rank:
            best, best_rank = item, rank
    return best


def resolve(item: Item, key: str, *, items: list[Item]) -> list[Item | str]:
    """Return the values under a key: objects and texts; a bare ``@id`` becomes the object that it names."""
    value = item.get(key)
    values = value[:MAX_VALUES] if isinstance(value, list) else [value]
    found: list[Item | str] = []
    for each in values:
        if isinstance(each, str) and each.strip():
            found.append(" ".join(each[:MAX_TEXT_CHARS].split()))
        elif isinstance(each, dict):
            found.append(_follow_id(each, items))
    return found


def get_names(item: Item, key: str, *, items: list[Item]) -> list[str]:
    """Return the names of the parties under a key."""
    names = []
    for value in resolve(item, key, items=items):
        name = value if isinstance(value, str) else get_string(value, "name") or get_string(value, "legalName")
        if name and not name.startswith(("http:", "https:", "#", "@")):
            names.append(name)
    return list(dict.fromkeys(names))


def get_string(item: Item, key: str) -> str | None:
    """Return the text under a key, on one line; of a list the first; None if there is none."""
    found = get_strings(item, key)
    return found[0] if found else None


def get_strings(item: Item, key: str) -> list[str]:
    """Return the texts under a key, each on one line."""
    value = item.get(key)
    values = value[:MAX_VALUES] if isinstance(value, list) else [value]
    texts = []
    for each in values:
        text = each.get("@value") if isinstance(each, dict) else each
        if isinstance(text, str) and text.strip():
            texts.append(" ".join(text[:MAX_TEXT_CHARS].split()))
    return texts


def _fold(text: str) -> str:
    """Return a headline without what differs between its copies: case, blank space, marks."""
    return "".join(character for character in text.casefold() if character.isalnum())


def _parse(script: str) -> tuple[object, bool]:
    """Return the script's value, and whether all of it could be read."""
    text = WRAPPING.sub("", WRAPPING.sub("", script)).strip()
    if not text:
        return None, True
    decoder = json.JSONDecoder(strict=False)
    for attempt in (text, TRAILING_COMMA.sub(r"\1", text)):
        try:
            value, end = decoder.raw_decode(attempt)
        except (ValueError, RecursionError):
            continue
        return value, attempt[end:].strip(" \t\r\n;") == ""
    salvaged: Item = {}
    for match in SALVAGE.finditer(text):
        salvaged.setdefault(match["key"], match["value"].replace("\\/", "/").replace('\\"', '"'))
    return salvaged or None, False


def _iter_items(value: object) -> Iterator[Item]:
    """Yield the objects in a value, level by level, without those that are other works."""
    others = set(load_table("page")["other_works"])
    waiting: deque[object] = deque([value])
    for _ in range(MAX_NODES):
        if not waiting:
            return
        node = waiting.popleft()
        if isinstance(node, dict):
            yield node
            waiting.extend(v for k, v in node.items() if isinstance(v, dict | list) and k not in others)
        elif isinstance(node, list):
            waiting.extend(each for each in node[:MAX_NODES] if isinstance(each, dict | list))


def _follow_id(item: Item, items: list[Item]) -> Item:
    """Return the object that says more under the same ``@id``, where this one is a bare reference."""
    identity = item.get("@id")
    if not isinstance(identity, str) or "name" in item:
        return item
    return next((other for other in items if other.get("@id") == identity and len(other) > len(item)), item)
