"""The paragraphs of a PDF, found in a process of its own: ``python -m sayso.ingest.pdf_child``.

PDF is read by a library in C, and a file can be made to crash one, to loop or to swell. The process that does it is
given the bytes on standard input, gives JSON on standard output, and is stopped from outside (see
`sayso.ingest.bounded`). Nothing in the file is run: scripts, forms, links and attachments are not looked at.
"""

from __future__ import annotations

import ctypes
import json
import sys
from typing import Any

import pypdfium2.raw as pdfium

from sayso.ingest.bounded import limit_memory
from sayso.ingest.pdf_layout import lay_out

# Longer is a book: the rest is not read, and that is said.
MAX_PAGES = 500
# Of one page; a newspaper's broadsheet has 15,000.
MAX_PAGE_CHARS = 100_000
MAX_CHARS = 2_000_000
PASSWORD_NEEDED = 4  # FPDF_ERR_PASSWORD
INVISIBLE = 3  # text rendering mode 3 (ISO 32000-1, 9.3.6): neither filled nor stroked
BOLD_WEIGHT = 600
# pdfium marks a hyphen at a line's end so, be it a printer's or a compound's.
HYPHENS = {0x02: 0x2D, 0xFFFE: 0x2D}
# Apart in a line, by the height of the letters: another column, not a wide blank.
COLUMN_GAP = 0.9
BASELINE_SHIFT = 0.35


def read_pdf(data: bytes) -> dict[str, Any]:
    """Return ``{"error": ...}``, or the pages: size, stretches of text with their places, and pictures."""
    pdfium.FPDF_InitLibrary()
    doc = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not doc:
        return {"error": "password" if pdfium.FPDF_GetLastError() == PASSWORD_NEEDED else "damaged"}
    n_pages = pdfium.FPDF_GetPageCount(doc)
    pages: list[dict[str, Any]] = []
    n_chars = n_failed = 0
    for number in range(min(n_pages, MAX_PAGES)):
        page = pdfium.FPDF_LoadPage(doc, number)
        if not page:
            n_failed += 1
            continue
        try:
            found = _read_page(page)
        finally:
            pdfium.FPDF_ClosePage(page)
        found["number"] = number + 1
        pages.append(found)
        n_chars += sum(len(run[6]) for run in found["runs"])
        if n_chars > MAX_CHARS:
            break
    return {"n_pages": n_pages, "n_failed": n_failed, "pages": pages}


def _read_page(page: Any) -> dict[str, Any]:  # noqa: ANN401  pdfium's handles have no type of their own
    """Return a page's size, its runs ``[x0, y0, x1, y1, size, look, text]`` (y upwards), and a picture's share."""
    width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    found: dict[str, Any] = {"width": width, "height": height, "runs": [], "is_cut": False, "picture": 0.0}
    text_page = pdfium.FPDFText_LoadPage(page)
    if text_page:
        try:
            found["runs"], found["is_cut"] = _read_runs(text_page)
        finally:
            pdfium.FPDFText_ClosePage(text_page)
    found["picture"] = _measure_pictures(page, width * height)
    return found


def _read_runs(text_page: Any) -> tuple[list[list[Any]], bool]:  # noqa: ANN401
    """Return the runs of a page: characters beside one another, of one size, on one line; and whether some are left."""
    count = pdfium.FPDFText_CountChars(text_page)
    runs: list[list[Any]] = []
    box = pdfium.FS_RECTF()
    blanks = ""
    letters: list[str] = []
    for i in range(min(count, MAX_PAGE_CHARS)):
        code = pdfium.FPDFText_GetUnicode(text_page, i)
        code = HYPHENS.get(code, code)
        char = chr(code) if code and not 0xD800 <= code <= 0xDFFF else "\ufffd"  # noqa: PLR2004 - halves of a pair
        if code and char.isspace():
            blanks = "\n" if char in "\r\n" else blanks or " "
            continue
        if not pdfium.FPDFText_GetLooseCharBox(text_page, i, ctypes.byref(box)):
            continue
        size = pdfium.FPDFText_GetFontSize(text_page, i)
        left, right, bottom, top = box.left, box.right, box.bottom, box.top
        run = runs[-1] if runs else None
        if run is None or not _goes_on(run, blanks, left, bottom, top - bottom, size):
            if run is not None:
                run[6] = "".join(letters)
            letters = []
            runs.append([left, bottom, right, top, size, _get_look(text_page, i), ""])
            run = runs[-1]
        elif blanks:
            letters.append(" ")
        letters.append(char)
        run[2] = max(run[2], right)
        blanks = ""
    if runs:
        runs[-1][6] = "".join(letters)
    return [run for run in runs if _is_finite(run)], count > MAX_PAGE_CHARS


def _goes_on(run: list[Any], blanks: str, left: float, bottom: float, height: float, size: float) -> bool:
    """Tell whether a character stands right of a run, on its line."""
    if abs(bottom - run[1]) > BASELINE_SHIFT * max(height, 1.0) or blanks == "\n":
        return False
    gap = left - float(run[2])
    return -0.5 * height < gap < COLUMN_GAP * max(height, 1.0) and abs(size - float(run[4])) < 1.0


def _get_look(text_page: Any, i: int) -> str:  # noqa: ANN401
    """Return ``b`` for bold, ``i`` for invisible, both or nothing."""
    look = "b" if pdfium.FPDFText_GetFontWeight(text_page, i) >= BOLD_WEIGHT or _is_bold(text_page, i) else ""
    drawn = pdfium.FPDFText_GetTextObject(text_page, i)
    if drawn and pdfium.FPDFTextObj_GetTextRenderMode(drawn) == INVISIBLE:
        look += "i"
    return look


def _is_bold(text_page: Any, i: int) -> bool:  # noqa: ANN401
    """Tell whether the font's name says that it is bold."""
    buffer = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(text_page, i, buffer, len(buffer), ctypes.byref(flags))
    return b"bold" in buffer.value.lower() or b"black" in buffer.value.lower()


def _is_finite(run: list[Any]) -> bool:
    """Tell whether a run stands somewhere on the page."""
    return all(-100_000.0 < value < 100_000.0 for value in run[:5])  # noqa: PLR2004 - 14,400 is PDF's own limit


def _measure_pictures(page: Any, area: float) -> float:  # noqa: ANN401
    """Return how much of the page its largest picture covers, 0..1."""
    left, bottom, right, top = ctypes.c_float(), ctypes.c_float(), ctypes.c_float(), ctypes.c_float()
    best = 0.0
    for i in range(min(pdfium.FPDFPage_CountObjects(page), MAX_PAGE_CHARS)):
        drawn = pdfium.FPDFPage_GetObject(page, i)
        if pdfium.FPDFPageObj_GetType(drawn) != pdfium.FPDF_PAGEOBJ_IMAGE:
            continue
        if pdfium.FPDFPageObj_GetBounds(drawn, left, bottom, right, top):
            best = max(best, (right.value - left.value) * (top.value - bottom.value))
    return min(1.0, best / area) if area > 0 else 0.0


if __name__ == "__main__":
    limit_memory()
    json.dump(lay_out(read_pdf(sys.stdin.buffer.read())), sys.stdout)
