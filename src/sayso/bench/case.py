"""``python -m sayso.bench case``: how long lists and searches of a large case take.

The case is made of invented readings (`synthetic_case`). Every query runs several times, warm; of each the median and
the 95th percentile are shown, and the slowest query decides.
"""

from __future__ import annotations

import json
import math
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

import click

from sayso.bench.synthetic_case import load_vocabulary, make_captured, make_reading
from sayso.bench.synthetic_story import DOCUMENTS, make_story
from sayso.ids import story_id
from sayso.records import (
    ArticleOrder,
    Certainty,
    ClaimOrder,
    Endorsement,
    Filter,
    Judged,
    Kind,
    Naming,
    QuantityRange,
    SourceOrder,
    Stance,
)
from sayso.store.sqlite import create_case, open_case

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sayso.records import Reading
    from sayso.store.base import View
    from sayso.store.sqlite import SqliteStore

    Query = Callable[[View], int]

AT = "2026-01-01T00:00:00Z"
BLOCK = 500
VERSION_EVERY = 30
PAGE, HITS = 50, 20
GOAL_MS = 100.0


@dataclass(frozen=True, slots=True)
class Timed:
    """How long a query took.

    Attributes:
        query: What was asked.
        total: How many there were.
        p50_ms: The median.
        p95_ms: The 95th percentile.
        cpu_ms: The median of the processor time, which others who keep the machine busy do not lengthen much.
    """

    query: str
    total: int
    p50_ms: float
    p95_ms: float
    cpu_ms: float


def build_case(path: Path, documents: int) -> tuple[SqliteStore, float]:
    """Return a new case of so many documents, and how many seconds keeping them took (inventing them aside).

    What is found about their stories is kept besides.
    """
    store = create_case(path, name="invented", at=AT)
    kept_s = 0.0
    with click.progressbar(range(0, documents, BLOCK), label="building the case") as blocks:
        for first in blocks:
            readings = _make_block(first, documents)
            began = time.perf_counter()
            with store.write() as writer:
                for reading in readings:
                    captured = make_captured(reading, warc=b"")
                    writer.add_capture(captured, at=AT)
                    writer.add_document(reading.document, captured.capture.id, at=AT)
                    writer.add_reading(reading, at=AT)
            kept_s += time.perf_counter() - began
            with store.write() as writer:
                for story in _gather_stories(readings):
                    writer.put_findings(*make_story(story, writer.take_claim_numbers))
    return store, kept_s


def time_findings(store: SqliteStore, documents: int, repeats: int) -> list[float]:
    """Return how many milliseconds keeping what was found about a story takes, each in a block of its own, sorted."""
    stories = _gather_stories(_make_block(0, documents))
    took = []
    for number in range(repeats):
        # From the last on, all its claims under new numbers: the queries ask for the first.
        with store.write() as writer:
            made = make_story(stories[-1 - number % len(stories)], writer.take_claim_numbers)
        began = time.perf_counter()
        with store.write() as writer:
            writer.put_findings(*made)
        took.append((time.perf_counter() - began) * 1_000)
    return sorted(took)


def _make_block(first: int, documents: int) -> list[Reading]:
    """Return the readings that are added together, of which this is the first number."""
    return _link_versions([make_reading(number) for number in range(first, min(first + BLOCK, documents))])


def _gather_stories(readings: Sequence[Reading]) -> list[list[Reading]]:
    """Return the readings of one event each; older versions are in none."""
    older = {reading.document.supersedes for reading in readings}
    current = [reading for reading in readings if reading.document.id not in older]
    return [current[start : start + DOCUMENTS] for start in range(0, len(current), DOCUMENTS)]


def _link_versions(readings: list[Reading]) -> list[Reading]:
    """Return the readings; every so many of them is of the newer version of the article before."""
    for place in range(VERSION_EVERY - 1, len(readings), VERSION_EVERY):
        reading, older = readings[place], readings[place - 1].document.id
        readings[place] = replace(reading, document=replace(reading.document, supersedes=older))
    return readings


def list_queries() -> dict[str, Query]:
    """Return queries of every kind, by what they ask."""
    return _list_claim_queries() | _list_told_queries() | _list_other_queries()


def _list_claim_queries() -> dict[str, Query]:
    known = load_vocabulary()
    common, rare = known.words[0], known.words[-20]
    every, denied = Filter(), (Stance.DENIES,)

    labels = Filter(
        stance=(Stance.DENIES, Stance.ASSERTS), certainty=(Certainty.POSSIBLE,), endorsement=(Endorsement.DISTANCED,)
    )
    month = Filter(since="2019-03", until="2019-03")
    everything = Filter(outlet="courier", since="2018", party="a", place="a", kind=(Kind.PERSON,), stance=denied)
    two_words = f"{known.words[3]} {known.words[30]}"
    return {
        "claims": _claims(every),
        "claims, older versions, too": _claims(Filter(with_superseded=True)),
        "claims, page 200": _claims(every, page=200),
        "claims by confidence": _claims(every, ClaimOrder.CONFIDENCE),
        "claims by source": _claims(every, ClaimOrder.SOURCE),
        "claims by outlet": _claims(every, ClaimOrder.OUTLET),
        "claims as added": _claims(every, ClaimOrder.ADDED),
        "claims denied": _claims(Filter(stance=denied)),
        "claims by three labels": _claims(labels),
        "claims of vague sources by confidence": _claims(Filter(naming=(Naming.VAGUE,)), ClaimOrder.CONFIDENCE),
        "claims of one outlet, part of its name": _claims(Filter(outlet=known.outlets[40].split()[1][:5])),
        "claims of one month": _claims(month),
        "claims of one month denied by confidence": _claims(replace(month, stance=denied), ClaimOrder.CONFIDENCE),
        "claims of a party, common": _claims(Filter(party=known.people[2])),
        "claims of a party, rare, part of its name": _claims(Filter(party=known.people[-50].split()[1])),
        "claims of a party, two letters": _claims(Filter(party="an")),
        "claims at a place": _claims(Filter(place=known.places[5])),
        "claims at a place, two letters, by source": _claims(Filter(place="el"), ClaimOrder.SOURCE),
        "claims of at least 100,000 USD": _claims(Filter(quantity=QuantityRange(low="100000", unit="USD"))),
        "claims of any figure from 10 to 20": _claims(Filter(quantity=QuantityRange(low="10", high="20"))),
        "claims, everything at once": _claims(everything, ClaimOrder.CONFIDENCE),
        "claims judged": _claims(Filter(judged=(Judged.CORRECTED,))),
        "claims to check": _claims(Filter(low_only=True), ClaimOrder.CONFIDENCE),
        "claims with a rare word": _claims(Filter(text=rare)),
        "claims with the commonest word": _claims(Filter(text=common)),
        "claims with the commonest word by confidence": _claims(Filter(text=common), ClaimOrder.CONFIDENCE),
        "claims denied with the commonest word": _claims(Filter(text=common, stance=denied)),
        "claims with two words": _claims(Filter(text=two_words)),
    }


def _list_told_queries() -> dict[str, Query]:
    """Return queries about what rows' claims have in all documents, and lists with each claim once."""
    known = load_vocabulary()
    common, rare = known.words[0], known.words[-20]
    every, denied = Filter(), (Stance.DENIES,)
    weak, spread, disputed = Filter(origins_most=1), Filter(outlets_least=4), Filter(disputed_only=True)
    story = Filter(story=story_id(document=make_reading(0).document.id))
    everything = Filter(outlet="courier", since="2018", origins_most=1, outlets_least=2, disputed_only=True)
    return {
        "claims by origins": _claims(every, ClaimOrder.ORIGINS),
        "claims by outlets": _claims(every, ClaimOrder.OUTLETS),
        "claims by tellings, page 200": _claims(every, ClaimOrder.TELLINGS, page=200),
        "claims of at most one origin": _claims(weak),
        "claims of at least four outlets by confidence": _claims(spread, ClaimOrder.CONFIDENCE),
        "claims disputed": _claims(disputed),
        "one claim": _claims(Filter(claim=1)),
        "claims of one story": _claims(story),
        "once": _claims(every, once=True),
        "once, page 200": _claims(every, page=200, once=True),
        "once, reversed": _claims(every, once=True, reverse=True),
        "once by confidence": _claims(every, ClaimOrder.CONFIDENCE, once=True),
        "once by source": _claims(every, ClaimOrder.SOURCE, once=True),
        "once by outlet, reversed": _claims(every, ClaimOrder.OUTLET, once=True, reverse=True),
        "once by origins": _claims(every, ClaimOrder.ORIGINS, once=True),
        "once by outlets": _claims(every, ClaimOrder.OUTLETS, once=True),
        "once by tellings": _claims(every, ClaimOrder.TELLINGS, once=True),
        "once, denied by origins": _claims(Filter(stance=denied), ClaimOrder.ORIGINS, once=True),
        "once, at most one origin by tellings": _claims(weak, ClaimOrder.TELLINGS, once=True),
        "once, everything at once": _claims(everything, ClaimOrder.OUTLETS, once=True),
        "once, one story": _claims(story, once=True),
        "once, a rare word": _claims(Filter(text=rare), once=True),
        "once, the commonest word": _claims(Filter(text=common), once=True),
        "once, the commonest word by origins": _claims(Filter(text=common), ClaimOrder.ORIGINS, once=True),
        "articles of one story": _articles(story),
        "articles that tell one claim": _articles(Filter(claim=1)),
        "articles with disputed claims": _articles(disputed),
        "sources of one story": _sources(story),
        "sources of disputed claims": _sources(disputed),
        "sources of claims of at most one origin": _sources(weak, SourceOrder.ARTICLES),
    }


def _list_other_queries() -> dict[str, Query]:
    known = load_vocabulary()
    common, rare = known.words[0], known.words[-20]
    every, denied = Filter(), (Stance.DENIES,)
    three_words = f"{known.words[2]} {known.words[11]} {known.words[50]}"
    return {
        "articles": _articles(every),
        "articles by claims, page 40": _articles(every, ArticleOrder.CLAIMS, page=40),
        "articles of one outlet by outlet": _articles(Filter(outlet=known.outlets[3]), ArticleOrder.OUTLET),
        "articles in which somebody denies at a place": _articles(Filter(place=known.places[1], stance=denied)),
        "articles with the commonest word": _articles(Filter(text=common)),
        "sources": _sources(every),
        "sources by articles": _sources(every, SourceOrder.ARTICLES),
        "sources by name, page 100": _sources(every, SourceOrder.NAME, page=100),
        "sources who deny since 2020": _sources(Filter(since="2020", stance=denied)),
        "sources of one outlet": _sources(Filter(outlet=known.outlets[0])),
        "search, rare word": _search(Filter(text=rare)),
        "search, the commonest word": _search(Filter(text=common)),
        "search, three words": _search(Filter(text=three_words)),
        "search, a word of one year and place": _search(
            Filter(text=known.words[9], since="2021", until="2021", place=known.places[3])
        ),
    }


def _claims(
    asked: Filter,
    order: ClaimOrder = ClaimOrder.PUBLISHED,
    *,
    page: int = 0,
    once: bool = False,
    reverse: bool = False,
) -> Query:
    offset = page * PAGE
    return lambda view: view.list_claims(asked, order, limit=PAGE, offset=offset, once=once, reverse=reverse).total


def _articles(asked: Filter, order: ArticleOrder = ArticleOrder.PUBLISHED, *, page: int = 0) -> Query:
    return lambda view: view.list_articles(asked, order, limit=PAGE, offset=page * PAGE).total


def _sources(asked: Filter, order: SourceOrder = SourceOrder.CLAIMS, *, page: int = 0) -> Query:
    return lambda view: view.list_sources(asked, order, limit=PAGE, offset=page * PAGE).total


def _search(asked: Filter) -> Query:
    return lambda view: view.search(asked, limit=HITS).total


def time_queries(store: SqliteStore, repeats: int) -> list[Timed]:
    """Return how long each query takes once it has run."""
    timed = []
    for name, query in list_queries().items():
        took, cpu, total = [], [], 0
        with store.view() as view:
            query(view)
        for _ in range(repeats):
            began, cpu_began = time.perf_counter(), time.process_time()
            with store.view() as view:
                total = query(view)
            took.append((time.perf_counter() - began) * 1_000)
            cpu.append((time.process_time() - cpu_began) * 1_000)
        took.sort()
        p95 = took[math.ceil(0.95 * len(took)) - 1]
        timed.append(Timed(name, total, took[len(took) // 2], p95, median(cpu)))
    return timed


@contextmanager
def _find_folder(folder: Path | None) -> Iterator[Path]:
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        yield folder
        return
    with tempfile.TemporaryDirectory(prefix="sayso-case-") as made:
        yield Path(made)


@click.command("case")
@click.option("--documents", default=100_000, show_default=True, help="How many articles the case has.")
@click.option("--repeats", default=20, show_default=True, help="How often each query runs.")
@click.option(
    "--folder", type=click.Path(path_type=Path, file_okay=False), help="Keep the case there, and use one that is there."
)
@click.option("--json", "json_path", type=click.Path(path_type=Path, dir_okay=False), help="Write all figures there.")
def case_command(documents: int, repeats: int, folder: Path | None, json_path: Path | None) -> None:
    """Measure lists and searches of a case of invented articles."""
    with _find_folder(folder) as place:
        path = place / f"invented-{documents}.sayso"
        figures: dict[str, Any] = {"documents": documents, "repeats": repeats}
        if path.exists():
            store = open_case(path)
        else:
            store, kept_s = build_case(path, documents)
            figures["add_ms"] = kept_s / documents * 1_000
            print(f"adding: {figures['add_ms']:.2f} ms an article, in blocks of {BLOCK}")
        figures["size_mb"] = path.stat().st_size / 1e6
        with store.view() as view:
            info = view.get_info()
        print(f"{info.n_documents:,} articles, {info.n_claims:,} claims, {figures['size_mb']:,.0f} MB")
        began = time.perf_counter()
        with store.view() as view:
            view.list_claims(Filter(), ClaimOrder.PUBLISHED, limit=PAGE)
        figures["cold_ms"] = (time.perf_counter() - began) * 1_000
        print(f"first list: {figures['cold_ms']:.0f} ms")
        timed = time_queries(store, repeats)
        took = time_findings(store, documents, repeats)
        figures["findings_ms"] = [took[len(took) // 2], took[math.ceil(0.95 * len(took)) - 1]]
        store.close()
    print(f"{'':45} {'found':>7} {'p50':>8} {'p95':>8} {'cpu':>8}   (ms)")
    for one in timed:
        print(f"{one.query:45} {one.total:7,} {one.p50_ms:8.1f} {one.p95_ms:8.1f} {one.cpu_ms:8.1f}")
    p50, p95 = figures["findings_ms"]
    print(f"what is found about a story of {DOCUMENTS}: p50 {p50:.1f} ms, p95 {p95:.1f} ms")
    worst = max(timed, key=lambda one: one.p95_ms)
    print(f"worst: {worst.p95_ms:.1f} ms ({worst.query}); the goal is {GOAL_MS:.0f}")
    figures["queries"] = {one.query: [one.total, one.p50_ms, one.p95_ms, one.cpu_ms] for one in timed}
    if json_path is not None:
        json_path.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
