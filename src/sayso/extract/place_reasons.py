"""Why a name means that place, said in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.extract.rulebook import load_rules

if TYPE_CHECKING:
    from sayso.extract.place_candidates import Asked
    from sayso.extract.place_ranking import Ranked

# Of the features that decided, so many are named; the others are worth less than this.
MOST = 2
LEAST = 0.3


def explain(found: Ranked, asked: Asked, stands_for: str | None) -> str:
    """Return what decided for the first candidate against the second, for a person."""
    said = f"stands for {stands_for}; " if stands_for else ""
    if not found.candidates:
        beside = f"; the text says that it lies in {asked.within[0].name}" if asked.within else ""
        return f"{said}not in the gazetteer{beside}"
    where = f" in {asked.within[0].name}, which stands beside the name" if asked.within else " in the gazetteer"
    if len(found.candidates) == 1:
        return f"{said}the only place of that name{where}"
    first, second = found.reasons[0], found.reasons[1]
    gains = {name: first.get(name, 0.0) - second.get(name, 0.0) for name in {**first, **second}}
    words = load_rules("en", "places")["reasons"]
    best = sorted(((gain, name) for name, gain in gains.items() if gain >= LEAST), reverse=True)[:MOST]
    if not best:
        return f"{said}nothing decides between {len(found.candidates)} places of that name{where}"
    reasons = " and ".join(words[name] for _, name in best)
    return f"{said}of {len(found.candidates)} places of that name{where}: {reasons}"
