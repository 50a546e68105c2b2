"""A range of origins drawn as legs under a bar: solid ones are known, hollow ones only possible."""

from __future__ import annotations

from typing import Final

from markupsafe import Markup

MOST_DRAWN: Final = 8
STEP: Final = 9
HEIGHT: Final = 18


def draw_legs(least: int, most: int) -> Markup:
    """Return the legs as SVG; very many are drawn as the first ones and a number."""
    shown = min(most, MOST_DRAWN)
    width = max(1, shown) * STEP + 2
    parts = [f'<path class="bar" d="M1 3H{width - 1}"/>']
    for place in range(shown):
        x = 1 + STEP // 2 + place * STEP
        kind = "leg" if place < least else "hollow"
        parts.append(f'<rect class="{kind}" x="{x - 2}" y="4" width="4" height="{HEIGHT - 6}" rx="1"/>')
    label = f"at least {least}, at most {most} independent origins"
    more = f'<span class="more">+{most - shown}</span>' if most > shown else ""
    size = f'width="{width}" height="{HEIGHT}" viewBox="0 0 {width} {HEIGHT}"'
    svg = f'<svg class="legs" role="img" aria-label="{label}" {size}>'
    return Markup(f"{svg}{''.join(parts)}</svg>{more}")  # noqa: S704  numbers alone
