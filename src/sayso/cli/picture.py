"""``python -m sayso.cli.picture FILE.svg [CASE CLAIM]``: real output as a picture for the README.

Without a case it is the first lines of the demo's article, read; with one, how one of its claims travelled.

The picture is real output. It names no font from outside: it is drawn in whatever fixed-width font its reader has.
"""

from __future__ import annotations

import io
import re
import sys
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from sayso.cli import _rooms
from sayso.cli._demo import ARTICLE, find_folder
from sayso.cli._page import Page
from sayso.cli._trace_page import TracePage
from sayso.cli._wish import Wish
from sayso.ledger.case import Ledger

if TYPE_CHECKING:
    from collections.abc import Callable

    from sayso.records import Reading, Trace

WIDTH: Final = 100
LINES: Final = 50
FONT_FACE: Final = re.compile(r"@font-face\s*\{.*?\}", re.DOTALL)
FONT: Final = "ui-monospace, SFMono-Regular, Menlo, Consolas, DejaVu Sans Mono, monospace"
# Ink on paper; the sixteen colours of a terminal are not used.
PAPER: Final = TerminalTheme((252, 251, 248), (38, 38, 38), [(0, 0, 0)] * 8, [(0, 0, 0)] * 8)


def draw(reading: Reading, *, width: int = WIDTH, n_lines: int = LINES) -> str:
    """Return the first lines of a reading's page as SVG."""
    return _draw(lambda console: Page(console).print(reading), "sayso read article.html", width, n_lines)


def draw_trace(trace: Trace, *, width: int = WIDTH, n_lines: int = LINES) -> str:
    """Return the first lines of a trace's page as SVG."""
    title = f"sayso trace C{trace.line.number}"
    return _draw(lambda console: TracePage(console, has_why=False).print(trace), title, width, n_lines)


def _draw(print_page: Callable[[Console], None], title: str, width: int, n_lines: int) -> str:
    page = io.StringIO()
    print_page(Console(file=page, width=width, force_terminal=True, color_system="truecolor", _environ={}))
    lines = page.getvalue().splitlines()[:n_lines]
    recorder = Console(record=True, width=width, file=io.StringIO(), _environ={})
    recorder.print(Text.from_ansi("\n".join(lines)), no_wrap=True, highlight=False)
    svg = recorder.export_svg(title=title, theme=PAPER, unique_id="sayso")
    return FONT_FACE.sub("", svg).replace("Fira Code, monospace", FONT)


def main(target: str, case: str | None = None, claim: str = "") -> None:
    """Write the picture: of the demo's article, read; of a claim of a case, how it travelled."""
    if case is not None:
        with Ledger.open(case) as ledger, ledger.look() as lists:
            _write(target, draw_trace(lists.trace(claim)))
        return
    rooms = _rooms.open_rooms(Wish())
    with resources.as_file(find_folder().joinpath(ARTICLE)) as path:
        (reading,) = rooms.read_many(rooms.load(str(path)))
    _write(target, draw(reading))


def _write(target: str, picture: str) -> None:
    Path(target).parent.mkdir(parents=True, exist_ok=True)
    Path(target).write_text(picture, encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
