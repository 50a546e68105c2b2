"""``python -m sayso.cli.picture FILE.svg``: the first lines of the demo's page as a picture for the README.

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
from sayso.cli._wish import Wish

if TYPE_CHECKING:
    from sayso.records import Reading

WIDTH: Final = 100
LINES: Final = 50
FONT_FACE: Final = re.compile(r"@font-face\s*\{.*?\}", re.DOTALL)
FONT: Final = "ui-monospace, SFMono-Regular, Menlo, Consolas, DejaVu Sans Mono, monospace"
# Ink on paper; the sixteen colours of a terminal are not used.
PAPER: Final = TerminalTheme((252, 251, 248), (38, 38, 38), [(0, 0, 0)] * 8, [(0, 0, 0)] * 8)


def draw(reading: Reading, *, width: int = WIDTH, n_lines: int = LINES) -> str:
    """Return the first lines of a page as SVG."""
    page = io.StringIO()
    Page(Console(file=page, width=width, force_terminal=True, color_system="truecolor", _environ={})).print(reading)
    lines = page.getvalue().splitlines()[:n_lines]
    recorder = Console(record=True, width=width, file=io.StringIO(), _environ={})
    recorder.print(Text.from_ansi("\n".join(lines)), no_wrap=True, highlight=False)
    svg = recorder.export_svg(title="sayso read article.html", theme=PAPER, unique_id="sayso")
    return FONT_FACE.sub("", svg).replace("Fira Code, monospace", FONT)


def main(target: str) -> None:
    """Read the demo's article and write the picture."""
    rooms = _rooms.open_rooms(Wish())
    with resources.as_file(find_folder().joinpath(ARTICLE)) as path:
        (reading,) = rooms.read_many(rooms.load(str(path)))
    Path(target).parent.mkdir(parents=True, exist_ok=True)
    Path(target).write_text(draw(reading), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
