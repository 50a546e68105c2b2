"""Lists of a case as pages for the terminal.

Rule 1: for denies, doubts and declines the article's own cue is printed, never our label alone.
Rule 2: no text from outside reaches the terminal but through `show`, and none is ever taken for markup.
Rule 3: what a person judged has a sign and a colour of its own.
Rule 4: nothing is cut to the width of the terminal: what is too wide is wrapped, in a pipe too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.text import Text

from sayso.cli._layout import Block, lay_out
from sayso.cli._page import MARGIN, NARROWEST, WIDEST
from sayso.cli._row import Style
from sayso.export.words import load_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import Console

    from sayso.cli._page import Column
    from sayso.records import Naming, Piece

HAND: Final = "dark_orange3"
DIM: Final = "dim"


class ListPage:
    """Prints the rows of one list, and under them how much is left and what the signs mean."""

    def __init__(self, console: Console) -> None:
        """Take the width from the console, within what can be laid out."""
        self.console = console
        self.width = max(NARROWEST, min(console.width, WIDEST))
        self.style = Style.of(console.encoding)
        self.group: str | None = None
        self.n_printed = 0
        self._met: dict[str, None] = {}
        # Without colour a hit would not be seen.
        self._is_plain = console.no_color or console.color_system is None

    def lines(self, *columns: Column) -> None:
        """Print columns side by side."""
        if not self.n_printed:
            self.console.print()
        self.n_printed += 1
        lines = lay_out(self.console, self.width - MARGIN, MARGIN, columns)
        self.console.print(Text("\n").join(lines), soft_wrap=True)

    def gap(self) -> None:
        """Print an empty line."""
        self.console.print()

    def mark(self, naming: Naming) -> Text:
        """Return the mark of how a party is named, to be explained under the list."""
        self._met["naming"] = None
        return Text(self.style.marks[naming.value], self.style.accent)

    def check(self) -> Text:
        """Return the word for a row of which the machine is unsure."""
        self._met["check_listed"] = None
        return Text("check", f"bold {self.style.accent}")

    def judged(self, words: str) -> Text:
        """Return what a person judged, with its sign."""
        self._met["person"] = None
        return Text(f"{self.style.signs['person']} {words}", f"bold {HAND}")

    def pieces(self, pieces: Iterable[Piece], style: str = "") -> Text:
        """Return a text with what was searched for marked: in colour, or between signs where there is none."""
        text = Text(style=style)
        start, end = (self.style.signs[f"hit_{side}"] for side in ("start", "end"))
        for piece in pieces:
            if piece.is_hit and self._is_plain:
                text.append(f"{start}{piece.text}{end}", "bold")
            else:
                text.append(piece.text, f"bold underline {self.style.accent}" if piece.is_hit else "")
        return text

    def print_end(self, note: str) -> None:
        """Print what is left to say, and what the signs mean."""
        blocks: list[Block] = [Block(Text(note))] if note else []
        legend = self._say_legend()
        if legend.plain:
            blocks.append(Block(legend))
        for block in blocks:
            self.lines((0, [block]))
            self.gap()

    def _say_legend(self) -> Text:
        meaning = load_words()["meaning"]
        text = Text(style=DIM)
        if "naming" in self._met:
            for naming, mark in self.style.marks.items():
                text.append(mark, self.style.accent).append(f" {meaning[naming]}   ")
            text.rstrip()
        if "check_listed" in self._met:
            text.append("\ncheck", f"bold {self.style.accent}").append(f"  {meaning['check_listed']}")
        if "person" in self._met:
            text.append(f"\n{self.style.signs['person']}", f"bold {HAND}").append(f"  {meaning['person']}")
        return text


def stack(*texts: Text) -> Sequence[Block]:
    """Return blocks one under the other; empty ones take no line."""
    return [Block(text) for text in texts]
