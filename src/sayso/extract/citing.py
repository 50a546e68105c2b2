"""Who cites whom: "Northwire, citing the Ministry of Tides, said …" has the ministry speak and Northwire carry it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from sayso.extract.pairs import Places
from sayso.extract.routes import Medium, is_outlet_name, sentence_start, sentence_stop
from sayso.extract.rows import cut_out, places_of, words_at
from sayso.extract.rulebook import load_rules
from sayso.records import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.encoder.features import Words
    from sayso.extract.rows import RawRow

CITES = re.compile(r"[\s,]*(?:citing|quoting)\s*", re.IGNORECASE)
# A run of capitalised words that no possessive interrupts: "Ardenna's Northwire" gives "Northwire".
NAME_RUN = re.compile(r"[A-Z][\w.&-]*(?:\s+(?:of\s+|the\s+)?[A-Z][\w.&-]*)*(?![\w\u2019'])")


@dataclass(frozen=True, slots=True)
class Citing:
    """An outlet that cites somebody in a row's sentence; places in the text.

    Attributes:
        party: Whom it cites: the row's true source.
        carrier: The outlet's name.
    """

    party: tuple[int, int]
    carrier: tuple[int, int]


def find_citing(text: str, source: Sequence[tuple[int, int]], cue: Sequence[tuple[int, int]]) -> Citing | None:
    """Return who cites whom in a row's sentence: "X, citing Y, said …", or "X said …, citing Y"; None if nobody does.

    Args:
        text: The document's text.
        source: The row's source, as places in the text.
        cue: The cue's places.
    """
    pattern, _ = _cited_rule()
    begin = max(sentence_start(text, cue[0][0]), text.rfind("\n", 0, cue[0][0]) + 1)
    for hit in pattern.finditer(text, begin, cue[0][0]):
        carrier = _last_name(text, begin, hit.start())
        if carrier and _is_party(hit[1]) and not text[hit.end(1) : cue[0][0]].strip(" ,"):
            return Citing(hit.span(1), carrier)
    if not source or not is_outlet_name(text[source[0][0] : source[0][1]]):
        return None
    start, end = source[0]
    later = pattern.search(text, start, sentence_stop(text, max(end, cue[-1][1])))
    if later is None or not _is_party(later[1]):
        return None
    carrier = _last_name(text, start, min(end, later.start(1)))
    return Citing(later.span(1), carrier or (start, min(end, later.start())))


def _last_name(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the place of the last run of capitalised words, if nothing but a comma stands behind it."""
    runs = list(NAME_RUN.finditer(text, start, end))
    return runs[-1].span() if runs and not text[runs[-1].end() : end].strip(" ,") else None


def _is_party(words: str) -> bool:
    """Return whether words name somebody who can be cited; papers cite concerns and costs too."""
    _, parties = _cited_rule()
    said = words.split()
    is_known = any(w.casefold().strip("\u2019'") in parties for w in said)
    return is_known or any(w[0].isupper() for w in said[:2])


@cache
def _cited_rule() -> tuple[re.Pattern[str], frozenset[str]]:
    raw = load_rules("en", "routes")["cited"]
    return re.compile(raw["pattern"]), frozenset(raw["party"])


def carrier_of(text: str, citing: Citing) -> Medium:
    """Return the outlet that cites a row's source, as its medium."""
    return Medium(text[slice(*citing.carrier)], citing.carrier, Kind.OUTLET, "rule:cited-by-an-outlet")


def resolve_citing(
    text: str, words: Words, rows: Sequence[RawRow]
) -> tuple[list[RawRow], list[Places], list[Citing | None]]:
    """Return the rows with their places, and who cites whom in each.

    The party cited becomes the row's source; a row that says no more than whom another one cites goes.
    """
    places = [Places(*(places_of(words, role) for role in (row.source, row.cue, row.content))) for row in rows]
    citing = [find_citing(text, at.source, at.cue) for at in places]
    parties = sorted(c.party for c in citing if c)
    kept = [i for i, at in enumerate(places) if not _only_cites(text, at, parties)]
    citing = [citing[i] for i in kept]
    resolved = [_with_party(rows[i], words, c) if c else rows[i] for i, c in zip(kept, citing, strict=True)]
    settled = [
        places[i]._replace(source=[c.party], content=places_of(words, row.content)) if c else places[i]
        for i, c, row in zip(kept, citing, resolved, strict=True)
    ]
    return resolved, settled, citing


def _only_cites(text: str, at: Places, parties: Sequence[tuple[int, int]]) -> bool:
    """Return whether a row says no more than whom another one cites: its content is the party, or its cue "citing"."""
    starts = [start for start, _ in parties]

    def is_party(start: int, end: int) -> bool:
        k = bisect_right(starts, start) - 1
        return k >= 0 and end <= parties[k][1]

    if all(is_party(start, end) for start, end in at.content):
        return True
    near = bisect_left(starts, at.content[0][0] - 1)
    follows = near < len(starts) and starts[near] <= at.content[0][0] + 1
    return follows and bool(CITES.fullmatch(" ".join(text[s:e] for s, e in at.cue)))


def _with_party(row: RawRow, words: Words, citing: Citing) -> RawRow:
    """Return a row with the party that an outlet cites for its source, cut out of its content with a comma behind."""
    party = words_at(words, *citing.party)
    if party is None:
        return row
    return replace(cut_out(row, (party[0], min(party[1] + 1, len(words)))), source=(party,))
