"""The places of an article: what each name may mean, the likeliest first, and who speaks where a place speaks.

A name is a place here only where its neighbours do not show a person ("Chelsea Moore") or a body ("Dayton Herald").
What stays open stays open: all candidates are kept, and the place says that it is ambiguous.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from sayso.extract.metonyms import find_seat, find_seat_town, is_also_town, is_speaking, name_speaker
from sayso.extract.place_candidates import Asked, ask_name, find_within, score_candidates
from sayso.extract.place_neighbours import (
    find_body,
    find_dateline,
    find_demonyms,
    find_known_surnames,
    find_person,
    is_where,
    is_within,
    load_lists,
)
from sayso.extract.place_ranking import Name, Ranked, is_first_order, rank_names
from sayso.extract.place_reasons import explain
from sayso.extract.rulebook import load_rules
from sayso.gazetteer import fold_name
from sayso.records import Place, PlaceScale, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.extract.place_candidates import PlaceIndex
    from sayso.extract.place_neighbours import Lists
    from sayso.records import GeoName

# "Ohio, New York and Maine"
ROW = re.compile(r",[ ]|,?[ ](?:and|or)[ ]|/")
# A region that has so many times the people of any town of its name is not taken for the town.
TIMES = 20

Key = tuple[str, str, tuple[int, ...]]


@dataclass(slots=True, kw_only=True)
class _Mention:
    """A stretch that names a place, while it is settled."""

    start: int
    end: int
    asked: Asked
    seat: tuple[str, str, str] | None = None
    key: Key = ("", "", ())


def resolve_places(
    text: str,
    mentions: Sequence[tuple[int, int]],
    gazetteer: PlaceIndex,
    *,
    speaking: Sequence[tuple[int, int]] = (),
    keep_adjectives: bool = False,
) -> list[Place]:
    """Return the places that the mentions name, in their order; those that name a person or a body are left out.

    Args:
        text: The article.
        mentions: Stretches that may name places, start and end in code points.
        gazetteer: What looks names up.
        speaking: Stretches that are sources of attributions.
        keep_adjectives: Whether "Ukrainian" counts as a name of its country; otherwise it only speaks for others.
    """
    lists = load_lists()
    mentions = [(s, e) for s, e in mentions if 0 <= s < e <= len(text) and text[s:e].strip()]
    sources: dict[int, set[int]] = {}
    for start, end in speaking:
        sources.setdefault(start, set()).add(end)
    found = [mention for start, end in mentions if (mention := _ask(text, start, end, gazetteer, lists)) is not None]
    surnames = find_known_surnames(text, lists)
    found = [m for m in found if text[m.start : m.end] not in surnames or is_within(text, m.start, lists)]
    if keep_adjectives:
        found = sorted([*found, *_ask_adjectives(text, mentions, gazetteer, lists)], key=lambda m: (m.start, m.end))
    _find_rows(text, found)
    _join_names(found)
    names = _weigh(text, found, gazetteer, lists)
    rules = load_rules("en", "places")
    ranked = dict(zip(names, rank_names(list(names.values()), rules["weights"], rules["limits"]), strict=True))
    return [_make_place(text, mention, ranked, gazetteer, sources) for mention in found]


def _ask(text: str, start: int, end: int, gazetteer: PlaceIndex, lists: Lists) -> _Mention | None:
    """Return a mention looked up; None where it is a person's or a body's name."""
    seat = find_seat(text[start:end])
    if seat is None and text[start:end].strip() in lists.demonyms:
        return None
    if find_body(text, start, end, lists) or (seat is None and find_person(text, start, end, lists)):
        return None
    asked = ask_name(text, start, end, gazetteer, lists)
    if seat is not None and asked.within and asked.candidates:
        seat = None  # "Hollywood, Fla.": another place of that name
    if seat is not None and not is_also_town(text[start:end]):
        town = find_seat_town(seat, gazetteer)
        return _Mention(start=start, end=end, seat=seat, asked=Asked(folded=fold_name(seat[1]), candidates=town))
    return _Mention(start=start, end=end, seat=seat, asked=asked)


def _ask_adjectives(
    text: str, mentions: Sequence[tuple[int, int]], gazetteer: PlaceIndex, lists: Lists
) -> list[_Mention]:
    """Return the mentions that are adjectives of a country, looked up as its name."""
    found = []
    for start, end in mentions:
        country = lists.demonyms.get(text[start:end].strip())
        if country:
            asked = Asked(folded=fold_name(country), candidates=find_country(country, gazetteer))
            found.append(_Mention(start=start, end=end, asked=asked))
    return found


def _find_rows(text: str, mentions: Sequence[_Mention]) -> None:
    """Note for neighbours in a row of names ("Ohio, New York and Maine") of what scale the sure ones are."""
    for first, second in pairwise(mentions):
        if first.asked.within or not ROW.fullmatch(text, first.end, second.start):
            continue
        for one, other in ((first, second), (second, first)):
            if (scale := find_sure_scale(other.asked.candidates)) is not None:
                one.asked = replace(one.asked, row=one.asked.row | {scale})


def find_sure_scale(candidates: Sequence[GeoName]) -> PlaceScale | None:
    """Return the scale of what can be nothing but a country, or nothing but a region; None for the rest."""
    large = {p.scale for p in candidates if p.scale is PlaceScale.COUNTRY or is_first_order(p)}
    is_first = bool(candidates) and candidates[0].scale in large
    towns = [place.population for place in candidates if place.scale is PlaceScale.CITY]
    is_sure = is_first and len(large) == 1 and candidates[0].population > TIMES * max(towns, default=0)
    return candidates[0].scale if is_sure else None


def _join_names(mentions: Sequence[_Mention]) -> None:
    """Give every mention its name's identity: one that says not where it lies is the one that did."""
    said: dict[str, tuple[int, ...]] = {}
    for mention in mentions:
        if mention.asked.within:
            said.setdefault(mention.asked.folded, tuple(place.id for place in mention.asked.within))
    for mention in mentions:
        own = tuple(place.id for place in mention.asked.within)
        mention.key = (mention.asked.folded, mention.asked.kind, own or said.get(mention.asked.folded, ()))


def _weigh(text: str, mentions: Sequence[_Mention], gazetteer: PlaceIndex, lists: Lists) -> dict[Key, Name]:
    """Return the names to be ranked, each once, and beside them what speaks for others only."""
    rules = load_rules("en", "places")
    weights, limits = rules["weights"], rules["limits"]
    dateline = find_dateline(text)
    names: dict[Key, Name] = {}
    counts: dict[Key, float] = {}
    best: dict[Key, Asked] = {}
    for mention in mentions:
        is_dateline = dateline is not None and dateline[0][0] <= mention.start < dateline[0][1]
        counts[mention.key] = counts.get(mention.key, 0.0) + (weights["dateline"] if is_dateline else 1.0)
        if mention.key not in best or (mention.asked.within and not best[mention.key].within):
            best[mention.key] = mention.asked
    for key, asked in best.items():
        candidates, scores, reasons = score_candidates(asked, weights, rules["usual"], int(limits["candidates"]))
        names[key] = Name(
            folded=key[0],
            candidates=candidates,
            scores=scores,
            reasons=reasons,
            weight=1.0 + math.log(counts[key]) / 2,
        )
    for number, (areas, weight) in enumerate(_find_speakers_only(text, mentions, dateline, gazetteer, lists)):
        names["\0", "", (number,)] = Name(
            folded=f"\0{number}",
            candidates=areas,
            scores=[0.0] * len(areas),
            reasons=[{}] * len(areas),
            weight=weight,
        )
    return names


def _find_speakers_only(
    text: str,
    mentions: Sequence[_Mention],
    dateline: tuple[tuple[int, int], str | None] | None,
    gazetteer: PlaceIndex,
    lists: Lists,
) -> list[tuple[tuple[GeoName, ...], float]]:
    """Return what speaks for the candidates without being a mention: areas beside names, the dateline, demonyms."""
    found = {tuple(p.id for p in m.asked.within): (m.asked.within, 1.0) for m in mentions if m.asked.within}
    if dateline is not None and dateline[1]:
        areas = find_within([dateline[1]], gazetteer, lists)
        found[tuple(place.id for place in areas)] = (areas, load_rules("en", "places")["weights"]["dateline"])
    spoken = [
        (find_country(name, gazetteer), 1.0 + math.log(count) / 2) for name, count in find_demonyms(text, lists).items()
    ]
    return [*found.values(), *spoken]


def find_country(name: str, gazetteer: PlaceIndex) -> tuple[GeoName, ...]:
    """Return the country of a name."""
    return tuple(place for place in gazetteer.find(name) if place.scale is PlaceScale.COUNTRY)


def _make_place(
    text: str,
    mention: _Mention,
    ranked: dict[Key, Ranked],
    gazetteer: PlaceIndex,
    sources: dict[int, set[int]],
) -> Place:
    """Return a mention as a place."""
    limits = load_rules("en", "places")["limits"]
    found = ranked[mention.key]
    kept = [k for k, chance in enumerate(found.chances) if chance >= limits["likely"]][: int(limits["listed"])]
    top = found.candidates[0] if found.candidates else None
    piece = text[mention.start : mention.end]
    speaks = is_speaking(text, mention.start, mention.end, sources)
    stands_for = None
    if mention.seat is not None:
        is_place = is_where(text, mention.start, load_lists()) and not speaks
        stands_for = None if is_place or (is_also_town(piece) and not speaks) else mention.seat[0]
    elif speaks:
        stands_for = name_speaker(mention.asked.folded, piece, top, gazetteer)
    confidence = estimate_confidence(found)
    return Place(
        span=Span(start=mention.start, end=mention.end, exact=piece),
        candidates=tuple(found.candidates[k] for k in kept),
        is_ambiguous=bool(kept) and found.chances[0] < limits["sure"],
        stands_for=stands_for,
        why=explain(found, mention.asked, stands_for),
        confidence=round(confidence, 3),
    )


def estimate_confidence(found: Ranked) -> float:
    """Return how likely the first candidate is meant: its chance among those known, and that it is known at all."""
    if not found.candidates:
        return 0.0
    known = load_rules("en", "places")["known"]
    first, reasons = found.candidates[0], found.reasons[0]
    if "qualified" in reasons:
        share = known["qualified"]
    elif first.scale in {PlaceScale.COUNTRY, PlaceScale.CONTINENT}:
        share = known["country"]
    elif "alias" in reasons:
        share = known["alias"]
    elif reasons["context"] > 0 or first.population >= known["people"]:
        share = known["spoken_for"]
    else:
        share = known["alone"]
    return float(found.chances[0] * share)
