"""An invented case, joined, and a browser's stand-in that has the key; no model is needed."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import pytest

from sayso.ledger.case import Ledger
from sayso.records import ClaimOrder
from tests.cases import AT, capture_of
from tests.corroborate.stories_told import BANKS, article, said

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from starlette.testclient import TestClient

    from sayso.records import Reading

KEY: Final = "k" * 24
HERE: Final = "http://127.0.0.1:8000"
WHY: Final = "the web app is an extra: pip install 'sayso[web]'"
OURS: Final = {"origin": HERE}


def flood() -> list[Reading]:
    """Return three articles on one flood."""
    return [
        article(
            "The Post", said("Ilse Brandt", BANKS), at="2024-05-04T08:00:00Z", lead="The river Amsel flooded Orlby."
        ),
        article("Coast Daily", said("Otto Lamm", BANKS), at="2024-05-04T10:00:00Z", lead="Orlby is under water."),
        article(
            "Orlby Week",
            said("Ilse Brandt", BANKS),
            said("Jan Roth", "nobody had been warned of the flood"),
            at="2024-05-05",
            lead="Flood hits Orlby.",
        ),
    ]


def keep(ledger: Ledger, *readings: Reading) -> None:
    """Keep articles with their readings, joined."""
    for reading in readings:
        captured = capture_of(reading.document.text)
        with ledger.store.write() as writer:
            writer.add_capture(captured, at=AT)
            writer.add_document(reading.document, captured.capture.id, at=AT)
            writer.add_reading(reading, at=AT)
    for _ in ledger.join():
        pass


@contextmanager
def open_case(folder: Path, *readings: Reading) -> Iterator[Ledger]:
    """A case in a file with these articles, or those of the flood."""
    with Ledger.create(str(folder / "told")) as ledger:
        keep(ledger, *(readings or flood()))
        yield ledger


def open_browser(ledger: Ledger, **more: object) -> TestClient:
    """Return a client that has the key and follows no redirections."""
    pytest.importorskip("starlette", reason=WHY)
    testing = pytest.importorskip("starlette.testclient", reason=WHY)
    from sayso.web.app import make_app  # noqa: PLC0415  only where the extra is installed

    client: TestClient = testing.TestClient(
        make_app(ledger, key=KEY), base_url=HERE, follow_redirects=False, cookies={"sayso": KEY}, **more
    )
    return client


def find_number(ledger: Ledger) -> int:
    """Return the number of the claim that is told most."""
    with ledger.look() as lists:
        rows = lists.claims(order=ClaimOrder.TELLINGS, limit=1, once=True).rows
    assert rows[0].claim is not None
    return rows[0].claim.number
