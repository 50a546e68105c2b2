"""What the tests of the command line share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from sayso.cli import _rooms, main
from tests.cli.driver import open_hand_rooms

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ARTICLE = """Harbour to stay closed

The harbour at Port Callan will stay closed until Monday because of the storm.

Mayor Ilva Brenn said the harbour could open on Tuesday. Her deputy said nobody had asked the pilots.
"""


@pytest.fixture
def sayso(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Call the command line in this process, without the model."""
    monkeypatch.setattr(_rooms, "open_rooms", open_hand_rooms)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.delenv("FORCE_COLOR", raising=False)

    def call(*args: str, stdin: str | bytes | None = None) -> Result:
        return CliRunner().invoke(main, list(args), input=stdin, prog_name="sayso")

    return call


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """A folder with three articles."""
    folder = tmp_path / "articles"
    (folder / "deep").mkdir(parents=True)
    for name in ("b.txt", "a.txt", "deep/b.txt"):
        (folder / name).write_text(ARTICLE.replace("Monday", f"Monday ({name[:-4]})"), encoding="utf-8")
    return folder
