"""The line "rests on": an article's roots, counted in words.

Rule 1: it counts and names sorts of parties; it judges nothing.
Rule 2: a root of which every row is one to check is not counted, only mentioned.
Rule 3: a party is unnamed unless a reader could tell who it is; the unnamed are counted apart from the named.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final

from sayso.export.order import is_said
from sayso.export.reading_json import is_low
from sayso.export.words import is_named, is_own_post, name_noun
from sayso.records import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sayso.export.words import Noun
    from sayso.records import Attribution, Reading, Source

MOST_NAMES: Final = 2


def say_roots(reading: Reading) -> str:
    """Return what the article rests on: ``2 named officials, 1 agency citing a service, 3 unnamed``."""
    sources = {source.id: source for source in reading.sources}
    sure, unsure = _sure_roots(reading, sources)
    if not sure:
        said = "no source of which the machine is sure" if unsure else "no source that could be found"
    else:
        said = ", ".join(_count(sure, _carriers(reading, sources)))
    if unsure and sure:
        said += f"; {unsure} more only in rows to check"
    return said


def _sure_roots(reading: Reading, sources: dict[str, Source]) -> tuple[list[Source], int]:
    """Return the roots with at least one sure row, or with no row at all (a credit), and how many others there are."""
    seen: dict[str, list[Attribution]] = defaultdict(list)
    for att in filter(is_said, reading.attributions):
        for party in {att.source, *att.via}:
            seen[party].append(att)
    roots = [sources[origin] for origin in dict.fromkeys(reading.origins) if origin in sources]
    sure = [root for root in roots if not seen[root.id] or not all(map(is_low, seen[root.id]))]
    return sure, len(roots) - len(sure)


def _carriers(reading: Reading, sources: dict[str, Source]) -> dict[str, Source]:
    """Return, for each party all of whose sure rows came through the same outlet or other party, that party."""
    rows = {att.id: att for att in reading.attributions}
    found: dict[str, set[str | None]] = defaultdict(set)
    for att in reading.attributions:
        if is_said(att) and not is_low(att):
            found[att.source].add(_carrier(att, rows))
    own = _plain(reading.document.outlet or "")
    out: dict[str, Source] = {}
    for party, carriers in found.items():
        one = next(iter(carriers)) if len(carriers) == 1 else None
        if one in sources and one != party and _carries(sources[one], own):
            out[party] = sources[one]
    return out


def _carrier(att: Attribution, rows: dict[str, Attribution]) -> str | None:
    """Return the outermost party of a row's route; None where it came straight to the article."""
    seen = {att.id}
    while att.within in rows and att.within not in seen:
        seen.add(att.within)
        att = rows[att.within]
    if att.via and not is_own_post(att):
        return att.via[0]
    return att.source if len(seen) > 1 else None


def _carries(carrier: Source, own_outlet: str) -> bool:
    """Return whether a party stands between a root and the article: no platform, paper, or the article's own outlet."""
    if carrier.kind in {Kind.DOCUMENT, Kind.UNKNOWN} or name_noun(carrier).one == "platform":
        return False
    name = _plain(carrier.name)
    return not (own_outlet and name and (name in own_outlet or own_outlet in name))


def _plain(name: str) -> str:
    return name.casefold().removeprefix("the ").strip()


def _count(roots: Iterable[Source], carriers: dict[str, Source]) -> list[str]:
    """Return each sort of root with its number: named people, institutions, those cited by others, the unnamed."""
    people: dict[Noun, list[Source]] = defaultdict(list)
    others: dict[Noun, list[Source]] = defaultdict(list)
    citing: Counter[tuple[Noun, Noun]] = Counter()
    unnamed: list[Source] = []
    for root in roots:
        noun = name_noun(root)
        if not is_named(root):
            unnamed.append(root)
        elif root.kind is Kind.PERSON:
            people[noun].append(root)
        elif root.id in carriers and root.kind is not Kind.GROUP:
            citing[(name_noun(carriers[root.id]), noun)] += 1
        else:
            others[noun].append(root)
    said = [noun.count(len(some), adjective="named") + _through(some, carriers) for noun, some in people.items()]
    said += [noun.count(len(some)) + _through(some, carriers) for noun, some in others.items()]
    said += [f"{carrier.count(n)} citing {_with_article(noun.one)}" for (carrier, noun), n in citing.items()]
    if unnamed:
        said.append(f"{len(unnamed)} unnamed{_through(unnamed, carriers)}")
    return said


def _through(roots: list[Source], carriers: dict[str, Source]) -> str:
    """Return, in parentheses, by whom alone some of the roots reached the article; empty where none did."""
    names = list(dict.fromkeys(carriers[root.id].name for root in roots if root.id in carriers))
    if not names:
        return ""
    n = sum(root.id in carriers for root in roots)
    by = " or ".join(names) if len(names) <= MOST_NAMES else "others"
    return f" (only through {by})" if n == len(roots) else f" ({n} only through {by})"


def _with_article(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeio' else 'a'} {noun}"
