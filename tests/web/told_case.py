"""An invented case that is joined, and a browser's stand-in that has the key to its pages."""

from __future__ import annotations

import re
import warnings
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

pytest.importorskip("starlette", reason="the web app is an extra: pip install 'sayso[web]'")
pytest.importorskip("httpx", reason="starlette's stand-in for a browser needs httpx")

with warnings.catch_warnings():
    # That httpx goes on under another name says nothing of the pages.
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

from sayso.ledger.case import Ledger
from sayso.records import Quantity, QuantityKind, Span
from sayso.store.memory import MemoryStore
from sayso.web.app import make_app
from tests.cases import AT, add_readings
from tests.corroborate.stories_told import BANKS, article, said

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sayso.records import Reading

KEY = "k" * 24
HOST = "http://127.0.0.1:8000"
HURT = "the flood at Orlby hurt {} people"


def tell_story() -> list[Reading]:
    """Return articles on one flood: two have it from one mayor, one denies it, and they give different figures."""
    first = article(
        "The Post",
        said("Ilse Brandt", role="mayor"),
        said("Otto Lamm", HURT.format(12)),
        at="2024-05-04T08:00:00Z",
        lead="The river Amsel flooded Orlby.",
        byline="Kell Barrow",
        credits=(("agency", "Northwire"),),
    )
    second = article(
        "Coast Daily",
        said("Ilse Brandt", carried=(("Radio Amsel", "outlet"),)),
        said("Otto Lamm", HURT.format(19)),
        at="2024-05-04T12:00:00Z",
        lead="Orlby is under water.",
    )
    third = article(
        "Orlby Week",
        said("Jan Roth", BANKS, cue="denied", stance="denies"),
        said("a nurse", HURT.format(12), naming="described"),
        at="2024-05-06",
        lead="Flood hits Orlby.",
    )
    return [count_hurt(reading) for reading in (first, second, third)]


def count_hurt(reading: Reading) -> Reading:
    """Return a reading in which the figure of the people hurt is read as one."""
    text = reading.document.text
    found = re.search("hurt ([0-9]+) (people)", text)
    assert found
    places = {n: Span(start=found.start(n), end=found.end(n), exact=found[n]) for n in (1, 2)}
    figure = Quantity(span=places[1], low=found[1], high=found[1], kind=QuantityKind.COUNT, of=places[2])
    return replace(reading, quantities=(figure,))


@contextmanager
def open_app(path: Path | None, *readings: Reading) -> Iterator[TestClient]:
    """Return a block with the pages of a case of these articles, which is in memory where there is no path."""
    ledger = Ledger(MemoryStore(name="flood", at=AT)) if path is None else Ledger.create(str(path / "flood"))
    with ledger:
        if readings:
            add_readings(ledger.store, *readings)
            list(ledger.join())
        yield open_pages(ledger)


def open_pages(ledger: Ledger, **how: Any) -> TestClient:  # noqa: ANN401  of the stand-in
    """Return a stand-in for a browser that was given the key."""
    client = TestClient(make_app(ledger, key=KEY), base_url=HOST, **how)
    assert client.get("/", params={"key": KEY}, follow_redirects=False).status_code == 303
    return client
