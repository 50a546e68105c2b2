"""The commands that people and machines start."""

from __future__ import annotations

import re
import shutil
import stat
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TARGETS = ["demo", "test", "check", "bench", "bench-short", "wheel", "lock", "clean", "help"]


@pytest.mark.parametrize("target", TARGETS)
def test_make_has_the_target_and_help_lists_it(target: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(rf"^{target}:.*## \S", makefile, flags=re.MULTILINE)


@pytest.mark.parametrize(("shell", "script"), [("bash", ".ci/run"), ("sh", "tools/environment.sh")])
def test_a_script_can_be_parsed_and_started(shell: str, script: str) -> None:
    path = ROOT / script
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"no {shell} here")
    run = subprocess.run([program, "-n", path], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert path.stat().st_mode & stat.S_IXUSR


def test_what_a_gate_runs_is_what_a_person_runs() -> None:
    assert "make check" in (ROOT / ".ci/run").read_text(encoding="utf-8")


def test_nobody_has_to_install_the_heavy_groups_to_check() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    check = re.search(r"^check:(.*?)##", makefile, flags=re.MULTILINE)
    assert check
    assert "environment" not in check.group(1)
