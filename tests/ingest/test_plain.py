"""Plain text: headline and credits are places in it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sayso import ingest
from sayso.config import Settings

if TYPE_CHECKING:
    from tests.ingest.conftest import Read

SHARED = Path(os.environ.get("SAYSO_SHARED", Path(__file__).parents[3] / "shared"))
BODY = "The owner of the Lisk ferry denied on Sunday that anyone had cut corners, and asked the court for time."


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"Ferry owner denies cutting corners\n\n{BODY}", "Ferry owner denies cutting corners"),
        (f"Ferry owner denies cutting corners.\n\n{BODY}\n\n{BODY}", "Ferry owner denies cutting corners."),
        (f"  Ferry Owner Denies It All \r\n\r\n{BODY}", "Ferry Owner Denies It All"),
        (f"Ferry owner denies it;\nCourt to hear her on Monday.\n\n{BODY}", "Ferry owner denies it;"),
        (f"Ferry owner denies it\nBy Petra Oud\n\n{BODY}", "Ferry owner denies it"),
        (f"Ferry owner denies it\nLISK (Northwire) - {BODY}\n{BODY}", "Ferry owner denies it"),
        (
            f"Source: The Harbour Star\nhttps://star.example/1\n\nFerry owner denies it\n\n{BODY}",
            "Ferry owner denies it",
        ),
        (f"The Latest: Ferry owner denies it.\n\nLISK (Northwire) — {BODY}", "The Latest: Ferry owner denies it."),
    ],
)
def test_headline_is_found(read: Read, text: str, title: str) -> None:
    document = read(text)
    assert document.title is not None
    assert document.title.exact == title


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        f"{BODY}\n\n{BODY}",
        f"LISK (Northwire) - The ferry sank.\n\n{BODY}",
        f"“We did nothing wrong,” she said.\n\n{BODY}",
        f"The ferry sank on Sunday and nobody knows where it is now.\n\n{BODY}",
        "THE OWNER OF THE FERRY\nDENIED TODAY THAT ANYONE HAD CUT CORNERS, LOCAL\nRADIO SAID.\n\n   SHE LEFT.",
        f"By Petra Oud\n\n{BODY}",
        f"The statement reads:\n\n{BODY}",
    ],
)
def test_prose_is_no_headline(read: Read, text: str) -> None:
    assert read(text).title is None


def test_given_title_is_put_before_the_text_once() -> None:
    document = ingest.from_text(BODY, title=" Ferry owner denies it ")
    assert document.text == f"Ferry owner denies it\n\n{BODY}"
    assert document.body_start == len("Ferry owner denies it\n\n")
    again = ingest.from_text(document.text, title="Ferry owner denies it")
    assert again.text == document.text
    assert again.title == document.title


def test_outlet_and_time_are_in_the_id() -> None:
    plain, other = ingest.from_text(BODY), ingest.from_text(BODY, outlet="The Harbour Star")
    assert plain.id != other.id
    assert other.outlet == "The Harbour Star"


def test_seed_headline_is_found_and_its_text_untouched() -> None:
    path = SHARED / "seed" / "kursk_buildup.txt"
    if not path.exists():
        pytest.skip(f"the shared data is not at {SHARED}")
    document = ingest.load(str(path), settings=Settings())
    assert document.text == path.read_bytes().decode("utf-8-sig")
    assert document.title is not None
    assert document.title.exact == document.text.splitlines()[0]


def test_nearly_all_headlines_of_real_news_are_found() -> None:
    paths = sorted((SHARED / "data" / "polnear" / "dev" / "text").glob("*.txt"))
    if not paths:
        pytest.skip(f"the shared data is not at {SHARED}")
    documents = [ingest.load(str(path), settings=Settings()) for path in paths]
    found = [d.title is not None and d.title.exact == d.text.split("\n")[0].strip() for d in documents]
    assert sum(found) >= 0.96 * len(found)
