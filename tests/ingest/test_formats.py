"""Which format bytes are in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sayso.errors import BinaryInput, EmptyInput, UnsupportedFormat
from sayso.ingest.formats import find_format

if TYPE_CHECKING:
    from tests.ingest.conftest import Read

SENTENCE = "The mayor of Ardenna said on Monday that the bridge would be closed for the winter."


@pytest.mark.parametrize(
    ("text", "name", "media", "expected"),
    [
        (SENTENCE, "a.txt", None, "plain"),
        (SENTENCE, "a", None, "plain"),
        (SENTENCE, "a.md", None, "markdown"),
        (SENTENCE, "a.html", None, "plain"),
        (f"<p>{SENTENCE}</p>", "a.html", None, "html"),
        (f"<p>{SENTENCE}</p>", "-", None, "html"),
        (f"<p>{SENTENCE}</p>", "a.txt", None, "plain"),
        (f"\n<!-- saved -->\n<!DOCTYPE html><p>{SENTENCE}</p>", "a.txt", None, "html"),
        (f'<?xml version="1.0"?><html><p>{SENTENCE}</p></html>', "-", None, "html"),
        (SENTENCE, "-", "text/markdown; charset=utf-8", "markdown"),
        (f"<b>{SENTENCE}</b>", "-", "text/html", "html"),
    ],
)
def test_bytes_go_before_the_ending(text: str, name: str, media: str | None, expected: str) -> None:
    assert find_format(text, name=name, media=media) == expected


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"%PDF-1.7\n...", "a.txt"),
        (b"PK\x03\x04" + b"\0" * 26 + b"word/document.xml", "a.docx"),
        (b"{\\rtf1 The mayor}", "a.txt"),
        (b"WARC/1.1\r\n", "a.warc"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.doc"),
        (b'<?xml version="1.0"?>\n<rss version="2.0"></rss>', "a.xml"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "page.html"),
        (b'{"title": "x"}', "-"),
        (b"a,b\n1,2\n", "a.csv"),
        (b"The mayor", "a.eml"),
    ],
)
def test_formats_to_come_are_refused_by_name(read: Read, data: bytes, name: str) -> None:
    with pytest.raises(UnsupportedFormat):
        read(data, name)


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\0\0",
        b"\xff\xd8\xff\xe0",
        b"GIF89a\x01",
        b"\x1f\x8b\x08\0",
        b"PK\x03\x04" + b"x" * 40,
        b"\x7fELF\x02",
        b"SQLite format 3\0",
        b"RIFF\x10\0\0\0WEBPVP8 ",
    ],
)
def test_images_archives_and_programs_are_binary(read: Read, data: bytes) -> None:
    with pytest.raises(BinaryInput) as caught:
        read(data)
    assert caught.value.looks_like


def test_word_that_is_a_formats_mark_is_a_word(read: Read) -> None:
    assert read("ID3 tags were found on the tape, the police said, and they were sure of it.").format == "plain"


@pytest.mark.parametrize("data", [b"", b" \n\t", b"\xef\xbb\xbf", "\u200b\u200b".encode(), "\u00a0\u3000".encode()])
def test_blank_input_is_empty(read: Read, data: bytes) -> None:
    with pytest.raises(EmptyInput):
        read(data)


def test_unread_media_type_is_refused(read: Read) -> None:
    with pytest.raises(UnsupportedFormat):
        read(SENTENCE, "a.txt", media="application/pdf")
