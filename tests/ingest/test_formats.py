"""Which format bytes are in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sayso.errors import BinaryInput, EmptyInput, EncryptedFile, UnreadableFile, UnsupportedFormat
from sayso.ingest.formats import find_container, find_format

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
        (b"{\\rtf1 The mayor}", "a.txt"),
        (b"WARC/1.1\r\n", "a.warc"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.doc"),
        (b'<?xml version="1.0"?>\n<rss version="2.0"></rss>', "a.xml"),
        (b'{"title": "x"}', "-"),
        (b"a,b\n1,2\n", "a.csv"),
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
        read(SENTENCE, "a.txt", media="application/epub+zip")


@pytest.mark.parametrize(
    ("data", "name", "media", "expected"),
    [
        (b"%PDF-1.7\n", "a.txt", None, "pdf"),
        (b"\n\n%PDF-1.7\n", "a.pdf", None, "pdf"),
        (b"PK\x03\x04" + b"\0" * 26 + b"word/document.xml", "a", None, "docx"),
        (b"PK\x03\x04" + b"\0" * 26, "a.docx", None, "docx"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "page.html", None, "mime"),
        (b"From: <Saved by Blink>\r\n", "-", None, "mime"),
        (b"Subject: a", "a.eml", None, "mime"),
        (b"Subject: a", "a.txt", None, None),
        (b"Subject: a", "a", "message/rfc822", "mime"),
        (b"The mayor", "a.pdf", None, None),
        (b"MIME-Version: 1.0", "a.eml", "text/plain", None),
    ],
)
def test_what_is_no_text_of_its_own_is_told_first(data: bytes, name: str, media: str | None, expected: str) -> None:
    assert find_container(data, name=name, media=media) == expected


@pytest.mark.parametrize("data", [b"%PDF-1.7\n...", b"PK\x03\x04" + b"\0" * 26 + b"word/document.xml"])
def test_a_file_that_only_begins_like_a_format_is_damaged(read: Read, data: bytes) -> None:
    with pytest.raises(UnreadableFile):
        read(data)


@pytest.mark.parametrize(("name", "media"), [("a.eml", None), ("a.mhtml", None), ("a.txt", "application/pdf")])
def test_text_that_is_said_to_be_packed_is_refused(read: Read, name: str, media: str | None) -> None:
    with pytest.raises(UnreadableFile):
        read("The mayor of Ardenna", name, media=media)


def test_an_office_file_with_a_password_says_so(read: Read) -> None:
    with pytest.raises(EncryptedFile):
        read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "a.docx")
