"""What an address asks for, read strictly: what is not understood is said, never guessed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from sayso.errors import InputError
from sayso.records import Certainty, ClaimOrder, Filter, Naming, Stance

if TYPE_CHECKING:
    from enum import StrEnum

    from starlette.datastructures import QueryParams

Value = TypeVar("Value", bound="StrEnum")
ON_A_PAGE: Final = 50
LONGEST_CHARS: Final = 300
MOST_PAGES: Final = 1_000_000


def count_pages(n: int, on_a_page: int = ON_A_PAGE) -> int:
    """Return on how many pages so many stand; an empty list has one."""
    return max(1, -(-n // on_a_page))


def read_number(query: QueryParams, name: str, *, least: int, most: int, default: int) -> int:
    """Return a number of an address.

    Raises:
        InputError: It is none, or too small or large.
    """
    given = query.get(name, "").strip()
    if not given:
        return default
    if not given.isascii() or not given.isdigit() or len(given) > 9 or not least <= int(given) <= most:  # noqa: PLR2004
        message = f"a number from {least} to {most:,} is meant here."
        raise InputError(name, message)
    return int(given)


def read_words(query: QueryParams, name: str) -> str | None:
    """Return words of an address; None where there are none.

    Raises:
        InputError: They are longer than anybody types.
    """
    given = query.get(name, "").strip()
    if len(given) > LONGEST_CHARS:
        message = f"that is longer than {LONGEST_CHARS} characters."
        raise InputError(name, message)
    return given or None


def read_order(query: QueryParams) -> ClaimOrder:
    """Return by what a list of claims is sorted.

    Raises:
        InputError: There is no such order.
    """
    return read_choice(query, "sort", ClaimOrder, default=ClaimOrder.OUTLETS)


def read_choice(query: QueryParams, name: str, kind: type[Value], *, default: Value) -> Value:
    """Return one of a few values that an address names.

    Raises:
        InputError: It is none of them.
    """
    given = query.get(name) or default.value
    if given not in set(kind):
        message = f"one of these is meant here: {', '.join(kind)}."
        raise InputError(name, message)
    return kind(given)


def read_choices(query: QueryParams, name: str, kind: type[Value]) -> tuple[Value, ...]:
    """Return the values that an address names, each once.

    Raises:
        InputError: One of them is none.
    """
    given = [one for one in query.getlist(name) if one]
    if not set(given) <= set(kind):
        message = f"one of these is meant here: {', '.join(kind)}."
        raise InputError(name, message)
    return tuple(dict.fromkeys(kind(one) for one in given))


def read_filter(query: QueryParams) -> Filter:
    """Return which claims an address asks for.

    Raises:
        InputError: Something in it is not understood.
    """
    origins = query.get("origins", "").strip()
    outlets = read_number(query, "outlets", least=1, most=MOST_PAGES, default=0)
    return Filter(
        text=read_words(query, "q"),
        outlet=read_words(query, "outlet"),
        party=read_words(query, "party"),
        since=read_words(query, "since"),
        until=read_words(query, "until"),
        stance=read_choices(query, "stance", Stance),
        certainty=read_choices(query, "certainty", Certainty),
        naming=read_choices(query, "naming", Naming),
        place=read_words(query, "place"),
        low_only=query.get("check") == "1",
        disputed_only=query.get("disputed") == "1",
        origins_most=read_number(query, "origins", least=0, most=MOST_PAGES, default=0) if origins else None,
        outlets_least=outlets or None,
        story=read_words(query, "story"),
    )
