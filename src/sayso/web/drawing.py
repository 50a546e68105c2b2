"""A trace drawn as SVG, on the server: it prints, exports, and needs no script.

Roots stand on the left, one lane under the other; each telling stands to the right of what it has it from, at a place
by the order of time. Solid lines are certain, dotted ones only possible. Each telling is a link to its sentence.

Colours come from the page's style sheet; alone as a file the drawing brings its own.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from markupsafe import Markup, escape

from sayso.export.finding_words import say_drift, say_time
from sayso.export.visible import show
from sayso.export.words import load_words
from sayso.records import Certainty

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sayso.records import Trace, TraceLane, TraceStep, TraceTelling

ROOT_WIDTH: Final = 200
COLUMN: Final = 210
BOX_WIDTH: Final = 178
ROW: Final = 58
BOX_HEIGHT: Final = 44
LANE_GAP: Final = 26
MARGIN: Final = 12
LONGEST: Final = 24
DEEPEST: Final = 4
STYLE: Final = """
text{font:13px system-ui,sans-serif;fill:#1d1c1a}.quiet{fill:#655f56;font-size:11px}.lane{fill:#f3f0e8}.box{fill:#fcfbf8;
stroke:#655f56}.root{fill:#0a5a70}.root+text,.rt{fill:#fff}.bare{fill:none;stroke:#655f56;stroke-dasharray:3 3}
.edge{fill:none;stroke:#0a5a70;stroke-width:1.5}.maybe{stroke:#655f56;stroke-dasharray:3 4}.warn{fill:#a33b00;font-size:11px}
"""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a box lies: its left edge and its top."""

    x: int
    y: int


def draw_trace(trace: Trace, *, is_alone: bool = False) -> Markup:
    """Return a trace as SVG.

    Args:
        trace: The trace.
        is_alone: Whether it is a file of its own, which brings its colours along.
    """
    drawing = _Drawing(trace)
    body = Markup("").join(drawing.iter_parts())
    size = Markup('width="{0}" height="{1}" viewBox="0 0 {0} {1}"').format(drawing.width, drawing.height)
    head = Markup('<svg xmlns="http://www.w3.org/2000/svg" class="trace" role="img" aria-label="{}" {}>').format(
        f"How C{trace.line.number} travelled", size
    )
    style = Markup("<style>{}</style>").format(Markup(STYLE)) if is_alone else Markup("")  # noqa: S704  our own
    return head + style + body + Markup("</svg>")


class _Drawing:
    """One trace, laid out."""

    def __init__(self, trace: Trace) -> None:
        self.trace = trace
        self.tellings = {telling.id: telling for telling in trace.tellings}
        self.steps: dict[str, list[TraceStep]] = defaultdict(list)
        for step in trace.steps:
            self.steps[step.telling].append(step)
        self.places: dict[str, Place] = {}
        self.roots: dict[str, Place] = {}
        self.lanes: list[tuple[TraceLane, int, int]] = []
        self.deepest = 0
        y = MARGIN
        for lane in trace.lanes:
            y = self.lay_lane(lane, y) + LANE_GAP
        self.height = y - LANE_GAP + MARGIN
        self.width = MARGIN * 2 + ROOT_WIDTH + (self.deepest + 1) * COLUMN

    def lay_lane(self, lane: TraceLane, top: int) -> int:
        """Give every telling of a lane its place; return where the lane ends."""
        self.roots[lane.root.id] = Place(MARGIN, top)
        inside = set(lane.tellings)
        depth: dict[str, int] = {}
        row = 0
        for telling in lane.tellings:
            above = next(
                (step.taken_from for step in self.steps[telling] if step.is_certain and step.taken_from in depth), None
            )
            depth[telling] = min(DEEPEST, 0 if above is None or above not in inside else depth[above] + 1)
            self.deepest = max(self.deepest, depth[telling])
            self.places[telling] = Place(MARGIN + ROOT_WIDTH + depth[telling] * COLUMN + 20, top + row * ROW)
            row += 1
        end = top + max(1, row) * ROW
        self.lanes.append((lane, top, end))
        return end

    def iter_parts(self) -> Iterator[Markup]:
        """Yield the parts: lanes, then lines, then boxes."""
        for lane, top, end in self.lanes:
            yield Markup('<rect class="lane" x="2" y="{}" width="{}" height="{}" rx="6"/>').format(
                top - 8, self.width - 4, end - top + 4
            )
            yield from self.draw_lines(lane)
        for lane, _, _ in self.lanes:
            yield self.draw_root(lane)
            for telling in lane.tellings:
                yield self.draw_telling(self.tellings[telling])

    def draw_lines(self, lane: TraceLane) -> Iterator[Markup]:
        """Yield the lines that lead to the tellings of a lane."""
        for telling in lane.tellings:
            end = self.places[telling]
            for step in self.steps[telling]:
                start = self.roots.get(step.taken_from) or self.places.get(step.taken_from)
                if start is None or (lane.root.name is None and step.taken_from == lane.root.id):
                    continue
                x = start.x + (ROOT_WIDTH - 20 if step.taken_from in self.roots and start.x == MARGIN else BOX_WIDTH)
                y, to = start.y + BOX_HEIGHT // 2, end.y + BOX_HEIGHT // 2
                middle = (x + end.x) // 2 if end.x > x else max(x, end.x) + 14
                path = f"M{x} {y}C{middle} {y} {middle} {to} {end.x} {to}"
                kind = "edge" if step.is_certain else "edge maybe"
                yield Markup('<path class="{}" d="{}"><title>{}</title></path>').format(kind, path, self.say_step(step))

    def say_step(self, step: TraceStep) -> str:
        """Return a step in words, with what was lost on the way."""
        words = "; ".join([show(step.why), *(say_drift(drift) for drift in step.drifts)])
        return words if step.is_certain else f"perhaps: {words}"

    def draw_root(self, lane: TraceLane) -> Markup:
        """Return the box of a root."""
        place, root = self.roots[lane.root.id], lane.root
        words = load_words()["lane"]
        if root.name is None:
            name, about, kind = words["bare"], "", "bare"
        else:
            name = show(root.name)
            about = words["leg"] if root.is_leg else words["may_be"].format(other=show(root.may_be or "another"))
            about = about if root.is_leg or root.may_be else "perhaps an origin"
            kind = "root" if root.is_leg else "box"
        text = "rt" if kind == "root" else ""
        return Markup(
            '<g><rect class="{kind}" x="{x}" y="{y}" width="{w}" height="{h}" rx="4"/>'
            '<text class="{text}" x="{tx}" y="{ty}">{name}<title>{full}</title></text>'
            '<text class="{text} quiet" x="{tx}" y="{ty2}">{about}</text></g>'
        ).format(
            kind=kind,
            x=place.x,
            y=place.y,
            w=ROOT_WIDTH - 20,
            h=BOX_HEIGHT,
            text=text,
            tx=place.x + 10,
            ty=place.y + 18,
            ty2=place.y + 34,
            name=shorten(name),
            full=name,
            about=shorten(about, LONGEST + 4),
        )

    def draw_telling(self, telling: TraceTelling) -> Markup:
        """Return the box of a telling, which leads to its sentence."""
        place = self.places[telling.id]
        name = show(telling.outlet or telling.title or "no outlet stated")
        when = say_time(telling.published) if telling.is_in_case else load_words()["lane"]["cited"]
        hedge = "" if telling.certainty in {None, Certainty.CERTAIN} else f" · as {telling.certainty}"
        drifts = [drift for step in self.steps[telling.id] for drift in step.drifts]
        warn = Markup('<text class="warn" x="{}" y="{}">!<title>{}</title></text>').format(
            place.x + BOX_WIDTH - 14, place.y + 18, "; ".join(say_drift(drift) for drift in drifts)
        )
        return Markup(
            '<a href="#t-{id}"><rect class="{kind}" x="{x}" y="{y}" width="{w}" height="{h}" rx="4"/>'
            '<text x="{tx}" y="{ty}">{name}<title>{full}</title></text>'
            '<text class="quiet" x="{tx}" y="{ty2}">{when}</text>{warn}</a>'
        ).format(
            id=telling.id,
            kind="box" if telling.is_in_case else "bare",
            x=place.x,
            y=place.y,
            w=BOX_WIDTH,
            h=BOX_HEIGHT,
            tx=place.x + 10,
            ty=place.y + 18,
            ty2=place.y + 34,
            name=shorten(name),
            full=name,
            when=shorten(f"{when or 'no date'}{hedge}", LONGEST + 6),
            warn=warn if drifts else Markup(""),
        )


def shorten(words: str, longest: int = LONGEST) -> str:
    """Return words short enough for a box; the whole stands in its title."""
    return words if len(words) <= longest else words[: longest - 1].rstrip() + "…"


__all__ = ["draw_trace", "escape"]
