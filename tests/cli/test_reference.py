"""The reference pages."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from sayso.cli import main, reference
from sayso.cli.reference import PAGES, refresh

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize("name", PAGES)
def test_generated_parts_are_fresh(name: str) -> None:
    page = (DOCS / name).read_text(encoding="utf-8")
    assert refresh(page) == page, "run: python -m sayso.cli.reference docs"


def test_every_command_and_option_is_on_the_page_and_has_help() -> None:
    page = (DOCS / "cli.md").read_text(encoding="utf-8")
    for name, command in main.commands.items():
        assert f"## sayso {name}" in page
        assert command.help
        for option in command.params:
            if isinstance(option, click.Option):
                assert option.help, option.name
                assert option.opts[0] in page


def test_pages_are_refreshed_in_place(tmp_path: Path) -> None:
    for name in PAGES:
        stale = (DOCS / name).read_text(encoding="utf-8").replace("Options:", "Choices:").replace("| field |", "| x |")
        (tmp_path / name).write_text(stale, encoding="utf-8")
    reference.main(str(tmp_path))
    for name in PAGES:
        assert (tmp_path / name).read_bytes() == (DOCS / name).read_bytes()
