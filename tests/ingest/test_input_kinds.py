"""What sort of input bytes are, and the feeds that a page names."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

from sayso.errors import InputError, MissingFile
from sayso.ingest.feed_links import find_feed_links
from sayso.ingest.input_kinds import InputKind, find_file_kind, find_input_kind
from tests.ingest.feeds import ATOM_NAMED, HOME, JSON, PAGE, RDF, atom, rss
from tests.ingest.packages import make_docx, pack, paragraph, run

if TYPE_CHECKING:
    from pathlib import Path

WARC = b"WARC/1.1\r\nWARC-Type: warcinfo\r\n\r\n"
DOCX = make_docx(paragraph(run("The mayor said so.")))
WACZ = pack({"archive/a.warc": WARC, "pages/pages.jsonl": "", "datapackage.json": "{}"})


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (rss(), "a.xml", InputKind.FEED),
        (RDF, "a", InputKind.FEED),
        (atom(), "a.txt", InputKind.FEED),
        (JSON, "a.json", InputKind.FEED),
        (PAGE, "a.rss", InputKind.DOCUMENT),
        (b"<urlset/>", "a.xml", InputKind.DOCUMENT),
        (b'{"a": 1}', "a.json", InputKind.DOCUMENT),
        (WARC, "a.txt", InputKind.WARC),
        (gzip.compress(WARC), "a.gz", InputKind.WARC),
        (gzip.compress(b"The mayor"), "a.warc.gz", InputKind.DOCUMENT),
        (b"\x1f\x8b\x00\x00damaged", "a.warc.gz", InputKind.WARC),
        (b"\x1f\x8b\x08", "a.warc.gz", InputKind.WARC),
        (b"\x1f\x8b\x00\x00damaged", "a.gz", InputKind.DOCUMENT),
        (b"WARC/1.1 is a format, the archivist said.", "a.txt", InputKind.DOCUMENT),
        (DOCX, "a.docx", InputKind.DOCUMENT),
        (WACZ, "a.zip", InputKind.WACZ),
        (b"PK\x03\x04", "a.wacz", InputKind.WACZ),
        (pack({"datapackage.json": "{}", "data/a.csv": "a"}), "a.zip", InputKind.DOCUMENT),
        (b"https://northwire.example/1\n", "a.txt", InputKind.URLS),
        ("https://northwire.example/1\n".encode("utf-16"), "a.csv", InputKind.URLS),
        (b"https://northwire.example/1\n", "a.md", InputKind.DOCUMENT),
        (b"The mayor said so.", "a.txt", InputKind.DOCUMENT),
        (b"%PDF-1.7", "a.pdf", InputKind.DOCUMENT),
        (b"", "a", InputKind.DOCUMENT),
    ],
)
def test_bytes_tell_what_they_are(tmp_path: Path, data: bytes, name: str, expected: InputKind) -> None:
    assert find_input_kind(data, name=name) == expected
    path = tmp_path / name
    path.write_bytes(data)
    assert find_file_kind(str(path)) == expected


def test_a_large_package_is_told_by_its_end(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(pack({"a": bytes(range(256)) * 2_000, "archive/a.warc": WARC, "datapackage.json": "{}"}))
    assert find_file_kind(str(path)) == InputKind.WACZ


def test_no_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(MissingFile):
        find_file_kind(str(tmp_path / "none"))
    with pytest.raises(InputError):
        find_file_kind(str(tmp_path))


def test_a_page_names_its_feeds() -> None:
    page = (
        '<html><head><base href="/news/"><link rel="alternate" type="application/rss+xml" href="feed.xml">'
        '<link rel="ALTERNATE nofollow" type="application/atom+xml; charset=utf-8" href="https://lisk.example/atom">'
        '<link rel="alternate" type="application/rss+xml" href="feed.xml">'
        '<link rel="alternate" hreflang="de" href="/de"><link rel="stylesheet" type="application/rss+xml" href="x">'
        '<link rel="alternate" type="application/json" href="/wp-json">'
        '<link rel="alternate" type="text/rss" href="javascript:1">'
        "</head><body><p>Text</p></body></html>"
    )
    assert find_feed_links(page, url=HOME) == [HOME + "news/feed.xml", "https://lisk.example/atom"]
    assert find_feed_links(page) == ["https://lisk.example/atom"]


def test_feeds_of_hostile_pages() -> None:
    assert find_feed_links("") == []
    assert len(find_feed_links("".join(ATOM_NAMED % i for i in range(200)))) == 50
    assert find_feed_links("<div>" * 10_000) == []
