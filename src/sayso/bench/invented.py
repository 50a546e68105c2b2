"""Invented articles in any number, for measures that are about keeping and not about reading well."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PLACES = ("Port Ellery", "Callan", "Dorn", "Vessen", "Harrow", "Tessel", "Marrick", "Oslund")
PEOPLE = ("Ida Marlow", "Jonas Wrede", "Lena Harsk", "Pavel Ostrin", "Brana Dostal", "Emil Stroud", "Dara Quill")
OFFICES = ("mayor", "harbour master", "chief engineer", "school inspector", "fire chief", "council clerk")
OUTLETS = ("The Harbour Post", "Coast Wire", "Radio Tessel", "Northwire", "Lorvenia Today")
DEEDS = (
    "the ferry line would close in March",
    "at least {n} boats had been moved before the storm",
    "about {n} families were still without water",
    "the bridge would be mended by the end of May",
    "{n} of the lamps on the quay had been broken",
    "the old mill had not been sold",
)


def iter_articles(count: int, *, sentences: int = 8) -> Iterator[tuple[str, str]]:
    """Yield the file name and the text of each of so many different articles; always the same ones."""
    for number in range(count):
        dice = random.Random(number)  # noqa: S311  no secret hangs on it
        place = dice.choice(PLACES)
        lines = [f"{place} council hears of plan {number}", ""]
        dateline = f"{place.upper()}, March {1 + number % 28}, 2024 ({dice.choice(OUTLETS)}) - "
        for turn in range(sentences):
            who, deed = dice.choice(PEOPLE), dice.choice(DEEDS).format(n=dice.randrange(3, 400))
            verb = dice.choice(("said", "denied", "told reporters", "confirmed", "warned"))
            that = "" if verb == "told reporters" else "that "
            office = dice.choice(OFFICES)
            lines += [f"{dateline if not turn else ''}The {office}, {who}, {verb} {that}{deed}.", ""]
        yield f"article-{number:04}.txt", "\n".join(lines)


def write_articles(folder: Path, count: int) -> list[Path]:
    """Write so many articles into a folder and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, text in iter_articles(count):
        path = folder / name
        path.write_text(text, encoding="utf-8")
        paths.append(path)
    return paths
