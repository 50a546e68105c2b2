"""Outlets over time, drawn small: a line that rises with each further outlet, a dot for each article that tells it.

Rule 1: what states no time is not placed on the line; how many these are is said.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from sayso.export.finding_words import say_time
from sayso.export.list_words import count
from sayso.export.visible import show
from sayso.store.moments import count_minute

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.records import ArticleRow

WIDTH: Final = 132
HEIGHT: Final = 28
EDGE: Final = 4
MOST_NAMED: Final = 4
HOUR: Final = 60
DAY: Final = 24 * HOUR
MONTH: Final = 30.4 * DAY
YEAR: Final = 365.25 * DAY
LENGTHS: Final = (
    (2 * HOUR, 1, "minute"),
    (2 * DAY, HOUR, "hour"),
    (2 * MONTH, DAY, "day"),
    (2 * YEAR, MONTH, "month"),
    (float("inf"), YEAR, "year"),
)
"""Lengths shorter than the first number are said in the unit of so many minutes."""


def draw_spark(articles: Sequence[ArticleRow]) -> Markup:
    """Return the articles that tell a claim as a line of outlets over time; empty where fewer than two have a time.

    Args:
        articles: Which tell it, in any order.
    """
    timed = sorted((minute, row.id, row) for row in articles if (minute := count_minute(row.published)) is not None)
    if len(timed) < 2:  # noqa: PLR2004  a line has two ends
        return Markup("")
    first, last = timed[0][0], timed[-1][0]
    outlets: dict[str, None] = {}
    heights = []
    for _, _, row in timed:
        outlets[(row.outlet or row.id).casefold()] = None
        heights.append(len(outlets))
    most = max(2, heights[-1])
    points = [
        (
            EDGE + (minute - first) / max(1, last - first) * (WIDTH - 2 * EDGE),
            HEIGHT - EDGE - (height - 1) / (most - 1) * (HEIGHT - 2 * EDGE),
        )
        for (minute, _, _), height in zip(timed, heights, strict=True)
    ]
    line = f"M{points[0][0]:.1f} {points[0][1]:.1f}" + "".join(f"H{x:.1f}V{y:.1f}" for x, y in points[1:])
    dots = "".join(
        f'<circle{" class=first" if not place else ""} cx="{x:.1f}" cy="{y:.1f}" r="{2.5 if not place else 1.75}"/>'
        for place, (x, y) in enumerate(points)
    )
    return Markup(
        '<svg class="spark" role="img" width="{w}" height="{h}" viewBox="0 0 {w} {h}">'
        '<title>{label}</title><path d="{line}"/>{dots}</svg>'
    ).format(
        label=_say(timed),
        w=WIDTH,
        h=HEIGHT,
        line=line,
        dots=Markup(dots),  # noqa: S704  numbers alone
    )


def say_length(first: str | None, last: str | None) -> str:
    """Return how long it was from one time to another, in round words; empty where that is not known or nothing."""
    start, end = count_minute(first), count_minute(last)
    if start is None or end is None or end <= start:
        return ""
    minutes = end - start
    unit, name = next((unit, name) for longest, unit, name in LENGTHS if minutes < longest)
    return f"over {count(max(1, round(minutes / unit)), name)}"


def _say(timed: Sequence[tuple[int, str, ArticleRow]]) -> str:
    """Return which outlet told it when first."""
    met: dict[str, str | None] = {}
    for _, _, row in timed:
        met.setdefault(row.outlet or "", row.published)
    named = [f"{show(name) or 'no outlet stated'}, {say_time(at)}" for name, at in list(met.items())[:MOST_NAMED]]
    left = len(met) - len(named)
    return "; ".join([*named, f"{left} more"] if left else named)
