"""What was restored lately is not restored again, as long as there is room, and never for other bytes."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from sayso.errors import DamagedRecord
from sayso.store.sqlite import create_case, open_case
from sayso.store.sqlite.restored import Restored
from tests.cases import AT, add_readings
from tests.readings import small_reading

if TYPE_CHECKING:
    from pathlib import Path


class Counter:
    """Restores a text, and counts how often it had to."""

    n = 0

    def restore(self, text: str) -> str:
        self.n += 1
        return text


def test_the_same_bytes_of_the_same_record_are_restored_once() -> None:
    kept: Restored[str] = Restored()
    counter = Counter()
    for _ in range(3):
        assert kept.get("a", b"x", lambda: counter.restore("ax")) == "ax"
    assert counter.n == 1
    assert kept.get("b", b"x", lambda: counter.restore("bx")) == "bx"
    assert kept.get("a", b"y", lambda: counter.restore("ay")) == "ay"
    assert counter.n == 3


def test_what_was_not_asked_for_longest_goes_first() -> None:
    kept: Restored[str] = Restored(bytes_max=10)
    counter = Counter()

    def ask(name: str) -> None:
        kept.get(name, b"1234", lambda: counter.restore(name))

    for name in ("a", "b", "a", "c", "a"):
        ask(name)
    assert counter.n == 3
    ask("b")
    assert counter.n == 4


def test_what_is_too_large_is_not_remembered() -> None:
    kept: Restored[str] = Restored(bytes_max=10)
    counter = Counter()
    for _ in range(2):
        assert kept.get("a", b"123456", lambda: counter.restore("a")) == "a"
    assert counter.n == 2


def test_what_cannot_be_restored_is_tried_again() -> None:
    kept: Restored[str] = Restored()

    def fail() -> str:
        raise DamagedRecord(Restored.__name__)

    for _ in range(2):
        with pytest.raises(DamagedRecord):
            kept.get("a", b"x", fail)
    assert kept.get("a", b"x", lambda: "a") == "a"


def test_threads_share_it() -> None:
    kept: Restored[int] = Restored(bytes_max=50)
    wrong: list[int] = []

    def ask() -> None:
        numbers = [n % 20 for n in range(300)]
        wrong.extend(n for n in numbers if kept.get(str(n), b"1234", lambda n=n: n) != n)  # type: ignore[misc]

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def test_a_reading_has_the_document_of_its_own_case(tmp_path: Path) -> None:
    reading = small_reading()
    other = replace(reading, document=replace(reading.document, name="other name.txt"))
    for number, one in enumerate((reading, other)):
        store = create_case(tmp_path / f"{number}.sayso", name="t", at=AT)
        add_readings(store, one)
        store.close()
        store = open_case(tmp_path / f"{number}.sayso")
        with store.view() as view:
            assert view.get_reading(one.document.id).reading == one
        store.close()
