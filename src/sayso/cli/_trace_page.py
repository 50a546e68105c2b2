"""A trace for the terminal: a lane per root, each telling under what it has it from, the sentence under each.

Rule 1: a solid line is certain, a dotted one only possible; words say it too, for terminals and readers without lines.
Rule 2: no text from outside reaches the terminal but through `show`.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rich.text import Text

from sayso.cli._layout import Block, lay_out
from sayso.cli._page import MARGIN, NARROWEST, WIDEST
from sayso.cli._row import Style
from sayso.export.finding_words import (
    say_bounds,
    say_drift,
    say_figures,
    say_flags,
    say_origins,
    say_outlets,
    say_spread,
    say_time,
)
from sayso.export.visible import show
from sayso.export.words import load_words
from sayso.records import Certainty, StepKind

if TYPE_CHECKING:
    from rich.console import Console

    from sayso.records import Trace, TraceLane, TraceRoot, TraceStep, TraceTelling

INDENT: Final = 3
DEEPEST: Final = 5
DIM: Final = "dim"
WARN: Final = "bold dark_orange3"


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


class TracePage:
    """Prints traces on one console."""

    def __init__(self, console: Console, *, has_why: bool) -> None:
        """Take the width from the console, within what can be laid out."""
        self.console = console
        self.has_why = has_why
        self.width = max(NARROWEST, min(console.width, WIDEST))
        self.style = Style.of(console.encoding)
        self.drawn = Lines.of(console.encoding)

    def print(self, trace: Trace) -> None:
        """Print one trace."""
        self.print_head(trace)
        drawing = _Drawing(trace)
        for lane in trace.lanes:
            self.print_lane(lane, drawing)
        self.print_against(trace, drawing)
        if self.has_why:
            self.print_why(trace)
        self.print_legend()

    def print_head(self, trace: Trace) -> None:
        """Print the claim, its range, and what is remarkable about it."""
        line = trace.line
        self.console.print()
        number = Text(f"C{line.number}", f"bold {self.style.accent}")
        blocks = [Block(Text(show(line.line), "bold")), Block(Text(say_bounds(line), f"bold {self.style.accent}"))]
        least, most = trace.organisations
        if (least, most) != (line.least, line.most):
            blocks.append(Block(Text(f"counted by the bodies that they speak for: {say_origins(least, most)}", DIM)))
        spread = [say_spread(line), say_outlets(line.outlets, most=6)]
        blocks.append(Block(Text(" · ".join(filter(None, spread)), DIM)))
        if line.figures:
            blocks.append(Block(Text(f"figures told: {say_figures(line.figures)}", DIM)))
        flags = say_flags(line)
        if flags:
            blocks.append(Block(Text(" · ".join(flags), WARN)))
        self.lines((max(4, len(number.plain)), [Block(number)]), (0, blocks))
        self.console.print()

    def print_lane(self, lane: TraceLane, drawing: _Drawing) -> None:
        """Print one root and all that rests on it."""
        self.print_root(lane.root)
        if self.has_why:
            for sentence in lane.why:
                self.lines((2, [Block(Text(""))]), (0, [Block(Text(show(sentence), "italic"))]))
        for telling_id in lane.tellings:
            self.print_telling(telling_id, lane, drawing)
        if lane.also:
            names = say_outlets([name(drawing.tellings[one]) for one in lane.also], most=6)
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

    def print_telling(self, telling_id: str, lane: TraceLane, drawing: _Drawing) -> None:
        """Print one telling with its sentence, under what it has it from."""
        telling = drawing.tellings[telling_id]
        depth = min(drawing.find_depth(telling_id, lane), DEEPEST)
        certain, possible = drawing.find_steps(telling_id)
        is_certain = bool(certain) or (lane.root.name is None and not possible)
        branch = self.drawn.branch if is_certain else self.drawn.possible
        bar = self.drawn.solid if is_certain else self.drawn.dotted
        head = Text(name(telling), "bold").append(self.say_where(telling), DIM)
        body = [Block(head)]
        body.extend(Block(self.say_step(step, drawing)) for step in certain)
        body.extend(Block(self.say_step(step, drawing)) for step in possible)
        if telling.sentence is not None:
            body.append(Block(self.say_sentence(telling)))
        lead = Text(f"{bar}  " * depth).append(branch)
        # The lane's line goes on beside all lines of the telling, so it is drawn line by line.
        margin = " " * (MARGIN + 2 + 2)
        room = self.width - MARGIN - len(margin) - INDENT * (depth + 1)
        lines = lay_out(self.console, room, 0, [(0, body)])
        text = Text()
        for place, line in enumerate(lines):
            edge = lead if place == 0 else Text(f"{bar}  " * depth).append(f"{bar} ")
            text.append(margin[: MARGIN + 2]).append(edge.plain, DIM if not is_certain else self.style.accent)
            text.append(" ").append_text(line).append("\n")
        text.rstrip()
        self.console.print(text, soft_wrap=True)

    def say_where(self, telling: TraceTelling) -> str:
        """Return when it was told and how it is put."""
        if not telling.is_in_case:
            return f"  {load_words()['lane']['cited']}"
        parts = [say_time(telling.published) or "no date"]
        if telling.stance is not None and telling.certainty is not None:
            if telling.certainty is not Certainty.CERTAIN:
                parts.append(f"as {telling.certainty.value}")
        else:
            parts.append("in its own voice")
        return "  " + " · ".join(parts)

    def say_step(self, step: TraceStep, drawing: _Drawing) -> Text:
        """Return how a telling has it, with what was lost on the way."""
        words = load_words()["step"]
        if step.kind is StepKind.SAID:
            said = show(step.why)
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

    def say_sentence(self, telling: TraceTelling) -> Text:
        """Return the sentence with the telling itself in plain, and the words around it dimmed."""
        sentence, words = telling.sentence, telling.words
        text = Text()
        if sentence is None:
            return text
        if words is None or not sentence.start <= words.start <= words.end <= sentence.end:
            return text.append(show(sentence.exact))
        before = sentence.exact[: words.start - sentence.start]
        after = sentence.exact[words.end - sentence.start :]
        for part, style in ((before, DIM), (words.exact, ""), (after, DIM)):
            text.append(keep_blanks(part), style)
        return text

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
            self.lines((2, [Block(Text("×", WARN))]), (0, [Block(head), Block(self.say_sentence(telling))]))
        self.console.print()

    def print_why(self, trace: Trace) -> None:
        """Print why the range is what it is."""
        self.lines((0, [Block(Text("Why", f"bold {self.style.accent}"))]))
        for sentence in trace.why:
            self.lines((2, [Block(Text(self.style.bullet, DIM))]), (0, [Block(Text(show(sentence)))]))
        self.console.print()

    def print_legend(self) -> None:
        """Print what the signs mean."""
        meaning = load_words()["meaning"]
        text = Text(style=DIM)
        for naming, mark in self.style.marks.items():
            text.append(mark, self.style.accent).append(f" {meaning[naming]}   ")
        text.append(f"\n{self.drawn.branch} certain   {self.drawn.possible} only possible")
        if not self.has_why:
            text.append("   --why says why")
        self.lines((0, [Block(text)]))
        self.console.print()

    def lines(self, *columns: tuple[int, list[Block]]) -> None:
        """Print columns side by side."""
        lines = lay_out(self.console, self.width - MARGIN, MARGIN, columns)
        self.console.print(Text("\n").join(lines), soft_wrap=True)


class _Drawing:
    """A trace with what is looked up by id."""

    def __init__(self, trace: Trace) -> None:
        self.tellings = {telling.id: telling for telling in trace.tellings}
        self.steps: dict[str, list[TraceStep]] = defaultdict(list)
        for step in trace.steps:
            self.steps[step.telling].append(step)

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


def name(telling: TraceTelling) -> str:
    """Return by which name a telling goes: its outlet, else its title."""
    return show(telling.outlet or telling.title or "an article without outlet and title")


def keep_blanks(text: str) -> str:
    """Return a part of a sentence safe to show, with the blank at its ends that parts it from its neighbours."""
    shown = show(text)
    if not shown:
        return " " if text else ""
    return f"{' ' if text[0].isspace() else ''}{shown}{' ' if text[-1].isspace() else ''}"
