"""A reading as a page for the terminal.

Rule 1: for denies, doubts and declines the article's own cue is printed, never our label alone.
Rule 2: no text from outside reaches the terminal but through `show`, and none is ever taken for markup.
Rule 3: nothing is printed that is not in the reading; the page has no opinion.
"""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING, Final

from rich.console import Console
from rich.text import Text

from sayso.cli._layout import Block, lay_out
from sayso.cli._row import Ledger, Style
from sayso.export.head import Head, make_head
from sayso.export.order import is_said, order_rows
from sayso.export.reading_json import all_problems
from sayso.export.value_words import say_name
from sayso.export.visible import show
from sayso.export.words import load_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.cli._row import Cells
    from sayso.errors import Problem
    from sayso.records import NameNote, Reading, Span

    Column = tuple[int, Sequence[Block]]

NARROWEST: Final = 60
WIDEST: Final = 148
LAYOUTS: Final = ((128, (26, 22, 24)), (96, (24, 21)), (76, (24,)))
MARGIN: Final = 2
NUMBER_WIDTH: Final = 3
MARK_WIDTH: Final = 3
LABEL_WIDTH: Final = 10


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
        """Print one reading, a row at a time: a long one takes no more memory than a short one."""
        if self.n_printed:
            self._lines((0, [Block(Text((self.style.rule * self.width)[: self.width - 2 * MARGIN], "dim"))]))
        self.n_printed += 1
        ledger = Ledger(reading, order_rows(reading), self.style, has_offsets=self.has_offsets)
        self._print_head(make_head(reading, ledger.numbers))
        for cells in ledger.iter_cells():
            self._lines(*self._lay_row(cells))
            self.console.print()
        self._print_unsourced(reading.unsourced)
        self._print_notes(reading)
        if self.n_printed == 1:
            self._print_legend()

    def _print_head(self, head: Head) -> None:
        self.console.print()
        self._lines((0, [Block(Text(head.title, "bold")), Block(Text(head.published, "dim"))]))
        self.console.print()
        for label, words in head.lines:
            self._lines((LABEL_WIDTH, [Block(Text(label, self.style.accent))]), (0, [Block(Text(words))]))
        self.console.print()

    def _lay_row(self, cells: Cells) -> list[Column]:
        """Return the columns of one row.

        On a narrow page one column holds all, then all but the claim; then what they do with it has its own, and on a
        wide page the carrier, too.
        """
        widths = next((widths for least, widths in LAYOUTS if self.width >= least), ())
        depth = 2 * cells.depth
        who, through, says = Block(cells.who), Block(cells.through), Block(cells.says)
        blocks = {
            0: [
                [
                    Block(cells.who, depth),
                    Block(cells.through, depth),
                    Block(cells.says, depth),
                    Block(cells.claim, depth + 2),
                ]
            ],
            1: [[who, through, says], [Block(cells.claim, depth)]],
            2: [[who, through], [says], [Block(cells.claim, depth)]],
            3: [[who], [through], [says], [Block(cells.claim, depth)]],
        }[len(widths)]
        edge = [(NUMBER_WIDTH, [Block(cells.number)]), (MARK_WIDTH, [Block(cells.mark)])]
        return [*edge, *zip((*widths, 0), blocks, strict=True)]

    def _print_unsourced(self, spans: tuple[Span, ...]) -> None:
        if not spans:
            return
        self._lines((0, [Block(Text("Said by the article itself, with no source", self.style.accent))]))
        self.console.print()
        for span in spans:
            text = Text(show(span.exact))
            if self.has_offsets:
                text.append(f"  {span.start}-{span.end}", "dim")
            self._lines((NUMBER_WIDTH, [Block(Text(f"  {self.style.bullet}", "dim"))]), (0, [Block(text)]))
        self.console.print()

    def _print_notes(self, reading: Reading) -> None:
        deeds = sum(not is_said(att) for att in reading.attributions)
        notes = [_say_problem(problem) for problem in all_problems(reading)]
        notes += map(_say_name_note, reading.name_notes)
        if deeds:
            rows = "1 row that nobody says (a deed) is" if deeds == 1 else f"{deeds} rows that nobody says (deeds) are"
            notes.append(f"{rows} left out here; --json has all.")
        for note in notes:
            self._lines((LABEL_WIDTH, [Block(Text("note", self.style.accent))]), (0, [Block(Text(note, "dim"))]))
        if notes:
            self.console.print()

    def _print_legend(self) -> None:
        meaning = load_words()["meaning"]
        text = Text(style="dim")
        for naming, mark in self.style.marks.items():
            text.append(mark, self.style.accent).append(f" {meaning[naming]}   ")
        text.append("\n" + self.style.signs["disputes"], self.style.accent).append(f" {meaning['disputes']}")
        text.append("\ncheck", f"bold {self.style.accent}").append(f"  {meaning['check']}")
        self._lines((0, [Block(text)]))
        self.console.print()

    def _lines(self, *columns: Column) -> None:
        lines = lay_out(self.console, self.width - MARGIN, MARGIN, columns)
        self.console.print(Text("\n").join(lines), soft_wrap=True)


def _say_problem(problem: Problem) -> str:
    where = "" if problem.start is None else f" (at {problem.start})"
    return show(f"{problem.message}{where}")


def _say_name_note(note: NameNote) -> str:
    value = say_name(note)
    return f"“{show(note.span.exact)}” {value.says} (at {note.span.start}): {value.why}"
