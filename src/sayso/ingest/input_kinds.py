"""What sort of input bytes are: a document, or what holds or names many."""

from __future__ import annotations

import re
import zlib
from enum import StrEnum
from pathlib import PurePath
from typing import TYPE_CHECKING

from sayso.ingest.feed_marks import SAMPLE_BYTES, decode_sample, is_feed
from sayso.ingest.files import open_file
from sayso.ingest.formats import ZIP_MARK
from sayso.ingest.url_list import is_url_list

if TYPE_CHECKING:
    from typing import BinaryIO

GZIP_MARK = b"\x1f\x8b"
WARC_START = re.compile(rb"WARC/\d\.\d\r?\n")
UNPACKED_BYTES = 16
WACZ_ENDING = ".wacz"
WARC_ENDINGS = (".warc", ".warc.gz")
# What a list of addresses may be called; a page or a Markdown text that begins with links is none.
LIST_ENDINGS = {"", ".txt", ".text", ".csv", ".tsv", ".lst", ".list", ".urls", ".url"}
PACKAGE_LIST = b"datapackage.json"
PACKAGE_FOLDER = b"archive/"


class InputKind(StrEnum):
    """What sort of input bytes are."""

    DOCUMENT = "document"
    FEED = "feed"
    WARC = "warc"
    WACZ = "wacz"
    URLS = "urls"


def find_input_kind(head: bytes, *, name: str, media: str | None = None, tail: bytes = b"") -> InputKind:
    """Return what sort of input bytes are; `DOCUMENT` is all that is nothing else, be it read or refused then.

    Args:
        head: The bytes, or at least the first `SAMPLE_BYTES` of them.
        name: What the caller knows them by; its ending counts only where the bytes leave it open.
        media: The media type, where one was stated.
        tail: The last `SAMPLE_BYTES` of them, where `head` is not all: there a package lists its members.
    """
    lowered = name.lower()
    if WARC_START.match(head) or (head.startswith(GZIP_MARK) and _is_packed_warc(head, lowered)):
        return InputKind.WARC
    if head.startswith(ZIP_MARK):
        members = head[:SAMPLE_BYTES] + tail[-SAMPLE_BYTES:] + (head[-SAMPLE_BYTES:] if not tail else b"")
        is_package = PACKAGE_LIST in members and PACKAGE_FOLDER in members
        return InputKind.WACZ if is_package or lowered.endswith(WACZ_ENDING) else InputKind.DOCUMENT
    if is_feed(head, media):
        return InputKind.FEED
    if PurePath(lowered).suffix in LIST_ENDINGS and is_url_list(decode_sample(head)):
        return InputKind.URLS
    return InputKind.DOCUMENT


def find_file_kind(name: str) -> InputKind:
    """Return what sort of input a file is; little of it is read, however large it is.

    Raises:
        MissingFile: There is no such file.
        InputError: It is a folder, or may not be read.
    """
    with open_file(name) as stream:
        head = stream.read(SAMPLE_BYTES)
        return find_input_kind(head, name=name, tail=_read_tail(stream) if head.startswith(ZIP_MARK) else b"")


def _read_tail(stream: BinaryIO) -> bytes:
    """Return the last bytes of a file."""
    size = stream.seek(0, 2)
    stream.seek(max(0, size - SAMPLE_BYTES))
    return stream.read(SAMPLE_BYTES)


def _is_packed_warc(head: bytes, lowered: str) -> bool:
    """Tell whether packed bytes are records, or are called so and cannot be unpacked to tell."""
    try:
        start = zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(head[:SAMPLE_BYTES], UNPACKED_BYTES)
    except zlib.error:
        return lowered.endswith(WARC_ENDINGS)
    return WARC_START.match(start) is not None or (not start and lowered.endswith(WARC_ENDINGS))
