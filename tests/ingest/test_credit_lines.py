"""Credit lines in running text."""

from __future__ import annotations

import contextlib
import time
from typing import TYPE_CHECKING

import pytest

from sayso.errors import UnsupportedLanguage

if TYPE_CHECKING:
    from sayso.records import Document
    from tests.ingest.conftest import Read

BODY = "The owner of the Lisk ferry denied on Sunday that anyone had cut corners, and asked the court for time."
TITLE = "Ferry owner denies cutting corners"


def list_credits(document: Document) -> list[tuple[str, str | None]]:
    return [(credit.kind.value, credit.name) for credit in document.credits]


@pytest.mark.parametrize(
    ("opening", "dateline", "agency"),
    [
        ("ARDENNA, Nov. 3 (Northwire) — ", "ARDENNA, Nov. 3", "Northwire"),
        ("NEW LISK, Tarn (AP) -- ", "NEW LISK, Tarn", "AP"),
        ("LISK/ARDENNA (Reuters) - ", "LISK/ARDENNA", "Reuters"),
        ("LISK — ", "LISK", None),
        ("New Lisk (AFP) – ", "New Lisk", "AFP"),
        ("Lisk, 3 November (Coastwire) - ", "Lisk, 3 November", "Coastwire"),
        ("LISK, 4 FEB 90 (ACAN-EFE) -- ", "LISK, 4 FEB 90", "ACAN-EFE"),
    ],
)
def test_datelines_are_told_and_are_no_prose(read: Read, opening: str, dateline: str, agency: str | None) -> None:
    document = read(f"{TITLE}\n\n{opening}{BODY}")
    assert document.dateline == dateline
    assert [span.exact for span in document.not_prose] == [opening.strip()]
    assert [credit.name for credit in document.credits if credit.kind.value == "agency"] == ([agency] if agency else [])


@pytest.mark.parametrize(
    "opening",
    [
        "BREAKING — ",
        "Ann Lee — who owns the ferry — ",
        "EVERYBODY KNEW ABOUT THE DOOR — ",
        "The owner (a sailor) - ",
        "IT WAS 3 NOVEMBER. ",
        "Lisk - ",
        "(Nov. 3, 2024) – ",
    ],
)
def test_what_only_looks_like_a_dateline_is_prose(read: Read, opening: str) -> None:
    document = read(f"{TITLE}\n\n{opening}{BODY}")
    assert document.dateline is None
    assert document.not_prose == ()


def test_agency_before_a_dash_is_credited(read: Read) -> None:
    document = read(f"(Reuters) - {BODY}")
    assert list_credits(document) == [("agency", "Reuters")]
    assert document.not_prose[0].exact == "(Reuters) -"


@pytest.mark.parametrize(
    ("line", "kind", "name"),
    [
        ("By Petra Oud", "byline", "Petra Oud"),
        ("BY PETRA OUD AND TOM POE", "byline", "PETRA OUD AND TOM POE"),
        ("By Petra Oud, Northwire", "byline", "Petra Oud, Northwire"),
        ("By Petra Oud | Nov. 3, 2024", "byline", "Petra Oud"),
        ("Petra Oud, Northwire correspondent", "byline", "Petra Oud"),
        ("AP/AFP", "agency", "AP/AFP"),
    ],
)
def test_head_lines_are_told(read: Read, line: str, kind: str, name: str) -> None:
    document = read(f"{TITLE}\n\n{line}\n\n{BODY}")
    assert (kind, name) in list_credits(document)
    assert document.not_prose[0].exact == line


@pytest.mark.parametrize(
    ("line", "kind", "name"),
    [
        ("(Reporting by Petra Oud in Lisk; Editing by Tom Poe)", "reporting-by", "Petra Oud in Lisk"),
        ("Additional reporting by Northwire", "reporting-by", "Northwire"),
        ("The Associated Press contributed to this report.", "reporting-by", "The Associated Press"),
        ("Source: Northwire", "source-line", "Northwire"),
        ("(H/T: The Harbour Star)", "source-line", "The Harbour Star"),
        ("Sources: Northwire, Lisk Today", "source-line", "Northwire, Lisk Today"),
        ("This article originally appeared in the Harbour Star.", "source-line", "Harbour Star"),
        ("© 2024 AFP", "copyright", "AFP"),
        ("Copyright 2024 The Associated Press. All rights reserved.", "copyright", "The Associated Press"),
        ("© Northwire 2024", "copyright", "Northwire"),
        ("Correction (Nov. 4): an earlier version gave the wrong toll.", "correction", None),
        ("This article was amended on 4 November to correct the toll.", "correction", None),
        ("Editor’s note: This story has been updated to correct the toll.", "correction", None),
    ],
)
def test_tail_lines_are_told(read: Read, line: str, kind: str, name: str | None) -> None:
    document = read(f"{TITLE}\n\n{BODY}\n\n{line}\n")
    assert (kind, name) in list_credits(document)
    assert document.not_prose[-1].exact == line


def test_credit_at_the_end_of_a_paragraph_is_told(read: Read) -> None:
    document = read(f"{TITLE}\n\n{BODY} (Reporting by Petra Oud; Editing by Tom Poe)\n\n{BODY} © 2024 AFP")
    assert [span.exact for span in document.not_prose] == ["(Reporting by Petra Oud; Editing by Tom Poe)", "© 2024 AFP"]


@pytest.mark.parametrize(
    "line",
    [
        "Read more: What we know about the ferry",
        "RELATED: Mayor denies taking money",
        "Photo: Divers at the wreck",
        "(Photo by Jo Vance/Northwire)",
        "Sign up for our newsletter.",
        "Follow Petra Oud on Twitter @petraoud.",
        "Advertisement",
        "https://star.example/1",
        "— Lisk Ferries (@liskferries) November 3, 2024",
        "***",
    ],
)
def test_furniture_of_a_pasted_page_is_no_prose(read: Read, line: str) -> None:
    document = read(f"{TITLE}\n\n{BODY}\n\n{line}\n\n{BODY}")
    assert [span.exact for span in document.not_prose] == [line]
    assert document.credits == ()


@pytest.mark.parametrize(
    "line",
    [
        "Reporting by the Harbour Star found that the door had been open.",
        "By Monday the toll had risen to twelve, according to the coast guard.",
        "Sources said that the door had been open, and that everybody knew it.",
        "The Harbour Star contributed to the fund that paid for the lawyers.",
        "Photographs by police divers showed that the door had been open.",
        "The story was originally reported by a radio station in Lisk.",
        "More in the town are without water than the mayor has said.",
        "Correct figures will come on Monday, the coast guard said.",
        "Copyright law does not help them, the lawyers said.",
    ],
)
def test_prose_that_begins_like_a_credit_is_prose(read: Read, line: str) -> None:
    document = read(f"{TITLE}\n\n{BODY}\n\n{line}\n\n{BODY}")
    assert document.not_prose == ()
    assert document.credits == ()


def test_date_line_is_the_time_of_publication(read: Read) -> None:
    document = read(f"{TITLE}\n\nNov. 3, 2024, 10:15 a.m. GMT\nUpdated: 4 November 2024\n\n{BODY}")
    assert document.published is not None
    assert document.published.value == "2024-11-03T10:15Z"
    assert document.modified is not None
    assert document.modified.value == "2024-11-04"


@pytest.mark.slow
@pytest.mark.parametrize(
    "line",
    [
        "A" * 100_000,
        "A " * 50_000,
        "By " + "Aa " * 30_000,
        "(" * 100_000,
        "(Reporting by " * 8_000,
        "© " * 40_000,
        "Source: " * 12_000,
        "A.b " * 25_000 + "contributed to this report",
        "Jan. 1 " * 12_000,
        "https://" * 12_000,
        "![" * 40_000,
        "a" + " " * 100_000,
    ],
)
def test_no_rule_takes_long_over_a_long_line(read: Read, line: str) -> None:
    for text in (line, line[:290], line[-290:]):
        start = time.process_time()
        # Most of it is in no language; what matters is the time.
        with contextlib.suppress(UnsupportedLanguage):
            read(f"{TITLE}\n\n{BODY} {BODY}\n\n{text}\n\n{BODY}")
        assert time.process_time() - start < 2
