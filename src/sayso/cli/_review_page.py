"""One row at a time for a person to judge: the words in their context, what the machine read, why it is asked.

Rule 1: what a person decided has a pencil before it and the machine's value beside it; the machine's has neither.
Rule 2: no text from outside reaches the terminal but through `show`.
Rule 3: the page proposes nothing: it shows what was read, and never how it should be judged.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rich.text import Text

from sayso.cli._layout import Block, lay_out
from sayso.cli._page import MARGIN, NARROWEST
from sayso.cli._review_context import BRACKETS, CONTENT, CUE, SOURCE, mark_context, mark_styles
from sayso.cli._row import Style
from sayso.export.head import say_date
from sayso.export.visible import show
from sayso.export.words import load_words
from sayso.ledger.judging import describe_row
from sayso.records import Judged, JudgementKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from sayso.ledger.queue import Weighed
    from sayso.records import Attribution, Document, Judgement, Reading
    from sayso.store.judged import JudgedReading

WIDEST: Final = 110
KEY_GAP: Final = "   "
LABEL_WIDTH: Final = 10
ID_WIDTH: Final = 12
KEYS: Final = (
    ("a", "accept"),
    ("e", "edit"),
    ("r", "reject"),
    ("u", "unsure"),
    ("s", "other source"),
    ("m", "merge"),
    ("d", "tell apart"),
    ("n", "next"),
    ("b", "back"),
    ("z", "undo"),
    ("?", "help"),
    ("q", "quit"),
)
HELP: Final = (
    ("a", "The row is right as it stands: who says it, the words, and all labels."),
    ("e", "Something about it is wrong: mend stance, certainty, source, words …"),
    ("r", "It is no row at all: nobody says this here."),
    ("u", "You looked and could not tell. It is not asked again."),
    ("s", "The words are right, and somebody else says them."),
    ("m", "The source is one party with another source, here or in another article."),
    ("d", "The source is another party than one that looks like it."),
    ("n", "Go on without deciding; the right arrow does it, too."),
    ("b", "Go back one; the left arrow does it, too."),
    ("z", "Undo what you decided last; again for the one before."),
    ("q", "Stop. Whatever was decided is kept already."),
)
STATES: Final = {
    JudgementKind.ACCEPT: "accepted",
    JudgementKind.CORRECT: "corrected",
    JudgementKind.REJECT: "rejected",
    JudgementKind.UNSURE: "unsure",
    JudgementKind.SPLIT: "given to another source",
    JudgementKind.SAME: "merged",
    JudgementKind.DIFFERENT: "told apart",
    JudgementKind.UNDO: "undone",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A row as it is put before a person.

    Attributes:
        machine: The machine's reading.
        judged: The same with judgements in it.
        row: The row's id.
        why: Why it is asked.
        judgements: Those in force about the row, in order.
        place: ``3 of 24``.
    """

    machine: Reading
    judged: JudgedReading
    row: str
    why: tuple[Weighed, ...]
    judgements: tuple[Judgement, ...]
    place: str

    @property
    def now(self) -> Attribution:
        """The row with what was judged in it."""
        return next(att for att in self.judged.reading.attributions if att.id == self.row)

    @property
    def read(self) -> Attribution:
        """The row as the machine has it."""
        return next(att for att in self.machine.attributions if att.id == self.row)


class ReviewPage:
    """Prints rows, lists and single lines on one console."""

    def __init__(self, console: Console) -> None:
        """Take the width from the console, within what reads well."""
        self.console = console
        self.width = max(NARROWEST, min(console.width, WIDEST))
        self.style = Style.of(console.encoding)
        self.has_styles = console.is_terminal and not console.no_color
        is_rich = console.encoding.lower().startswith("utf")
        self.pencil = "✎ " if is_rich else "by hand: "
        self.dot = " · " if is_rich else ", "

    def print_row(self, shown: Shown) -> None:
        """Print a row."""
        doc = shown.machine.document
        published = self.dot.join(filter(None, (show(doc.outlet or ""), self._say_day(doc))))
        self.console.print()
        self._lines((0, [Block(Text(self.style.rule * (self.width - 2 * MARGIN), "dim"))]))
        head = Text(shown.place, "dim")
        if published:
            head.append(f"{self.dot}{published}", "dim")
        title = show(doc.title.exact) if doc.title else show(doc.name)
        self._lines((0, [Block(head), Block(Text(title, "bold"))]))
        self.console.print()
        context = mark_context(doc, shown.now, accent=self.style.accent, has_styles=self.has_styles)
        self._lines((0, [Block(context)]))
        self.console.print()
        for label, words in self._say_fields(shown):
            self._lines((LABEL_WIDTH, [Block(Text(label, self.style.accent))]), (0, [Block(words)]))
        self.console.print()

    def print_keys(self) -> None:
        """Print the keys in as few lines as they need."""
        lines = [Text()]
        for key, words in KEYS:
            one = Text().append(key, f"bold {self.style.accent}").append(f" {words}", "dim")
            # By hand: no line ends between a key and what it does.
            if lines[-1].cell_len + len(KEY_GAP) + one.cell_len > self.width - 2 * MARGIN:
                lines.append(Text())
            lines[-1].append(KEY_GAP if lines[-1] else "").append_text(one)
        for line in lines:
            self.print_plain(line)

    def print_help(self) -> None:
        """Print what each key does, and what the marks mean."""
        self.console.print()
        for key, words in HELP:
            self._lines((2, [Block(Text(key, f"bold {self.style.accent}"))]), (0, [Block(Text(words))]))
        self.console.print()
        self._lines((0, [Block(self._say_marks())]))
        pencil = f"{self.pencil.strip(' :')} before a value: a person said so. Without it, the machine did."
        self._lines((0, [Block(Text(pencil, "dim"))]))
        self.console.print()

    def print_choices(self, choices: Sequence[tuple[str, Text]]) -> None:
        """Print what can be chosen, each with what is typed for it."""
        width = max((len(key) for key, _ in choices), default=0)
        for key, words in choices:
            self._lines((width, [Block(Text(f"{key:>{width}}", f"bold {self.style.accent}"))]), (0, [Block(words)]))

    def print_table(self, rows: Sequence[tuple[str, Text, Text]], width: int) -> None:
        """Print what can be chosen, each with what is typed for it, a label of at most this width, and its value."""
        for key, label, words in rows:
            typed = Text(key, f"bold {self.style.accent}")
            self._lines((1, [Block(typed)]), (width, [Block(label)]), (0, [Block(words)]))

    def say(self, words: str, style: str = "dim") -> None:
        """Print one sentence."""
        self._lines((0, [Block(Text(show(words), style))]))

    def print_plain(self, text: Text) -> None:
        """Print a line that is laid out already."""
        self.console.print(Text(" " * MARGIN).append_text(text), soft_wrap=True)

    def print_entry(self, key: str, first: Text, second: Text) -> None:
        """Print an entry of a list under its id."""
        self.print_columns(ID_WIDTH, Text(key, "dim"), [first, second])

    def print_columns(self, width: int, left: Text, right: Sequence[Text]) -> None:
        """Print words of a fixed width, and beside them some lines."""
        self._lines((width, [Block(left)]), (0, [Block(text) for text in right]))

    def say_kept(self, words: str) -> None:
        """Print that a person's decision is kept."""
        self._lines((0, [Block(Text().append(self.pencil, f"bold {self.style.accent}").append(show(words)))]))

    def say_value(self, now: str, read: str) -> Text:
        """Return a value; a person's with the pencil and what the machine had."""
        if now == read:
            return Text(show(now))
        before = f" (machine: {show(read) or 'nothing'})"
        return Text().append(f"{self.pencil}{show(now)}", "bold").append(before, "dim")

    def _say_fields(self, shown: Shown) -> list[tuple[str, Text]]:
        now = describe_row(shown.judged.reading, shown.now)
        read = describe_row(shown.machine, shown.read)
        mark = self.style.marks.get(now["naming"], " ")
        who = (
            Text()
            .append(f"{mark} ", self.style.accent)
            .append_text(self.say_value(now["source_name"], read["source_name"]))
        )
        who = self._join(who, *(self.say_value(now[one], read[one]) for one in ("naming", "kind")))
        says = self.say_value(now["stance"], read["stance"])
        cue = show(" … ".join(span.exact for span in shown.now.cue_spans))
        says.append(f" “{cue}”" if cue else " (no words for it)", "dim")
        says = self._join(says, self.say_value(now["certainty"], read["certainty"]))
        fields = [("who", who)]
        fields += [("", Text(f"who that is: not resolved, {show(why)}", "dim")) for why in _find_unresolved(shown)]
        via = [source.name for party in shown.now.via for source in shown.machine.sources if source.id == party]
        fields += [("through", Text(", then ".join(map(show, via)), "italic"))] if via else []
        fields += [("says", says), ("article", self.say_value(now["endorsement"], read["endorsement"]))]
        fields += [("words", text) for text in self._say_recut(shown)]
        reasons = self.dot.join(one.why for one in shown.why) or "the machine has no doubt of its own about it"
        fields.append(("asked", Text(reasons, "dim")))
        fields += [("judged", self._say_judgement(judgement)) for judgement in shown.judgements]
        state = shown.judged.judged.get(shown.row, Judged.NOT)
        return fields if state is not Judged.REJECTED else [*fields, ("", Text("rejected: no row", "bold"))]

    @staticmethod
    def _say_day(doc: Document) -> str:
        day = doc.published.value[:10] if doc.published else ""
        return show(say_date(day) or day)

    def _join(self, first: Text, *rest: Text) -> Text:
        for one in rest:
            first.append(self.dot, "dim").append_text(one)
        return first

    def _say_recut(self, shown: Shown) -> list[Text]:
        """Return, for each part that a person cut anew, what the machine had."""
        found = []
        for name in ("source", "cue", "content"):
            now, read = getattr(shown.now, f"{name}_spans"), getattr(shown.read, f"{name}_spans")
            if now != read:
                words = " … ".join(span.exact for span in now)
                before = " … ".join(span.exact for span in read)
                found.append(Text().append(f"{name} ", "dim").append_text(self.say_value(words, before)))
        return found

    def _say_judgement(self, judgement: Judgement) -> Text:
        day = say_date(judgement.at[:10]) or judgement.at[:10]
        words = f"{STATES[judgement.kind]} by {show(judgement.by)}, {day}"
        text = Text().append(self.pencil, "bold").append(words)
        return text.append(f": {show(judgement.reason)}", "dim") if judgement.reason else text

    def _say_marks(self) -> Text:
        styles = mark_styles(self.style.accent)
        text = Text().append("In the text: ", "dim")
        for role in (SOURCE, CUE, CONTENT):
            word = role if self.has_styles else f"{BRACKETS[role][0]}{role}{BRACKETS[role][1]}"
            text.append(word, styles[role] if self.has_styles else "").append("   ")
        for naming, mark in self.style.marks.items():
            text.append(mark, self.style.accent).append(f" {load_words()['meaning'][naming]}   ", "dim")
        return text

    def _lines(self, *columns: tuple[int, Sequence[Block]]) -> None:
        lines = lay_out(self.console, self.width - MARGIN, MARGIN, columns)
        self.console.print(Text("\n").join(lines), soft_wrap=True)


def _find_unresolved(shown: Shown) -> list[str]:
    sources = {source.id: source for source in shown.judged.reading.sources}
    source = sources.get(shown.now.source)
    return [source.unresolved] if source is not None and source.unresolved else []
