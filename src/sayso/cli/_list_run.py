"""What the lists of a case have in common: rows in, a page or lines out, and a word where a list is cut or empty.

Rule 1: a list that is cut says so: under the page, or on standard error where the output is for a machine.
Rule 2: an empty list says what to do.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from sayso.cli._case_rows import print_info
from sayso.cli._list_page import ListPage
from sayso.cli._page import make_console
from sayso.cli._print import print_bytes, print_error
from sayso.export.list_csv import write_table
from sayso.export.list_json import write_lines
from sayso.export.list_words import count, say_total
from sayso.records import COUNTED, CaseInfo

if TYPE_CHECKING:
    from collections.abc import Callable

    from sayso.cli._case import CaseRooms
    from sayso.cli._list_options import ListWish
    from sayso.cli._listing import Listing
    from sayso.export.list_json import Row

R = TypeVar("R", bound="Row")


@dataclass(frozen=True, slots=True, kw_only=True)
class Form(Generic[R]):
    """How one kind of list is given out.

    Attributes:
        kind: The class of its rows.
        noun: What one row is called.
        print_row: Prints a row on a page.
        nothing: What to say where there is none, and no filter is to blame, and the case is not empty.
    """

    kind: type[R]
    noun: str
    print_row: Callable[[ListPage, R], None]
    nothing: str


def print_glance(info: CaseInfo, wish: ListWish) -> None:
    """Give out a case at a glance in the form that is wished for."""
    if wish.as_json or wish.as_csv:
        for content in write_lines([info]) if wish.as_json else write_table([info], CaseInfo):
            print_bytes(content)
    else:
        print_info(ListPage(make_console(no_color=wish.no_color)), info)


def print_list(listing: Listing[R], form: Form[R], wish: ListWish, rooms: CaseRooms) -> None:
    """Give out a list in the form that is wished for."""
    if wish.as_json or wish.as_csv:
        for content in write_lines(listing) if wish.as_json else write_table(listing, form.kind):
            print_bytes(content)
        note = say_end(listing, form, wish, rooms)
        if note:
            print_error(note)
        return
    page = ListPage(make_console(no_color=wish.no_color))
    for row in listing:
        form.print_row(page, row)
    page.print_end(say_end(listing, form, wish, rooms))


def say_end(listing: Listing[R], form: Form[R], wish: ListWish, rooms: CaseRooms) -> str:
    """Return what there is to say under a list: how much is left, what is left out; empty where all is shown."""
    return " ".join(filter(None, (say_rest(listing, form, wish, rooms), say_undated(wish, rooms))))


def say_undated(wish: ListWish, rooms: CaseRooms) -> str:
    """Return how many articles no range of days has; empty where none is asked for."""
    asked = [name for name in wish.filters if name in {"--since", "--until"}]
    n_undated = rooms.info().n_undated if asked else 0
    if not n_undated:
        return ""
    articles = count(n_undated, "article of the case has", "articles of the case have")
    return f"{articles} no date, and {' and '.join(asked)} left {'it' if n_undated == 1 else 'them'} out."


def say_rest(listing: Listing[R], form: Form[R], wish: ListWish, rooms: CaseRooms) -> str:
    """Return how much of the list is left, or what to do where there is none; empty where all is shown."""
    if not listing.n_given:
        return say_empty(listing, form, wish, rooms)
    if not listing.is_cut() and not listing.offset:
        return ""
    # What was counted up to `COUNTED` only may be more, and fewer than were given.
    total = max(listing.total, listing.offset + listing.n_given)
    of = f"{say_total(total) if listing.total >= COUNTED else f'{total:,}'} {form.noun}s"
    shown = f"{listing.n_given:,} of {of} shown"
    if listing.offset:
        shown += f", after the first {listing.offset:,}"
    return f"{shown}; --limit or --all for more." if listing.is_cut() else f"{shown}."


def say_empty(listing: Listing[R], form: Form[R], wish: ListWish, rooms: CaseRooms) -> str:
    """Return why a list is empty, and what to do."""
    if listing.offset and listing.total:
        return f"There are {say_total(listing.total)} {form.noun}s: a smaller --offset shows some."
    info = rooms.info()
    if not info.n_captures and not info.n_refused:
        return "The case is empty. Add articles: sayso add FILE, FOLDER or URL."
    if wish.filters:
        on = f"{count(len(wish.filters), 'filter')} {'is' if len(wish.filters) == 1 else 'are'} on"
        return f"No {form.noun} fits: {on} ({', '.join(wish.filters)})."
    return form.nothing
