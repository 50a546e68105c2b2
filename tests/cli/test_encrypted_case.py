"""An encrypted case on the command line: how the passphrase gets in, and that it gets nowhere else."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import click
import pytest
from click.testing import CliRunner, Result

from sayso.cli import _open, main
from sayso.cli._passphrase import ask_passphrase
from sayso.ledger import case as case_room
from tests.ledger.hands import HandFetcher, HandReader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Sayso = Callable[..., Result]

WORDS = "nine blue 'herons'"
TEXT = "Harbour to stay closed\n\nIda Marlow said the harbour would stay closed until Monday because of the storm.\n"
TWICE = f"{WORDS}\n{WORDS}\n"


@pytest.fixture
def sayso(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sayso:
    """Call the command line in a folder with an article, without model and net."""
    monkeypatch.chdir(tmp_path)
    for name in ("SAYSO_CASE", "SAYSO_PASSPHRASE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sayso.ledger.pool.ReaderPool", lambda _settings: HandReader())
    monkeypatch.setattr(case_room, "Fetcher", lambda _settings, **_how: HandFetcher({}))
    (tmp_path / "a.txt").write_text(TEXT)

    def call(*args: str, stdin: str | None = None) -> Result:
        result = CliRunner().invoke(main, list(args), input=stdin, prog_name="sayso")
        assert WORDS not in result.stdout + result.stderr
        return result

    return call


@pytest.fixture
def case(sayso: Sayso) -> Sayso:
    """The same, with an encrypted case in the folder."""
    pytest.importorskip("sqlcipher3", reason="sayso[encrypt] is not installed")
    assert sayso("new", "harbour", "--encrypt", stdin=TWICE).exit_code == 0
    return sayso


def test_the_passphrase_is_asked_for_twice(case: Sayso, tmp_path: Path) -> None:
    assert (tmp_path / "harbour.sayso").exists()
    assert not (tmp_path / "harbour.sayso").read_bytes().startswith(b"SQLite")
    other = case("new", "other", "--encrypt", stdin=f"{WORDS}\nanother\n")
    assert other.exit_code != 0
    assert not (tmp_path / "other.sayso").exists()


def test_an_empty_passphrase_is_asked_for_again(case: Sayso, tmp_path: Path) -> None:
    assert case("new", "other", "--encrypt", stdin=f"\n{TWICE}").exit_code == 0
    assert case("new", "third", "--encrypt", stdin="\n\n").exit_code != 0
    assert not (tmp_path / "third.sayso").exists()


def test_a_case_is_used_as_any_other(case: Sayso, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAYSO_PASSPHRASE", WORDS)
    assert case("add", "a.txt").exit_code == 0
    assert "Ida Marlow" in case("claims").stdout
    assert case("search", "storm").exit_code == 0
    assert json.loads(case("info", "--json").stdout)["encrypted"] is True
    assert "not encrypted" not in case("info").stdout
    assert case("verify").exit_code == 0
    assert case("watch", "--list").exit_code == 0
    assert case("reread").exit_code == 0
    assert b"Marlow" not in b"".join(each.read_bytes() for each in tmp_path.glob("harbour.sayso*"))
    document = json.loads(case("articles", "--json").stdout)["id"]
    assert case("purge", document, "--yes").exit_code == 0
    assert case("verify").exit_code == 0


@pytest.mark.parametrize("given", [None, "", "wrong"])
def test_without_it_nothing_is_told(case: Sayso, given: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    if given is not None:
        monkeypatch.setenv("SAYSO_PASSPHRASE", given)
    for command in (("info",), ("add", "a.txt"), ("claims",), ("verify",), ("watch", "--once")):
        result = case(*command)
        assert result.exit_code == 1, command
        assert "passphrase" in result.stderr
        assert "Traceback" not in result.output


@pytest.mark.parametrize("answer", [WORDS, "wrong"])
def test_at_a_terminal_it_is_asked_for(case: Sayso, answer: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[dict[str, object]] = []

    def prompt(_text: str, **how: object) -> str:
        asked.append(how)
        return answer

    class Terminal:
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(_open, "sys", type("Sys", (), {"stdin": Terminal()}))
    monkeypatch.setattr(click, "prompt", prompt)
    assert case("info").exit_code == (0 if answer == WORDS else 1)
    assert asked == [{"hide_input": True, "confirmation_prompt": False, "err": True}]


def test_a_passphrase_for_all_cases_stops_none_that_has_none(sayso: Sayso, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAYSO_PASSPHRASE", WORDS)
    assert sayso("new", "open").exit_code == 0
    assert json.loads(sayso("info", "--json").stdout)["encrypted"] is False


def test_without_the_package_it_is_said_how_to_get_it(
    sayso: Sayso, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "sqlcipher3", None)
    result = sayso("new", "harbour", "--encrypt", stdin=TWICE)
    assert result.exit_code == 1
    assert "sayso[encrypt]" in result.stderr
    assert not list(tmp_path.glob("*.sayso"))


def find_options(command: click.Command) -> Iterator[str]:
    for parameter in command.params:
        yield from parameter.opts
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            yield from find_options(inner)


def test_no_option_takes_it_where_every_program_sees_it() -> None:
    options = set(find_options(main))
    assert "--encrypt" in options
    assert not [option for option in options if "pass" in option or "key" in option]


def test_it_is_said_first_that_what_encrypts_is_missing(sayso: Sayso, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sqlcipher3", None)
    result = sayso("new", "other", "--encrypt", stdin=TWICE)
    assert result.exit_code == 1
    assert "sayso[encrypt]" in result.stderr
    assert "Passphrase" not in result.stdout + result.stderr


@pytest.mark.parametrize("typed", ["", "nine\n"])
def test_an_end_of_input_is_said_to_be_one(case: Sayso, typed: str) -> None:
    result = case("new", "other", "--encrypt", stdin=typed)
    assert result.exit_code == 1
    assert "SAYSO_PASSPHRASE" in result.stderr


def test_control_c_at_the_passphrase_interrupts(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_args: object, **_how: object) -> str:
        raise click.Abort

    monkeypatch.setattr(click, "prompt", interrupt)
    with pytest.raises(click.Abort):
        ask_passphrase()
