"""How many processes a machine takes."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from sayso.config import Settings
from sayso.ledger import capacity
from sayso.ledger.capacity import MOST_BLINDLY, NEED_BYTES, count_cores, count_processes, find_free_memory

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(capacity, "MEMINFO", tmp_path / "meminfo")
    monkeypatch.setattr(capacity, "CGROUP", tmp_path)
    (tmp_path / "meminfo").write_text("MemTotal: 9000000 kB\nMemAvailable:    4000000 kB\n")
    return tmp_path


def set_container(machine: Path, limit: str, used: int) -> None:
    """Let the machine be a container of that size."""
    (machine / "memory.max").write_text(f"{limit}\n")
    (machine / "memory.current").write_text(f"{used}\n")


@pytest.mark.usefixtures("machine")
def test_as_many_as_there_are_cores_or_are_set() -> None:
    assert count_processes(Settings(threads=3)) == 3
    assert count_processes(Settings()) == min(count_cores(), 4_096_000_000 * 8 // 10 // NEED_BYTES)


def test_no_more_than_there_is_memory_for(machine: Path) -> None:
    set_container(machine, str(3 * NEED_BYTES), NEED_BYTES)
    assert find_free_memory() == 2 * NEED_BYTES
    assert count_processes(Settings(threads=64)) == 1


def test_one_at_least(machine: Path) -> None:
    set_container(machine, "1000", 2000)
    assert find_free_memory() == 0
    assert count_processes(Settings(threads=64)) == 1


def test_a_container_without_a_limit_sets_none(machine: Path) -> None:
    set_container(machine, "max", 2000)
    assert find_free_memory() == 4_096_000_000


@pytest.mark.parametrize("text", ["", "MemAvailable:\n", "MemAvailable: many kB\n"])
def test_where_nothing_says_what_is_free_it_is_half(machine: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    (machine / "meminfo").write_text(text)
    monkeypatch.setattr(os, "sysconf", {"SC_PAGE_SIZE": 4096, "SC_PHYS_PAGES": 1000}.__getitem__, raising=False)
    assert find_free_memory() == 4096 * 500


def test_where_nobody_says_anything_there_are_few(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (machine / "meminfo").unlink()
    monkeypatch.delattr(os, "sysconf", raising=False)
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: 64)
    assert find_free_memory() is None
    assert count_processes(Settings()) == MOST_BLINDLY
