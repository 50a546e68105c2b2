"""Options that the lists of a case share, and what was asked for with them."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from sayso.cli._figure import UNDERSTOOD, read_figure
from sayso.cli._sections import SectionedOption
from sayso.records import Certainty, Endorsement, Filter, Judged, Kind, Naming, QuantityRange, Stance

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sayso.cli._case import FindsIds

F = TypeVar("F", bound="Callable[..., Any]")
Value = TypeVar("Value", bound=StrEnum)

ON_A_PAGE: Final = 50
DAY: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
CLAIM: Final = re.compile(r"[Cc]?([0-9]{1,9})", re.ASCII)
SOURCE_ID: Final = re.compile(r"src-[0-9a-f]+", re.IGNORECASE)
WHICH: Final = "Which ones"
HOW_MANY: Final = "In what order, and how many"
FORM: Final = "In what form"

FILTERS_HOLD: Final = """\b
All filters that are given must hold. --stance, --certainty, --endorsement,
--kind, --naming and --judged may be given several times: then any of their
values will do."""

CHOICES: Final[dict[str, tuple[type[StrEnum], str]]] = {
    "stance": (Stance, "What the source does with the claim"),
    "certainty": (Certainty, "How sure the source puts it"),
    "endorsement": (Endorsement, "How the article puts it"),
    "kind": (Kind, "What sort of party speaks"),
    "naming": (Naming, "Whether a reader could tell who speaks"),
    "judged": (Judged, "Where it stands after the judgements of persons"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ListWish:
    """How a list is to be given out.

    Attributes:
        as_json: One JSON object a line instead of a page.
        as_csv: A table for spreadsheets instead of a page.
        no_color: Print without colour.
        limit: At most so many; None for all.
        offset: How many are left out before them.
        reverse: Whether the order is turned round.
        filters: Names of the filters that are on, as typed.
    """

    as_json: bool = False
    as_csv: bool = False
    no_color: bool = False
    limit: int | None = None
    offset: int = 0
    reverse: bool = False
    filters: tuple[str, ...] = ()


def check_figure(_ctx: click.Context, _param: click.Parameter, value: str | None) -> QuantityRange | None:
    """Return the interval that is asked for."""
    if value is None:
        return None
    found = read_figure(value)
    if found is None:
        message = f"{value!r} is not understood as a figure. Give something like {UNDERSTOOD}."
        raise click.BadParameter(message)
    return found


def check_day(_ctx: click.Context, _param: click.Parameter, value: str | None) -> str | None:
    """Return the day, month or year as given, if it is on the calendar."""
    if value is None:
        return None
    found = DAY.fullmatch(value)
    if found is None:
        message = f"{value!r} is no day. Give 2024, 2024-03 or 2024-03-14."
        raise click.BadParameter(message)
    year, month, day = (int(part or "1") for part in found.groups())
    try:
        dt.date(year, month, day)
    except ValueError as error:
        message = f"{value!r} is on no calendar: there is no such day."
        raise click.BadParameter(message) from error
    return value


def _option(section: str, *names: str, **more: Any) -> Callable[[F], F]:  # noqa: ANN401  Click's own arguments
    return click.option(*names, cls=SectionedOption, section=section, **more)


def form_options(command: F) -> F:
    """Add the options that say in what form a list is given out."""
    command = _option(FORM, "--no-color", is_flag=True, help="Print without colour. NO_COLOR does the same.")(command)
    csv = (
        "Print a table for spreadsheets (RFC 4180, UTF-8). A cell that a spreadsheet would take for a formula (it "
        "begins with = + - @ tab or a line end) has an apostrophe before it."
    )
    command = _option(FORM, "--csv", "as_csv", is_flag=True, help=csv)(command)
    return _option(FORM, "--json", "as_json", is_flag=True, help="Print one JSON object a line, ids in full.")(command)


def limit_options(command: F) -> F:
    """Add the options that say how many are given out."""
    options = (
        _option(
            HOW_MANY,
            "--limit",
            type=click.IntRange(min=0),
            metavar="N",
            help=f"At most so many; 0 for all. [default: {ON_A_PAGE} on a page, all with --json and --csv]",
        ),
        _option(HOW_MANY, "--all", "is_all", is_flag=True, help="All of them; the same as --limit 0."),
        _option(
            HOW_MANY,
            "--offset",
            type=click.IntRange(min=0),
            metavar="N",
            default=0,
            help="Leave out so many before them.",
        ),
    )
    return _stack(options, command)


def order_options(orders: type[StrEnum], default: StrEnum | None, words: str) -> Callable[[F], F]:
    """Return what adds the options that say in what order a list stands; without a default the words tell of it."""
    tail = "" if default is None else f" [default: {default.value}]"

    def add(command: F) -> F:
        options = (
            _option(
                HOW_MANY,
                "--sort",
                type=_choice(orders),
                default=None if default is None else default.value,
                metavar="ORDER",
                help=f"{_list_values(orders)}: {words}{tail}",
            ),
            _option(HOW_MANY, "--reverse", is_flag=True, help="The other way round."),
        )
        return _stack(options, command)

    return add


def article_filter_options(command: F) -> F:
    """Add the filters that ask about the article."""
    options = (
        _option(WHICH, "--outlet", metavar="NAME", help="Who published; a part of the name will do."),
        _option(WHICH, "--since", callback=check_day, metavar="DAY", help="Published then or later: 2024, 2024-03-14."),
        _option(WHICH, "--until", callback=check_day, metavar="DAY", help="Published then or earlier."),
        _option(
            WHICH, "--document", "--doc", metavar="ID", help="This document alone; the beginning of its id will do."
        ),
    )
    return _stack(options, command)


def versions_option(command: F) -> F:
    """Add the option that brings in older versions of articles."""
    words = "Older versions of articles, too; else only the newest of each counts."
    return _option(WHICH, "--versions", "with_superseded", is_flag=True, help=words)(command)


def claim_filter_options(command: F) -> F:
    """Add the filters that ask about the row."""
    party = "Who speaks, or who carried it: a part of the name, or an id."
    place = "A place that it names, as written or by its English name."
    low = "Only what the machine is unsure of."
    options = (
        _option(WHICH, "--party", metavar="NAME", help=party),
        *(_choice_option(name) for name in CHOICES),
        _option(WHICH, "--place", metavar="NAME", help=place),
        _option(WHICH, "--quantity", callback=check_figure, metavar="FIGURE", help=f"A figure in it: {UNDERSTOOD}."),
        _option(WHICH, "--low", "--check", "low_only", is_flag=True, help=low),
    )
    return _stack(options, command)


def finding_filter_options(command: F) -> F:
    """Add the filters that ask what a row's claim has in all articles."""
    options = (
        _option(WHICH, "--claim", callback=check_claim, metavar="C3", help="The rows of this claim."),
        _option(WHICH, "--story", metavar="STORY", help="Claims of one story: its id, a document's, or a claim's C3."),
        _option(
            WHICH,
            "--origins",
            "origins_most",
            type=click.IntRange(min=0),
            metavar="N",
            help="Claims of which no more than N independent origins are established.",
        ),
        _option(
            WHICH,
            "--outlets",
            "outlets_least",
            type=click.IntRange(min=1),
            metavar="N",
            help="Claims that at least so many outlets tell.",
        ),
        _option(WHICH, "--disputed", "disputed_only", is_flag=True, help="Only claims that are disputed."),
    )
    return _stack(options, command)


def check_claim(_ctx: click.Context, _param: click.Parameter, value: str | None) -> int | None:
    """Return the number of the claim that is asked for."""
    found = None if value is None else CLAIM.fullmatch(value.strip())
    if value is not None and found is None:
        message = f"{value!r} is no claim. Give its number: C3."
        raise click.BadParameter(message)
    return int(found[1]) if found else None


def rows_option(command: F) -> F:
    """Add the option that lists every row."""
    return _option(WHICH, "--rows", "is_rows", is_flag=True, help="Every row, not each claim once.")(command)


def text_option(words: str) -> Callable[[F], F]:
    """Return what adds the option for words that must stand in a text."""
    return _option(WHICH, "--text", metavar="WORDS", help=words)


def _choice(values: type[StrEnum]) -> click.Choice[str]:
    return click.Choice([value.value for value in values], case_sensitive=False)


def _choice_option(name: str) -> Callable[[F], F]:
    values, words = CHOICES[name]
    more = f"{words}: {_list_values(values)}."
    return _option(WHICH, f"--{name}", type=_choice(values), multiple=True, metavar=name.upper(), help=more)


def _list_values(values: type[StrEnum]) -> str:
    return ", ".join(value.value for value in values)


def _stack(options: tuple[Callable[[F], F], ...], command: F) -> F:
    """Add options so that the help lists them in this order."""
    for option in reversed(options):
        command = option(command)
    return command


def make_wish(options: Mapping[str, Any]) -> ListWish:
    """Return how the list is to be given out.

    Raises:
        click.UsageError: What was given contradicts itself.
    """
    if options["as_json"] and options["as_csv"]:
        message = "--json and --csv are two ways to write a list: give one of them."
        raise click.UsageError(message)
    since, until = options.get("since"), options.get("until")
    if since and until and since[: len(until)] > until[: len(since)]:
        message = f"--since {since} is after --until {until}: nothing lies between."
        raise click.UsageError(message)
    limit = options.get("limit")
    if options.get("is_all"):
        if limit:
            message = f"--all and --limit {limit} contradict each other: give one of them."
            raise click.UsageError(message)
        limit = 0
    if limit is None:
        limit = 0 if options["as_json"] or options["as_csv"] else ON_A_PAGE
    return ListWish(
        as_json=options["as_json"],
        as_csv=options["as_csv"],
        no_color=options["no_color"],
        limit=limit or None,
        offset=options.get("offset", 0),
        reverse=options.get("reverse", False),
        filters=find_filters(options),
    )


def find_filters(options: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the names of the filters that are on, as they are typed."""
    names = ("outlet", "since", "until", "document", "party", *CHOICES, "place", "quantity", "text")
    on = [f"--{name}" for name in names if options.get(name)]
    names_of = {"claim": "--claim", "story": "--story", "outlets_least": "--outlets"}
    on += [typed for name, typed in names_of.items() if options.get(name)]
    on += ["--origins"] if options.get("origins_most") is not None else []
    flags = {"low_only": "--low", "problems_only": "--problems", "disputed_only": "--disputed"}
    return (*on, *(typed for name, typed in flags.items() if options.get(name)))


def make_filter(options: Mapping[str, Any], rooms: FindsIds) -> Filter:
    """Return what is asked for; the beginnings of ids are made whole.

    Raises:
        NotInCase: An id that the case does not have.
    """
    document, party = options.get("document"), options.get("party")
    return Filter(
        outlet=options.get("outlet") or None,
        since=options.get("since"),
        until=options.get("until"),
        party=rooms.find_id("src", party) if party and SOURCE_ID.fullmatch(party) else party or None,
        place=options.get("place") or None,
        quantity=options.get("quantity"),
        document=rooms.find_id("doc", document) if document else None,
        text=options.get("text") or None,
        problems_only=options.get("problems_only", False),
        low_only=options.get("low_only", False),
        claim=options.get("claim"),
        origins_most=options.get("origins_most"),
        outlets_least=options.get("outlets_least"),
        disputed_only=options.get("disputed_only", False),
        with_superseded=options.get("with_superseded", False),
        stance=_choose(options, "stance", Stance),
        certainty=_choose(options, "certainty", Certainty),
        endorsement=_choose(options, "endorsement", Endorsement),
        kind=_choose(options, "kind", Kind),
        naming=_choose(options, "naming", Naming),
        judged=_choose(options, "judged", Judged),
    )


def _choose(options: Mapping[str, Any], name: str, values: type[Value]) -> tuple[Value, ...]:
    """Return the values that were given for a filter, each once."""
    return tuple(dict.fromkeys(map(values, options.get(name, ()))))
