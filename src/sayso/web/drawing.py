"""A trace drawn as SVG, on the server: it prints, exports, and needs no script.

Roots stand on the left, one lane under the other; each telling stands to the right of what it has it from. Each kind of
wire has its own stroke and its word, so that none needs a colour; what changes on the way stands on the wire. A wire
leads to the two sentences that it joins, a box to its own.

Colours come from the page's style sheet; alone as a file the drawing brings its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from sayso.export.finding_words import say_drift, say_time
from sayso.export.list_words import count
from sayso.export.visible import show
from sayso.export.words import load_words
from sayso.records import Certainty, StepKind
from sayso.web.lanes_laid import AGAINST, BOX_HEIGHT, BOX_WIDTH, CHANNEL, LINE, Laid

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sayso.records import Drift, Trace, TraceLane, TraceTelling
    from sayso.web.lanes_laid import Band, Box, Wire

LONGEST: Final = 25
LISTED_WIDTH: Final = BOX_WIDTH - 28
ABOUT_WIDTH: Final = 6.2
NAME_WIDTH: Final = 6.8
CHANGE_CHARS: Final = 14
ABOUT_CHARS: Final = 13
LONGEST_ON_WIRE: Final = 17
TRUNK: Final = {
    StepKind.SAID: 12,
    StepKind.COPIED: 18,
    StepKind.PRINTED: 18,
    StepKind.CITED: 24,
    StepKind.REPEATED: 30,
}
MAYBE_TRUNK: Final = 36
CORNER: Final = 7
STYLE: Final = """
text{font:13px system-ui,sans-serif;fill:#1d1c1a}.quiet{fill:#5f594f;font-size:11px}.lane{fill:#f3f0e8}
.box{fill:#fcfbf8;stroke:#dcd7cc}.root{fill:#0a5a70}.rt,.rt.quiet{fill:#fff}
.bare{fill:none;stroke:#5f594f;stroke-dasharray:3 3}.fold{fill:#f3f0e8}.against{stroke:#9a3900}
.wire{fill:none;stroke:#0a5a70;stroke-width:1.6}.copied{stroke-width:5}
.printed{stroke-width:3;stroke-dasharray:12 3 3 3}
.core{fill:none;stroke:#f3f0e8;stroke-width:2}
.cited{stroke-dasharray:7 4}.repeated{stroke-dasharray:9 3 2 3}
.maybe{stroke:#5f594f;stroke-width:1.8;stroke-dasharray:.1 5;stroke-linecap:round}
.tip{fill:#0a5a70}.maybe-tip{fill:#5f594f}.loop{stroke:#9a3900}.loop-tip{fill:#9a3900}.hit{fill:none;stroke:none}
.how{fill:#5f594f;font-size:11px}.warn{fill:#9a3900;font-size:11px;font-weight:700}
"""


def draw_trace(trace: Trace, *, is_alone: bool = False) -> Markup:
    """Return a trace as SVG.

    Args:
        trace: The trace.
        is_alone: Whether it is a file of its own, which brings its colours along.
    """
    laid = Laid(trace)
    body = Markup("").join(_Drawing(laid).iter_parts())
    size = Markup('width="{0}" height="{1}" viewBox="0 0 {0} {1}"').format(laid.width, laid.height)
    head = Markup('<svg xmlns="http://www.w3.org/2000/svg" class="trace" role="group" aria-label="{}" {}>').format(
        f"How C{trace.line.number} travelled", size
    )
    style = Markup("<style>{}</style>").format(Markup(STYLE)) if is_alone else Markup("")  # noqa: S704  our own
    return head + style + body + Markup("</svg>")


class _Drawing:
    """One trace that is laid out, as SVG."""

    def __init__(self, laid: Laid) -> None:
        self.laid = laid
        self.boxes = laid.boxes
        self.n_far = 0
        self.drifts: dict[str, list[Drift]] = {}
        self.step_of: dict[str, int] = {}
        for place, step in enumerate(laid.trace.steps):
            self.drifts.setdefault(step.telling, []).extend(step.drifts)
            self.step_of.setdefault(step.telling, place)

    def iter_parts(self) -> Iterator[Markup]:
        """Yield the parts: lanes, then wires, then boxes."""
        for band in self.laid.bands:
            yield Markup('<rect class="lane" x="2" y="{}" width="{}" height="{}" rx="8"/>').format(
                band.top, self.laid.width - 4, band.bottom - band.top
            )
        # Those that lead far first, so that the words of the near ones lie over them.
        for wire in sorted(self.laid.wires, key=lambda one: self.boxes[one.end].parent == one.start):
            yield self.draw_wire(wire)
        for band in self.laid.bands:
            yield self.draw_root(band)
        for box in self.boxes.values():
            if box.listed:
                yield self.draw_list(box)
            elif box.tellings:
                yield self.draw_box(box)

    # Wires.

    def draw_wire(self, wire: Wire) -> Markup:
        """Return a wire, which leads to the sentences that it joins."""
        start, end = self.boxes[wire.start], self.boxes[wire.end]
        path, y = self.route(wire, start, end)
        strokes = wire.kind.value if wire.is_certain else "maybe"
        core = Markup('<path class="core" d="{}"/>').format(path) if strokes.startswith(StepKind.COPIED) else Markup("")
        tip = "tip" if wire.is_certain else "tip maybe-tip"
        how = load_words()["wire"][wire.kind.value]
        how = how if wire.is_certain else f"perhaps {how}"
        is_far = end.parent != start.id
        is_back = wire.is_loop and end.column <= start.column
        strokes, tip = (f"{strokes} loop", f"{tip} loop-tip") if is_back else (strokes, tip)
        how = f"↺ {how}" if wire.is_loop else how
        changed = (
            Markup("")
            if not wire.drifts or is_far
            else Markup('<text class="warn" text-anchor="end" x="{}" y="{}">{}</text>').format(
                end.x - 10, y + 14, say_changes(wire.drifts, LONGEST_ON_WIRE)
            )
        )
        word = Markup('<text class="how" text-anchor="end" x="{}" y="{}">{}</text>').format(
            end.x - 10, y + (16 if is_far else -6), how
        )
        return Markup(
            '<a href="#e-{step}" class="way" aria-label="{full}"><path class="hit" d="{path}"/>'
            '<path class="wire {strokes}" d="{path}"/>{core}<path class="{tip}" d="M{tx} {t1}L{x} {y}L{tx} {t2}z"/>'
            "{word}{changed}<title>{full}</title></a>"
        ).format(
            step=wire.steps[0],
            path=path,
            strokes=strokes,
            core=core,
            tip=tip,
            tx=end.x - 8,
            x=end.x,
            y=y,
            t1=y - 4,
            t2=y + 4,
            word=Markup("") if is_far and not is_back else word,
            changed=changed,
            full=f"{how}: " + "; ".join(self.say_step(step) for step in wire.steps[:4]),
        )

    def route(self, wire: Wire, start: Box, end: Box) -> tuple[str, int]:
        """Return the path of a wire, in gutters and channels alone, and the height at which it ends."""
        trunk = start.right + (TRUNK[wire.kind] if wire.is_certain else MAYBE_TRUNK)
        if end.parent == start.id:
            points = [(start.right, start.middle), (trunk, start.middle), (trunk, end.middle), (end.x, end.middle)]
            return draw_path(points), end.middle
        self.n_far += 1
        slot = self.n_far % 6
        y = end.middle + 14 if end.parent != start.id else end.middle
        out, into = start.right + 44 + slot * 4, end.x - 14 - slot * 3
        if end.column == start.column + 1:
            points = [(start.right, start.middle + 8), (out, start.middle + 8), (out, y), (end.x, y)]
        else:
            channel = end.y - CHANNEL // 2 + slot - 3
            points = [
                (start.right, start.middle + 8),
                (out, start.middle + 8),
                (out, channel),
                (into, channel),
                (into, y),
                (end.x, y),
            ]
        return draw_path(points), y

    def say_step(self, place: int) -> str:
        """Return a step in words, with what was lost on the way."""
        step = self.laid.trace.steps[place]
        words = "; ".join([show(step.why), *(say_drift(drift) for drift in step.drifts)])
        return words if step.is_certain else f"perhaps: {words}"

    # Boxes.

    def draw_root(self, band: Band) -> Markup:
        """Return the box of a root."""
        lane = band.lane
        box = self.boxes[AGAINST] if lane is None else self.boxes[f"root-{self.laid.trace.lanes.index(lane)}"]
        name, about, kind = say_root(lane)
        text = "rt" if kind == "root" else ""
        return Markup(
            '<g><rect class="{kind}" x="{x}" y="{y}" width="{w}" height="{h}" rx="5"/>'
            '<text class="{text}" x="{tx}" y="{ty}">{name}</text>'
            '<text class="{text} quiet" x="{tx}" y="{ty2}">{about}</text><title>{full}</title></g>'
        ).format(
            kind=kind,
            x=box.x,
            y=box.y,
            w=box.width,
            h=box.height,
            text=text,
            tx=box.x + 11,
            ty=box.y + 20,
            ty2=box.y + 36,
            name=shorten(name, LONGEST - 3),
            about=shorten(about, LONGEST + 2),
            full=f"{name} \u2013 {about}" if about else name,
        )

    def draw_box(self, box: Box) -> Markup:
        """Return a box, which leads to its sentence; of several tellings in one, how many."""
        telling = box.tellings[0]
        kind = "box" if telling.is_in_case else "bare"
        kind += " against" if box.parent == AGAINST else ""
        n_more = len(box.tellings) - 1
        fold = Markup('<rect class="box fold" x="{}" y="{}" width="{}" height="{}" rx="5"/>').format(
            box.x + 4, box.y + 4, box.width, box.height
        )
        name, about = say_name(telling), say_about(box)
        return Markup(
            '<a href="#t-{id}" aria-label="{full}">{fold}'
            '<rect class="{kind}" x="{x}" y="{y}" width="{w}" height="{h}" rx="5"/>'
            '<text x="{tx}" y="{ty}">{name}</text><text class="quiet" x="{tx}" y="{ty2}">{about}</text>'
            "<title>{full}</title></a>"
        ).format(
            id=telling.id,
            fold=fold if n_more else Markup(""),
            kind=kind,
            x=box.x,
            y=box.y,
            w=box.width,
            h=BOX_HEIGHT,
            tx=box.x + 11,
            ty=box.y + 20,
            ty2=box.y + 36,
            name=shorten(name),
            about=shorten(about, LONGEST + 8),
            full=f"{name}, {about}",
        )

    def draw_list(self, box: Box) -> Markup:
        """Return a list of boxes, a line each, with what changed on the way to it."""
        parts = [
            Markup('<rect class="box" x="{}" y="{}" width="{}" height="{}" rx="5"/>').format(
                box.x, box.y, box.width, box.height
            )
        ]
        for place, one in enumerate(sorted(box.listed, key=lambda each: each.tellings[0].published or "9")):
            telling = one.tellings[0]
            drifts = [drift for each in one.tellings for drift in self.drifts.get(each.id, ())]
            name, y = say_name(telling), box.y + 4 + place * LINE
            about = (
                say_changes(drifts, CHANGE_CHARS)
                if drifts
                else shorten(say_hedge(telling) or say_day(telling), ABOUT_CHARS)
            )
            parts.append(
                Markup(
                    '<a href="#{goal}" aria-label="{full}"><rect class="hit" x="{x}" y="{y}" width="{w}" height="{h}"/>'
                    '<text x="{tx}" y="{ty}">{name}</text>'
                    '<text class="{kind}" text-anchor="end" x="{rx}" y="{ty}">{about}</text>'
                    "<title>{full}</title></a>"
                ).format(
                    goal=f"e-{self.step_of[telling.id]}" if telling.id in self.step_of else f"t-{telling.id}",
                    full=f"{name}, {say_about(one)}" + "".join(f"; {say_drift(drift)}" for drift in drifts),
                    x=box.x,
                    y=y,
                    w=box.width,
                    h=LINE,
                    tx=box.x + 11,
                    ty=y + 15,
                    rx=box.right - 9,
                    name=shorten(name, int((LISTED_WIDTH - len(about) * ABOUT_WIDTH) / NAME_WIDTH)),
                    about=about,
                    kind="warn" if drifts else "quiet",
                )
            )
        return Markup("").join(parts)


def draw_path(points: list[tuple[int, int]]) -> str:
    """Return a path through points with rounded corners; points that are one are one."""
    kept = [point for place, point in enumerate(points) if not place or point != points[place - 1]]
    parts = [f"M{kept[0][0]} {kept[0][1]}"]
    for before, at, after in zip(kept, kept[1:], kept[2:], strict=False):
        reach = [min(CORNER, (abs(at[0] - one[0]) + abs(at[1] - one[1])) // 2) for one in (before, after)]
        near = [at[axis] + _sign(before[axis] - at[axis]) * reach[0] for axis in (0, 1)]
        far = [at[axis] + _sign(after[axis] - at[axis]) * reach[1] for axis in (0, 1)]
        parts.append(f"L{near[0]} {near[1]}Q{at[0]} {at[1]} {far[0]} {far[1]}")
    return "".join([*parts, f"L{kept[-1][0]} {kept[-1][1]}"])


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)


def say_root(lane: TraceLane | None) -> tuple[str, str, str]:
    """Return a root's name, what is said of it, and how it is drawn; None is what stands against the claim."""
    words = load_words()["lane"]
    if lane is None:
        return words["against"], "", "bare"
    root = lane.root
    if root.name is None:
        return words["bare"], "", "bare"
    about = (
        words["leg"] if root.is_leg else words["may_be"].format(other=show(root.may_be or "")) if root.may_be else ""
    )
    return show(root.name), about or "perhaps an origin", "root" if root.is_leg else "box"


def say_name(telling: TraceTelling) -> str:
    """Return who publishes a telling."""
    return show(telling.outlet or telling.title or telling.source or "no outlet stated")


def say_hedge(telling: TraceTelling) -> str:
    """Return how surely it is put, if not as certain."""
    return "" if telling.certainty in {None, Certainty.CERTAIN} else f"as {telling.certainty}"


def say_day(telling: TraceTelling) -> str:
    """Return the day of a telling in few characters."""
    words = say_time(telling.published).split(",")[0].split() if telling.published else ["no", "date"]
    return " ".join([words[0], words[1][:3], *words[3:]]) if len(words) > 2 else " ".join(words)  # noqa: PLR2004


def say_about(box: Box) -> str:
    """Return when, how surely, and how often."""
    telling = box.tellings[0]
    cited = load_words()["lane"]["text" if telling.is_text else "cited"]
    parts = [(say_time(telling.published) or "no date") if telling.is_in_case else cited]
    parts += sorted({hedge for each in box.tellings if (hedge := say_hedge(each))})
    parts += [count(len(box.tellings), "sentence")] if len(box.tellings) > 1 else []
    return " · ".join(parts)


def say_changes(drifts: Iterable[Drift], longest: int) -> str:
    """Return what changed as few words: what it was and became."""
    first, *more = list(drifts)
    head = load_words()["drift"][first.kind.value]
    words = f"{show(first.was)} → {show(first.became)}" if first.was and first.became else head
    words = head if len(words) > longest else words
    return shorten(words, longest) + (f" +{len(more)}" if more else "")


def shorten(words: str, longest: int = LONGEST) -> str:
    """Return words short enough for a box; the whole stands in its title."""
    return words if len(words) <= longest else words[: longest - 1].rstrip() + "…"


__all__ = ["draw_trace"]
