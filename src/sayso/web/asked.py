"""What an address asks for, read strictly: what is not understood is said, never guessed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sayso.errors import InputError
from sayso.records import ClaimOrder, Filter, Stance

if TYPE_CHECKING:
    from starlette.datastructures import QueryParams

ON_A_PAGE: Final = 50
LONGEST_CHARS: Final = 300
MOST_PAGES: Final = 1_000_000


def read_number(query: QueryParams, name: str, *, least: int, most: int, default: int) -> int:
    """Return a number of an address.

    Raises:
        InputError: It is none, or too small or large.
    """
    given = query.get(name, "").strip()
    if not given:
        return default
    if not given.isascii() or not given.isdigit() or len(given) > 9 or not least <= int(given) <= most:  # noqa: PLR2004
        message = f"`{name}` is a number from {least} to {most:,}."
        raise InputError(name, message)
    return int(given)


def read_words(query: QueryParams, name: str) -> str | None:
    """Return words of an address; None where there are none.

    Raises:
        InputError: They are longer than anybody types.
    """
    given = query.get(name, "").strip()
    if len(given) > LONGEST_CHARS:
        message = f"`{name}` is longer than {LONGEST_CHARS} characters."
        raise InputError(name, message)
    return given or None


def read_order(query: QueryParams) -> ClaimOrder:
    """Return by what a list of claims is sorted.

    Raises:
        InputError: There is no such order.
    """
    given = query.get("sort") or ClaimOrder.OUTLETS.value
    if given not in set(ClaimOrder):
        message = f"`sort` is one of {', '.join(ClaimOrder)}."
        raise InputError("sort", message)
    return ClaimOrder(given)


def read_filter(query: QueryParams) -> Filter:
    """Return which claims an address asks for.

    Raises:
        InputError: Something in it is not understood.
    """
    stances = tuple(Stance(one) for one in query.getlist("stance") if one in set(Stance))
    origins = query.get("origins", "").strip()
    outlets = read_number(query, "outlets", least=1, most=MOST_PAGES, default=0)
    return Filter(
        text=read_words(query, "q"),
        outlet=read_words(query, "outlet"),
        party=read_words(query, "party"),
        since=read_words(query, "since"),
        until=read_words(query, "until"),
        stance=stances,
        disputed_only=query.get("disputed") == "1",
        origins_most=read_number(query, "origins", least=0, most=MOST_PAGES, default=0) if origins else None,
        outlets_least=outlets or None,
        story=read_words(query, "story"),
    )
