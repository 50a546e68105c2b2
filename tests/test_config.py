"""Settings: what goes before what, and what is refused."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from sayso.config import Settings, find_config_file, load_settings, make_child_environment
from sayso.errors import SettingsError

if TYPE_CHECKING:
    from pathlib import Path


def write_config(folder: Path, text: str) -> dict[str, str]:
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    return {"SAYSO_CONFIG": str(path)}


def test_defaults_hold_where_nothing_is_set() -> None:
    assert load_settings(environment={}) == Settings(max_bytes=20_000_000, batch_size=16, threads=None)


def test_file_goes_before_defaults_environment_before_file_arguments_before_all(tmp_path: Path) -> None:
    environment = write_config(tmp_path, "max_bytes = 1000\nbatch_size = 4\nthreads = 1\n")
    environment |= {"SAYSO_BATCH_SIZE": "8", "SAYSO_THREADS": "2"}
    settings = load_settings(environment=environment, threads=3, max_bytes=None)
    assert settings == Settings(max_bytes=1000, batch_size=8, threads=3)


def test_empty_variable_is_not_set() -> None:
    assert load_settings(environment={"SAYSO_MAX_BYTES": ""}) == Settings()


def test_process_environment_is_read_when_none_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAYSO_BATCH_SIZE", "7")
    assert load_settings().batch_size == 7


@pytest.mark.parametrize("given", ["0", "-1", "many", "1.5", "9" * 5000])
def test_impossible_variable_is_refused_by_name(given: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings(environment={"SAYSO_MAX_BYTES": given})
    assert caught.value.setting == "SAYSO_MAX_BYTES"


@pytest.mark.parametrize(
    "text", ["max_bytes = true", "max_bytes = 1.5", "max_bites = 1", "threads = [1]", "not toml", "\xff"]
)
def test_impossible_file_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(SettingsError):
        load_settings(environment={"SAYSO_CONFIG": str(path)})


def test_impossible_argument_is_refused() -> None:
    with pytest.raises(SettingsError):
        load_settings(environment={}, batch_size=0)
    with pytest.raises(SettingsError):
        load_settings(environment={}, colour=1)


def test_named_file_must_exist_and_usual_place_need_not(tmp_path: Path) -> None:
    with pytest.raises(SettingsError):
        load_settings(environment={"SAYSO_CONFIG": str(tmp_path / "none.toml")})
    with pytest.raises(SettingsError):
        load_settings(environment={"SAYSO_CONFIG": str(tmp_path)})
    usual = {"HOME": str(tmp_path), "APPDATA": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)}
    assert load_settings(environment=usual) == Settings()


@pytest.mark.parametrize(
    ("platform", "environment", "expected"),
    [
        ("linux", {"HOME": "/h"}, "/h/.config/sayso/config.toml"),
        ("linux", {"HOME": "/h", "XDG_CONFIG_HOME": "/x"}, "/x/sayso/config.toml"),
        ("darwin", {"HOME": "/h"}, "/h/Library/Application Support/sayso/config.toml"),
        ("win32", {"APPDATA": "/a"}, "/a/sayso/config.toml"),
    ],
)
def test_file_is_looked_for_where_the_platform_keeps_such_files(
    monkeypatch: pytest.MonkeyPatch, platform: str, environment: dict[str, str], expected: str
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    found = find_config_file(environment)
    assert found is not None
    assert found.as_posix() == expected


def test_machine_without_a_home_has_no_file() -> None:
    assert find_config_file({}) is None


def test_processes_of_our_own_have_no_passphrase(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAYSO_PASSPHRASE", "nine blue herons")
    monkeypatch.setenv("SAYSO_THREADS", "2")
    made = make_child_environment()
    assert made["SAYSO_THREADS"] == "2"
    assert "nine blue herons" not in made.values()
    assert set(filter(None, sys.path)) <= set(made["PYTHONPATH"].split(os.pathsep))
