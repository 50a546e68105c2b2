"""Names to files, files to bytes."""

from __future__ import annotations

import io
import os
import sys
from typing import TYPE_CHECKING

import pytest

from sayso import ingest
from sayso.config import Settings
from sayso.errors import FetchingNotHere, InputError, MissingFile, NoArticles, TooLarge
from sayso.ingest.files import make_printable, read_stream

if TYPE_CHECKING:
    from pathlib import Path

ARTICLE = "The mayor of Ardenna said on Monday that the bridge would be closed for the winter."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.txt", "a.HTML", "c.md", "skip.odt", ".hidden.txt", "deep/d.markdown", ".git/e.txt", "deep/f.png"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(ARTICLE, encoding="utf-8")
    return tmp_path


def test_folder_gives_its_readable_files_in_order(folder: Path) -> None:
    names, errors = ingest.find_files([str(folder)])
    assert [os.path.relpath(name, folder).replace(os.sep, "/") for name in names] == [
        "a.HTML", "b.txt", "c.md", "deep/d.markdown",
    ]  # fmt: skip
    assert errors == []


def test_named_file_is_taken_whatever_its_ending_and_each_file_once(folder: Path) -> None:
    pdf, text = str(folder / "skip.odt"), str(folder / "b.txt")
    names, errors = ingest.find_files(["-", text, pdf, text, "-"])
    assert names == ["-", text, pdf]
    assert errors == []


def test_bad_paths_are_reported_and_the_rest_go_on(folder: Path) -> None:
    (folder / "empty").mkdir()
    text = str(folder / "b.txt")
    paths = [
        "no/such/file",
        str(folder / "empty"),
        text,
        "https://courier.example/a",
        "www.courier.example",
        "a\0b",
        "x" * 5000,
    ]
    names, errors = ingest.find_files(paths)
    assert names == [text]
    assert [type(error) for error in errors] == [
        MissingFile, NoArticles, FetchingNotHere, FetchingNotHere, MissingFile, MissingFile,
    ]  # fmt: skip
    assert errors[0].name == "no/such/file"


@pytest.mark.skipif(sys.platform == "win32", reason="making links needs a privilege on Windows")
def test_links_in_a_circle_are_entered_once(folder: Path) -> None:
    (folder / "deep" / "up").symlink_to(folder, target_is_directory=True)
    (folder / "gone.txt").symlink_to(folder / "nowhere.txt")
    names, errors = ingest.find_files([str(folder)])
    assert len(names) == 4
    assert errors == []


def test_size_limit_is_checked_before_the_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as stream:
        stream.truncate(100_000_000)
    with pytest.raises(TooLarge) as caught:
        ingest.load(str(path), settings=Settings())
    assert caught.value.size_bytes == 100_000_000
    assert caught.value.limit_bytes == 20_000_000


def test_standard_input_is_read_up_to_the_limit_and_no_further() -> None:
    class Endless(io.RawIOBase):
        given = 0

        def read(self, size: int = -1, /) -> bytes:
            self.given += size
            return b"a" * size

    stream = Endless()
    with pytest.raises(TooLarge):
        read_stream(stream, name="-", limit_bytes=3_000_000)  # type: ignore[arg-type]
    assert stream.given <= 3_000_001


def test_standard_input_is_a_document_named_dash() -> None:
    document = ingest.load("-", settings=Settings(), stdin=io.BytesIO(ARTICLE.encode()))
    assert (document.name, document.text) == ("-", ARTICLE)


def test_bytes_over_the_limit_are_refused() -> None:
    with pytest.raises(TooLarge):
        ingest.read_bytes(ARTICLE.encode(), name="a", settings=Settings(max_bytes=10))


def test_missing_file_folder_and_odd_names_are_input_errors(tmp_path: Path) -> None:
    for name, error in ((str(tmp_path / "none"), MissingFile), (str(tmp_path), InputError), ("a\0b", MissingFile)):
        with pytest.raises(error):
            ingest.load(name, settings=Settings())


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="everything may be read by this user")
def test_file_that_may_not_be_read_is_an_input_error(tmp_path: Path) -> None:
    path = tmp_path / "closed.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    path.chmod(0)
    with pytest.raises(InputError):
        ingest.load(str(path), settings=Settings())


def test_name_that_is_no_text_is_made_printable() -> None:
    shown = make_printable(os.fsdecode(b"caf\xe9.txt"))
    shown.encode()
    assert shown.endswith(".txt")
    assert make_printable("café.txt") == "café.txt"


def test_a_pattern_stands_for_the_files_that_it_matches(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "c.md", "d/e.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x")
    assert ingest.find_files([str(tmp_path / "*.txt")]) == ([str(tmp_path / "a.txt"), str(tmp_path / "b.txt")], [])
    assert str(tmp_path / "d/e.txt") in ingest.find_files([str(tmp_path / "**/*.txt")])[0]
    assert [type(error) for error in ingest.find_files([str(tmp_path / "*.pdf")])[1]] == [MissingFile]


def test_archives_are_looked_for_where_they_are_wanted(tmp_path: Path) -> None:
    for name in ("a.warc.gz", "b.wacz", "c.warc"):
        (tmp_path / name).write_bytes(b"x")
    found, errors = ingest.find_files([str(tmp_path)], with_archives=True)
    assert [name.rpartition("/")[2] for name in found] == ["a.warc.gz", "b.wacz", "c.warc"]
    assert not errors
    assert [type(error) for error in ingest.find_files([str(tmp_path)])[1]] == [NoArticles]
