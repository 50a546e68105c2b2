"""The rules that are data: word lists and patterns, one folder per language."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load_rules(language: str, name: str) -> dict[str, Any]:
    """Return one rule file, ``rules/<language>/<name>.toml``, as it stands."""
    path = files("sayso.extract") / "rules" / language / f"{name}.toml"
    return tomllib.loads(path.read_text("utf-8"))
