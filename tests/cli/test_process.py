"""``sayso`` as a process: pipes, interrupts, start."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DRIVER = [sys.executable, str(Path(__file__).with_name("driver.py"))]
POSIX = pytest.mark.skipif(os.name == "nt", reason="Windows has neither this pipe nor this signal")


def environment(**more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT))), "COLUMNS": "100", **more}


def start(*args: str, **more: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [*DRIVER, *args], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(**more), cwd=ROOT
    )


@pytest.fixture
def many(articles: Path, tmp_path: Path) -> list[str]:
    """Forty articles."""
    text = (articles / "a.txt").read_text(encoding="utf-8")
    folder = tmp_path / "many"
    folder.mkdir()
    for n in range(40):
        (folder / f"{n:03}.txt").write_text(text, encoding="utf-8")
    return [str(path) for path in sorted(folder.iterdir())]


@POSIX
@pytest.mark.parametrize("form", [[], ["--json"]])
def test_a_reader_that_has_had_enough_is_no_error(many: list[str], form: list[str]) -> None:
    with start("read", *form, *many, SAYSO_TEST_PAUSE_S="0.02") as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(30) == 0


def test_readings_are_given_out_as_they_are_made(many: list[str]) -> None:
    process = start("read", "--json", *many, SAYSO_TEST_PAUSE_S="0.2")
    assert process.stdout is not None
    json.loads(process.stdout.readline())
    assert process.poll() is None
    process.kill()
    process.communicate()


@POSIX
def test_an_interrupt_ends_with_130_whole_lines_and_no_traceback(many: list[str]) -> None:
    process = start("read", "--json", *many, SAYSO_TEST_PAUSE_S="0.1")
    assert process.stdout is not None
    first = process.stdout.readline()
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert b"Traceback" not in err
    assert b"interrupted" in err
    for line in (first + out).splitlines():
        json.loads(line)
    assert (first + out).endswith(b"\n")


@POSIX
def test_an_interrupt_leaves_no_half_written_file(many: list[str], tmp_path: Path) -> None:
    out = tmp_path / "out"
    process = start("read", "--json", "--out", str(out), *many, SAYSO_TEST_PAUSE_S="0.05")
    deadline = time.monotonic() + 30
    while not (out.is_dir() and any(out.glob("*.json"))) and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=30)
    assert process.returncode == 130
    files = list(out.iterdir())
    assert 0 < len(files) < len(many)
    for path in files:
        json.loads(path.read_bytes())


def test_standard_input_is_read_as_bytes(articles: Path) -> None:
    text = (articles / "a.txt").read_text(encoding="utf-8").replace("Mayor", "Señora")
    done = subprocess.run(
        [*DRIVER, "read", "--json", "-"],
        input=text.encode(),
        capture_output=True,
        check=True,
        env=environment(LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0"),
        cwd=ROOT,
    )
    assert json.loads(done.stdout.decode("utf-8"))["document"]["text"] == text


def test_a_terminal_without_unicode_gets_a_page_in_ascii(articles: Path) -> None:
    done = subprocess.run(
        [*DRIVER, "read", str(articles / "a.txt")],
        capture_output=True,
        check=True,
        env=environment(PYTHONIOENCODING="ascii"),
        cwd=ROOT,
    )
    assert b"* " in done.stdout
    assert done.stdout.isascii()


@pytest.mark.parametrize("args", [["--help"], ["read", "--help"], ["claims", "--help"], ["info", "-h"], ["--version"]])
def test_help_loads_nothing_heavy(args: list[str]) -> None:
    code = (
        "import sys\n"
        "from sayso.cli import main\n"
        f"try: main({args!r}, prog_name='sayso')\n"
        "except SystemExit: pass\n"
        "heavy = {'onnxruntime', 'tokenizers', 'numpy', 'lxml', 'rich', 'py3langid'} & set(sys.modules)\n"
        "sys.exit(f'loaded {heavy}' if heavy else 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, env=environment(), check=False)
    assert done.returncode == 0, done.stderr
