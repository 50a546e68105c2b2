"""The gate: scores may not fall under their pinned floors, and the corpus may not change unseen.

Rule 1: a floor is a score that was once reached. `pin_scores` only ever raises it.
Rule 2: a floor is lowered only when the caller says so (``--lower``), and then the report names each one.
Rule 3: the file carries a seal over its contents, so that an edit by hand is noticed.

Reading is deterministic, so the margin is not for chance: it allows for the last bits of arithmetic, which differ
between processors, and is worth two rows of the measure or half a point, whichever is more.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sayso.bench.figures import Figure

LEAST_MARGIN = 0.5
ROWS_WORTH = 2
UNPINNED = "nothing is pinned yet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Floor:
    """The floor of one measure.

    Attributes:
        score: In per cent, as it was reached.
        margin: How far under it a score may come, in points.
        n: Gold items that it rests on.
    """

    score: float
    margin: float
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Floors:
    """What is pinned.

    Attributes:
        digest: Of the corpora that the floors were reached on.
        floors: By ``corpus/measure``.
    """

    digest: str = ""
    floors: Mapping[str, Floor] = field(default_factory=dict)


class FloorsDamaged(ValueError):
    """The file of floors is not as it was written."""

    def __init__(self, path: Path, reason: str) -> None:
        """Keep the path and say what to do."""
        self.path = path
        super().__init__(f"{path}: {reason}. Restore it, or pin again with `python -m sayso.bench gate --update`.")


def pinned_figures(figures: Mapping[str, Mapping[str, Figure]]) -> dict[str, Figure]:
    """Return the figures that are pinned, by ``corpus/measure``: all that rest on some gold."""
    return {
        f"{corpus}/{measure}": figure
        for corpus, found in figures.items()
        for measure, figure in found.items()
        if figure.n
    }


def find_breaches(floors: Floors, figures: Mapping[str, Figure], digest: str) -> list[str]:
    """Return why the gate does not open, one line for each reason; none if it opens."""
    if not floors.floors:
        return [f"{UNPINNED}: run `python -m sayso.bench gate --update`"]
    found = []
    if floors.digest != digest:
        found.append(f"the corpora changed: pinned on {floors.digest[:12]}, these are {digest[:12]}")
    for name, floor in floors.floors.items():
        figure = figures.get(name)
        if figure is None:
            found.append(f"{name}: pinned at {floor.score:.1f} and not measured any more")
        elif is_under(figure.value, floor):
            found.append(f"{name}: {figure.value:.1f} is under its floor of {floor.score:.1f} - {floor.margin:.1f}")
    return found


def is_under(value: float, floor: Floor) -> bool:
    """Return whether a score is under a floor by more than its margin."""
    return value < floor.score - floor.margin


def pin_scores(
    floors: Floors, figures: Mapping[str, Figure], digest: str, *, may_lower: bool
) -> tuple[Floors, list[str]]:
    """Return the new floors and the names of those that the new scores would lower.

    A floor rises to a better score and stays where the score is within its margin. Where a score is under it, or the
    measure is gone, the floor is lowered (or dropped) only if that is allowed; else it stays.
    """
    pinned: dict[str, Floor] = {}
    lowered = []
    for name in sorted({*floors.floors, *figures}):
        old, figure = floors.floors.get(name), figures.get(name)
        new = None if figure is None else make_floor(figure)
        if old is not None and (figure is None or is_under(figure.value, old)):
            lowered.append(name)
            kept = new if may_lower else old
        elif old is not None and new is not None and old.score >= new.score:
            kept = Floor(score=old.score, margin=min(old.margin, new.margin), n=new.n)
        else:
            kept = new
        if kept is not None:
            pinned[name] = kept
    return Floors(digest=digest, floors=pinned), lowered


def make_floor(figure: Figure) -> Floor:
    """Return the floor that a score makes."""
    margin = max(LEAST_MARGIN, 100 * ROWS_WORTH / max(figure.n, 1))
    return Floor(score=round(figure.value, 2), margin=round(margin, 2), n=figure.n)


def load_floors(path: Path) -> Floors:
    """Return the floors of a file; no floors where there is no file.

    Raises:
        FloorsDamaged: It cannot be read, or was changed by hand.
    """
    if not path.is_file():
        return Floors()
    try:
        given = json.loads(path.read_text("utf-8"))
        floors = Floors(
            digest=given["digest"], floors={name: Floor(**floor) for name, floor in given["floors"].items()}
        )
        seal = given["seal"]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise FloorsDamaged(path, "it cannot be read") from error
    if seal != _seal(_body(floors)):
        raise FloorsDamaged(path, "it was changed by hand (its seal is broken)")
    return floors


def save_floors(path: Path, floors: Floors) -> None:
    """Write the floors with their seal."""
    body = _body(floors)
    path.write_text(json.dumps({**body, "seal": _seal(body)}, indent=1) + "\n", "utf-8")


def _body(floors: Floors) -> dict[str, Any]:
    """Return the floors as what is written, in order of name."""
    return {
        "digest": floors.digest,
        "floors": {
            name: {"score": floor.score, "margin": floor.margin, "n": floor.n}
            for name, floor in sorted(floors.floors.items())
        },
    }


def _seal(body: dict[str, Any]) -> str:
    """Return a hash over what is written."""
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()[:16]
