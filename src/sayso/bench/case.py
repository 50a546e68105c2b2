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
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sayso.bench.synthetic_case import load_vocabulary, make_captured, make_reading
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
    from collections.abc import Callable, Iterator

    from sayso.store.base import View
    from sayso.store.sqlite import SqliteStore

AT = "2026-01-01T00:00:00Z"
BLOCK = 500
PAGE = 50
GOAL_MS = 100.0


@dataclass(frozen=True, slots=True)
class Timed:
    """How long a query took.

    Attributes:
        query: What was asked.
        total: How many there were.
        p50_ms: The median.
        p95_ms: The 95th percentile.
    """

    query: str
    total: int
    p50_ms: float
    p95_ms: float


def build_case(path: Path, documents: int) -> tuple[SqliteStore, float]:
    """Return a new case of so many documents, and how many seconds keeping them took (inventing them aside)."""
    store = create_case(path, name="invented", at=AT)
    kept_s = 0.0
    with click.progressbar(range(0, documents, BLOCK), label="building the case") as blocks:
        for first in blocks:
            readings = [make_reading(number) for number in range(first, min(first + BLOCK, documents))]
            began = time.perf_counter()
            with store.write() as writer:
                for reading in readings:
                    captured = make_captured(reading, warc=b"")
                    writer.add_capture(captured, at=AT)
                    writer.add_document(reading.document, captured.capture.id, at=AT)
                    writer.add_reading(reading, at=AT)
            kept_s += time.perf_counter() - began
    return store, kept_s


def list_queries() -> dict[str, Callable[[View], int]]:
    """Return queries of every kind, by what they ask."""
    known = load_vocabulary()
    common, rare = known.words[0], known.words[-20]

    def claims(
        order: ClaimOrder = ClaimOrder.PUBLISHED, *, offset: int = 0, reverse: bool = False, **asked: Any
    ) -> Callable[[View], int]:
        return lambda view: view.list_claims(Filter(**asked), order, limit=PAGE, offset=offset, reverse=reverse).total

    def articles(
        order: ArticleOrder = ArticleOrder.PUBLISHED, *, offset: int = 0, **asked: Any
    ) -> Callable[[View], int]:
        return lambda view: view.list_articles(Filter(**asked), order, limit=PAGE, offset=offset).total

    def sources(order: SourceOrder = SourceOrder.CLAIMS, *, offset: int = 0, **asked: Any) -> Callable[[View], int]:  # noqa: ANN401
        return lambda view: view.list_sources(Filter(**asked), order, limit=PAGE, offset=offset).total

    def search(text: str, **asked: Any) -> Callable[[View], int]:  # noqa: ANN401
        return lambda view: view.search(Filter(text=text, **asked), limit=20).total

    denied = {"stance": (Stance.DENIES,)}
    return {
        "claims": claims(),
        "claims, oldest first": claims(reverse=True),
        "claims, page 200": claims(offset=200 * PAGE),
        "claims by confidence": claims(ClaimOrder.CONFIDENCE),
        "claims by source": claims(ClaimOrder.SOURCE),
        "claims by outlet": claims(ClaimOrder.OUTLET),
        "claims as added": claims(ClaimOrder.ADDED),
        "claims denied": claims(**denied),
        "claims denied, possible, distanced": claims(
            stance=(Stance.DENIES, Stance.ASSERTS),
            certainty=(Certainty.POSSIBLE,),
            endorsement=(Endorsement.DISTANCED,),
        ),
        "claims of vague sources by confidence": claims(ClaimOrder.CONFIDENCE, naming=(Naming.VAGUE,)),
        "claims of one outlet, part of its name": claims(outlet=known.outlets[40].split()[1][:5]),
        "claims of one month": claims(since="2019-03", until="2019-03"),
        "claims of one month denied by confidence": claims(
            ClaimOrder.CONFIDENCE, since="2019-03", until="2019-03", **denied
        ),
        "claims of a party, common": claims(party=known.people[2]),
        "claims of a party, rare, part of its name": claims(party=known.people[-50].split()[1]),
        "claims of a party, two letters": claims(party="an"),
        "claims at a place": claims(place=known.places[5]),
        "claims at a place, two letters, by source": claims(ClaimOrder.SOURCE, place="el"),
        "claims of at least 100,000 USD": claims(quantity=QuantityRange(low="100000", unit="USD")),
        "claims of any figure from 10 to 20": claims(quantity=QuantityRange(low="10", high="20")),
        "claims, everything at once": claims(
            ClaimOrder.CONFIDENCE, outlet="courier", since="2018", party="a", place="a", kind=(Kind.PERSON,), **denied
        ),
        "claims judged": claims(judged=(Judged.CORRECTED,)),
        "claims to check": claims(ClaimOrder.CONFIDENCE, low_only=True),
        "claims with a rare word": claims(text=rare),
        "claims with a common word": claims(text=common),
        "claims with a common word by confidence": claims(ClaimOrder.CONFIDENCE, text=common),
        "claims denied with a common word": claims(text=common, **denied),
        "claims with two words": claims(text=f"{known.words[3]} {known.words[30]}"),
        "articles": articles(),
        "articles by claims, page 40": articles(ArticleOrder.CLAIMS, offset=40 * PAGE),
        "articles of one outlet by outlet": articles(ArticleOrder.OUTLET, outlet=known.outlets[3]),
        "articles in which somebody denies at a place": articles(place=known.places[1], **denied),
        "articles with a common word": articles(text=common),
        "sources": sources(),
        "sources by articles": sources(SourceOrder.ARTICLES),
        "sources by name, page 100": sources(SourceOrder.NAME, offset=100 * PAGE),
        "sources who deny since 2020": sources(since="2020", **denied),
        "sources of one outlet": sources(outlet=known.outlets[0]),
        "search, rare word": search(rare),
        "search, common word": search(common),
        "search, three words": search(f"{known.words[2]} {known.words[11]} {known.words[50]}"),
        "search, common word of one year and place": search(common, since="2021", until="2021", place=known.places[3]),
    }


def time_queries(store: SqliteStore, repeats: int) -> list[Timed]:
    """Return how long each query takes once it has run."""
    timed = []
    for name, query in list_queries().items():
        took, total = [], 0
        with store.view() as view:
            query(view)
        for _ in range(repeats):
            began = time.perf_counter()
            with store.view() as view:
                total = query(view)
            took.append((time.perf_counter() - began) * 1_000)
        took.sort()
        timed.append(Timed(name, total, took[len(took) // 2], took[math.ceil(0.95 * len(took)) - 1]))
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
        store.close()
    print(f"{'':45} {'found':>7} {'p50':>8} {'p95':>8}   (ms)")
    for one in timed:
        print(f"{one.query:45} {one.total:7,} {one.p50_ms:8.1f} {one.p95_ms:8.1f}")
    worst = max(timed, key=lambda one: one.p95_ms)
    print(f"worst: {worst.p95_ms:.1f} ms ({worst.query}); the goal is {GOAL_MS:.0f}")
    figures["queries"] = {one.query: [one.total, one.p50_ms, one.p95_ms] for one in timed}
    if json_path is not None:
        json_path.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
