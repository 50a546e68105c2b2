"""PDF with a text layer to a document.

What the file says of itself (title, author, dates of creation) is about the file and is not looked at: the date is the
day of the printing, the author whoever owned the program.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from sayso.errors import EncryptedFile, MissingPackage, NoTextLayer, Problem, UnreadableFile
from sayso.ingest.assembly import Draft, finish_document
from sayso.ingest.bounded import run_bounded
from sayso.ingest.plain import set_paragraphs
from sayso.records import Urls

if TYPE_CHECKING:
    from sayso.records import Document

LIBRARY = "pypdfium2"
CHILD = "sayso.ingest.pdf_child"
# Fewer characters in a whole file are a stamp on a scan, or a page number.
FEW_CHARS = 20
# Characters for private use and marks of what could not be read: fonts that do not say which letters they draw.
UNKNOWN_SHARE = 0.2
TITLE_SIZE = 1.2
MAX_TITLE_CHARS = 400
# A larger line after more words than a masthead, a kicker and a byline have is a heading of a part.
WORDS_BEFORE_TITLE = 40
MASTHEAD_WORDS = 4
SHOWN_PAGES = 8


def make_pdf_document(data: bytes, *, name: str) -> Document:
    """Return the document of a PDF.

    Raises:
        MissingPackage: The library that reads PDF is not installed.
        EncryptedFile: It opens with a password only.
        NoTextLayer: It is scanned, or its fonts do not say which letters they draw.
        UnreadableFile: It is damaged, or made so that reading it crashes, loops or swells.
    """
    if find_spec(LIBRARY) is None:
        raise MissingPackage(name, "PDF", "pdf")
    found = run_bounded(CHILD, data, name=name)
    if found.get("error") == "password":
        raise EncryptedFile(name)
    if "error" in found:
        raise UnreadableFile(name, "this PDF is damaged")
    _refuse_unread(found, name=name)
    draft = Draft(name=name, text="", format="pdf", urls=Urls(asked=found["address"]))
    draft.problems = tuple(_list_problems(found))
    _set_text(draft, found["paragraphs"])
    return finish_document(draft)


def _refuse_unread(found: dict[str, Any], *, name: str) -> None:
    """Refuse a file without text.

    Raises:
        NoTextLayer: No page holds any that can be read.
        UnreadableFile: There is no page at all.
    """
    if not found["n_read"]:
        raise UnreadableFile(name, "this PDF has no page that can be read")
    text = "".join(paragraph["text"] for paragraph in found["paragraphs"])
    if not text or (len(text) < FEW_CHARS and found["scanned"]):
        if found["scanned"]:
            raise NoTextLayer(name)
        raise NoTextLayer(name, "there is no text layer: its letters are drawings, or there are none")
    if sum(not _is_known(char) for char in text) > UNKNOWN_SHARE * len(text):
        raise NoTextLayer(name, "its fonts do not say which letters they draw, so there is no text that can be read")


def _list_problems(found: dict[str, Any]) -> list[Problem]:
    """Return what was wrong with the file."""
    problems = []
    if found["n_recognised"]:
        message = (
            "The text was recognised by a machine from a scan (it lies unseen over the picture), and may be wrong."
        )
        problems.append(Problem(code="recognised-text", message=message))
    if found["n_hidden"]:
        message = f"{found['n_hidden']} characters of the file are invisible to its readers, and are not read."
        problems.append(Problem(code="hidden-text", message=message))
    scanned, n_pages = found["scanned"], found["n_pages"]
    if scanned:
        listed = ", ".join(map(str, scanned[:SHOWN_PAGES])) + (", …" if len(scanned) > SHOWN_PAGES else "")
        message = f"{len(scanned)} of {n_pages} pages are scanned and hold no text, and are not read: {listed}."
        problems.append(Problem(code="no-text-layer", message=message))
    if n_pages > found["n_read"]:
        message = f"{n_pages - found['n_read']} of {n_pages} pages are not read: the file is too long, or damaged."
        problems.append(Problem(code="cut-off", message=message))
    if found["is_cut"]:
        problems.append(Problem(code="cut-off", message="A page holds more text than is read of one."))
    return problems


def _is_known(char: str) -> bool:
    """Tell whether a character says what it is."""
    return char != "\ufffd" and not "\ue000" <= char <= "\uf8ff" and char.isprintable()


def _set_text(draft: Draft, paragraphs: list[dict[str, Any]]) -> None:
    """Set the draft's text, title and what is no prose."""
    asides = {i for i, paragraph in enumerate(paragraphs) if paragraph["is_note"] or paragraph["is_heading"]}
    title = _find_title(paragraphs)
    set_paragraphs(draft, [paragraph["text"] for paragraph in paragraphs], title=title, asides=asides)


def _find_title(paragraphs: list[dict[str, Any]]) -> int | None:
    """Return which is the headline: the one in the largest letters near the top; a masthead gives way to it."""
    large: list[int] = []
    n_words = 0
    for i, paragraph in enumerate(paragraphs):
        if paragraph["size"] >= TITLE_SIZE and len(paragraph["text"]) <= MAX_TITLE_CHARS:
            large.append(i)
        else:
            n_words += len(paragraph["text"].split())
        if n_words > WORDS_BEFORE_TITLE:
            break
    large.sort(key=lambda i: -paragraphs[i]["size"])
    long = [i for i in large if len(paragraphs[i]["text"].split()) > MASTHEAD_WORDS]
    return next(iter(long or large), None)
