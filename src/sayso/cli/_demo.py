"""The invented case, and the words around it."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rich.text import Text

from sayso.cli import _rooms
from sayso.cli._adding import tell_all
from sayso.cli._layout import Block, lay_out
from sayso.cli._open import open_ledger
from sayso.cli._page import MARGIN, Page, make_console
from sayso.cli._print import print_bytes
from sayso.cli._wish import Wish
from sayso.errors import UnwritableOutput
from sayso.ledger.case import Ledger
from sayso.records import ClaimOrder, Filter

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from rich.console import Console

    from sayso.ledger.lists import Lists

FOLDER: Final = "demo_case"
ARTICLE: Final = "courier-depot-fire.html"
CASE: Final = "demo.sayso"
WIDEST_CLAIMS: Final = 6
TOLD: Final = "trained abroad"
"""What the claim says whose way is shown."""
WIDEST_WORDS: Final = 100

BEFORE_READING: Final = (
    "This is an invented article, read. Each numbered row is something that the article ascribes to somebody: who, "
    "through whom it reached the page, what they do with it, the words themselves. Sayso does not say what is true; "
    "look at how few legs the headline stands on."
)
AFTER_READING: Final = (
    "Hold it against the article itself: sayso demo --article > depot.html. Then try one of your own: save a page "
    "from your browser and type sayso read page.html, or sayso read --json page.html for all that was read."
)
BEFORE_CASE: Final = (
    "An invented case: eight outlets tell of one fire, over three days. Each article is preserved and read, and what "
    "is printed as added is kept in {case}."
)
BEFORE_CLAIMS: Final = (
    "What is told most widely, and on how many legs it stands. All that is told of saboteurs rests on one governor; "
    "the four people who are sought rest on an official without a name, who may be two. This list is: sayso claims "
    "--limit 6"
)
BEFORE_TRACE: Final = (
    "How the saboteurs travelled: the governor says it as likely to one radio station, an agency passes it on with "
    "the hedge, outlets print the agency's words, and one of these drops the hedge. This is: sayso trace {claim}"
)
AFTER_CASE: Final = (
    "Go on: sayso trace {claim} --why · sayso disputes (denials, a figure that was corrected and is still carried) · "
    "sayso drift · sayso timeline · sayso who Khestin (two spellings) · sayso claims --origins 1 --outlets 3 · sayso "
    "review · sayso verify. Then make a case of your own: sayso new NAME, and sayso add article.html."
)


def print_article() -> None:
    """Print one invented article as HTML."""
    print_bytes(find_folder().joinpath(ARTICLE).read_bytes())


def write_articles(folder: str) -> None:
    """Write the invented articles into a folder; files of these names are written over.

    Raises:
        UnwritableOutput: The folder or a file cannot be written.
    """
    try:
        Path(folder).mkdir(parents=True, exist_ok=True)
        for article in _list_articles():
            Path(folder, article.name).write_bytes(article.read_bytes())
    except OSError as error:
        raise UnwritableOutput(folder, error.strerror or str(error)) from error


def print_reading(*, offsets: bool, no_color: bool) -> None:
    """Read one invented article and print the page, with a few sentences around it."""
    page = Page(make_console(no_color=no_color), has_offsets=offsets)
    rooms = _rooms.open_rooms(Wish())
    with resources.as_file(find_folder().joinpath(ARTICLE)) as path:
        (doc,) = rooms.load(str(path))
    page.console.print()
    _print_words(page.console, BEFORE_READING)
    for reading in rooms.read_many([doc]):
        page.print(reading)
    _print_words(page.console, AFTER_READING)
    page.console.print()


def build_case() -> None:
    """Build the invented case in this folder, or take up what is there; print its claims, and how one travelled."""
    from sayso.cli._joining import join_rest  # noqa: PLC0415  what joins: not for --article
    from sayso.cli._trace_page import TracePage  # noqa: PLC0415  the same
    from sayso.cli.claims import claims  # noqa: PLC0415  a command; it builds on this package's options

    console = make_console(no_color=False)
    console.print()
    _print_words(console, BEFORE_CASE.format(case=CASE))
    console.print()
    if not Path(CASE).exists():
        Ledger.create(CASE).close()
    with open_ledger(CASE) as ledger, resources.as_file(find_folder()) as folder:
        tell_all(
            lambda expect: ledger.add([str(folder)], expect=expect),
            as_json=False,
            quiet=False,
        )
        join_rest(ledger)
        console.print()
        _print_words(console, BEFORE_CLAIMS)
        claims(
            ["--case", CASE, "--limit", str(WIDEST_CLAIMS)],
            standalone_mode=False,
            help_option_names=["-h", "--help"],
        )
        with ledger.look() as lists:
            number = _find_told(lists)
            if number is not None:
                _print_words(console, BEFORE_TRACE.format(claim=number))
                TracePage(console, has_why=False).print(lists.trace(number))
        _print_words(console, AFTER_CASE.format(claim=number or "C1"))
        console.print()


def _find_told(lists: Lists) -> str | None:
    """Return the number of the claim whose way is shown: the most widely told one in which some words stand."""
    rows = lists.claims(Filter(text=TOLD), ClaimOrder.OUTLETS, limit=1, once=True).rows
    return next((f"C{row.claim.number}" for row in rows if row.claim is not None), None)


def find_folder() -> Traversable:
    """Return the folder of the invented articles."""
    return resources.files(__package__).joinpath(FOLDER)


def _list_articles() -> list[Traversable]:
    return sorted(find_folder().iterdir(), key=lambda article: article.name)


def _print_words(console: Console, words: str) -> None:
    width = min(console.width, WIDEST_WORDS)
    lines = lay_out(console, width, MARGIN, [(0, [Block(Text(words))])])
    console.print(Text("\n").join(lines), soft_wrap=True)
