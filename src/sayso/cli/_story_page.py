"""Stories on the terminal: their articles, claims and copies; disputes, drift and what happened when.

Rule 1: the sides of a dispute stand side by side or one under the other, in order of time; nobody wins.
Rule 2: where there is nothing to show it is said what that means: that nothing was found, not that there is nothing.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from rich.text import Text

from sayso.cli._finding_page import DIM, WARN, FindingPage, name
from sayso.cli._layout import Block
from sayso.export.finding_words import say_drift, say_line, say_outlets, say_time
from sayso.export.list_words import UNTITLED, count, shorten_id
from sayso.export.visible import show
from sayso.export.words import load_words
from sayso.records import DisputeKind, ReuseExtent, UpdateKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sayso.records import (
        Carrier,
        ClaimLine,
        CopyView,
        DisputeView,
        Document,
        DriftView,
        Event,
        StoryLine,
        TraceTelling,
        UpdateView,
    )

TIME_WIDTH: Final = 22
KIND_WIDTH: Final = 14
NUMBER_WIDTH: Final = 5
SIDE_FROM: Final = 100
MOST_COPIES: Final = 12
DAY_CHARS: Final = 10
# What is copied so is a copy, unless it is only possible.
SURE: Final = {ReuseExtent.WHOLE, ReuseExtent.PART}


class StoryPage(FindingPage):
    """Prints what was found about stories."""

    has_begun = False

    def print_story(self, line: StoryLine) -> None:
        """Print a story in a few lines."""
        first, last = say_time(line.first), say_time(line.last)
        when = first if first == last else f"{first} to {last}"
        spread = [count(line.n_documents, "article"), count(line.n_claims, "claim"), say_outlets(line.outlets, most=4)]
        blocks = [
            Block(Text(show(line.title or UNTITLED), "bold")),
            Block(Text(" · ".join(filter(None, [*spread, when])), DIM)),
            Block(Text(f"its words: {', '.join(show(word) for word in line.words)}" if line.words else "", DIM)),
            Block(Text("what was added or judged since is not in it yet" if line.is_stale else "", WARN)),
        ]
        self.lines((12, [Block(Text(shorten_id(line.id), DIM))]), (0, blocks))
        self.console.print()

    def print_articles(self, documents: Iterable[Document]) -> None:
        """Print the articles of a story by time."""
        self.print_title("Articles")
        for doc in documents:
            title = Text(show(doc.title.exact) if doc.title else show(doc.name))
            where = Text(f"{show(doc.outlet or 'outlet not stated')}  {shorten_id(doc.id)}", DIM)
            when = say_time(doc.published.value if doc.published else None) or "no date"
            self.lines((TIME_WIDTH, [Block(Text(when, DIM))]), (0, [Block(title), Block(where)]))
        self.console.print()

    def print_copies(self, copies: Sequence[CopyView]) -> None:
        """Print who has text in common."""
        if not copies:
            return
        self.print_title("Who has text in common")
        words = load_words()
        for copy in copies[:MOST_COPIES]:
            one, other = (show(name or shorten_id(of)) for name, of in self._sides(copy))
            said = words["copied"][copy.direction.value].format(one=one, other=other)
            perhaps = "" if copy.is_certain or copy.extent not in SURE else "perhaps "
            extent = f"{perhaps}{words['extent'][copy.extent.value]}, {count(copy.words, 'word')}"
            why = "; ".join(show(reason) for reason in (copy.why[:1] + copy.why[-1:] if perhaps else copy.why[:2]))
            style = "" if copy.is_certain else DIM
            self.lines(
                (2, [Block(Text(self.style.bullet, DIM))]),
                (0, [Block(Text(f"{said}: {extent}", style)), Block(Text(why, DIM))]),
            )
        if len(copies) > MOST_COPIES:
            self.lines((0, [Block(Text(f"{len(copies) - MOST_COPIES:,} more; --json has all.", DIM))]))
        self.console.print()

    def print_claims(self, lines: Sequence[ClaimLine], *, n_left: int) -> None:
        """Print the claims of a story that are told most widely."""
        self.print_title("Claims told most widely")
        for line in lines:
            self.print_claim(line)
            self.console.print()
        if n_left:
            self.lines((0, [Block(Text(f"{n_left:,} more: sayso claims --story {lines[0].story[:12]}", DIM))]))
            self.console.print()

    def print_disputes(self, disputes: Sequence[DisputeView], updates: Sequence[UpdateView]) -> None:
        """Print the disputes, claim by claim, and the figures that took others' places."""
        for _, group in groupby(disputes, key=lambda view: view.claim):
            views = list(group)
            self._print_number(views[0].claim, views[0].line)
            for view in views:
                self._print_dispute(view)
        for update in updates:
            self._print_update(update)

    def print_drifts(self, drifts: Sequence[DriftView]) -> None:
        """Print what was lost or sharpened on the way."""
        for _, group in groupby(drifts, key=lambda view: view.claim):
            views = list(group)
            self._print_number(views[0].claim, views[0].line)
            for view in views:
                self.lines(
                    (2, [Block(Text("!", WARN))]),
                    (0, [Block(Text(say_drift(view), WARN)), Block(Text(show(view.why), DIM))]),
                )
                self.print_telling(Text(""), self.say_telling(view.origin), view.origin)
                self.print_telling(Text(self._arrow, DIM), self.say_telling(view.carrier), view.carrier)
                self.console.print()

    def print_events(self, events: Sequence[Event]) -> None:
        """Print what happened, day by day."""
        words = load_words()["event"]
        for day, group in groupby(events, key=lambda event: (event.at or "")[:DAY_CHARS]):
            self.print_title(say_time(day) if day else "No date")
            for event in group:
                clock = (event.at or "").replace(" ", "T").partition("T")[2][:5]
                warn = event.kind.value not in {"told", "spread"}
                number = "" if event.claim is None else f"C{event.claim}"
                who = f"{show(event.who)} · " if event.who else ""
                head = Text(f"{who}{show(event.outlet or event.title or shorten_id(event.document))}", "bold")
                told = Text(say_line(event.words) if event.words else say_line(event.line))
                self.lines(
                    (5, [Block(Text(clock, DIM))]),
                    (KIND_WIDTH, [Block(Text(words[event.kind.value], WARN if warn else self.style.accent))]),
                    (NUMBER_WIDTH, [Block(Text(number, DIM))]),
                    (0, [Block(head), Block(told)]),
                )
            self.console.print()

    def print_nothing(self, words: str) -> None:
        """Print that there is nothing to show, and what that means."""
        self.console.print()
        self.lines((0, [Block(Text(words))]))
        self.console.print()

    def _print_number(self, number: int, words: str) -> None:
        self.lines(
            (NUMBER_WIDTH, [Block(Text(f"C{number}", f"bold {self.style.accent}"))]),
            (0, [Block(Text(say_line(words), "bold"))]),
        )
        self.console.print()

    def _print_dispute(self, view: DisputeView) -> None:
        """Print the two sides of a dispute; side by side where there is room."""
        kind = load_words()["dispute"][view.kind.value]
        head = Text(kind, WARN)
        if view.here and view.there and view.kind is DisputeKind.FIGURES:
            head.append(f": “{show(view.here)}” and “{show(view.there)}”")
        self.lines((2, [Block(Text(self.style.signs["disputes"], WARN))]), (0, [Block(head)]))
        sides = [self._say_side(view.first, view.also_first), self._say_side(view.second, view.also_second)]
        if self.width >= SIDE_FROM:
            half = (self.width - 10) // 2
            self.lines((2, []), (half, sides[0]), (0, sides[1]))
        else:
            for side in sides:
                self.lines((2, []), (0, side))
        self.console.print()

    def _say_side(self, telling: TraceTelling, also: Sequence[TraceTelling]) -> list[Block]:
        """Return one side of a dispute: its first telling, and by whom else it is told."""
        blocks = [Block(self.say_telling(telling)), Block(self.say_sentence(telling))]
        if also:
            names = list(dict.fromkeys(name(one) for one in also))
            blocks.append(Block(Text(f"and {count(len(also), 'telling')} more: {say_outlets(names)}", DIM)))
        return blocks

    def _print_update(self, view: UpdateView) -> None:
        kind = load_words()["update"][view.kind.value]
        head = Text(f"C{view.claim}  " if view.claim else "", f"bold {self.style.accent}").append(kind, WARN)
        old, new = show(view.old_words), show(view.new_words)
        head.append(f": {old or 'the old figure is not given'} {self._arrow} {new or 'no new figure is given'}")
        if not view.old_words and not view.new_words:
            head = Text(kind, WARN).append(" in which no figure was read")
        blocks = [Block(head), Block(Text(say_line(view.line), DIM))]
        if view.stated_in is not None:
            by = "on the page of" if view.kind is UpdateKind.CHANGED_VERSION else "stated by"
            blocks.append(Block(Text(f"{by} {self._say_carrier(view.stated_in)}", DIM)))
        elif view.new is not None:
            blocks.append(Block(Text("told by ", DIM).append_text(self.say_telling(view.new))))
        if view.carried_by:
            names = "; ".join(self._say_carrier(one) for one in view.carried_by)
            blocks.append(Block(Text(f"the old figure is still carried by {names}", WARN)))
        self.lines((2, [Block(Text(self._arrow, WARN))]), (0, blocks))
        self.console.print()

    @property
    def _arrow(self) -> str:
        return "→" if self.console.encoding.lower().replace("_", "-").startswith("utf") else ">"

    @staticmethod
    def _say_carrier(carrier: Carrier) -> str:
        name = show(carrier.outlet or carrier.title or shorten_id(carrier.document))
        when = say_time(carrier.published)
        return f"{name} ({when})" if when else name

    @staticmethod
    def _sides(copy: CopyView) -> tuple[tuple[str | None, str], tuple[str | None, str]]:
        return (copy.outlet, copy.document), (copy.other_outlet, copy.other)
