"""One row of a case on a page for the terminal: who, through whom, what they do with the claim, the claim."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.text import Text

from sayso.cli._layout import Block
from sayso.cli._list_page import DIM, stack
from sayso.export.list_words import UNTITLED, say_claim

if TYPE_CHECKING:
    from sayso.cli._list_page import ListPage
    from sayso.cli._page import Column
    from sayso.export.list_words import ClaimWords
    from sayso.records import ClaimRow

MARK_WIDTH: Final = 1
ID_WIDTH: Final = 12
# From which width on: who, and what they do with it; the id has a column of its own on the widest.
LAYOUTS: Final = ((128, (28, 24)), (96, (24, 21)), (76, (24,)))
WITH_ID_COLUMN: Final = 128


def print_grouped(page: ListPage, row: ClaimRow) -> None:
    """Print a row of a list in which the rows of an article stand together: the article is named above its first."""
    words = say_claim(row)
    if row.document != page.group:
        if page.group is not None:
            page.gap()
        page.group = row.document
        _print_article(page, words)
    _print_row(page, words, Text(), Text())


def print_alone(page: ListPage, row: ClaimRow) -> None:
    """Print a row with its outlet and date under the claim, and its document's id under its own."""
    words = say_claim(row)
    where = Text(words.published or words.title, DIM)
    if words.version:
        where.append(f"\n{words.version}", page.style.accent)
    _print_row(page, words, where, Text(f"\n{words.document}", DIM))


def _print_article(page: ListPage, words: ClaimWords) -> None:
    title = Text(words.title or UNTITLED, "bold")
    where = " · ".join(filter(None, (words.published, words.document)))
    page.lines((0, stack(title, Text(where, DIM), Text(words.version, page.style.accent))))
    page.gap()


def _print_row(page: ListPage, words: ClaimWords, where: Text, more_ids: Text) -> None:
    """Print the columns of one row; on a narrow page all but the mark stand in one."""
    who = Text(words.who, "bold")
    through = Text("through " + ", then ".join(words.through) if words.through else "", "italic")
    says = _say_stance(page, words)
    short = Text(words.id, DIM).append_text(more_ids)
    claim = page.pieces(words.claim, f"{DIM} strike" if words.is_rejected else "")
    if words.n_cut:
        claim.append(f" … {words.n_cut:,} characters more; --json has all", DIM)
    widths = next((widths for least, widths in LAYOUTS if page.width >= least), ())
    mark: Column = (MARK_WIDTH, stack(page.mark(words.naming)))
    if not widths:
        page.lines(mark, (0, [*stack(who, through, says), Block(claim, 2), Block(where, 2), Block(short, 2)]))
    elif len(widths) == 1:
        page.lines(mark, (widths[0], stack(who, through, says, short)), (0, stack(claim, where)))
    elif page.width < WITH_ID_COLUMN:
        columns = zip(widths, (stack(who, through), stack(says, short)), strict=True)
        page.lines(mark, *columns, (0, stack(claim, where)))
    else:
        columns = zip(widths, (stack(who, through), stack(says)), strict=True)
        left = page.width - 2 * 2 - (MARK_WIDTH + 2) - sum(width + 2 for width in widths) - (ID_WIDTH + 2)
        page.lines(mark, *columns, (left, stack(claim, where)), (0, stack(short)))
    page.gap()


def _say_stance(page: ListPage, words: ClaimWords) -> Text:
    text = Text(" ".join(filter(None, (words.says, words.quoted))))
    if words.note:
        text.append(f"\n{words.note}", DIM)
    if words.judged:
        text.append("\n").append_text(page.judged(words.judged))
    if words.is_low:
        text.append("\n").append_text(page.check())
    return text
