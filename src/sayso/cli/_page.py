"""A reading as a page for the terminal.

Rule 1: for denies, doubts and declines the article's own cue is printed, never our label alone.
Rule 2: no text from outside reaches the terminal but through `show`, and none is ever taken for markup.
Rule 3: nothing is printed that is not in the reading; the page has no opinion.
"""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING, Final

from rich.console import Console, Group
from rich.padding import Padding
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from sayso.cli._head import Head, make_head
from sayso.cli._order import is_said, order_rows
from sayso.cli._row import Ledger, Style
from sayso.cli._visible import show
from sayso.cli._words import load_words
from sayso.export.reading_json import all_problems

if TYPE_CHECKING:
    from rich.console import ConsoleOptions, RenderResult

    from sayso.cli._row import Cells
    from sayso.errors import Problem
    from sayso.records import Reading, Span

NARROWEST: Final = 60
WIDEST: Final = 148
LAYOUTS: Final = ((128, (26, 22, 24)), (96, (24, 21)), (76, (24,)))
MARGIN: Final = 2


def make_console(*, no_color: bool) -> Console:
    """Return a console on standard output that survives what its encoding lacks."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    # None lets rich look at NO_COLOR itself.
    return PageConsole(no_color=no_color or None, highlight=False, markup=False, emoji=False)


class PageConsole(Console):
    """A console that lets a broken pipe through, for the edge to decide on."""

    def on_broken_pipe(self) -> None:
        """Hand the error on; rich would end the process with code 1."""
        raise BrokenPipeError


class Page:
    """Prints readings on one console, one after the other."""

    def __init__(self, console: Console, *, has_offsets: bool = False) -> None:
        """Take the width from the console, within what can be laid out."""
        self.console = console
        self.has_offsets = has_offsets
        self.width = max(NARROWEST, min(console.width, WIDEST))
        self.style = Style.of(console.encoding)
        self.n_printed = 0

    def print(self, reading: Reading) -> None:
        """Print one reading, a line at a time: a long one takes no more memory than a short one."""
        if self.n_printed:
            self._line(
                Text("─" * (self.width - 2 * MARGIN) if self.style.is_rich else "-" * (self.width - 2 * MARGIN), "dim")
            )
            self._line()
        self.n_printed += 1
        ledger = Ledger(reading, order_rows(reading), self.style, has_offsets=self.has_offsets)
        self._print_head(make_head(reading, ledger.numbers))
        self._print_rows(ledger)
        self._print_unsourced(reading.unsourced)
        self._print_notes(reading)
        if self.n_printed == 1:
            self._print_legend()

    def _print_head(self, head: Head) -> None:
        self._line()
        self._line(Text(head.title, "bold"))
        if head.published:
            self._line(Text(head.published, "dim"))
        self._line()
        for label, words in head.lines:
            grid = self._grid(10, None)
            grid.add_row(Text(label, self.style.accent), Text(words))
            self._line(grid)
        self._line()

    def _print_rows(self, ledger: Ledger) -> None:
        widths = self._widths()
        for cells in ledger.iter_cells():
            self._line(self._stack(cells) if widths is None else self._columns(cells, widths))
            self._line()

    def _widths(self) -> tuple[int, ...] | None:
        """Return the widths of the columns before the claim's; None for a page too narrow for columns.

        One column holds all but the claim; two part who from what they do; three give the carrier a column too.
        """
        for least, widths in LAYOUTS:
            if self.width >= least:
                return widths
        return None

    def _columns(self, cells: Cells, widths: tuple[int, ...]) -> Table:
        columns = {
            1: (_stacked(cells.who, cells.through, cells.says),),
            2: (_stacked(cells.who, cells.through), cells.says),
            3: (cells.who, cells.through, cells.says),
        }[len(widths)]
        grid = self._grid(3, 3, *widths, None)
        grid.add_row(cells.number, cells.mark, *columns, Padding(cells.claim, (0, 0, 0, 2 * cells.depth)))
        return grid

    def _stack(self, cells: Cells) -> Table:
        grid = self._grid(3, 3, None)
        words = _stacked(cells.who, cells.through, cells.says)
        group = Group(words, Padding(cells.claim, (0, 0, 0, 2)))
        grid.add_row(cells.number, cells.mark, Padding(group, (0, 0, 0, 2 * cells.depth)))
        return grid

    def _print_unsourced(self, spans: tuple[Span, ...]) -> None:
        if not spans:
            return
        self._line(Text("Said by the article itself, with no source", self.style.accent))
        self._line()
        for span in spans:
            grid = self._grid(3, None)
            text = Text(show(span.exact))
            if self.has_offsets:
                text.append(f"  {span.start}-{span.end}", "dim")
            grid.add_row(Text(self.style.bullet, "dim"), text)
            self._line(grid)
        self._line()

    def _print_notes(self, reading: Reading) -> None:
        deeds = sum(not is_said(att) for att in reading.attributions)
        notes = [_say_problem(problem) for problem in all_problems(reading)]
        if deeds:
            rows = "1 row that nobody says (a deed) is" if deeds == 1 else f"{deeds} rows that nobody says (deeds) are"
            notes.append(f"{rows} left out here; --json has all.")
        for note in notes:
            grid = self._grid(10, None)
            grid.add_row(Text("note", self.style.accent), Text(note, "dim"))
            self._line(grid)
        if notes:
            self._line()

    def _print_legend(self) -> None:
        meaning = load_words()["meaning"]
        text = Text(style="dim")
        for naming, mark in self.style.marks.items():
            text.append(mark, self.style.accent).append(f" {meaning[naming]}   ")
        text.append("\n" + self.style.signs["disputes"], self.style.accent).append(f" {meaning['disputes']}")
        text.append("\ncheck", f"bold {self.style.accent}").append(f"  {meaning['check']}")
        self._line(text)
        self._line()

    def _grid(self, *widths: int | None) -> Table:
        grid = Table.grid(padding=(0, 2, 0, 0), expand=False)
        for width in widths:
            grid.add_column(width=width, overflow="fold", ratio=None)
        return grid

    def _line(self, what: Text | Table | Padding | None = None) -> None:
        if what is None:
            self.console.print()
            return
        options = self.console.options.update(width=self.width - MARGIN)
        for line in self.console.render_lines(Padding(what, (0, 0, 0, MARGIN)), options, pad=False):
            self.console.print(_Line(line))


class _Line:
    """A laid-out line without the blank space that fills it up, so that a copy of it is clean."""

    def __init__(self, segments: list[Segment]) -> None:
        self.segments = segments

    def __rich_console__(self, _console: Console, _options: ConsoleOptions) -> RenderResult:
        segments = list(self.segments)
        while segments and not segments[-1].text.strip(" "):
            segments.pop()
        if segments:
            text, style, _ = segments.pop()
            segments.append(Segment(text.rstrip(" "), style))
        yield from segments
        yield Segment.line()


def _stacked(*parts: Text) -> Text:
    """Return the parts under one another, empty ones left out."""
    return Text("\n").join(part for part in parts if part.plain)


def _say_problem(problem: Problem) -> str:
    where = "" if problem.start is None else f" (at {problem.start})"
    return show(f"{problem.message}{where}")
