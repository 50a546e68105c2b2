"""What changed in the claims of a document, for the terminal: which rows were dropped, added, hedged, reworded.

Rule 1: for denies, doubts and declines the article's own cue is printed, never our label alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.text import Text

from sayso.export.visible import show
from sayso.export.words import load_words
from sayso.ledger.queue import REFUSALS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sayso.cli._review_page import ReviewPage
    from sayso.ledger.rereading import Change, ChangeKind, Comparison, Side

LONGEST_CHARS: Final = 160
KIND_WIDTH: Final = 18


def say_counts(counts: Mapping[ChangeKind, int]) -> str:
    """Return how many rows changed in each way: ``2 dropped, 1 hedged``."""
    words = load_words()["change"]
    return ", ".join(f"{n:,} {words[kind.value]}" for kind, n in counts.items())


def print_changes(page: ReviewPage, compared: Comparison) -> None:
    """Print every row in which something changed, as it was and as it is."""
    words = load_words()["change"]
    for change in compared.changes:
        page.print_columns(
            KIND_WIDTH, Text("\n".join(words[kind.value] for kind in change.kinds), "dim"), _say_change(change)
        )


def _say_change(change: Change) -> list[Text]:
    old, new = change.old, change.new
    if old is None or new is None:
        only = old or new
        return [] if only is None else [_say_side(only, "+ " if old is None else "- ")]
    lines = [_say_side(new, "")]
    differences = [
        f"{label} {show(before) or 'none'} → {show(after) or 'none'}"
        for label, before, after in (
            ("who:", old.source_name, new.source_name),
            ("stance:", old.stance, new.stance),
            ("certainty:", old.certainty.value, new.certainty.value),
            ("article:", old.endorsement, new.endorsement),
            ("through:", ", ".join(old.via), ", ".join(new.via)),
            ("within:", old.within, new.within),
            ("kind:", old.kind, new.kind),
            ("naming:", old.naming, new.naming),
            ("words:", _cut(old.content), _cut(new.content)),
        )
        if before != after
    ]
    return [*lines, *(Text(one, "dim") for one in differences)]


def _say_side(side: Side, sign: str) -> Text:
    words = _cut(side.content) or show(side.cue)
    text = Text().append(sign + show(side.source_name), "bold")
    cue = f" “{show(side.cue)}”" if side.stance in REFUSALS and side.cue else ""
    return text.append(f" {side.stance}{cue}, {side.certainty.value}: ", "dim").append(words)


def _cut(words: str) -> str:
    plain = show(words)
    return plain if len(plain) <= LONGEST_CHARS else f"{plain[:LONGEST_CHARS]}…"
