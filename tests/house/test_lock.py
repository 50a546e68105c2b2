"""The lock is in step with what is declared, and names nothing but the public index."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HEAVY = {"spacy", "tensorflow", "textacy", "torch", "transformers"}


def test_the_lock_names_only_the_public_index() -> None:
    hosts = set(re.findall(r"https?://([^/\"]+)", (ROOT / "uv.lock").read_text(encoding="utf-8")))
    assert hosts == {"pypi.org", "files.pythonhosted.org"}


def test_every_locked_file_carries_its_hash() -> None:
    lock = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))
    files = [file for package in lock["package"] for file in [*package.get("wheels", []), package.get("sdist")] if file]
    assert files
    assert all(file["hash"].startswith("sha256:") for file in files)


def test_the_lock_is_in_step() -> None:
    uv = Path(sys.executable).with_name("uv")
    if not uv.exists():
        pytest.skip("this environment was made without uv")
    export = [str(uv), "export", "--locked", "--offline", "--quiet", "--no-emit-project", "--no-hashes"]
    run = subprocess.run(export, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    names = {line.split("==")[0] for line in run.stdout.splitlines() if "==" in line}
    assert "pytest" in names
    assert not names & HEAVY


def test_nothing_heavy_is_a_dependency() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    names = {re.split(r"[<>=!~\[; ]", line)[0].lower() for line in declared}
    assert not names & HEAVY
