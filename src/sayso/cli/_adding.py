"""What ``sayso add`` and ``sayso watch`` print: a line for each thing, and the sum.

Rule: a line is printed when what it says is kept, and not before.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Final

from rich.text import Text

from sayso.cli._change_page import say_counts
from sayso.cli._page import make_console
from sayso.cli._print import print_bytes
from sayso.cli._progress import Progress
from sayso.cli._row import ACCENT
from sayso.export.visible import show
from sayso.ledger.adding import Outcome
from sayso.plain import to_plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from rich.console import Console

    from sayso.ledger.adding import Added

# Sign and words of each outcome; the sign with and without Unicode.
SIGNS: Final = {
    Outcome.ADDED: ("+", "+"),
    Outcome.NEW_VERSION: ("↻", "~"),
    Outcome.KNOWN: ("=", "="),
    Outcome.NOTE: ("·", "-"),
    Outcome.REFUSED: ("✗", "x"),
    Outcome.UNREADABLE: ("✗", "x"),
}
SUM: Final = {
    Outcome.ADDED: ("added", "added"),
    Outcome.NEW_VERSION: ("new version", "new versions"),
    Outcome.KNOWN: ("known already", "known already"),
    Outcome.NOTE: ("note", "notes"),
    Outcome.REFUSED: ("refused", "refused"),
    Outcome.UNREADABLE: ("not read", "not read"),
}


INDENT: Final = 2
NARROWEST: Final = 20


class Teller:
    """Prints what became of each thing."""

    def __init__(self, *, as_json: bool, quiet: bool) -> None:
        """Look at where it is printed to."""
        self.as_json = as_json
        self.quiet = quiet
        self.console = make_console(no_color=False)
        self.count: Counter[Outcome] = Counter()

    def tell_all(self, stream: Iterable[Added], bar: Progress) -> None:
        """Print what becomes of each thing as it comes."""
        for added in stream:
            self.count[added.outcome] += 1
            bar.above(self.tell)(added)
            bar.advance(1)

    def tell(self, added: Added) -> None:
        """Print one line, and the lines under it."""
        if self.as_json:
            line = json.dumps(to_plain(added), ensure_ascii=True, separators=(",", ":"))
            print_bytes(f"{line}\n".encode())
        elif added.is_bad or not self.quiet:
            for text in _say(added, self.console):
                for part in wrap_line(text, self.console):
                    self.console.print(part, soft_wrap=True)

    def tell_sum(self) -> None:
        """Print how many there were of each outcome."""
        if self.as_json:
            return
        parts = [
            f"{self.count[outcome]:,} {words[self.count[outcome] != 1]}"
            for outcome, words in SUM.items()
            if self.count[outcome]
        ]
        self.console.print(Text(", ".join(parts) + "." if parts else "nothing to add.", "bold"), soft_wrap=True)

    @property
    def n_bad(self) -> int:
        """How many things there is no article of."""
        return self.count[Outcome.REFUSED] + self.count[Outcome.UNREADABLE]


def _say(added: Added, console: Console) -> Iterable[Text]:
    """Yield the lines of one thing."""
    is_rich = console.encoding.lower().replace("_", "-").startswith("utf")
    sign = SIGNS[added.outcome][0 if is_rich else 1]
    line = Text.assemble((f"{sign} ", f"bold {ACCENT}"))
    name = show(added.name)
    if added.outcome in {Outcome.ADDED, Outcome.NEW_VERSION}:
        line.append(show(added.says) or name, "bold")
        claims = "1 claim" if added.n_claims == 1 else f"{added.n_claims:,} claims"
        line.append(f"  {claims}", ACCENT).append(f"  {_shorten(added.document)}  {name}", "dim")
    else:
        line.append(name).append(
            f"  {show(added.says)}", "dim" if added.outcome in {Outcome.KNOWN, Outcome.NOTE} else ""
        )
    yield line
    if added.advice:
        yield Text(f"  {show(added.advice)}", "dim")
    if added.changes is not None:
        yield Text(f"  {say_counts(added.changes.count()) or 'no claim changed'}", "dim")


def wrap_line(text: Text, console: Console) -> Iterable[Text]:
    """Yield a line in lines that fit the terminal, the further ones indented; in a pipe as it is."""
    if not console.is_terminal or text.cell_len <= console.width:
        yield text
        return
    head, rest = text.divide([INDENT])
    for place, line in enumerate(rest.wrap(console, max(console.width - INDENT, NARROWEST), overflow="fold")):
        line.rstrip()
        yield Text.assemble(head if place == 0 else " " * INDENT, line)


def _shorten(record_id: str | None) -> str:
    return (record_id or "")[:12]


def tell_all(start: Callable[[Callable[[int], None]], Iterable[Added]], *, as_json: bool, quiet: bool) -> int:
    """Print what becomes of each thing, with a bar, and the sum; return how many there is no article of.

    Args:
        start: Given what to call with how many things are to come; returns them.
        as_json: Print objects instead.
        quiet: Print only what went wrong, and the sum.
    """
    teller = Teller(as_json=as_json, quiet=quiet)
    with Progress(0, no_color=False, doing="adding") as bar:
        teller.tell_all(start(bar.expect), bar)
    teller.tell_sum()
    return teller.n_bad
