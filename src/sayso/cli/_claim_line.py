"""One claim of a case on a page for the terminal: its number, on how many legs it stands, who says it, its words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.text import Text

from sayso.cli._layout import Block
from sayso.cli._list_page import DIM, HAND, stack
from sayso.export.finding_words import (
    say_bounds,
    say_figures,
    say_flags,
    say_line,
    say_outlets,
    say_speakers,
    say_spread,
    say_time,
)
from sayso.export.list_words import cut, say_claim
from sayso.records import Piece

if TYPE_CHECKING:
    from sayso.cli._list_page import ListPage
    from sayso.records import ClaimLine, ClaimRow

NUMBER_WIDTH: Final = 6
LAYOUTS: Final = ((120, (22, 30)), (92, (22,)))


def print_claim(page: ListPage, row: ClaimRow) -> None:
    """Print a claim once, with what it has in all articles; a row that tells no claim stands for itself."""
    words, line = say_claim(row), row.claim
    pieces, n_cut = (
        (words.claim, words.n_cut) if line is None or row.hits else cut([Piece(text=say_line(line.line), is_hit=False)])
    )
    claim = page.pieces(pieces, f"{DIM} strike" if words.is_rejected else "bold" if line else "")
    if n_cut:
        claim.append(f" … {n_cut:,} characters more; --json has all", DIM)
    who = page.mark(words.naming).append(" ")
    if line is None or not line.speakers:
        who.append(words.who)
        number, where = Text(), Text(words.published, DIM)
        legs = Text(f"{words.says}\n{words.id}", DIM)
    else:
        who.append(say_speakers(line.speakers, line.n_speakers))
        number, legs, where = (
            Text(f"C{line.number}", f"bold {page.style.accent}"),
            _say_legs(page, line),
            _say_where(line),
        )
    judged = page.judged(words.judged) if words.judged else Text()
    widths = next((widths for least, widths in LAYOUTS if page.width >= least), ())
    flags = Text(" · ".join(say_flags(line)) if line else "", f"bold {HAND}")
    number_block = (NUMBER_WIDTH, stack(number))
    if not widths:
        page.lines(number_block, (0, [*stack(claim, legs), *(Block(one) for one in (who, where, flags, judged))]))
    elif len(widths) == 1:
        page.lines(number_block, (widths[0], stack(legs, judged)), (0, stack(claim, who, where, flags)))
    else:
        page.lines(
            number_block, (widths[0], stack(legs, judged)), (widths[1], stack(who)), (0, stack(claim, where, flags))
        )
    page.gap()


def _say_legs(page: ListPage, line: ClaimLine) -> Text:
    said, _, more = say_bounds(line).partition(", ")
    text = Text(said, f"bold {page.style.accent}")
    return text.append(f"\n{more}", DIM) if more else text


def _say_where(line: ClaimLine) -> Text:
    """Return how widely it is told, by whom, since when, with which figures."""
    first = say_time(line.first)
    parts = [
        say_spread(line) if line.n_tellings > 1 else "",
        say_outlets(line.outlets),
        f"since {first}" if first else "",
    ]
    if line.n_tellings == 1:
        parts[-1] = first
    figures = f"figures: {say_figures(line.figures)}" if line.figures and line.n_tellings > 1 else ""
    return Text(" · ".join(filter(None, (*parts, figures))), DIM)
