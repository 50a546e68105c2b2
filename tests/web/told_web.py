"""A case in a file to judge in and to add to, and a browser's stand-in that follows no redirections."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from sayso.ledger.case import Ledger
from sayso.records import ClaimOrder
from tests.cases import add_readings
from tests.corroborate.stories_told import BANKS, article, said
from tests.web.told_case import HOST, open_pages

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from starlette.testclient import TestClient

    from sayso.records import Reading

OURS: Final = {"origin": HOST}


def flood() -> list[Reading]:
    """Return three articles on one flood."""
    post, coast, week = "The river Amsel flooded Orlby.", "Orlby is under water.", "Flood hits Orlby."
    return [
        article("The Post", said("Ilse Brandt", BANKS), at="2024-05-04T08:00:00Z", lead=post),
        article("Coast Daily", said("Otto Lamm", BANKS), at="2024-05-04T10:00:00Z", lead=coast),
        article(
            "Orlby Week",
            said("Ilse Brandt", BANKS),
            said("Jan Roth", "nobody had been warned of the flood"),
            at="2024-05-05",
            lead=week,
        ),
    ]


@contextmanager
def open_case(folder: Path, *readings: Reading) -> Iterator[Ledger]:
    """A case in a file with these articles, or those of the flood."""
    with Ledger.create(str(folder / "told")) as ledger:
        add_readings(ledger.store, *(readings or flood()))
        list(ledger.join())
        yield ledger


def open_browser(ledger: Ledger) -> TestClient:
    """Return a client that has the key and follows no redirections."""
    return open_pages(ledger, follow_redirects=False)


def find_number(ledger: Ledger) -> int:
    """Return the number of the claim that is told most."""
    with ledger.look() as lists:
        rows = lists.claims(order=ClaimOrder.TELLINGS, limit=1, once=True).rows
    assert rows[0].claim is not None
    return rows[0].claim.number
