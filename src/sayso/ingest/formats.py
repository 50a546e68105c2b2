"""Which format bytes are in: by what they look like first, by the file's ending second."""

from __future__ import annotations

import re
from pathlib import PurePath

from sayso.errors import BinaryInput, EncryptedFile, UnreadableFile, UnsupportedFormat
from sayso.ingest.rulebook import get_formats

PDF_MARK = b"%PDF-"
# Some programs put a line of their own before it; readers look for it this far (ISO 32000-1, annex H, note 13).
PDF_MARK_WITHIN = 1_024
OLE_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# An encrypted Office file is an old container around the packed new one (MS-OFFCRYPTO, 2.3).
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
ENCRYPTED_SAMPLE_BYTES = 1 << 20
ZIP_MARK = b"PK\x03\x04"
ZIP_SAMPLE_BYTES = 65_536
TEXT_SAMPLE_CHARS = 4_096
PAGE_START = re.compile(
    r"(?i)\s*(?:<!--(?:(?!-->)[\s\S]){0,3000}-->\s*|<\?xml[^>]{0,300}\?>\s*){0,5}"
    r"<(?:!doctype\s+html|html|head|body)\b"
)
# On standard input, or under an ending that says nothing, a piece of a page is told by how it begins and by end tags.
PIECE_START = re.compile(r"(?i)\s*<(?:article|main|section|div|header|h[1-6]|p|title|meta|script|link)\b")
END_TAG = re.compile(r"</[a-zA-Z]")
ANY_TAG = re.compile(r"<[a-zA-Z!/]")
XML_START = re.compile(r"(?i)\s*<\?xml[^>]{0,300}\?>\s*")
JSON_START = re.compile(r'\s*(?:\{\s*"|\[\s*\{\s*")')


def find_container(data: bytes, *, name: str, media: str | None = None) -> str | None:
    """Return ``pdf``, ``docx`` or ``mime`` for bytes that are no text of their own; None for all else.

    Raises:
        UnreadableFile: The media type says that they are a PDF or DOCX, and they are not.
    """
    kind = (media or "").split(";", maxsplit=1)[0].strip().lower()
    stated = get_formats().containers.get(kind) or get_formats().endings.get(PurePath(name).suffix.lower())
    if data.startswith(PDF_MARK) or (stated == "pdf" and PDF_MARK in data[:PDF_MARK_WITHIN]):
        return "pdf"
    if data.startswith(ZIP_MARK) and (stated == "docx" or b"word/" in data[:ZIP_SAMPLE_BYTES]):
        return "docx"
    is_message = stated in {"mail", "mhtml"} and (media is None or kind in get_formats().containers)
    opening = data[:256].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if is_message or (media is None and opening.startswith(get_formats().message_openings)):
        return "mime"
    if kind in get_formats().containers:
        raise UnreadableFile(name, f"it is said to be {kind} and is not")
    return None


def refuse_unread_bytes(data: bytes, *, name: str) -> None:
    """Refuse bytes that are known to be something else than text.

    Raises:
        EncryptedFile: An Office file with a password.
        BinaryInput: They hold no article: an image, an archive, a program.
        UnsupportedFormat: They may hold one, in a format that is not read yet.
    """
    formats = get_formats()
    if data.startswith(OLE_MARK) and ENCRYPTED_PACKAGE in data[:ENCRYPTED_SAMPLE_BYTES]:
        raise EncryptedFile(name)
    if data.startswith(ZIP_MARK):
        head = data[:ZIP_SAMPLE_BYTES]
        for member, what in formats.zip_members:
            if member in head:
                raise UnsupportedFormat(name, what)
        raise BinaryInput(name, "a zip archive")
    for magic in formats.magics:
        if data.startswith(magic.prefix, magic.at) and (magic.at or not _is_word(data, magic.prefix)):
            if magic.is_binary:
                raise BinaryInput(name, magic.name)
            raise UnsupportedFormat(name, magic.name)


def find_format(text: str, *, name: str, media: str | None = None) -> str:
    """Return ``html``, ``markdown`` or ``plain``.

    Raises:
        UnsupportedFormat: A text format that is not read yet, like a feed or JSON.
    """
    formats = get_formats()
    ending = PurePath(name).suffix.lower()
    start = text[:TEXT_SAMPLE_CHARS]
    if PAGE_START.match(start):
        return "html"
    plain_start = XML_START.sub("", start, count=1).lstrip().lower()
    for opening, what in formats.text_magics:
        if plain_start.startswith(opening):
            raise UnsupportedFormat(name, what)
    if media is not None:
        found = _find_media_format(media)
        if found is None:
            raise UnsupportedFormat(name, media.split(";", maxsplit=1)[0].strip() or "an unnamed media type")
        return found
    format_ = formats.endings.get(ending, "")
    if format_ in {"html", "markdown", "plain"}:
        # A text file that somebody named .html: as a page it would lose its line breaks.
        return format_ if format_ != "html" or ANY_TAG.search(text) else "plain"
    if ending in formats.unsupported:
        raise UnsupportedFormat(name, formats.unsupported[ending])
    if JSON_START.match(start):
        raise UnsupportedFormat(name, "JSON")
    if PIECE_START.match(start) and END_TAG.search(text):
        return "html"
    return "plain"


def _find_media_format(media: str) -> str | None:
    """Return the format of a media type; None if it is not read."""
    kind = media.split(";", maxsplit=1)[0].strip().lower()
    if kind in {"text/html", "application/xhtml+xml", "html"}:
        return "html"
    if kind in {"text/markdown", "text/x-markdown", "markdown"}:
        return "markdown"
    return "plain" if kind in {"text/plain", "plain"} else None


def _is_word(data: bytes, prefix: bytes) -> bool:
    """Tell whether letters that happen to be a format's mark begin a plain word ("BZh", "ID3", "OggS")."""
    if not prefix.isalnum():
        return False
    head = data[:64]
    return all(byte in b"\t\n\r" or 0x20 <= byte < 0x7F for byte in head)  # noqa: PLR2004 - printable ASCII
