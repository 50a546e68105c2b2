"""Imports go down only, and the contract that says so knows every room."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_imports_go_down_only() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    run = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


def test_every_room_has_its_row_in_the_architecture() -> None:
    described = (ROOT / "docs/architecture/README.md").read_text(encoding="utf-8")
    rooms = {path.stem for path in (ROOT / "src/sayso").iterdir() if path.suffix == ".py" or path.is_dir()}
    rooms = {room for room in rooms if not room.startswith("__")}
    missing = sorted(room for room in rooms if f"| `{room}` |" not in described)
    assert not missing


def test_a_room_that_exists_is_not_optional_in_the_contract() -> None:
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = next(c["layers"] for c in config["tool"]["importlinter"]["contracts"] if c["name"] == "floors")
    names = [name.strip() for layer in layers for name in layer.split("|")]
    optional = {name.strip("()") for name in names if name.startswith("(")}
    here = {path.stem for path in (ROOT / "src/sayso").iterdir()}
    assert not optional & here
