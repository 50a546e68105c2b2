"""A trace for the terminal: a lane per root, each telling under what it has it from, the sentence under each.

Rule 1: a solid line is certain, a dotted one only possible; words say it too, for terminals and readers without lines.
Rule 2: no text from outside reaches the terminal but through `show`.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rich.text import Text

from sayso.cli._finding_page import DIM, WARN, FindingPage, name
from sayso.cli._layout import Block, lay_out
from sayso.cli._page import MARGIN
from sayso.export.finding_words import say_drift, say_origins, say_outlets
from sayso.export.visible import show
from sayso.export.words import load_words
from sayso.records import StepKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from sayso.records import Trace, TraceLane, TraceRoot, TraceStep, TraceTelling

INDENT: Final = 3
DEEPEST: Final = 5


@dataclass(frozen=True, slots=True)
class Lines:
    """What lanes are drawn with."""

    solid: str
    dotted: str
    branch: str
    possible: str
    arrow: str
    warn: str

    @classmethod
    def of(cls, encoding: str) -> Lines:
        """Return what the encoding has."""
        if encoding.lower().replace("_", "-").startswith("utf"):
            return cls(solid="│", dotted="┊", branch="├─", possible="├┄", arrow="→", warn="!")
        return cls(solid="|", dotted=":", branch="|-", possible="|.", arrow="->", warn="!")


class TracePage(FindingPage):
    """Prints traces on one console."""

    def __init__(self, console: Console, *, has_why: bool) -> None:
        """Take the width from the console."""
        super().__init__(console)
        self.has_why = has_why
        self.drawn = Lines.of(console.encoding)

    def print(self, trace: Trace) -> None:
        """Print one trace."""
        self.print_head(trace)
        drawing = _Drawing(trace)
        for lane in trace.lanes:
            self.print_lane(lane, drawing)
        self.print_circles(trace)
        self.print_against(trace, drawing)
        if self.has_why:
            self.print_why(trace)
        self.print_legend()

    def print_head(self, trace: Trace) -> None:
        """Print the claim, its range, and what is remarkable about it."""
        line = trace.line
        least, most = trace.organisations
        bodies = ""
        if (least, most) != (line.least, line.most):
            bodies = f"counted by the bodies that they speak for: {say_origins(least, most)}"
        self.console.print()
        self.print_claim(line, bodies)
        self.console.print()

    def print_lane(self, lane: TraceLane, drawing: _Drawing) -> None:
        """Print one root and all that rests on it."""
        self.print_root(lane.root)
        if self.has_why:
            for sentence in lane.why:
                self.lines((2, [Block(Text(""))]), (0, [Block(Text(show(sentence), "italic"))]))
        for telling_id in lane.tellings:
            self.print_step(telling_id, lane, drawing)
        if lane.also:
            names = say_outlets(list(dict.fromkeys(name(drawing.tellings[one]) for one in lane.also)), most=6)
            words = f"{self.drawn.dotted}  also behind: {names}"
            self.lines((2, [Block(Text(""))]), (0, [Block(Text(words, DIM))]))
        self.console.print()

    def print_root(self, root: TraceRoot) -> None:
        """Print where a lane begins."""
        words = load_words()["lane"]
        if root.name is None or root.naming is None:
            head = Text(words["bare"], "bold").append(f"  {words['bare_why']}", DIM)
            self.lines((2, [Block(Text(self.style.bullet, DIM))]), (0, [Block(head)]))
            return
        head = Text(show(root.name), "bold")
        if root.is_leg:
            head.append(f"  {words['leg']}", self.style.accent)
        elif root.may_be is not None:
            head.append(f"  {words['may_be'].format(other=show(root.may_be))}", DIM)
        elif not root.is_certain:
            head.append(f"  {words['possible']}", DIM)
        mark = Text(self.style.marks[root.naming.value], self.style.accent)
        self.lines((2, [Block(mark)]), (0, [Block(head)]))

    def print_step(self, telling_id: str, lane: TraceLane, drawing: _Drawing) -> None:
        """Print one telling with its sentence, under what it has it from.

        Of several tellings of one article that have it in one way only the first says when and how.
        """
        telling = drawing.tellings[telling_id]
        depth = min(drawing.find_depth(telling_id, lane), DEEPEST)
        certain, possible = drawing.find_steps(telling_id)
        is_certain = bool(certain) or (lane.root.name is None and not possible)
        bar = self.drawn.solid if is_certain else self.drawn.dotted
        body = self.say_lines(telling, (*certain, *possible), drawing)
        if not body:
            return
        if not drawing.is_met:
            lead = f"{bar}  " * depth + (self.drawn.branch if is_certain else self.drawn.possible)
        else:
            lead = f"{bar}  " * (depth + 1)
        margin = " " * (MARGIN + 2)
        room = self.width - 2 * MARGIN - len(margin) - INDENT * (depth + 1)
        text = Text()
        # The lane's line goes on beside all lines of the telling, so it is drawn line by line.
        for place, line in enumerate(lay_out(self.console, room, 0, [(0, body)])):
            edge = lead if place == 0 else f"{bar}  " * (depth + 1)
            text.append(margin).append(f"{edge:{INDENT * (depth + 1)}}", self.style.accent if is_certain else DIM)
            text.append_text(line).append("\n")
        text.rstrip()
        self.console.print(text, soft_wrap=True)

    def say_lines(self, telling: TraceTelling, steps: Sequence[TraceStep], drawing: _Drawing) -> list[Block]:
        """Return the lines of one telling."""
        drawing.note(telling, steps)
        sentence = self.say_sentence(telling)
        body = [] if drawing.is_met else [Block(Text(name(telling), "bold").append(self.say_where(telling), DIM))]
        said = {text.plain: text for text in (self.say_step(step, drawing) for step in steps)}
        if not drawing.is_met or self.has_why:
            body.extend(map(Block, said.values()))
        return [*body, Block(sentence)] if sentence.plain else body

    def say_step(self, step: TraceStep, drawing: _Drawing) -> Text:
        """Return how a telling has it, with what was lost on the way."""
        words = load_words()["step"]
        telling = drawing.tellings[step.telling]
        if step.kind is StepKind.SAID:
            # What was told to the article's own outlet went through nobody else.
            through = say_outlets([one for one in telling.through if one != telling.outlet], most=6)
            said = show(step.why) if self.has_why else words["through"].format(through=through) if through else ""
        else:
            other = drawing.tellings.get(step.taken_from)
            said = words[step.kind.value].format(other="" if other is None else name(other))
            if not step.is_certain:
                said = words["possible"].format(step=said)
            if self.has_why:
                said += f": {show(step.why)}"
        text = Text(said, self.style.accent if step.is_certain else DIM)
        for drift in step.drifts:
            text.append(f"\n{self.drawn.warn} {say_drift(drift)}", WARN)
        return text

    def print_circles(self, trace: Trace) -> None:
        """Print who has it from one another in a circle."""
        for sentence in trace.circles:
            self.lines((2, [Block(Text(self.drawn.warn, WARN))]), (0, [Block(Text(show(sentence), WARN))]))
        if trace.circles:
            self.console.print()

    def print_against(self, trace: Trace, drawing: _Drawing) -> None:
        """Print who denies, doubts or declines it: no lane of the claim's own."""
        against = [drawing.tellings[one] for one in trace.against if one in drawing.tellings]
        if not against:
            return
        self.lines((0, [Block(Text("Against it", f"bold {self.style.accent}"))]))
        for telling in against:
            head = Text(show(telling.source or name(telling)), "bold")
            stance = load_words()["says"][telling.stance.value]["certain"] if telling.stance else "stands against it"
            head.append(f"  {stance} · {name(telling)}{self.say_where(telling)}", DIM)
            self.lines(
                (2, [Block(Text(self.style.signs["disputes"], WARN))]),
                (0, [Block(head), Block(self.say_sentence(telling))]),
            )
        self.console.print()

    def print_why(self, trace: Trace) -> None:
        """Print why the range is what it is."""
        self.lines((0, [Block(Text("Why", f"bold {self.style.accent}"))]))
        for sentence in trace.why:
            self.lines((2, [Block(Text(self.style.bullet, DIM))]), (0, [Block(Text(show(sentence)))]))
        self.console.print()

    def print_legend(self) -> None:
        """Print what the signs mean."""
        text = self.say_marks()
        text.append(f"\n{self.drawn.branch} certain   {self.drawn.possible} only possible")
        if not self.has_why:
            text.append("   --why says why")
        self.lines((0, [Block(text)]))
        self.console.print()


class _Drawing:
    """A trace with what is looked up by id, and what was printed last."""

    def __init__(self, trace: Trace) -> None:
        self.is_met = False
        self._last: tuple[str | None, frozenset[str]] | None = None
        self.tellings = {telling.id: telling for telling in trace.tellings}
        self.steps: dict[str, list[TraceStep]] = defaultdict(list)
        for step in trace.steps:
            self.steps[step.telling].append(step)

    def note(self, telling: TraceTelling, steps: Sequence[TraceStep]) -> None:
        """Note that a telling is printed; `is_met` is then whether the one before is its article's, by the same way."""
        above = (self.tellings.get(step.taken_from) for step in steps)
        roots = {step.taken_from for step in steps if step.taken_from not in self.tellings}
        key = (telling.document, frozenset({*roots, *(one.document or one.id for one in above if one is not None)}))
        self.is_met = telling.document is not None and key == self._last
        self._last = key

    def find_steps(self, telling: str) -> tuple[list[TraceStep], list[TraceStep]]:
        """Return the steps by which a telling has it: those that are certain, and those that are possible."""
        steps = self.steps[telling]
        certain = [step for step in steps if step.is_certain]
        return certain, [step for step in steps if not step.is_certain]

    def find_depth(self, telling: str, lane: TraceLane) -> int:
        """Return how many tellings of the lane lie between its root and this one."""
        depth, at, seen = 0, telling, {telling}
        inside = set(lane.tellings)
        while True:
            above = [
                step.taken_from
                for step in self.steps[at]
                if step.is_certain and step.taken_from in inside and step.taken_from not in seen
            ]
            if not above:
                return depth
            at = above[0]
            seen.add(at)
            depth += 1
