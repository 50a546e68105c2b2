"""``python -m sayso.bench encrypted``: what it costs that a case is encrypted.

The same invented articles go into a case that is and one that is not, turn about, and are listed again.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sayso.bench.synthetic_case import make_captured, make_reading
from sayso.records import ClaimOrder, Filter
from sayso.store.sqlite import create_case, open_case

if TYPE_CHECKING:
    from collections.abc import Callable

    from sayso.store.base import Store

AT = "2026-01-01T00:00:00Z"
WORDS = "nine blue herons"
PAGE = 50
KINDS = {"plain": None, "encrypted": WORDS}


def time_ms(act: Callable[[], object]) -> float:
    """Return how many milliseconds something took."""
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1_000


def add_many(store: Store, documents: int) -> None:
    """Add invented articles, each in a block of its own."""
    for number in range(documents):
        reading = make_reading(number)
        captured = make_captured(reading)
        with store.write() as writer:
            writer.add_capture(captured, at=AT)
            writer.add_document(reading.document, captured.capture.id, at=AT)
            writer.add_reading(reading, at=AT)


def list_claims(store: Store) -> None:
    """List a page of claims."""
    with store.view() as view:
        view.list_claims(Filter(), ClaimOrder.CONFIDENCE, limit=PAGE)


def measure(path: Path, passphrase: str | None, documents: int) -> dict[str, float]:
    """Return the milliseconds of each act with a new case, and its size in MB."""
    began = time.perf_counter()
    store = create_case(path, name="invented", at=AT, passphrase=passphrase)
    made_ms = (time.perf_counter() - began) * 1_000
    with closing(store):
        list_claims(store)
        added_ms = time_ms(lambda: add_many(store, documents))
    began = time.perf_counter()
    with closing(open_case(path, passphrase=passphrase)) as store:
        opened_ms = (time.perf_counter() - began) * 1_000
        first_ms = time_ms(lambda: list_claims(store))
        warm_ms = statistics.median(time_ms(lambda: list_claims(store)) for _ in range(20))
    return {
        "make": made_ms,
        "add, an article": added_ms / documents,
        "open": opened_ms,
        "first list": first_ms,
        "list, warm": warm_ms,
        "size, MB": path.stat().st_size / 1e6,
    }


@click.command("encrypted")
@click.option("--documents", default=200, show_default=True, help="How many articles each case has.")
@click.option("--repeats", default=5, show_default=True, help="How many cases of each kind are made.")
def encrypted_command(documents: int, repeats: int) -> None:
    """Measure what encryption costs a case (needs sayso[encrypt])."""
    runs: dict[str, list[dict[str, float]]] = {kind: [] for kind in KINDS}
    with tempfile.TemporaryDirectory(prefix="sayso-encrypted-") as folder:
        for turn in range(repeats):
            for kind, passphrase in KINDS.items():
                runs[kind].append(measure(Path(folder, f"{kind}-{turn}.sayso"), passphrase, documents))
    print(f"{'median, ms':20}" + "".join(f"{kind:>12}" for kind in KINDS))
    for act in runs["plain"][0]:
        found = [statistics.median(run[act] for run in runs[kind]) for kind in KINDS]
        print(f"{act:20}" + "".join(f"{value:12.2f}" for value in found))
