"""``python -m sayso.bench shelves``: what one more document costs an engine on the shelves of a case, and in memory.

Composed articles (as for the growth of copies) go into the index of copies, the index of stories and the boilerplate
of their outlets. Before each step some are added one by one as a process would that adds a single article: the case is
opened afresh, the engines are made anew, and one write block is committed. The rest is filled in by large blocks.
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
from sayso.store.sqlite import create_case, open_case

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sayso.bench.corpora import Article
    from sayso.corroborate.shelves import Shelves
    from sayso.records import Document

    Engines = tuple[Boilerplate, Index, StoryIndex]

STEPS = (1_000, 3_000, 10_000, 30_000, 100_000)
TIMED, BLOCK = 50, 500
OUTLETS = 100
MILLI = 1000
AT = "2026-01-01T00:00:00Z"
SIZES = (
    "SELECT name, count(*), sum(length(key) + length(data)) FROM held JOIN shelves ON number = shelf"
    " GROUP BY name ORDER BY 3 DESC"
)
PARTS = ("boilerplate", "copies", "stories", "commit")
HEADER = (
    f"{'documents':>10} {' '.join(f'{part:>11}' for part in PARTS)} {'all ms':>8} {'elapsed ms':>11} {'kB each':>8}"
)


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
    with closing(open_case(path)) as store:
        began = time.perf_counter()
        with store.write() as writer:
            parts = add_document(make_engines(writer, common_words), document)
            start = time.process_time()
        commit = MILLI * (time.process_time() - start)
        return *parts, commit, MILLI * (time.perf_counter() - began)


def fill_file(path: Path, documents: Iterable[Document], common_words: Sequence[str]) -> None:
    """Add documents in one write block."""
    with closing(open_case(path)) as store, store.write() as writer:
        engines = make_engines(writer, common_words)
        for document in documents:
            add_document(engines, document)


def measure_file(
    path: Path, articles: Sequence[Article], common_words: Sequence[str], most: int, stop: float
) -> Iterator[Row]:
    """Yield at each step, until the time is up, what one document costs on shelves and how large they are."""
    done, documents = 0, compose_documents(articles, most)
    for step in (*(step for step in STEPS if step < most), most):
        while done < step - TIMED:
            if time.process_time() > stop:
                break
            block = list(islice(documents, min(BLOCK, step - TIMED - done)))
            fill_file(path, block, common_words)
            done += len(block)
        costs = [add_alone(path, document, common_words) for document in islice(documents, TIMED)]
        done += len(costs)
        yield Row(done, medians(costs), path.stat().st_size / done)
        if done < step:
            return


def measure_memory(documents: Iterator[Document], common_words: Sequence[str], stop: float) -> Iterator[Row]:
    """Yield at each step, until the time is up, what one document costs in memory and how much memory was taken."""
    engines, before = make_engines(None, common_words), peak_memory_mb() or 0.0
    costs: list[tuple[float, ...]] = []

    def measure() -> Row:
        return Row(len(costs), medians(costs[-TIMED:]), 1e6 * ((peak_memory_mb() or before) - before) / len(costs))

    for document in documents:
        began = time.perf_counter()
        costs.append((*add_document(engines, document), 0.0, MILLI * (time.perf_counter() - began)))
        if len(costs) in STEPS:
            yield measure()
        if time.process_time() > stop:
            break
    if costs and len(costs) not in STEPS:
        yield measure()


def medians(costs: Sequence[tuple[float, ...]]) -> tuple[float, ...]:
    """Return the median of each part."""
    return tuple(map(statistics.median, zip(*costs, strict=True)))


def show_row(row: Row) -> str:
    """Return a row as a line."""
    *parts, elapsed = row.costs
    shown = " ".join(f"{part:>11.1f}" for part in parts)
    return f"{row.documents:>10,} {shown} {sum(parts):>8.1f} {elapsed:>11.1f} {row.size_each / 1000:>8.1f}"


@click.command("shelves")
@click.option(
    "--most", default=100_000, type=click.IntRange(min=1), show_default=True, help="How many documents at most."
)
@click.option("--minutes", default=5.0, show_default=True, help="CPU minutes after which each of the two forms stops.")
@click.option("--form", type=click.Choice(["memory", "file"]), help="One of the two forms alone.")
@click.option("--folder", type=click.Path(path_type=Path, file_okay=False), help="Where the file is made.")
def shelves_command(*, most: int, minutes: float, form: str | None, folder: Path | None) -> None:
    """Measure what one more document costs on the shelves of a case, and in memory."""
    articles, common_words = load_originals(require_shared())[0], load_common_words()
    click.echo(f"medians of {TIMED} documents, CPU time; kB each: of the file, or of memory")
    if form != "file":
        click.echo(f"\nin memory\n{HEADER}")
        documents = compose_documents(articles, most)
        for row in measure_memory(documents, common_words, time.process_time() + 60 * minutes):
            click.echo(show_row(row))
    if form == "memory":
        return
    with tempfile.TemporaryDirectory(dir=folder) as made:
        path = Path(made) / "case.sayso"
        create_case(path, name="shelves", at=AT).close()
        click.echo(f"\non shelves, each document by itself\n{HEADER}")
        for row in measure_file(path, articles, common_words, most, time.process_time() + 60 * minutes):
            click.echo(show_row(row))
        with closing(sqlite3.connect(path)) as connection:
            for name, count, size in connection.execute(SIZES):
                click.echo(f"{name:<24} {count:>11,} {size:>14,} bytes")
