"""The rules of this room that are data."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load_rules(name: str) -> dict[str, Any]:
    """Return one rule file, ``rules/<name>.toml``, as it stands."""
    return tomllib.loads((files("sayso.corroborate") / "rules" / f"{name}.toml").read_text("utf-8"))
