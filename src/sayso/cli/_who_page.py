"""A party for the terminal: its names, what it said, and what rests on it alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.text import Text

from sayso.cli._finding_page import DIM, WARN, FindingPage
from sayso.cli._layout import Block
from sayso.export.finding_words import say_line, say_outlets
from sayso.export.list_words import count
from sayso.export.visible import show

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sayso.records import PartyClaim, PartyView

MOST_LISTED: Final = 20
MOST_CLAIMS: Final = 40
NUMBER_WIDTH: Final = 5


class WhoPage(FindingPage):
    """Prints parties."""

    def print(self, given: str, found: Sequence[PartyView]) -> None:
        """Print the party that is meant; where several are, a list of them and the first."""
        self.console.print()
        if not found:
            self.lines((0, [Block(Text(f"Nobody whose name contains “{show(given)}” speaks in this case."))]))
            self.console.print()
            return
        self.print_party(found[0])
        if len(found) > 1:
            self.print_title("Others of that name: none of them is known to be the one above")
            for view in found[1 : MOST_LISTED + 1]:
                self._print_short(view)
            left = len(found) - 1 - MOST_LISTED
            if left > 0:
                self.lines((0, [Block(Text(f"{left:,} more; --json has all.", DIM))]))
            self.console.print()
        self.lines((0, [Block(self.say_marks())]))
        self.console.print()

    def print_party(self, view: PartyView) -> None:
        """Print one party."""
        head = Text(show(view.name), "bold").append(f"  {view.kind.value}", DIM)
        blocks = [Block(head), Block(Text(self._say_part(view), f"bold {self.style.accent}"))]
        if view.outlets:
            blocks.append(Block(Text(f"in {say_outlets(view.outlets, most=8)}", DIM)))
        if view.is_private:
            blocks.append(Block(Text("a person said who this unnamed source is: that stays in the case", WARN)))
        if view.is_cut:
            blocks.append(Block(Text("not all stories were looked at: give more of the name, or a source’s id", WARN)))
        if view.judged_by:
            blocks.append(Block(Text(f"judged by {say_outlets(view.judged_by, most=6)}", WARN)))
        self.lines((2, [Block(self._mark(view))]), (0, blocks))
        self.console.print()
        if len(view.spellings) > 1:
            self._print_spellings(view)
        for title, sentences in (
            ("Why they are one", view.joins),
            ("May be the same", [f"{name}: {why}" for name, why in view.unsure]),
        ):
            if sentences:
                self.print_title(title)
                for sentence in sentences:
                    self.lines((2, [Block(Text(self.style.bullet, DIM))]), (0, [Block(Text(show(sentence)))]))
                self.console.print()
        self._print_claims(view)

    def _print_spellings(self, view: PartyView) -> None:
        self.print_title("Called")
        for spelling in view.spellings:
            text = Text(show(spelling.name), "bold")
            text.append(f"  {count(len(spelling.documents), 'article')} · {say_outlets(spelling.outlets)}", DIM)
            role = Text(show(spelling.role) if spelling.role else "", DIM)
            self.lines((2, [Block(Text(self.style.bullet, DIM))]), (0, [Block(text), Block(role)]))
        self.console.print()

    def _print_claims(self, view: PartyView) -> None:
        if not view.claims:
            return
        self.print_title("What it has a part in")
        for claim in view.claims[:MOST_CLAIMS]:
            self._print_claim(claim)
        if len(view.claims) > MOST_CLAIMS:
            self.lines((0, [Block(Text(f"{len(view.claims) - MOST_CLAIMS:,} more; --json has all.", DIM))]))
        self.console.print()

    def _print_claim(self, claim: PartyClaim) -> None:
        part = Text(self._say_role(claim), f"bold {self.style.accent}" if claim.is_only_leg else DIM)
        if claim.is_disputed:
            part.append("  disputed", WARN)
        if claim.outlets:
            part.append(f"  {say_outlets(claim.outlets, most=4)}", DIM)
        blocks = [Block(Text(say_line(claim.line))), Block(part)]
        self.lines((NUMBER_WIDTH, [Block(Text(f"C{claim.number}", f"bold {self.style.accent}"))]), (0, blocks))

    def _print_short(self, view: PartyView) -> None:
        text = Text(show(view.name), "bold").append(f"  {self._say_part(view)}  {say_outlets(view.outlets)}", DIM)
        self.lines((2, [Block(self._mark(view))]), (0, [Block(text)]))

    def _mark(self, view: PartyView) -> Text:
        return Text(self.style.marks[view.naming.value], self.style.accent)

    @staticmethod
    def _say_part(view: PartyView) -> str:
        said = f"has a part in {count(view.n_claims, 'claim')}"
        return f"{said}; the only leg of {view.n_only_leg:,}" if view.n_only_leg else said

    @staticmethod
    def _say_role(claim: PartyClaim) -> str:
        parts = [
            "the only leg" if claim.is_only_leg else "says it" if claim.is_root else "",
            "stands against it" if claim.is_against else "",
            f"passes it on from {say_outlets(claim.roots)}" if claim.is_carrier and claim.roots else "",
            "passes it on" if claim.is_carrier and not claim.roots else "",
        ]
        return "; ".join(filter(None, parts)) or "says it after another"
