"""Bytes to `Document`: plain text, Markdown, HTML and MHTML pages, PDF, DOCX and mail.

Beside it bytes to what names or holds many: feeds to items, lists of addresses, web archives to captures.

This room promises that a document's text never changes once it is made, that every span says exactly what stands at
its place, and that whatever is given, the answer is a document or a `SaysoError`. It never opens a connection and
never reads what is not English on a guess.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from sayso.errors import BinaryInput, EmptyInput, InputError, SeveralArticles, TooLarge, UnknownEncoding
from sayso.ingest.assembly import BLANK_LINE
from sayso.ingest.captures import add_lacking, add_urls, get_stated_media, read_given_moment
from sayso.ingest.encoding import decode_text
from sayso.ingest.feed import read_feed
from sayso.ingest.feed_links import find_feed_links
from sayso.ingest.feed_marks import is_feed
from sayso.ingest.files import (
    STANDARD_INPUT,
    find_files,
    get_readable_endings,
    make_printable,
    means_address,
    read_file,
    read_stream,
)
from sayso.ingest.formats import find_container, find_format, refuse_unread_bytes
from sayso.ingest.input_kinds import InputKind, find_file_kind, find_input_kind
from sayso.ingest.plain import make_plain_document
from sayso.ingest.url_list import is_url_list, read_url_list

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from sayso.config import Settings
    from sayso.errors import Problem
    from sayso.records import Captured, Document, Moment

__all__ = [
    "InputKind",
    "documents_of",
    "find_feed_links",
    "find_file_kind",
    "find_files",
    "find_input_kind",
    "from_text",
    "get_readable_endings",
    "is_feed",
    "is_url_list",
    "load",
    "load_all",
    "make_printable",
    "means_address",
    "read_all_bytes",
    "read_archive",
    "read_bytes",
    "read_feed",
    "read_file",
    "read_stream",
    "read_url_list",
]


def load(name: str, *, settings: Settings, stdin: BinaryIO | None = None) -> Document:
    """Return the one document in a file, or on standard input for ``-``.

    Raises:
        SeveralArticles: The file holds several: a live blog, a digest of mails.
        InputError: As for `load_all`.
    """
    return _only(load_all(name, settings=settings, stdin=stdin), name=name)


def load_all(name: str, *, settings: Settings, stdin: BinaryIO | None = None) -> list[Document]:
    """Return the documents in a file, or on standard input for ``-``, in order: nearly always one.

    Of several each is named after the file and its number, as in ``blog.html#2``.

    Args:
        name: A file's name, or ``-``.
        settings: Its size limit is checked before a file is read, and while standard input is.
        stdin: Stands in for the process's standard input.

    Raises:
        InputError: The file is missing, too large, no text, in no known encoding, without an article, or in a
            language or format that is not read. The subclass says which.
    """
    if name == STANDARD_INPUT:
        data = read_stream(stdin or sys.stdin.buffer, name=name, limit_bytes=settings.max_bytes)
    else:
        data = read_file(name, limit_bytes=settings.max_bytes)
    return read_all_bytes(data, name=make_printable(name), settings=settings)


def read_bytes(data: bytes, *, name: str, settings: Settings, media: str | None = None) -> Document:
    """Return the one document in these bytes.

    Raises:
        SeveralArticles: They hold several.
        InputError: As for `read_all_bytes`.
    """
    return _only(read_all_bytes(data, name=name, settings=settings, media=media), name=name)


def read_all_bytes(data: bytes, *, name: str, settings: Settings, media: str | None = None) -> list[Document]:
    """Return the documents in these bytes, in order: nearly always one.

    Args:
        data: A whole file.
        name: What the caller knows it by; its ending tells the format where the bytes do not.
        settings: Its size limit holds here too.
        media: The media type, where one was stated; goes before the ending.

    Raises:
        InputError: As for `load_all`.
    """
    if len(data) > settings.max_bytes:
        raise TooLarge(name, len(data), settings.max_bytes)
    # The parsers are imported where they are needed: plain text, the usual case, does without all of them.
    container = find_container(data, name=name, media=media)
    if container == "pdf":
        from sayso.ingest.pdf import make_pdf_document  # noqa: PLC0415

        return [make_pdf_document(data, name=name)]
    if container == "docx":
        from sayso.ingest.docx import make_docx_document  # noqa: PLC0415

        return [make_docx_document(data, name=name)]
    if container == "mime":
        from sayso.ingest.message import make_message_documents  # noqa: PLC0415

        return make_message_documents(data, name=name)
    refuse_unread_bytes(data, name=name)
    text, encoding, problems = decode_text(data, name=name, media=media)
    if not text.strip():
        raise EmptyInput(name)
    format_ = find_format(text, name=name, media=media)
    if format_ == "html":
        from sayso.ingest.live_blog import make_page_documents  # noqa: PLC0415

        return make_page_documents(text, name=name, encoding=encoding, problems=problems)
    if format_ == "markdown":
        from sayso.ingest.markdown import make_markdown_document  # noqa: PLC0415

        return [make_markdown_document(text, name=name, encoding=encoding, problems=problems)]
    return [make_plain_document(text, name=name, encoding=encoding, problems=problems)]


def read_archive(name: str, *, settings: Settings) -> Iterator[Captured | Problem]:
    """Return what may be articles in a WARC file or WACZ package, and the problems (see `sayso.ingest.archive`)."""
    from sayso.ingest import archive  # noqa: PLC0415 - as for the parsers

    return archive.read_archive(name, settings=settings)


def documents_of(
    captured: Captured,
    *,
    settings: Settings,
    title: str | None = None,
    outlet: str | None = None,
    published: Moment | str | None = None,
) -> list[Document]:
    """Return the documents in a capture's bytes, in order: nearly always one.

    What a page or file says of itself holds. Its addresses come from the capture where it says none. Of plain text
    what is given holds; of all else it fills in what is lacking, a title only where there is one document.

    Args:
        captured: Not a refusal.
        settings: As for `load_all`.
        title: The headline.
        outlet: Who publishes.
        published: As for `from_text`.

    Raises:
        InputError: As for `load_all`.
        SettingsError: `published` is no time.
    """
    capture = captured.capture
    moment = read_given_moment(published)
    found = read_all_bytes(captured.data, name=capture.name, settings=settings, media=get_stated_media(capture.media))
    documents = [add_urls(doc, capture.urls) for doc in found]
    if not (title or outlet or moment):
        return documents
    if len(documents) > 1:
        return [add_lacking(doc, title=None, outlet=outlet, published=moment) for doc in documents]
    return [
        _add_given(doc, title=title, outlet=outlet, published=moment)
        if doc.format == "plain"
        else add_lacking(doc, title=title, outlet=outlet, published=moment)
        for doc in documents
    ]


def _add_given(doc: Document, *, title: str | None, outlet: str | None, published: Moment | None) -> Document:
    """Return a plain document with what is given."""
    made = from_text(doc.text, name=doc.name, title=title, outlet=outlet or doc.outlet, published=published)
    problems = tuple(dict.fromkeys((*doc.problems, *made.problems)))
    return replace(made, encoding=doc.encoding, urls=doc.urls, problems=problems)


def _only(documents: list[Document], *, name: str) -> Document:
    """Return the one document of a list.

    Raises:
        SeveralArticles: There are more.
    """
    if len(documents) > 1:
        raise SeveralArticles(make_printable(name), len(documents))
    return documents[0]


def from_text(
    text: str,
    *,
    name: str = "text",
    title: str | None = None,
    outlet: str | None = None,
    published: Moment | str | None = None,
) -> Document:
    """Return the document of a text that is already decoded.

    Args:
        text: Becomes the document's text, unchanged, unless a title is given that it does not begin with: then the
            document's text is the title, a blank line and this text.
        name: What the caller knows it by.
        title: The headline; None to look for one in the text.
        outlet: Who publishes.
        published: A `Moment`, or a time as ISO 8601 writes it ("2024-11-03", "2024-11-03T10:15+02:00").

    Raises:
        InputError: As for `load`.
        SettingsError: `published` is no time.
    """
    parts: tuple[object, ...] = (text, title or "", outlet or "")
    wrong = next((type(part).__name__ for part in parts if not isinstance(part, str)), None)
    if wrong:
        raise InputError(name, f"a text is expected here, and this is {wrong}.")
    if not text.strip():
        raise EmptyInput(name)
    if "\0" in text:
        raise BinaryInput(make_printable(name))
    try:
        f"{text}{title or ''}{outlet or ''}".encode()
    except UnicodeEncodeError as error:
        # Code points that are no characters: the text was decoded as something that it is not.
        raise UnknownEncoding(make_printable(name), ("utf-8",)) from error
    moment = read_given_moment(published)
    place = None
    if title and title.strip():
        headline = title.strip()
        if not text.startswith(headline):
            text = headline + BLANK_LINE + text
        place = (0, len(headline))
    return make_plain_document(
        text, name=make_printable(name), encoding=None, outlet=outlet, published=moment, title=place
    )
