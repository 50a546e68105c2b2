"""What pages of findings have in common on the terminal: a claim's head, a telling's line, its sentence.

Rule 1: no text from outside reaches the terminal but through `show`.
Rule 2: nothing is cut to the width of the terminal: what is too wide is wrapped, in a pipe too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.text import Text

from sayso.cli._layout import Block, lay_out
from sayso.cli._page import MARGIN, NARROWEST, WIDEST
from sayso.cli._row import Style
from sayso.export.finding_words import (
    say_bounds,
    say_figures,
    say_flags,
    say_line,
    say_outlets,
    say_spread,
    say_time,
)
from sayso.export.visible import show
from sayso.export.words import load_words
from sayso.records import Certainty

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from sayso.records import ClaimLine, TraceTelling

DIM: Final = "dim"
WARN: Final = "bold dark_orange3"
NUMBER_WIDTH: Final = 4
SIGN_WIDTH: Final = 2


class FindingPage:
    """Prints findings on one console."""

    def __init__(self, console: Console) -> None:
        """Take the width from the console, within what can be laid out."""
        self.console = console
        self.width = max(NARROWEST, min(console.width, WIDEST))
        self.style = Style.of(console.encoding)

    def print_claim(self, line: ClaimLine, more: str = "") -> None:
        """Print a claim: its number, its words, its range, how widely it is told, what is remarkable about it."""
        number = Text(f"C{line.number}", f"bold {self.style.accent}")
        spread = [say_spread(line), say_outlets(line.outlets, most=6)]
        blocks = [
            Block(Text(say_line(line.line), "bold")),
            Block(Text(say_bounds(line), f"bold {self.style.accent}")),
            Block(Text(more, DIM)),
            Block(Text(" · ".join(filter(None, spread)), DIM)),
            Block(Text(f"figures told: {say_figures(line.figures)}" if line.figures else "", DIM)),
            Block(Text(" · ".join(say_flags(line)), WARN)),
        ]
        self.lines((max(NUMBER_WIDTH, len(number.plain)), [Block(number)]), (0, blocks))

    def print_title(self, words: str) -> None:
        """Print the title of a part."""
        self.lines((0, [Block(Text(words, f"bold {self.style.accent}"))]))
        self.console.print()

    def print_telling(self, sign: Text, head: Text, telling: TraceTelling, *more: Text) -> None:
        """Print a telling: its head, its sentence, and what else there is to say of it."""
        blocks = [Block(head), Block(self.say_sentence(telling)), *(Block(text) for text in more)]
        self.lines((SIGN_WIDTH, [Block(sign)]), (0, blocks))

    def say_telling(self, telling: TraceTelling) -> Text:
        """Return who says it where and when."""
        text = Text()
        if telling.source:
            text.append(show(telling.source), "bold")
            if telling.through:
                text.append(f" through {say_outlets(telling.through, most=6)}", "italic")
            text.append(" · ", DIM)
        return text.append(name(telling), "" if telling.source else "bold").append(self.say_where(telling), DIM)

    def say_where(self, telling: TraceTelling) -> str:
        """Return when it was told and how it is put."""
        if not telling.is_in_case:
            return f"  {load_words()['lane']['text' if telling.is_text else 'cited']}"
        parts = [say_time(telling.published) or "no date"]
        if telling.certainty is None:
            parts.append("in its own voice")
        elif telling.certainty is not Certainty.CERTAIN:
            parts.append(f"as {telling.certainty.value}")
        return "  " + " · ".join(parts)

    def say_sentence(self, telling: TraceTelling) -> Text:
        """Return the sentence with the telling itself in plain, and the words around it dimmed."""
        sentence, words = telling.sentence, telling.words
        if sentence is None:
            return Text()
        if words is None or not sentence.start <= words.start <= words.end <= sentence.end:
            return Text(show(sentence.exact))
        text = Text()
        before = sentence.exact[: words.start - sentence.start]
        after = sentence.exact[words.end - sentence.start :]
        for part, style in ((before, DIM), (words.exact, ""), (after, DIM)):
            text.append(keep_blanks(part), style)
        return text

    def say_marks(self) -> Text:
        """Return what the marks of naming mean."""
        meaning = load_words()["meaning"]
        text = Text(style=DIM)
        for naming, mark in self.style.marks.items():
            text.append(mark, self.style.accent).append(f" {meaning[naming]}   ")
        return text

    def lines(self, *columns: tuple[int, Sequence[Block]]) -> None:
        """Print columns side by side."""
        lines = lay_out(self.console, self.width - MARGIN, MARGIN, columns)
        self.console.print(Text("\n").join(lines), soft_wrap=True)


def name(telling: TraceTelling) -> str:
    """Return by which name a telling goes: its outlet, else its title."""
    return show(telling.outlet or telling.title or "an article without outlet and title")


def keep_blanks(text: str) -> str:
    """Return a part of a sentence safe to show, with the blank at its ends that parts it from its neighbours."""
    shown = show(text)
    if not shown:
        return " " if text else ""
    return f"{' ' if text[0].isspace() else ''}{shown}{' ' if text[-1].isspace() else ''}"
