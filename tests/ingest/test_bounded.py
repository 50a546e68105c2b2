"""Work in a process of its own: what stops it, and that nothing of it lies on the disk."""

from __future__ import annotations

import subprocess
import tempfile
import threading
import time
from typing import TYPE_CHECKING

import pytest

from sayso.errors import UnreadableFile
from sayso.ingest import bounded

if TYPE_CHECKING:
    from pathlib import Path

MODULES = {
    "count": "import json, sys; print(json.dumps({'n': len(sys.stdin.buffer.read())}))",
    "deaf": "print('{}')",
    "asleep": "import time; time.sleep(60)",
    "talkative": "import sys\nwhile True: sys.stdout.write('x' * 100_000)",
    "broken": "raise SystemExit(3)",
    "mumbling": "print('{')",
}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Modules for children, and no folder for temporary files."""
    for name, body in MODULES.items():
        (tmp_path / f"{name}_child.py").write_text(body)
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    return tmp_path


def test_any_amount_is_handed_over_without_a_file() -> None:
    for size in (0, 1, 5_000_000):
        assert bounded.run_bounded("count_child", bytes(size), name="a") == {"n": size}


def test_a_process_that_does_not_listen_is_no_harm() -> None:
    assert bounded.run_bounded("deaf_child", bytes(5_000_000), name="a") == {}


@pytest.mark.parametrize("child", ["asleep", "talkative", "broken", "mumbling", "missing"])
def test_whatever_it_does_it_is_stopped_and_an_error_of_ours(child: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded, "LIMIT_OUTPUT_BYTES", 1_000_000)
    before = threading.active_count()
    with pytest.raises(UnreadableFile):
        bounded.run_bounded(f"{child}_child", bytes(5_000_000), name="a", limit_s=1.0 if child == "asleep" else 20.0)
    # A thread that was told to end takes a moment to do so.
    deadline = time.monotonic() + 10
    while threading.active_count() > before and time.monotonic() < deadline:
        time.sleep(0.01)
    assert threading.active_count() <= before


def test_no_process_is_an_error_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_how: object) -> None:
        raise OSError(11, "no more processes")

    monkeypatch.setattr(subprocess, "Popen", refuse)
    with pytest.raises(UnreadableFile):
        bounded.run_bounded("count_child", b"", name="a")
