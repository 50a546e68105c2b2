"""Figures that are told of one thing, drawn on one axis: each as wide as it is stated, as high as it is told often.

Rule 1: only figures of the same unit and the same thing share an axis; what stands alone needs no drawing.
Rule 2: a figure without an end ("at least four") is drawn to the edge, open there.
"""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from sayso.export.finding_words import say_figures
from sayso.export.visible import show

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sayso.records import FigureTold

WIDTH: Final = 150
HEIGHT: Final = 22
LEFT: Final = 8
RIGHT: Final = WIDTH - 8
BASE: Final = HEIGHT - 6
LONGEST_CHARS: Final = 28
RADII: Final = (2.5, 3.5, 4.5, 5.5)


def draw_figures(figures: Sequence[FigureTold]) -> Markup:
    """Return the figures as drawings with their words below; what cannot be compared in words alone."""
    return Markup("").join(_draw_group(group) for group in _group(figures))


def _group(figures: Iterable[FigureTold]) -> list[list[FigureTold]]:
    """Return the figures, those that can stand on one axis together, in the order in which they come."""
    groups: dict[tuple[str, str], list[FigureTold]] = defaultdict(list)
    for figure in figures:
        groups[figure.unit or "", "" if figure.unit else (figure.counts or "").casefold()].append(figure)
    return list(groups.values())


def _draw_group(group: Sequence[FigureTold]) -> Markup:
    of = _say_counted(group[0])
    words = Markup('<span class="of">{}</span>').format(of) if of else Markup("")
    words += Markup('<span class="figures">{}</span>').format(say_figures(group))
    ends = [[_read(figure.low), _read(figure.high)] for figure in group]
    known = [end for pair in ends for end in pair if end is not None]
    if len(group) < 2 or not known or (len(set(known)) == 1 and None not in {end for pair in ends for end in pair}):  # noqa: PLR2004  several
        return words
    low, high = min(known), max(known)
    parts = [Markup('<path class="axis" d="M1 {0}H{1}"/>').format(BASE, WIDTH - 1)]
    for figure, (start, end) in sorted(zip(group, ends, strict=True), key=lambda one: -one[0].n_tellings):
        if start is None and end is None:
            continue
        x = 1.0 if start is None else _place(start, low, high)
        to = WIDTH - 1.0 if end is None else _place(end, low, high)
        radius = RADII[min(len(RADII), max(1, figure.n_tellings)) - 1]
        if to - x > 1:
            parts.append(Markup('<path class="span" d="M{:.1f} {}H{:.1f}"/>').format(x, BASE, to))
        parts += [
            Markup('<circle class="told" cx="{:.1f}" cy="{}" r="{}"/>').format(at, BASE, radius)
            for at in dict.fromkeys([x if start is not None else to, to if end is not None else x])
        ]
    svg = Markup(
        '<svg class="plot" role="img" aria-label="{}" width="{w}" height="{h}" viewBox="0 0 {w} {h}">{}</svg>'
    ).format(f"Figures told: {f'{of}: ' if of else ''}{say_figures(group)}", Markup("").join(parts), w=WIDTH, h=HEIGHT)
    return svg + words


def _say_counted(figure: FigureTold) -> str:
    """Return what a figure counts, in short; empty where that stands in the figure or is not said."""
    counted = show(figure.counts or "")
    if not counted or counted.casefold() in figure.words.casefold():
        return ""
    return counted if len(counted) <= LONGEST_CHARS else f"{counted[: LONGEST_CHARS - 1].rstrip()}…"


def _place(value: float, low: float, high: float) -> float:
    share = 0.5 if high <= low else (value - low) / (high - low)
    return LEFT + share * (RIGHT - LEFT)


def _read(number: str | None) -> float | None:
    """Return a plain decimal number; None for none, and for one that no axis holds."""
    try:
        value = None if number is None else float(number)
    except ValueError:
        return None
    return value if value is not None and math.isfinite(value) and abs(value) < 1e150 else None  # noqa: PLR2004
