"""``sayso stamp`` sends a hash where it is told to, and says what was checked and what was not."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import sys
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("rfc3161_client", reason="sayso[timestamp] is not installed")

from sayso.cli import _stamp_rooms, _stamp_run
from sayso.ledger import stamping
from tests import authority
from tests.authority import Authority
from tests.stamped import AT, LogOnly, as_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from click.testing import Result


@pytest.fixture
def harbour() -> Authority:
    return Authority()


@pytest.fixture
def address(harbour: Authority) -> Iterator[str]:
    with authority.serve(lambda body: harbour.answer(*authority.read_request(body))) as url:
        yield url


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> LogOnly:
    """The case that is opened."""
    case = LogOnly()

    @contextlib.contextmanager
    def open_rooms(_: str | None) -> Iterator[_stamp_rooms.StampRooms]:
        yield _stamp_rooms.StoreRooms(as_store(case))

    monkeypatch.setattr(_stamp_rooms, "open_stamp_rooms", open_rooms)
    monkeypatch.setattr(_stamp_rooms, "_tell_time", lambda: AT)
    return case


@pytest.fixture
def root(harbour: Authority, tmp_path: Path) -> str:
    (tmp_path / "root.pem").write_bytes(harbour.root.pem)
    return str(tmp_path / "root.pem")


def test_a_case_is_stamped_and_the_stamp_listed(sayso: Callable[..., Result], log: LogOnly, address: str) -> None:
    made = sayso("stamp", "--authority", address)
    assert made.exit_code == 0, made.output
    assert len(log.tokens) == 1
    listed = sayso("stamp", "--list")
    assert listed.output == made.output
    for part in ("Log entry 3, ", "2024-11-03T10:15:42Z", "Tarnhaven Time", authority.POLICY, log.log[2].hash, AT):
        assert part in made.output
    assert "not checked" in made.output


@pytest.mark.usefixtures("log")
def test_with_roots_it_says_that_the_authority_was_checked(
    sayso: Callable[..., Result], address: str, root: str
) -> None:
    made = sayso("stamp", "--authority", address, "--roots", root)
    checked = sayso("stamp", "--check", "--roots", root)
    assert (made.exit_code, checked.exit_code) == (0, 0)
    assert made.output == checked.output
    assert "Tarnhaven Root" in made.output
    assert "not checked" not in made.output


def test_json_has_all_of_it(sayso: Callable[..., Result], log: LogOnly, address: str) -> None:
    made = json.loads(sayso("stamp", "--json", "--authority", address).output)
    log.tokens.append((log.tokens[0][0], b"no token"))
    lines = sayso("stamp", "--check", "--json").output.splitlines()
    assert json.loads(lines[0]) == made
    assert made["fault"] is None
    assert (made["number"], made["log_hash"], made["stamp"]["serial"]) == (3, log.log[2].hash, "1267")
    assert json.loads(lines[1])["fault"]["code"] == "malformed"


@pytest.mark.usefixtures("log")
def test_a_stamp_that_does_not_hold_ends_in_three(sayso: Callable[..., Result], address: str, tmp_path: Path) -> None:
    sayso("stamp", "--authority", address)
    (tmp_path / "other.pem").write_bytes(Authority().root.pem)
    checked = sayso("stamp", "--check", "--roots", str(tmp_path / "other.pem"))
    assert checked.exit_code == 3
    assert "proves nothing" in checked.output
    assert "unknown-authority" in checked.output


@pytest.mark.usefixtures("log")
def test_a_case_without_stamps_says_so(sayso: Callable[..., Result]) -> None:
    for option in ("--list", "--check"):
        result = sayso("stamp", option)
        assert (result.exit_code, result.output) == (0, f"{_stamp_run.NONE_THERE}\n")
        assert sayso("stamp", option, "--json").output == ""


def test_a_refusal_is_one_line(sayso: Callable[..., Result], log: LogOnly) -> None:
    with authority.serve(lambda _: authority.refuse(2, "closed\x1b[2J for the night")) as url:
        result = sayso("stamp", "--authority", url)
    assert result.exit_code == 1
    assert result.output.count("\n") == 1
    assert "\x1b" not in result.output
    assert not log.tokens


@pytest.mark.usefixtures("log")
@pytest.mark.parametrize("given", [(), ("--list", "--check"), ("--authority", "https://a.example", "--list")])
def test_one_thing_at_a_time(sayso: Callable[..., Result], given: tuple[str, ...]) -> None:
    result = sayso("stamp", *given, "--json")
    assert result.exit_code == 2


def test_roots_that_are_none_are_said_to_be(
    sayso: Callable[..., Result], log: LogOnly, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "root.pem"
    path.write_text("no certificate", encoding="ascii")
    log.tokens.append((log.log[-1], b""))
    assert sayso("stamp", "--check", "--roots", str(path)).exit_code == 1
    monkeypatch.setattr(_stamp_run, "MAX_ROOTS_BYTES", 5)
    result = sayso("stamp", "--check", "--roots", str(path))
    assert (result.exit_code, str(path) in result.output) == (1, True)


@pytest.mark.usefixtures("log")
def test_without_the_packages_it_says_what_to_install(
    sayso: Callable[..., Result], address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sayso("stamp", "--authority", address)
    monkeypatch.setitem(sys.modules, "rfc3161_client", None)
    monkeypatch.setattr(stamping, "find_spec", lambda _: None)
    listed, checked = sayso("stamp", "--list"), sayso("stamp", "--check")
    assert (listed.exit_code, checked.exit_code) == (0, 1)
    assert "sayso[timestamp]" in listed.output
    assert "sayso[timestamp]" in checked.output


@pytest.mark.parametrize(
    ("at", "is_said"), [(AT, False), ("2025-01-01T00:00:00Z", True), ("2024-11-03", False), ("never", False)]
)
def test_clocks_that_differ_are_pointed_out(
    sayso: Callable[..., Result], log: LogOnly, address: str, at: str, *, is_said: bool
) -> None:
    sayso("stamp", "--authority", address)
    (entry, token), *_ = log.tokens
    log.tokens = [(dataclasses.replace(entry, at=at), token)]
    result = sayso("stamp", "--check")
    assert (result.exit_code, "clock" in result.output) == (0, is_said)


def test_the_help_says_what_is_sent(sayso: Callable[..., Result]) -> None:
    shown = " ".join(sayso("stamp", "--help").output.split())
    assert "What is sent" in shown
    assert "no default" in shown


def test_without_a_case_it_says_so(
    sayso: Callable[..., Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert sayso("stamp", "--list").exit_code == 1


def test_the_time_is_told_in_utc() -> None:
    assert _stamp_rooms._tell_time().endswith("Z")
