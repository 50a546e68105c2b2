"""Settings: defaults < configuration file < environment < arguments, built once and passed down.

Nothing is read when this module is imported, and nothing else in the package reads the environment.
"""

from __future__ import annotations

import os
import sys
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING

from sayso.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Mapping

CONFIG_VARIABLE = "SAYSO_CONFIG"
PASSPHRASE_VARIABLE = "SAYSO_PASSPHRASE"  # noqa: S105  the name of a variable, no secret
VARIABLE_PREFIX = "SAYSO_"

# Setting -> (least, greatest). Above the greatest value nothing works better, so it can only be a slip.
LIMITS = {
    "max_bytes": (1, 2_000_000_000),
    "batch_size": (1, 4_096),
    "threads": (1, 1_024),
    "fetch_timeout_s": (1, 600),
    "fetch_delay_s": (1, 3_600),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a user may set.

    Attributes:
        max_bytes: The largest file or standard input that is read, in bytes.
        batch_size: How many stretches of text go through the model at once. Changes speed and memory, not results.
        threads: Processor threads for the model; None for as many as there are cores.
        fetch_timeout_s: The longest wait for a connection, and for each piece of an answer.
        fetch_delay_s: The pause between two requests to one host.
    """

    max_bytes: int = 20_000_000
    batch_size: int = 16
    threads: int | None = None
    fetch_timeout_s: int = 20
    fetch_delay_s: int = 1


def load_settings(*, environment: Mapping[str, str] | None = None, **overrides: int | None) -> Settings:
    """Return the settings in force.

    Args:
        environment: Stands in for the process's environment.
        overrides: Values given as arguments, by setting; None means not given.

    Raises:
        SettingsError: For an unknown setting, an impossible value, or a configuration file that cannot be read.
    """
    variables = os.environ if environment is None else environment
    values: dict[str, int] = {}
    values.update(_read_file(variables))
    values.update(_read_environment(variables))
    for setting, value in overrides.items():
        if value is not None:
            values[setting] = _check(setting, value, where=setting)
    return Settings(**values)


def get_tool() -> str:
    """Return this package and its version, as runs and captures name it."""
    from importlib.metadata import version  # noqa: PLC0415  loads the parser of mails: not where settings are enough

    return f"sayso {version('sayso')}"


def get_passphrase(*, environment: Mapping[str, str] | None = None) -> str | None:
    """Return the passphrase of encrypted cases that the environment gives; None where it gives none.

    It is no setting: it must not stand in a file.
    """
    variables = os.environ if environment is None else environment
    return variables.get(PASSPHRASE_VARIABLE) or None


def make_child_environment() -> dict[str, str]:
    """Return the environment of a process of our own: modules are found as here, and no passphrase is in it.

    Such a process reads what comes from outside, and needs no case.
    """
    handed = {name: value for name, value in os.environ.items() if name.upper() != PASSPHRASE_VARIABLE}
    return {**handed, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}


def find_config_file(environment: Mapping[str, str]) -> Path | None:
    """Return where the configuration file is looked for; None where the machine has no such place."""
    given = environment.get(CONFIG_VARIABLE)
    if given:
        return Path(given)
    home = environment.get("HOME") or environment.get("USERPROFILE")
    if sys.platform == "win32":
        base = environment.get("APPDATA")
    elif sys.platform == "darwin":
        base = f"{home}/Library/Application Support" if home else None
    else:
        base = environment.get("XDG_CONFIG_HOME") or (f"{home}/.config" if home else None)
    return Path(base, "sayso", "config.toml") if base else None


def _read_file(variables: Mapping[str, str]) -> dict[str, int]:
    """Return the checked values of the configuration file; empty where there is no file at the usual place."""
    path = find_config_file(variables)
    if path is None:
        return {}
    try:
        table = tomllib.loads(path.read_bytes().decode("utf-8"))
    except FileNotFoundError as error:
        if variables.get(CONFIG_VARIABLE):
            raise SettingsError(CONFIG_VARIABLE, str(path), "a file that exists") from error
        return {}
    except (OSError, ValueError, RecursionError) as error:
        raise SettingsError(CONFIG_VARIABLE, str(path), f"a readable TOML file ({error})") from error
    return {setting: _check(setting, value, where=f"{setting} in {path}") for setting, value in table.items()}


def _read_environment(variables: Mapping[str, str]) -> dict[str, int]:
    """Return the checked values of the ``SAYSO_*`` variables; an empty variable is not set."""
    values = {}
    for setting in LIMITS:
        variable = VARIABLE_PREFIX + setting.upper()
        given = variables.get(variable)
        if given:
            values[setting] = _check(setting, given, where=variable)
    return values


def _check(setting: str, value: object, *, where: str) -> int:
    """Return the value as a whole number within the setting's limits."""
    if setting not in LIMITS:
        raise SettingsError(where, str(value), f"one of the settings {', '.join(f.name for f in fields(Settings))}")
    least, greatest = LIMITS[setting]
    expected = f"a whole number from {least:,} to {greatest:,}"
    try:
        number = int(value) if isinstance(value, str) else value
    except ValueError as error:
        raise SettingsError(where, str(value), expected) from error
    if not isinstance(number, int) or isinstance(number, bool) or not least <= number <= greatest:
        raise SettingsError(where, str(value), expected)
    return number
