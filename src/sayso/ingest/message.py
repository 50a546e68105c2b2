"""A MIME message to documents: a saved page (MHTML) is its page, a mail is its text and the mails attached to it.

Nothing in it is fetched or opened: not a part's address, not a picture, not an attachment.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from sayso.errors import EmptyInput, NoArticleInPage
from sayso.ingest.encoding import decode_text
from sayso.ingest.mail import make_mail_documents
from sayso.ingest.mime import Part, get_header, iter_parts, parse_message

if TYPE_CHECKING:
    from email.message import Message

    from sayso.records import Document

ADDRESS = re.compile(r"https?://[^\s<>\"']{3,2000}")
SAVED_BY = re.compile(r"(?i)[\"<\s]{0,3}saved by\b")
ENDINGS = (".mht", ".mhtml")
PAGES = {"text/html", "application/xhtml+xml"}


def make_message_documents(data: bytes, *, name: str) -> list[Document]:
    """Return the documents of a message.

    Raises:
        InputError: There is none that is read; the subclass says why.
    """
    message = parse_message(data, name=name)
    if _is_saved_page(message, name=name):
        return _make_page_documents(message, name=name)
    return make_mail_documents(message, name=name)


def _is_saved_page(message: Message, *, name: str) -> bool:
    """Tell whether a browser wrote the message: it says whence it saved the page, or there is no sender."""
    if get_header(message, "Snapshot-Content-Location") or SAVED_BY.match(get_header(message, "From") or ""):
        return True
    return name.lower().endswith(ENDINGS) or (
        message.get_content_type() == "multipart/related" and get_header(message, "From") is None
    )


def _make_page_documents(message: Message, *, name: str) -> list[Document]:
    """Return the documents of the page that a browser saved.

    Its ``Date`` is the time of saving, and is no time of publication.
    """
    from sayso.ingest.live_blog import make_page_documents  # noqa: PLC0415 - as in `sayso.ingest`

    root = _find_root(message)
    if root is None:
        raise NoArticleInPage(name, "there is no page in this file")
    data = root.read()
    if not data.strip():
        raise EmptyInput(name)
    text, encoding, problems = decode_text(data, name=name, media=root.get_stated_media())
    documents = make_page_documents(text, name=name, encoding=encoding, problems=problems)
    stated = (get_header(message, "Snapshot-Content-Location"), get_header(root.message, "Content-Location"))
    asked = next((found for found in stated if found and ADDRESS.fullmatch(found)), None)
    return [
        replace(document, format="mhtml", urls=replace(document.urls, asked=asked or document.urls.asked))
        for document in documents
    ]


def _find_root(message: Message) -> Part | None:
    """Return the part that is the page: the one that the message names, or the first page in it (RFC 2387)."""
    pages = [part for part in iter_parts(message) if part.media in PAGES]
    try:
        start = str(message.get_param("start") or "")
    except (ValueError, LookupError, TypeError, AttributeError):
        start = ""
    named = (part for part in pages if start and get_header(part.message, "Content-ID") == start)
    return next(named, None) or next(iter(pages), None)
