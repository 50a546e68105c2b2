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

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from rich.console import Console

FOLDER: Final = "demo_case"
ARTICLE: Final = "courier-depot-fire.html"
CASE: Final = "demo.sayso"
STORY: Final = ("--text", "trained abroad", "--reverse")
"""What shows the story: how one claim goes from hand to hand."""
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
    "An invented case: eight outlets tell of one fire, over three days. Each article is preserved and read, and what is printed as added "
    "is kept in {case}."
)
BEFORE_CLAIMS: Final = (
    "What they claim of the foreign training, on whose say-so: first the agency, whose text has no date, then the "
    "oldest. The governor says it as likely to one radio station, the agency passes it on with the hedge, a reprint "
    'drops the hedge, its headline makes it a fact. This list is: sayso claims --text "trained abroad" --reverse'
)
AFTER_CASE: Final = (
    "Go on: sayso claims (all of them) · sayso claims --stance denies · sayso claims --party Marenko · sayso sources · "
    "sayso search valve · sayso review · sayso verify. Then make a case of your own: sayso new NAME, and sayso "
    "add article.html."
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
    """Build the invented case in this folder, or take up what is there, and print the claims of its story."""
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
    console.print()
    _print_words(console, BEFORE_CLAIMS)
    claims(["--case", CASE, *STORY], standalone_mode=False, help_option_names=["-h", "--help"])
    _print_words(console, AFTER_CASE)
    console.print()


def find_folder() -> Traversable:
    """Return the folder of the invented articles."""
    return resources.files(__package__).joinpath(FOLDER)


def _list_articles() -> list[Traversable]:
    return sorted(find_folder().iterdir(), key=lambda article: article.name)


def _print_words(console: Console, words: str) -> None:
    width = min(console.width, WIDEST_WORDS)
    lines = lay_out(console, width, MARGIN, [(0, [Block(Text(words))])])
    console.print(Text("\n").join(lines), soft_wrap=True)
