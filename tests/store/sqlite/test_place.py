"""The file of a case is whole in itself, and what is at its place must be it."""

from __future__ import annotations

import shutil
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from sayso.bench.synthetic_case import make_reading
from sayso.errors import MovedCase
from sayso.records import Feed
from sayso.store.sqlite import create_case, open_case
from sayso.store.sqlite import store as store_module
from tests.cases import AT, add_readings
from tests.readings import claimed_reading, demo_reading, small_reading

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sayso.store.sqlite import SqliteStore

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be moved")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "case.sayso"


@pytest.fixture
def store(path: Path) -> SqliteStore:
    made = create_case(path, name="Harbour", at=AT)
    add_readings(made, small_reading(), claimed_reading(), demo_reading())
    return made


def count_in_copy(path: Path) -> int:
    """Return how many documents are in a copy of the file alone."""
    copy = path.with_name("copy.sayso")
    shutil.copy(path, copy)
    with closing(open_case(copy)) as store, store.view() as view:
        return view.get_info().n_documents


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what was written be moved into the file after every block."""
    monkeypatch.setattr(store_module, "FOLD_EVERY_S", 0.0)


@pytest.mark.usefixtures("at_once")
def test_the_file_alone_is_whole_after_each_block(store: SqliteStore, path: Path) -> None:
    assert count_in_copy(path) == 3
    add_readings(store, make_reading(1))
    assert count_in_copy(path) == 4
    store.close()


def test_many_blocks_are_moved_into_the_file_together(store: SqliteStore, path: Path) -> None:
    assert count_in_copy(path) == 3
    add_readings(store, make_reading(1))
    store.close()
    assert count_in_copy(path) == 4


@pytest.mark.usefixtures("at_once")
def test_while_somebody_reads_what_was_written_waits_for_the_next_block(store: SqliteStore, path: Path) -> None:
    with store.view() as view:
        add_readings(store, make_reading(1))
        add_readings(store, make_reading(2))
        assert view.get_info().n_documents == 3
    add_readings(store, make_reading(3))
    assert count_in_copy(path) == 6
    store.close()


# A file that is no longer where it was opened.


def follow(store: SqliteStore, meanwhile: Callable[[], None]) -> None:
    with store.write() as writer:
        writer.set_feed(Feed(url="https://lorven.example/rss", added_at=AT), at=AT)
        meanwhile()


def move_away(path: Path, other: Path) -> None:
    path.rename(path.with_name("elsewhere.sayso"))
    del other


def delete(path: Path, other: Path) -> None:
    path.unlink()
    del other


def replace_by(path: Path, other: Path) -> None:
    other.replace(path)


@posix_only
@pytest.mark.parametrize("act", [move_away, delete, replace_by])
@pytest.mark.parametrize("within", [False, True], ids=["between blocks", "within a block"])
def test_a_case_that_is_not_at_its_place_any_more_is_not_written(
    store: SqliteStore, path: Path, tmp_path: Path, *, act: Callable[[Path, Path], None], within: bool
) -> None:
    other = tmp_path / "other.sayso"
    create_case(other, name="Other", at=AT).close()
    before = other.read_bytes()
    if within:
        with pytest.raises(MovedCase):
            follow(store, lambda: act(path, other))
    else:
        act(path, other)
        for _ in range(2):
            with pytest.raises(MovedCase):
                add_readings(store, make_reading(1))
    store.close()
    if act is replace_by:
        assert path.read_bytes() == before
        assert path.with_name("case.sayso-wal").stat().st_size == 0
        with closing(open_case(path)) as again, again.view() as view:
            assert view.get_info().name == "Other"
    elif act is move_away:
        with closing(open_case(tmp_path / "elsewhere.sayso")) as again, again.view() as view:
            assert view.get_info().n_documents == 3
            assert view.get_info().n_feeds == 0


@posix_only
def test_no_new_reader_opens_another_file_for_the_case(store: SqliteStore, path: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.sayso"
    create_case(other, name="Other", at=AT).close()
    with store.view() as view:
        assert view.get_info().name == "Harbour"
        other.replace(path)
        with pytest.raises(MovedCase), store.view():
            pass
        assert view.get_info().name == "Harbour"
    store.close()
