"""The route of each row: what it is within, and by whom or what it was carried to the article.

`within` is geometry: the row whose content holds this row's cue. `via` is what the via head marks, what a rule of words
names, or what carries on from an earlier row of the same occasion.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from sayso.extract.mentions import describe_mention, same_name
from sayso.extract.rulebook import load_rules
from sayso.records import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from sayso.extract.rows import RawRow

# A carried route reaches back over at most this many rows.
MAX_CARRY_ROWS = 25
MAX_VIA_CHARS = 80
# A run of capitalised words that no possessive interrupts: "Ardenna's Northwire" gives "Northwire".
NAME_RUN = re.compile(r"[A-Z][\w.&-]*(?:\s+(?:of\s+|the\s+)?[A-Z][\w.&-]*)*(?![\w\u2019'])")
# How far behind the cue a rule may find the medium's name.
REACH_CHARS = 60


@dataclass(frozen=True, slots=True)
class Medium:
    """Who or what carried a row.

    Attributes:
        name: As the article has it.
        span: Its place in the text; None if only a verb names it ("tweeted").
        kind: `Kind.OUTLET` or `Kind.DOCUMENT`.
        made_by: The head or rule that found it.
    """

    name: str
    span: tuple[int, int] | None
    kind: Kind
    made_by: str


@cache
def _rules() -> tuple[dict[str, tuple[str, re.Pattern[str]]], dict[str, re.Pattern[str]], dict[str, frozenset[str]]]:
    raw = load_rules("en", "routes")
    platforms = {k: (v["name"], re.compile(v["pattern"], re.IGNORECASE)) for k, v in raw["platforms"].items()}
    documents = {k: re.compile(v) for k, v in raw["documents"].items()}
    return platforms, documents, {k: frozenset(v) for k, v in raw["words"].items()}


def find_within(rows: Sequence[RawRow]) -> list[int | None]:
    """Return for each row the number of the row whose content directly holds its cue; None if none does.

    The smallest such content wins. A row never lies within one that lies within it.
    """
    found: list[int | None] = []
    for i, row in enumerate(rows):
        own = {w for low, high in row.content for w in range(low, high)}
        best, size = None, 0
        for j, other in enumerate(rows):
            if i == j or not any(low <= row.anchor < high for low, high in other.content):
                continue
            width = sum(high - low for low, high in other.content)
            if any(low <= other.anchor < high for low, high in row.content) and width <= len(own):
                continue
            if best is None or width < size:
                best, size = j, width
        found.append(best)
    return _without_loops(found)


def _without_loops(parents: list[int | None]) -> list[int | None]:
    """Return the parents with every loop cut at its last link."""
    out = list(parents)
    for i in range(len(out)):
        seen, at = {i}, out[i]
        while at is not None:
            if at in seen:
                out[i] = None
                break
            seen.add(at)
            at = out[at]
    return out


def find_cited(text: str, source: Sequence[tuple[int, int]], cue: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    """Return the place of the party that an outlet cites in a row's sentence ("…, citing X"); None if it cites none.

    Args:
        text: The document's text.
        source: The row's source, as places in the text.
        cue: The cue's places.
    """
    if not source or not is_outlet_name(text[source[0][0] : source[0][1]]):
        return None
    start = min(source[0][1], cue[0][1])
    stop = _sentence_stop(text, max(source[0][1], cue[-1][1]))
    pattern, parties = _cited_rule()
    hit = pattern.search(text, start, stop)
    if hit is None:
        return None
    words = hit[1].split()
    is_party = any(w.casefold().strip("\u2019'") in parties for w in words) or words[0][0].isupper()
    is_party = is_party or (len(words) > 1 and words[1][0].isupper())
    return hit.span(1) if is_party else None


@cache
def _cited_rule() -> tuple[re.Pattern[str], frozenset[str]]:
    raw = load_rules("en", "routes")["cited"]
    return re.compile(raw["pattern"]), frozenset(raw["party"])


def find_media(text: str, stretches: Sequence[tuple[int, int]], cue: Sequence[tuple[int, int]]) -> list[Medium]:
    """Return the media of one row, nearest to the article first.

    Args:
        text: The document's text.
        stretches: What the via head marked, as places in the text.
        cue: The cue's places.
    """
    found: list[Medium] = []
    for start, end in stretches:
        name = re.sub(r"\s+", " ", text[start:end]).strip(" ,;:.\u201c\u201d\"'")
        if is_medium_name(name):
            found.append(Medium(name, (start, end), kind_of_medium(name), "via-head"))
    return found or _media_by_rule(text, cue)


def find_carrier(text: str, source: Sequence[tuple[int, int]]) -> list[Medium]:
    """Return the outlet that a row names as its source while it cites another."""
    start, end = source[0]
    runs = list(NAME_RUN.finditer(text, start, end))
    if runs:
        start, end = runs[-1].span()
    return [Medium(text[start:end], (start, end), Kind.OUTLET, "rule:cited-by-an-outlet")]


def _media_by_rule(text: str, cue: Sequence[tuple[int, int]]) -> list[Medium]:
    """Return the medium that a rule of words finds in or just behind the cue."""
    platforms, documents, _ = _rules()
    for start, end in cue:
        stop = _sentence_stop(text, end)
        reach = text[start : min(end + REACH_CHARS, stop)]
        for rule, (name, pattern) in platforms.items():
            if pattern.search(reach):
                return [Medium(name, None, Kind.OUTLET, f"rule:{rule}")]
        for rule, pattern in documents.items():
            hit = pattern.search(reach)
            if hit and is_medium_name(hit[1]) and (rule == "in-a-document" or is_outlet_name(hit[1])):
                span = (start + hit.start(1), start + hit.end(1))
                return [Medium(hit[1], span, kind_of_medium(hit[1]), f"rule:{rule}")]
    return []


def _sentence_stop(text: str, at: int) -> int:
    """Return where a rule must stop reading: the next sentence or line end, or opening of a quotation."""
    hit = re.compile('[.!?]\\s|\n|[\u201c"]').search(text, at)
    return hit.start() if hit else len(text)


def is_medium_name(name: str) -> bool:
    """Return whether words can name a medium: not a listener, an occasion or a pronoun."""
    words = [w.casefold() for w in re.findall(r"[\w\u2019'-]+", name)]
    return bool(words) and len(name) <= MAX_VIA_CHARS and words[-1] not in _rules()[2]["never"]


def is_outlet_name(name: str) -> bool:
    """Return whether words look like a news medium's name."""
    lists = _rules()[2]
    words = [w.casefold() for w in re.findall(r"[\w\u2019'-]+", name)]
    return any(w in lists["outlet"] or w in lists["media"] for w in words)


def kind_of_medium(name: str) -> Kind:
    """Return `Kind.DOCUMENT` for a letter, post or paper, else `Kind.OUTLET`."""
    words = [w.casefold() for w in re.findall(r"[\w\u2019'-]+", name)]
    return (
        Kind.DOCUMENT if any(w in _rules()[2]["document"] for w in words) and not is_outlet_name(name) else Kind.OUTLET
    )


def carry_media(
    media: Sequence[Sequence[Medium]],
    carried: Sequence[float],
    same_via: NDArray[Any],
    *,
    carry_threshold: float,
    pair_threshold: float,
) -> list[tuple[Sequence[Medium], bool]]:
    """Return each row's media, and whether they are carried on from an earlier row.

    A row without media of its own takes those of the nearest earlier row that came the same way, if the two heads
    together find it likelier than not.
    """
    out: list[tuple[Sequence[Medium], bool]] = []
    for i, own in enumerate(media):
        if own:
            out.append((own, False))
            continue
        best, score = None, pair_threshold
        for j in range(max(0, i - MAX_CARRY_ROWS), i):
            if out[j][0] and float(same_via[j, i]) >= score and carried[i] > carry_threshold:
                best, score = j, float(same_via[j, i])
        out.append((out[best][0], True) if best is not None else ((), False))
    return out


def same_medium(a: str, b: str) -> bool:
    """Return whether two names stand for one medium."""
    if a.casefold().removeprefix("the ") == b.casefold().removeprefix("the "):
        return True
    return same_name(describe_mention(a), describe_mention(b))
