"""The lists of a case as CSV."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sayso.export.list_csv import CLAIM_COLUMNS, COLUMNS, protect, write_table
from sayso.export.list_json import to_object
from sayso.records import ArticleRow, CaseInfo, ClaimRow, Hit, Piece, RefusedRow, SourceRow
from tests.cli.invented_case import make_article, make_claim, make_claims, make_info, make_refused, make_source
from tests.told import make_line

if TYPE_CHECKING:
    from sayso.export.list_json import Row

HIT = Hit(article=make_article(1), pieces=(Piece(text="the ", is_hit=False), Piece(text="depot", is_hit=True)))
ROWS: list[Row] = [make_claim(1), make_article(1), make_source(1), HIT, make_refused(1), make_info()]


def read_back(table: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(table.decode("utf-8"), newline="")))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: type(row).__name__)
def test_every_kind_of_row_has_its_columns(row: Row) -> None:
    (found,) = read_back(b"".join(write_table([row], type(row))))
    assert tuple(found) == COLUMNS[type(row)]
    assert None not in found


@pytest.mark.parametrize("row", [row for row in ROWS if not isinstance(row, Hit)], ids=lambda row: type(row).__name__)
def test_the_columns_are_the_keys_of_the_json(row: Row) -> None:
    columns = [name for name in COLUMNS[type(row)] if type(row) is not ClaimRow or name not in CLAIM_COLUMNS]
    assert [key for key in to_object(row) if key not in {"schema", "hits", "claim"}] == columns


def test_what_all_documents_say_of_a_claim_has_cells_of_its_own() -> None:
    rows = [make_claim(1, claim=make_line()), make_claim(2), make_claim(3, claim=make_line(is_private=True))]
    told, untold, private = read_back(b"".join(write_table(rows, ClaimRow)))
    assert [told[name] for name in CLAIM_COLUMNS] == [
        "3",
        "1",
        "2",
        "The Harrow Coast Courier | Port Callan Gazette",
        "true",
        "3",
        "at least 12 (2)",
    ]
    assert not any(untold[name] for name in CLAIM_COLUMNS)
    assert (private["claim_number"], private["origins_least"], private["origins_most"]) == ("3", "", "")


@pytest.mark.parametrize("kind", [ClaimRow, ArticleRow, SourceRow, Hit, RefusedRow, CaseInfo])
def test_an_empty_table_has_its_line_of_names(kind: type[Row]) -> None:
    table = b"".join(write_table([], kind))
    assert table.endswith(b"\r\n")
    assert table.count(b"\n") == 1


def test_cells_say_lists_numbers_and_nothing() -> None:
    row = make_claim(1, via=("the Wire", "the Post"), title=None, confidence=0.25)
    (found,) = read_back(b"".join(write_table([row], ClaimRow)))
    assert found["via"] == "the Wire | the Post"
    assert (found["title"], found["confidence"], found["low_confidence"]) == ("", "0.25", "true")
    (info,) = read_back(b"".join(write_table([make_info()], CaseInfo)))
    assert info["outlets"] == "The Harrow Coast Courier (1) | Port Callan Gazette (1)"
    (hit,) = read_back(b"".join(write_table([HIT], Hit)))
    assert hit["text"] == "the depot"


def test_lines_end_as_the_standard_has_it() -> None:
    table = b"".join(write_table(make_claims(), ClaimRow))
    assert table.count(b"\r\n") == len(make_claims()) + 1
    assert not table.startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", " =", "\u00a0@", "\uff1d"])
def test_a_formula_is_made_text(start: str) -> None:
    assert protect(f"{start}cmd|' /C calc'!A0").startswith("'")


@given(st.text(st.characters(exclude_categories=())))
@example("=HYPERLINK(1)")
@example("\t=1+1")
@example("a\r\nb\x00\x1b[2J\ud800")
def test_whatever_the_text_a_cell_is_text_and_safe(text: str) -> None:
    table = b"".join(write_table([make_claim(1, content=text, source_name=text, via=(text, text))], ClaimRow))
    (found,) = read_back(table)
    for name in ("content", "source_name", "via"):
        assert not found[name].lstrip().startswith(("=", "+", "-", "@"))
    assert not set(table.decode("utf-8")) & set(
        map(chr, (*range(10), 11, 12, *range(14, 32), *range(127, 160), 0x202E))
    )
