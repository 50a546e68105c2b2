"""``python -m sayso.bench shelves``: what one more document costs an engine on the shelves of a case, and in memory.

Composed articles (as for the growth of copies) go into the index of copies, the index of stories and the boilerplate
of their outlets. Before each step some are added one by one as a process would that adds a single article: the file is
opened afresh, the engines are made anew, and one transaction is committed. The rest is filled in by blocks.
"""

from __future__ import annotations

import sqlite3
import statistics
import tempfile
import time
from contextlib import closing
from dataclasses import replace
from itertools import islice, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from sayso.bench.child import peak_memory_mb
from sayso.bench.composed_copies import load_originals
from sayso.bench.copies_composed import make_document
from sayso.bench.copies_growth import compose_articles
from sayso.bench.corpora import require_shared
from sayso.corroborate.boilerplate import Boilerplate
from sayso.corroborate.candidates import Index
from sayso.corroborate.stories import StoryIndex
from sayso.encoder.word_list import load_common_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sayso.bench.corpora import Article
    from sayso.corroborate.shelves import Shelves
    from sayso.records import Document

    Engines = tuple[Boilerplate, Index, StoryIndex]

STEPS = (1_000, 3_000, 10_000, 30_000, 100_000)
TIMED, BLOCK = 50, 100
OUTLETS = 100
MILLI = 1000
# As a case's file is made and opened.
TABLES = (
    "CREATE TABLE shelves (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT",
    "CREATE TABLE held (shelf INTEGER, key BLOB, data BLOB, PRIMARY KEY (shelf, key)) STRICT, WITHOUT ROWID",
)
NUMBER = "INSERT INTO shelves (name) VALUES (?) ON CONFLICT (name) DO UPDATE SET name = name RETURNING number"
SIZES = (
    "SELECT name, count(*), sum(length(key) + length(data)) FROM held JOIN shelves ON number = shelf"
    " GROUP BY name ORDER BY 3 DESC"
)
PRAGMAS = ("journal_mode = WAL", "secure_delete = ON", "synchronous = FULL", "cache_size = -32768")
KEYS = 250
FIND = f"SELECT key, data FROM held WHERE shelf = ? AND key IN ({', '.join('?' * KEYS)})"  # noqa: S608  marks alone
FIND_ONE = "SELECT key, data FROM held WHERE shelf = ? AND key = ?"
HOLD = "INSERT INTO held VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET data = excluded.data"
PARTS = ("boilerplate", "copies", "stories", "commit")
HEADER = (
    f"{'documents':>10} {' '.join(f'{part:>11}' for part in PARTS)} {'all ms':>8} {'elapsed ms':>11} {'kB each':>8}"
)


class FileShelves:
    """Shelves in an SQLite file, as a case keeps them."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Work on a file that has the table."""
        self._connection = connection
        self._shelves: dict[str, int] = {}

    def find_held(self, shelf: str, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        """Return what is held on a shelf under these keys; keys that are not there are left out."""
        number, wanted = self._number(shelf), list(dict.fromkeys(keys))
        batched = len(wanted) - len(wanted) % KEYS
        found: dict[bytes, bytes] = {}
        for start in range(0, batched, KEYS):
            found.update(self._connection.execute(FIND, (number, *wanted[start : start + KEYS])))
        for key in wanted[batched:]:
            found.update(self._connection.execute(FIND_ONE, (number, key)))
        return found

    def hold(self, shelf: str, items: Mapping[bytes, bytes | None]) -> None:
        """Hold these values under their keys, in place of what was there; None takes a key away."""
        number = self._number(shelf)
        gone = [(number, key) for key, data in items.items() if data is None]
        self._connection.executemany("DELETE FROM held WHERE shelf = ? AND key = ?", gone)
        self._connection.executemany(HOLD, [(number, key, data) for key, data in items.items() if data is not None])

    def _number(self, shelf: str) -> int:
        """Return the number of a shelf, a new one for a new shelf."""
        if shelf not in self._shelves:
            self._shelves[shelf] = self._connection.execute(NUMBER, (shelf,)).fetchone()[0]
        return self._shelves[shelf]


class Row(NamedTuple):
    """What one document costs when there are so many.

    Attributes:
        documents: How many there are.
        costs: Milliseconds of CPU time of each part, then those that went by.
        size_each: Bytes that one document takes.
    """

    documents: int
    costs: tuple[float, ...]
    size_each: float


def open_file(path: Path) -> sqlite3.Connection:
    """Return a connection to a file of shelves, made where there is none."""
    is_new = not path.exists()
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    if is_new:
        for table in TABLES:
            connection.execute(table)
    return connection


def compose_documents(articles: Sequence[Article], count: int) -> Iterator[Document]:
    """Yield so many composed documents of a hundred outlets; each ends with a paragraph that is its outlet's."""
    for number, text in enumerate(compose_articles(articles, count)):
        outlet = f"Outlet {number % OUTLETS}"
        half = text.find(" ", len(text) // 2)
        whole = f"{text[:half]}\n\n{text[half + 1 :]}\n\nThis is the {outlet}, printed daily but for Sundays."
        yield replace(make_document(str(number), whole), outlet=outlet)


def add_document(engines: Engines, document: Document) -> tuple[float, ...]:
    """Add a document to all engines and return the milliseconds of CPU time of each."""
    boilerplate, copies, stories = engines
    times = [time.process_time()]
    boilerplate.add(document)
    stretches = boilerplate.find(document)
    times.append(time.process_time())
    copies.add(document, boilerplate=stretches)
    times.append(time.process_time())
    stories.add(document)
    times.append(time.process_time())
    return tuple(MILLI * (end - start) for start, end in pairwise(times))


def make_engines(shelves: Shelves | None, common_words: Sequence[str]) -> Engines:
    """Return the engines on shelves, or in memory."""
    return Boilerplate(shelves), Index(shelves), StoryIndex(common_words, shelves=shelves)


def add_alone(path: Path, document: Document, common_words: Sequence[str]) -> tuple[float, ...]:
    """Add a document as a process would that adds this one alone; return what each part took, and what went by."""
    with closing(open_file(path)) as connection:
        began = time.perf_counter()
        connection.execute("BEGIN IMMEDIATE")
        parts = add_document(make_engines(FileShelves(connection), common_words), document)
        start = time.process_time()
        connection.execute("COMMIT")
        commit = MILLI * (time.process_time() - start)
        return *parts, commit, MILLI * (time.perf_counter() - began)


def fill_file(path: Path, documents: Iterable[Document], common_words: Sequence[str]) -> None:
    """Add documents in one transaction."""
    with closing(open_file(path)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        engines = make_engines(FileShelves(connection), common_words)
        for document in documents:
            add_document(engines, document)
        connection.execute("COMMIT")


def measure_file(path: Path, documents: Iterator[Document], common_words: Sequence[str], stop: float) -> Iterator[Row]:
    """Yield at each step, until the time is up, what one document costs on shelves and how large they are."""
    done = 0
    for step in STEPS:
        while done < step - TIMED:
            block = list(islice(documents, min(BLOCK, step - TIMED - done)))
            if not block or time.process_time() > stop:
                break
            fill_file(path, block, common_words)
            done += len(block)
        costs = [add_alone(path, document, common_words) for document in islice(documents, TIMED)]
        if not costs:
            return
        done += len(costs)
        yield Row(done, medians(costs), path.stat().st_size / done)
        if done < step:
            return


def measure_memory(documents: Iterator[Document], common_words: Sequence[str], stop: float) -> Iterator[Row]:
    """Yield at each step, until the time is up, what one document costs in memory and how much memory was taken."""
    engines, before = make_engines(None, common_words), peak_memory_mb() or 0.0
    costs: list[tuple[float, ...]] = []
    for done, document in enumerate(documents, start=1):
        began = time.perf_counter()
        costs.append((*add_document(engines, document), 0.0, MILLI * (time.perf_counter() - began)))
        is_last = time.process_time() > stop
        if done in STEPS or is_last:
            yield Row(done, medians(costs[-TIMED:]), 1e6 * ((peak_memory_mb() or before) - before) / done)
        if is_last:
            return


def medians(costs: Sequence[tuple[float, ...]]) -> tuple[float, ...]:
    """Return the median of each part."""
    return tuple(map(statistics.median, zip(*costs, strict=True)))


def show_row(row: Row) -> str:
    """Return a row as a line."""
    *parts, elapsed = row.costs
    shown = " ".join(f"{part:>11.1f}" for part in parts)
    return f"{row.documents:>10,} {shown} {sum(parts):>8.1f} {elapsed:>11.1f} {row.size_each / 1000:>8.1f}"


@click.command("shelves")
@click.option("--most", default=100_000, show_default=True, help="How many documents at most.")
@click.option("--minutes", default=5.0, show_default=True, help="CPU minutes after which each of the two forms stops.")
@click.option("--folder", type=click.Path(path_type=Path, file_okay=False), help="Where the file is made.")
def shelves_command(*, most: int, minutes: float, folder: Path | None) -> None:
    """Measure what one more document costs on the shelves of a case, and in memory."""
    articles, common_words = load_originals(require_shared())[0], load_common_words()
    click.echo(f"medians of {TIMED} documents, CPU time; kB each: of the file, or of memory\n\nin memory\n{HEADER}")
    documents = compose_documents(articles, most)
    for row in measure_memory(documents, common_words, time.process_time() + 60 * minutes):
        click.echo(show_row(row))
    with tempfile.TemporaryDirectory(dir=folder) as made:
        path = Path(made) / "shelves.sqlite"
        click.echo(f"\non shelves, each document by itself\n{HEADER}")
        documents = compose_documents(articles, most)
        for row in measure_file(path, documents, common_words, time.process_time() + 60 * minutes):
            click.echo(show_row(row))
        with closing(open_file(path)) as connection:
            click.echo(
                "\n"
                + "\n".join(f"{name:<26} {n:>10,} {size:>13,} bytes" for name, n, size in connection.execute(SIZES))
            )
