"""Figures that stand against one another, as intervals on one axis; none is in the middle."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from sayso.export.list_words import count
from sayso.export.visible import show

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.records import FigureTold

WIDTH: Final = 560
NAMES: Final = 190
RIGHT: Final = 90
ROW: Final = 28
MOST: Final = 12
LONGEST: Final = 28
SPREAD: Final = 0.12


def draw_intervals(figures: Sequence[FigureTold]) -> Markup:
    """Return the figures of a claim as SVG, those of one unit on one axis; empty where no two are."""
    by_unit: dict[str, list[FigureTold]] = defaultdict(list)
    for figure in figures:
        if figure.low is not None or figure.high is not None:
            by_unit[figure.unit or ""].append(figure)
    return Markup("").join(_draw(unit, found[:MOST]) for unit, found in by_unit.items() if len(found) > 1)


def _draw(unit: str, figures: Sequence[FigureTold]) -> Markup:
    edges = [float(edge) for figure in figures for edge in (figure.low, figure.high) if edge is not None]
    least, most = min(edges), max(edges)
    room = (most - least or abs(most) or 1) * SPREAD
    least, most = least - room, most + room
    inner = WIDTH - NAMES - RIGHT

    def find_x(value: float) -> float:
        return round(NAMES + (value - least) / (most - least) * inner, 1)

    parts, height = [], ROW * len(figures) + 8
    for place, figure in enumerate(sorted(figures, key=lambda one: float(one.low or one.high or 0))):
        y = place * ROW + ROW // 2 + 2
        left = NAMES if figure.low is None else find_x(float(figure.low))
        right = NAMES + inner if figure.high is None else find_x(float(figure.high))
        words = show(figure.words)
        parts.append(
            Markup(
                '<path class="rule" d="M{n} {y}H{w}"/>'
                '<text x="{tx}" y="{ty}" text-anchor="end">{name}<title>{words}</title></text>'
                '<rect class="span" x="{x}" y="{ry}" width="{width}" height="8" rx="4"/>{ends}'
                '<text class="quiet" x="{rx}" y="{ty}">{told}</text>'
            ).format(
                n=NAMES,
                w=NAMES + inner,
                y=y,
                tx=NAMES - 14,
                ty=y + 4,
                name=words if len(words) <= LONGEST else words[: LONGEST - 1] + "…",
                words=words,
                x=left - 4,
                ry=y - 4,
                width=max(8, right - left + 8),
                ends=_open_end(left, y, -1 if figure.low is None else 0) + _open_end(right, y, figure.high is None),
                rx=NAMES + inner + 12,
                told=count(figure.n_tellings, "telling"),
            )
        )
    label = "Figures told, on one axis: " + "; ".join(show(figure.words) for figure in figures)
    head = Markup('<svg class="intervals" role="img" aria-label="{2}" width="{0}" height="{1}" viewBox="0 0 {0} {1}">')
    unit_words = Markup('<p class="fine">in {}</p>').format(show(unit)) if unit else Markup("")
    return head.format(WIDTH, height, label) + Markup("").join(parts) + Markup("</svg>") + unit_words


def _open_end(x: float, y: int, way: int) -> Markup:
    """Return the mark of an end that is open: to the left, to the right, or none."""
    return (
        Markup('<path class="open" d="M{} {}l{} 6l{} 6"/>').format(x, y - 6, 7 * way, -7 * way) if way else Markup("")
    )
