"""Help in sections."""

from __future__ import annotations

import click
import pytest
from click.testing import CliRunner

from sayso.cli import main
from sayso.cli._sections import SECTIONS, Sectioned


def test_the_commands_stand_in_sections_in_their_order() -> None:
    printed = CliRunner().invoke(main, ["--help"]).stdout
    known = [name for _, names in SECTIONS for name in names if name in main.commands]
    assert set(known) == set(main.commands)
    places = [printed.index(f"\n  {name} ") for name in known]
    assert places == sorted(places)


def test_a_command_of_no_section_comes_last_and_a_hidden_one_not_at_all() -> None:
    group = Sectioned("sayso", context_settings={"help_option_names": ["-h", "--help"]})
    for name in ("read", "other", "zip"):
        group.add_command(click.Command(name, help=f"Do {name}."))
    group.add_command(click.Command("secret", hidden=True))
    printed = CliRunner().invoke(group, ["--help"]).stdout
    assert printed.index("Do read.") < printed.index("More:") < printed.index("Do other.") < printed.index("Do zip.")
    assert "secret" not in printed


@pytest.mark.parametrize("verb", ["claims", "articles", "sources", "search"])
def test_the_options_of_a_list_stand_in_sections(verb: str) -> None:
    printed = CliRunner().invoke(main, [verb, "--help"]).stdout
    places = [
        printed.index(f"\n{title}:\n")
        for title in ("Which ones", "In what order, and how many", "In what form", "Options")
    ]
    assert places == sorted(places)


@pytest.mark.parametrize("verb", sorted(main.commands))
def test_the_short_help_is_not_cut_off(verb: str) -> None:
    assert "..." not in main.commands[verb].get_short_help_str(65)


@pytest.mark.parametrize("verb", sorted(main.commands))
def test_the_words_under_the_options_fit_eighty_columns(verb: str) -> None:
    epilog = main.commands[verb].epilog or ""
    long = [line for line in epilog.splitlines() if len(line) > 78]
    assert not [line for line in long if not line.startswith("  ")]
    # An example that is to be pasted is not broken.
    assert all(line.strip().startswith(("sayso", "pbpaste")) and "   " not in line.strip() for line in long)
