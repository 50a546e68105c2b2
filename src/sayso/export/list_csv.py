"""The lists of a case as CSV, for spreadsheets.

Rule 1: RFC 4180 (comma, CRLF, quotation marks doubled), UTF-8 without a mark of byte order, one line of names.
Rule 2: no cell is a formula: one that begins like one (``=``, ``+``, ``-``, ``@``, tab, line end) has an apostrophe
before it, which a spreadsheet takes for "this is text".
Rule 3: what a terminal would obey is replaced, a character by a character, as on every page (`visible.show_in_place`).

Source: https://owasp.org/www-community/attacks/CSV_Injection for the characters of rule 2.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any, Final

from sayso.export.list_json import to_object
from sayso.export.visible import show_in_place
from sayso.records import ArticleRow, CaseInfo, ClaimRow, Hit, RefusedRow, SourceRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sayso.export.list_json import Row

SEPARATOR: Final = " | "
# The full-width forms too, which some spreadsheets take for the same.
FORMULA_STARTS: Final = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
BLANK_STARTS: Final = ("\t", "\r", "\n")

ARTICLE_COLUMNS: Final = (
    "id", "title", "name", "outlet", "published", "url", "captured_at", "added_at", "format", "claims", "sources",
    "judged", "problems", "supersedes", "superseded_by",
)  # fmt: skip

CLAIM_COLUMNS: Final = (
    "claim_number", "origins_least", "origins_most", "outlets", "disputed", "tellings", "figures",
)  # fmt: skip
"""What a row's claim has in all documents; the outlets and figures joined, how many tell a figure in brackets."""

COLUMNS: Final[dict[type, tuple[str, ...]]] = {
    ClaimRow: (
        "id", "document", "title", "outlet", "published", "url", "source", "source_name", "kind", "naming", "via",
        "cue", "content", "start", "stance", "certainty", "endorsement", "confidence", "low_confidence", "places",
        "quantities", "judged", "superseded_by", "judged_by", "disputed_judgement",
        *CLAIM_COLUMNS,
    ),
    ArticleRow: ARTICLE_COLUMNS,
    SourceRow: ("ids", "name", "kind", "naming", "role", "claims", "articles", "outlets", "first", "last"),
    Hit: (*ARTICLE_COLUMNS, "text"),
    RefusedRow: ("capture", "name", "at", "code", "message", "advice"),
    CaseInfo: (
        "name", "created_at", "case_schema", "encrypted", "documents", "captures", "refused", "claims", "sources",
        "judgements", "feeds", "purged", "outlets", "first", "last", "models", "log_length", "log_head",
        "superseded", "claims_superseded", "stories", "claims_told", "waiting", "unread",
    ),
}  # fmt: skip
"""The names of the first line for each kind of row: those of the JSON, lists joined with `SEPARATOR`; the claim that a
row tells has cells of its own."""


def write_table(rows: Iterable[Row], kind: type[object]) -> Iterator[bytes]:
    """Yield the line of names and a line for each row of that kind, each with its line end.

    A cell that spans lines makes a line of the table span lines, as RFC 4180 has it.
    """
    yield _write_line(COLUMNS[kind])
    for row in rows:
        cells = _flatten(row)
        yield _write_line([_say_cell(cells[name]) for name in COLUMNS[kind]])


def protect(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(BLANK_STARTS) or cell.lstrip().startswith(FORMULA_STARTS) else cell


def _flatten(row: Row) -> dict[str, Any]:
    """Return a row's cells by name."""
    cells = to_object(row)
    if isinstance(row, Hit):
        return {**cells["article"], "text": "".join(piece.text for piece in row.pieces)}
    if isinstance(row, ClaimRow):
        judged_by = [f"{one.name} ({one.judged.value})" for one in row.judged_by]
        return {**cells, "judged_by": judged_by, **_flatten_claim(cells["claim"])}
    if isinstance(row, CaseInfo):
        return {**cells, "outlets": [f"{name} ({n})" for name, n in row.outlets]}
    return cells


def _flatten_claim(claim: dict[str, Any] | None) -> dict[str, Any]:
    """Return the cells about the claim that a row tells; empty ones where it tells none."""
    if claim is None:
        return dict.fromkeys(CLAIM_COLUMNS)
    figures = [f"{figure['words']} ({figure['tellings']})" for figure in claim["figures"]]
    cells = (claim["number"], claim["least"], claim["most"], claim["outlets"], claim["disputed"], claim["tellings"])
    return dict(zip(CLAIM_COLUMNS, (*cells, figures), strict=True))


def _say_cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    text = SEPARATOR.join(value) if isinstance(value, list) else str(value)
    return protect(show_in_place(text))


def _write_line(cells: Sequence[str]) -> bytes:
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow(cells)
    return line.getvalue().encode()
