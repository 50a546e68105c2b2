"""The lists of a case as a process: pipes, interrupts, memory, terminals without the signs."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SAYSO = [sys.executable, str(Path(__file__).with_name("invented_case.py"))]
POSIX = pytest.mark.skipif(os.name == "nt", reason="Windows has neither this pipe nor this signal")


def start(*args: str, **more: str) -> subprocess.Popen[bytes]:
    paths = os.pathsep.join((str(ROOT / "src"), str(ROOT)))
    env = {**os.environ, "PYTHONPATH": paths, "COLUMNS": "100", **more}
    # Without a buffer: `communicate` would lose what stands in it.
    return subprocess.Popen(
        [*SAYSO, *args], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env, cwd=ROOT, bufsize=0
    )


@POSIX
@pytest.mark.parametrize("form", [["--all"], ["--json"], ["--csv"]])
def test_a_reader_that_has_had_enough_is_no_error(form: list[str]) -> None:
    with start("claims", *form, SAYSO_TEST_CLAIMS="20000") as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(30) == 0


@POSIX
def test_an_interrupt_ends_with_130_whole_lines_and_no_traceback() -> None:
    process = start("claims", "--json", SAYSO_TEST_CLAIMS="20000")
    assert process.stdout is not None
    first = process.stdout.readline()
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert b"Traceback" not in err
    for line in (first + out).splitlines():
        json.loads(line)


@pytest.mark.parametrize("args", [["claims", "--text", "fire"], ["articles"], ["sources"], ["search", "x"], ["info"]])
def test_a_terminal_without_unicode_gets_a_page_in_ascii(args: list[str]) -> None:
    out, err = start(*args, PYTHONIOENCODING="ascii").communicate(timeout=30)
    assert err == b""
    assert out
    assert out.isascii()


def test_json_and_csv_are_utf_8_whatever_the_terminal() -> None:
    for form in ("--json", "--csv"):
        out, _ = start("claims", form, PYTHONIOENCODING="ascii").communicate(timeout=30)
        assert "“could have been put out" in out.decode("utf-8")
