"""A trace as boxes and wires between them: what is folded into one box, and where each box lies.

Rule 1: tellings of one article that have the claim in one way are one box; many outlets that have it from one place in
one way, and from which nobody has it, are one list.
Rule 2: a box stands one column to the right of what it has the claim from, in a row that no other branch enters; so
the gutters between columns and the channels between rows are free of boxes, and wires run there alone.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sayso.records import Drift, StepKind, Trace, TraceLane, TraceStep, TraceTelling

ROOT_WIDTH: Final = 176
BOX_WIDTH: Final = 196
BOX_HEIGHT: Final = 46
GUTTER: Final = 112
CHANNEL: Final = 20
LINE: Final = 22
MARGIN: Final = 14
LANE_GAP: Final = 14
LISTED_LEAST: Final = 4
AGAINST: Final = "against"


@dataclass(slots=True, kw_only=True)
class Box:
    """One box: a root, a telling or several folded, or a list of boxes.

    Attributes:
        id: Of the first telling; of a root its own.
        lane: Place of its lane.
        tellings: What is folded into it; none for a root.
        listed: The boxes of a list; none for others.
        parent: Id of the box that it stands beside; None for a root.
        column: 0 for roots.
        row: Within the lane.
        x: Left edge.
        y: Top.
        width: In pixels.
        height: In pixels.
    """

    id: str
    lane: int
    tellings: list[TraceTelling] = field(default_factory=list)
    listed: list[Box] = field(default_factory=list)
    parent: str | None = None
    column: int = 0
    row: int = 0
    x: int = 0
    y: int = 0
    width: int = BOX_WIDTH
    height: int = BOX_HEIGHT

    @property
    def middle(self) -> int:
        """Where wires end: the middle of a box, the first line of a list."""
        return self.y + BOX_HEIGHT // 2

    @property
    def right(self) -> int:
        """Its right edge."""
        return self.x + self.width


@dataclass(slots=True, kw_only=True)
class Wire:
    """One way from box to box.

    Attributes:
        start: Id of the box that has it first.
        end: Id of the one that has it from there.
        steps: Places of its steps among the trace's, those with a change first.
        kind: How.
        is_certain: False where it is only possible.
        drifts: What was lost or sharpened.
        is_loop: Whether it closes a circle.
    """

    start: str
    end: str
    steps: list[int]
    kind: StepKind
    is_certain: bool
    drifts: list[Drift]
    is_loop: bool = False


@dataclass(slots=True, kw_only=True)
class Band:
    """One lane as it lies.

    Attributes:
        lane: The lane; None for what stands against the claim.
        top: Its upper edge.
        bottom: Its lower edge.
    """

    lane: TraceLane | None
    top: int
    bottom: int


class Laid:
    """A trace, laid out.

    Attributes:
        boxes: All boxes by id, those of lists not among them.
        wires: All wires.
        bands: The lanes.
        width: Of the drawing.
        height: Of the drawing.
    """

    def __init__(self, trace: Trace) -> None:
        """Lay a trace out."""
        self.trace = trace
        self.boxes: dict[str, Box] = {}
        self.wires: list[Wire] = []
        self.bands: list[Band] = []
        self._told = {telling.id: telling for telling in trace.tellings}
        self._steps: dict[str, list[tuple[int, TraceStep]]] = defaultdict(list)
        for place, step in enumerate(trace.steps):
            self._steps[step.telling].append((place, step))
        self._box_of: dict[str, str] = {}
        for place, lane in enumerate(trace.lanes):
            self._fold_lane(place, lane)
        self._fold_against(len(trace.lanes))
        self._wire()
        self._choose_parents()
        self._list_leaves()
        self._place_all()

    # Boxes.

    def _fold_lane(self, place: int, lane: TraceLane) -> None:
        root = f"root-{place}"
        self.boxes[root] = Box(id=root, lane=place, width=ROOT_WIDTH)
        if lane.root.name is not None:
            self._box_of[lane.root.id] = root
        met: dict[object, Box] = {}
        for telling in (self._told[one] for one in lane.tellings):
            ways = {(self._find(step.taken_from), step.kind, step.is_certain) for _, step in self._steps[telling.id]}
            homes = {one for one, _, _ in ways if self._is_of(one, telling.document)}
            key = (telling.document or telling.id, frozenset(ways))
            box = self.boxes[homes.pop()] if len(homes) == 1 and len(ways) == 1 else met.get(key)
            if box is None:
                box = met[key] = self.boxes[telling.id] = Box(id=telling.id, lane=place)
            box.tellings.append(telling)
            self._box_of[telling.id] = box.id

    def _fold_against(self, place: int) -> None:
        against = [self._told[one] for one in self.trace.against if one in self._told and one not in self._box_of]
        if not against:
            return
        self.boxes[AGAINST] = Box(id=AGAINST, lane=place, width=ROOT_WIDTH)
        for telling in against:
            self.boxes[telling.id] = Box(id=telling.id, lane=place, tellings=[telling], parent=AGAINST)
            self._box_of[telling.id] = telling.id

    def _find(self, of: str) -> str:
        return self._box_of.get(of, of)

    def _is_of(self, box: str, document: str | None) -> bool:
        found = self.boxes.get(box)
        return document is not None and found is not None and any(one.document == document for one in found.tellings)

    # Wires.

    def _wire(self) -> None:
        loops = {(one, other) for loop in self.trace.loops for one in loop for other in loop if one != other}
        found: dict[tuple[str, str], Wire] = {}
        for place, step in enumerate(self.trace.steps):
            start, end = self._box_of.get(step.taken_from), self._box_of.get(step.telling)
            if start is None or end is None or start == end:
                continue
            wire = found.get((start, end))
            if wire is None:
                wire = found[start, end] = Wire(
                    start=start, end=end, steps=[], kind=step.kind, is_certain=step.is_certain, drifts=[]
                )
            elif step.is_certain and not wire.is_certain:
                wire.kind, wire.is_certain = step.kind, True
            wire.steps.insert(0 if step.drifts and not wire.drifts else len(wire.steps), place)
            wire.drifts += step.drifts
            wire.is_loop = wire.is_loop or (step.taken_from, step.telling) in loops
        self.wires = list(found.values())

    def _choose_parents(self) -> None:
        """Give each box the one beside which it stands: a certain way before a possible one, and no circles."""
        ways: dict[str, list[Wire]] = defaultdict(list)
        for wire in self.wires:
            ways[wire.end].append(wire)
        order = {one: place for place, one in enumerate(self.boxes)}
        for box in self.boxes.values():
            if not box.tellings or box.parent is not None:
                continue
            # Only what comes before it: so there is no circle among parents, and a wire that closes one leads back.
            near = [
                wire
                for wire in ways[box.id]
                if self.boxes[wire.start].lane == box.lane and order[wire.start] < order[box.id]
            ]
            near.sort(key=lambda wire: (not wire.is_certain, wire.start.startswith("root-")))
            box.parent = near[0].start if near else f"root-{box.lane}"

    def _list_leaves(self) -> None:
        """Make one list of many boxes that have it from one place in one way, and from which nobody has it."""
        n_ends: dict[str, int] = defaultdict(int)
        starts = {wire.start for wire in self.wires} | {box.parent for box in self.boxes.values()}
        for wire in self.wires:
            n_ends[wire.end] += 1
        groups: dict[tuple[str, StepKind, bool], list[Wire]] = defaultdict(list)
        for wire in self.wires:
            if n_ends[wire.end] == 1 and wire.end not in starts and self.boxes[wire.end].parent == wire.start:
                groups[wire.start, wire.kind, wire.is_certain].append(wire)
        for (start, kind, is_certain), wires in groups.items():
            if len(wires) < LISTED_LEAST:
                continue
            listed = [self.boxes.pop(wire.end) for wire in wires]
            box = Box(id=f"list-{listed[0].id}", lane=listed[0].lane, listed=listed, parent=start)
            box.height = LINE * len(listed) + 8
            self.boxes[box.id] = box
            gone = {id(wire) for wire in wires}
            self.wires = [wire for wire in self.wires if id(wire) not in gone]
            steps = [step for wire in wires for step in wire.steps]
            self.wires.append(Wire(start=start, end=box.id, steps=steps, kind=kind, is_certain=is_certain, drifts=[]))

    # Places.

    def _place_all(self) -> None:
        children: dict[str, list[Box]] = defaultdict(list)
        for box in self.boxes.values():
            if box.parent is not None:
                children[box.parent].append(box)
        deepest, y = 0, MARGIN
        for place in range(len(self.trace.lanes) + 1):
            root = self.boxes.get(f"root-{place}") or self.boxes.get(AGAINST)
            if root is None or root.lane != place:
                continue
            inside = list(self._walk(root, children))
            rows: dict[int, int] = defaultdict(int)
            for box in inside:
                rows[box.row] = max(rows[box.row], box.height)
                deepest = max(deepest, box.column)
            tops, top = {}, y + CHANNEL
            for row in sorted(rows):
                tops[row] = top
                top += rows[row] + CHANNEL
            for box in inside:
                box.y = tops[box.row]
                box.x = MARGIN if not box.column else find_left(box.column)
            self.bands.append(
                Band(lane=self.trace.lanes[place] if place < len(self.trace.lanes) else None, top=y, bottom=top)
            )
            y = top + LANE_GAP
        self.height = y - LANE_GAP + MARGIN
        self.width = (find_left(deepest) + BOX_WIDTH if deepest else MARGIN + ROOT_WIDTH) + MARGIN + CHANNEL

    @staticmethod
    def _walk(root: Box, children: dict[str, list[Box]]) -> Iterator[Box]:
        """Yield the boxes of a lane with their columns and rows: a first child beside its parent, the others below."""
        last = 0
        stack: list[tuple[Box, int, bool]] = [(root, 0, True)]
        while stack:
            box, column, is_beside = stack.pop()
            if not is_beside:
                last += 1
            box.column, box.row = column, last
            yield box
            below = sort_children(children[box.id])
            stack += [(child, column + 1, place == 0) for place, child in reversed(list(enumerate(below)))]


def sort_children(boxes: Iterable[Box]) -> list[Box]:
    """Return boxes by time; lists come after single ones."""
    return sorted(
        boxes, key=lambda box: (bool(box.listed), min((one.published or "9" for one in box.tellings), default=""))
    )


def find_left(column: int) -> int:
    """Return the left edge of a column."""
    return MARGIN + ROOT_WIDTH + GUTTER + (column - 1) * (BOX_WIDTH + GUTTER)
