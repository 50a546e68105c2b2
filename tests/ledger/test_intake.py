"""What names stand for: files, lists, feeds, archives; addresses by turns; nothing that was not named."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from sayso.config import Settings
from sayso.ledger.intake import Given, Intake, Trouble, keep_name
from sayso.records import Captured, CaptureKind
from sayso.warc import read_body, write_resource
from tests.ledger.hands import START, HandFetcher, make_feed, make_page

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sayso.ingest.feed import FeedContent
    from sayso.ledger.intake import Incoming

A, B = "https://a.example/1", "https://b.example/1"
FEED = "https://a.example/feed.xml"


class Desk:
    """An intake with what it told."""

    def __init__(self, **pages: str) -> None:
        """Take a feed, if there is one."""
        self.fetcher = HandFetcher({FEED: pages["feed"]} if "feed" in pages else {A: make_page(A), B: make_page(B)})
        self.fetcher.pages |= {A: make_page(A), B: make_page(B)}
        self.expected = 0
        self.followed: list[str] = []
        self.intake = Intake(
            Settings(),
            self.fetcher,
            tool="test",
            clock=lambda: START,
            follow=self.follow,
            expect=self.expect,
        )

    def follow(self, captured: Captured, content: FeedContent) -> None:
        self.followed.append(f"{captured.capture.urls.asked} {content.title}")

    def expect(self, n: int) -> None:
        self.expected += n

    def take(self, *names: str | Path, **given: str) -> list[Incoming]:
        return list(self._take(*names, **given))

    def _take(self, *names: str | Path, **given: str) -> Iterator[Incoming]:
        return self.intake.take([str(name) for name in names], Given(**given))


def names_of(found: list[Incoming]) -> list[str]:
    return sorted(one.name if isinstance(one, Trouble) else one.capture.name for one in found)


def test_a_file_is_preserved_byte_for_byte(tmp_path: Path) -> None:
    data = bytes(range(256)) * 3
    (tmp_path / "a.txt").write_bytes(data)
    (found,) = Desk().take(tmp_path / "a.txt", url="https://a.example/x")
    assert isinstance(found, Captured)
    assert found.capture.kind is CaptureKind.FILE
    assert found.capture.urls.asked == "https://a.example/x"
    assert read_body(found.warc) == data


def test_the_users_folders_are_not_told(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "a.txt").write_text("x")
    (found,) = Desk().take(tmp_path / "deep" / "a.txt")
    assert isinstance(found, Captured)
    assert found.capture.name == "deep/a.txt"
    assert str(tmp_path).encode() not in found.warc


@pytest.mark.parametrize(
    ("name", "kept"),
    [("a.txt", "a.txt"), ("deep/er/a.txt", "deep/er/a.txt"), ("/home/me/x/a.txt", "x/a.txt"), ("/a", "/a")],
)
def test_a_name_is_kept_as_typed_or_by_its_end(name: str, kept: str) -> None:
    assert keep_name(name) == kept


def test_a_list_of_addresses_is_fetched(tmp_path: Path) -> None:
    (tmp_path / "links.txt").write_text(f"# harbour\n{A}\n{B}\n{A}\n")
    desk = Desk()
    assert names_of(desk.take(tmp_path / "links.txt")) == [A, B]
    assert desk.expected == 2


def test_a_list_in_another_encoding_is_read_and_one_in_none_is_told(tmp_path: Path) -> None:
    (tmp_path / "links.txt").write_text(f"{A}\n{B}\n", encoding="utf-16")
    assert names_of(Desk().take(tmp_path / "links.txt")) == [A, B]


def test_a_feed_in_a_file_is_fetched_and_not_followed(tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_text(make_feed(A, B))
    desk = Desk()
    assert names_of(desk.take(tmp_path / "feed.xml")) == [A, B]
    assert desk.followed == []


def test_a_feed_at_an_address_is_fetched_and_followed() -> None:
    desk = Desk(feed=make_feed(A, B))
    assert names_of(desk.take(FEED)) == [A, B]
    assert desk.followed == [f"{FEED} Harbour news"]
    assert desk.expected == 2


def test_a_feed_within_a_feed_is_not_followed() -> None:
    desk = Desk(feed=make_feed("https://a.example/other.xml", A))
    desk.fetcher.pages["https://a.example/other.xml"] = make_feed(B)
    found = desk.take(FEED)
    assert names_of(found) == [A, "https://a.example/other.xml"]
    assert B not in {url for url, _ in desk.fetcher.asked}


def test_the_same_address_is_asked_once() -> None:
    desk = Desk()
    assert names_of(desk.take(A, A, B)) == [A, B]


def test_an_archive_gives_its_pages(tmp_path: Path) -> None:
    page = make_page(A).encode()
    archive = tmp_path / "crawl.warc.gz"
    archive.write_bytes(write_resource(page, at=START, uri=A, media="text/html"))
    (found,) = Desk().take(archive)
    assert isinstance(found, Captured)
    assert found.capture.kind is CaptureKind.ARCHIVE
    assert found.data == page


def test_archives_in_folders_are_found_too(tmp_path: Path) -> None:
    (tmp_path / "crawl.warc.gz").write_bytes(write_resource(b"x" * 99, at=START, uri=A, media="text/plain"))
    (tmp_path / "a.txt").write_text("x")
    assert len(Desk().take(tmp_path)) == 2


def test_what_is_missing_is_told(tmp_path: Path) -> None:
    found = Desk().take(tmp_path / "none.txt")
    assert [type(one) for one in found] == [Trouble]
    assert "none.txt" not in found[0].says  # type: ignore[union-attr]


def test_a_file_of_the_name_of_an_address_is_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "www.example.txt").write_text("x")
    desk = Desk()
    (found,) = desk.take("www.example.txt")
    assert isinstance(found, Captured)
    assert desk.fetcher.asked == []


def test_standard_input_is_pasted() -> None:
    (found,) = Desk().intake.take(["-"], Given(), stdin=io.BytesIO(b"Ida Marlow said no."))
    assert isinstance(found, Captured)
    assert (found.capture.kind, found.data) == (CaptureKind.PASTE, b"Ida Marlow said no.")


def test_a_file_over_the_limit_is_told_and_not_held(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"x" * 100)
    intake = Intake(Settings(max_bytes=10), HandFetcher(), tool="test", clock=lambda: START)
    (found,) = intake.take([str(tmp_path / "a.txt")], Given())
    assert isinstance(found, Trouble)
