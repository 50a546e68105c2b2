"""How long it takes to join sources across documents, and how that grows with their number. All names are invented."""

from __future__ import annotations

import math
import random
import time
from typing import TYPE_CHECKING, Final

import click

from sayso.corroborate.parties import PartyIndex
from sayso.records import Appearance, Kind, Naming, Source

if TYPE_CHECKING:
    from collections.abc import Sequence

SIZES: Final = (1_000, 10_000, 100_000)
PER_DOCUMENT: Final = 5
ADDED: Final = 200
SYLLABLES: Final = tuple(a + b + c for a in "bdfgklmnprstvz" for b in "aeiou" for c in ("", "", "r", "n", "l", "s"))
BODIES: Final = ("Ministry of Health", "Police", "University", "Bank", "Council", "Union", "Institute", "Foundation")
ROLES: Final = (None, None, "mayor", "minister", "president")
# Of so many sources as many parties: vocabularies of names grow so with the text, by Heaps' law.
HEAPS: Final = 0.75


def make_appearances(count: int, *, seed: int = 0) -> list[Appearance]:
    """Return invented sources in invented documents: full names, slips, initials, surnames alone, descriptions."""
    draw = random.Random(seed)  # noqa: S311 (no secret hangs on it)

    def word(least: int) -> str:
        return "".join(draw.choice(SYLLABLES) for _ in range(draw.randint(least, 3))).title()

    parties = max(20, int(4 * count**HEAPS))
    given = [word(1) + draw.choice("aeo") for _ in range(400)]
    people = [(draw.choice(given), word(2)) for _ in range(parties)]
    bodies = [f"{word(2)} {draw.choice(BODIES)}" for _ in range(parties)]
    made = []
    for number in range(count):
        kind, naming, sort = Kind.PERSON, Naming.NAMED, draw.random()
        if sort < 0.5:  # noqa: PLR2004 (half of the sources are persons with a name)
            first, last = people[min(int(draw.paretovariate(0.6)) - 1, parties - 1)]
            slip = last[:-1] + draw.choice("aeiounrs")
            name = draw.choices((f"{first} {last}", last, f"{first[0]}. {last}", f"{first} {slip}"), (80, 8, 6, 6))[0]
        elif sort < 0.8:  # noqa: PLR2004 (three of ten are bodies)
            name, kind = bodies[min(int(draw.paretovariate(0.6)) - 1, parties - 1)], Kind.ORGANISATION
        else:
            name, naming = "a senior official", Naming.DESCRIBED
        source = Source(id=f"src-{number:08}", name=name, kind=kind, naming=naming, role=draw.choice(ROLES))
        document = number // PER_DOCUMENT
        made.append(
            Appearance(
                source=source,
                document=f"doc-{document}",
                outlet=f"Outlet {draw.randrange(60)}",
                topics=(f"story-{document // 20}",),
            )
        )
    return made


def measure_growth(sizes: Sequence[int]) -> list[tuple[int, float, float, float, int]]:
    """Return for each size: seconds to join, median and worst milliseconds to add a document, parties."""
    found = []
    for size in sizes:
        appearances = make_appearances(size + ADDED * PER_DOCUMENT)
        index, begin = PartyIndex(), time.process_time()
        index.add(appearances[:size])
        count = len(index.parties())
        seconds = time.process_time() - begin
        added = []
        for start in range(size, size + ADDED * PER_DOCUMENT, PER_DOCUMENT):
            begin = time.process_time()
            index.add(appearances[start : start + PER_DOCUMENT])
            added.append(1000 * (time.process_time() - begin))
        found.append((size, seconds, sorted(added)[len(added) // 2], max(added), count))
    return found


@click.command("parties")
@click.option("--sizes", default=",".join(map(str, SIZES)), show_default=True, help="How many sources, comma between.")
def parties_command(*, sizes: str) -> None:
    """Measure how long joining sources takes, how it grows, and what one more document costs."""
    found = measure_growth([int(size) for size in sizes.split(",")])
    for size, seconds, median, worst, count in found:
        click.echo(
            f"{size:>8} sources: {seconds:7.2f} CPU-s, {count} parties; one more document "
            f"({PER_DOCUMENT} sources): median {median:.1f} ms, worst {worst:.1f} ms"
        )
    if len(found) > 1:
        (first, begin, *_), (last, end, *_) = found[0], found[-1]
        exponent = math.log(max(end, 1e-9) / max(begin, 1e-9)) / math.log(last / first)
        click.echo(f"time grows with the number of sources to the power of {exponent:.2f}")
