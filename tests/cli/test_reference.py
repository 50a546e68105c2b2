"""The reference pages."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from sayso.cli import main
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
