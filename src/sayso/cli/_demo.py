"""The invented article, and the words around its reading."""

from __future__ import annotations

from importlib import resources
from typing import Final

from rich.text import Text

from sayso.cli import _rooms
from sayso.cli._layout import Block, lay_out
from sayso.cli._page import MARGIN, Page, make_console
from sayso.cli._print import print_bytes
from sayso.cli._wish import Wish

ARTICLE: Final = "demo_article.html"
WIDEST_WORDS: Final = 100

BEFORE: Final = (
    "This is an invented article, read. Each numbered row is something that the article ascribes to somebody: who, "
    "through whom it reached the page, what they do with it, the words themselves. Sayso does not say what is true; "
    "look at how few legs the headline stands on."
)
AFTER: Final = (
    "Hold it against the article itself: sayso demo --article > depot.html. Then try one of your own: save a page "
    "from your browser and type sayso read page.html, or sayso read --json page.html for all that was read."
)


def print_demo_article() -> None:
    """Print the invented article as HTML."""
    print_bytes(resources.files(__package__).joinpath(ARTICLE).read_bytes())


def print_demo(*, offsets: bool, no_color: bool) -> None:
    """Read the invented article and print the page, with a few sentences around it."""
    page = Page(make_console(no_color=no_color), has_offsets=offsets)
    rooms = _rooms.open_rooms(Wish())
    with resources.as_file(resources.files(__package__).joinpath(ARTICLE)) as path:
        (doc,) = rooms.load(str(path))
    page.console.print()
    _print_words(page, BEFORE)
    for reading in rooms.read_many([doc]):
        page.print(reading)
    _print_words(page, AFTER)
    page.console.print()


def _print_words(page: Page, words: str) -> None:
    lines = lay_out(page.console, min(page.width, WIDEST_WORDS), MARGIN, [(0, [Block(Text(words))])])
    page.console.print(Text("\n").join(lines), soft_wrap=True)
