"""The pages of a PDF to its paragraphs: hidden text and furniture out, columns in order, footnotes last.

Called in the process that reads the file (`sayso.ingest.pdf_child`), so that its time is bounded as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sayso.encoder.vocabulary import load_words
from sayso.ingest.pdf_furniture import drop_furniture, measure_body, part_notes
from sayso.ingest.pdf_lines import find_lines, order_lines
from sayso.ingest.pdf_paragraphs import find_paragraphs, is_heading

if TYPE_CHECKING:
    from sayso.ingest.pdf_lines import Line

# Of a page: a picture that covers this much is the page itself, scanned.
SCAN_SHARE = 0.5
# A page with fewer characters has no text worth the name: a page number, a stamp.
FEW_CHARS = 20


def lay_out(found: dict[str, Any]) -> dict[str, Any]:
    """Return what is read of the pages, as plain data.

    Args:
        found: As `sayso.ingest.pdf_child.read_pdf` gives it: with ``error`` it is given back as it is.
    """
    if "error" in found:
        return found
    pages: list[dict[str, Any]] = found["pages"]
    n_hidden, n_recognised = _drop_hidden(pages)
    chars = [sum(len(run[6]) for run in page["runs"]) for page in pages]
    heights = [page["height"] for page in pages]
    kept, address = drop_furniture([find_lines(page) for page in pages], heights)
    body_size = measure_body(kept)
    ordered: list[list[Line]] = []
    block = 0
    for page_lines in kept:
        lines, block = order_lines(page_lines, block=block)
        ordered.append(lines)
    parts = part_notes(ordered, heights, body_size=body_size)
    paragraphs = [
        {
            "text": paragraph.text,
            "size": round(paragraph.size / body_size, 3),
            "is_heading": is_heading(paragraph, body_size=body_size),
            "is_note": is_note,
        }
        for is_note, part in zip((False, True), parts, strict=True)
        for paragraph in find_paragraphs(part, body_size=body_size, load_words=load_words)
        if paragraph.text
    ]
    return {
        "n_pages": found["n_pages"],
        "n_read": len(pages),
        "n_hidden": n_hidden,
        "n_recognised": n_recognised,
        "scanned": [p["number"] for p, n in zip(pages, chars, strict=True) if n < FEW_CHARS and _is_scan(p)],
        "is_cut": any(page["is_cut"] for page in pages),
        "address": address,
        "paragraphs": paragraphs,
    }


def _drop_hidden(pages: list[dict[str, Any]]) -> tuple[int, int]:
    """Take out invisible text unless it lies over a scan; return characters of the one, pages of the other."""
    n_hidden = n_recognised = 0
    for page in pages:
        hidden = sum(len(run[6]) for run in page["runs"] if "i" in run[5])
        if hidden and _is_scan(page):
            n_recognised += 1
        elif hidden:
            n_hidden += hidden
            page["runs"] = [run for run in page["runs"] if "i" not in run[5]]
    return n_hidden, n_recognised


def _is_scan(page: dict[str, Any]) -> bool:
    """Tell whether a picture covers the page."""
    return bool(page["picture"] >= SCAN_SHARE)
