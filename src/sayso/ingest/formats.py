"""Which format bytes are in: by what they look like first, by the file's ending second."""

from __future__ import annotations

import re
from pathlib import PurePath

from sayso.errors import BinaryInput, UnsupportedFormat
from sayso.ingest.rulebook import get_formats

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


def refuse_unread_bytes(data: bytes, *, name: str) -> None:
    """Refuse bytes that are known to be something else than text.

    Raises:
        BinaryInput: They hold no article: an image, an archive, a program.
        UnsupportedFormat: They may hold one, in a format that is not read yet.
    """
    formats = get_formats()
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
    if ending in formats.endings:
        format_ = formats.endings[ending]
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
